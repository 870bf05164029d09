"""Recording in batches leaves what nbgrader's own autograding leaves: every row, every file."""

from __future__ import annotations

import shutil

import nbformat
import pytest
import sqlalchemy
from nbgrader.api import Gradebook

from autograde.authoring.build import build
from autograde.grading import recorder as recording
from autograde.grading import reports, session
from autograde.grading.recorder import Recorder
from autograde.lesson import exercises, grade_id, read_lesson

LESSON = "00_start_here"
STUDENTS = (
    "right",
    "wrong",
    "half",
    "untouched",
    "unreadable",
    "late",
    "odd_time",
    "moved",
    "o'brien",
    "Zoë",
)


def hand_in(course, student, *, answers="right", **files):
    notebook = nbformat.read(course.notebook("release", LESSON), as_version=4)
    right = {e.name: e.solution.source for e in exercises(read_lesson(course.source(LESSON)))}
    for cell in notebook.cells:
        name = grade_id(cell)
        if name in right and (answers == "right" or (answers == "half" and name == "scale_pixels")):
            cell.source = right[name]
        elif name in right and answers == "wrong":
            cell.source = right[name].replace("return", "return 3 *")
    path = course.notebook("submitted", LESSON, student)
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    for file, text in files.items():
        path.with_name(file.replace("__", ".")).write_text(text)


def make_class(course):
    build(course, LESSON)
    for student in STUDENTS:
        answers = student if student in ("wrong", "half", "untouched") else "right"
        hand_in(course, student, answers=answers)
    course.notebook("submitted", LESSON, "unreadable").write_text("{")
    hand_in(course, "late", timestamp__txt="2026-03-02 10:00:00 UTC", my_helper__py="x = 1")
    hand_in(course, "odd_time", timestamp__txt="the other day")
    moved = course.notebook("submitted", LESSON, "moved")
    moved.rename(moved.parent.parent / moved.name)
    with Gradebook(course.gradebook_url) as gradebook:
        gradebook.update_or_create_assignment(LESSON, duedate="2026-03-01 12:00:00 UTC")


def mark_by_hand(course):
    """What a person may have done between two runs."""
    with Gradebook(course.gradebook_url) as gradebook:
        for student, score in (("wrong", 0.5), ("late", 1.0)):
            grade = gradebook.find_grade("test_scale_pixels", LESSON, LESSON, student)
            grade.manual_score, grade.extra_credit, grade.needs_manual_grade = score, 0.25, False
            gradebook.find_comment("scale_pixels", LESSON, LESSON, student).manual_comment = "Well."
        gradebook.db.commit()


def rows(course):
    """Every row of every table, with names in the place of identifiers, and without those of their own."""
    engine = sqlalchemy.create_engine(course.gradebook_url)
    tables = sqlalchemy.MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        found = {
            table.name: [dict(row._mapping) for row in connection.execute(sqlalchemy.select(table))]
            for table in tables.sorted_tables
        }
    names: dict[str, str] = {}
    cells = {row["id"]: row for row in found["base_cell"]}
    for kind in ("assignment", "notebook"):
        names |= {row["id"]: row["name"] for row in found[kind]}
    names |= {i: f"{row['type']} {row['name']}" for i, row in cells.items()}
    names |= {
        row["id"]: f"submission of {row['student_id']}" for row in found["submitted_assignment"]
    }
    for row in found["submitted_notebook"]:
        names[row["id"]] = f"notebook of the {names[row['assignment_id']]}"

    def named(row):
        return sorted((c, names.get(v, v)) for c, v in row.items() if c != "id" or v in names)

    return {table: sorted(map(repr, map(named, all_rows))) for table, all_rows in found.items()}


def files(course):
    folder = course.folder / "autograded"
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mode)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def grade(course, **options):
    recorder = Recorder(course)
    return session.grade(course, recorder, LESSON, workers=2, confined=False, **options)


def no_batches(self, lesson, judged):
    problems = {one.student: self.record(lesson, one.student) for one in judged}
    return {student: problem for student, problem in problems.items() if problem}


def test_batches_leave_what_nbgrader_leaves(two_courses, monkeypatch):
    one_by_one, in_batches = two_courses
    for change in (
        make_class,
        mark_by_hand,
        lambda course: hand_in(course, "half", answers="wrong"),
    ):
        change(one_by_one)
        change(in_batches)
        shutil.rmtree(in_batches.folder / ".results", ignore_errors=True)
        with monkeypatch.context() as patched:
            patched.setattr(recording.Recorder, "record_all", no_batches)
            said = grade(one_by_one, force=True)
        shutil.copytree(one_by_one.folder / ".results", in_batches.folder / ".results")
        with monkeypatch.context() as patched:
            patched.setattr(recording.Recorder, "record", None)  # no batch may fail
            assert grade(in_batches, force=True) == said
        expected, actual = rows(one_by_one), rows(in_batches)
        for table, its_rows in expected.items():
            assert actual[table] == its_rows, table
        expected, actual = files(one_by_one), files(in_batches)
        assert actual.keys() == expected.keys()
        for name, (content, mode) in expected.items():
            assert actual[name][0].decode() == content.decode(), name
            assert actual[name][1] == mode, name


def test_a_batch_that_fails_is_recorded_one_by_one(fresh_course, monkeypatch):
    build(fresh_course, LESSON)
    hand_in(fresh_course, "somebody")
    hand_in(fresh_course, "wrong", answers="wrong")

    def fail(*_):
        raise sqlalchemy.exc.OperationalError("", {}, Exception("the database is locked"))

    monkeypatch.setattr(recording, "write_rows", fail)
    assert grade(fresh_course) == {}
    points = {report.student: report.points for report in reports.reports(fresh_course, LESSON)}
    assert points["somebody"] > points["wrong"]


def test_settings_of_nbgraders_own_are_nbgraders_business(fresh_course, monkeypatch):
    build(fresh_course, LESSON)
    hand_in(fresh_course, "somebody")
    configuration = fresh_course.folder / "nbgrader_config.py"
    configuration.write_text(f"{configuration.read_text()}\nc.Autograde.permissions = 600\n")
    monkeypatch.setattr(recording, "write_rows", None)
    assert grade(fresh_course) == {}
    notebook = fresh_course.notebook("autograded", LESSON, "somebody")
    assert notebook.stat().st_mode & 0o777 == 0o600


@pytest.fixture
def two_courses(fresh_course, tmp_path):
    """Two courses with the same secret."""
    other = tmp_path / "other"
    shutil.copytree(fresh_course.root, other, symlinks=True)
    twin = type(fresh_course)(other)
    (twin.folder / ".secret").write_bytes(fresh_course.secret())
    return fresh_course, twin
