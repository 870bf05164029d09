"""Building lessons: from `source_notebooks/` to nbgrader's source and release folders."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import autograde
from autograde.authoring import made
from autograde.course import GOING_FURTHER, HIDDEN, TESTS, Course, CourseError

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from autograde.grading.gradebook import Changes

#: The cells of a lesson that have a grade or an answer, as nbgrader's gradebook knows them.
_CELLS = """
    SELECT base_cell.name, base_cell.type, grade_cells.max_score, source_cell.checksum
    FROM base_cell
    JOIN notebook ON notebook.id = base_cell.notebook_id
    JOIN assignment ON assignment.id = notebook.assignment_id
    LEFT JOIN grade_cells ON grade_cells.id = base_cell.id
    LEFT JOIN source_cell
        ON source_cell.notebook_id = notebook.id AND source_cell.name = base_cell.name
    WHERE assignment.name = :lesson AND notebook.name = :lesson
"""


def build(course: Course, lesson: str) -> Changes | None:
    """Build one lesson; return what changed in the gradebook, or None where all was up to date.

    The new folders take the old ones' place when everything has been checked. Whatever goes wrong before,
    the last good build stands.

    Raises:
        CourseError: the source is no Python, the linter found something, nbgrader refused the lesson, it
            could not be written, or the gradebook cannot be used.
    """
    stamp = course.folder / ".build" / lesson
    fingerprint = _fingerprint(course, lesson)
    if _is_built(course, lesson, stamp, fingerprint):
        return None

    from autograde.grading.gradebook import (  # takes 2 s, so only when it is needed
        open_gradebook,
        register,
    )

    new = stamp.with_name(f"{lesson}.new")
    try:
        stamp.unlink(missing_ok=True)
        shutil.rmtree(new, ignore_errors=True)
        release = _make(course, lesson, new)
        folders = {
            new / step / lesson: course.notebook(step, lesson).parent
            for step in ("source", "release")
        }
        with open_gradebook(course) as gradebook, _in_place(folders, aside=new):
            changes = register(gradebook, lesson, release)
            known = _cells(course.gradebook_url, lesson)
        database = _hash(course.gradebook_url)
        about = {"fingerprint": fingerprint, "gradebook": database, "cells": known}
        made.remember(course, *folders.values())
        stamp.write_text(json.dumps(about))
    except OSError as error:
        raise CourseError(f"{lesson} was not built: {error}") from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return changes


def _make(course: Course, lesson: str, folder: Path) -> NotebookNode:
    """Make and check a lesson's source and release in a folder of their own; return the release."""
    import nbformat
    from traitlets.config import Config

    from autograde.authoring import lint
    from autograde.lesson import read_lesson, read_tests

    spec = course.curriculum().get(lesson)
    if spec is None:
        raise CourseError(f"{lesson} is not in curriculum.toml.")
    source = read_lesson(course.source(lesson))
    further = read_going_further(course, lesson)
    tests = read_tests(course.tests(lesson))
    _refuse(lesson, [*lint.lint_source(source, spec, further), *lint.lint_tests(source, tests)])
    copy_files(course, lesson, folder / "source" / lesson)
    nbformat.write(source, folder / "source" / lesson / f"{lesson}.ipynb")
    if further:  # in a folder of its own, so that nbgrader takes it for no part of the assignment
        beside = folder / "source" / lesson / GOING_FURTHER / f"{lesson}_{GOING_FURTHER}.ipynb"
        beside.parent.mkdir()
        nbformat.write(further, beside)

    nbgrader = course.nbgrader()
    place = folder.relative_to(course.folder)
    nbgrader.coursedir.source_directory = str(place / "source")  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]
    nbgrader.coursedir.release_directory = str(place / "release")  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]
    # The gradebook is changed later, when all has been checked, and in one piece.
    no_gradebook = {"SaveCells": {"enabled": False}, "GenerateAssignment": {"no_database": True}}
    nbgrader.update_config(Config(no_gradebook))
    outcome = nbgrader.generate_assignment(lesson, force=True)
    if not outcome["success"]:
        raise CourseError(f"nbgrader could not make the release of {lesson}:\n{outcome['log']}")
    release = nbformat.read(folder / "release" / lesson / f"{lesson}.ipynb", as_version=4)
    shown = (folder / "release" / lesson / TESTS).read_text(encoding="utf-8")
    _refuse(lesson, lint.lint_release(source, tests, release, shown))
    return release


