"""nbgrader's gradebook, opened and changed where nbgrader itself would refuse or forget.

Beside nbgrader's tables stand two of the course's own, in the same database: the grades of exercises that
a lesson no longer has, and what each grade was made from.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

import nbgrader.api
import sqlalchemy
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.utils import compute_checksum, is_grade, is_locked, is_solution
from sqlalchemy import JSON, Column, MetaData, String, Table, delete, func, insert, select
from sqlalchemy.exc import SQLAlchemyError

from autograde.course import Course, CourseError
from autograde.lesson import grade_id

#: nbgrader's tables, whose annotations say nothing of their columns.
_tables: Any = nbgrader.api
_OWN = MetaData()
#: Grades and comments of exercises that were taken out of a lesson. Here no total of nbgrader's counts them.
REMOVED = Table(
    "autograde_removed",
    _OWN,
    Column("lesson", String(128), primary_key=True),
    Column("cell", String(128), primary_key=True),
    Column("kind", String(50), primary_key=True),
    Column("student", String(128), primary_key=True),
    Column("row", JSON, nullable=False),
)
#: What a student's grades were made from; see `grading.plan`.
RECORDED = Table(
    "autograde_recorded",
    _OWN,
    Column("lesson", String(128), primary_key=True),
    Column("student", String(128), primary_key=True),
    Column("key", String(64), nullable=False),
)
#: For each kind of cell, the rows that a submission has of it, and what is kept of them.
_ROWS: dict[Any, tuple[Any, tuple[str, ...]]] = {
    _tables.GradeCell: (
        _tables.Grade,
        ("auto_score", "manual_score", "extra_credit", "needs_manual_grade"),
    ),
    _tables.SolutionCell: (_tables.Comment, ("auto_comment", "manual_comment")),
}


class Changes(NamedTuple):
    """What became of a lesson's exercises in the gradebook, by name."""

    added: list[str]
    removed: list[str]
    back: list[str]  # added again, with the grades of then
    points: list[str]  # "softmax 1 → 2"

    def __str__(self) -> str:
        """The changes in words; nothing where there are none."""
        parts = [
            f"added {', '.join(self.added)}" if self.added else "",
            f"put back {', '.join(self.back)} (with the grades it had)" if self.back else "",
            f"removed {', '.join(self.removed)} (its grades are kept, they no longer count)"
            if self.removed
            else "",
            f"points changed: {', '.join(self.points)}" if self.points else "",
        ]
        return "; ".join(filter(None, parts))


@contextmanager
def open_gradebook(course: Course) -> Iterator[Gradebook]:
    """Open the course's gradebook, with the course's own tables in it.

    Raises:
        CourseError: it cannot be reached or used.
    """
    url = course.gradebook_url
    try:
        with Gradebook(url, course.nbgrader().coursedir.course_id) as gradebook:  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]
            _OWN.create_all(gradebook.engine)
            if missing := _missing_columns(gradebook.engine):
                raise CourseError(
                    f"{_shown(url)} is of an older nbgrader: it has no {', '.join(missing)}. "
                    "Copy it, then run `nbgrader db upgrade` in course/."
                )
            yield gradebook
    except (SQLAlchemyError, ImportError) as error:  # a driver that is not installed, too
        raise CourseError(_explain(url, error)) from error


def _explain(url: str, error: Exception) -> str:
    reason = str(getattr(error, "orig", None) or error).splitlines()[0].rstrip(".")
    return (
        f"{_shown(url)} cannot be used: {reason}. "
        "Check the address, and whether the database can be reached."
    )


def _shown(url: str) -> str:
    try:
        return f"The gradebook {sqlalchemy.make_url(url).render_as_string(hide_password=True)}"
    except SQLAlchemyError:  # it may hold a password all the same
        return "The gradebook named by --db or AUTOGRADE_DB"


