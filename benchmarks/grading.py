"""What grading costs: this course's `grade`, `feedback` and `export` beside nbgrader's own.

    python benchmarks/grading.py [--quick]

Both grade the same submissions of 01_activations: for each exercise an answer of the bank, right or wrong,
drawn at random, no two submissions alike. Both run on this machine's cores, ours in the sandbox. Every
score is compared, cell by cell. nbgrader grades one submission after another, each in a new kernel; where
there are more than 60, it is timed on ten of them and scaled.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
import psutil
from course_copy import PROJECT, copy_course
from nbgrader.api import Gradebook
from rich.console import Console
from rich.table import Table

from autograde.authoring.attempts import read_attempts
from autograde.authoring.build import build
from autograde.course import Course
from autograde.grading import cluster, session
from autograde.grading.execution import PASSED, Result, Verdict
from autograde.grading.plan import Job
from autograde.grading.recorder import Recorder
from autograde.grading.submissions import who_handed_in
from autograde.lesson import grade_id

LESSON = "01_activations"
#: nbgrader as it comes, with the one setting without which a deleted test would cost nothing.
STOCK = """
c = get_config()
c.CourseDirectory.course_id = "stock"
c.CourseDirectory.root = {root!r}
c.OverwriteCells.add_missing_cells = True
"""
#: Where the seconds until the first grade of a simulated run are noted.
FIRST = "first_grade"
#: An answer that nbgrader needs half a minute for says nothing about grading.
SLOW = ("endless",)


class Cost(NamedTuple):
    """What a command took."""

    wall: float  # seconds
    processor: float  # seconds
    memory: float  # bytes at the highest, of all its processes; what they share counts once


def main() -> None:
    """Measure, compare, print the tables."""
    if "--simulate" in sys.argv:
        simulate(Path(sys.argv[-1]))
        return
    quick = "--quick" in sys.argv
    console = Console()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        ours, stock = make_courses(Path(folder))
        compare(console, ours, stock, [(20, 5)] if quick else [(60, 60), (300, 10)])
        if not quick:
            grow(console, ours, [30, 100, 300, 1000])
            grow_simulated(console, ours, [1000, 10_000])
            compare_building(console, Path(folder))


def make_courses(folder: Path) -> tuple[Course, Course]:
    """The same lesson, built twice: for this course's grading, and for nbgrader as it comes."""
    courses = []
    for name in ("ours", "stock"):
        courses.append(copy_course(folder / name))
        build(courses[-1], LESSON)
    config = courses[1].folder / "nbgrader_config.py"
    config.write_text(STOCK.format(root=str(courses[1].folder)))
    return courses[0], courses[1]


def hand_in(course: Course, n: int) -> None:
    """Have `n` students hand in; the same ones for the same `n`."""
    shutil.rmtree(course.folder / "submitted", ignore_errors=True)
    answers: dict[str, list[str]] = {}
    for attempt in read_attempts(course.attempts / f"{LESSON}.py"):
        if not any(word in attempt.title for word in SLOW):
            answers.setdefault(attempt.exercise, []).append(attempt.body)
    release = nbformat.read(course.notebook("release", LESSON), as_version=4)
    for student in range(n):
        rng = random.Random(student)
        notebook = nbformat.from_dict(release)
        for cell in notebook.cells:
            if bank := answers.get(grade_id(cell) or ""):
                cell.source = f"{rng.choice(bank)}\n# student {student}"
        path = course.notebook("submitted", LESSON, f"student{student:04d}")
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)
    for step in ("autograded", "feedback", ".results"):
        shutil.rmtree(course.folder / step, ignore_errors=True)


