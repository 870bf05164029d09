"""Running a job in a process of its own, and watching over it."""

from __future__ import annotations

import contextlib
import json
import logging
import marshal
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any, NamedTuple

from autograde.course import CourseError
from autograde.forkserver.client import Child, OwnProcess, describe
from autograde.grading import trials, usage
from autograde.grading.frames import Frames, parse, send_frame
from autograde.grading.outputs import cleaned
from autograde.grading.plan import Job
from autograde.lesson import beside_part
from autograde.sandbox.confine import missing_protections

#: Seconds, as `usage.Clock` counts them, for what comes before the first cell, and for an answer to an
#: interrupt.
START_LIMIT, GRACE = 60.0, 3.0
#: Seconds between two looks at what a job takes, and until the news of a process's end must be there.
PATIENCE, NEWS_LIMIT = 0.5, 10.0
#: Seconds until the forked process must have taken its job; before, no line of the submission runs.
SEND_LIMIT = 300.0
#: A machine that has not got through a cell in so many times its limit does not get through it at all.
SLOWEST = 60
#: How often a job is tried that the machine fails, and seconds until the next try.
TRIES, PAUSE = 3, 1.0
#: What the judge reports of a candidate whose end of the connection is closed.
CLOSED = "the connection was closed"
#: Why a cell was stopped whose process came to an end.
ENDED = "the process ended while this cell was running"

#: Outcomes of a test. The last one says why there is no verdict.
PASSED, FAILED, STOPPED = "passed", "failed", "stopped"

_log = logging.getLogger(__name__)


class ExecutionError(CourseError):
    """A job could not be run, for a reason that does not lie in the submission."""


class MachineError(OSError):
    """The machine failed a job, which says nothing of the submission: what came of it is not kept."""


@dataclass
class Verdict:
    """What came of a test, and why where there is more to say."""

    outcome: str
    points: float | None = None  # of a test that is marked in steps
    reason: str = ""


@dataclass
class Result:
    """What came of a job: verdicts by test, and outputs by cell.

    Outputs are for showing only: they are what the submission says, cleaned.
    """

    outputs: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    stops: dict[int, str] = field(default_factory=dict)  # cells that were stopped, and why
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


def execute(job: Job) -> Result:
    """Run a job to its end, whatever its cells do.

    A cell that takes too long is interrupted, and its process killed where it does not answer. After a
    process has ended before its time, another runs what is left, without the cell that ended it. What the
    machine has failed is run again: only what is the submission's own doing becomes a result.

    Raises:
        ExecutionError: the job could not be run, for a reason that does not lie in it; among them, that
            it was to be confined, and this machine lacks a protection.
    """
    if job.confined:
        require_protections()
    problem: OSError | None = None
    for number in range(TRIES):
        time.sleep(number * PAUSE)
        try:
            shown: dict[int, bytes] = {}
            said: dict[int, bytes] = {}
            result = _execute(job, shown, said)
            outputs = cleaned(shown | {~index: text for index, text in said.items()})
            result.outputs = {i: [*outputs[i], *outputs.get(~i, [])] for i in shown}
            return result
        except OSError as error:  # a submission's own stay in its cells
            _log.warning("A job is tried again: %s", error, exc_info=error)
            problem = error
    raise ExecutionError(f"This machine could not run it, tried {TRIES} times: {problem}")


def require_protections(private: Iterable[Path] = ()) -> None:
    """Refuse to run a submission where the sandbox is not complete, or shows what is private.

    Raises:
        ExecutionError: a protection is missing; it says which.
    """
    if missing := list(missing_protections(private)):
        raise ExecutionError("This machine lacks what the sandbox needs:\n" + "\n".join(missing))


@dataclass
class _Spent:
    """Seconds that a job's processes have taken, one after another."""

    all: float = 0.0
    own: float = 0.0  # by the student's own cells


@dataclass
class _Stop:
    """Why a process was stopped, or has ended, and the cells that the next one runs without."""

    cells: list[int]  # the first is the one that was running; none where no cell had begun
    reason: str
    ended: bool = False  # by itself


