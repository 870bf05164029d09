"""What of the lesson's demonstrations runs where an answer uses a name that they make."""

from __future__ import annotations

import nbformat
import pytest

from autograde.grading import session
from autograde.lesson import grade_id

LESSON = "01_activations"
USES = "def {}(values):\n    return {}\n"


@pytest.fixture
def own_cells(built_course):
    """Plan a submission with this answer; give the places of the parts that run, and of each exercise."""

    def planned(exercise, answer):
        notebook = nbformat.read(built_course.notebook("release", LESSON), as_version=4)
        for cell in notebook.cells:
            if grade_id(cell) == exercise:
                cell.source = answer
        path = built_course.notebook("submitted", LESSON, "borrower")
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, path)
        places = {grade_id(cell): place for place, cell in enumerate(notebook.cells)}
        (borrower,) = session.plan(built_course, LESSON, ["borrower"], force=True)
        return [cell for cell in borrower.job.cells if cell.own], places[exercise]

    return planned


def test_a_name_comes_from_above_its_use(own_cells):
    """Further down the same name belongs to a training loop, which had not run when the answer was tried."""
    parts, answer = own_cells("relu_derivative", USES.format("relu_derivative", "x"))
    assert parts
    assert all(part.index < answer for part in parts)


def test_a_name_that_is_made_further_down_only_comes_from_there(own_cells):
    parts, answer = own_cells("sigmoid", USES.format("sigmoid", "steps"))
    assert parts
    assert any("steps" in part.source and part.index > answer for part in parts)


def test_nothing_runs_for_an_answer_that_borrows_nothing(own_cells):
    parts, _ = own_cells("sigmoid", "def sigmoid(x):\n    return 1 / (1 + np.exp(-x))\n")
    assert parts == []
