"""Every lesson runs from top to bottom, demonstrations included, on what ships with the course."""

from __future__ import annotations

import re

import pytest
from conftest import LESSONS, LONG_FOR_MOST
from course_copy import PROJECT
from lesson_times import (
    HEADER,
    LONGEST,
    execute_on_samples,
    exercise_minutes,
    in_words,
    reading_minutes,
    write_header,
    write_row,
)
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograde.lesson import read_lesson

#: A cell with this tag shows a warning on purpose, and its lesson explains it.
SHOWS_WARNING = "shows-warning"


@pytest.mark.parametrize("lesson", LONG_FOR_MOST)
def test_lesson_runs_without_errors_and_unexplained_warnings(lesson, tmp_path):
    runs_well(execute_on_samples(PROJECT, lesson, tmp_path))


@pytest.mark.long
@pytest.mark.parametrize("lesson", [x for x in LESSONS if PROJECT.going_further(x).exists()])
def test_second_notebook_runs_without_errors_and_warnings(lesson, tmp_path):
    runs_well(execute_on_samples(PROJECT, lesson, tmp_path, PROJECT.going_further(lesson)))


def runs_well(notebook):
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            assert output.output_type != "error", (cell.source, output.evalue)
            warned = output.output_type == "stream" and output.name == "stderr"
            assert not warned or SHOWS_WARNING in cell.metadata.get("tags", []), (
                cell.source,
                output.text,
            )


@pytest.mark.parametrize("lesson", LESSONS)
def test_header_and_table_tell_the_same_time(lesson):
    table = (PROJECT.root / "docs" / "times.md").read_text()
    row = re.search(rf"\| {lesson} \| (\d+) \|", table)
    assert row, f"{lesson} is not in docs/times.md: run `make times`"
    header = HEADER.search(PROJECT.source(lesson).read_text())
    assert header
    assert header["run"] == in_words(int(row[1]))
    assert int(row[1]) <= 180


@pytest.mark.parametrize("lesson", LESSONS)
def test_header_tells_how_long_a_student_takes(lesson):
    notebook = read_lesson(PROJECT.source(lesson))
    reading, work = reading_minutes(notebook), exercise_minutes(notebook)
    header = HEADER.search(PROJECT.source(lesson).read_text())
    assert header
    # In steps of five minutes; a few sentences more need no new header.
    assert abs(int(header["reading"]) - reading) <= 5, "run `make times`"
    assert abs(int(header["exercises"]) - work) <= 5, "run `make times`"
    assert reading + work <= LONGEST


def test_words_lines_and_points_make_minutes():
    about = {"nbgrader": {"grade": True, "grade_id": "test_a", "points": 3, "solution": False}}
    notebook = new_notebook(
        cells=[
            new_markdown_cell("word " * 400),
            new_code_cell("# no line\n\n" + "x = 1\n" * 16),
            new_code_cell("checks.run('a')", metadata=about),
        ]
    )
    assert reading_minutes(notebook) == 2 + 2
    assert exercise_minutes(notebook) == 2 + 3 * 3


def test_times_are_told_in_words():
    told = [in_words(seconds) for seconds in (3, 14, 47, 58, 75, 92, 170)]
    assert told == [
        "about 10 seconds",
        "about 10 seconds",
        "about 50 seconds",
        "about 1 minute",
        "about 1 minute",
        "about 1.5 minutes",
        "about 3 minutes",
    ]


def test_header_is_written(fresh_course):
    path = fresh_course.source("00_start_here")
    write_header(path, 95)
    assert (
        "# **Running time** about 1.5 minutes on two cores with the sample data; "
        "reading about 10 minutes, exercises about 10." in path.read_text()
    )
    path.write_text("# no such line")
    with pytest.raises(ValueError, match="needs one line"):
        write_header(path, 95)


def test_one_row_of_the_table_is_replaced(tmp_path):
    table = tmp_path / "times.md"
    for lesson, row in (
        ("01_activations", "| 01_activations | 9 | 0.1 | 5 |\n"),
        ("00_start_here", "| 00_start_here | 6 | 0.0 | 5 |\n"),
        ("01_activations", "| 01_activations | 12 | 0.2 | 5 |\n"),
    ):
        write_row(table, lesson, row)
    rows = [line for line in table.read_text().splitlines() if line.startswith("| 0")]
    assert rows == ["| 00_start_here | 6 | 0.0 | 5 |", "| 01_activations | 12 | 0.2 | 5 |"]
