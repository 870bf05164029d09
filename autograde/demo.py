"""A sample class: students whose answers are known, to see the whole grading loop with."""

from __future__ import annotations

import re
import shutil
from typing import Any

import nbformat
from nbgrader.api import Gradebook

from autograde.attempts import Attempt, read_attempts
from autograde.build import build
from autograde.course import Course
from autograde.lesson import exercises, grade_id

#: The lesson the class hands in.
LESSON = "01_activations"

SOLUTION_MARKER = re.compile(r"^ *### (BEGIN|END) SOLUTION\n?", re.MULTILINE)
ENDLESS_LOOP = '''def relu_derivative(x):
    """Count down to zero, but in the wrong direction."""
    steps = 1
    while steps != 0:
        steps += 1
    return np.where(x > 0, 1.0, 0.0)
'''
KERNEL_CRASH = '''def tanh_derivative(x):
    """End the process, as a broken C extension would."""
    import os

    os.abort()
    return 1 - np.tanh(x) ** 2
'''
SYNTAX_ERROR = """def softmax(logits, axis=-1):
    powers = np.exp(logits - logits.max(axis=axis, keepdims=True)
    return powers / powers.sum(axis=axis, keepdims=True)
"""


STUDENTS = (
    "ada_reference",
    "ben_other_style",
    "cleo_half_done",
    "dan_usual_mistakes",
    "eva_untouched",
    "finn_syntax_error",
    "gita_endless_loop",
    "hugo_kernel_crash",
)


def hand_in(course: Course) -> None:
    """Hand in `LESSON` for every sample student who has not yet.

    What a student has handed in stays as it is, unless the lesson was built anew since.
    """
    build(course, LESSON)
    reference = {
        exercise.name: SOLUTION_MARKER.sub("", exercise.solution.source)
        for exercise in exercises(nbformat.read(course.notebook("source", LESSON), as_version=4))
    }
    bank = read_attempts(course.attempts / f"{LESSON}.py")
    names = list(reference)
    answers: list[dict[str, str]] = [
        reference,
        {**reference, **_chosen(bank, right=True)},
        {name: reference[name] for name in names[: len(names) // 2]},
        _chosen(bank, right=False),
        {},
        {**reference, "softmax": SYNTAX_ERROR},
        {**reference, "relu_derivative": ENDLESS_LOOP},
        {**reference, "tanh_derivative": KERNEL_CRASH},
    ]
    release = course.notebook("release", LESSON)
    for student, solved in zip(STUDENTS, answers, strict=True):
        submitted = course.notebook("submitted", LESSON, student)
        if submitted.exists() and submitted.stat().st_mtime >= release.stat().st_mtime:
            continue
        notebook = nbformat.read(release, as_version=4)
        for cell in notebook.cells:
            cell.source = solved.get(grade_id(cell) or "", cell.source)
        submitted.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, submitted)
    with Gradebook(course.gradebook_url) as gradebook:
        for student in STUDENTS:
            first_name, _, kind = student.partition("_")
            name: Any = {"first_name": first_name.title(), "last_name": kind.replace("_", " ")}
            gradebook.update_or_create_student(student, **name)


def undo(course: Course) -> None:
    """Take the sample class out again; the gradebook goes with it where nobody else is in it."""
    for student in STUDENTS:
        for step in ("submitted", "autograded", "feedback"):
            shutil.rmtree(course.folder / step / student, ignore_errors=True)
    database = course.folder / "gradebook.db"
    if not database.exists():
        return
    with Gradebook(course.gradebook_url) as gradebook:
        for student in gradebook.students:
            if student.id in STUDENTS:
                gradebook.remove_student(student.id)
        empty = not gradebook.students
    if empty:
        database.unlink()
        (course.folder / "grades.csv").unlink(missing_ok=True)


def _chosen(bank: list[Attempt], *, right: bool) -> dict[str, str]:
    """The bank's first right, or first wrong, answer to each exercise."""
    return {a.exercise: a.body for a in reversed(bank) if a.right == right}
