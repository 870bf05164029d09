"""Every figure in a notebook has a text alternative, which says what is in it."""

from __future__ import annotations

import os

import numpy as np
import pytest
from matplotlib import pyplot as plt
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from helpers import plots


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def test_axes_and_lines_are_told():
    figure, ax = plt.subplots()
    ax.plot([0, 1, 2], [0.9, 0.2, 0.4], label="training")
    ax.axhline(0.5, label="goal")
    ax.set(xlabel="epoch", ylabel="loss", title="Digits")
    assert plots.describe(figure) == (
        "Figure. Digits; loss against epoch; line training from 0.9 to 0.4, lowest 0.2, highest 0.9; "
        "line goal from 0.5 to 0.5, lowest 0.5, highest 0.5."
    )


def test_panels_bars_points_and_images_are_told():
    figure, axes = plt.subplots(1, 3)
    axes[0].bar(["a", "b"], [1, 2.5])
    axes[1].scatter([1, 2, 3], [1, 2, 3], label="moons")
    axes[2].imshow(np.zeros((28, 20)))
    text = plots.describe(figure)
    assert (
        "Panel 1: 2 bars of 1, 2.5. Panel 2: 3 points (moons). Panel 3: an image of 28 by 20 pixels."
        in text
    )


def test_many_panels_are_told_by_their_titles():
    text = plots.describe(plots.image_grid(np.zeros((20, 28, 28)), np.arange(20)))
    assert text.startswith("Figure. 20 panels: 0, 1, 2, ")


def test_many_lines_and_gaps_are_told_in_short():
    figure, ax = plt.subplots()
    for _ in range(13):
        ax.plot([1, 2])
    assert plots.describe(figure) == "Figure. 13 lines."
    figure, ax = plt.subplots()
    ax.plot([np.nan, 1.0, np.nan])
    ax.plot([np.nan, np.nan])
    assert plots.describe(figure) == "Figure. a line from 1 to 1, lowest 1, highest 1; a line."


def test_a_notebook_shows_it_beside_the_picture(tmp_path):
    source = """
import matplotlib.pyplot as plt
from helpers import plots
plt.plot([3, 4], label="<growth>")
plt.show()
plots.image_grid([[[0, 255]]])
"""
    notebook = new_notebook(cells=[new_code_cell(source)])
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute(
        env={**os.environ}
    )
    first, second = notebook.cells[0].outputs
    assert '<img alt="Figure. line &lt;growth&gt; from 3 to 4' in first.data["text/html"]
    assert first.data["image/png"].replace("\n", "") in first.data["text/html"].replace("\n", "")
    assert "an image of 1 by 2 pixels" in second.data["text/html"]
