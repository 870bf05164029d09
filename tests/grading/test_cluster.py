"""Grading many at once: as many workers as one likes, interrupted, on other processes, in PostgreSQL."""

from __future__ import annotations

import contextlib
import json
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from course_copy import copy_course
from nbgrader.api import Gradebook

from autograde.authoring.build import build
from autograde.course import Course, CourseError
from autograde.grading import reports, session
from autograde.grading.record import results_of
from autograde.grading.recorder import Recorder
from autograde.grading.submissions import who_handed_in
from autograde.lesson import exercises, grade_id

LESSON = "00_start_here"
N = 8


@pytest.fixture
def course(tmp_path):
    """A course with one lesson and a class of which every other student has the right answers."""
    course = copy_course(tmp_path / "course_copy")
    build(course, LESSON)
    hand_in(course)
    return course


def hand_in(course):
    source = nbformat.read(course.notebook("source", LESSON), as_version=4)
    right = {exercise.name: exercise.solution.source for exercise in exercises(source)}
    for number in range(N):
        notebook = nbformat.read(course.notebook("release", LESSON), as_version=4)
        for cell in notebook.cells:
            if number % 2 and grade_id(cell) in right:
                cell.source = f"{right[grade_id(cell)]}\n# {number}"
            elif grade_id(cell) in right:
                cell.source += f"\n# {number}"
        path = course.notebook("submitted", LESSON, f"s{number}")
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)


def points(course):
    return {report.student: report.points for report in reports.reports(course, LESSON)}


RIGHT = {f"s{number}": 2.0 * (number % 2) for number in range(N)}


def grade(course, **options):
    return session.grade(course, Recorder(course), LESSON, **options)


def to_grade(course, **options):
    """The jobs of those whose grades are not up to date."""
    planned = session.plan(course, LESSON, who_handed_in(course, LESSON), **options)
    return [one.job for one in planned if one.job]


def to_run(course, **options):
    """Those of them that have no result."""
    jobs = to_grade(course, **options)
    return [job for job in jobs if results_of(course.root).get(job.key) is None]


@pytest.mark.parametrize("workers", [1, 3])
def test_any_number_of_workers_gives_the_same_grades(course, workers):
    assert grade(course, workers=workers) == {}
    assert points(course) == RIGHT


def test_an_interrupted_run_is_gone_on_with(course):
    def interrupt(students, total):
        for number, student in enumerate(students):
            if number == 3:
                raise KeyboardInterrupt
            yield student

    with pytest.raises(KeyboardInterrupt):
        grade(course, progress=interrupt)
    assert len(to_grade(course)) < N
    assert len(to_run(course)) < N
    assert grade(course) == {}
    assert points(course) == RIGHT
    with Gradebook(course.gradebook_url) as gradebook:
        assert len(gradebook.assignment_submissions(LESSON)) == N
    assert to_grade(course) == []


def test_a_changed_test_runs_its_lesson_again(course):
    assert grade(course) == {}
    path = course.tests(LESSON)
    path.write_text(
        path.read_text().replace("def test_batch_bounds():", "def test_batch_bounds():  #")
    )
    build(course, LESSON)
    assert len(to_run(course)) == N


def test_half_a_result_is_no_result(course):
    assert grade(course) == {}
    for path in course.folder.glob(".results/*/*.json"):
        path.write_text(path.read_text()[:50])
    assert len(to_run(course, force=True)) == N


def test_json_and_exit_status(course):
    unreadable = course.notebook("submitted", LESSON, "s0")
    unreadable.unlink()
    command = [sys.executable, "-m", "autograde", "--root", str(course.root), "grade", LESSON]
    done = subprocess.run([*command, "--json"], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    grades = json.loads(done.stdout)[LESSON]
    assert {s: g["points"] for s, g in grades.items()} == RIGHT
    assert "s0 could not be graded" in done.stderr


@contextlib.contextmanager
def dask(folder: Path):
    """A scheduler and two workers, each a process of its own; gives the address and the workers."""
    address_file = folder / "scheduler.json"
    common = ["--no-dashboard", "--scheduler-file", str(address_file)]
    modules = [("scheduler", ["--port", "0"]), *[("worker", ["--nthreads", "1"])] * 2]
    processes = []
    try:
        for kind, options in modules:
            command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *common, *options]
            options = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            processes.append(subprocess.Popen(command, start_new_session=True, **options))
            while not address_file.exists():
                time.sleep(0.1)
        yield json.loads(address_file.read_text())["address"], processes[1:]
    finally:
        for process in processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.mark.long
def test_a_worker_that_is_killed_costs_nobody_anything(course, tmp_path):
    with dask(tmp_path) as (address, workers):

        def kill_one(students, total):
            for number, student in enumerate(students):
                if number == 2:
                    os.killpg(workers[0].pid, signal.SIGKILL)
                yield student

        assert grade(course, scheduler=address, progress=kill_one) == {}
    assert points(course) == RIGHT


def test_no_scheduler_is_an_error_that_says_so(course):
    with pytest.raises(CourseError, match=re.escape("no Dask scheduler at tcp://127.0.0.1:9")):
        grade(course, scheduler="tcp://127.0.0.1:9")


POSTGRESQL = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


@pytest.fixture
def postgresql(tmp_path_factory):
    """A server of our own, reached through a socket; gives an SQLAlchemy URL."""
    if POSTGRESQL is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt install postgresql)")
    folder = Path(tmp_path_factory.mktemp("postgresql"))
    user = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
    as_user = ["runuser", "-u", user, "--"] if os.getuid() == 0 else []
    if as_user:  # the server refuses to run as root
        shutil.chown(folder, user)
        for parent in folder.parents[:3]:
            parent.chmod(parent.stat().st_mode | 0o11)
    data, sockets = folder / "data", ["-o", f"-k {folder} -c listen_addresses="]

    def run(program, *arguments):
        subprocess.run(
            [*as_user, str(POSTGRESQL / program), *arguments],
            check=True,
            cwd=folder,
            stdout=subprocess.DEVNULL,
        )

    run("initdb", "-D", str(data), "-A", "trust", "-U", "teacher")
    run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), *sockets, "start")
    run("createdb", "-h", str(folder), "-U", "teacher", "grades")
    yield f"postgresql+pg8000://teacher@/grades?unix_sock={folder}/.s.PGSQL.5432"
    run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")


def test_grades_in_postgresql(course, postgresql):
    there = Course(course.root, postgresql)
    (course.folder / "gradebook.db").unlink()
    shutil.rmtree(course.folder / ".build")
    build(there, LESSON)
    assert grade(there) == {}
    assert points(there) == RIGHT
    assert not (course.folder / "gradebook.db").exists()
    assert reports.export(there).exists()
