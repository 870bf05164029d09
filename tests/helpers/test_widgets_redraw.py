"""What a move of a control does in each widget: one drawing, on a figure that is kept, and nothing more."""

from __future__ import annotations

import matplotlib as mpl
import pytest

mpl.use("Agg")

import matplotlib.pyplot as plt
from redraws import EXAMPLES

from helpers import widgets

NOT_EXPLORERS = {"ACTIVATIONS", "CommitBox", "Explorer", "commit_box", "simulate_pipeline"}


def watched(name):
    """The widget of an example, the moves it is tried with, and the figures it draws from now on."""
    make, moves = EXAMPLES[name]
    explorer = make()
    draw, figures = explorer.draw, []

    def record(**values):
        figure, words = draw(**values)
        figures.append(figure)
        return figure, words

    explorer.draw = record
    return explorer, moves, figures


def test_every_widget_is_tried():
    assert set(EXAMPLES) == set(widgets.__all__) - NOT_EXPLORERS


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_move_draws_once_and_leaves_nothing_behind(name):
    plt.close("all")
    explorer, moves, figures = watched(name)
    artists = []
    for _ in range(2):
        for control, values in moves.items():
            for value in values:
                before, drawn = bytes(explorer.picture.value), len(figures)
                explorer.controls[control].value = value
                assert len(figures) == drawn + 1, f"{control} = {value}"
                assert bytes(explorer.picture.value) != before
        artists.append(len(figures[-1].findobj()))
    assert len(set(figures)) == 1, "a figure was made anew"
    assert len(set(artists)) == 1, f"the number of artists grows: {artists}"
    assert plt.get_fignums() == []
