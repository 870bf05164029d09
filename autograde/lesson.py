"""Reading a lesson: from its Python source to a notebook, and from the notebook to its exercises."""

from __future__ import annotations

import ast
import hashlib
import linecache
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import jupytext
from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_solution

from autograde.course import CourseError
from autograde.parsing import parse

#: nbclient leaves out cells with this tag: demonstrations, which the grader need not run.
SKIP_TAG = "skip-execution"


class Exercise(NamedTuple):
    """A solution cell and the graded cell, of one line, that belongs to it."""

    name: str
    points: float
    solution: NotebookNode
    test: NotebookNode


def read_lesson(path: Path) -> NotebookNode:
    """Read a lesson in percent format as a notebook, the same one every time.

    Jupytext numbers cells at random; here a graded cell is called by its `grade_id`, and every other
    cell by what it says, so that a lesson that did not change gives the same bytes.

    Raises:
        CourseError: the file is no Python; the message says in which line.
    """
    _check_syntax(path)
    notebook = jupytext.read(path, fmt="py:percent")
    notebook.metadata.pop("jupytext", None)
    seen: dict[str, int] = {}
    for cell in notebook.cells:
        cell.id = grade_id(cell) or hashlib.sha256(cell.source.encode()).hexdigest()[:12]
        seen[cell.id] = seen.get(cell.id, 0) + 1
        if seen[cell.id] > 1 and not grade_id(cell):
            cell.id += f"-{seen[cell.id]}"
    return notebook


def read_tests(path: Path) -> str:
    """Read a lesson's tests.

    Raises:
        CourseError: there are none, or the file is no Python; the message says in which line.
    """
    if not path.is_file():
        raise CourseError(
            f"{path} is missing: it holds a function test_NAME for each exercise NAME."
        )
    _check_syntax(path)
    return path.read_text(encoding="utf-8")


def _check_syntax(path: Path) -> None:
    """Refuse a source that does not compile, where its line is still known."""
    try:
        # As in a notebook, a cell may await something.
        compile(
            path.read_bytes(), str(path), "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        )
    except SyntaxError as error:
        shown = f"\n    {error.text.strip()}" if error.text else ""
        raise CourseError(f"{path}, line {error.lineno}: {error.msg}{shown}") from error
    except ValueError as error:
        raise CourseError(f"{path}: {error}") from error


def grade_id(cell: NotebookNode) -> str | None:
    """The name nbgrader knows a cell by, if it knows it."""
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def exercises(notebook: NotebookNode) -> list[Exercise]:
    """All exercises of a notebook: each solution cell with the test cell named after it."""
    by_id = {name: cell for cell in notebook.cells if (name := grade_id(cell))}
    return [
        Exercise(name, float(test.metadata.nbgrader.get("points", 0)), cell, test)
        for name, cell in by_id.items()
        if is_solution(cell) and (test := by_id.get(f"test_{name}")) is not None and is_grade(test)
    ]


def is_demonstration(cell: NotebookNode) -> bool:
    """Whether a cell shows something that the grader does not run."""
    return cell.cell_type == "code" and SKIP_TAG in cell.metadata.get("tags", [])


def set_up_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """Code cells that every exercise may rely on: neither graded nor demonstrations."""
    return [
        cell
        for cell in notebook.cells
        if cell.cell_type == "code" and not grade_id(cell) and not is_demonstration(cell)
    ]


def run_cell(name: str, source: str, namespace: dict[str, object]) -> None:
    """Run a cell's source in a namespace, so that its lines can be looked up as in a notebook.

    Messages show the line at which an answer failed, and `tf.function` reads the source it compiles.
    """
    filename = f"<{name}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    exec(compile(source, filename, "exec"), namespace)


@lru_cache(maxsize=32)
def beside_part(source: str) -> str:
    """What of a file of tests goes to the side of the answers: its imports, and what is marked `beside`."""
    tree = parse(source)
    kept: list[ast.stmt] = []
    for node in tree.body:
        match node:
            case ast.Import():
                kept.append(node)
            case ast.ImportFrom(module=str(module)) if not module.startswith("helpers"):
                kept.append(node)
            case ast.ImportFrom(module="helpers"):
                names = [name for name in node.names if name.name != "checks"]
                kept += [ast.ImportFrom("helpers", names, 0)] if names else []
            case ast.ImportFrom(module="helpers.checks"):
                names = [name for name in node.names if name.name == "models"]
                kept += [ast.ImportFrom("helpers.checks", names, 0)] if names else []
            case ast.FunctionDef() | ast.ClassDef():
                marks = [ast.unparse(mark) for mark in node.decorator_list]
                if "checks.beside" in marks or "beside" in marks:
                    node.decorator_list = [
                        mark
                        for mark in node.decorator_list
                        if ast.unparse(mark).split(".")[-1] != "beside"
                    ]
                    kept.append(node)
    return ast.unparse(ast.fix_missing_locations(ast.Module(kept, [])))
