"""How long every lesson takes from top to bottom on the sample data, and its graded cells alone.

    python benchmarks/lesson_times.py [LESSON ...]

Runs each lesson in a kernel of its own, one after another, and writes the time into its header
(**Running time**) and into its row of docs/times.md; and how long reading and exercises take, by a formula.
"""

from __future__ import annotations

import os
import platform
import re
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import nbformat
from graded_cells import BUDGET, USUAL_BUDGET, measure
from nbclient import NotebookClient
from nbgrader.utils import is_grade
from rich.console import Console
from rich.progress import track

from autograde.authoring.build import copy_files
from autograde.course import Course
from autograde.lesson import grade_id, read_lesson

#: Makes the full sets unreachable, as on a machine without a network: the lessons run on the samples.
ONLY_SAMPLES = """
from pathlib import Path
import helpers.data
helpers.data.DEBIAN_FOLDER = Path("there is no such folder")
helpers.data.DOWNLOAD_URL = "http://127.0.0.1:9/"
"""
#: Gives the lesson's hidden tests their files, as the grader does.
HIDDEN_FILES = """
from helpers import checks
checks.give_hidden_files({{path.name: path.read_bytes() for path in Path({folder!r}).glob("*")}})
"""
HEADER = re.compile(
    r"(?ms)^(# \*\*Running time\*\*) (?P<run>about [\d.]+ \w+) on two cores with the sample data;"
    r" reading about (?P<reading>\d+) minutes, exercises about (?P<exercises>\d+)\.(?=\s)"
)
#: Words and lines of code that a student reads in a minute; minutes for an exercise, and for a point of it.
WORDS, LINES, MINUTES, MINUTES_A_POINT = 200, 8, 2, 3
#: Longest time that the core of a lesson may take, in minutes.
LONGEST = 120
ROW = re.compile(r"(?m)^\| (\d\d_\w+) \|.*\n")
PAGE = """# How long the lessons take

From top to bottom on the sample data, imports included, in a kernel of its own; and the graded cells of
the reference, beyond imports. A yardstick of `benchmarks/graded_cells.py` takes about a processor second on
this machine. Made by `make times` on {cores} cores, Python {python}, Keras {keras}.

A student takes longer. By a formula, reading takes a minute for every {words} words of text and every
{lines} lines of code that is shown, and an exercise {minutes} minutes and {points} more for each point. The
core of a lesson, reading and exercises, is at most {longest} minutes long; what goes beyond stands in its
second notebook, *Going further*.

| lesson | top to bottom, s | graded cells, processor s | budget, yardsticks | reading, min | exercises, min \
| core, min |
|---|---:|---:|---:|---:|---:|---:|
"""


def execute_on_samples(
    course: Course, lesson: str, folder: Path, source: Path | None = None
) -> nbformat.NotebookNode:
    """Run a lesson from top to bottom, demonstrations included, in `folder`; or another `source` of it.

    Errors do not stop it: they stand in the outputs of the notebook that is returned.
    """
    notebook = read_lesson(source or course.source(lesson))
    hidden = HIDDEN_FILES.format(folder=str(course.hidden(lesson)))
    notebook.cells.insert(0, nbformat.v4.new_code_cell(ONLY_SAMPLES + hidden))
    copy_files(course, lesson, folder)
    return execute(notebook, folder, allow_errors=True)


def execute(
    notebook: nbformat.NotebookNode, folder: Path, *, allow_errors: bool = False
) -> nbformat.NotebookNode:
    """Run all cells of a notebook in `folder`, in a kernel of its own and with an empty cache of Keras."""
    client = NotebookClient(
        notebook,
        timeout=300,
        skip_cells_with_tag="",
        allow_errors=allow_errors,
        extra_arguments=["--IPKernelApp.log_level=ERROR"],
        resources={"metadata": {"path": str(folder)}},
    )
    return client.execute(env={**os.environ, "KERAS_HOME": str(folder / "keras")})


def reading_minutes(notebook: nbformat.NotebookNode) -> float:
    """How long a student reads in a lesson: its texts, and the code of all cells but answers and checks."""
    words = lines = 0
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            words += len(re.findall(r"\w[\w'’-]*", cell.source))
        elif not grade_id(cell):
            shown = (line.strip() for line in cell.source.splitlines())
            lines += sum(bool(line) and not line.startswith("#") for line in shown)
    return words / WORDS + lines / LINES


def exercise_minutes(notebook: nbformat.NotebookNode) -> float:
    """How long a student works on a lesson's exercises, texts among them."""
    points = [cell.metadata.nbgrader.points for cell in notebook.cells if is_grade(cell)]
    return sum(MINUTES + MINUTES_A_POINT * of for of in points)


def in_words(seconds: float) -> str:
    """A time as a header says it: in tens of seconds, from a minute on in halves of a minute."""
    if seconds < 55:
        return f"about {max(10, 10 * round(seconds / 10))} seconds"
    minutes = round(seconds / 30) / 2
    return f"about {minutes:g} minute{'' if minutes == 1 else 's'}"


def write_header(path: Path, seconds: float) -> None:
    """Write a measured time into a lesson's header, and how long reading and exercises take.

    Raises:
        ValueError: the lesson has no such line.
    """
    notebook = read_lesson(path)
    reading, work = (5 * round(of(notebook) / 5) for of in (reading_minutes, exercise_minutes))
    line = (
        rf"\1 {in_words(seconds)} on two cores with the sample data; "
        f"reading about {reading} minutes, exercises about {work}."
    )
    text, n = HEADER.subn(line, path.read_text(encoding="utf-8"))
    if n != 1:
        raise ValueError(f"{path} needs one line that matches {HEADER.pattern}")
    path.write_text(text, encoding="utf-8")


def write_row(path: Path, lesson: str, row: str) -> None:
    """Put a lesson's row into the table, in place of an older one."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    rows = {match[1]: match[0] for match in ROW.finditer(text)} | {lesson: row}
    head = PAGE.format(
        cores=os.cpu_count(),
        python=platform.python_version(),
        keras=version("keras"),
        words=WORDS,
        lines=LINES,
        minutes=MINUTES,
        points=MINUTES_A_POINT,
        longest=LONGEST,
    )
    path.write_text(head + "".join(rows[name] for name in sorted(rows)), encoding="utf-8")


def main() -> None:
    """Measure the lessons named, or all of them; write the times and print the table."""
    course = Course(Path(__file__).resolve().parents[1])
    table = course.root / "docs" / "times.md"
    lessons = course.choose(sys.argv[1:])
    for lesson in track(lessons, "Running lessons", console=Console(stderr=True)):
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            notebook = execute_on_samples(course, lesson, Path(folder))
            seconds = time.perf_counter() - start
        errors = [
            o for c in notebook.cells for o in c.get("outputs", []) if o.output_type == "error"
        ]
        if errors:
            raise SystemExit(
                f"{lesson} stopped with an error: {errors[0].ename}: {errors[0].evalue}"
            )
        processor = measure(course, lesson).processor
        budget = BUDGET.get(lesson, USUAL_BUDGET)
        source = read_lesson(course.source(lesson))
        reading, work = reading_minutes(source), exercise_minutes(source)
        measured = f"{seconds:.0f} | {processor:.1f} | {budget:g}"
        row = f"| {lesson} | {measured} | {reading:.0f} | {work:.0f} | {reading + work:.0f} |\n"
        write_row(table, lesson, row)
        write_header(course.source(lesson), round(seconds))
    print(table.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
