"""The explorer of hyper-parameter searches."""

from __future__ import annotations

import numpy as np
import pytest

from helpers import widgets

RATES, SIZES = np.geomspace(1e-3, 1, 4), np.array([2, 8, 32])
LOSSES = np.linspace(0.4, 0.9, 12).reshape(3, 4)
LOSSES[:, -1] = np.nan
LANDSCAPE = (RATES, SIZES, LOSSES)


def trial(rate, size, epochs, loss):
    return {"learning_rate": rate, "layer_size": size}, epochs, loss


TRIALS = {
    "random": [
        trial(1.0, 8, 9, np.nan),
        trial(0.01, 8, 9, 0.6),
        trial(0.1, 32, 9, 0.75),
        trial(0.001, 2, 9, 0.4),
    ],
    "<halving>": [trial(0.01, 2, 3, 0.5), trial(0.01, 8, 3, 0.55)],
}


def test_explorer_counts_epochs_and_names_the_best():
    explorer = widgets.search_explorer(TRIALS, LANDSCAPE)
    explorer.controls["tried"].value = 3
    assert explorer.words == (
        "random: 27 epochs spent in 3 trainings. Best so far: loss 0.600 in training 2, learning rate "
        "0.01, 8 units."
    )
    before = explorer.picture.value
    explorer.controls["tried"].value = 4
    assert "loss 0.400 in training 4, learning rate 0.001, 2 units" in explorer.words
    assert explorer.picture.value != before


def test_explorer_says_when_nothing_has_a_loss():
    explorer = widgets.search_explorer(TRIALS, LANDSCAPE)
    explorer.controls["tried"].value = 1
    assert explorer.words.endswith("None of them has a loss that is a number yet.")


def test_explorer_fits_the_slider_to_the_method():
    explorer = widgets.search_explorer(TRIALS, LANDSCAPE)
    explorer.controls["tried"].value = 4
    explorer.controls["method"].value = "<halving>"
    assert explorer.controls["tried"].max == 2
    assert explorer.words.startswith("<halving>: 6 epochs spent in 2 trainings.")
    assert "&lt;halving&gt;" in explorer.sentence.value
    explorer.controls["method"].value = "random"
    assert explorer.controls["tried"].max == 4


def test_explorer_starts_half_way():
    assert widgets.search_explorer(TRIALS, LANDSCAPE).controls["tried"].value == 2


def test_explorer_shows_points_beyond_the_landscape_and_sizes_between_its_cells():
    outside = {"far": [trial(5.0, 300, 1, np.inf), trial(1e-5, 3, 1, 7.0)]}
    explorer = widgets.search_explorer(outside, LANDSCAPE)
    explorer.controls["tried"].value = 2
    assert "loss 7.000" in explorer.words


@pytest.mark.parametrize(
    ("trials", "landscape", "message"),
    [
        ({}, LANDSCAPE, "^trials: expected at least one method"),
        ({"grid": []}, LANDSCAPE, "^trials: expected at least one trial of 'grid'"),
        (TRIALS, (RATES, SIZES, LOSSES.T), r"^landscape: expected shape \(3, 4\), got \(4, 3\)"),
    ],
)
def test_explorer_names_wrong_arguments(trials, landscape, message):
    with pytest.raises(ValueError, match=message):
        widgets.search_explorer(trials, landscape)