def _missing_columns(engine: sqlalchemy.Engine) -> list[str]:
    """What this nbgrader keeps and the gradebook has no place for."""
    there = sqlalchemy.inspect(engine).get_multi_columns()
    names = {table: {column["name"] for column in columns} for (_, table), columns in there.items()}
    return [
        f"{table.name}.{column.name}"
        for table in _tables.Base.metadata.sorted_tables
        for column in table.columns
        if column.name not in names.get(table.name, ())
    ]


def register(gradebook: Gradebook, lesson: str, release: NotebookNode) -> Changes:
    """Bring a lesson's cells in the gradebook up to date with its release, all or nothing.

    nbgrader refuses this once there are submissions. Here each of them gets an ungraded row for what is
    new or was lost; rows of what is gone are put away, and come back with it.
    """
    session = gradebook.db
    try:
        assignment = session.query(_tables.Assignment).filter_by(name=lesson).one_or_none()
        if assignment is None:
            assignment = _tables.Assignment(lesson, course_id=gradebook.course_id)
            session.add(assignment)
        of_lesson = {"name": lesson, "assignment": assignment}
        session.flush()
        notebook = session.query(_tables.Notebook).filter_by(**of_lesson).one_or_none()
        known = notebook is not None
        if notebook is None:
            notebook = _tables.Notebook(**of_lesson)
            session.add(notebook)
            session.flush()
        whole = {submission.assignment_id for submission in notebook.submissions}
        for submission in assignment.submissions:
            if submission.id not in whole:
                session.add(_tables.SubmittedNotebook(notebook=notebook, assignment=submission))
        _set(notebook, kernelspec=json.dumps(release.metadata.get("kernelspec", {})))
        session.flush()
        changes = _register_cells(session, lesson, notebook, release)
        session.commit()
    except BaseException:
        session.rollback()
        raise
    return changes if known else Changes([], [], [], [])


def _register_cells(session: Any, lesson: str, notebook: Any, release: NotebookNode) -> Changes:
    wanted: dict[Any, dict[str, dict[str, Any]]] = {
        _tables.GradeCell: {},
        _tables.SolutionCell: {},
        _tables.SourceCell: {},
    }
    for cell in release.cells:
        if not (name := grade_id(cell)):
            continue
        if is_grade(cell):
            points = float(cell.metadata.nbgrader.points)
            wanted[_tables.GradeCell][name] = {"max_score": points, "cell_type": cell.cell_type}
        if is_solution(cell):
            wanted[_tables.SolutionCell][name] = {}
        wanted[_tables.SourceCell][name] = {
            "cell_type": cell.cell_type,
            "locked": is_locked(cell),
            "source": cell.source,
            "checksum": compute_checksum(cell),
        }
    added: set[str] = set()
    removed: set[str] = set()
    back: set[str] = set()
    points_changed: list[str] = []
    for kind, cells in wanted.items():
        there = {cell.name: cell for cell in session.query(kind).filter_by(notebook=notebook)}
        for name in there.keys() - cells:
            if kind in _ROWS:
                _put_away(session, lesson, there[name])
                removed.add(_exercise(name))
            session.delete(there[name])
        session.flush()
        for name, values in cells.items():
            if name in there:
                if kind is _tables.GradeCell and there[name].max_score != values["max_score"]:
                    change = f"{there[name].max_score:g} → {values['max_score']:g}"
                    points_changed.append(f"{_exercise(name)} {change}")
                _set(cell := there[name], **values)
            else:
                cell = kind(name=name, notebook=notebook, **values)
                session.add(cell)
                session.flush()
            if kind in _ROWS:
                had_rows = _add_rows(session, lesson, cell)
                if name not in there:
                    (back if had_rows else added).add(_exercise(name))
    both = removed & (added | back)  # a text became code, or the other way round
    return Changes(
        sorted(added - back - both), sorted(removed - both), sorted(back - both), points_changed
    )


def _set(row: Any, **values: Any) -> None:
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def _exercise(cell: str) -> str:
    return cell.removeprefix("test_")


