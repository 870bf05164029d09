"""Grading a class with nbgrader: autograde, feedback, export, and the table of grades."""

from __future__ import annotations

import contextlib
import re
import shutil
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import nbformat
import nbgrader.api
import sqlalchemy
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.utils import parse_utc
from sqlalchemy.exc import SAWarning

from autograde.cluster import run_jobs
from autograde.course import Course, CourseError, ExerciseSpec
from autograde.execution import ExecutionError, Result, warm_up
from autograde.export import SafeCsvExport
from autograde.lesson import grade_id
from autograde.pages import PLAIN
from autograde.plan import Job
from autograde.reading import read_submission
from autograde.record import DOUBTFUL_TEST, JOB_KEY, STOPPED_TEST, UNREADABLE, results_of
from autograde.record import lesson as read_lesson
from autograde.warm_process import can_fork


class Grade(NamedTuple):
    """What a student got for one exercise, and why, where there is more to say than points."""

    points: float
    note: str = ""


class Report(NamedTuple):
    """A student's grades for one lesson; `problem` says why there are none."""

    student: str
    grades: dict[str, Grade]
    problem: str = ""

    @property
    def points(self) -> float:
        """Points in all."""
        return sum(grade.points for grade in self.grades.values())


@dataclass(frozen=True)
class Plan:
    """What is to be done for a lesson: who is graded by which job, and who need not be graded again."""

    jobs: dict[str, Job]  # those without a result yet, by key
    students: dict[str, list[str]]  # to be graded, by the key of their job
    unreadable: dict[str, str]  # students whose notebook cannot be read, and why


def plan(course: Course, lesson: str, students: list[str], *, force: bool = False) -> Plan:
    """Plan the grading of these students' submissions; without `force`, of those that need it.

    Raises:
        CourseError: the lesson has not been built.
    """
    built, results = read_lesson(course.root, lesson), results_of(course.root)
    jobs: dict[str, Job] = {}
    by_key: dict[str, list[str]] = {}
    unreadable: dict[str, str] = {}
    for student in students:
        try:
            submitted = read_submission(course.notebook("submitted", lesson, student))
            job = built.job(built.clean(submitted))
            key = job.key()
        except Exception as problem:  # whatever was handed in, it must not hold up the class
            unreadable[student] = str(problem)
            continue
        if not force and graded_by(course, lesson, student) == key:
            continue
        by_key.setdefault(key, []).append(student)
        if results.get(key) is None:
            jobs[key] = job
    return Plan(jobs, by_key, unreadable)


def graded_by(course: Course, lesson: str, student: str) -> str | None:
    """The key of the job that a student's grades come from, if there are any."""
    path = course.notebook("autograded", lesson, student)
    try:
        return nbformat.read(path, as_version=4).metadata.get(JOB_KEY)
    except (OSError, nbformat.reader.NotJSONError):
        return None


class Recorder:
    """Writes grades with nbgrader's own autograding, one submission after another."""

    def __init__(self, course: Course) -> None:
        """Read nbgrader's configuration once."""
        # nbgrader opens the gradebook nine times a submission, each time with an engine of its own, which
        # compiles the same queries anew. With one engine a URL, recording takes two thirds of the time.
        nbgrader.api.create_engine = cache(sqlalchemy.create_engine)
        self._course = course
        self._nbgrader = course.nbgrader()

    def record(self, lesson: str, student: str) -> str | None:
        """Record the grades of one submission; return what went wrong, or None where nothing did.

        Where something did, no older grade is left standing.
        """
        if problem := _problem_with_name(student):
            return problem
        if problem := _problem_with_time(self._course, lesson, student):
            return self.record_failure(lesson, student, problem)
        with _no_remarks():
            outcome = self._nbgrader.autograde(lesson, student, force=True)
        if outcome["success"]:
            return None
        log = self._course.folder / "logs" / f"{lesson}-{student}.log"
        log.parent.mkdir(exist_ok=True)
        text = f"{outcome.get('log') or ''}\n{outcome.get('error') or ''}"
        log.write_text(text, encoding="utf-8", errors="backslashreplace")
        # nbgrader's own exception comes last, and only says that there was another one.
        errors = re.findall(r"^ *(?:\w+\.)*(\w+(?:Error|Exception): .*)$", text, re.MULTILINE)
        reasons = [error for error in errors if not error.startswith("NbGraderException")]
        return self.record_failure(
            lesson, student, f"{reasons[-1] if reasons else 'nbgrader failed'} (see {log})"
        )

    def record_failure(self, lesson: str, student: str, reason: str) -> str:
        """Record that a submission could not be graded: no points, and a person is asked to look."""
        if problem := _problem_with_name(student):
            return problem
        shutil.rmtree(self._course.notebook("autograded", lesson, student).parent, True)
        with _no_remarks(), Gradebook(self._course.gradebook_url) as gradebook:
            gradebook.update_or_create_student(student)
            submission = gradebook.update_or_create_submission(lesson, student)
            for notebook in submission.notebooks:
                for grade in notebook.grades:
                    grade.auto_score, grade.needs_manual_grade = 0, True
                for comment in notebook.comments:
                    comment.auto_comment = f"Could not be graded: {reason}"
            gradebook.db.commit()
        return reason


