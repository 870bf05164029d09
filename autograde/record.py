"""nbgrader's own autograding, with its steps replaced: clean, run or look up, save.

`nbgrader autograde`, formgrader's button and `autograde grade` all come through here; they differ only in
whether the result is there already.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_notebook, new_output
from nbgrader.converters import Autograde
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades
from nbgrader.utils import is_grade, is_solution
from traitlets import Bool, Unicode

from autograde.course import Course
from autograde.execution import DOUBTFUL, FAILED, PASSED, Result, Verdict, execute
from autograde.lesson import grade_id
from autograde.outputs import error, safe_attachments
from autograde.pages import safe_texts
from autograde.plan import Lesson
from autograde.reading import UnreadableNotebook, read_submission
from autograde.results import Results

#: Names of the errors that stand in a test's outputs where it has no verdict of its own.
STOPPED_TEST, DOUBTFUL_TEST, UNREADABLE = "StoppedTest", "DoubtfulTest", "UnreadableNotebook"
#: Where a graded notebook's metadata keep the key of the job that its grades come from.
JOB_KEY = "autograde_job"
#: Where a submission says when it was handed in.
TIMESTAMP = "timestamp.txt"
#: Those that a person should look into.
FOR_A_PERSON = (DOUBTFUL_TEST, UNREADABLE)


class SubmissionExporter(NotebookExporter):
    """nbgrader's exporter, for files that may be anything.

    nbgrader copies what was handed in beside a notebook to where formgrader serves it from, and from
    there to the feedback: it follows links, and swallows the exceptions of its hooks. So what is no file
    goes before anything is copied, while this is made; and what was copied but is not the lesson's goes
    before the notebook is written.
    """

    def __init__(self, *, parent: Autograde, **kw: Any) -> None:
        """Look through what was handed in.

        Raises:
            OSError: a link could not be removed, so that nothing may be copied.
        """
        super().__init__(parent=parent, **kw)
        self._converter = parent
        for folder, notebooks in parent.assignments.items():
            replace_links(Path(folder), {Path(notebook) for notebook in notebooks})

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> Any:
        """Read a submission; one that cannot be read becomes an empty notebook that says so."""
        resources = self._init_resources(resources)
        course: Any = self._converter.coursedir
        about = resources["nbgrader"]
        paths = (about["student"], about["assignment"])
        copies = Path(course.format_path(course.autograded_directory, *paths))
        if Path(filename).parent == copies:  # what the first of two steps has written
            return super().from_filename(filename, resources=resources, **kw)
        own = Path(course.format_path(course.source_directory, ".", about["assignment"]))
        _remove_all_but(copies, {p.relative_to(own) for p in own.rglob("*")} | {Path(TIMESTAMP)})
        try:
            notebook = read_submission(Path(filename))
        except UnreadableNotebook as problem:
            notebook = new_notebook()
            resources["unreadable"] = str(problem)
        return self.from_notebook_node(notebook, resources=resources, **kw)


def replace_links(folder: Path, notebooks: set[Path]) -> None:
    """Put a text in the place of each link, pipe or device that was handed in beside a notebook.

    Raises:
        OSError: it could not be removed.
    """
    for place, folders, files in os.walk(folder):
        for path in (Path(place, name) for name in (*folders, *files)):
            if path in notebooks:  # it is not copied, and read only where it is a file
                continue
            if path.is_symlink():
                text = f"This was a link to {os.readlink(path)!r}. It was not followed.\n"
            elif path.is_file() or path.is_dir():
                continue
            else:
                text = "This was neither a file nor a folder.\n"
            path.unlink()
            path.write_text(text)


def _remove_all_but(folder: Path, kept: set[Path]) -> None:
    """Remove what is in a folder, but these files and folders."""
    for place, folders, files in os.walk(folder, topdown=False):
        for name in files:
            if (path := Path(place, name)).relative_to(folder) not in kept:
                path.unlink()
        for name in folders:
            if (path := Path(place, name)).relative_to(folder) not in kept:
                path.rmdir()


class _Step(NbGraderPreprocessor):
    """A step that knows the course; it is asked for by the configuration."""

    root = Unicode(help="The folder of the course's project.").tag(config=True)

    def lesson(self, resources: Any) -> Lesson:
        """The lesson that is being graded."""
        return lesson(Path(self.root), resources["nbgrader"]["assignment"])


class CleanSubmission(_Step):
    """Keep a student's answers and further cells; all else comes from the lesson. See `Lesson.clean`."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Replace the notebook; note in its metadata why it could not be read."""
        clean = self.lesson(resources).clean(nb)
        clean.metadata.pop("unreadable", None)
        if problem := resources.get("unreadable"):
            clean.metadata["unreadable"] = problem
        return clean, resources


