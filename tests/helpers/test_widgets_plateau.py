"""Behaviour of helpers.widgets.plateau_explorer: it says what Keras's callbacks would do."""

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")

from helpers import widgets

PNG = b"\x89PNG"
PREDICT = [0.50, 0.40, 0.36, 0.37, 0.36, 0.38, 0.33, 0.32]
FALLING = list(np.linspace(1, 0.1, 30))


@pytest.fixture
def explorer():
    return widgets.plateau_explorer({"predict": PREDICT, "falling": FALLING}, learning_rate=0.1)


def test_it_reads_the_picture_out(explorer):
    explorer.controls["stop_patience"].value = 3
    explorer.controls["patience"].value = 2
    assert explorer.words == (
        "The rate is cut once, first at the end of epoch 5. EarlyStopping stops after epoch 6; its best "
        "epoch is 3, with the loss 0.36. It misses 0.32 in epoch 8."
    )
    assert explorer.sentence.value == explorer.words
    explorer.controls["stop_patience"].value = 4
    assert "lets it run to the end; its best epoch is 8, with the loss 0.32." in explorer.words


def test_patience_one_cuts_at_every_bump(explorer):
    explorer.controls["patience"].value = 1
    assert explorer.words.startswith("The rate is cut 3 times, first at the end of epoch 4.")


def test_a_falling_curve_is_left_alone(explorer):
    explorer.controls["curve"].value = "falling"
    assert explorer.words.startswith("The rate is never cut.")
    assert explorer.words.endswith("its best epoch is 30, with the loss 0.1.")


def test_min_delta_makes_small_gains_no_improvement():
    explorer = widgets.plateau_explorer({"slow": [1.0, 0.5, 0.496, 0.497]})
    assert "its best epoch is 3, with the loss 0.496." in explorer.words
    explorer.controls["min_delta"].value = 0.01
    assert "its best epoch is 2, with the loss 0.5." in explorer.words
    assert explorer.words.endswith("Epoch 3 has 0.496, which is not better by min_delta.")


def test_every_control_redraws(explorer):
    pictures = [bytes(explorer.picture.value)]
    changes = [
        ("patience", 1),
        ("factor", 0.5),
        ("stop_patience", 2),
        ("min_delta", 0.01),
        ("curve", "falling"),
    ]
    for name, value in changes:
        explorer.controls[name].value = value
        pictures.append(bytes(explorer.picture.value))
    assert all(picture.startswith(PNG) for picture in pictures)
    assert len(set(pictures)) == len(pictures)
    assert all(control.description for control in explorer.controls.values())


@pytest.mark.parametrize(
    "losses", [[0.5], [0.0] * 60, [-1.0, -2.0], list(np.random.default_rng(0).normal(size=200))]
)
def test_unusual_curves_are_drawn(losses):
    explorer = widgets.plateau_explorer({"one": losses})
    for patience in (1, 15):
        explorer.controls["patience"].value = explorer.controls["stop_patience"].value = patience
        assert bytes(explorer.picture.value).startswith(PNG)


@pytest.mark.parametrize(
    ("curves", "message"),
    [
        ({}, "at least one list"),
        ({"a": []}, "at least one"),
        ({"a": [1.0, np.nan]}, "finite"),
        ({"a": [[1.0]]}, "a"),
    ],
)
def test_what_cannot_be_drawn_is_refused(curves, message):
    with pytest.raises(ValueError, match=message):
        widgets.plateau_explorer(curves)
