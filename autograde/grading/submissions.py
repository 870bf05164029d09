"""What lies in `submitted/`: who has handed in a lesson, in which file, and what is nobody's.

It should be `submitted/STUDENT/LESSON/LESSON.ipynb`. Browsers, learning-management systems, zip files and
tired people make `LESSON (1).ipynb`, `LESSON.ipynb.txt`, other folders, other cases. A notebook that can
only be the lesson's is taken from wherever it lies; everything else is named, with what to do about it.
Nothing here is ever changed: nbgrader is given a copy in order, see `stage`.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat.v4
from nbformat import NotebookNode

from autograde.course import Course
from autograde.grading.plan import ALL, ANSWERED, REMARKS, Lesson, built_lesson
from autograde.grading.reading import UnreadableNotebook, read_submission
from autograde.grading.times import TIMESTAMP

#: nbgrader's folder of submissions in order, beside `submitted/`, where they are as they came.
STAGED = ".collected"
#: Where a staged notebook's metadata say why there is nothing to grade, and what was noticed.
PROBLEM, NOTES = "autograde_problem", "autograde_notes"  # and `plan.REMARKS`
#: How many files of a student are looked at, and how deep; how many are taken along, with how many bytes.
MOST_FILES, DEEPEST = 1000, 4

_NOTEBOOK = re.compile(r"\.ipynb(\.(txt|json))?$", re.IGNORECASE)
_PERHAPS = re.compile(r"(^[^.]+|\.(json|txt))$", re.IGNORECASE)
_NOBODYS = re.compile(r"^(\.|__MACOSX$|__pycache__$|Thumbs\.db$|desktop\.ini$)|-checkpoint\.ipynb$")
_CLEAN_NAME = re.compile(r"\w[\w .()+-]*")
_ARCHIVE = (".zip", ".tar", ".gz", ".tgz", ".7z", ".rar")


@dataclass
class Submission:
    """What a student has handed in for a lesson; `problem` says why there is nothing to grade."""

    student: str
    path: Path | None = None
    notebook: NotebookNode | None = None
    timestamp: Path | None = None
    files: dict[str, bytes] = field(default_factory=dict)  # the student's own, by name
    notes: list[str] = field(default_factory=list)  # what is out of the ordinary
    #: What a person should know where points are lost; of files left out, where an answer lost them.
    remarks: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    problem: str = ""


@dataclass(frozen=True)
class Stray:
    """Something in `submitted/` that is nobody's submission, and what to do about it."""

    path: Path
    advice: str
    may_be_work: bool


def who_handed_in(course: Course, lesson: str) -> list[str]:
    """Names of those who have handed in something for a lesson, in order."""
    lessons = course.lessons()
    return sorted(
        name
        for name, folder in student_folders(course).items()
        if any(_lesson_of(path, folder, lessons) == lesson for path in _walk(folder))
        or any(_mentioned(path.name, lessons) == lesson for path in _subfolders(folder))
        or _by_content(course, lesson, folder, list(_walk(folder)))
    )


def strays(course: Course) -> list[Stray]:
    """What in `submitted/` is no student's, in order."""
    found = []
    submitted = course.folder / "submitted"
    lessons = course.lessons()
    for path in sorted(submitted.iterdir()) if submitted.is_dir() else ():
        if _NOBODYS.search(path.name):
            continue
        if not path.name.isprintable() or set(path.name) & set('<>"\\'):
            # nbgrader's pages show a student's name as it is.
            advice = (
                'its name is not in UTF-8, or holds control characters or one of < > " \\: '
                "rename it to the student's name"
            )
        elif path.is_symlink():
            advice = "it is a link, which is not followed: put the student's folder itself here"
        elif not path.is_dir():
            advice = (
                "it belongs to no student: put it into a folder STUDENT/LESSON/ (unpack archives)"
            )
        elif _mentioned(path.name, lessons):
            advice = (
                "it has a lesson's name where a student's is expected (STUDENT/LESSON/LESSON.ipynb)"
            )
        elif path.name != path.name.strip() and (submitted / path.name.strip()).exists():
            advice = f"there is {path.name.strip()!r} as well: put both into one folder"
        else:
            continue
        files = _walk(path) if path.is_dir() and not path.is_symlink() else [path]
        may_be_work = any(_looks_like_work(file) for file in files)
        found.append(Stray(path, advice, may_be_work))
    return found


