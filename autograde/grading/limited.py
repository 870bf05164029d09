"""Work on what a submission says, in a process of its own with limits.

Reading, cleaning and rendering are the grader's own code, so they may be trusted; what they work on may
not. A few bytes can make a parser take gigabytes or minutes. So each such task has a process, forked from a
warm one that has imported what tasks need, and with it limits of memory, processor time and wall time.

    answer = ask("autograde.grading.reading:take", b"...")

A task is a function that takes a binary file and gives what JSON can hold. What it cannot do because of
what it was given, it says with `Refused`. A task that asks for another does it itself, under its own limits.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import resource
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import wait
from typing import IO, Any

from autograde.course import CourseError
from autograde.forkserver.client import Child, OwnProcess, WarmProcess, can_fork, fork, warm_process

#: Bytes of memory and of an answer, seconds of processor time and in all, that a task may take.
MEMORY, LARGEST_ANSWER = 4 << 30, 100 << 20
PROCESSOR_TIME, WALL_TIME = 60, 600.0
#: How often a task is tried where the warm process ends.
TRIES = 3

#: What such a process runs.
_MODULE = "autograde.grading.tasks"
_is_limited = False  # whether this process is one of those


class Refused(CourseError):
    """A task cannot be done, because of what it was given; the message says why."""


class LimitExceeded(Refused):
    """A task would have taken more than it may."""


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
    request = {"task": task, "processor_time": processor_time}
    for _ in range(TRIES):
        with tempfile.TemporaryFile() as answer, contextlib.suppress(ConnectionError):
            _run(request, [given.fileno(), answer.fileno()])
            answer.seek(0)
            return _taken(answer.read())
    raise RuntimeError(f"The warm process ended {TRIES} times during {task}.")


def warm_up() -> WarmProcess:
    """The warm process for tasks. It takes a second or two to start."""
    return warm_process(_MODULE, dict(os.environ))


def _run(request: dict[str, Any], descriptors: list[int]) -> None:
    """Have a process do what is requested, and wait for its end, or end it.

    Raises:
        ConnectionError: the warm process has ended.
    """
    child: Child | OwnProcess
    if can_fork():
        child = fork(warm_up, request, descriptors)
    else:
        child = OwnProcess(_MODULE, dict(os.environ), request, descriptors)
    deadline = time.monotonic() + WALL_TIME
    try:
        while wait([child], max(0.0, deadline - time.monotonic())):  # pyright: ignore[reportArgumentType]
            if child.ended():
                return
    finally:
        child.close()


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


def run(request: dict[str, Any], descriptors: list[int]) -> None:
    """In the process: take the limits, do the task, write what came of it."""
    global _is_limited
    source, target = descriptors
    importlib.import_module(request["task"].partition(":")[0])
    _is_limited = True
    _set_limits(request["processor_time"])
    gc.disable()  # it would look at millions of small things again and again, and find them all in use
    try:
        with os.fdopen(source, "rb", closefd=False) as file:
            text = json.dumps({"answer": _do(request["task"], file)})
    except LimitExceeded as problem:
        text = json.dumps({"exceeded": str(problem)})
    except Refused as problem:
        text = json.dumps({"refused": str(problem)})
    except MemoryError:  # for the answer
        text = json.dumps({"exceeded": "it takes more memory than it may"})
    except RecursionError:
        text = json.dumps({"exceeded": "it is nested too deeply"})
    except Exception as problem:
        text = json.dumps({"broken": str(problem)})
    with os.fdopen(target, "w", encoding="ascii", closefd=False) as file:
        file.write(text)


def _do(task: str, file: IO[bytes]) -> Any:
    """Do a task in this process; what it raises is what `ask` does."""
    module, _, name = task.partition(":")
    function: Callable[[IO[bytes]], Any] = getattr(importlib.import_module(module), name)
    try:
        return function(file)
    except Refused:
        raise
    except MemoryError:
        raise LimitExceeded("it takes more memory than it may") from None
    except RecursionError:
        raise LimitExceeded("it is nested too deeply") from None
    except Exception:
        raise RuntimeError(traceback.format_exc()) from None


def _set_limits(processor_time: int) -> None:
    limits = {
        resource.RLIMIT_CPU: processor_time,
        resource.RLIMIT_FSIZE: LARGEST_ANSWER,
        resource.RLIMIT_CORE: 0,
    }
    if sys.platform == "linux":  # macOS does not keep it
        limits[resource.RLIMIT_AS] = MEMORY
    for which, value in limits.items():
        hard = resource.getrlimit(which)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(which, (value, value))
