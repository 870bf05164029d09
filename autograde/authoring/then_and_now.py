"""The "Then and now" tables, in the lessons and on one reference page, made from one file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from autograde.course import Course, CourseError

#: The columns, as every lesson and the reference page have them.
HEADER = ("| then | what happens today | now |", "|---|---|---|")
#: A table in the section "Then and now" of a lesson's source.
SECTION = re.compile(r"(?m)^# ## Then and now\n(?:#.*\n)*?(?P<table>(?:# \|.*\n)+)")
PAGE = """# Then and now

What older tutorials write, what happens to it with TensorFlow 2.21 and Keras 3, and what to write
instead. A test runs every line. The number says which lesson explains it.

| then | what happens today | now | lesson |
|---|---|---|---|
"""


class Idiom(NamedTuple):
    """One row: an old way, what happens to it today, and the new way, in words and as code."""

    lessons: tuple[str, ...]
    then: str
    today: str
    now: str
    old: str
    new: str
    raises: str | None = None
    warns: str | None = None

    @property
    def row(self) -> str:
        """The row in Markdown."""
        return f"| {self.then} | {self.today} | {self.now} |"


def read_idioms(course: Course) -> list[Idiom]:
    """All rows of `then_and_now.toml`, in order.

    Raises:
        CourseError: a row has a field too many or too few, stands twice, or names no lesson.
    """
    path = course.sources / "then_and_now.toml"
    lessons = set(course.curriculum())
    idioms: list[Idiom] = []
    for entry in tomllib.loads(path.read_text(encoding="utf-8"))["idiom"]:
        try:
            idiom = Idiom(**{**entry, "lessons": tuple(entry["lessons"])})
        except (TypeError, KeyError) as error:
            raise CourseError(f"{path}: the row {entry.get('then', entry)!r}: {error}") from error
        if idiom.then in (other.then for other in idioms):
            raise CourseError(f"{path}: the row {idiom.then} stands there twice.")
        if unknown := set(idiom.lessons) - lessons:
            raise CourseError(
                f"{path}: the row {idiom.then} names no lesson: {', '.join(unknown)}."
            )
        idioms.append(idiom)
    return idioms


def texts(course: Course) -> Iterator[tuple[Path, str]]:
    """The lessons' sources with their tables, and the reference page, as they should be."""
    idioms = read_idioms(course)
    for lesson in course.lessons():
        path = course.source(lesson)
        rows = [idiom.row for idiom in idioms if lesson in idiom.lessons]
        source = path.read_text(encoding="utf-8")
        section = SECTION.search(source)
        if section is None:
            raise CourseError(f"{path} has no table in its section 'Then and now'.")
        table = "".join(f"# {line}\n" for line in (*HEADER, *rows))
        yield path, source[: section.start("table")] + table + source[section.end("table") :]
    numbered = [f"{i.row} {', '.join(name[:2] for name in i.lessons)} |\n" for i in idioms]
    yield course.root / "docs" / "then_and_now.md", PAGE + "".join(numbered)
