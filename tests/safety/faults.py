"""A fault run: grading while its processes are killed at random moments; every grade must be right.

    python tests/safety/faults.py [KILLS]

A class hands in 00_start_here. `autograde grade` runs on a Dask scheduler and two workers. Again and again
one process is killed (SIGKILL): a worker, a warm process, a process that runs a submission, the scheduler,
or the command that records. What has ended is started again, as an instructor would, and the command is
given again. Whenever the class is graded, every grade is compared with what it must be, and the next class
hands in. Exit status 1 if a grade was wrong, missing or there twice.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import nbformat
import psutil
from course_copy import copy_course
from nbgrader.api import Gradebook
from rich.console import Console
from rich.progress import track
from rich.table import Table

from autograde.authoring.build import build
from autograde.course import Course
from autograde.grading import session
from autograde.grading.submissions import who_handed_in
from autograde.lesson import exercises, grade_id

LESSON = "00_start_here"
CLASS = 30
KINDS = ("worker", "warm process", "submission", "scheduler", "recording")


class Cluster:
    """A scheduler and two workers, each a process of its own, started again where they have ended."""

    def __init__(self, folder: Path) -> None:
        """Start them."""
        self._file = folder / "scheduler.json"
        self.processes: dict[str, psutil.Popen] = {}
        self.mend()

    def mend(self) -> None:
        """Start what has ended; workers cannot outlive their scheduler."""
        if not self._runs("scheduler"):
            for name in list(self.processes):
                self._kill(name)
            self._file.unlink(missing_ok=True)
            self._start("scheduler", "dask_scheduler", "--port", "0")
            while not self._file.exists():
                time.sleep(0.05)
        for name in ("worker 1", "worker 2"):
            if not self._runs(name):
                self._start(name, "dask_worker", "--nthreads", "1", "--no-nanny")

    @property
    def address(self) -> str:
        """Where the scheduler is."""
        return json.loads(self._file.read_text())["address"]

    def close(self) -> None:
        """End all of them."""
        for name in list(self.processes):
            self._kill(name)

    def _runs(self, name: str) -> bool:
        return name in self.processes and self.processes[name].poll() is None

    def _start(self, name: str, program: str, *options: str) -> None:
        command = [sys.executable, "-m", f"distributed.cli.{program}", *options]
        command += ["--no-dashboard", "--scheduler-file", str(self._file)]
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.processes[name] = psutil.Popen(command, **silent)

    def _kill(self, name: str) -> None:
        process = self.processes.pop(name)
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
        process.wait()


def main() -> None:
    """Kill as many as asked, 50 if not, and print the table."""
    kills, rng = int(sys.argv[1]) if sys.argv[1:] else 50, random.Random(0)
    console, killed = Console(), Counter()
    wrong: list[str] = []
    graded = commands = 0
    with tempfile.TemporaryDirectory(prefix="faults-") as name:
        course = make_course(Path(name))
        cluster = Cluster(Path(name))
        try:
            hand_in(course, graded)
            progress = track(range(3 * kills), "Killing", console=console, transient=True)
            for _ in progress:
                if sum(killed[kind] for kind in KINDS) == kills:
                    break
                cluster.mend()
                command = start_grading(course, cluster.address)
                commands += 1
                kind = kill_one(rng, cluster, command)
                killed[kind] += kind is not None
                finish(command)
                if is_graded(course):
                    wrong += mistakes(course)
                    graded += 1
                    hand_in(course, graded)
            cluster.mend()
            commands += 1
            finish(start_grading(course, cluster.address), 300)
            wrong += mistakes(course)
            graded += 1
        finally:
            cluster.close()
    table = Table(title="Fault run", title_justify="left", show_header=False)
    for kind in KINDS:
        table.add_row(f"killed: {kind}", str(killed[kind]))
    table.add_row("killed", str(sum(killed[kind] for kind in KINDS)), end_section=True)
    table.add_row("commands given", str(commands))
    table.add_row("grades compared", str(graded * CLASS))
    table.add_row("wrong, missing or double", str(len(wrong)))
    console.print(table)
    for line in wrong:
        console.print(line)
    raise SystemExit(bool(wrong))


def make_course(folder: Path) -> Course:
    """A course with the one lesson built."""
    course = copy_course(folder / "course_copy")
    build(course, LESSON)
    return course


def hand_in(course: Course, number: int) -> None:
    """Have a class hand in: nobody the same as anybody before; student k is right in k % 3 exercises."""
    source = nbformat.read(course.notebook("source", LESSON), as_version=4)
    right = {exercise.name: exercise.solution.source for exercise in exercises(source)}
    for student in range(CLASS):
        solved = dict(list(right.items())[: student % 3])
        notebook = nbformat.read(course.notebook("release", LESSON), as_version=4)
        for cell in notebook.cells:
            if grade_id(cell) in right:
                cell.source = solved.get(grade_id(cell), cell.source) + f"\n# {number} {student}"
        path = course.notebook("submitted", LESSON, f"s{student:02d}")
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, path)


def start_grading(course: Course, address: str) -> psutil.Popen:
    """Give the command."""
    command = [sys.executable, "-m", "autograde", "--root", str(course.root), "grade", LESSON]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return psutil.Popen([*command, "--scheduler", address], **silent)


def finish(command: psutil.Popen, patience: float = 120) -> None:
    """Wait for the command to end; one that hangs is a mistake of ours."""
    try:
        command.wait(patience)
    except psutil.TimeoutExpired:
        command.kill()
        command.wait()
        raise SystemExit("autograde grade did not end after a process was killed.") from None


def kill_one(rng: random.Random, cluster: Cluster, command: psutil.Popen) -> str | None:
    """Kill a process of a kind chosen at random; return the kind, or None where there was none in time."""
    kind = rng.choice(KINDS)
    time.sleep(rng.uniform(1.0, 6.0))
    while command.poll() is None:
        if running := processes_of(kind, cluster, command):
            with contextlib.suppress(psutil.NoSuchProcess):
                rng.choice(running).kill()
                return kind
        time.sleep(0.01)
    return None


def processes_of(kind: str, cluster: Cluster, command: psutil.Popen) -> Sequence[psutil.Process]:
    """The processes of a kind that run now."""
    if kind == "recording":
        return [command]
    if kind == "scheduler":
        return [cluster.processes["scheduler"]]
    workers = [p for name, p in cluster.processes.items() if name.startswith("worker")]
    if kind == "worker":
        return workers
    warm = [
        child
        for worker in workers
        for child in _children(worker)
        if "sandbox.process" in _line(child)
    ]
    return warm if kind == "warm process" else [c for process in warm for c in _children(process)]


def _children(process: psutil.Process) -> list[psutil.Process]:
    with contextlib.suppress(psutil.Error):
        return process.children()
    return []


def _line(process: psutil.Process) -> str:
    with contextlib.suppress(psutil.Error):
        return " ".join(process.cmdline())
    return ""


def is_graded(course: Course) -> bool:
    """Whether there is nothing left to do."""
    planned = session.plan(course, LESSON, who_handed_in(course, LESSON))
    return all(one.up_to_date for one in planned)


def mistakes(course: Course) -> list[str]:
    """Name the grades that are not what they must be."""
    wrong = []
    with Gradebook(course.gradebook_url) as gradebook:
        rows = Counter(s.student.id for s in gradebook.assignment_submissions(LESSON))
        scores = {s.student.id: s.score for s in gradebook.assignment_submissions(LESSON)}
    for student in range(CLASS):
        name, points = f"s{student:02d}", float(student % 3)
        if rows[name] != 1 or scores[name] != points:
            wrong.append(f"{name}: {rows[name]} times, {scores.get(name)} points, not {points}")
    return wrong


if __name__ == "__main__":
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    main()
