"""Reading what a student handed in: what is taken from the file, and how much of it."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import IO, Any

import nbformat
from nbformat import NotebookNode

from autograde.course import CourseError
from autograde.grading.limited import LimitExceeded, Refused, ask
from autograde.grading.names import add_facts
from autograde.grading.outputs import safe_attachments
from autograde.grading.text import without_surrogates

#: Outputs do not count, so a file may be large; what is taken from it was written by hand, and is not.
LARGEST_FILE, MOST_CELLS, MOST_SOURCE = 500_000_000, 2_000, 2_000_000
#: Bytes of pictures in a notebook's texts; those that come later are left out.
MOST_ATTACHED = 20_000_000
LONGEST_NAME = 200

_CLEAR_OUTPUTS = "Open it in JupyterLab, choose Edit, Clear Outputs of All Cells, and save it"


class UnreadableNotebook(CourseError):
    """What was handed in is no notebook; the message says why."""


def read_submission(path: Path) -> NotebookNode:
    """Read what a student handed in.

    Of each cell its type, source, identifier, `grade_id` and attached pictures are taken, and nothing else:
    no outputs, no other metadata.

    Raises:
        UnreadableNotebook: it is no notebook, or none that a person wrote.
    """
    try:
        if path.parent.is_symlink():
            raise Refused(f"its folder {path.parent.name} is a link: put the folder itself there")
        with _opened(path) as file:
            if (size := os.fstat(file.fileno()).st_size) > LARGEST_FILE:
                raise LimitExceeded(f"it has {size / 1e6:.0f} MB")
            cells = ask("autograde.grading.reading:take", file)
    except LimitExceeded as problem:
        text = f"{path.name} could not be read: {problem}. {_CLEAR_OUTPUTS}."
        raise UnreadableNotebook(text) from None
    except (Refused, OSError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else problem
        raise UnreadableNotebook(f"{path.name} is no notebook: {reason}.") from None
    notebook: Any = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}
    return nbformat.from_dict(notebook)  # pyright: ignore[reportReturnType]


def _opened(path: Path) -> IO[bytes]:
    """Open a file that is one: no link, no pipe, no device."""
    if path.is_symlink():
        raise Refused("it is a link, no file")
    # Opening a pipe would wait for somebody to write to it.
    file = os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW), "rb")
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise Refused("it is no file")
    return file


def take(file: IO[bytes]) -> list[dict[str, Any]]:
    """A task: what is taken from each of a notebook's cells.

    Raises:
        Refused: it is no notebook.
        LimitExceeded: there is more in it than a person would write.
    """
    cells = _cells(_parsed(file.read()))
    _check_number(cells)
    taken, room = [], MOST_ATTACHED
    for number, cell in enumerate(cells, start=1):
        taken.append(_cell(cell, number))
        attached, room = _attachments(cell, room)
        if attached:
            taken[-1]["attachments"] = attached
    if (size := sum(len(cell["source"]) for cell in taken)) > MOST_SOURCE:
        raise LimitExceeded(
            f"its cells hold {size / 1e6:.0f} MB of text, of which {MOST_SOURCE / 1e6:.0f} MB are read: "
            "somebody should shorten it"
        )
    add_facts(taken)
    return taken


def _parsed(data: bytes) -> Any:
    try:
        # Some editors put a mark at the beginning of the file; JSON knows none.
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refused("it is not in UTF-8") from None
    except json.JSONDecodeError as problem:  # its text says where, and nothing of what stands there
        raise Refused(f"it is not in JSON ({problem})") from None
    except ValueError:
        raise Refused("it holds a number that is too large") from None


def _cells(notebook: Any) -> list[Any]:
    """A notebook's cells, in today's format."""
    if isinstance(notebook, dict) and notebook.get("nbformat") != 4:
        notebook = _converted(notebook)
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise Refused("it has no cells")
    return cells


def _converted(notebook: dict[str, Any]) -> Any:
    """A notebook in an older format in today's, as far as anything is taken from it."""
    sheets = notebook.get("worksheets")
    sheets = sheets if isinstance(sheets, list) else [notebook]
    lists = [
        sheet.get("cells") if isinstance(sheet, dict) else None for sheet in sheets[:MOST_CELLS]
    ]
    cells = [cell for of in lists if isinstance(of, list) for cell in of]
    _check_number(cells)
    formats = {name: notebook.get(name) for name in ("nbformat", "nbformat_minor")}
    sheet = {"cells": [_old_cell(cell) for cell in cells], "metadata": {}}
    try:
        # Not validated: an answer counts, whatever else in the file is not as it should be.
        given = json.dumps({**formats, **sheet, "worksheets": [sheet]})
        return nbformat.convert(nbformat.reader.reads(given), 4)
    except (MemoryError, RecursionError):
        raise
    except Exception as problem:  # whatever nbformat meets in a file that may hold anything
        raise Refused(
            f"its format is not known, or it is not in it ({type(problem).__name__})"
        ) from None


def _old_cell(cell: Any) -> Any:
    if not isinstance(cell, dict):
        return cell
    names = ("cell_type", "source", "input", "level", "language", "attachments")
    kept = {name: cell[name] for name in names if name in cell}
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return {**kept, "outputs": [], "metadata": {"nbgrader": nbgrader} if nbgrader else {}}


def _check_number(cells: list[Any]) -> None:
    if len(cells) > MOST_CELLS:
        raise LimitExceeded(f"it has {len(cells):,} cells, of which {MOST_CELLS:,} are read")


def _cell(cell: Any, number: int) -> dict[str, Any]:
    """What is taken from a cell, but its attachments."""
    kind, source = (
        (cell.get(n) for n in ("cell_type", "source")) if isinstance(cell, dict) else (0, 0)
    )
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(kind, str) or not isinstance(source, str):
        raise Refused(f"its cell {number} is none")
    taken = {
        "cell_type": kind if kind in ("code", "markdown") else "raw",
        "source": without_surrogates(source),
        "metadata": {},
    }
    if _is_name(identifier := cell.get("id")):
        taken["id"] = identifier
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    if _is_name(name):
        taken["metadata"] = {"nbgrader": {"grade_id": name}}
    return taken


def _is_name(text: Any) -> bool:
    return isinstance(text, str) and text.isprintable() and 0 < len(text) <= LONGEST_NAME


def _attachments(cell: dict[str, Any], room: int) -> tuple[dict[str, dict[str, str]], int]:
    """The pictures attached to a cell for which there is room, and the room that is left."""
    taken = {}
    for name, data in safe_attachments(cell.get("attachments")).items():
        size = len(name) + sum(map(len, data.values()))
        if size <= room and _is_name(name):
            taken[name], room = data, room - size
    return taken, room
