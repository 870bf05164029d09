"""Grading a class with nbgrader: autograde, feedback, export, and the table of grades."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.utils import is_grade, is_solution

from autograde.course import Course, ExerciseSpec
from autograde.forkserver.client import can_fork
from autograde.grading.cluster import run_jobs
from autograde.grading.execution import ExecutionError, Result, warm_up
from autograde.grading.export import SafeCsvExport
from autograde.grading.gradebook import (
    deadline,
    open_gradebook,
    recorded,
    register,
    students_of,
    waiting_for_a_person,
)
from autograde.grading.plan import Job, built_lesson
from autograde.grading.record import (
    ASK,
    RECORD_KEY,
    STOPPED_TEST,
    UNREADABLE,
    cleaned,
    results_of,
)
from autograde.grading.recorder import Recorder, seconds_late
from autograde.grading.submissions import (
    NOTES,
    Submission,
    as_notebook,
    stage,
    student_folders,
    submission,
    timestamps,
    who_handed_in,
)
from autograde.grading.times import UnknownTime, read_time
from autograde.grading.usage import cores
from autograde.lesson import grade_id
from autograde.log import where

_log = logging.getLogger(__name__)

#: Submissions that are recorded at once, and seconds for which one waits for others.
LARGEST_BATCH, LONGEST_WAIT = 50, 2.0
#: Submissions that are read before they are planned.
READ_AHEAD = 8


class Grade(NamedTuple):
    """What a student got for one exercise, and why, where there is more to say than points."""

    points: float
    note: str = ""


class Report(NamedTuple):
    """A student's grades for one lesson; `problem` says why there are none."""

    student: str
    grades: dict[str, Grade]
    problem: str = ""
    late_penalty: float = 0.0
    remarks: tuple[str, ...] = ()  # on the submission as a whole

    @property
    def points(self) -> float:
        """Points in all, less what being late costs."""
        return max(0.0, sum(grade.points for grade in self.grades.values()) - self.late_penalty)


@dataclass(frozen=True)
class Plan:
    """What is to be done for a lesson: who is graded by which job, and who need not be graded again."""

    jobs: dict[str, Job]  # those without a result yet, by key
    students: dict[str, list[str]]  # to be graded, by the key of their job
    problems: dict[str, str]  # students who have handed in nothing that can be graded, and why
    unrecorded: list[str]  # those of them of whom that is not recorded yet
    graded: list[str]  # students whose grades are up to date
    broken: dict[str, str]  # students at whose notebook the grader itself failed, and how


def plan(
    course: Course,
    lesson: str,
    students: list[str],
    *,
    force: bool = False,
    staging: bool = False,
    confined: bool = True,
) -> Plan:
    """Plan the grading of these students' submissions; without `force`, of those that need it.

    With `staging`, put them where `Recorder` takes them from.

    Raises:
        CourseError: the lesson has not been built.
    """
    built, results = built_lesson(course.root, lesson), results_of(course.root)
    jobs: dict[str, Job] = {}
    by_key: dict[str, list[str]] = {}
    problems: dict[str, str] = {}
    unrecorded: list[str] = []
    broken: dict[str, str] = {}
    graded: list[str] = []
    with open_gradebook(course) as gradebook:
        there = recorded(gradebook, lesson)
    for student, read in _read(course, lesson, students):
        try:
            submitted = read()
            if staging:
                stage(course, lesson, submitted)
            notebook, job = cleaned(built, as_notebook(submitted), submitted.files, confined)
            key, record_key = job.key(), notebook.metadata[RECORD_KEY]
        except Exception as error:  # a fault of the grader's; it must not hold up the class
            _log.exception("Planning failed for %s on %s", student, lesson)
            broken[student] = f"an error of the grader's own, {type(error).__name__}; see {where()}"
            continue
        if submitted.problem:
            problems[student] = submitted.problem
        # The grades are in this gradebook, and the page that a person looks at is made from the same.
        if there.get(student) == record_key == graded_by(course, lesson, student) and not force:
            graded.append(student)
            continue
        if submitted.problem:
            unrecorded.append(student)
            continue
        by_key.setdefault(key, []).append(student)
        if results.get(key) is None:
            jobs[key] = job
    return Plan(jobs, by_key, problems, unrecorded, graded, broken)


