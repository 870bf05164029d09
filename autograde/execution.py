"""Running a job in a process of its own, and watching over it."""

from __future__ import annotations

import contextlib
import hmac
import json
import os
import secrets
import shutil
import socket
import struct
import subprocess
import tempfile
import time
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from autograde.course import CourseError
from autograde.outputs import cleaned
from autograde.plan import Job
from autograde.sandbox.confine import missing_protections
from autograde.warm_process import (
    Child,
    OwnProcess,
    WarmProcess,
    can_fork,
    fork,
    warm_process,
)

#: Seconds for what comes before the first cell, and for an answer to an interrupt.
START_LIMIT, GRACE = 60.0, 3.0
#: Seconds between two looks at the folder, and for the rest of a message that has begun.
PATIENCE, MESSAGE_LIMIT = 0.5, 10
#: Bytes that may come back from one job, at once and in all.
LONGEST_MESSAGE, MOST_BYTES = 20_000_000, 100_000_000
#: Bytes of a message without the outputs that it brings.
LONGEST_REPORT = 100_000

#: How often a job is tried where the warm process ends.
TRIES = 3
#: Why a cell was stopped whose process came to an end.
ENDED = "the process ended while this cell was running"

#: The module whose process trials are forked from, or are, where none can be forked.
_TRIALS = "autograde.sandbox.warm"

#: Outcomes of a test. All but the first two need a person, or at least say why there is no verdict.
PASSED, FAILED, STOPPED, DOUBTFUL = "passed", "failed", "stopped", "doubtful"


class ExecutionError(CourseError):
    """A job could not be run, for a reason that does not lie in the submission."""


@dataclass
class Verdict:
    """What came of a test, and why where there is more to say."""

    outcome: str
    points: float | None = None  # of a test that is marked in steps
    reason: str = ""


@dataclass
class Result:
    """What came of a job: verdicts by test, untouched by the submission's word, and outputs by cell.

    Outputs are for showing only: they are what the submission says, cleaned.
    """

    outputs: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    stops: dict[int, str] = field(default_factory=dict)  # cells that were stopped, and why
    doubts: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)  # by what they were spent on

    def to_json(self) -> str:
        """As it is kept in a file."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Result:
        """Read what `to_json` has written."""
        said = json.loads(text)
        for name in ("outputs", "stops"):
            said[name] = {int(index): value for index, value in said[name].items()}
        said["verdicts"] = {test: Verdict(**verdict) for test, verdict in said["verdicts"].items()}
        return cls(**said)


def warm_up() -> WarmProcess:
    """The warm process for trials. It takes seconds to start, so call this before it is needed."""
    return warm_process(_TRIALS, _environment())


def _start(request: dict[str, Any], descriptors: list[int]) -> Child | OwnProcess:
    if can_fork():
        return fork(warm_up, request, descriptors)
    return OwnProcess(_TRIALS, _environment(), request, descriptors)


def _environment() -> dict[str, str]:
    """The variables of a trial: a grade does not depend on the grader's settings."""
    names = ("PATH", "LANG", "LC_ALL", "TZ", "PYTHONPATH")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1"}


def execute(job: Job, *, confined: bool = True) -> Result:
    """Run a job to its end, whatever its cells do.

    A cell that takes too long is interrupted, and its process killed where it does not answer. After a
    process has ended before its time, another runs what is left, without the cell that ended it.

    Raises:
        ExecutionError: the job could not be run, for a reason that does not lie in it; among them, that
            it was to be confined, and this machine lacks a protection.
    """
    if confined and (missing := list(missing_protections())):
        raise ExecutionError("This machine lacks what the sandbox needs:\n" + "\n".join(missing))
    for _ in range(TRIES):
        # Where the warm process ends, as it may when memory is short, that is not the submission's doing.
        with contextlib.suppress(ConnectionError):
            shown: dict[int, bytes] = {}
            result = _execute(job, confined, shown)
            result.outputs = cleaned(shown)
            return result
    raise ExecutionError(f"The warm process ended {TRIES} times while the job was running.")