def _execute(job: Job, shown: dict[int, bytes], said: dict[int, bytes]) -> Result:
    """Run a job; what its cells show comes into `shown` as it is, what its tests say into `said`."""
    result, spent = Result(), _Spent()
    tests = {cell.index: cell for cell in job.cells if cell.test}
    own = {cell.index for cell in job.cells if cell.own}
    left_out: set[int] = set()
    ended_at: set[int] = set()
    while stop := _Run(job, left_out, spent, shown, said).watch(result):
        _log.info("A job was stopped at the cells %s: %s", stop.cells, stop.reason)
        left_out |= {i for i, cell in tests.items() if cell.test in result.verdicts}
        left_out |= own & result.stops.keys()
        if spent.all > job.notebook_limit:
            result.stops |= dict.fromkeys(stop.cells[:1], stop.reason)
            break
        if not stop.cells:
            if -1 in ended_at:
                raise MachineError(f"no cell had begun: {stop.reason}")
            ended_at.add(-1)
            continue
        if stop.ended and stop.cells[0] not in ended_at:
            ended_at.add(stop.cells[0])  # once may be chance, such as the system's lack of memory
            continue
        result.stops |= dict.fromkeys(stop.cells, stop.reason)
        left_out |= {*stop.cells}
    for cell in tests.values():
        reason = result.stops.get(cell.index) or next(iter(result.stops.values()), "not run")
        result.verdicts.setdefault(cell.test, Verdict(STOPPED, None, reason))
    return result


class _Processes(NamedTuple):
    """A candidate and its judge, what the judge reports, and the folder that the candidate works in."""

    candidate: Child | OwnProcess
    judge: Child | OwnProcess
    reports: Frames
    folder: Path


