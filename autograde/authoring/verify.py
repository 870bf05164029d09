"""Testing the tests: every attempt of a bank must meet the verdict it deserves.

Attempts are judged as submissions are: in the sandbox, in forks of the warm process.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from nbformat import NotebookNode

from autograde.authoring.attempts import Attempt
from autograde.course import CourseError
from autograde.grading.execution import PASSED, Result, execute
from autograde.grading.limits import SubmissionLimits
from autograde.grading.plan import Cell, Job, installed_packages
from autograde.lesson import exercises, set_up_cells
from autograde.sandbox.confine import missing_protections

#: Seconds a cell may take. The slowest right answer takes a tenth of it.
TIME_LIMIT = 120.0


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
    notebook: NotebookNode,
    attempts: list[Attempt],
    tests: str,
    workers: int,
    time_limit: float = TIME_LIMIT,
    hidden: dict[str, str] | None = None,
    secret: bytes = b"",
) -> Iterator[Verdict]:
    """Judge attempts against the reference notebook they answer, in order.

    What `tests` and `hidden` are, a `Job` says; `secret` is what the inputs of hidden tests follow from. The
    banks are the instructor's own: they are judged without the sandbox where this machine has none.

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
    confined = not list(missing_protections())
    set_up = tuple(cell.source for cell in set_up_cells(notebook))
    limits = SubmissionLimits().of_a_job(time_limit)

    def judge(attempt: Attempt) -> Verdict:
        cells = tuple(_cells(notebook, attempt))
        job = Job(cells, set_up, tests, {}, limits, 0, installed_packages(), hidden or {}, confined)
        return _verdict(notebook, attempt, execute(job.with_secret(secret)))

    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(judge, attempts)


def _cells(notebook: NotebookNode, attempt: Attempt) -> Iterator[Cell]:
    """The reference's answers to earlier exercises, the attempt, its test."""
    asked = exercises(notebook)
    number = [exercise.name for exercise in asked].index(attempt.exercise)
    sources = [*(e.solution.source for e in asked[:number]), attempt.body]
    for index, source in enumerate(sources):
        yield Cell(index, source)
    test = asked[number].test
    yield Cell(len(sources), test.source, test.id)


def _verdict(notebook: NotebookNode, attempt: Attempt, result: Result) -> Verdict:
    (verdict,) = result.verdicts.values()
    (of,) = [e.points for e in exercises(notebook) if e.name == attempt.exercise]
    passed = verdict.outcome == PASSED and (verdict.points is None or verdict.points >= of)
    shown = [
        f"{output['ename']}: {output['evalue']}"
        for outputs in result.outputs.values()
        for output in outputs
        if output["output_type"] == "error"
    ]
    shown += [] if verdict.points is None else [f"{verdict.points:g} of {of:g} points"]
    return Verdict(attempt, passed, "\n".join([*shown, verdict.reason]))