def _execute(job: Job, confined: bool, shown: dict[int, bytes]) -> Result:
    """Run a job; what its cells show comes into `shown` as it is, for it is the submission's word."""
    result = Result()
    deadline = time.monotonic() + job.notebook_limit
    tests = {cell.index: cell for cell in job.cells if cell.test}
    left_out: set[int] = set()
    ended_at: set[int] = set()
    for _ in range(2 * len(job.cells) + 1):
        stopped = _Run(job, left_out, deadline, confined, shown).watch(result)
        if stopped is None:
            break
        index, reason = stopped
        left_out |= {i for i, cell in tests.items() if cell.test in result.verdicts}
        if reason == ENDED and index not in ended_at:
            ended_at.add(index)  # once may be chance, such as the system's lack of memory
            continue
        if index < 0:
            raise ExecutionError("The process ended before it had run a cell.")
        result.stops[index] = reason
        left_out.add(index)
        if time.monotonic() > deadline:
            break
    for cell in tests.values():
        reason = result.stops.get(cell.index) or next(iter(result.stops.values()), "not run")
        result.verdicts.setdefault(cell.test, Verdict(STOPPED, None, reason))
    if result.doubts:
        for verdict in result.verdicts.values():
            if verdict.outcome == PASSED:
                verdict.outcome, verdict.reason = DOUBTFUL, "; ".join(result.doubts)
    return result


