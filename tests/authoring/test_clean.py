"""Undoing: what the commands made goes, and whatever somebody may have worked on stays and is named."""

from __future__ import annotations

import datetime
import shutil

import pytest
from course_copy import copy_course
from nbgrader.api import Gradebook

from autograde.authoring import demo
from autograde.authoring.build import build
from autograde.authoring.clean import clean
from autograde.authoring.demo import LESSON, STUDENTS
from autograde.course import Course

ADA = STUDENTS[0]


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    """A course with two lessons built, and the sample class's work handed in."""
    course = copy_course(tmp_path_factory.mktemp("clean") / "course_copy")
    build(course, "00_start_here")
    demo.hand_in(course)
    return course


@pytest.fixture
def course(handed_in, tmp_path):
    """A copy of its own for each test; nothing in it says where it is."""
    shutil.copytree(handed_in.root, tmp_path / "copy")
    return Course(tmp_path / "copy")


def left(course):
    """The files that are still there."""
    return {str(p.relative_to(course.folder)) for p in course.folder.rglob("*") if p.is_file()}


def own_gradebook(course):
    return Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}")


def test_what_nobody_touched_goes_altogether(course):
    with demo.remembered(course):
        for step, suffix in (("autograded", ".ipynb"), ("feedback", ".html")):
            page = course.notebook(step, LESSON, ADA).with_suffix(suffix)
            page.parent.mkdir(parents=True)
            page.write_text("made by a command")
        (course.folder / "grades.csv").write_text("made by a command")
    assert clean(course) == []
    assert left(course) == {"nbgrader_config.py"}


def test_the_gradebook_that_is_deleted_is_the_one_that_was_looked_into(course, tmp_path):
    with own_gradebook(course) as gradebook:
        gradebook.add_student("maria")
    elsewhere = Course(course.root, f"sqlite:///{tmp_path}/elsewhere.db")
    kept = clean(elsewhere)
    assert any("gradebook.db: it holds students: maria" in line for line in kept)
    with own_gradebook(course) as gradebook:
        assert [student.id for student in gradebook.students] == ["maria"]


def test_the_class_is_taken_out_of_another_gradebook_whose_file_stays(course, tmp_path):
    elsewhere = Course(course.root, f"sqlite:///{tmp_path}/elsewhere.db")
    with Gradebook(elsewhere.gradebook_url) as gradebook:
        for student in (ADA, "maria"):
            gradebook.add_student(student)
    assert clean(elsewhere) == []
    with Gradebook(elsewhere.gradebook_url) as gradebook:
        assert [student.id for student in gradebook.students] == ["maria"]


@pytest.mark.parametrize(
    "name",
    [
        f"submitted/{ADA}/notes.txt",
        f"submitted/{ADA}/00_start_here/00_start_here.ipynb",
        f"submitted/{ADA}/{LESSON}/{LESSON}.ipynb",
        f"autograded/{ADA}/{LESSON}/{LESSON}.ipynb",
        f"feedback/{ADA}/{LESSON}/remarks.html",
        f"source/{LESSON}/{LESSON}.ipynb",
        f"source/{LESSON}/draft.ipynb",
        f"release/{LESSON}/{LESSON}.ipynb",
        "release/99_mine/99_mine.ipynb",
        "submitted/maria/00_start_here/00_start_here.ipynb",
        "logs/diary.txt",
        "student/00_start_here/00_start_here.ipynb",
        "grades.csv",
    ],
)
def test_what_somebody_wrote_stays_and_is_named(course, name):
    path = course.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("an afternoon's work")
    kept = "\n".join(clean(course))
    assert path.read_text() == "an afternoon's work"
    assert name in kept or name.split("/")[0] in kept
    if ADA not in name:
        assert not (course.folder / "submitted" / ADA).exists()


def mark(gradebook):
    gradebook.find_grade("test_sigmoid", LESSON, LESSON, ADA).manual_score = 1.0


def comment(gradebook):
    gradebook.find_comment("sigmoid", LESSON, LESSON, ADA).manual_comment = "Well done."


def other_lesson(gradebook):
    gradebook.update_or_create_submission("00_start_here", ADA)


def deadline(gradebook):
    gradebook.find_assignment(LESSON).duedate = datetime.datetime(2026, 3, 1)


def own_assignment(gradebook):
    gradebook.add_assignment("midterm")


@pytest.mark.parametrize(
    ("work", "named"),
    [
        (mark, "points of 01_activations were given by hand"),
        (comment, "a comment on 01_activations was written by hand"),
        (other_lesson, "00_start_here was graded"),
        (deadline, "a deadline for 01_activations"),
        (own_assignment, "the assignment midterm"),
    ],
)
def test_work_in_the_gradebook_stays_and_is_named(course, work, named):
    with own_gradebook(course) as gradebook:
        gradebook.update_or_create_submission(LESSON, ADA)
        work(gradebook)
        gradebook.db.commit()
    assert named in "\n".join(clean(course))
    assert (course.folder / "gradebook.db").exists()


def test_a_gradebook_that_cannot_be_read_stays_with_the_class(course):
    (course.folder / "gradebook.db").write_text("of another program")
    assert "could not be read" in clean(course)[0]
    assert (course.folder / "gradebook.db").read_text() == "of another program"
    assert course.notebook("submitted", LESSON, ADA).exists()


def test_what_a_sample_student_wrote_is_not_handed_in_over(course):
    path = course.notebook("submitted", LESSON, ADA)
    path.write_text("changed by hand")
    source = course.source(LESSON)
    source.write_text(
        source.read_text().replace("# ## Summary", "# ## Summary\n#\n# One more line.")
    )
    demo.hand_in(course)
    assert path.read_text() == "changed by hand"