def submission(course: Course, lesson: str, student: str, folder: Path) -> Submission:
    """Find and read what a student, whose folder this is, has handed in for a lesson."""
    lessons = course.lessons()
    result = Submission(student, timestamp=_timestamp(folder, lesson, lessons))
    built = built_lesson(course.root, lesson)
    files = list(_walk(folder))
    mine = [p for p in files if _lesson_of(p, folder, lessons) == lesson]
    readable: dict[Path, NotebookNode] = {}
    unreadable: dict[Path, str] = {}
    named = [path for path in mine if _NOTEBOOK.search(path.name)]
    for path in _distinct(named or [path for path in mine if _PERHAPS.search(path.name)]):
        try:
            readable[path] = read_submission(path)
        except UnreadableNotebook as error:
            unreadable[path] = str(error)
    by_content = _by_content(course, lesson, folder, files)
    readable |= {path: notebook for path, notebook in by_content.items() if path not in mine}
    canonical = folder / lesson / f"{lesson}.ipynb"
    chosen = _choose(readable, built, canonical)
    if len(chosen) == 1:
        (result.path,) = chosen
        result.notebook = readable[result.path]
        if result.path != canonical:
            result.notes.append(f"taken from {result.path.relative_to(folder)}")
        others = {path: it for path, it in readable.items() if path != result.path}
        worth_a_look = [
            path
            for path, it in others.items()
            if not _say_the_same(it, result.notebook) and built.answered_in(it)
        ]
        result.remarks += [
            f"{path.relative_to(folder)} is there as well, and was not graded"
            for path in [*worth_a_look, *unreadable]
        ]
        above = result.path.parent == folder  # where other lessons' folders are as well
        result.files, result.left_out = own_files(
            result.path.parent, built, depth=0 if above else 2
        )
    elif chosen:
        names = ", ".join(str(path.relative_to(folder)) for path in chosen)
        result.problem = f"there are several notebooks with answers ({names}): leave one of them"
    elif unreadable:
        result.problem = "; ".join(unreadable.values())
    else:
        result.problem = _nothing(lesson, [path.relative_to(folder) for path in mine])
    return result


def stage(course: Course, lesson: str, submitted: Submission) -> None:
    """Put a submission where nbgrader looks for it, as it should be."""
    path = course.notebook(STAGED, lesson, submitted.student)
    shutil.rmtree(path.parent, ignore_errors=True)
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(as_notebook(submitted)), encoding="utf-8")
    if (
        submitted.timestamp
        and submitted.timestamp.is_file()
        and not submitted.timestamp.is_symlink()
    ):
        shutil.copyfile(submitted.timestamp, path.with_name(TIMESTAMP))
    for name, content in submitted.files.items():
        copy = path.parent / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(content)


def own_files(folder: Path, lesson: Lesson, depth: int = 2) -> tuple[dict[str, bytes], list[str]]:
    """The student's own files beside a notebook, by name, and remarks on those that are not taken along."""
    taken: dict[str, bytes] = {}
    remarks: list[str] = []
    room = lesson.limits.taken_bytes
    for path in _walk(folder, depth):
        name = path.relative_to(folder)
        if _NOTEBOOK.search(path.name) or path.name.lower() == TIMESTAMP:
            continue
        if path.is_symlink() or not path.is_file():
            remarks.append(f"{name} is a link or no file, and was not taken along")
        elif str(name) in lesson.files:
            if b64encode(path.read_bytes()).decode() != lesson.files[str(name)]:
                remarks.append(f"{name} is the lesson's own, not as the student changed it")
        elif not all(_CLEAN_NAME.fullmatch(part) for part in name.parts):
            remarks.append(f"{str(name)!r} has an odd name, and was not taken along")
        elif (size := path.stat().st_size) > room or len(taken) == lesson.limits.taken_files:
            remarks.append(f"{name} ({size / 1e6:.1f} MB) was not taken along: too much in all")
        else:
            taken[str(name)] = path.read_bytes()
            room -= size
    return taken, remarks


def as_notebook(submitted: Submission) -> NotebookNode:
    """The cells of a submission as they are, valid or not, with what was noticed about it."""
    metadata: dict[str, Any] = {
        NOTES: submitted.notes,
        REMARKS: {ALL: submitted.remarks, ANSWERED: submitted.left_out},
    }
    if submitted.problem:
        metadata[PROBLEM] = submitted.problem
    cells = submitted.notebook.cells if submitted.notebook else []
    parts = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return nbformat.from_dict(parts)  # pyright: ignore[reportReturnType]


def timestamps(course: Course, lesson: str) -> dict[str, Path]:
    """Where the time at which a lesson was handed in is written down, for each student of whom it is."""
    lessons = course.lessons()
    found = (
        (name, _timestamp(folder, lesson, lessons))
        for name, folder in student_folders(course).items()
    )
    return {name: path for name, path in found if path is not None}