def measured(command: list[str], folder: Path) -> Cost:
    """Run a command and measure it and all processes it starts."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    highest, done = 0.0, threading.Event()

    def watch() -> None:
        nonlocal highest
        while not done.wait(0.5):
            highest = max(highest, memory_of(psutil.Process(process.pid)))

    before = os.times()
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait()
    wall = time.perf_counter() - begun
    done.set()
    watcher.join()
    after = os.times()
    processor = after.children_user + after.children_system
    processor -= before.children_user + before.children_system
    return Cost(wall, processor, highest)


def memory_of(process: psutil.Process) -> float:
    """Bytes that a process and its descendants hold; shared pages are divided among them."""
    total = 0.0
    try:
        for one in (process, *process.children(recursive=True)):
            total += one.memory_full_info().pss  # pyright: ignore[reportAttributeAccessIssue]
    except psutil.Error:
        pass  # it has ended while we looked
    return total


def do_ours(course: Course, *command: str) -> Cost:
    """Run a command of this course's."""
    return measured(
        [sys.executable, "-m", "autograde", "--root", str(course.root), *command], course.root
    )


def do_stock(course: Course, *command: str) -> Cost:
    """Run a command of nbgrader's."""
    return measured([sys.executable, "-m", "nbgrader", *command], course.folder)


def grade_stock(course: Course, students: list[str]) -> Cost:
    """Grade these students with `nbgrader autograde`."""
    others = sorted(set(who_handed_in(course, LESSON)) - set(students))
    for student in others:
        shutil.rmtree(course.folder / "submitted" / student)
    return do_stock(course, "autograde", LESSON, "--force")


def scores(course: Course) -> dict[str, dict[str, float]]:
    """Every student's points for every test, from the gradebook."""
    url = f"sqlite:///{course.folder / 'gradebook.db'}"
    with Gradebook(url) as gradebook:
        return {
            submission.student.id: {
                g.name: g.score for nb in submission.notebooks for g in nb.grades
            }
            for submission in gradebook.assignment_submissions(LESSON)
        }


def compare(console: Console, ours: Course, stock: Course, sizes: list[tuple[int, int]]) -> None:
    """Print both beside each other for classes of these sizes, of which stock grades so many."""
    table = Table(title=f"Grading {LESSON}, {os.cpu_count()} cores", title_justify="left")
    headings = ("submissions", "by", "a minute", "processor s each", "peak MB", "times stock")
    for heading in (*headings, "feedback s", "whole way, times stock"):
        table.add_column(heading, justify="right")
    for n, n_stock in sizes:
        for course in (ours, stock):
            (course.folder / "gradebook.db").unlink(missing_ok=True)
            build_again(course)
            hand_in(course, n)
        cost = do_ours(ours, "grade", LESSON)
        pages, sheet = do_ours(ours, "feedback", LESSON), do_ours(ours, "export")
        slow = grade_stock(stock, who_handed_in(stock, LESSON)[:n_stock])
        slow_pages = do_stock(stock, "generate_feedback", LESSON, "--force")
        slow_sheet = do_stock(stock, "export", "--to", str(stock.folder / "grades.csv"))
        of_ours, of_stock = scores(ours), scores(stock)
        different = [s for s in of_stock if of_stock[s] != of_ours[s]]
        each = slow.wall / n_stock
        scaled = "" if n == n_stock else f" (timed on {n_stock})"
        way = cost.wall + pages.wall + sheet.wall
        slow_way = (slow.wall + slow_pages.wall) * n / n_stock + slow_sheet.wall
        times = (f"{each * n / cost.wall:.1f}", f"{pages.wall:.0f}", f"{slow_way / way:.1f}")
        table.add_row(str(n), "autograde", *_row(cost, n), *times, style="bold")
        slow_seconds = f"{slow_pages.wall * n / n_stock:.0f}"
        table.add_row("", f"nbgrader{scaled}", *_row(slow, n_stock), "1", slow_seconds, "1")
        if different:
            console.print(f"[bold red]Scores differ for {', '.join(different)}[/]")
            raise SystemExit(1)
        console.print(f"{n_stock} submissions compared: the same score in every cell.")
    console.print(table)


def build_again(course: Course) -> None:
    """Put the lesson into a new gradebook, whatever the course's configuration is now."""
    config = course.folder / "nbgrader_config.py"
    kept = config.read_text()
    shutil.copy(PROJECT.folder / "nbgrader_config.py", config)
    shutil.rmtree(course.folder / ".build", ignore_errors=True)
    build(course, LESSON)
    config.write_text(kept)


