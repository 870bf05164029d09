"""From what a student handed in to a job: only answers are the student's, all else is the lesson's."""

from __future__ import annotations

import copy
import hashlib
import hmac
import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cache, cached_property, lru_cache
from importlib.metadata import distributions
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell
from nbgrader.utils import is_grade, is_locked, is_solution

import autograde
import helpers
from autograde.course import TESTS, Course, CourseError
from autograde.grading.demonstrations import made_by_demonstrations, needed_parts
from autograde.grading.limits import Limits, SubmissionLimits
from autograde.grading.names import FACTS, is_stub
from autograde.grading.recognition import Recognised, recognise
from autograde.lesson import exercises, grade_id, is_demonstration, set_up_cells

#: Where a notebook's metadata keep what a person should know where an exercise has lost points: by exercise,
#: for all of them, and for all that were answered.
REMARKS, ALL, ANSWERED = "autograde_remarks", "", "*"
#: How the identifiers of the student's own cells begin.
_OWN = "own-"


@dataclass(frozen=True)
class Cell:
    """A code cell as it is run; `index` is its place in the notebook."""

    index: int
    source: str
    test: str = ""  # the name of a test
    own: bool = False  # whether it is the student's own: neither the lesson's nor an answer


@dataclass(frozen=True)
class Job:
    """All that running a submission depends on, and so all that its results do."""

    cells: tuple[Cell, ...]
    set_up: tuple[str, ...]  # cells of the lesson that its answers rely on
    tests: str  # the lesson's tests, hidden ones among them: a file in Python, which nobody else may read
    files: dict[str, str]  # what lies beside the notebook, by name, in base 64
    limits: Limits
    seed: int
    packages: str  # a hash of what is installed
    #: What only the tests may read, as `files`. It never becomes a file beside the submission.
    hidden: dict[str, str] = field(default_factory=dict)
    confined: bool = True  # whether it runs in the sandbox
    secret: str = ""  # what the inputs of hidden tests follow from, in hexadecimal

    @property
    def notebook_limit(self) -> float:
        """Seconds that everything may take, with what had to be run again; no cell comes short by it."""
        others = sum(not cell.own for cell in self.cells)
        return 3 * self.limits.own_time + 2 * others * self.limits.cell_time

    @cached_property
    def key(self) -> str:
        """A name for the results: jobs that differ in anything have different ones."""
        said = asdict(replace(self, secret=""))
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()

    def with_secret(self, secret: bytes) -> Job:
        """The same job, with a secret of its own that follows from that of the course."""
        return replace(self, secret=hmac.digest(secret, self.key.encode(), "sha256").hex())


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
        #: What is handed out beside the notebook, as `files_in` has it.
        self.files = files_in(course.notebook("release", name).parent)
        self._tests = course.notebook("source", name).with_name(TESTS).read_text(encoding="utf-8")
        self._hidden = files_in(course.hidden(name))
        self._secret = course.secret()
        #: Those of the configuration.
        self.limits = SubmissionLimits(config=course.nbgrader().config)
        self._time_limit = course.curriculum()[name].time_limit

    def clean(self, submitted: NotebookNode) -> NotebookNode:
        """The notebook to run: the lesson's own cells, with the student's answers and further cells.

        Whatever its metadata say, a cell is taken for what it is (see `recognition`). A cell of the lesson
        that is missing is put back, an answer as it was handed out; tests come after their answers. What
        a person should know of an exercise without full points stands in the metadata, see `REMARKS`.
        """
        named = {name: cell for cell in self.release.cells if (name := grade_id(cell))}
        answers = {n for n, cell in named.items() if is_solution(cell) and not is_locked(cell)}
        sources = {name: cell for cell in self.source.cells if (name := grade_id(cell))}
        sources |= {name: named[name] for name in answers}
        found = self._recognise(submitted)
        by_place: dict[int, list[str]] = {}
        for name, place in found.answers.items():
            by_place.setdefault(place, []).append(name)
        cells: list[NotebookNode] = []
        for i, cell in enumerate(submitted.cells):
            if i in by_place:
                name, *more = by_place[i]
                cells.append(_as(named[name], cell))
                for other in more:
                    note = new_code_cell(f"# {other} is answered in the cell above.")
                    cells.append(_as(named[other], note))
            elif (known := found.known.get(i)) is not None:
                cells.append(_as(known, sources.get(grade_id(known) or "", cell)))
            elif i not in found.dropped:
                cells.append(_bare(cell, i))
        there = {cell.id for cell in cells}
        missing = [_as(c, sources[n]) for n, c in named.items() if c.id not in there]
        _put_back(cells, missing, self.release)
        for test, exercise in self._exercises.items():
            _move_behind(cells, test, exercise.name)
        if not found.known and not found.answers:
            found.remark(ALL, "nothing in it is of this lesson: is it another notebook?")
        notebook = copy.copy(self.release)
        notebook.cells = cells
        for name, made_by in made_by_demonstrations(notebook).items():
            found.remark(name, made_by)
        for name in (ALL, ANSWERED):
            for text in submitted.metadata.get(REMARKS, {}).get(name, []):
                found.remark(name, text)
        notebook.metadata = NotebookNode({**self.release.metadata, REMARKS: found.remarks})
        return notebook

    def exercises_in(self, submitted: NotebookNode) -> list[str]:
        """The exercises of this lesson that a notebook has a cell for."""
        return list(self._recognise(submitted).answers)

    def answered_in(self, submitted: NotebookNode) -> list[str]:
        """The exercises of this lesson that a notebook has an answer to."""
        found = self._recognise(submitted).answers
        stubs = {cell.id: cell for cell in self.release.cells}
        return [n for n, i in found.items() if not is_stub(submitted.cells[i], stubs[n])]

    def _recognise(self, submitted: NotebookNode) -> Recognised:
        answers = {c.id for c in self.release.cells if is_solution(c) and not is_locked(c)}
        return recognise(submitted.cells, self.release.cells, answers)

    def job(
        self,
        notebook: NotebookNode,
        own_files: Mapping[str, bytes] | None = None,
        *,
        confined: bool = True,
    ) -> Job:
        """The job of running a notebook that `clean` has given, with the student's own files beside it."""
        own = {name: b64encode(content).decode() for name, content in (own_files or {}).items()}
        files = {**own, **self.files}
        job = Job(
            tuple(self._cells(notebook)),
            self._set_up,
            self._tests,
            dict(sorted(files.items())),
            self.limits.of_a_job(self._time_limit),
            seed=0,
            packages=installed_packages(),
            hidden=self._hidden,
            confined=confined,
        )
        return job.with_secret(self._secret)

    def _cells(self, notebook: NotebookNode) -> Iterator[Cell]:
        parts = needed_parts(notebook)
        for i, cell in enumerate(notebook.cells):
            if cell.cell_type != "code":
                continue
            if is_demonstration(cell) and not grade_id(cell):
                if i in parts:
                    yield Cell(i, parts[i], own=True)
                continue
            if not is_grade(cell) or is_solution(cell):
                yield Cell(i, cell.source, own=cell.id.startswith(_OWN))
                continue
            yield Cell(i, cell.source, grade_id(cell) or "")