@contextlib.contextmanager
def _no_remarks() -> Iterator[None]:
    """nbgrader builds a submission's rows before it adds them; SQLAlchemy 2 remarks on each."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)
        yield


def _problem_with_name(student: str) -> str:
    """Why a folder's name can be no student's in the gradebook, whose pages show it as it is."""
    if not student.isprintable() or set(student) & set('<>"\\'):
        return (
            "the folder's name is not in UTF-8, or holds control characters or one of < > \" \\: "
            "rename the folder in submitted/"
        )
    return ""


def _problem_with_time(course: Course, lesson: str, student: str) -> str:
    """Why the time at which a submission was handed in cannot be read, if so; nbgrader would fail."""
    path = course.notebook("submitted", lesson, student).with_name("timestamp.txt")
    if not path.exists():
        return ""
    if path.is_symlink() or not path.is_file():
        return f"{path.name} is no file; remove it, or write the time of handing in to it"
    text = path.read_text(errors="replace")[:100].strip()
    try:
        if text:
            parse_utc(text)
    except (ValueError, OverflowError):
        return f"{path.name} says {text!r}, which is no time; correct it, or remove it"
    return ""


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
    students = course.students(lesson)
    if scheduler is None and can_fork() and not all(graded_by(course, lesson, s) for s in students):
        warm_up()  # it takes seconds, which planning can use
    planned = plan(course, lesson, students, force=force)
    failures: dict[str, str] = {}

    def record_all() -> Iterator[str]:
        for student in planned.unreadable:
            yield student
            if problem := recorder.record(lesson, student):
                failures[student] = problem
        results = results_of(course.root)
        ran = run_jobs(planned.jobs, confined=confined, workers=workers, scheduler=scheduler)
        there = ((key, None) for key in planned.students if key not in planned.jobs)
        for key, result in chain(there, ran):
            if isinstance(result, Result):
                results.put(key, result)
            for student in planned.students[key]:
                yield student
                if isinstance(result, ExecutionError):
                    problem = recorder.record_failure(lesson, student, str(result))
                else:
                    problem = recorder.record(lesson, student)
                if problem:
                    failures[student] = problem

    total = len(planned.unreadable) + sum(map(len, planned.students.values()))
    for _ in progress(record_all(), total):
        pass
    return failures


class State(NamedTuple):
    """How far a lesson is, in numbers of submissions."""

    built: bool
    handed_in: int
    graded: int
    for_a_person: int
    feedback: int


def state(course: Course, lesson: str) -> State:
    """How far a lesson is, from the folders and nbgrader's gradebook."""
    students = course.students(lesson)
    with Gradebook(course.gradebook_url) as gradebook:
        try:
            submissions = gradebook.assignment_submissions(lesson)
        except MissingEntry:
            submissions = []
        for_a_person = sum(bool(submission.needs_manual_grade) for submission in submissions)
    return State(
        course.notebook("release", lesson).exists(),
        len(students),
        sum(course.notebook("autograded", lesson, s).exists() for s in students),
        for_a_person,
        sum(course.notebook("feedback", lesson, s).with_suffix(".html").exists() for s in students),
    )


def feedback(course: Course, lesson: str, student: str) -> Path:
    """Write the feedback page of a graded submission and return where it is.

    Raises:
        CourseError: nbgrader could not make it, or a plain page had to take its place.
    """
    outcome = course.nbgrader().generate_feedback(lesson, student, force=True)
    if not outcome["success"]:
        raise CourseError(
            f"No feedback for {student} on {lesson}:\n{outcome.get('log') or outcome.get('error')}"
        )
    page = course.notebook("feedback", lesson, student).with_suffix(".html")
    with page.open(encoding="utf-8") as file:
        if file.read(len(PLAIN)) == PLAIN:
            raise CourseError(
                f"The feedback for {student} on {lesson} shows points and messages only: the notebook "
                f"cannot be rendered within the limits. Look at {page}."
            )
    return page


def export(course: Course) -> Path:
    """Write all grades to `course/grades.csv` in the columns of nbgrader's own export."""
    path = course.folder / "grades.csv"
    with Gradebook(course.gradebook_url) as gradebook:
        SafeCsvExport(to=str(path)).export(gradebook)
    return path


def reports(course: Course, lesson: str) -> list[Report]:
    """The grades of everyone who handed in a lesson, from nbgrader's gradebook."""
    specs = course.curriculum()[lesson].exercises
    with Gradebook(course.gradebook_url) as gradebook:
        return [
            _report(course, gradebook, lesson, student, specs)
            for student in course.students(lesson)
        ]


def _report(
    course: Course, gradebook: Gradebook, lesson: str, student: str, specs: list[ExerciseSpec]
) -> Report:
    path = course.notebook("autograded", lesson, student)
    if not path.exists():
        return Report(student, {}, "not graded")
    notebook = nbformat.read(path, as_version=4)
    submission = gradebook.find_submission_notebook(lesson, lesson, student)
    rows = {grade.name: grade for grade in submission.grades}
    notes = _notes(notebook)
    grades = {}
    for spec in specs:
        row = rows[spec.name if spec.by_hand else f"test_{spec.name}"]
        by_hand = "to be marked by hand" if spec.by_hand and row.needs_manual_grade else ""
        note = notes.get(spec.name, by_hand)
        grades[spec.name] = Grade(row.score, note)
    return Report(student, grades)


def _notes(notebook: nbformat.NotebookNode) -> dict[str, str]:
    """Exercises of which there is more to say than their points, and what."""
    notes = {}
    for cell in notebook.cells:
        name = (grade_id(cell) or "").removeprefix("test_")
        for output in cell.get("outputs", []) if name else []:
            if output.output_type == "error" and output.ename in (STOPPED_TEST, UNREADABLE):
                notes[name] = output.evalue
            elif output.output_type == "error" and output.ename == DOUBTFUL_TEST:
                notes[name] = f"to be looked at: {output.evalue}"
            elif output.output_type == "error" and output.ename == "SyntaxError":
                notes.setdefault(name, "syntax error")
    return notes