def _row(cost: Cost, n: int) -> list[str]:
    return [f"{60 * n / cost.wall:.0f}", f"{cost.processor / n:.2f}", f"{cost.memory / 1e6:.0f}"]


def grow(console: Console, course: Course, sizes: list[int]) -> None:
    """Print how the cost grows with the class, and where the time of a submission goes."""
    table = Table(title="Growth", title_justify="left")
    for heading in ("submissions", "wall s", "processor s each", "peak MB"):
        table.add_column(heading, justify="right")
    for n in sizes:
        (course.folder / "gradebook.db").unlink(missing_ok=True)
        build_again(course)
        hand_in(course, n)
        cost = do_ours(course, "grade", LESSON)
        table.add_row(
            str(n), f"{cost.wall:.0f}", f"{cost.processor / n:.2f}", f"{cost.memory / 1e6:.0f}"
        )
    console.print(table)
    results: list[Any] = [
        json.loads(path.read_text())["seconds"] for path in course.folder.glob(".results/*/*.json")
    ]
    spent = Table(title="Where a submission's time goes (mean, wall)", title_justify="left")
    spent.add_column("part")
    spent.add_column("ms", justify="right")
    for part in ("start", "cells", "tests", "end"):
        mean = sum(seconds.get(part, 0) for seconds in results) / len(results)
        spent.add_row(part, f"{1000 * mean:.0f}")
    begun = time.perf_counter()
    do_ours(course, "grade", LESSON, "--force")
    spent.add_row("record", f"{1000 * (time.perf_counter() - begun) / sizes[-1]:.0f}")
    console.print(spent)


def grow_simulated(console: Console, course: Course, sizes: list[int]) -> None:
    """Print what everything but running the submissions takes, for classes of these sizes."""
    table = Table(title="Growth, with jobs that take no time", title_justify="left")
    for heading in ("submissions", "wall s", "processor s each", "peak MB", "first grade after s"):
        table.add_column(heading, justify="right")
    for n in sizes:
        (course.folder / "gradebook.db").unlink(missing_ok=True)
        build_again(course)
        hand_in(course, n)
        cost = measured([sys.executable, __file__, "--simulate", str(course.root)], PROJECT.root)
        table.add_row(
            str(n), f"{cost.wall:.0f}", *_row(cost, n)[1:], (course.root / FIRST).read_text()
        )
    console.print(table)


def simulate(root: Path) -> None:
    """Grade the lesson with jobs that pass all tests at once; note when the first was done."""
    begun = time.perf_counter()

    def execute(job: Job) -> Result:
        return Result(verdicts={cell.test: Verdict(PASSED) for cell in job.cells if cell.test})

    def noted(students: Iterable[str], _: int) -> Iterator[str]:
        for number, student in enumerate(students):
            if not number:
                (root / FIRST).write_text(f"{time.perf_counter() - begun:.1f}")
            yield student

    cluster.execute = execute
    course = Course(root)
    session.grade(course, Recorder(course), LESSON, progress=noted)


def compare_building(console: Console, folder: Path) -> None:
    """Print what building all lessons takes, beside nbgrader's command for one after another."""
    course = Course(folder / "ours")
    shutil.rmtree(course.folder / ".build", ignore_errors=True)
    command = [sys.executable, "-m", "autograde", "--root", str(course.root), "build"]
    cost = measured(command, course.root)
    stock = [
        measured(
            [sys.executable, "-m", "nbgrader", "generate_assignment", lesson, "--force"],
            course.folder,
        ).wall
        for lesson in course.lessons()
    ]
    console.print(
        f"Building {len(stock)} lessons: {cost.wall:.0f} s; with `nbgrader generate_assignment` one by "
        f"one {sum(stock):.0f} s, {sum(stock) / cost.wall:.1f} times as long."
    )


if __name__ == "__main__":
    main()
