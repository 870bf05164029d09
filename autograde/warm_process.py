"""Asking a warm process for forks of itself; `sandbox.warm` is the other side.

Only Linux allows a process to be forked that has imported all that a lesson needs. Elsewhere each process
imports it anew.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

#: Seconds until a warm process must have forked.
FORK_LIMIT = 60.0


def can_fork() -> bool:
    """Whether warm processes are possible on this system."""
    return sys.platform == "linux"


class WarmProcess:
    """A process that has imported everything, from which others are forked; see `sandbox.warm`."""

    def __init__(self, module: str, environment: dict[str, str]) -> None:
        """Start this module; it takes some seconds to be ready, and requests wait for it."""
        here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.environment, self.started = environment, time.time()
        with there:
            self._process = subprocess.Popen(
                [sys.executable, "-m", module, str(there.fileno())],
                pass_fds=[there.fileno()],
                env=environment,
                stdin=subprocess.DEVNULL,
                cwd="/",
            )
        self._requests = here

    def fork(self, request: dict[str, Any], descriptors: list[int]) -> Child:
        """Fork a process that does what is requested, with these descriptors.

        Raises:
            ConnectionError: the warm process has ended.
        """
        here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with there:
            message = json.dumps(request).encode()
            socket.send_fds(self._requests, [message], [there.fileno(), *descriptors])
        return Child(here)

    @property
    def alive(self) -> bool:
        """Whether it can still be asked."""
        return self._process.poll() is None

    def close(self) -> None:
        """End it, and the trials that were forked from it."""
        self._requests.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Child:
    """A process forked from the warm one."""

    def __init__(self, answers: socket.socket) -> None:
        """Hear of it on this socket."""
        self._answers = answers

    def number(self) -> int:
        """Wait until the process is there, and return its number.

        Raises:
            OSError: it could not be forked, or not within `FORK_LIMIT`.
        """
        self._answers.settimeout(FORK_LIMIT)
        if not (said := self._answers.recv(4096)):
            raise ConnectionResetError("The warm process has ended.")
        return json.loads(said)["process"]

    def fileno(self) -> int:
        """Ready to be read when there is news of the process."""
        return self._answers.fileno()

    def interrupt(self) -> None:
        """Have its main thread raise KeyboardInterrupt."""
        with contextlib.suppress(OSError):
            self._answers.send(str(int(signal.SIGINT)).encode())

    def ended(self) -> bool:
        """Read the news, and wait for them: whether they are that the process has ended.

        Raises:
            ConnectionError: the warm process has ended, and all of its children with it.
        """
        if not (said := self._answers.recv(4096)):
            raise ConnectionResetError("The warm process has ended.")
        return "status" in json.loads(said)

    def close(self) -> None:
        """Kill the process, if it still runs."""
        self._answers.close()


class OwnProcess:
    """A process that imports everything itself, and is watched like a `Child`."""

    def __init__(
        self,
        module: str,
        environment: dict[str, str],
        request: dict[str, Any],
        descriptors: list[int],
    ) -> None:
        """Have this module do what is requested, with these descriptors."""
        self._end, there = socket.socketpair()
        with there:
            numbers = [str(number) for number in descriptors]
            self._process = subprocess.Popen(
                [sys.executable, "-m", module, str(there.fileno()), json.dumps(request), *numbers],
                pass_fds=[there.fileno(), *descriptors],
                env=environment,
                stdin=subprocess.DEVNULL,
                cwd="/",
            )

    def fileno(self) -> int:
        """Ready to be read when the process has ended."""
        return self._end.fileno()

    def interrupt(self) -> None:
        """Have its main thread raise KeyboardInterrupt."""
        self._process.send_signal(signal.SIGINT)

    def ended(self) -> bool:
        """Wait for its end."""
        self._process.wait()
        return True

    def close(self) -> None:
        """Kill the process, if it still runs."""
        self._process.kill()
        self._process.wait()
        self._end.close()


_warm: dict[tuple[int, str], WarmProcess] = {}
_warm_lock = threading.Lock()


def warm_process(module: str, environment: dict[str, str]) -> WarmProcess:
    """This process's warm process of that module; where there is none, or none any more, start one."""
    with _warm_lock:
        present = _warm.get((os.getpid(), module))
        if present is None or not present.alive:
            present = _warm[os.getpid(), module] = WarmProcess(module, environment)
        return present


@atexit.register
def _close_warm_processes() -> None:
    for (process, _), present in list(_warm.items()):
        if process == os.getpid():
            present.close()


def fork(warm: Callable[[], WarmProcess], request: dict[str, Any], descriptors: list[int]) -> Child:
    """Fork a process from a warm one; from a new one where the last one has ended.

    Raises:
        ConnectionError: each of them ends as soon as it is started.
    """
    for _ in range(3):
        present = warm()
        try:
            return present.fork(request, descriptors)
        except OSError:
            present.close()
    raise ConnectionError("The process from which others are forked ends as soon as it is started.")
