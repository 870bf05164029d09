"""The command on a machine that lacks a protection, and with students who break something."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys

import nbformat
import pytest
from course_copy import PROJECT, copy_course

from autograde import cli
from autograde.authoring.build import build
from autograde.authoring.demo import LESSON as SAMPLE
from autograde.course import Course
from autograde.grading import cluster, reports
from autograde.sandbox.confine import missing_protections

LESSON = "00_start_here"
#: Runs the command as on a kernel without Landlock, the first of whose system calls has this number.
WITHOUT_LANDLOCK = """
import errno, os, sys
import pyseccomp
calls = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
calls.add_rule(pyseccomp.ERRNO(errno.ENOSYS), 444)
calls.load()
os.execv(sys.executable, [sys.executable, "-m", "autograde", *sys.argv[1:]])
"""
needs_sandbox = pytest.mark.skipif(
    bool(list(missing_protections())), reason="this machine has no sandbox; see `autograde doctor`"
)


@pytest.fixture
def course(tmp_path):
    course = copy_course(tmp_path / "course_copy")
    build(course, LESSON)
    return course


def run(course, *arguments, bare=False):
    start = ["-c", WITHOUT_LANDLOCK] if bare else ["-m", "autograde"]
    return subprocess.run(
        [sys.executable, *start, "--root", str(course.root), *arguments],
        env={**os.environ, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def hand_in(course, student, change=lambda notebook: None):
    notebook = nbformat.read(course.notebook("release", LESSON), as_version=4)
    change(notebook)
    path = course.notebook("submitted", LESSON, student)
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(notebook))


@needs_sandbox
def test_doctor_names_what_is_missing(course):
    assert run(course, "doctor").returncode == 0
    done = run(course, "doctor", "--json", bare=True)
    assert done.returncode == 1
    assert "Landlock" in json.loads(done.stdout)["missing"][0]


@needs_sandbox
@pytest.mark.long
def test_nothing_is_graded_without_the_sandbox(course):
    hand_in(course, "somebody")
    done = run(course, "grade", LESSON, bare=True)
    assert done.returncode == 1
    assert "Landlock" in done.stderr
    assert "--unsafe" in done.stderr
    assert not course.notebook("autograded", LESSON, "somebody").exists()
    assert run(course, "grade", LESSON, "--unsafe", bare=True).returncode == 0
    assert course.notebook("autograded", LESSON, "somebody").exists()


@needs_sandbox
@pytest.mark.long
def test_demo_works_on_a_bare_machine(course):
    curriculum = course.sources / "curriculum.toml"
    heading = f"[{SAMPLE}]\n"  # its endless loop need not take half a minute
    curriculum.write_text(curriculum.read_text().replace(heading, f"{heading}time_limit = 5\n"))
    done = run(course, "demo", bare=True)
    assert done.returncode == 0, done.stderr
    assert "Not confined, as this machine lacks Landlock" in done.stderr
    assert "ada_reference" in done.stdout
    assert "it took more than 5 s" in done.stdout
    assert "the process ended" in done.stdout
    assert "to be looked at" not in done.stdout
    assert (course.folder / "grades.csv").exists()


@pytest.mark.long
def test_one_feedback_page_that_fails_stops_no_other(course):
    for student in ("anna", "bert", "carl"):
        hand_in(course, student)
    assert run(course, "grade", LESSON, "--unsafe").returncode == 0
    path = course.notebook("autograded", LESSON, "bert")
    path.chmod(0o644)
    path.write_text("broken since")
    done = run(course, "feedback", LESSON)
    assert done.returncode == 1
    assert "No feedback for bert" in done.stderr
    pages = [course.notebook("feedback", LESSON, s).with_suffix(".html") for s in ("anna", "carl")]
    assert all(page.exists() for page in pages)
    assert "2 feedback pages" in done.stdout


@pytest.mark.long
def test_a_submission_that_cannot_be_planned_stops_nobody(course):
    hand_in(course, "honest")
    hand_in(course, "odd", lambda notebook: notebook.update(cells=[{"cell_type": 1}, None]))
    done = run(course, "grade", LESSON, "--unsafe", "--json")
    grades = json.loads(done.stdout)[LESSON]
    assert not grades["honest"]["problem"]
    notes = [exercise["note"] for exercise in grades["odd"]["exercises"].values()]
    assert all("is no notebook" in note for note in notes)
    assert grades["odd"]["points"] == 0


def test_a_time_that_is_none_is_left_to_a_person(course):
    for student, time in (
        ("early", "2026-03-01 12:00:00 UTC"),
        ("odd", "yesterday\0"),
        ("none", ""),
    ):
        hand_in(course, student)
        path = course.notebook("submitted", LESSON, student).with_name("timestamp.txt")
        path.write_text(time)
    done = run(course, "grade", LESSON, "--unsafe", "--json")
    assert done.returncode == 1
    assert f"when odd handed in {LESSON}: timestamp.txt says 'yesterday" in done.stderr
    assert f"when none handed in {LESSON}: timestamp.txt is empty" in done.stderr
    assert "early" not in done.stderr
    assert "Warning" not in done.stderr
    problems = {name: s["problem"] for name, s in json.loads(done.stdout)[LESSON].items()}
    assert problems == {"early": "", "none": "", "odd": ""}


def test_a_lesson_that_fails_is_named_with_its_line_and_stops_no_other(fresh_course):
    lessons = fresh_course.lessons()
    broken, other = lessons[0], lessons[1]
    for name in lessons[2:]:
        shutil.rmtree(fresh_course.source(name).parent)
    path = fresh_course.source(broken)
    text = path.read_text()
    path.write_text(text.replace("def scale_pixels(", "def scale_pixels((", 1))
    line = 1 + text[: text.index("def scale_pixels(")].count("\n")
    done = run(fresh_course, "build")
    assert done.returncode == 1
    assert f"{path}, line {line}: " in done.stderr
    assert "Traceback" not in done.stderr
    assert f"{other}: built" in done.stdout
    assert f"Not built: {broken}" in done.stderr


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ('"points": 1, ', "has 0 points; the curriculum says 1"),  # left out
        ("import numpy", "line"),  # replaced by bytes that are no text
    ],
)
def test_other_faults_of_a_lesson_are_told_without_a_traceback(fresh_course, header, message):
    path = fresh_course.source(LESSON)
    assert header in path.read_text()
    by = b"" if "points" in header else b"\xff\xfe = 1"
    path.write_bytes(path.read_bytes().replace(header.encode(), by, 1))
    done = run(fresh_course, "build", LESSON)
    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_curriculum_that_cannot_be_read_is_named(fresh_course):
    path = fresh_course.sources / "curriculum.toml"
    path.write_text(f"{path.read_text()}\n[broken")
    done = run(fresh_course, "build", LESSON)
    assert done.returncode == 1
    assert "curriculum.toml is no TOML: " in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "command", [["build"], ["status"], ["export"], ["grade", LESSON], ["clean"]]
)
def test_a_folder_without_a_course_is_named(tmp_path, command):
    done = run(Course(tmp_path), *command)
    assert done.returncode == 1
    assert f"There is no course in {tmp_path}: it has no " in done.stderr
    assert "nbgrader_config.py" in done.stderr
    assert "Traceback" not in done.stderr


def test_feedback_on_nothing_says_what_to_do(course):
    done = run(course, "feedback", LESSON)
    assert done.returncode == 1
    assert f"Nobody has handed in {LESSON}" in done.stderr
    hand_in(course, "anna")
    done = run(course, "feedback", LESSON)
    assert done.returncode == 1
    assert f"run `autograde grade {LESSON}` first" in done.stderr
    assert "feedback pages" not in done.stdout


def test_who_is_not_graded_yet_is_named_by_feedback(course):
    hand_in(course, "anna")
    assert run(course, "grade", LESSON, "--unsafe").returncode == 0
    hand_in(course, "late")
    done = run(course, "feedback", LESSON)
    assert done.returncode == 1
    assert "1 feedback pages" in done.stdout
    assert f"No feedback for late on {LESSON}: it has not been graded." in done.stderr


def test_a_flagged_student_takes_few_lines(monkeypatch, capsys):
    why = "to be looked at: " + "a function of NumPy was replaced while the tests ran " * 9
    names = [spec.name for spec in PROJECT.curriculum()[SAMPLE].exercises]
    grades = {name: reports.Grade(0.0, why) for name in names}
    grades[names[2]] = reports.Grade(0.0, "syntax error")
    monkeypatch.setattr(reports, "reports", lambda *_: [reports.Report("mallory", grades)])
    monkeypatch.setattr(
        reports, "built_exercises", lambda *_: PROJECT.curriculum()[SAMPLE].exercises
    )
    monkeypatch.setenv("COLUMNS", "80")
    cli._show_grades(PROJECT, SAMPLE)
    lines = capsys.readouterr().out.splitlines()
    told = [line for line in lines if "looked at" in line or "replaced" in line]
    assert len(told) <= 2
    assert "mallory, 1, 2, 4, 5, 6, 7, 8: to be looked at" in told[0]
    assert "mallory, 3: syntax error" in lines
    assert "formgrader" in lines[-1]
    assert "--json" in lines[-1]
    assert sum("mallory" in line for line in lines) == 3  # one of them in the table


def test_building_what_is_up_to_date_imports_nothing_heavy(course):
    look = (
        "import sys; from autograde.cli import app; "
        f"app(['--root', {str(course.root)!r}, 'build', {LESSON!r}], standalone_mode=False); "
        "print({'nbgrader', 'nbformat', 'jupytext', 'sqlalchemy', 'tensorflow'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert f"{LESSON}: up to date" in done.stdout
    assert done.stdout.endswith("set()\n")


def test_dask_asks_for_no_port_that_is_taken(recwarn):
    with socket.socket() as taken:
        with contextlib.suppress(OSError):  # another program has it already
            taken.bind(("127.0.0.1", 8787))
            taken.listen()
        with cluster._client(1, None) as client:
            assert client.submit(lambda: 1).result() == 1
    assert not [str(w.message) for w in recwarn if "8787" in str(w.message)]
