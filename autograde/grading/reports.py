"""What a class's grades are, from nbgrader's gradebook: tables, how far a lesson is, the export."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.utils import is_grade, is_solution

from autograde.course import Course, ExerciseSpec
from autograde.grading.export import SafeCsvExport
from autograde.grading.gradebook import (
    deadline,
    open_gradebook,
    students_of,
    waiting_for_a_person,
)
from autograde.grading.plan import built_lesson
from autograde.grading.record import ASK, STOPPED_TEST, UNREADABLE
from autograde.grading.recorder import Recorder, seconds_late
from autograde.grading.session import plan
from autograde.grading.submissions import NOTES, read_staged, timestamps, who_handed_in
from autograde.grading.times import UnknownTime, read_time
from autograde.lesson import grade_id


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
            planned.student
            for confined in (True, False)
            for planned in plan(course, lesson, students, confined=confined)
            if planned.up_to_date
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
    notebook = read_staged(path)
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
