"""Work on what a submission says, in a process of its own with limits.

Reading, cleaning and rendering are the grader's own code, so they may be trusted; what they work on may
not. A few bytes can make a parser take gigabytes or minutes. So tasks are done by *workers*: processes that
were forked from a warm one, which has imported what tasks need, each with limits of memory, processor time
and wall time.

    answer = ask("autograde.grading.reading:take", b"...")

A task is a function that takes a binary file and gives what JSON can hold. What it cannot do because of
what it was given, it says with `Refused`. A task that asks for another does it itself, under its own limits.

A worker does one task after another: forking takes longer than most of them, and what it has found out of a
lesson serves for the next submission, too. Who fails at a task is replaced, and a task counts as too much
only where a new worker has failed at it.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import math
import os
import resource
import signal
import socket
import sys
import tempfile
import time
import traceback
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from multiprocessing.connection import wait
from typing import IO, Any

from autograde.course import CourseError
from autograde.forkserver.client import Child, OwnProcess, WarmProcess, can_fork, fork, warm_process
from autograde.grading.usage import cores

#: Bytes of memory and of an answer, seconds of processor time and in all, that a task may take.
MEMORY, LARGEST_ANSWER = 4 << 30, 100 << 20
PROCESSOR_TIME, WALL_TIME = 60, 600.0
#: How often a task is tried where the warm process ends.
TRIES = 3
#: Seconds until the news of a worker's end must be there.
NEWS_LIMIT = 10.0
#: A worker that has done so many tasks, or has once held so many bytes, makes room for a new one.
MOST_TASKS, MOST_HELD = 200, 1 << 30

#: What such a process runs.
_MODULE = "autograde.grading.tasks"
#: What a worker says when it has done a task: that it can do another, or cannot.
_NEXT, _LAST = b"next", b"last"
_is_limited = False  # whether this process is a worker
#: Workers who have nothing to do, by the process they work for.
_waiting: defaultdict[int, deque[_Worker]] = defaultdict(deque)


class Refused(CourseError):
    """A task cannot be done, because of what it was given; the message says why."""


class LimitExceeded(Refused):
    """A task would have taken more than it may."""


class _OutOfMemory(LimitExceeded):
    """It would have taken more memory than it may."""

    def __init__(self) -> None:
        super().__init__("it takes more memory than it may")


def ask(task: str, given: bytes | IO[bytes], processor_time: int = PROCESSOR_TIME) -> Any:
    """Do a task in a process with limits.

    Args:
        task: the function, as `module:name`.
        given: what it is given, as bytes or as a file that is open.
        processor_time: seconds it may take.

    Returns:
        what the function gives.

    Raises:
        Refused: it cannot be done, because of what was given.
        LimitExceeded: it would have taken more than it may.
        RuntimeError: the task has failed, which is a fault of the grader's.
    """
    if isinstance(given, bytes):
        with tempfile.TemporaryFile() as file:
            file.write(given)
            file.seek(0)
            return ask(task, file, processor_time)
    if _is_limited:
        return _do(task, given)
    request = json.dumps({"task": task, "processor_time": processor_time}).encode()
    for _ in range(TRIES):
        with contextlib.suppress(ConnectionError):
            return _asked(request, given)
    raise RuntimeError(f"The warm process ended {TRIES} times during {task}.")


def warm_up() -> WarmProcess:
    """The warm process for tasks. It takes a second or two to start."""
    return warm_process(_MODULE, dict(os.environ))


def _asked(request: bytes, given: IO[bytes]) -> Any:
    """Have a worker do what is requested, and a new one what that one could not.

    Raises:
        ConnectionError: the warm process has ended.
    """
    with _worker() as worker:
        is_new = not worker.done
        try:
            return worker.do(request, given)
        except LimitExceeded:
            if is_new or worker.goes_on:
                raise
    with contextlib.closing(_Worker()) as worker:
        return worker.do(request, given)


class _Worker:
    """A process that does tasks, one after another."""

    def __init__(self) -> None:
        """Have one forked.

        Raises:
            ConnectionError: the warm process has ended.
        """
        self.done, self.goes_on = 0, True
        self._tasks, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._process: Child | OwnProcess
        with there:
            if can_fork():
                self._process = fork(warm_up, {}, [there.fileno()])
                self._process.number()
            else:
                self._process = OwnProcess(_MODULE, dict(os.environ), {}, [there.fileno()])

    def do(self, request: bytes, given: IO[bytes]) -> Any:
        """Have it do what is requested, and return what comes of that.

        Raises:
            LimitExceeded: it would have taken more than it may, or has ended.
            ConnectionError: the warm process has ended, and so has this one.
        """
        self.goes_on = False
        os.lseek(given.fileno(), 0, os.SEEK_SET)  # another may have read it
        with tempfile.TemporaryFile() as answer:
            with contextlib.suppress(BrokenPipeError):  # it has ended
                socket.send_fds(self._tasks, [request], [given.fileno(), answer.fileno()])
            said = _receive(self._tasks) if wait([self._tasks], WALL_TIME) else _LAST
            if not said and wait([self._process], NEWS_LIMIT):  # pyright: ignore[reportArgumentType]
                self._process.ended()
            self.done, self.goes_on = self.done + 1, said == _NEXT
            answer.seek(0)
            return _taken(answer.read())

    def close(self) -> None:
        """End it."""
        self._tasks.close()
        self._process.close()


@contextlib.contextmanager
def _worker() -> Iterator[_Worker]:
    """A worker who has nothing to do, or a new one; who has done what was asked waits for more."""
    waiting = _waiting[os.getpid()]
    try:
        worker = waiting.pop()
    except IndexError:
        worker = _Worker()
    try:
        yield worker
    finally:
        if worker.goes_on and len(waiting) < cores():
            waiting.append(worker)
        else:
            worker.close()


def _receive(connection: socket.socket) -> bytes:
    """A short message, or nothing where the other side has closed."""
    try:
        return connection.recv(16)
    except ConnectionError:
        return b""


def _taken(written: bytes) -> Any:
    """The answer in what a process has written."""
    try:
        said: dict[str, Any] = json.loads(written)
    except ValueError:  # it was ended while, or before, it wrote
        raise LimitExceeded("it takes more memory or time than it may") from None
    match said:
        case {"answer": answer}:
            return answer
        case {"refused": reason}:
            raise Refused(reason)
        case {"exceeded": reason}:
            raise LimitExceeded(reason)
        case _:
            raise RuntimeError(said["broken"])


def run(_request: dict[str, Any], descriptors: list[int]) -> None:
    """In a worker's process: take the limits, do one task after another, say of each that it is done."""
    global _is_limited
    _is_limited = True
    _set_limits()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever asks
    gc.disable()  # it would look at millions of small things again and again, and find them all in use
    with socket.socket(fileno=descriptors[0]) as tasks:
        for number in range(1, MOST_TASKS + 1):
            request, sent, _, _ = socket.recv_fds(tasks, 1 << 16, 2)
            if not request:
                return
            text, goes_on = _answer(json.loads(request), sent[0])
            with os.fdopen(sent[1], "w", encoding="ascii") as file:
                file.write(text)
            goes_on = goes_on and number < MOST_TASKS and _held() < MOST_HELD
            tasks.send(_NEXT if goes_on else _LAST)
            if not goes_on:
                return
            gc.collect()


