"""Right answers in ordinary mess: full points, or a person asked by name and reason."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import mess
import nbformat
import pytest
from course_copy import copy_course
from nbgrader.api import Gradebook

from autograde.authoring.build import build
from autograde.course import Course
from autograde.lesson import exercises, grade_id
from autograde.sandbox.confine import missing_protections

pytestmark = pytest.mark.skipif(
    bool(list(missing_protections())), reason="this machine has no sandbox; see `autograde doctor`"
)
STRAYS = ("__MACOSX", ".ipynb_checkpoints", mess.LESSON, "notes.txt", "class.zip")


def make_class(folder: Path, names: Iterable[str] = tuple(mess.MESSES)) -> Course:
    """A course with one lesson built, and a class of these that has handed it in."""
    course = copy_course(folder / "course_copy")
    curriculum = course.sources / "curriculum.toml"
    heading = f"[{mess.LESSON}]\n"
    text = curriculum.read_text()
    curriculum.write_text(text.replace(heading, f"{heading}time_limit = 3\n"))
    build(course, mess.LESSON)
    source = nbformat.read(course.notebook("source", mess.LESSON), as_version=4)
    answers = {exercise.name: exercise.solution.source for exercise in exercises(source)}
    mess.RELEASE.update(nbformat.read(course.notebook("release", mess.LESSON), as_version=4))
    submitted = course.folder / "submitted"
    for name in names:
        notebook = nbformat.read(course.notebook("release", mess.LESSON), as_version=4)
        for cell in notebook.cells:
            cell.source = answers.get(grade_id(cell) or "", cell.source)
        mine = submitted / mess.FOLDERS.get(name, name)
        mine.mkdir(parents=True)
        mess.MESSES[name](notebook, mine)
    for name in STRAYS:
        if "." in name[1:]:
            (submitted / name).write_text("?")
        else:
            mess.write(notebook, submitted / name)
    return course


def run(course: Course, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "autograde", "--root", str(course.root), *words]
    environment = {name: value for name, value in os.environ.items() if name != "AUTOGRADE_DB"}
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, encoding="utf-8"
    )


@contextlib.contextmanager
def busy(number: int) -> Iterator[None]:
    """Processes that spin, beside what is tested."""
    spinning = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(number)]
    try:
        yield
    finally:
        for process in spinning:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The class, what `autograde grade` printed, and its grades."""
    return grade(make_class(tmp_path_factory.mktemp("mess")))


def grade(course):
    done = run(course, "grade", mess.LESSON, "--json")
    assert "Traceback" not in done.stderr, done.stderr
    return course, done, json.loads(done.stdout)[mess.LESSON]


@pytest.mark.parametrize("name", mess.MESSES)
def test_every_right_answer_gets_its_points_or_a_person(graded, name):
    course, _, grades = graded
    check(course, grades, name)


@pytest.mark.long
def test_a_machine_at_load_15_gives_the_same_grades(tmp_path):
    """To a sample of the class."""
    names = [*mess.MESSES][::4]
    course = make_class(tmp_path, names)
    with busy(15):
        _, _, grades = grade(course)
    for name in names:
        check(course, grades, name)


def check(course, grades, name):
    """Whether a student got full points, or a person is asked with the right reason."""
    student = mess.FOLDERS.get(name, name).strip()
    report = grades[student]
    of = sum(spec.points for spec in course.curriculum()[mess.LESSON].exercises)
    with Gradebook(course.gradebook_url) as gradebook:
        submission = gradebook.find_submission(mess.LESSON, student)
        asked, points = submission.needs_manual_grade, submission.score
    assert points == report["points"]
    if name in mess.ASKS:
        assert asked
        assert report["points"] < of
        assert mess.ASKS[name] in json.dumps(report, ensure_ascii=False)
    else:
        assert (points, asked) == (of, False), report


def test_nobody_else_becomes_a_student(graded):
    course, done, grades = graded
    assert set(grades) == {mess.FOLDERS.get(name, name).strip() for name in mess.MESSES}
    with Gradebook(course.gradebook_url) as gradebook:
        assert {student.id for student in gradebook.students} == set(grades)
    for name in (mess.LESSON, "notes.txt", "class.zip"):
        assert f"submitted/{name}" in done.stderr


def test_what_was_handed_in_stays_as_it_is(graded):
    course, _, _ = graded
    path = course.folder / "submitted" / "downloaded_twice" / mess.LESSON
    assert [file.name for file in path.iterdir()] == [f"{mess.LESSON} (1).ipynb"]