def _timestamp(folder: Path, lesson: str, lessons: list[str]) -> Path | None:
    """The lesson's own file of that name, or the student's, in which other lessons may have a part."""
    files = [path for path in _walk(folder) if path.name.lower() == TIMESTAMP]
    own = [path for path in files if _lesson_of(path, folder, lessons) == lesson]
    above = [path for path in files if path.parent == folder]
    return next(iter([*own, *above]), None)


def read_staged(path: Path) -> NotebookNode:
    """Read what `stage`, or nbgrader after it, has written, valid or not."""
    return nbformat.v4.reads(path.read_text(encoding="utf-8"))


def student_folders(course: Course) -> dict[str, Path]:
    """The students' folders, by the students' names."""
    submitted = course.folder / "submitted"
    astray = {stray.path for stray in strays(course)}
    return {
        path.name.strip(): path
        for path in (sorted(submitted.iterdir()) if submitted.is_dir() else ())
        if path not in astray and path.is_dir() and not _NOBODYS.search(path.name)
    }


def _walk(folder: Path, depth: int = DEEPEST) -> Iterator[Path]:
    """The files below a folder, without what systems and editors leave there; no link is followed."""
    left = MOST_FILES
    stack = [(folder, depth)]
    while stack and left:
        here, levels = stack.pop()
        for entry in sorted(os.scandir(here), key=lambda entry: entry.name):
            if _NOBODYS.search(entry.name) or not left:
                continue
            if entry.is_dir(follow_symlinks=False):
                if levels:
                    stack.append((Path(entry.path), levels - 1))
                continue
            left -= 1
            yield Path(entry.path)


def _subfolders(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()]


def _mentioned(name: str, lessons: list[str]) -> str | None:
    """The one lesson that a name contains, whatever its case and the signs between its words."""
    words = f"_{_words(name)}_"
    found = [lesson for lesson in lessons if f"_{_words(lesson)}_" in words]
    return found[0] if len(found) == 1 else None


def _words(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def _lesson_of(path: Path, folder: Path, lessons: list[str]) -> str | None:
    """The lesson that a file's name and its folders tell, where they do not contradict one another."""
    own = _mentioned(path.name, lessons)
    above = {_mentioned(part, lessons) for part in path.parent.relative_to(folder).parts} - {None}
    told = above | {own} - {None}
    return told.pop() if len(told) == 1 else None


def _looks_like_work(path: Path) -> bool:
    return bool(_NOTEBOOK.search(path.name)) or path.suffix.lower() in _ARCHIVE


def _by_content(
    course: Course, lesson: str, folder: Path, files: list[Path]
) -> dict[Path, NotebookNode]:
    """Notebooks that no name assigns to a lesson, and that hold exercises of this one, if it is built."""
    found = {}
    if not course.notebook("release", lesson).exists():
        return found
    built, lessons = built_lesson(course.root, lesson), course.lessons()
    for path in files:
        if _NOTEBOOK.search(path.name) and not _lesson_of(path, folder, lessons):
            try:
                notebook = read_submission(path)
            except UnreadableNotebook:
                continue
            if built.exercises_in(notebook):
                found[path] = notebook
    return found


def _distinct(paths: list[Path]) -> list[Path]:
    """One path for each text; the one with the shortest name, which is the least likely to be a copy."""
    by_text: dict[str, Path] = {}
    for path in sorted(paths, key=lambda path: (len(str(path)), str(path))):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                by_text.setdefault(hashlib.file_digest(file, "sha256").hexdigest(), path)
        else:
            by_text[str(path)] = path
    return list(by_text.values())


def _choose(readable: dict[Path, NotebookNode], built: Lesson, canonical: Path) -> list[Path]:
    """The notebooks that may be meant: those with answers, if any; of these the one in its right place."""
    if len(readable) == 1:
        return list(readable)
    answered = [path for path, notebook in readable.items() if built.answered_in(notebook)]
    may_be = answered or [p for p, notebook in readable.items() if built.exercises_in(notebook)]
    may_be = may_be or list(readable)
    return [canonical] if canonical in may_be else may_be


def _say_the_same(one: NotebookNode, other: NotebookNode) -> bool:
    return [cell.source for cell in one.cells] == [cell.source for cell in other.cells]


def _nothing(lesson: str, files: list[Path]) -> str:
    """Why there is nothing to grade where there are only these files, and what to do."""
    there = ", ".join(map(str, files[:5])) or "the folder is empty"
    packed = any(path.suffix.lower() in _ARCHIVE for path in files)
    advice = "unpack it" if packed else f"ask for {lesson}.ipynb"
    return f"no notebook was handed in (found: {there}): {advice}"
