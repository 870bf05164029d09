"""From what a student handed in to a job: only answers are the student's, all else is the lesson's."""

from __future__ import annotations

import ast
import contextlib
import copy
import hashlib
import json
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell
from nbgrader.utils import is_grade, is_locked, is_solution

from autograde.attempts import Attempt, read_attempts
from autograde.course import Course, CourseError
from autograde.lesson import Exercise, exercises, grade_id, is_demonstration, set_up_cells

#: Seconds a cell may take where the curriculum says nothing else, and cells' worth for a notebook.
CELL_LIMIT, NOTEBOOK_LIMIT = 30.0, 10


@dataclass(frozen=True)
class Cell:
    """A code cell as it is run; `index` is its place in the notebook."""

    index: int
    source: str
    test: str = ""  # the name of a test, and what else only tests have:
    answers: tuple[str, ...] = ()  # the names it takes from the submission
    control: str = ""  # an answer that must fail


@dataclass(frozen=True)
class Job:
    """All that running a submission depends on, and so all that its results do."""

    cells: tuple[Cell, ...]
    set_up: tuple[str, ...]  # cells of the lesson that its tests rely on
    files: dict[str, str]  # what lies beside the notebook, by name, in base 64
    cell_limit: float  # seconds
    seed: int
    packages: str  # a hash of what is installed
    memory: int = 8 << 30  # bytes of address space; TensorFlow takes 1.3 GB of it when loaded
    file_size: int = 100 << 20
    folder_size: int = 500 << 20

    @property
    def notebook_limit(self) -> float:
        """Seconds the whole notebook may take."""
        return NOTEBOOK_LIMIT * self.cell_limit

    def key(self) -> str:
        """A name for the results: jobs that differ in anything have different ones."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


class Lesson:
    """A built lesson, as planning needs it. Everything here comes from the instructor."""

    def __init__(self, course: Course, name: str) -> None:
        """Read the lesson's source and release.

        Raises:
            CourseError: the lesson has not been built.
        """
        if not course.notebook("release", name).exists():
            raise CourseError(f"{name} has not been built: run `autograde build {name}` first.")
        self.source = nbformat.read(course.notebook("source", name), as_version=4)
        self.release = nbformat.read(course.notebook("release", name), as_version=4)
        self._exercises = {f"test_{e.name}": e for e in exercises(self.source)}
        self._set_up = tuple(cell.source for cell in set_up_cells(self.source))
        self._files = course.notebook("source", name).parent
        self._cell_limit = course.curriculum()[name].time_limit or CELL_LIMIT
        bank = course.attempts / f"{name}.py"
        attempts = read_attempts(bank) if bank.exists() else []
        stubs = {grade_id(cell): cell.source for cell in self.release.cells}
        self._controls = {
            e.name: control_of(e.name, attempts) or stubs[e.name] for e in self._exercises.values()
        }

    def clean(self, submitted: NotebookNode) -> NotebookNode:
        """The notebook to run: the lesson's own cells, with the student's answers and further cells.

        Where a cell with a name is there twice the last one has it, as with nbgrader; a cell of the
        lesson that is missing is put back, an answer as it was handed out; tests come after their answers.
        """
        named = {name: cell for cell in self.release.cells if (name := grade_id(cell))}
        answers = {n for n, cell in named.items() if is_solution(cell) and not is_locked(cell)}
        sources = {name: cell for cell in self.source.cells if (name := grade_id(cell))}
        sources |= {name: named[name] for name in answers}
        other = {cell.id: cell for cell in self.release.cells if not grade_id(cell)}
        last = {_name(cell): i for i, cell in enumerate(submitted.cells) if _name(cell) in named}
        cells: list[NotebookNode] = []
        for i, cell in enumerate(submitted.cells):
            name = _name(cell)
            if name in named and last[name] == i:
                own = name in answers
                cells.append(_as(named[name], cell if own else sources[name]))
            elif (known := other.pop(_identifier(cell), None)) is not None:
                cells.append(_as(known, cell))
            else:
                cells.append(_bare(cell, i))
        _put_back(
            cells, [_as(c, sources[n]) for n, c in named.items() if n not in last], self.release
        )
        for test, exercise in self._exercises.items():
            _move_behind(cells, test, exercise.name)
        notebook = copy.copy(self.release)
        notebook.cells = cells
        return notebook

    def job(self, notebook: NotebookNode) -> Job:
        """The job of running a notebook that `clean` has given."""
        return Job(
            tuple(self._cells(notebook)),
            self._set_up,
            dict(_files(self._files)),
            self._cell_limit,
            seed=0,
            packages=installed_packages(),
        )

    def _cells(self, notebook: NotebookNode) -> Iterator[Cell]:
        for i, cell in enumerate(notebook.cells):
            if cell.cell_type != "code" or (is_demonstration(cell) and not grade_id(cell)):
                continue
            if not is_grade(cell) or is_solution(cell):
                yield Cell(i, cell.source)
                continue
            test = grade_id(cell) or ""
            exercise = self._exercises[test]
            yield Cell(
                i, cell.source, test, names_of_answer(exercise), self._controls[exercise.name]
            )


@cache
def installed_packages() -> str:
    """A hash of the names and versions of all installed packages, and of the course's own code."""
    names = sorted(f"{d.metadata['Name']}=={d.version}" for d in distributions())
    digest = hashlib.sha256("\n".join(names).encode())
    own = Path(__file__).resolve().parents[1]
    for folder in (own / "helpers", own / "autograde" / "sandbox"):
        for path in sorted(folder.rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _name(cell: NotebookNode) -> str | None:
    """The `grade_id`, whatever the student has made of the metadata."""
    metadata = cell.metadata.get("nbgrader")
    name = metadata.get("grade_id") if isinstance(metadata, dict) else None
    return name if isinstance(name, str) else None


def _identifier(cell: NotebookNode) -> str:
    """The cell's identifier, whatever the student has made of it; older notebooks have none."""
    identifier = cell.get("id")
    return identifier if isinstance(identifier, str) else ""


def _as(known: NotebookNode, submitted: NotebookNode) -> NotebookNode:
    """A cell of the lesson, with what the submitted one says."""
    cell = copy.deepcopy(known)
    cell.source = submitted.source
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None
    else:
        cell.attachments = submitted.get("attachments", {})
    return cell


def _bare(cell: NotebookNode, place: int) -> NotebookNode:
    """A student's own cell: what it says and nothing else."""
    new = {"code": new_code_cell, "markdown": new_markdown_cell}.get(cell.cell_type, new_raw_cell)
    return _as(new("", id=f"own-{place}"), cell)


def _put_back(cells: list[NotebookNode], missing: list[NotebookNode], lesson: NotebookNode) -> None:
    """Put cells that were deleted behind the cell of the lesson they stood behind."""
    order = {cell.id: i for i, cell in enumerate(lesson.cells)}
    for cell in missing:
        before = [i for i, c in enumerate(cells) if order.get(c.id, len(order)) < order[cell.id]]
        cells.insert(max(before, default=-1) + 1, cell)


def _move_behind(cells: list[NotebookNode], test: str, answer: str) -> None:
    """Move a test behind its answer, where it stands before it."""
    at = {grade_id(cell): i for i, cell in enumerate(cells)}
    if at[test] < at[answer]:
        cells.insert(at[answer], cells.pop(at[test]))


def control_of(exercise: str, attempts: list[Attempt]) -> str | None:
    """The bank's first wrong answer to an exercise that Python can read, if it has one."""
    for attempt in attempts:
        if attempt.exercise == exercise and not attempt.right:
            with contextlib.suppress(SyntaxError):
                ast.parse(attempt.body)
                return attempt.body
    return None


def names_of_answer(exercise: Exercise) -> tuple[str, ...]:
    """The names that the reference solution defines: what a test takes from a submission."""
    names: dict[str, None] = {}
    for statement in ast.parse(exercise.solution.source).body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names[statement.name] = None
        else:
            stored = (n for n in ast.walk(statement) if isinstance(n, ast.Name))
            names.update((n.id, None) for n in stored if isinstance(n.ctx, ast.Store))
    return tuple(names)


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".ipynb":
            yield str(path.relative_to(folder)), b64encode(path.read_bytes()).decode()
