"""nbgrader's own autograding, with its steps replaced: clean, run or look up, save.

`nbgrader autograde`, formgrader's button and `autograde grade` all come through here; they differ only in
whether the result is there already.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from functools import cache
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_notebook, new_output
from nbgrader.converters import Autograde
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades
from nbgrader.utils import is_grade, is_solution
from traitlets import Bool, Unicode

import autograde
from autograde.course import TESTS, Course
from autograde.grading.execution import (
    FAILED,
    PASSED,
    STOPPED,
    Result,
    Verdict,
    execute,
    require_protections,
)
from autograde.grading.gradebook import remember
from autograde.grading.names import FACTS
from autograde.grading.outputs import error, safe_attachments
from autograde.grading.pages import safe_texts
from autograde.grading.plan import ALL, ANSWERED, REMARKS, Job, Lesson, built_lesson
from autograde.grading.reading import UnreadableNotebook, read_submission
from autograde.grading.results import Results
from autograde.grading.submissions import NOTES, PROBLEM, STAGED, own_files, read_staged
from autograde.grading.times import TIMESTAMP
from autograde.lesson import grade_id

#: Names of the errors that stand in a test's outputs where it has no verdict of its own.
STOPPED_TEST, UNREADABLE = "StoppedTest", "UnreadableNotebook"
#: Where a graded notebook's metadata keep what its grades and its page were made from, as a hash.
RECORD_KEY = "autograde_record"
#: The modules that make grades and pages from a submission and the result of its job.
RECORDING = (
    "grading/demonstrations.py",
    "lesson.py",
    "grading/names.py",
    "grading/outputs.py",
    "grading/pages.py",
    "grading/plan.py",
    "grading/recognition.py",
    "grading/reading.py",
    "grading/record.py",
    "grading/submissions.py",
    "grading/text.py",
)
#: Where a test cell's metadata say why a person should look at it, though it has a verdict.
ASK = "autograde_ask"


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
            return self.from_notebook_node(read_staged(Path(filename)), resources, **kw)
        own = Path(course.format_path(course.release_directory, ".", about["assignment"]))
        kept = {p.relative_to(own) for p in own.rglob("*")} | {Path(TIMESTAMP)}
        # nbgrader's copy of the tests has the hidden ones, and would go on into the feedback.
        _remove_all_but(copies, kept - {Path(TESTS)})
        if course.submitted_directory == STAGED:
            return self.from_notebook_node(read_staged(Path(filename)), resources, **kw)
        try:
            notebook = read_submission(Path(filename))
        except UnreadableNotebook as problem:
            notebook = new_notebook()
            notebook.metadata[PROBLEM] = str(problem)
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
    confined = Bool(True, help="Whether to run submissions in the sandbox.").tag(config=True)

    def lesson(self, resources: Any) -> Lesson:
        """The lesson that is being graded."""
        return built_lesson(Path(self.root), resources["nbgrader"]["assignment"])

    def own_files(self, resources: Any) -> dict[str, bytes]:
        """The student's files beside the notebook that is being graded."""
        converter: Any = self.parent.parent  # pyright: ignore[reportOptionalMemberAccess]
        course, names = converter.coursedir, resources["nbgrader"]
        folder = course.format_path(
            course.submitted_directory, names["student"], names["assignment"]
        )
        return own_files(Path(folder), self.lesson(resources))[0]


class CleanSubmission(_Step):
    """Keep a student's answers and further cells; all else comes from the lesson. See `Lesson.clean`."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Replace the notebook; its metadata go on saying how it was found."""
        clean, _ = cleaned(self.lesson(resources), nb, self.own_files(resources), self.confined)
        return clean, resources


def cleaned(
    lesson: Lesson, submitted: NotebookNode, own_files: dict[str, bytes], confined: bool
) -> tuple[NotebookNode, Job]:
    """The notebook to grade and its job.

    The notebook's metadata have a key for all that its grades and its page depend on: what the student
    wrote, how it was found, the lesson's cells and points, the job, the code that records. Times of handing
    in are not among it: they change the penalty only, and no mark that a person gave.
    """
    notebook = lesson.clean(submitted)
    job = lesson.job(notebook, own_files, confined=confined)
    for name in (PROBLEM, NOTES):
        if name in submitted.metadata:
            notebook.metadata[name] = submitted.metadata[name]
    parts = [job.key, notebook.cells, notebook.metadata, _recording_code()]
    text = json.dumps(parts, sort_keys=True)
    notebook.metadata[RECORD_KEY] = hashlib.sha256(text.encode()).hexdigest()
    return notebook, job


@cache
def _recording_code() -> str:
    digest = hashlib.sha256()
    for name in RECORDING:
        digest.update(Path(autograde.__path__[0], name).read_bytes())
    return digest.hexdigest()


