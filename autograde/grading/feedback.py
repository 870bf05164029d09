"""Writing feedback pages: many at once, each in a process with limits, and only those that have changed."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from nbgrader.api import Gradebook, MissingEntry

import autograde
from autograde.course import Course, CourseError
from autograde.grading import pages
from autograde.grading.converters import FeedbackOne, convert
from autograde.grading.gradebook import open_gradebook
from autograde.grading.limited import LimitExceeded, ask
from autograde.grading.usage import cores

#: The modules that make a page from a graded notebook and its grades.
_WRITING = ("feedback", "pages", "text")


def feedback(
    course: Course, lesson: str, students: Sequence[str]
) -> Iterator[tuple[str, CourseError | None]]:
    """Write the feedback pages of a graded lesson; say of each student why there is none, if so.

    They are given in the order of the students. A page that was made from what there is now stays.
    """
    keys = _keys(course, lesson, students)
    with ThreadPoolExecutor(cores()) as pool:
        problems = pool.map(
            lambda student: _write(course, lesson, student, keys[student]), students
        )
        yield from zip(students, problems, strict=True)


def feedback_page(course: Course, lesson: str, student: str) -> Path:
    """Write one feedback page and return where it is.

    Raises:
        CourseError: nbgrader could not make it, or a plain page had to take its place.
    """
    [(_, problem)] = feedback(course, lesson, [student])
    if problem:
        raise problem
    return _page(course, lesson, student)


def _write(course: Course, lesson: str, student: str, key: str) -> CourseError | None:
    page = _page(course, lesson, student)
    record = course.folder / ".results" / "pages" / lesson / f"{_hash(student)}.key"
    if page.exists() and record.exists() and record.read_text() == f"{key} {_digest(page)}":
        return None
    about = {"root": str(course.root), "database": course.database}
    given = json.dumps({**about, "lesson": lesson, "student": student}).encode()
    try:
        outcome = ask("autograde.grading.feedback:write", given, pages.RENDERING_TIME)
    except LimitExceeded:
        # Here the page alone is rendered within limits, and a plain one takes its place.
        outcome = convert(course.nbgrader(), FeedbackOne, lesson, student)
    if not outcome["success"]:
        return CourseError(
            f"No feedback for {student} on {lesson}:\n{outcome.get('log') or outcome.get('error')}"
        )
    with page.open(encoding="utf-8") as file:
        if file.read(len(pages.PLAIN)) == pages.PLAIN:
            return CourseError(
                f"The feedback for {student} on {lesson} shows points and messages only: the notebook "
                f"cannot be rendered within the limits. Look at {page}."
            )
    record.parent.mkdir(parents=True, exist_ok=True)
    record.write_text(f"{key} {_digest(page)}")
    return None


def write(file: IO[bytes]) -> dict[str, Any]:
    """A task: write a page; say how that went."""
    about = json.loads(file.read())
    course = Course(Path(about["root"]), about["database"])
    return convert(course.nbgrader(), FeedbackOne, about["lesson"], about["student"])


def _page(course: Course, lesson: str, student: str) -> Path:
    return course.notebook("feedback", lesson, student).with_suffix(".html")


def _keys(course: Course, lesson: str, students: Sequence[str]) -> dict[str, str]:
    """For each student a hash of everything that the page is made from."""
    with open_gradebook(course) as gradebook:
        return {student: _key(course, gradebook, lesson, student) for student in students}


def _key(course: Course, gradebook: Gradebook, lesson: str, student: str) -> str:
    graded = course.notebook("autograded", lesson, student)
    parts: list[Any] = [_digest(graded) if graded.exists() else "", _code()]
    with contextlib.suppress(MissingEntry):  # nbgrader will say so
        submission: Any = gradebook.find_submission(lesson, student)
        parts += [submission.late_submission_penalty, submission.needs_manual_grade]
        for notebook in submission.notebooks:
            for grade in notebook.grades:
                parts.append([grade.name, grade.score, grade.max_score, grade.needs_manual_grade])
            for comment in notebook.comments:
                parts.append([comment.name, comment.comment, comment.auto_comment])
    return _hash(json.dumps(parts))


@cache
def _code() -> str:
    """A hash of what writes pages."""
    own = Path(autograde.__path__[0]) / "grading"
    sources = [(own / f"{name}.py").read_text(encoding="utf-8") for name in _WRITING]
    return _hash("".join([*sources, version("nbgrader"), version("nbconvert")]))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
