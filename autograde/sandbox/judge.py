"""The judge's process: it runs the tests, and asks the candidate's process for what they are about.

The submission has no way to see it or to touch it. But what it compares comes from there, so it has no rights
either, and is believed by the grader only as far as a report can go.
"""

from __future__ import annotations

import contextlib
import io
import json
import marshal
from base64 import b64decode
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from autograde.sandbox import confine, surroundings
from autograde.sandbox.channel import Channel
from helpers.checks import CheckFailed, Gone, Points, Session, give_hidden_files, judge

#: Characters of what a test shows.
MOST_SHOWN = 50_000


def run(
    connection: Connection, channel: Channel, folder: Path, limits: confine.Limits | None
) -> None:
    """Take one job from the connection, have it run, send a report on each cell.

    Args:
        connection: to the grader, which sends the job; see `execution`.
        channel: to the candidate.
        folder: the only one this process may write to.
        limits: of what it may use; where None, it keeps its rights.
    """
    job = json.loads(connection.recv_bytes())
    surroundings.settle(folder)
    if limits:
        confine.confine(folder, limits, confine.readable_of_python())
    _Judge(job, connection, channel).run()


class _Judge:
    def __init__(self, job: dict[str, Any], connection: Connection, channel: Channel) -> None:
        self._cells, self._set_up = job["cells"], job["set_up"]
        self._tests, self._beside = marshal.loads(b64decode(job["tests"])), job["beside"]
        self._connection, self._channel = connection, channel
        self._session = Session(self._ask, bytes.fromhex(job["secret"]))
        give_hidden_files({name: b64decode(text) for name, text in job["hidden"].items()})

    def run(self) -> None:
        """Have the cells run one after another, and run the tests at their places."""
        tests: dict[str, Any] = {"__name__": "tests"}
        with contextlib.redirect_stdout(None), contextlib.redirect_stderr(None):
            exec(self._tests, tests)
        index = -1
        try:
            self._channel.send([self._set_up, self._beside])
            for cell in self._cells:
                index = cell["index"]
                self._report("started", index)
                if cell["test"]:
                    said = self._test(tests[cell["test"]])
                    self._report("tested", index, *said, shown=self._ask(["shown"]))
                else:
                    shown = self._ask(["run", index, cell["source"]])
                    self._report("ran", index, shown=shown)
        except Gone as reason:
            self._report("gone", index, str(reason))
        else:
            self._report("finished", -1)

    def _test(self, test: Callable[[], Points | None]) -> tuple[bool, float | None, list[Any]]:
        """Run a test; whether it ran to its end, the points where it counts them, and what it shows."""
        written, outputs = io.StringIO(), []
        points = None
        passed = True
        try:
            with contextlib.redirect_stdout(written):
                points = judge(test, self._session)
        except (CheckFailed, KeyboardInterrupt) as error:
            passed, message = False, str(error)[:MOST_SHOWN]
            outputs = [
                {
                    "output_type": "error",
                    "ename": type(error).__name__,
                    "evalue": message,
                    "traceback": message.splitlines(),
                }
            ]
        if points is not None:
            data = {"text/plain": f"{points:g}"}
            outputs = [
                {
                    "output_type": "execute_result",
                    "data": data,
                    "metadata": {},
                    "execution_count": None,
                }
            ]
        if text := written.getvalue()[:MOST_SHOWN]:
            outputs.insert(0, {"output_type": "stream", "name": "stdout", "text": text})
        return passed, None if points is None else float(points), outputs

    def _ask(self, request: Any, call_back: Callable[[Any], Any] | None = None) -> Any:
        return ask(self._channel, request, call_back)

    def _report(self, kind: str, index: int, *more: Any, shown: Any = "[]") -> None:
        if not isinstance(shown, str):
            raise Gone("what was shown is no text")
        head = json.dumps([kind, index, *more])
        self._connection.send_bytes(f"{head}\n{shown}".encode(errors="surrogatepass"))


def ask(channel: Channel, request: Any, call_back: Callable[[Any], Any] | None = None) -> Any:
    """Ask the candidate for something, and call functions of the tests for it meanwhile.

    Raises:
        Gone: it has ended, or does not keep to the rules.
    """
    channel.send(request)
    while True:
        match channel.receive():
            case ["reply", reply]:
                return reply
            case ["call", call] if call_back:
                channel.send(["reply", call_back(call)])
            case _:
                raise Gone("neither a reply nor a call")


def report_broken(connection: Connection, text: str) -> None:
    """Report that the job could not be run, for a reason that lies not in the submission."""
    connection.send_bytes(f"{json.dumps(['broken', -1, text])}\n[]".encode())