def _read(
    course: Course, lesson: str, students: list[str]
) -> Iterator[tuple[str, Callable[[], Submission]]]:
    """Read submissions, some ahead, each in a process of its own; give a function that has it or raises."""
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
    try:
        return nbformat.read(path, as_version=4).metadata.get(RECORD_KEY)
    except (OSError, nbformat.reader.NotJSONError):
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
    """Grade a lesson's submissions: plan, run at once, record one by one.

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
    recorder.settle(
        lesson
    )  # before recording replaces the copies that say where old times are from
    if scheduler is None and can_fork() and not all(graded_by(course, lesson, s) for s in students):
        warm_up()  # it takes seconds, which planning can use
    recorder.confined = confined
    planned = plan(course, lesson, students, force=force, staging=True, confined=confined)
    failures: dict[str, str] = {}

    batch: dict[str, Result | None] = {}
    last = time.monotonic()

    def record(student: str, result: Result | str | None) -> str:
        """Record the result, or why there is none; most come into a batch."""
        nonlocal last
        if isinstance(result, str):
            failures[student] = recorder.record_failure(lesson, student, result)
            return student
        batch[student] = result
        if len(batch) == LARGEST_BATCH or time.monotonic() > last + LONGEST_WAIT:
            failures.update(recorder.record_all(lesson, batch))
            batch.clear()
            last = time.monotonic()
        return student

    def record_all() -> Iterator[str]:
        for student in planned.unrecorded:
            yield record(student, None)
        for student, problem in planned.broken.items():
            yield record(student, problem)
        results = results_of(course.root)
        ran = run_jobs(planned.jobs, workers=workers, scheduler=scheduler)
        there = (
            (key, results.get(key) or ExecutionError("its result is gone: grade it again"))
            for key in planned.students
            if key not in planned.jobs
        )
        for key, result in chain(there, ran):
            if isinstance(result, Result) and key in planned.jobs:
                results.put(key, result)
            for student in planned.students[key]:
                yield record(student, str(result) if isinstance(result, ExecutionError) else result)

    total = len(planned.unrecorded) + len(planned.broken) + sum(map(len, planned.students.values()))
    try:
        for _ in progress(record_all(), total):
            pass
    finally:  # what has a result is recorded, whatever has stopped the rest
        failures.update(recorder.record_all(lesson, batch) if batch else {})
    return planned.problems | recorder.settle(lesson) | failures


class State(NamedTuple):
    """How far a lesson is, in numbers of submissions."""

    built: bool
    handed_in: int
    graded: int
    for_a_person: int
    feedback: int


def state(course: Course, lesson: str) -> State:
    """How far a lesson is, from the folders and nbgrader's gradebook; old grades are not counted."""
    students = who_handed_in(course, lesson)
    built = course.notebook("release", lesson).exists()
    graded: set[str] = set()
    if built and students:
        graded = {
            student
            for confined in (True, False)
            for student in plan(course, lesson, students, confined=confined).graded
        }
    with open_gradebook(course) as gradebook:
        for_a_person = waiting_for_a_person(gradebook, lesson)
        due = deadline(gradebook, lesson)
    if due:
        for_a_person.update(problems_with_times(course, lesson))
    return State(
        built,
        len(students),
        len(graded),
        len(for_a_person),
        sum(course.notebook("feedback", lesson, s).with_suffix(".html").exists() for s in students),
    )


def problems_with_times(course: Course, lesson: str) -> dict[str, str]:
    """Students whose time of handing in is not known though a file should say it, and why."""
    problems = {}
    zone = course.timezone
    for student, path in timestamps(course, lesson).items():
        try:
            read_time(path, zone)
        except UnknownTime as problem:
            problems[student] = str(problem)
    return problems