class RunSubmission(_Step):
    """Put the results of the notebook's job into its cells; run the job where there are none yet."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Fill in the outputs."""
        about = resources["nbgrader"]
        # A page made before speaks of other grades.
        page = Course(Path(self.root)).notebook("feedback", about["assignment"], about["student"])
        shutil.rmtree(page.parent, ignore_errors=True)
        if nb.metadata.get(PROBLEM):
            fill_in(nb, None, self.lesson(resources))
            return nb, resources
        lesson = self.lesson(resources)
        job = lesson.job(nb, self.own_files(resources), confined=self.confined)
        results, key = results_of(Path(self.root)), job.key
        result = results.get(key)
        if result is None:
            if self.confined:
                require_protections(Course(Path(self.root)).private)
            result = execute(job)
            results.put(key, result)
        fill_in(nb, result, lesson)
        return nb, resources


class SaveGrades(SaveAutoGrades):
    """nbgrader's step, with what a person should look at marked for one."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Save the grades, and last what they were made from."""
        nb, resources = super().preprocess(nb, resources)
        with self.gradebook:
            remember(self.gradebook, self.assignment_id, self.student_id, nb.metadata[RECORD_KEY])
        return nb, resources

    def _add_score(self, cell: NotebookNode, resources: Any) -> None:
        super()._add_score(cell, resources)
        if not (reasons := for_a_person(cell)):
            return
        name, keys = grade_id(cell) or "", (self.notebook_id, self.assignment_id, self.student_id)
        grade: Any = self.gradebook.find_grade(name, *keys)
        comment: Any = self.gradebook.find_comment(name.removeprefix("test_"), *keys)
        grade.needs_manual_grade, comment.auto_comment = True, "\n".join(reasons)
        self.gradebook.db.commit()


def for_a_person(cell: NotebookNode) -> list[str]:
    """Why a person should look at a graded cell, as the comment on its exercise says it."""
    reasons = [
        output.evalue
        for output in cell.get("outputs", [])
        if output.output_type == "error" and output.ename == UNREADABLE
    ]
    reasons += [cell.metadata[ASK]] if cell.metadata.get(ASK) else []
    return [f"To be looked at by a person: {reason}" for reason in reasons]


def results_of(root: Path) -> Results:
    """Where a course keeps its results."""
    return Results(Course(root).folder / ".results")


def fill_in(nb: NotebookNode, result: Result | None, lesson: Lesson) -> None:
    """Put the result of its job into a notebook that `cleaned` has given.

    One that could not be read has a problem in its metadata instead, and no result.
    """
    if result is None:
        for cell in nb.cells:
            if is_grade(cell) and cell.cell_type == "code":
                cell.outputs = [error(UNREADABLE, nb.metadata[PROBLEM])]
        return
    handed_out = {cell.id: cell.source for cell in lesson.release.cells}
    _clean_texts(nb, handed_out)
    answered = {cell.id for cell in nb.cells if cell.source != handed_out.get(cell.id)}
    count = 0
    for index, cell in enumerate(nb.cells):
        if cell.cell_type != "code":
            continue
        cell.metadata.pop(FACTS, None)
        cell.outputs = list(map(from_dict, result.outputs.get(index, [])))
        cell.execution_count = None
        if index in result.outputs:
            count += 1
            cell.execution_count = count
        if is_grade(cell) and not is_solution(cell):
            name = grade_id(cell) or ""
            verdict = result.verdicts[name]
            cell.outputs = _as_verdict(cell, verdict)
            exercise = name.removeprefix("test_")
            remarks, keys = nb.metadata[REMARKS], [exercise, ALL]
            if exercise in answered:
                keys.append(ANSWERED)
            reasons = [reason for key in keys for reason in remarks.get(key, [])]
            if verdict.outcome == STOPPED and index not in result.stops:
                reasons.append(f"it was not judged ({verdict.reason})")
            if reasons and not _has_all_points(verdict, cell.metadata.nbgrader.points):
                cell.metadata[ASK] = "; ".join(reasons)
        elif reason := result.stops.get(index):
            cell.outputs.append(error(STOPPED_TEST, reason))


def _has_all_points(verdict: Verdict, of: float) -> bool:
    return verdict.outcome == PASSED and (verdict.points is None or verdict.points >= of)


def _clean_texts(nb: NotebookNode, handed_out: dict[str, str]) -> None:
    """Make what the student has written as text safe to look at."""
    cells = [cell for cell in nb.cells if cell.cell_type != "code"]
    for cell in cells:
        cell.attachments = safe_attachments(cell.get("attachments"))
    own = [cell for cell in cells if cell.source != handed_out.get(cell.id)]
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
    failures = [output for output in cell.outputs if output.output_type == "error"][
        -1:
    ]  # the test's
    if verdict.outcome == FAILED:
        return [*shown, *(failures or [error("CheckFailed", "This test failed.")])]
    if verdict.outcome != PASSED:
        return [*shown, error(STOPPED_TEST, verdict.reason)]
    if verdict.points is None:
        return shown
    points = min(max(verdict.points, 0.0), float(cell.metadata.nbgrader.points))
    value = {"text/plain": f"{points:g}"}
    count = cell.execution_count or 0
    return [*shown, new_output("execute_result", data=value, execution_count=count)]