@contextmanager
def _in_place(folders: dict[Path, Path], aside: Path) -> Iterator[None]:
    """Put new folders in the place of old ones, and the old ones back where something goes wrong."""
    done: list[tuple[Path, Path, Path]] = []
    try:
        for number, (new, place) in enumerate(folders.items()):
            old = aside / f"old-{number}"
            done.append((new, place, old))
            place.parent.mkdir(parents=True, exist_ok=True)
            if place.exists():
                place.rename(old)
            new.rename(place)
        yield
    except BaseException:
        for new, place, old in reversed(done):
            if place.exists() and not new.exists():
                place.rename(new)
            if old.exists():
                old.rename(place)
        raise


def read_going_further(course: Course, lesson: str) -> NotebookNode | None:
    """Read a lesson's second notebook, where there is one.

    Raises:
        CourseError: the file is no Python; the message says in which line.
    """
    from autograde.lesson import read_lesson

    source = course.going_further(lesson)
    return read_lesson(source) if source.exists() else None


def copy_files(course: Course, lesson: str, folder: Path) -> None:
    """Copy what lies beside a lesson's source, and is handed out with it, to `folder`: all but `hidden`."""
    shutil.copytree(
        course.source(lesson).parent,
        folder,
        ignore=shutil.ignore_patterns("lesson.py", f"{GOING_FURTHER}.py", "__pycache__", HIDDEN),
        dirs_exist_ok=True,
    )


def _refuse(lesson: str, problems: list[str]) -> None:
    if problems:
        raise CourseError(
            f"{lesson} was not built:\n" + "\n".join(f"  - {line}" for line in problems)
        )


def _is_built(course: Course, lesson: str, stamp: Path, fingerprint: str) -> bool:
    """Whether a lesson is built from what there is now, and the gradebook in use knows it."""
    notebooks = [course.notebook(step, lesson) for step in ("source", "release")]
    needed = [*notebooks, *(path.with_name(TESTS) for path in notebooks)]
    try:
        about = json.loads(stamp.read_text())
        if about["fingerprint"] != fingerprint or not all(path.exists() for path in needed):
            return False
        # To ask nbgrader's configuration takes 2 s; most often it says this.
        url = course.database or os.environ.get("AUTOGRADE_DB")
        url = url or f"sqlite:///{course.folder / 'gradebook.db'}"
        if _hash(url) != about["gradebook"]:
            url = course.gradebook_url
        return _cells(url, lesson) == about["cells"]
    except Exception:
        return False  # whatever is wrong, building finds it, and says so


def _cells(url: str, lesson: str) -> list[list[str | float | None]]:
    """Name, kind, points and checksum of each cell of a lesson that the gradebook knows."""
    file = url.removeprefix("sqlite:///")
    if file != url:  # most are: to import SQLAlchemy takes longer than all the rest of a look
        with closing(
            sqlite3.connect(f"{Path(file).absolute().as_uri()}?mode=ro", uri=True)
        ) as there:
            return _sorted(there.execute(_CELLS, {"lesson": lesson}))
    import sqlalchemy

    engine = sqlalchemy.create_engine(url)
    try:
        with engine.connect() as connection:
            return _sorted(connection.execute(sqlalchemy.text(_CELLS), {"lesson": lesson}))
    finally:
        engine.dispose()


def _sorted(rows: Iterable[Any]) -> list[list[str | float | None]]:
    return sorted([list(row) for row in rows], key=str)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _fingerprint(course: Course, lesson: str) -> str:
    """A hash of everything a build depends on, but the gradebook."""
    digest = hashlib.sha256()
    for path in _inputs(course, lesson):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _inputs(course: Course, lesson: str) -> Iterator[Path]:
    yield from sorted(p for p in course.source(lesson).parent.rglob("*") if p.is_file())
    yield course.sources / "curriculum.toml"
    yield course.folder / "nbgrader_config.py"
    own = ("authoring/build", "authoring/handout", "authoring/lint", "grading/gradebook", "lesson")
    yield from (Path(autograde.__path__[0], f"{name}.py") for name in own)