def _answer(request: dict[str, Any], source: int) -> tuple[str, bool]:
    """Do a task; give what is to be said of it, and whether this process can do another."""
    _set_time(request["processor_time"])
    try:
        with os.fdopen(source, "rb") as file:
            return json.dumps({"answer": _do(request["task"], file)}), True
    except LimitExceeded as problem:
        return json.dumps({"exceeded": str(problem)}), not isinstance(problem, _OutOfMemory)
    except Refused as problem:
        return json.dumps({"refused": str(problem)}), True
    except MemoryError:  # for the answer
        return json.dumps({"exceeded": str(_OutOfMemory())}), False
    except RecursionError:
        return json.dumps({"exceeded": "it is nested too deeply"}), True
    except Exception as problem:
        return json.dumps({"broken": str(problem)}), True


def _do(task: str, file: IO[bytes]) -> Any:
    """Do a task in this process; what it raises is what `ask` does."""
    module, _, name = task.partition(":")
    function: Callable[[IO[bytes]], Any] = getattr(importlib.import_module(module), name)
    try:
        return function(file)
    except Refused:
        raise
    except MemoryError:
        raise _OutOfMemory from None
    except RecursionError:
        raise LimitExceeded("it is nested too deeply") from None
    except Exception:
        raise RuntimeError(traceback.format_exc()) from None


def _set_limits() -> None:
    limits = {resource.RLIMIT_FSIZE: LARGEST_ANSWER, resource.RLIMIT_CORE: 0}
    if sys.platform == "linux":  # macOS does not keep it
        limits[resource.RLIMIT_AS] = MEMORY
    for which, value in limits.items():
        hard = resource.getrlimit(which)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(which, (value, value))


def _set_time(seconds: int) -> None:
    """Have the system end this process when it has taken so many more seconds of processor time."""
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    end = math.ceil(time.process_time()) + seconds
    value = end if hard == resource.RLIM_INFINITY else min(end, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (value, hard))


def _held() -> int:
    """Bytes that this process has held at the most."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
