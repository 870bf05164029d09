"""Judging a test on answers, with both sides in this process, or with a pipe between them."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from autograde.sandbox.channel import Channel
from autograde.sandbox.judge import ask
from helpers.checks import Candidate, Gone, Points, Session, judge


def judged(
    test: Callable[[], Any], /, *, beside: dict[str, Any] | None = None, **names: Any
) -> Points | None:
    """Judge a test on these answers, as in a notebook."""
    return judge(test, Session(Candidate(names, beside or {}, "<tests>").serve))


def judged_over_a_pipe(
    test: Callable[[], Any], /, *, beside: dict[str, Any] | None = None, **names: Any
) -> Points | None:
    """Judge a test on these answers, as when a class is graded, but for the second process."""
    with served(Candidate(names, beside or {}, "<tests>")) as channel:
        return judge(test, Session(lambda request, call_back: ask(channel, request, call_back)))


@contextmanager
def served(candidate: Candidate) -> Iterator[Channel]:
    """A channel to a candidate that serves in a thread of its own."""
    here, there = socket.socketpair()

    def serve() -> None:
        channel = Channel(there)

        def call_back(call: Any) -> Any:
            channel.send(["call", call])
            return channel.receive()[1]

        try:
            while True:
                channel.send(["reply", candidate.serve(channel.receive(), call_back)])
        except Gone:
            there.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    with here:
        yield Channel(here)
    thread.join(10)
