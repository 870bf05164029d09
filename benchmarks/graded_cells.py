"""How long the grader computes for each lesson: all graded cells of the reference, beyond imports.

    python benchmarks/graded_cells.py [LESSON ...]

Prints processor seconds (all threads) and wall seconds a lesson, each in a fresh process.
"""

from __future__ import annotations

import multiprocessing as mp
import os
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

from rich.console import Console
from rich.table import Table

from autograde.course import Course
from autograde.lesson import exercises, read_lesson, run_cell, set_up_cells

#: The curriculum's budget in processor seconds; the capstone trains a whole network.
BUDGET = {"14_capstone": 40.0}
USUAL_BUDGET = 5.0


def run_graded_cells(cells: list[tuple[str, str]], n_set_up: int, sender: Connection) -> None:
    """Run set-up cells, then the graded ones, and send (processor, wall) seconds of the latter."""
    os.chdir(tempfile.mkdtemp())
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115  (to the end of the process)
    namespace: dict[str, object] = {"__name__": "__main__"}
    processor = wall = 0.0
    for number, (name, source) in enumerate(cells):
        if number == n_set_up:
            processor, wall = time.process_time(), time.perf_counter()
        run_cell(name, source, namespace)
    sender.send((time.process_time() - processor, time.perf_counter() - wall))


def measure(course: Course, lesson: str) -> tuple[float, float]:
    """Processor and wall seconds of a lesson's graded cells."""
    notebook = read_lesson(course.source(lesson))
    set_up = [(cell.id, cell.source) for cell in set_up_cells(notebook)]
    graded = [(cell.id, cell.source) for e in exercises(notebook) for cell in (e.solution, e.test)]
    context = mp.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=run_graded_cells, args=(set_up + graded, len(set_up), sender))
    process.start()
    sender.close()
    seconds = receiver.recv()
    process.join()
    return seconds


def main() -> None:
    """Measure the lessons named, or all of them, and print the table."""
    course = Course(Path(__file__).resolve().parents[1])
    table = Table(
        "lesson", "processor s", "wall s", "budget s", title="Graded cells, beyond imports"
    )
    over = []
    for lesson in course.choose(sys.argv[1:]):
        processor, wall = measure(course, lesson)
        budget = BUDGET.get(lesson, USUAL_BUDGET)
        over += [lesson] if processor > budget else []
        table.add_row(lesson, f"{processor:.1f}", f"{wall:.1f}", f"{budget:g}")
    Console().print(table)
    if over:
        raise SystemExit(f"Over the budget: {', '.join(over)}.")


if __name__ == "__main__":
    main()