@cache
def installed_packages() -> str:
    """A hash of the names and versions of all installed packages, and of the course's own code."""
    names = sorted(f"{d.metadata['Name']}=={d.version}" for d in distributions())
    digest = hashlib.sha256("\n".join(names).encode())
    own = Path(autograde.__path__[0])
    for folder in (Path(helpers.__path__[0]), own / "sandbox", own / "forkserver"):
        for path in sorted(folder.rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _as(known: NotebookNode, submitted: NotebookNode) -> NotebookNode:
    """A cell of the lesson, with what the submitted one says."""
    cell = copy.deepcopy(known)
    cell.source = submitted.source
    if FACTS in submitted.metadata:
        cell.metadata[FACTS] = submitted.metadata[FACTS]
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None
    else:
        cell.attachments = submitted.get("attachments", {})
    return cell


def _bare(cell: NotebookNode, place: int) -> NotebookNode:
    """A student's own cell: what it says and nothing else."""
    new = {"code": new_code_cell, "markdown": new_markdown_cell}.get(cell.cell_type, new_raw_cell)
    return _as(new("", id=f"{_OWN}{place}"), cell)


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


def files_in(folder: Path) -> dict[str, str]:
    """All files in a folder but notebooks, by their names in it, in base 64."""
    return {
        str(path.relative_to(folder)): b64encode(path.read_bytes()).decode()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".ipynb"
    }


@lru_cache(maxsize=32)
def _read_built(root: Path, name: str, built: int) -> Lesson:
    return Lesson(Course(root), name)


def built_lesson(root: Path, name: str) -> Lesson:
    """A built lesson, read anew when it was built anew.

    Raises:
        CourseError: it has not been built.
    """
    release = Course(root).notebook("release", name)
    return _read_built(root, name, release.stat().st_mtime_ns if release.exists() else 0)
