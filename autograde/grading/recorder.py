"""Writing grades into nbgrader's gradebook, and what must be brought up to date in it."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import re
import shutil
import warnings
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
import nbgrader.api
import sqlalchemy
from nbformat import NotebookNode
from nbformat.warnings import DuplicateCellId, MissingIDFieldWarning
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import find_all_files, parse_utc
from sqlalchemy.exc import SAWarning

from autograde.course import TESTS, Course
from autograde.grading.converters import AutogradeOne, convert
from autograde.grading.execution import Result
from autograde.grading.gradebook import open_gradebook, recorded, remember
from autograde.grading.plan import built_lesson
from autograde.grading.record import RECORD_KEY, fill_in
from autograde.grading.rows import Graded, write_rows
from autograde.grading.submissions import STAGED, timestamps, who_handed_in
from autograde.grading.times import TIMESTAMP, UnknownTime, nbgrader_form, read_time

_log = logging.getLogger(__name__)


#: Steps and settings of nbgrader's that this course's configuration gives, and writing in batches knows.
_KNOWN_SETTINGS = {"exporter_class", "sanitize_preprocessors", "autograde_preprocessors"}


class Judged(NamedTuple):
    """What is to be recorded of a student's submission."""

    student: str
    notebook: NotebookNode  # that `record.cleaned` has given, and that becomes the graded one
    result: Result | None  # of its job; None where it could not be read


