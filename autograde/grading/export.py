"""Grades as a table that a spreadsheet can open without running anything in it."""

from __future__ import annotations

import csv
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import ExportPlugin

from autograde.grading.text import without_surrogates

#: The columns of nbgrader's own export.
COLUMNS: tuple[str, ...] = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email", "raw_score",
    "late_submission_penalty", "score", "max_score",
)  # fmt: skip
#: How a formula begins, in one spreadsheet or another.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


class SafeCsvExport(ExportPlugin):
    """nbgrader's export, with names as text."""

    def export(self, gradebook: Gradebook) -> None:
        """Write the grades to `self.to`, or to `grades.csv`."""
        with open(self.to or "grades.csv", "w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, COLUMNS)
            table.writeheader()
            for assignment in gradebook.assignments:
                if self.assignment and str(assignment.name) not in map(str, self.assignment):
                    continue
                for student in gradebook.students:
                    if not self.student or str(student.id) in map(str, self.student):
                        row = _row(gradebook, assignment, student)
                        table.writerow({name: _as_text(value) for name, value in row.items()})


def _row(gradebook: Gradebook, assignment: Any, student: Any) -> dict[str, Any]:
    """A student's line for an assignment; who has handed in nothing has no points."""
    row = {
        "assignment": assignment.name,
        "duedate": assignment.duedate,
        "student_id": student.id,
        "last_name": student.last_name,
        "first_name": student.first_name,
        "email": student.email,
        "max_score": assignment.max_score,
    }
    try:
        submission: Any = gradebook.find_submission(assignment.name, student.id)
    except MissingEntry:
        return {**row, "raw_score": 0.0, "late_submission_penalty": 0.0, "score": 0.0}
    penalty = submission.late_submission_penalty
    return {
        **row,
        "timestamp": submission.timestamp,
        "raw_score": submission.score,
        "late_submission_penalty": penalty,
        "score": max(0.0, submission.score - (penalty or 0.0)),
    }


def _as_text(value: Any) -> Any:
    """A text that a spreadsheet takes for one; numbers and times are what they are."""
    if not isinstance(value, str):
        return value
    text = without_surrogates(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
