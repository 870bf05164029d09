"""nbgrader's converters, told exactly what to convert.

nbgrader looks for notebooks by patterns, in which brackets of a folder's name mean something else.
"""

from __future__ import annotations

from typing import Any

from nbgrader.apps import NbGraderAPI
from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.utils import capture_log, temp_attrs


class _OneNotebook:
    """A converter of the one notebook that belongs to a lesson and a student."""

    def init_notebooks(self: Any) -> None:
        lesson = self.coursedir.assignment_id
        folder = self._format_source(lesson, self.coursedir.student_id)
        self.notebooks, self.assignments = [], {folder: [f"{folder}/{lesson}.ipynb"]}


class AutogradeOne(_OneNotebook, Autograde):
    """nbgrader's Autograde for one submission."""


class FeedbackOne(_OneNotebook, GenerateFeedback):
    """nbgrader's Generate Feedback for one submission."""


def convert(
    nbgrader: NbGraderAPI, converter: type[AutogradeOne | FeedbackOne], lesson: str, student: str
) -> dict[str, Any]:
    """Convert a student's notebook, whether it was before or not.

    Returns:
        `success`, and where there is something to say `log` and `error`, a traceback.
    """
    with temp_attrs(nbgrader.coursedir, assignment_id=lesson, student_id=student):
        app = converter(coursedir=nbgrader.coursedir, parent=nbgrader)  # pyright: ignore[reportArgumentType]
        app.force = True
        return {"log": "", "error": "", **capture_log(app)}