def export(course: Course) -> Path:
    """Write all grades to `course/grades.csv` in the columns of nbgrader's own export."""
    path = course.folder / "grades.csv"
    recorder = Recorder(course)
    for lesson in course.lessons():
        recorder.settle(lesson)  # points that a person gave change what being late costs
    with open_gradebook(course) as gradebook:
        SafeCsvExport(to=str(path)).export(gradebook)
    return path


def reports(course: Course, lesson: str) -> list[Report]:
    """The grades of everyone who handed in a lesson, now or before, from nbgrader's gradebook."""
    specs = built_exercises(course, lesson)
    there = who_handed_in(course, lesson)
    times = problems_with_times(course, lesson)
    found: list[Report] = []
    with open_gradebook(course) as gradebook:
        due = deadline(gradebook, lesson)
        for student in sorted({*there, *students_of(gradebook, lesson)}):
            report = _report(course, gradebook, lesson, student, specs)
            remarks = [*report.remarks]
            if student not in there:
                remarks.insert(0, "graded before, no submission there now")
            elif problem := times.get(student):
                remarks.append(f"{problem}; decide whether it was late" if due else problem)
            found.append(report._replace(remarks=tuple(remarks)))
    return found


def built_exercises(course: Course, lesson: str) -> list[ExerciseSpec]:
    """The exercises of a lesson as it was built; the curriculum may be further on."""
    cells = {
        name: c for c in built_lesson(course.root, lesson).release.cells if (name := grade_id(c))
    }
    specs = []
    for name, cell in cells.items():
        if is_solution(cell) and (graded := cell if is_grade(cell) else cells.get(f"test_{name}")):
            specs.append(ExerciseSpec(name, float(graded.metadata.nbgrader.points), graded is cell))
    return specs


def _report(
    course: Course, gradebook: Gradebook, lesson: str, student: str, specs: list[ExerciseSpec]
) -> Report:
    path = course.notebook("autograded", lesson, student)
    if not path.exists():
        return Report(student, {}, "not graded")
    notebook = nbformat.read(path, as_version=4)
    try:
        submission: Any = gradebook.find_submission_notebook(lesson, lesson, student)
    except MissingEntry:
        return Report(student, {}, "not graded")
    penalty = submission.late_submission_penalty or 0.0
    late = _in_words(seconds_late(submission.assignment))
    remarks = (f"-{penalty:g} late: handed in {late} after the deadline",) if penalty else ()
    rows = {grade.name: grade for grade in submission.grades}
    notes = _notes(notebook)
    grades = {}
    for spec in specs:
        row = rows[spec.name if spec.by_hand else f"test_{spec.name}"]
        by_hand = "to be marked by hand" if spec.by_hand and row.needs_manual_grade else ""
        note = notes.get(spec.name, by_hand)
        grades[spec.name] = Grade(row.score, note)
    return Report(student, grades, "", penalty, (*remarks, *notebook.metadata.get(NOTES, [])))


def _in_words(seconds: float) -> str:
    """A length of time, in its two largest units."""
    parts = []
    for unit, name in ((86400, "d"), (3600, "h"), (60, "min"), (1, "s")):
        number, seconds = divmod(seconds, unit)
        if number:
            parts.append(f"{number:.0f} {name}")
    return " ".join(parts[:2]) or "less than 1 s"


def _notes(notebook: nbformat.NotebookNode) -> dict[str, str]:
    """Exercises of which there is more to say than their points, and what."""
    notes = {}
    for cell in notebook.cells:
        name = (grade_id(cell) or "").removeprefix("test_")
        for output in cell.get("outputs", []) if name else []:
            if output.output_type == "error" and output.ename in (STOPPED_TEST, UNREADABLE):
                notes[name] = output.evalue
            elif output.output_type == "error" and output.ename == "SyntaxError":
                notes.setdefault(name, "syntax error")
        if reason := cell.metadata.get(ASK):
            notes[name] = "; ".join(filter(None, [notes.get(name), f"to be looked at: {reason}"]))
    return notes
