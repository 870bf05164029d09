"""Testing the tests: every attempt of a bank must meet the verdict it deserves.

Attempts are judged in forks of one process that has imported TensorFlow: a fork takes a twentieth of
a second, where a new process would import TensorFlow for four. After a single TensorFlow operation in
that process every child would hang, so it is a process of its own, Python's fork server, which does
nothing but import.

This runs the instructor's own banks. It is no sandbox, and students' work is not graded with it.
"""

from __future__ import annotations

import multiprocessing as mp
import tempfile
import time
from collections.abc import Iterator
from multiprocessing.connection import wait
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple

from nbformat import NotebookNode

from autograde.attempts import Attempt
from autograde.course import CourseError
from autograde.judge import run_and_report
from autograde.lesson import exercises, set_up_cells

#: Wall time one attempt may take, in seconds. The slowest right answer takes a tenth of it.
TIME_LIMIT = 120.0
#: What the fork server imports: all that lessons import, and this command, which each child looks for.
PRELOADED = [
    "helpers",
    "tensorflow",
    "keras",
    "matplotlib.pyplot",
    "pandas",
    "scipy.special",
    "sklearn",
    "helpers.checks.models",
    "helpers.data",
    "helpers.plots",
    "helpers.widgets",
    "autograde.cli",
]


class Verdict(NamedTuple):
    """How an attempt was judged: whether it got full points, and what its author was shown."""

    attempt: Attempt
    passed: bool
    shown: str

    @property
    def problem(self) -> str | None:
        """What is wrong with this verdict, if anything."""
        if self.attempt.right and not self.passed:
            return "a right answer was rejected"
        if not self.attempt.right and self.passed:
            return "a wrong answer was accepted"
        message = self.attempt.message
        if message is not None and message not in self.shown:
            return f"the message {message!r} was not shown"
        return None


def verify(
    notebook: NotebookNode, attempts: list[Attempt], workers: int, time_limit: float = TIME_LIMIT
) -> Iterator[Verdict]:
    """Judge attempts against the reference notebook they answer, in order.

    Raises:
        CourseError: an attempt answers an exercise that the notebook does not have.
    """
    names = [exercise.name for exercise in exercises(notebook)]
    for attempt in attempts:
        if attempt.exercise not in names:
            raise CourseError(
                f"The bank answers {attempt.exercise!r}, which is no exercise of this lesson. "
                f"Its exercises are: {', '.join(names)}."
            )
    context = mp.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    waiting = list(enumerate(attempts))[::-1]
    running: list[_Job] = []
    verdicts: dict[int, Verdict] = {}
    given = 0
    with tempfile.TemporaryDirectory() as folder:
        while given < len(attempts):
            while waiting and len(running) < workers:
                number, attempt = waiting.pop()
                process, receiver = _start(context, _cells(notebook, attempt), folder)
                deadline = time.monotonic() + time_limit
                running.append(_Job(number, attempt, process, receiver, deadline))
            wait([job.receiver for job in running], timeout=0.1)
            for job in [
                job for job in running if job.receiver.poll() or time.monotonic() > job.deadline
            ]:
                running.remove(job)
                verdicts[job.number] = _finish(job, time_limit)
            while given in verdicts:
                yield verdicts.pop(given)
                given += 1


class _Job(NamedTuple):
    number: int
    attempt: Attempt
    process: BaseProcess
    receiver: Any  # a Connection; its type differs between systems
    deadline: float


def _cells(notebook: NotebookNode, attempt: Attempt) -> list[tuple[str, str]]:
    """(name, source) of the cells that judge an attempt: set-up, earlier answers, attempt, test."""
    cells = [(cell.id, cell.source) for cell in set_up_cells(notebook)]
    for exercise in exercises(notebook):
        if exercise.name == attempt.exercise:
            return [
                *cells,
                (exercise.name, attempt.body),
                (exercise.test.id, exercise.test.source),
            ]
        cells.append((exercise.name, exercise.solution.source))
    raise AssertionError(attempt.exercise)


def _start(
    context: ForkServerContext,
    cells: list[tuple[str, str]],
    folder: str,
) -> tuple[BaseProcess, Any]:
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=run_and_report, args=(cells, sender, folder), daemon=True)
    process.start()
    sender.close()
    return process, receiver


def _finish(job: _Job, time_limit: float) -> Verdict:
    try:
        if not job.receiver.poll():
            return Verdict(job.attempt, False, f"stopped after {time_limit:g} s")
        return Verdict(job.attempt, *job.receiver.recv())
    except EOFError:
        job.process.join()
        return Verdict(job.attempt, False, f"the process died (exit code {job.process.exitcode})")
    finally:
        job.process.kill()
        job.process.join()
        job.receiver.close()