def _put_away(session: Any, lesson: str, cell: Any) -> None:
    """Move all submissions' rows of a cell out of nbgrader's tables."""
    table, names = _ROWS[type(cell)]
    for row in session.query(table).filter_by(cell_id=cell.id).all():
        place = {
            "lesson": lesson,
            "cell": cell.name,
            "kind": type(cell).__name__,
            "student": row.notebook.assignment.student_id,
        }
        session.execute(delete(REMOVED).filter_by(**place))
        kept = {name: getattr(row, name) for name in names}
        session.execute(insert(REMOVED).values(**place, row=kept))
        session.delete(row)
    session.flush()


def _add_rows(session: Any, lesson: str, cell: Any) -> bool:
    """Give each submission a row of a cell where it has none; return whether some had been put away.

    What has a new row is to be recorded again.
    """
    table, _ = _ROWS[type(cell)]
    place = {"lesson": lesson, "cell": cell.name, "kind": type(cell).__name__}
    kept = dict(session.execute(select(REMOVED.c.student, REMOVED.c.row).filter_by(**place)).all())
    there = {row.notebook_id for row in session.query(table).filter_by(cell_id=cell.id)}
    for submission in cell.notebook.submissions:
        if submission.id not in there:
            student = submission.assignment.student_id
            row = kept.get(student, {})
            session.add(table(cell_id=cell.id, notebook_id=submission.id, **row))
            session.execute(delete(REMOVED).filter_by(**place, student=student))
            session.execute(delete(RECORDED).filter_by(lesson=lesson, student=student))
    return bool(kept)


def remember(gradebook: Gradebook, lesson: str, student: str, key: str) -> None:
    """Note what a student's grades were made from, once all of them are there."""
    _OWN.create_all(gradebook.engine)  # nbgrader's commands open a gradebook without them
    place = {"lesson": lesson, "student": student}
    gradebook.db.execute(delete(RECORDED).filter_by(**place))
    gradebook.db.execute(insert(RECORDED).values(**place, key=key))
    gradebook.db.commit()


def recorded(gradebook: Gradebook, lesson: str) -> dict[str, str]:
    """What grades were made from, for each student whose grades in this gradebook are all there."""
    try:
        notebook = gradebook.find_notebook(lesson, lesson)
    except MissingEntry:
        return {}
    whole: set[str] | None = None
    for kind, (table, _) in _ROWS.items():
        cells = gradebook.db.query(kind).filter_by(notebook_id=notebook.id).count()
        rows = (
            select(_tables.SubmittedAssignment.student_id)
            .join(
                _tables.SubmittedNotebook,
                _tables.SubmittedNotebook.assignment_id == _tables.SubmittedAssignment.id,
            )
            .join(table, table.notebook_id == _tables.SubmittedNotebook.id)
            .where(_tables.SubmittedNotebook.notebook_id == notebook.id)
            .group_by(_tables.SubmittedAssignment.student_id)
            .having(func.count() == cells)
        )
        students = set(gradebook.db.execute(rows).scalars())
        whole = students if whole is None else whole & students
    keys = gradebook.db.execute(select(RECORDED.c.student, RECORDED.c.key).filter_by(lesson=lesson))
    return {student: key for student, key in keys if student in (whole or ())}


def students_of(gradebook: Gradebook, lesson: str) -> Iterable[str]:
    """Everyone who has grades for a lesson."""
    return sorted(
        gradebook.db.execute(
            select(_tables.SubmittedAssignment.student_id)
            .join(
                _tables.Assignment,
                _tables.Assignment.id == _tables.SubmittedAssignment.assignment_id,
            )
            .where(_tables.Assignment.name == lesson)
        ).scalars()
    )


def waiting_for_a_person(gradebook: Gradebook, lesson: str) -> set[str]:
    """Everyone of whose grades for a lesson a person must give or look at one."""
    submissions: list[Any] = gradebook.assignment_submissions(lesson)
    return {s.student_id for s in submissions if s.needs_manual_grade}


def deadline(gradebook: Gradebook, lesson: str) -> datetime | None:
    """When a lesson must be handed in, in UTC; None where nobody has said so."""
    return gradebook.db.query(_tables.Assignment.duedate).filter_by(name=lesson).scalar()