class RunSubmission(_Step):
    """Put the results of the notebook's job into its cells; run the job where there are none yet."""

    confined = Bool(True, help="Whether to run submissions in the sandbox.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Fill in the outputs."""
        if problem := nb.metadata.get("unreadable"):
            for cell in nb.cells:
                if is_grade(cell) and cell.cell_type == "code":
                    cell.outputs = [error(UNREADABLE, problem)]
            return nb, resources
        lesson = self.lesson(resources)
        job = lesson.job(nb)
        results, key = results_of(Path(self.root)), job.key()
        result = results.get(key)
        if result is None:
            result = execute(job, confined=self.confined)
            results.put(key, result)
        _fill_in(nb, result, lesson)
        nb.metadata[JOB_KEY] = key
        return nb, resources


class SaveGrades(SaveAutoGrades):
    """nbgrader's step, with what a person should look at marked for one."""

    def _add_score(self, cell: NotebookNode, resources: Any) -> None:
        super()._add_score(cell, resources)
        reasons = [
            f"To be looked at by a person: {output.evalue}"
            for output in cell.get("outputs", [])
            if output.output_type == "error" and output.ename in FOR_A_PERSON
        ]
        if not reasons:
            return
        name, keys = grade_id(cell) or "", (self.notebook_id, self.assignment_id, self.student_id)
        grade: Any = self.gradebook.find_grade(name, *keys)
        comment: Any = self.gradebook.find_comment(name.removeprefix("test_"), *keys)
        grade.needs_manual_grade, comment.auto_comment = True, reasons[0]
        self.gradebook.db.commit()


@lru_cache(maxsize=32)
def _read_lesson(root: Path, name: str, built: int) -> Lesson:
    return Lesson(Course(root), name)


def lesson(root: Path, name: str) -> Lesson:
    """A built lesson, read anew when it was built anew."""
    release = Course(root).notebook("release", name)
    return _read_lesson(root, name, release.stat().st_mtime_ns if release.exists() else 0)


def results_of(root: Path) -> Results:
    """Where a course keeps its results."""
    return Results(Course(root).folder / ".results")


def _fill_in(nb: NotebookNode, result: Result, lesson: Lesson) -> None:
    _clean_texts(nb, lesson)
    count = 0
    for index, cell in enumerate(nb.cells):
        if cell.cell_type != "code":
            continue
        # What a cheat has seen must not reach anybody through the feedback.
        shown = [] if result.doubts else result.outputs.get(index, [])
        cell.outputs, cell.execution_count = list(map(from_dict, shown)), None
        if index in result.outputs:
            count += 1
            cell.execution_count = count
        if is_grade(cell) and not is_solution(cell):
            cell.outputs = _as_verdict(cell, result.verdicts[grade_id(cell) or ""])
        elif reason := result.stops.get(index):
            cell.outputs.append(error(STOPPED_TEST, reason))


def _clean_texts(nb: NotebookNode, lesson: Lesson) -> None:
    """Make what the student has written as text safe to look at."""
    texts = {cell.id: cell.source for cell in lesson.release.cells}
    cells = [cell for cell in nb.cells if cell.cell_type != "code"]
    for cell in cells:
        cell.attachments = safe_attachments(cell.get("attachments"))
    own = [cell for cell in cells if cell.source != texts.get(cell.id)]
    for cell, source in zip(own, safe_texts(own), strict=True):
        cell.source = source


def _as_verdict(cell: NotebookNode, verdict: Verdict) -> list[NotebookNode]:
    """The outputs from which nbgrader reads the grade it is meant to read, and no other.

    It gives nothing for an error, nothing for text on standard error, as many points as the value of the
    cell says, and all of them otherwise.
    """
    shown = [output for output in cell.outputs if output.output_type == "stream"]
    for output in shown:
        output.name = "stdout"
    failures = [output for output in cell.outputs if output.output_type == "error"]
    if verdict.outcome == FAILED:
        return [*shown, *(failures or [error("CheckFailed", "This test failed.")])]
    if verdict.outcome == DOUBTFUL:
        return [*shown, error(DOUBTFUL_TEST, verdict.reason)]
    if verdict.outcome != PASSED:
        return [*shown, error(STOPPED_TEST, verdict.reason)]
    if verdict.points is None:
        return shown
    points = min(max(verdict.points, 0.0), float(cell.metadata.nbgrader.points))
    value = {"text/plain": f"{points:g}"}
    count = cell.execution_count or 0
    return [*shown, new_output("execute_result", data=value, execution_count=count)]