class _Run:
    """One process that runs a job's cells, or those of them that are left."""

    def __init__(
        self, job: Job, without: set[int], deadline: float, confined: bool, shown: dict[int, bytes]
    ) -> None:
        self._job, self._confined, self._deadline = job, confined, deadline
        self._shown = shown
        self._cells = {c.index: c for c in job.cells if c.index not in without}
        self._key = secrets.token_bytes(32)
        self._received, self._running = 0, False

    def watch(self, result: Result) -> tuple[int, str] | None:
        """Add to the result what the process reports; where it was stopped: at which cell, and why."""
        begun = sized = time.monotonic()
        with self._started() as (child, connection, folder):
            running, interrupted = -1, False
            limit = time.monotonic() + START_LIMIT
            while True:
                patience = max(0.0, min(limit, self._deadline) - time.monotonic())
                channels: list[Any] = [connection, child]
                ready = wait(channels, min(patience, PATIENCE))
                if connection in ready:
                    try:
                        report = self._receive(connection)
                        kind = self._take(report, result)
                    except (EOFError, ConnectionError):
                        return running, _fate(child)
                    except (OSError, ValueError) as error:
                        return running, f"what came back could not be read: {error}"
                    spent, begun = time.monotonic() - begun, time.monotonic()
                    what = {"started": "start", "ran": "cells", "tested": "tests"}.get(kind, "end")
                    result.seconds[what] = result.seconds.get(what, 0) + spent
                    if interrupted and kind in ("ran", "tested"):
                        self._stopped_itself(running, result)
                    if kind == "finished":
                        return None
                    if kind == "started":
                        running, interrupted = report["said"][1], False
                        limit = time.monotonic() + self._job.cell_limit
                elif child in ready and child.ended():
                    return running, ENDED
                now = time.monotonic()
                if now > sized + PATIENCE and _size(folder) > self._job.folder_size:
                    return running, f"it wrote more than {self._job.folder_size >> 20} MB to disk"
                sized = now if now > sized + PATIENCE else sized
                if now > self._deadline:
                    return running, f"the notebook took more than {self._job.notebook_limit:g} s"
                if now > limit and interrupted:
                    seconds = f"{self._job.cell_limit:g} s"
                    return running, f"no answer within {seconds}, nor to an interrupt"
                if now > limit:
                    child.interrupt()
                    interrupted, limit = True, time.monotonic() + GRACE

    @contextlib.contextmanager
    def _started(self) -> Iterator[tuple[Child | OwnProcess, Connection, Path]]:
        folder = Path(tempfile.mkdtemp(prefix="job-"))
        child = connection = None
        try:
            for name, content in self._job.files.items():
                path = folder / "work" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(b64decode(content))
            (folder / "work").mkdir(exist_ok=True)
            here, there = socket.socketpair()
            # Half a message must not hold up the grader.
            here.setsockopt(
                socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", MESSAGE_LIMIT, 0)
            )
            connection = Connection(here.detach())
            with there:
                request = {"folder": str(folder), "confined": self._confined}
                child = _start(request, [there.fileno()])
            with contextlib.suppress(OSError):
                connection.send_bytes(self._key)
                connection.send_bytes(json.dumps(self._order()).encode())
            yield child, connection, folder
        finally:
            if child:
                child.close()
            if connection:
                connection.close()
            _remove(folder)

    def _order(self) -> dict[str, Any]:
        return {
            "cells": [asdict(cell) for cell in self._cells.values()],
            "set_up": self._job.set_up,
            "seed": self._job.seed,
            "memory": self._job.memory,
            "file_size": self._job.file_size,
            "processor_time": int(2 * self._job.notebook_limit),
        }

    def _receive(self, connection: Connection) -> dict[str, Any]:
        message = connection.recv_bytes(LONGEST_MESSAGE)
        self._received += len(message)
        if self._received > MOST_BYTES:
            raise ValueError(f"more than {MOST_BYTES / 1e6:g} MB")
        head, _, outputs = message.partition(b"\n")
        if len(head) > LONGEST_REPORT:
            raise ValueError("not a report")
        report = json.loads(head)
        if not (
            isinstance(report, dict) and isinstance(report.get("said"), list) and report["said"]
        ):
            raise ValueError("not a report")
        return {**report, "outputs": outputs}

    def _take(self, report: dict[str, Any], result: Result) -> str:
        """Add a report to the result, as far as it can be believed; return what kind it is."""
        kind, index, *more = report["said"]
        cell = self._cells.get(index) if isinstance(index, int) else None
        if kind == "broken":
            if not self._running:
                raise ExecutionError(f"The job could not be run:\n{' '.join(map(str, more))}")
            raise ValueError("the submission broke what runs its cells")
        if not self._is_sealed(report):
            raise ValueError("a report without its seal")
        if kind == "doubted" and more[0] not in result.doubts:
            result.doubts.append(more[0])
        if kind == "started" and not cell:
            raise ValueError("a report on a cell that is not there")
        if kind == "started":
            self._running = True
        if cell and kind in ("ran", "tested"):
            self._shown[index] = report["outputs"]
        if cell and kind == "tested":
            passed, points = more
            result.verdicts[cell.test] = Verdict(PASSED if passed else FAILED, points)
        return kind

    def _stopped_itself(self, index: int, result: Result) -> None:
        """Note that a cell has ended after an interrupt, for it had taken too long."""
        result.stops[index] = reason = f"it took more than {self._job.cell_limit:g} s"
        if test := self._cells[index].test:
            result.verdicts[test] = Verdict(STOPPED, None, reason)

    def _is_sealed(self, report: dict[str, Any]) -> bool:
        said = repr(tuple(report["said"])).encode()
        mark = hmac.digest(self._key, said, "sha256").hex()
        return hmac.compare_digest(mark, str(report.get("seal")))


def _fate(child: Child | OwnProcess) -> str:
    """What has become of a process that no longer reports."""
    deadline = time.monotonic() + GRACE
    while wait([child], max(0.0, deadline - time.monotonic())):  # pyright: ignore[reportArgumentType]
        if child.ended():
            return ENDED
    return "it closed the connection to the grader"


def _remove(folder: Path) -> None:
    """Remove a folder in which somebody may have done anything."""
    with contextlib.suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():  # folders within folders by the thousand, or such as nobody may open
        for command in (["chmod", "-R", "u+rwx"], ["rm", "-rf"]):
            subprocess.run([*command, str(folder)], stderr=subprocess.DEVNULL, check=False)


def _size(folder: Path) -> int:
    """Bytes in a folder, as far as they can be counted while somebody is writing to it."""
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                total += os.lstat(os.path.join(parent, name)).st_blocks * 512
    return total
