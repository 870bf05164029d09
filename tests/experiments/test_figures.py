"""The table of figures, and the figures that lesson 06 quotes, on the full Fashion-MNIST."""

from __future__ import annotations

import json
import shutil

import figures
import nbformat
import pytest
from nbclient import NotebookClient

from helpers import data

REPORT = """
import json
print(json.dumps({
    "sample": fashion.is_sample,
    "raw": float(model_raw.evaluate(x_valid, y_valid, verbose=0)[1]),
    **{name: history.history["val_accuracy"][-1] for name, history in histories.items()},
    "test": float(test_accuracy),
    "test, scaling forgotten": float(model.evaluate(x_test, y_test, verbose=0)[0]),
}))
"""


def test_page_is_made_of_the_results_and_every_goal_is_reached():
    text, missed = figures.page(figures.read_results())
    assert missed == []
    assert text == (figures.COURSE.root / "docs" / "figures.md").read_text("utf-8")


def test_missed_goal_is_told():
    results = figures.read_results()
    for run in results["runs"]["fashion_best"].values():
        run["test accuracy"] = 0.8899
    _, missed = figures.page(results)
    assert len(missed) == 1
    assert "test accuracy is 0.8899, not 0.89" in missed[0]


@pytest.mark.long
@pytest.mark.skipif(
    not data.DEBIAN_FOLDER.is_dir(), reason="the full Fashion-MNIST is not installed"
)
@pytest.mark.parametrize("lesson", ["06_fashion_mnist"])
def test_figures_of_a_lesson(built_course, tmp_path, lesson):
    """Ranges seen with several seeds, on two machines, and a little on either side."""
    notebook = nbformat.read(built_course.notebook("source", lesson), as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(REPORT))
    shutil.copy(built_course.tests(lesson), tmp_path)
    NotebookClient(notebook, timeout=900, skip_cells_with_tag="").execute(cwd=str(tmp_path))
    figures = json.loads(notebook.cells[-1].outputs[-1].text)
    assert not figures["sample"]
    assert figures["raw"] < 0.15
    assert 0.865 < figures["divided by 255"] < 0.89
    assert 0.88 < figures["standardised"] < 0.90
    assert 0.88 < figures["standardised, Adam"] < 0.90
    assert 0.868 < figures["test"] < 0.885
    assert figures["test, scaling forgotten"] > 10
