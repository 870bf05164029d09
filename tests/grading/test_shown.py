"""What a submission, or a folder's name, says reaches no page, terminal or table as anything but text."""

from __future__ import annotations

import csv
import json
import os
import shutil

import nbformat
import pytest
from course_copy import copy_course
from nbformat.v4 import new_code_cell, new_output
from nbgrader.api import Gradebook
from test_cli import LESSON, hand_in, run

from autograde.authoring.build import build
from autograde.course import CourseError
from autograde.grading import pages, record, reports
from autograde.grading.feedback import feedback_page
from autograde.lesson import grade_id

SCRIPT = "<script>window.__ran = 1</script>"


@pytest.fixture
def course(tmp_path):
    course = copy_course(tmp_path / "course_copy")
    build(course, LESSON)
    return course


def answer(text):
    def change(notebook):
        for cell in notebook.cells:
            if grade_id(cell) == "scale_pixels":
                cell.source = text

    return change


def record_by_nbgrader(course, student="eve"):
    """Record what lies in `submitted/` as formgrader's button does; whether that went well."""
    return course.nbgrader().autograde(LESSON, student)["success"]


def record_one(course, student="eve", beside=lambda folder: None, change=lambda notebook: None):
    """Hand in, record, and make the page; return the folders of both."""
    hand_in(course, student, change)
    beside(course.notebook("submitted", LESSON, student).parent)
    assert record_by_nbgrader(course, student)
    feedback_page(course, LESSON, student)
    return [course.notebook(step, LESSON, student).parent for step in ("autograded", "feedback")]


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_only_the_lessons_own_files_are_copied(course):
    (course.sources / LESSON / "table.csv").write_text("the lesson's")
    build(course, LESSON)

    def beside(folder):
        for name in ("page.html", "table.csv", "figures/x.svg", "nbgrader_config.py", ".x/.y"):
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(SCRIPT)
        (folder / "timestamp.txt").write_text("2026-01-01 12:00:00 UTC")
        shutil.copy(folder / f"{LESSON}.ipynb", folder / "second.ipynb")

    autograded, feedback = record_one(course, beside=beside)
    assert files(autograded) == [
        f"{LESSON}.ipynb",
        "error_clinic.md",
        "table.csv",
        "timestamp.txt",
    ]
    assert files(feedback) == [
        f"{LESSON}.html",
        "error_clinic.md",
        "table.csv",
        "timestamp.txt",
    ]
    assert (autograded / "table.csv").read_text() == "the lesson's"
    submitted = course.notebook("submitted", LESSON, "eve").parent
    assert (submitted / "page.html").read_text() == SCRIPT  # what was handed in stays


def test_a_link_with_any_target_is_gone_before_anything_is_copied(course):
    def beside(folder):
        os.symlink(b"\xff", os.fsencode(folder / "a"))
        for name in ("b", "z/b", "table.csv"):
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).symlink_to(course.folder / "gradebook.db")
        (folder / "z" / "c").symlink_to(course.folder)
        os.mkfifo(folder / "z" / "pipe")

    for folder in record_one(course, beside=beside):
        assert [name.partition(".")[0] for name in files(folder)] == [LESSON, "error_clinic"]
    submitted = course.notebook("submitted", LESSON, "eve").parent
    assert not any(path.is_symlink() or path.is_fifo() for path in submitted.rglob("*"))
    assert "was a link to" in (submitted / "a").read_text()


def test_nothing_is_copied_where_a_link_cannot_be_removed(course, monkeypatch):
    hand_in(course, "eve")
    folder = course.notebook("submitted", LESSON, "eve").parent
    (folder / "x").symlink_to(course.folder / "gradebook.db")

    def fail(self, *_, **__):
        raise OSError("read-only")

    monkeypatch.setattr(record.Path, "unlink", fail)
    assert not record_by_nbgrader(course)
    assert not (course.folder / "autograded" / "eve").exists() or not files(
        course.folder / "autograded" / "eve" / LESSON
    )


def test_comments_of_the_grader_are_text_in_the_page(course):
    hand_in(course, "eve")
    name = f'{SCRIPT} [x](page.html) <img src=x onerror="x"> $\\href{{x}}{{y}}$'
    assert record_by_nbgrader(course)
    with Gradebook(course.gradebook_url) as gradebook:
        comment = gradebook.find_comment("scale_pixels", LESSON, LESSON, "eve")
        comment.auto_comment = name
        gradebook.db.commit()
    page = feedback_page(course, LESSON, "eve").read_text()
    assert "window.__ran" in page
    assert SCRIPT not in page
    assert "<img src=x" not in page
    assert 'href="page.html"' not in page
    with Gradebook(course.gradebook_url) as gradebook:
        comment = gradebook.find_comment("scale_pixels", LESSON, LESSON, "eve")
        comment.manual_comment = "**Well** done"  # an instructor's is Markdown, as it was
        gradebook.db.commit()
    assert "<strong>Well</strong>" in feedback_page(course, LESSON, "eve").read_text()


