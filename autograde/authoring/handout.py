"""What is handed out: stubs or programs to repair, and of a lesson's tests those that students may see."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions
from nbgrader.utils import is_grade

from autograde.course import GOING_FURTHER, TESTS

_BLANKS = re.compile(r"^ +$", re.MULTILINE)
_REPAIR = re.compile(
    r"^( *)### HANDED OUT INSTEAD\n(?P<program>.*?)^ *### END SOLUTION", re.DOTALL | re.MULTILINE
)


def to_repair(solution: str) -> str | None:
    """The program that is handed out to be repaired, or None where a stub is.

    In the lesson's source it stands as comments at the end of the solution, below a mark:
    `### HANDED OUT INSTEAD`.
    """
    if not (found := _REPAIR.search(solution)):
        return None
    mark = re.compile(rf"^{found[1]}# ?", re.MULTILINE)
    return mark.sub("", found["program"]).rstrip("\n")


class ClearAnswers(ClearSolutions):
    """nbgrader's step that puts stubs in the place of solutions; of some, a program to be repaired.

    A graded cell gets the tag with which *Run All Cells* goes on after it has failed.
    """

    def preprocess_cell(
        self, cell: NotebookNode, resources: ResourcesDict, cell_index: int
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Clear the answer of one cell."""
        if cell.cell_type == "code" and is_grade(cell):
            cell.metadata.tags = [*cell.metadata.get("tags", []), "raises-exception"]
        return super().preprocess_cell(cell, resources, cell_index)

    def _replace_solution_region(self, cell: NotebookNode, language: str) -> bool:
        stubs: Any = self.code_stub
        if program := to_repair(cell.source):
            self.code_stub = {**stubs, language: program}
        try:
            found = super()._replace_solution_region(cell, language)
            # nbgrader has indented the stub's empty lines, too.
            cell.source = _BLANKS.sub("", cell.source)
            return found
        finally:
            self.code_stub = stubs


class ReleaseExporter(NotebookExporter):
    """nbgrader's exporter for what is handed out.

    nbgrader has copied the file of tests as it is, and no notebook that lies in a folder below the lesson.
    """

    def __init__(self, *, parent: GenerateAssignment, **kw: Any) -> None:
        """Know the converter, which says where its copies are."""
        super().__init__(parent=parent, **kw)
        self._converter = parent

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> Any:
        """Make the students' notebook; take hidden tests out of the file beside it; copy the second notebook.

        Raises:
            RuntimeError: a region of hidden tests is not closed; nbgrader then removes what it has made.
        """
        course: Any = self._converter.coursedir
        about = (course.release_directory, ".", Path(filename).parent.name)
        release = Path(course.format_path(*about))
        if (second := Path(filename).with_name(GOING_FURTHER)).is_dir():
            shutil.copytree(second, release / GOING_FURTHER, dirs_exist_ok=True)
        tests = release / TESTS
        if tests.exists():
            tests.write_text(visible(tests.read_text(encoding="utf-8")), encoding="utf-8")
        return super().from_filename(filename, resources, **kw)


def visible(tests: str) -> str:
    """A file of tests without what stands between nbgrader's marks of hidden tests.

    Raises:
        RuntimeError: a region is not closed, or holds another.
    """
    graded = {"nbgrader": {"grade": True, "grade_id": TESTS, "schema_version": 3}}
    cell, _ = ClearHiddenTests().preprocess_cell(
        new_code_cell(tests, metadata=graded), ResourcesDict(), 0
    )
    return cell.source.rstrip("\n") + "\n"
