"""Grading a class with nbgrader: autograde, feedback, export, and the table of grades."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbgrader.api import Gradebook
from nbgrader.plugins import CsvExportPlugin
from sqlalchemy.exc import SAWarning

from autograde.course import Course, CourseError, ExerciseSpec
from autograde.execute import DEAD_KERNEL, NO_POINTS, NOT_RUN, TIMEOUT
from autograde.lesson import grade_id

#: What stands in the table for a cell that was stopped from outside.
_STOPS = {
    TIMEOUT: "timeout",
    DEAD_KERNEL: "kernel died",
    NOT_RUN: "not run",
    NO_POINTS: "no points",
}


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


def needs_grading(course: Course, lesson: str, student: str) -> bool:
    """Whether a submission has no grades yet, or older ones than itself or than the lesson."""
    graded = course.notebook("autograded", lesson, student)
    if not graded.exists():
        return True
    inputs = [course.notebook("submitted", lesson, student), course.notebook("source", lesson)]
    return any(path.exists() and path.stat().st_mtime > graded.stat().st_mtime for path in inputs)


def grade(course: Course, lesson: str, student: str) -> str | None:
    """Grade one submission with nbgrader; return what went wrong, or None where nothing did."""
    with warnings.catch_warnings():
        # nbgrader builds a submission's rows before it adds them; SQLAlchemy 2 remarks on each.
        warnings.simplefilter("ignore", SAWarning)
        outcome = course.nbgrader().autograde(lesson, student, force=True)
    if outcome["success"]:
        return None
    log = course.folder / "logs" / f"{lesson}-{student}.log"
    log.parent.mkdir(exist_ok=True)
    text = f"{outcome['log']}\n{outcome['error'] or ''}"
    log.write_text(text)
    reasons = re.findall(r"^ *(\w+(?:Error|Exception): .*)$", text, re.MULTILINE)
    return f"{reasons[-1] if reasons else 'nbgrader failed'} (see {log})"


def feedback(course: Course, lesson: str, student: str) -> Path:
    """Write the feedback page of a graded submission and return where it is.

    Raises:
        CourseError: nbgrader could not make it.
    """
    outcome = course.nbgrader().generate_feedback(lesson, student, force=True)
    if not outcome["success"]:
        raise CourseError(f"No feedback for {student} on {lesson}:\n{outcome['log']}")
    return course.notebook("feedback", lesson, student).with_suffix(".html")


def export(course: Course) -> Path:
    """Write all grades to `course/grades.csv` with nbgrader's own exporter."""
    path = course.folder / "grades.csv"
    with Gradebook(course.gradebook_url) as gradebook:
        CsvExportPlugin(to=str(path)).export(gradebook)
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
        note = "to be marked by hand" if row.needs_manual_grade else notes.get(spec.name, "")
        grades[spec.name] = Grade(row.score, note)
    return Report(student, grades)


def _notes(notebook: nbformat.NotebookNode) -> dict[str, str]:
    """Which exercises were stopped from outside, in their solution cell or in their test."""
    notes = {}
    for cell in notebook.cells:
        name = (grade_id(cell) or "").removeprefix("test_")
        for output in cell.get("outputs", []):
            if name and output.output_type == "error" and output.ename in _STOPS:
                notes[name] = _STOPS[output.ename]
            elif name and output.output_type == "error" and output.ename == "SyntaxError":
                notes[name] = "syntax error"
    return notes
