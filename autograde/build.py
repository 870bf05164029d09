"""Building lessons: from `source_notebooks/` to nbgrader's source and release folders."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat

from autograde import lint
from autograde.course import HIDDEN, Course, CourseError
from autograde.lesson import read_lesson


def build(course: Course, lesson: str) -> bool:
    """Build one lesson; return False where it was up to date already.

    Raises:
        CourseError: the linter found something, or nbgrader refused the lesson. The release folder is
            then left without this lesson, so that nothing unchecked can be handed out.
    """
    stamp = course.folder / ".build" / lesson
    fingerprint = _fingerprint(course, lesson)
    release_path = course.notebook("release", lesson)
    if release_path.exists() and stamp.exists() and stamp.read_text() == fingerprint:
        return False
    stamp.unlink(missing_ok=True)

    spec = course.curriculum().get(lesson)
    if spec is None:
        raise CourseError(f"{lesson} is not in curriculum.toml.")
    source = read_lesson(course.source(lesson))
    _refuse(lesson, lint.lint_source(source, spec))

    folder = course.notebook("source", lesson).parent
    shutil.rmtree(folder, ignore_errors=True)
    copy_files(course, lesson, folder)
    nbformat.write(source, course.notebook("source", lesson))

    outcome = course.nbgrader().generate_assignment(lesson, force=True)
    if not outcome["success"]:
        raise CourseError(f"nbgrader could not make the release of {lesson}:\n{outcome['log']}")
    problems = lint.lint_release(source, nbformat.read(release_path, as_version=4))
    if problems:
        shutil.rmtree(release_path.parent)
    _refuse(lesson, problems)

    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(fingerprint)
    return True


def copy_files(course: Course, lesson: str, folder: Path) -> None:
    """Copy what lies beside a lesson's source, and is handed out with it, to `folder`: all but `hidden`."""
    shutil.copytree(
        course.source(lesson).parent,
        folder,
        ignore=shutil.ignore_patterns("lesson.py", "__pycache__", HIDDEN),
        dirs_exist_ok=True,
    )


def _refuse(lesson: str, problems: list[str]) -> None:
    if problems:
        raise CourseError(
            f"{lesson} was not built:\n" + "\n".join(f"  - {line}" for line in problems)
        )


def _fingerprint(course: Course, lesson: str) -> str:
    """A hash of everything a build depends on."""
    digest = hashlib.sha256()
    for path in _inputs(course, lesson):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _inputs(course: Course, lesson: str) -> Iterator[Path]:
    yield from sorted(p for p in course.source(lesson).parent.rglob("*") if p.is_file())
    yield course.sources / "curriculum.toml"
    yield course.folder / "nbgrader_config.py"
    yield from (Path(__file__).with_name(name) for name in ("build.py", "lesson.py", "lint.py"))
