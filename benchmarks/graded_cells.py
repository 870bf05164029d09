"""How long the grader computes for each lesson: all graded cells of the reference, beyond imports.

    python benchmarks/graded_cells.py [--quick] [LESSON ...]

Each lesson in a fresh process. Budgets count processor time (all threads) in units of a yardstick: 1,000
training steps of a small dense network, measured in the same process before the cells and after them.
"""

from __future__ import annotations

import multiprocessing as mp
import os
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from autograde.course import TESTS, Course
from autograde.lesson import exercises, read_lesson, read_tests, run_cell, set_up_cells

#: In yardsticks; the capstone trains a whole network.
BUDGET = {"15_capstone": 40.0}
USUAL_BUDGET = 5.0


class Times(NamedTuple):
    """What a lesson's graded cells took."""

    processor: float  # seconds
    wall: float  # seconds
    yardstick: float  # processor seconds of the yardstick, the mean of before and after

    @property
    def units(self) -> float:
        """Processor time in yardsticks."""
        return self.processor / self.yardstick


def yardstick(steps: int = 1000) -> float:
    """Processor seconds of some training steps of a small dense network, without compiling them."""
    import keras
    import numpy as np

    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((64,)), *(keras.layers.Dense(64) for _ in range(3))])
    model.compile("sgd", "mean_squared_error")
    x = np.ones((32, 64), dtype="float32")
    model.train_on_batch(x, x)
    begun = time.process_time()
    for _ in range(steps):
        model.train_on_batch(x, x)
    return time.process_time() - begun


def run_graded_cells(
    cells: list[tuple[str, str]],
    n_set_up: int,
    tests: str,
    hidden: dict[str, bytes],
    sender: Connection,
) -> None:
    """Run set-up cells, then the graded ones, and send the times of the latter."""
    from helpers import checks

    checks.give_hidden_files(hidden)
    os.chdir(tempfile.mkdtemp())
    Path(TESTS).write_text(tests, encoding="utf-8")
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115  (to the end of the process)
    namespace: dict[str, object] = {"__name__": "__main__"}
    for name, source in cells[:n_set_up]:
        run_cell(name, source, namespace)
    before = yardstick()
    processor, wall = time.process_time(), time.perf_counter()
    for name, source in cells[n_set_up:]:
        run_cell(name, source, namespace)
    processor, wall = time.process_time() - processor, time.perf_counter() - wall
    sender.send((processor, wall, (before + yardstick()) / 2))


def measure(course: Course, lesson: str) -> Times:
    """What a lesson's graded cells take."""
    notebook = read_lesson(course.source(lesson))
    set_up = [(cell.id, cell.source) for cell in set_up_cells(notebook)]
    graded = [(cell.id, cell.source) for e in exercises(notebook) for cell in (e.solution, e.test)]
    hidden = {path.name: path.read_bytes() for path in course.hidden(lesson).glob("*")}
    context = mp.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    tests = read_tests(course.tests(lesson))
    arguments = set_up + graded, len(set_up), tests, hidden, sender
    process = context.Process(target=run_graded_cells, args=arguments)
    process.start()
    sender.close()
    times = Times(*receiver.recv())
    process.join()
    return times


def main() -> None:
    """Measure the lessons named, or all of them, and print the table."""
    course = Course(Path(__file__).resolve().parents[1])
    title = "Graded cells, beyond imports (budgets in yardsticks)"
    table = Table(
        "lesson", "processor s", "wall s", "yardstick s", "yardsticks", "budget", title=title
    )
    over = []
    quick = "--quick" in sys.argv
    lessons = course.choose([name for name in sys.argv[1:] if name != "--quick"])
    for lesson in lessons[:: 3 if quick else 1]:
        times = measure(course, lesson)
        budget = BUDGET.get(lesson, USUAL_BUDGET)
        over += [lesson] if times.units > budget else []
        seconds = (f"{value:.1f}" for value in (times.processor, times.wall))
        table.add_row(
            lesson, *seconds, f"{times.yardstick:.2f}", f"{times.units:.1f}", f"{budget:g}"
        )
    Console().print(table)
    if over:
        raise SystemExit(f"Over the budget: {', '.join(over)}.")


if __name__ == "__main__":
    main()