class Recorder:
    """Writes grades: many submissions at once, with the outcome of nbgrader's own autograding.

    Where nbgrader is told to do more than this course's configuration says, and where a batch fails, it is
    nbgrader that does it, one submission after another.
    """

    def __init__(self, course: Course) -> None:
        """Read nbgrader's configuration once."""
        # nbgrader opens the gradebook nine times a submission, each time with an engine of its own, which
        # compiles the same queries anew. With one engine a URL, recording takes two thirds of the time.
        nbgrader.api.create_engine = cache(sqlalchemy.create_engine)
        self._course = course
        self._nbgrader: Any = course.nbgrader(submitted=STAGED)
        self._zone = course.timezone
        # nbgrader takes a zone that it does not know for UTC, and stops at a time that it cannot read.
        self._nbgrader.coursedir.get_existing_timestamp = self._time_in

    @property
    def confined(self) -> bool:
        """Whether what has no result yet is run in the sandbox."""
        return self._nbgrader.config.RunSubmission.get("confined", True)

    @confined.setter
    def confined(self, confined: bool) -> None:
        config = self._nbgrader.config
        config.CleanSubmission.confined = config.RunSubmission.confined = confined

    def record_all(self, lesson: str, judged: list[Judged]) -> dict[str, str]:
        """Record the grades of staged submissions; where something goes wrong, no older grade is left.

        Returns:
            students of whom something went wrong, and what.
        """
        if set(self._nbgrader.config.Autograde) <= _KNOWN_SETTINGS:
            try:
                self._write(lesson, judged)
                return {}
            except Exception:  # of whom, shows when they are recorded one by one
                _log.exception("A batch of %s is recorded one by one", lesson)
        problems = {one.student: self.record(lesson, one.student) for one in judged}
        return {student: problem for student, problem in problems.items() if problem}

    def _write(self, lesson: str, judged: list[Judged]) -> None:
        """Write the graded notebooks of a batch, and then their rows."""
        built, course = built_lesson(self._course.root, lesson), self._course
        own = self._nbgrader.coursedir
        source = course.notebook("source", lesson).parent
        files = [Path(path) for path in find_all_files(str(source), [*own.ignore, "*.ipynb"])]
        converter: Any = AutogradeOne(coursedir=own, parent=self._nbgrader)
        permissions = int(str(converter.permissions), 8)
        graded = []
        for student, notebook, result in judged:
            staged = course.notebook(STAGED, lesson, student)
            fill_in(notebook, result, built)
            place = course.notebook("autograded", lesson, student)
            for old in (place.parent, course.notebook("feedback", lesson, student).parent):
                shutil.rmtree(old, ignore_errors=True)
            place.parent.mkdir(parents=True)
            for path in files:
                if path != source / TESTS:
                    copy = place.parent / path.relative_to(source)
                    copy.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(path, copy)
            if (time := staged.with_name(TIMESTAMP)).is_file():
                shutil.copy(time, place.parent)
            text = nbformat.writes(notebook, version=nbformat.NO_CONVERT)
            place.write_text(text + "\n", encoding="utf-8")
            self._set_permissions(place.parent, permissions)
            key, handed_in = notebook.metadata[RECORD_KEY], self._time_in(str(staged.parent))
            graded.append(Graded(student, notebook, key, handed_in))
        with open_gradebook(course) as gradebook:
            write_rows(gradebook, lesson, graded)

    def _set_permissions(self, folder: Path, permissions: int) -> None:
        """As nbgrader sets them."""
        shared = self._nbgrader.coursedir.groupshared
        for path in (folder, *folder.rglob("*")):
            if path.is_file():
                path.chmod(permissions)
            elif shared:
                path.chmod((path.stat().st_mode | 0o2770) & 0o2777)

    def record(self, lesson: str, student: str) -> str | None:
        """Record the grades of one submission; return what went wrong, or None where nothing did.

        Where something did, no older grade is left standing.
        """
        with _no_remarks():
            outcome = convert(self._nbgrader, AutogradeOne, lesson, student)
        if outcome["success"]:
            return None
        log = self._course.folder / "logs" / f"{lesson}-{student}.log"
        log.parent.mkdir(exist_ok=True)
        text = f"{outcome.get('log') or ''}\n{outcome.get('error') or ''}"
        log.write_text(text, encoding="utf-8", errors="backslashreplace")
        # nbgrader's own exception comes last, and only says that there was another one.
        errors = re.findall(r"^ *(?:\w+\.)*(\w+(?:Error|Exception): .*)$", text, re.MULTILINE)
        reasons = [error for error in errors if not error.startswith("NbGraderException")]
        return self.record_failure(
            lesson, student, f"{reasons[-1] if reasons else 'nbgrader failed'} (see {log})"
        )

    def record_failure(self, lesson: str, student: str, reason: str) -> str:
        """Record that a submission could not be graded: no points, and a person is asked to look.

        A person who was asked already, about the same submission and for the same reason, is not asked again.
        """
        for step in ("autograded", "feedback"):
            shutil.rmtree(self._course.notebook(step, lesson, student).parent, ignore_errors=True)
        key = _failure_key(self._course.notebook(STAGED, lesson, student), reason)
        with _no_remarks(), open_gradebook(self._course) as gradebook:
            if recorded(gradebook, lesson).get(student) == key:
                return reason
            gradebook.update_or_create_student(student)
            submission = gradebook.update_or_create_submission(lesson, student)
            for notebook in submission.notebooks:
                for grade in notebook.grades:
                    grade.auto_score, grade.needs_manual_grade = 0, True
                for comment in notebook.comments:
                    comment.auto_comment = f"Could not be graded: {reason}"
            gradebook.db.commit()
            remember(gradebook, lesson, student, key)
        return reason

    def settle(self, lesson: str) -> dict[str, str]:
        """Bring times of handing in and penalties for being late up to date.

        They depend on `timestamp.txt`, the deadline, an extension, the configuration, and the points that
        a person gave since. Nothing else of a grade is touched.

        Returns:
            students of whom the penalty could not be computed, and why.
        """
        step = AssignLatePenalties(parent=self._nbgrader)
        step.init_plugin()
        failures: dict[str, str] = {}
        there, times = who_handed_in(self._course, lesson), timestamps(self._course, lesson)
        with open_gradebook(self._course) as gradebook:
            graded: list[Any] = gradebook.assignment_submissions(lesson)
            for submission in graded:
                student = submission.student_id
                if student in there:
                    self._set_time(submission, lesson, times.get(student))
                for notebook in submission.notebooks:
                    try:
                        penalty = _penalty(step.plugin_inst, submission, notebook)
                    except Exception as error:  # the plugin may be anybody's
                        failures[student] = f"The penalty for being late: {error!r}"
                        continue
                    if notebook.late_submission_penalty != penalty:
                        notebook.late_submission_penalty = penalty
                        page = self._course.notebook("feedback", lesson, student)
                        shutil.rmtree(page.parent, ignore_errors=True)
            gradebook.db.commit()
        return failures

    def _set_time(self, submission: Any, lesson: str, path: Path | None) -> None:
        """Let the gradebook have the time that this file says, and none that cannot be read."""
        autograded = self._course.notebook("autograded", lesson, submission.student_id).parent
        known = autograded / TIMESTAMP  # nbgrader's copy: where the time in the gradebook is from
        try:
            time = read_time(path, self._zone) if path else None
        except UnknownTime:
            submission.timestamp = None
            return
        if time is not None:
            submission.timestamp = parse_utc(time)
            if autograded.exists() and submission.timestamp != self._time_in(str(autograded)):
                known.unlink(missing_ok=True)
                known.write_text(nbgrader_form(time))
        elif submission.timestamp and submission.timestamp == self._time_in(str(autograded)):
            submission.timestamp = None  # the file that said it has been removed since
            known.unlink()

    def _time_in(self, folder: str) -> datetime | None:
        """The time of handing in as nbgrader keeps it: in UTC, and without saying so."""
        with contextlib.suppress(UnknownTime):  # the report says so
            time = read_time(Path(folder) / TIMESTAMP, self._zone)
            return parse_utc(time) if time else None
        return None


def _penalty(plugin: Any, submission: Any, notebook: Any) -> float | None:
    """What being late costs, as nbgrader's own step has it."""
    late = seconds_late(submission)
    penalty = (
        plugin.late_submission_penalty(submission.student_id, notebook.score, late)
        if late
        else None
    )
    return None if penalty is None else min(max(penalty, 0.0), notebook.score)


def seconds_late(submission: Any) -> float:
    """How long after the deadline, and what extension there is, a submission was handed in."""
    due = submission.assignment.duedate
    if submission.timestamp is None or due is None:
        return 0.0
    late = submission.timestamp - due - (submission.extension or timedelta())
    return max(0.0, late.total_seconds())


def _failure_key(submitted: Path, reason: str) -> str:
    digest = hashlib.sha256(reason.encode(errors="replace"))
    if submitted.is_file() and not submitted.is_symlink():
        with submitted.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


@contextlib.contextmanager
def _no_remarks() -> Iterator[None]:
    """nbgrader builds a submission's rows before it adds them; SQLAlchemy 2 remarks on each.

    And nbconvert looks at identifiers that are not there, or there twice, before they are put right.
    """
    with warnings.catch_warnings():
        for remark in (SAWarning, DuplicateCellId, MissingIDFieldWarning):
            warnings.simplefilter("ignore", remark)
        yield