class _Run:
    """A candidate's and a judge's process that run a job's cells, or those of them that are left."""

    def __init__(
        self,
        job: Job,
        without: set[int],
        spent: _Spent,
        shown: dict[int, bytes],
        said: dict[int, bytes],
    ) -> None:
        self._job, self._spent, self._shown, self._said = job, spent, shown, said
        self._cells = {c.index: c for c in job.cells if c.index not in without}
        self._running = -1  # the cell; none yet
        self._began, self._began_at = (
            0.0,
            time.monotonic(),
        )  # by the processes' clock, by the wall's
        self._own = 0.0  # seconds by own cells in this process
        self._too_long, self._interrupted = "", 0.0  # why the cell was interrupted, and when
        self._looked = time.monotonic()
        self._killed = usage.processes_killed_for_memory()

    def watch(self, result: Result) -> _Stop | None:
        """Add to the result what the judge reports, until it has finished or must be stopped.

        Raises:
            OSError: the machine failed it.
        """
        with self._started() as processes:
            clock = usage.Clock(processes.candidate.number(), processes.judge.number())
            self._began_at = time.monotonic()
            try:
                return self._follow(processes, clock, result)
            finally:
                self._settle(clock.seconds)

    def _follow(self, processes: _Processes, clock: usage.Clock, result: Result) -> _Stop | None:
        """Look at every limit all the time, whatever comes back meanwhile and however slowly."""
        before = time.monotonic()
        reports, judge = processes.reports, processes.judge
        while True:
            channels: list[Any] = [reports, *([judge] if judge.status is None else [])]
            ready = wait(channels, PATIENCE)
            now = clock.look()
            try:
                for frame in reports.receive() if reports in ready else []:
                    kind, stop = self._take(frame, result, now)
                    what = {"started": "start", "ran": "cells", "tested": "tests"}.get(kind, "end")
                    spent, before = time.monotonic() - before, time.monotonic()
                    result.seconds[what] = result.seconds.get(what, 0) + spent
                    if kind == "finished":
                        _look_at_the_disk(processes.folder)
                        return None
                    if kind == "gone":
                        return self._end(processes, str(stop.reason if stop else ""))
                    if stop:
                        return stop
            except EOFError:
                return self._stop(
                    "the judge's process ended: what came back was more than it could take"
                )
            except ValueError as error:
                return self._stop(f"what came back could not be read: {error}")
            if not ready and judge.status is not None:
                return self._stop(
                    "the judge's process ended: what came back was more than it could take"
                )
            if judge in ready and reports not in ready and judge.ended():
                continue  # what it said before may still be on its way
            if stop := self._look(now, processes.candidate, processes.folder):
                return stop

    def _stop(self, reason: str, *, ended: bool = False) -> _Stop:
        return _Stop([self._running] if self._running >= 0 else [], reason, ended)

    def _settle(self, now: float) -> None:
        """Put the time of the cell that was running until now where it belongs."""
        took = now - self._began
        self._spent.all += took
        if self._running >= 0 and self._cells[self._running].own:
            self._spent.own += took
            self._own += took
        self._began, self._began_at = now, time.monotonic()

    def _look(self, now: float, child: Child | OwnProcess, folder: Path) -> _Stop | None:
        """Look at every limit; interrupt a cell that has taken too long."""
        took, limit = now - self._began, self._job.limits.cell_time
        if self._running < 0:
            if took > START_LIMIT:
                raise MachineError(f"no cell had begun after {START_LIMIT:g} s of its own time")
            limit = START_LIMIT
        elif self._too_long:
            if now > self._interrupted + GRACE:
                return self._stop(f"no answer within {limit:g} s, nor to an interrupt")
        else:
            is_own = self._cells[self._running].own
            if is_own and self._own + took > self._job.limits.own_time:
                self._too_long = self._own_cells_took_too_long()
            elif took > limit:
                self._too_long = f"it took more than {limit:g} s"
            if self._too_long:
                self._interrupted = now
                child.interrupt()
        if time.monotonic() > self._began_at + SLOWEST * limit:
            raise MachineError("the machine is too busy: it gave the process next to no time")
        if self._spent.all + took > self._job.notebook_limit:
            return self._stop(f"the notebook took more than {self._job.notebook_limit:g} s")
        if time.monotonic() > self._looked + PATIENCE:
            self._looked = time.monotonic()
            return self._look_at_what_it_takes(child.number(), folder)
        return None

    def _look_at_what_it_takes(self, process: int, folder: Path) -> _Stop | None:
        if usage.threads(process) > self._job.limits.threads:
            return self._stop(f"it ran more than {self._job.limits.threads} threads at once")
        try:
            size, number = usage.files(folder, self._job.limits.files)
        except ValueError as error:
            return self._stop(f"it made {error}")
        size += usage.nameless_files(process, self._job.limits.file_size)
        if number > self._job.limits.files:
            return self._stop(f"it made more than {self._job.limits.files} files and folders")
        if size > self._job.limits.folder_size:
            return self._stop(f"it wrote more than {self._job.limits.folder_size >> 20} MB to disk")
        _look_at_the_disk(folder)
        return None

    def _own_cells_took_too_long(self) -> str:
        return f"the notebook's own cells took more than {self._job.limits.own_time:g} s in all"

    def _end(self, processes: _Processes, reason: str) -> _Stop:
        """Why the candidate's process no longer answers.

        Raises:
            MachineError: the system killed it, for lack of memory.
        """
        child, folder = processes.candidate, processes.folder
        if reason != CLOSED:
            return self._stop(f"what came back could not be read: {reason}")
        deadline = time.monotonic() + NEWS_LIMIT
        while child.status is None and (left := deadline - time.monotonic()) > 0:
            if wait([child], left):  # pyright: ignore[reportArgumentType]
                child.ended()
        if child.status is None:
            return self._stop("it closed the connection to the grader")
        _log.info("A process ended (%s); it said last: %r", describe(child.status), _tail(folder))
        if child.status == -signal.SIGKILL and usage.processes_killed_for_memory() > self._killed:
            raise MachineError("the system killed a process because its memory was short")
        return self._stop(f"{ENDED} ({describe(child.status)})", ended=True)

    @contextlib.contextmanager
    def _started(self) -> Iterator[_Processes]:
        """A candidate and a judge, who has been given the job.

        Raises:
            OSError: the machine has not what it takes.
        """
        with contextlib.ExitStack() as stack:
            folders = {role: Path(tempfile.mkdtemp(prefix=f"{role}-")) for role in ("job", "judge")}
            for folder in folders.values():
                stack.callback(_remove, folder)
            for name, content in self._job.files.items():
                path = folders["job"] / "work" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(b64decode(content))
            here, there = socket.socketpair()
            asking, asked = socket.socketpair()
            stack.callback(here.close)
            with there, asking, asked:
                candidate = self._start(stack, folders["job"], "candidate", [asked])
                judge = self._start(stack, folders["judge"], "judge", [there, asking])
            here.settimeout(SEND_LIMIT)
            with contextlib.suppress(ConnectionError):  # it has ended, and said why
                send_frame(here, json.dumps(self._order()).encode())
            yield _Processes(candidate, judge, Frames(here), folders["job"])

    def _start(
        self, stack: contextlib.ExitStack, folder: Path, role: str, connections: list[socket.socket]
    ) -> Child | OwnProcess:
        """A process in a folder of its own, which ends with the stack."""
        limits = {
            "memory": self._job.limits.memory,
            "file_size": self._job.limits.file_size,
            "processor_time": int(2 * self._job.notebook_limit),
        }
        request = {
            "role": role,
            "folder": str(folder),
            "limits": limits if self._job.confined else None,
            "seed": self._job.seed,
        }
        child = trials.start(request, [connection.fileno() for connection in connections])
        stack.callback(child.close)
        child.number()  # it is there: what comes now is its own time
        return child

    def _order(self) -> dict[str, Any]:
        return {
            "cells": [asdict(cell) for cell in self._cells.values()],
            "set_up": self._job.set_up,
            "tests": _compiled(self._job.tests),
            "beside": beside_part(self._job.tests),
            "hidden": self._job.hidden,
            "secret": self._job.secret,
        }

    def _take(self, frame: bytes, result: Result, now: float) -> tuple[str, _Stop | None]:
        """Add the report in a frame to the result.

        Returns:
            what kind it is, and whether the processes must be stopped.

        Raises:
            ValueError: it is no report that there may be now.
            MachineError: it says that the job could not be run.
        """
        (kind, index, *more), outputs = parse(frame)
        cell = self._cells.get(index) if type(index) is int else None
        if kind == "broken":
            raise MachineError(f"the job could not be run:\n{' '.join(map(str, more))}")
        if kind == "gone":
            return kind, self._stop(str(*more))
        if kind == "started" and cell:
            return kind, self._begin(cell.index, now)
        if kind in ("ran", "tested") and cell and index == self._running:
            self._settle(now)  # what is left to do before the next cell has time of its own
            self._shown[cell.index] = outputs
            if kind == "tested":
                passed, points, said = more
                result.verdicts[cell.test] = Verdict(PASSED if passed else FAILED, points)
                self._said[cell.index] = json.dumps(said).encode()
            if self._too_long:
                return kind, self._stopped_itself(cell.index, result)
        elif kind != "finished":
            raise ValueError("a report on a cell that is not there, or of no known kind")
        return kind, None

    def _begin(self, index: int, now: float) -> _Stop | None:
        """Begin a cell's own time; where the time of own cells is used up, leave out the rest of them."""
        self._settle(now)
        self._running, self._too_long = index, ""
        if not self._cells[index].own:
            return None
        if self._spent.own > 3 * self._job.limits.own_time:  # in one process after another
            later = [i for i, cell in self._cells.items() if cell.own and i != index]
        elif self._own > self._job.limits.own_time:
            later = [i for i, cell in self._cells.items() if cell.own and i > index]
        else:
            return None
        return _Stop([index, *later], self._own_cells_took_too_long())

    def _stopped_itself(self, index: int, result: Result) -> _Stop | None:
        """Note that a cell has ended after an interrupt, for it had taken too long.

        Where its outputs do not show the interrupt, that may have come too late and strike what follows.
        """
        result.stops[index], self._too_long = (reason := self._too_long), ""
        if test := self._cells[index].test:
            result.verdicts[test] = Verdict(STOPPED, None, reason)
        if b'"KeyboardInterrupt"' in self._shown[index] + self._said.get(index, b""):
            return None
        return self._stop(reason)


@lru_cache(maxsize=32)
def _compiled(tests: str) -> str:
    """A lesson's tests as they are run, for a judge of this same Python, in base 64."""
    return b64encode(marshal.dumps(compile(tests, "<tests>", "exec"))).decode()


def _look_at_the_disk(folder: Path) -> None:
    if usage.disk_is_full(folder):
        raise MachineError(f"there is no room left on the disk of {folder.parent}")


def _tail(folder: Path) -> str:
    """The end of what a process wrote past Python; it may be anything."""
    with contextlib.suppress(OSError), (folder / "log").open("rb") as file:
        file.seek(max(0, os.fstat(file.fileno()).st_size - 2000))
        return file.read(2000).decode(errors="replace")
    return ""


def _remove(folder: Path) -> None:
    """Remove a folder in which somebody may have done anything."""
    with contextlib.suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():  # folders within folders by the thousand, or such as nobody may open
        for command in (["chmod", "-R", "u+rwx"], ["rm", "-rf"]):
            subprocess.run([*command, str(folder)], stderr=subprocess.DEVNULL, check=False)
