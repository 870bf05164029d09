"""A sample class: students whose answers are known, to see the whole grading loop with."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from autograde.authoring import made
from autograde.authoring.attempts import Attempt, read_attempts
from autograde.authoring.build import build
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

    What a student has handed in stays as it is, unless the lesson was built anew since, and nobody has
    changed it.
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
        if submitted.exists() and (
            submitted.stat().st_mtime >= release.stat().st_mtime or made.changed(course, submitted)
        ):
            continue
        notebook = nbformat.read(release, as_version=4)
        for cell in notebook.cells:
            cell.source = solved.get(grade_id(cell) or "", cell.source)
        submitted.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, submitted)
        made.remember(course, submitted)
    with Gradebook(course.gradebook_url) as gradebook:
        for student in STUDENTS:
            first_name, _, kind = student.partition("_")
            name: Any = {"first_name": first_name.title(), "last_name": kind.replace("_", " ")}
            gradebook.update_or_create_student(student, **name)


@contextlib.contextmanager
def remembered(course: Course) -> Iterator[None]:
    """Remember what is made in here of the sample class's work, so that it can be undone."""
    places = [*(folder for student in STUDENTS for folder in _folders(course, student))]
    places.append(course.folder / "grades.csv")
    before = set(made.changed(course, *places))
    try:
        yield
    finally:
        made.remember(course, *(set(made.changed(course, *places)) - before))


def undo(course: Course) -> list[str]:
    """Take the sample class out again; the gradebook goes with it where nothing else is in it.

    Returns:
        what stays because somebody may have worked on it, and why, a line each.
    """
    own = course.folder / "gradebook.db"
    # What is to be deleted is looked into itself. Where the command works on another gradebook, the class is
    # to be taken out of that one as well.
    urls = [f"sqlite:///{own}"] if own.exists() else []
    kept = []
    try:
        other = make_url(course.gradebook_url)
        file = (
            Path(other.database or "").resolve() if other.get_backend_name() == "sqlite" else None
        )
        if file is None or (file != own.resolve() and file.exists()):
            urls.append(course.gradebook_url)
        with contextlib.ExitStack() as stack:
            gradebooks = [stack.enter_context(Gradebook(url)) for url in urls]
            for student in STUDENTS:
                work = [why for g in gradebooks for why in _marked_by_hand(g, student)]
                work += [
                    f"{path.relative_to(course.folder)} was not made by the demo, or was changed"
                    for path in made.changed(course, *_folders(course, student))
                ]
                if work:
                    kept.append(f"{student} of the sample class: {'; '.join(work)}")
                    continue
                made.remove(course, *_folders(course, student))
                for gradebook in gradebooks:
                    with contextlib.suppress(MissingEntry):
                        gradebook.remove_student(student)
            in_it = [*_holds(gradebooks[0], course)] if own.exists() else []
    except SQLAlchemyError as error:
        return [f"the sample class and {own}: a gradebook could not be read: {error}"]
    if in_it:
        kept.append(f"{own}: it holds {'; '.join(in_it)}")
    else:
        own.unlink(missing_ok=True)
    grades = course.folder / "grades.csv"
    made.remove(course, grades)
    if grades.exists():
        kept.append(f"{grades}: it was not exported by the demo, or was changed")
    return kept


def _folders(course: Course, student: str) -> list[Path]:
    return [course.folder / step / student for step in ("submitted", "autograded", "feedback")]


def _marked_by_hand(gradebook: Gradebook, student: str) -> Iterator[str]:
    """What a gradebook knows of a sample student that the demo did not write."""
    try:
        submissions = gradebook.student_submissions(student)
    except MissingEntry:
        return
    for submission in submissions:
        if submission.name != LESSON:
            yield f"{submission.name} was graded"
        elif any(
            grade.manual_score is not None or grade.extra_credit
            for notebook in submission.notebooks
            for grade in notebook.grades
        ):
            yield f"points of {submission.name} were given by hand"
        elif any(c.manual_comment for notebook in submission.notebooks for c in notebook.comments):
            yield f"a comment on {submission.name} was written by hand"


def _holds(gradebook: Gradebook, course: Course) -> Iterator[str]:
    """What a gradebook holds besides the lessons that were built."""
    if students := [str(student.id) for student in gradebook.students]:
        yield f"students: {', '.join(students[:3])}{', ...' * (len(students) > 3)}"
    for assignment in gradebook.assignments:
        if assignment.name not in course.lessons():
            yield f"the assignment {assignment.name}"
        elif assignment.duedate is not None:
            yield f"a deadline for {assignment.name}"


def _chosen(bank: list[Attempt], *, right: bool) -> dict[str, str]:
    """The bank's first right, or first wrong, answer to each exercise."""
    return {a.exercise: a.body for a in reversed(bank) if a.right == right}