def test_only_pages_that_have_changed_are_written_again(course):
    hand_in(course, "eve", answer("1 / 0"))
    assert record_by_nbgrader(course)
    page = feedback_page(course, LESSON, "eve")
    page.chmod(0o644)
    written = page.stat().st_mtime_ns
    assert feedback_page(course, LESSON, "eve").stat().st_mtime_ns == written
    with Gradebook(course.gradebook_url) as gradebook:
        gradebook.find_comment("scale_pixels", LESSON, LESSON, "eve").manual_comment = "Look again."
        gradebook.db.commit()
    assert "Look again." in feedback_page(course, LESSON, "eve").read_text()
    page.chmod(0o644)
    page.write_text("something else")
    assert "Look again." in feedback_page(course, LESSON, "eve").read_text()


def test_a_page_that_cannot_be_rendered_becomes_a_plain_one_and_is_named(course, monkeypatch):
    hand_in(course, "eve", answer(f"raise ValueError({SCRIPT!r})"))
    assert record_by_nbgrader(course)
    graded = course.notebook("autograded", LESSON, "eve")
    notebook = nbformat.read(graded, as_version=4)
    colourful = new_output("stream", text="\x1b[31mr\x1b[32mg" * 2_000_000)
    notebook.cells.append(new_code_cell("", outputs=[colourful]))
    nbformat.write(notebook, graded)
    monkeypatch.setattr(pages, "RENDERING_TIME", 1)
    with pytest.raises(CourseError, match=r"eve on .* shows points and messages only"):
        feedback_page(course, LESSON, "eve")
    page = course.notebook("feedback", LESSON, "eve").with_suffix(".html").read_text()
    assert "scale_pixels" in page
    assert "0 / 1" in page
    assert "<script" not in page


def test_brackets_and_controls_in_errors_and_names_end_no_table(course):
    student = "eve [b"
    hand_in(course, student, answer("class E(Exception): pass\nraise E('[/x] \\x1b[2J \\u202e')"))
    hand_in(course, "bracket [red", lambda notebook: notebook.update(cells=[None]))
    hand_in(course, "honest", answer("def scale_pixels(images):\n    return images / 255\n"))
    done = run(course, "grade", LESSON, "--unsafe")
    assert "Traceback" not in done.stderr
    for name in (student, "bracket [red", "honest"):
        assert name in done.stdout
    assert "\x1b[2J" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "name",
    [
        b"\xff\xfe",
        *(
            pytest.param(n, marks=pytest.mark.long)
            for n in (b"a\x1b[2Jb", b"<b>x", b'"x', b"new\nline")
        ),
    ],
)
def test_a_folder_whose_name_is_no_name_stops_nobody(course, name):
    hand_in(course, "honest")
    hand_in(course, os.fsdecode(name))
    done = run(course, "grade", LESSON, "--unsafe", "--json")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "rename it to the student's name" in done.stderr
    assert "\x1b[2J" not in done.stderr
    grades = json.loads(done.stdout)[LESSON]
    assert grades.keys() == {"honest"}
    assert not grades["honest"]["problem"]


def test_the_exported_table_holds_no_formula_and_each_name_in_one_cell(course):
    with Gradebook(course.gradebook_url) as gradebook:
        for i, name in enumerate(("=1+1", "+x", "-x", "@x", "\tx", "\rx", "＝x")):
            gradebook.update_or_create_student(f"s{i}", last_name=name, first_name='a, "b"')
        gradebook.update_or_create_student("=cmd|x", email="a\nb")
    done = run(course, "export")
    assert done.returncode == 0, done.stderr
    with (course.folder / "grades.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 8
    for row in rows:
        assert None not in row
        assert row["last_name"][:1] in ("'", "")
        assert float(row["score"]) == 0
    assert {row["student_id"] for row in rows if "cmd" in row["student_id"]} == {"'=cmd|x"}
    assert rows[0]["first_name"] in ('a, "b"', "")


def test_a_lone_surrogate_in_an_output_costs_nothing(course):
    source = (
        "print('\\ud800')\ndef scale_pixels(images):\n    return (images / 255).astype('float32')\n"
    )
    autograded, _ = record_one(course, change=answer(source))
    report = next(r for r in reports.reports(course, LESSON) if r.student == "eve")
    assert report.grades["scale_pixels"] == (1, "")
    assert "\ufffd" in (autograded / f"{LESSON}.ipynb").read_text()


def test_outputs_without_end_cost_neither_points_nor_time(course):
    source = (
        "from IPython.display import HTML, display\n"
        "for i in range(3000):\n    display({'text/plain': '&' * 1000}, raw=True)\n"
        "display(HTML('<b>&' * 1_000_000))\n"
        "def scale_pixels(images):\n    return (images / 255).astype('float32')\n"
    )
    autograded, _ = record_one(course, change=answer(source))
    report = next(r for r in reports.reports(course, LESSON) if r.student == "eve")
    assert report.grades["scale_pixels"] == (1, "")
    notebook = nbformat.read(autograded / f"{LESSON}.ipynb", as_version=4)
    assert max(len(cell.get("outputs", [])) for cell in notebook.cells) < 250
