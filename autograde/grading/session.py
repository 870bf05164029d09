"""Grading a class: plan, run, record, all at once and none of it for the whole class at a time."""

from __future__ import annotations

import json
import logging
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from nbformat import NotebookNode

from autograde.course import Course
from autograde.grading.cluster import Runner
from autograde.grading.execution import ExecutionError, Result
from autograde.grading.gradebook import open_gradebook, recorded, register
from autograde.grading.plan import Job, built_lesson
from autograde.grading.record import RECORD_KEY, cleaned, results_of
from autograde.grading.recorder import Judged, Recorder
from autograde.grading.submissions import (
    Submission,
    as_notebook,
    stage,
    student_folders,
    submission,
    who_handed_in,
)
from autograde.grading.usage import cores
from autograde.log import where

_log = logging.getLogger(__name__)

#: Submissions that are recorded at once, and seconds for which one waits for others.
LARGEST_BATCH, LONGEST_WAIT = 50, 2.0
#: Submissions that are read before they are planned.
READ_AHEAD = 8


@dataclass(frozen=True)
class Planned:
    """What is to be done about a student's submission."""

    student: str
    notebook: NotebookNode | None = None  # that becomes the graded one
    job: Job | None = None  # that gives the grades
    problem: str = ""  # why there is nothing to run
    fault: str = ""  # how the grader itself failed at it
    up_to_date: bool = False  # its grades are there already


def plan(
    course: Course,
    lesson: str,
    students: Iterable[str],
    *,
    force: bool = False,
    staging: bool = False,
    confined: bool = True,
) -> Iterator[Planned]:
    """Plan the grading of these students' submissions, one after another; with `force`, of graded ones, too.

    With `staging`, put them where `Recorder` takes them from.

    Raises:
        CourseError: the lesson has not been built.
    """
    built = built_lesson(course.root, lesson)
    with open_gradebook(course) as gradebook:
        there = recorded(gradebook, lesson)
    for student, read in _read(course, lesson, students):
        try:
            submitted = read()
            if staging:
                stage(course, lesson, submitted)
            notebook, job = cleaned(built, as_notebook(submitted), submitted.files, confined)
            key = notebook.metadata[RECORD_KEY]
        except Exception as error:  # a fault of the grader's; it must not hold up the class
            _log.exception("Planning failed for %s on %s", student, lesson)
            fault = f"an error of the grader's own, {type(error).__name__}; see {where()}"
            yield Planned(student, fault=fault)
            continue
        # The grades are in this gradebook, and the page that a person looks at is made from the same.
        done = there.get(student) == key == graded_by(course, lesson, student) and not force
        todo = None if done or submitted.problem else job
        yield Planned(student, notebook, todo, submitted.problem, up_to_date=done)


def _read(
    course: Course, lesson: str, students: Iterable[str]
) -> Iterator[tuple[str, Callable[[], Submission]]]:
    """Read submissions, some ahead, each within limits; give a function that has it or raises."""
    folders = student_folders(course)
    ahead: deque[tuple[str, Callable[[], Submission]]] = deque()

    def read(student: str) -> Submission:
        return submission(course, lesson, student, folders[student])

    with ThreadPoolExecutor(cores()) as pool:
        for student in students:
            ahead.append((student, pool.submit(read, student).result))
            if len(ahead) > READ_AHEAD:
                yield ahead.popleft()
        yield from ahead


def graded_by(course: Course, lesson: str, student: str) -> str | None:
    """What a student's graded notebook was made from, if there is one; see `record.cleaned`."""
    path = course.notebook("autograded", lesson, student)
    with suppress(OSError, ValueError, LookupError, TypeError):
        return json.loads(path.read_text(encoding="utf-8"))["metadata"][RECORD_KEY]
    return None


def grade(
    course: Course,
    recorder: Recorder,
    lesson: str,
    *,
    force: bool = False,
    confined: bool = True,
    workers: int | None = None,
    scheduler: str | None = None,
    progress: Callable[[Iterable[str], int], Iterable[str]] = lambda items, _: items,
) -> dict[str, str]:
    """Grade a lesson's submissions: plan, run some at once, record in batches as results come.

    Args:
        course: the course.
        recorder: writes the grades.
        lesson: its name.
        force: whether to record again what is up to date.
        confined: whether to run submissions in the sandbox.
        workers: how many to run at once on this machine; one a core where None.
        scheduler: address of a Dask scheduler whose workers are used instead.
        progress: is given the students as they are done, and how many there are.

    Returns:
        students who could not be graded, and why.

    Raises:
        CourseError: the lesson has not been built, or the scheduler was not reached.
    """
    students = who_handed_in(course, lesson)
    built = built_lesson(course.root, lesson)
    with open_gradebook(course) as gradebook:  # it may be another one than that of the build
        register(gradebook, lesson, built.release)
    # Before recording replaces the copies that say where old times are from.
    recorder.settle(lesson)
    recorder.confined = confined
    batch = _Batch(recorder, lesson)
    problems: dict[str, str] = {}

    def graded() -> Iterator[str]:
        """Students, as what is to be done about them is done."""
        results = results_of(course.root)
        waiting: defaultdict[str, list[Planned]] = defaultdict(list)  # by the key of their job

        def record(finished: Iterable[tuple[str, Result | ExecutionError]]) -> Iterator[str]:
            for key, result in finished:
                if isinstance(result, Result):
                    results.put(key, result)
                for planned in waiting.pop(key):
                    batch.add(planned, result)
                    yield planned.student

        with Runner(workers, scheduler) as runner:
            for planned in plan(
                course, lesson, students, force=force, staging=True, confined=confined
            ):
                job = planned.job
                if planned.problem:
                    problems[planned.student] = planned.problem
                if job is None:
                    if planned.fault:
                        batch.add(planned, ExecutionError(planned.fault))
                    elif not planned.up_to_date:
                        batch.add(planned, None)
                    yield planned.student
                elif job.key not in waiting and (result := results.get(job.key)):
                    batch.add(planned, result)
                    yield planned.student
                else:
                    if job.key not in waiting:
                        runner.start(job.key, job)
                    waiting[job.key].append(planned)
                yield from record(runner.finished())
            yield from record(runner.finished(at_the_end=True))

    try:
        for _ in progress(graded(), len(students)):
            pass
    finally:  # what has a result is recorded, whatever has stopped the rest
        batch.record()
    return problems | recorder.settle(lesson) | batch.failures


class _Batch:
    """Results that are to be recorded together."""

    def __init__(self, recorder: Recorder, lesson: str) -> None:
        """Begin with none."""
        self.failures: dict[str, str] = {}  # students who could not be graded, and why
        self._recorder, self._lesson = recorder, lesson
        self._results: list[Judged] = []
        self._last = time.monotonic()

    def add(self, planned: Planned, result: Result | ExecutionError | None) -> None:
        """Have a result recorded, soon; None where nothing could be read. Why there is none, at once."""
        student = planned.student
        if planned.notebook is None or isinstance(result, ExecutionError):
            reason = self._recorder.record_failure(self._lesson, student, str(result))
            self.failures[student] = reason
            return
        self._results.append(Judged(student, planned.notebook, result))
        if len(self._results) == LARGEST_BATCH or time.monotonic() > self._last + LONGEST_WAIT:
            self.record()

    def record(self) -> None:
        """Record what is there."""
        if self._results:
            self.failures.update(self._recorder.record_all(self._lesson, self._results))
        self._results = []
        self._last = time.monotonic()
