"""The command on a machine that lacks a protection, and with students who break something."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import nbformat
import pytest
from course_copy import copy_course

from autograde.build import build
from autograde.demo import LESSON as SAMPLE
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
