"""Asking a warm process for forks of itself; `forkserver.server` is the other side.

Only Linux allows a process to be forked that has imported all that a lesson needs. Elsewhere each process
imports it anew.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

#: Seconds until a warm process must have imported, and until it must have forked. On a busy machine the first
#: takes a minute; both are there for what would never end.
READY_LIMIT, FORK_LIMIT = 300.0, 120.0
#: Seconds from when a process has closed its socket to when it has ended.
END_LIMIT = 2.0


def can_fork() -> bool:
    """Whether warm processes are possible on this system."""
    return sys.platform == "linux"


class WarmProcess:
    """A process that has imported everything, from which others are forked; see `forkserver.server`."""

    def __init__(self, module: str, environment: dict[str, str]) -> None:
        """Start this module; it takes some seconds to be ready, see `wait_until_ready`."""
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

    def wait_until_ready(self) -> None:
        """Wait while it is alive and importing.

        Raises:
            ConnectionError: it has ended.
            TimeoutError: it has not imported everything within `READY_LIMIT`; it was killed.
        """
        if not select.select([self._requests], [], [], READY_LIMIT)[0]:
            self._process.kill()
            raise TimeoutError(f"The warm process was not ready within {READY_LIMIT:g} s.")
        # Its word is left where it is, for all that wait for it.
        if not self._requests.recv(16, socket.MSG_PEEK):
            raise ConnectionResetError(f"The warm process has ended{self._how()}.")

    def fork(self, request: dict[str, Any], descriptors: list[int]) -> Child:
        """Fork a process that does what is requested, with these descriptors.

        Raises:
            ConnectionError: the warm process has ended.
            OSError: it could not be asked, such as for lack of descriptors.
        """
        here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with there:
            message = json.dumps(request).encode()
            socket.send_fds(self._requests, [message], [there.fileno(), *descriptors])
        return Child(here)

    def wait_for_its_end(self) -> None:
        """Wait until it is gone, after it has closed its connection."""
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _how(self) -> str:
        self.wait_for_its_end()
        return f" ({describe(self._process.returncode)})"

    @property
    def alive(self) -> bool:
        """Whether it can still be asked."""
        return self._process.poll() is None

    def close(self) -> None:
        """End it, and the trials that were forked from it."""
        self._requests.close()
        self.wait_for_its_end()


def describe(status: int) -> str:
    """How a process has ended, from its exit status as `subprocess` gives it."""
    if status >= 0:
        return f"exit status {status}"
    with contextlib.suppress(ValueError):
        return f"killed by signal {-status}, {signal.Signals(-status).name}"
    return f"killed by signal {-status}"


class Child:
    """A process forked from the warm one."""

    #: How it has ended, as `subprocess` gives it; None as long as that is not known.
    status: int | None = None

    def __init__(self, answers: socket.socket) -> None:
        """Hear of it on this socket."""
        self._answers = answers
        self._number: int | None = None

    def number(self) -> int:
        """Wait until the process is there, and return its number.

        Raises:
            OSError: it could not be forked, or not within `FORK_LIMIT`.
        """
        if self._number is not None:
            return self._number
        self._answers.settimeout(FORK_LIMIT)
        if not (said := self._answers.recv(4096)):
            raise ConnectionResetError("The warm process has ended, or could not take the request.")
        self._answers.settimeout(None)
        answer = json.loads(said)
        if "error" in answer:
            raise OSError(answer["error"], f"No process: {os.strerror(answer['error'])}")
        self._number = number = int(answer["process"])
        return number

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
        self.status = json.loads(said).get("status")
        return self.status is not None

    def close(self) -> None:
        """Kill the process, if it still runs."""
        self._answers.close()


class OwnProcess:
    """A process that imports everything itself, and is watched like a `Child`."""

    status: int | None = None

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

    def number(self) -> int:
        """The process's number."""
        return self._process.pid

    def fileno(self) -> int:
        """Ready to be read when the process has ended."""
        return self._end.fileno()

    def interrupt(self) -> None:
        """Have its main thread raise KeyboardInterrupt."""
        self._process.send_signal(signal.SIGINT)

    def ended(self) -> bool:
        """Whether it has: only its end closes the socket, unless what runs in it did."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.status = self._process.wait(END_LIMIT)
        return self.status is not None

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
    """Fork a process from a warm one, when that is ready; from a new one where the last one has ended.

    Raises:
        ConnectionError: each of them ends as soon as it is started.
        OSError: the machine is short of something. The warm process and its other children go on.
    """
    problem: ConnectionError | None = None
    for _ in range(3):
        present = warm()
        try:
            present.wait_until_ready()
            return present.fork(request, descriptors)
        except ConnectionError as error:
            problem = error
            present.wait_for_its_end()
    raise ConnectionError(
        f"The process from which others are forked ends as soon as it is started: {problem}"
    )
