"""The gradebook's rows of many submissions in one transaction, as nbgrader writes them one by one.

nbgrader opens the gradebook nine times for a submission, asks whether its tables are there each time, and
commits after each cell. Here the same rows come of a few statements for a whole batch.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

import nbgrader.api
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.utils import compute_checksum, determine_grade, is_grade, is_solution, is_task
from sqlalchemy import bindparam, delete, insert, select, update

from autograde.grading.gradebook import RECORDED
from autograde.grading.record import for_a_person
from autograde.lesson import grade_id

#: nbgrader's tables, whose annotations say nothing of their columns.
_tables: Any = nbgrader.api
_log = logging.getLogger(__name__)


class Graded(NamedTuple):
    """A submission as it was graded."""

    student: str
    notebook: NotebookNode
    key: str  # what its grades were made from; see `record.cleaned`
    timestamp: datetime | None  # when it was handed in, in UTC and without saying so


def write_rows(gradebook: Gradebook, lesson: str, graded: list[Graded]) -> None:
    """Write the grades of these submissions, all of them or none.

    What a person has entered stays, and is marked to be looked at again, as nbgrader does it.

    Raises:
        SQLAlchemyError: the gradebook cannot be written.
    """
    db: Any = gradebook.db
    try:
        notebook = gradebook.find_notebook(lesson, lesson)
        ids = _submitted_notebooks(db, notebook, graded)
        for kind, table, values_of in (
            (_tables.GradeCell, _tables.Grade, _grades),
            (_tables.SolutionCell, _tables.Comment, _comments),
        ):
            cells = dict(
                db.execute(select(kind.name, kind.id).filter_by(notebook_id=notebook.id)).all()
            )
            _fill_in(
                db, table, cells, ids, {one.student: values_of(one.notebook) for one in graded}
            )
        students = [one.student for one in graded]
        of_lesson = RECORDED.c.lesson == lesson
        db.execute(delete(RECORDED).where(of_lesson, RECORDED.c.student.in_(students)))
        keys = [{"lesson": lesson, "student": one.student, "key": one.key} for one in graded]
        db.execute(insert(RECORDED), keys)
        db.commit()
    except BaseException:
        db.rollback()
        raise


def _submitted_notebooks(db: Any, notebook: Any, graded: list[Graded]) -> dict[str, str]:
    """The identifiers of the students' rows for a notebook, which are made where there are none."""
    names = [one.student for one in graded]
    student, submitted, of_notebook = (
        _tables.Student, _tables.SubmittedAssignment, _tables.SubmittedNotebook,
    )  # fmt: skip
    known = set(db.scalars(select(student.id).where(student.id.in_(names))))
    _insert(db, student, ({"id": name} for name in names if name not in known))
    mine = submitted.assignment_id == notebook.assignment_id
    there = dict(
        db.execute(
            select(submitted.student_id, submitted.id).where(mine, submitted.student_id.in_(names))
        ).all()
    )
    new = {name: _tables.new_uuid() for name in names if name not in there}
    place = {"assignment_id": notebook.assignment_id}
    _insert(db, submitted, ({"id": i, "student_id": name, **place} for name, i in new.items()))
    there |= new
    times = [
        {"this": there[one.student], "timestamp": one.timestamp}
        for one in graded
        if one.timestamp is not None
    ]
    _update(db, submitted, times)
    mine = of_notebook.notebook_id == notebook.id
    rows = select(of_notebook.assignment_id, of_notebook.id)
    ids = dict(db.execute(rows.where(mine, of_notebook.assignment_id.in_(there.values()))).all())
    missing = {i: _tables.new_uuid() for i in there.values() if i not in ids}
    place = {"notebook_id": notebook.id}
    _insert(
        db, of_notebook, ({"id": new, "assignment_id": i, **place} for i, new in missing.items())
    )
    ids |= missing
    return {name: ids[i] for name, i in there.items()}


def _fill_in(
    db: Any,
    table: Any,
    cells: dict[str, str],
    ids: dict[str, str],
    wanted: dict[str, dict[str, dict[str, Any]]],
) -> None:
    """Update the rows of some cells, and make those that are not there.

    Args:
        db: the session.
        table: of grades or of comments.
        cells: identifiers by the cells' names.
        ids: of the submitted notebooks, by student.
        wanted: columns by student and cell.
    """
    columns = [table.id, table.notebook_id, table.cell_id]
    columns += [table.manual_score] if table is _tables.Grade else []
    rows = db.execute(select(*columns).where(table.notebook_id.in_(ids.values())))
    there = {(row.notebook_id, row.cell_id): row for row in rows}
    new, changed = [], []
    for student, by_cell in wanted.items():
        for name, cell_id in cells.items():
            values = by_cell[name]
            if (row := there.get((ids[student], cell_id))) is None:
                new.append({"cell_id": cell_id, "notebook_id": ids[student], **values})
                continue
            if "needs_manual_grade" in values and row.manual_score is not None:
                values = {**values, "needs_manual_grade": True}
            changed.append({"this": row.id, **values})
    _insert(db, table, new)
    _update(db, table, changed)


def _grades(notebook: NotebookNode) -> dict[str, dict[str, Any]]:
    """The columns of grades, by cell, from a graded notebook."""
    found = {}
    for cell in notebook.cells:
        if is_grade(cell):
            score, _ = determine_grade(cell, _log)
            asked = bool(for_a_person(cell))
            found[grade_id(cell)] = {
                "auto_score": score,
                "needs_manual_grade": score is None or asked,
            }
    return found


def _comments(notebook: NotebookNode) -> dict[str, dict[str, Any]]:
    """The columns of comments, by cell, from a graded notebook."""
    found: dict[str, dict[str, Any]] = {}
    for cell in notebook.cells:
        if is_solution(cell):
            untouched = cell.metadata.nbgrader.get("checksum") == compute_checksum(cell)
            found[grade_id(cell) or ""] = {
                "auto_comment": "No response." if untouched and not is_task(cell) else None
            }
    for cell in notebook.cells:
        if is_grade(cell) and (reasons := for_a_person(cell)):
            name = (grade_id(cell) or "").removeprefix("test_")
            found[name] = {"auto_comment": "\n".join(reasons)}
    return found


def _insert(db: Any, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    if rows := list(rows):
        db.execute(insert(table.__table__), rows)


def _update(db: Any, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        names = [name for name in rows[0] if name != "this"]
        columns = {name: bindparam(name) for name in names}
        statement = (
            update(table.__table__).where(table.__table__.c.id == bindparam("this")).values(columns)
        )
        db.execute(statement, rows)
