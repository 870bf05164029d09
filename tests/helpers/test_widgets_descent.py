"""Behaviour of helpers.widgets.descent_explorer: it descends as the formula says, and judges it."""

import re

import matplotlib as mpl
import numpy as np
import pytest
from traitlets import TraitError

mpl.use("Agg")

from helpers import widgets
from helpers.widgets.descent import CURVATURES, STARTS, descend, loss_at

PNG = b"\x89PNG"
SLOPE, MIDDLE, FLOOR = STARTS
VERDICTS = ("too slow", "converges", "oscillates", "diverges")


@pytest.fixture
def explorer():
    return widgets.descent_explorer()


def verdict(explorer, rate, momentum=0.0, start=SLOPE):
    """The one verdict in the sentence for these settings."""
    values = {"rate": rate, "momentum": momentum, "start": start}
    for name, value in values.items():
        explorer.controls[name].value = value
    assert explorer.controls["rate"].value == pytest.approx(rate)
    (found,) = (verdict for verdict in VERDICTS if verdict in explorer.words)
    return found


@pytest.mark.parametrize(
    ("rate", "momentum", "expected"),
    [
        (0.003, 0, "too slow"),
        (0.03, 0, "too slow"),
        (0.02, 0.3, "too slow"),
        (0.1, 0, "converges"),
        (0.16, 0, "converges"),
        (0.02, 0.9, "converges"),
        (0.2, 0.5, "converges"),  # momentum b lets a rate grow to 2 (1 + b) / 12
        (0.166, 0, "oscillates"),
        (0.05, 0.99, "oscillates"),
        (0.003, 0.99, "oscillates"),
        (0.168, 0, "diverges"),
        (0.2, 0, "diverges"),
        (0.3, 0.5, "diverges"),
    ],
)
def test_the_verdict_is_what_theory_says(explorer, rate, momentum, expected):
    assert verdict(explorer, rate, momentum) == expected


def test_a_rate_over_2_by_the_curvature_diverges_and_the_sentence_says_why(explorer):
    assert verdict(explorer, 0.2) == "diverges"
    assert "rates above 2 / 12 = 0.167 are too large" in explorer.words


def test_on_the_floor_nothing_is_steep(explorer):
    assert verdict(explorer, 0.3, start=FLOOR) == "converges"
    assert verdict(explorer, 0.3, start=MIDDLE) == "diverges"


@pytest.mark.parametrize("start", STARTS)
def test_only_rates_that_are_unstable_diverge(explorer, start):
    steepest = max(CURVATURES[np.array(STARTS[start]) != 0])
    for momentum in (0, 0.5, 0.97, 0.99):
        for rate in (0.003, 0.05, 0.15, 0.18, 0.3):
            unstable = rate * steepest > 2 * (1 + momentum)
            assert (verdict(explorer, rate, momentum, start) == "diverges") == unstable


def test_the_sentence_gives_the_final_loss(explorer):
    verdict(explorer, 0.1)
    first, last = re.search(r"from (\S+) to (\S+):", explorer.words).groups()
    assert float(first) == 14
    w1, w2 = -4 * 0.9**60, (1 - 1.2) ** 60
    assert float(last) == pytest.approx(0.5 * (w1**2 + 12 * w2**2), rel=0.01)


def test_descend_takes_steps_with_momentum():
    path = descend(0.1, 0.5, (1.0, 1.0))
    assert path.shape == (61, 2)
    assert path[0] == pytest.approx([1, 1])
    assert path[1] == pytest.approx([0.9, -0.2])
    # v = 0.5 (-0.1, -1.2) - 0.1 (0.9, -2.4)
    assert path[2] == pytest.approx([0.9 - 0.05 - 0.09, -0.2 - 0.6 + 0.24])
    assert loss_at(path)[:2] == pytest.approx([6.5, 0.405 + 0.24])


def test_every_control_redraws(explorer):
    pictures = [bytes(explorer.picture.value)]
    for name, value in [("rate", 0.2), ("momentum", 0.9), ("start", MIDDLE)]:
        explorer.controls[name].value = value
        pictures.append(bytes(explorer.picture.value))
    assert all(picture.startswith(PNG) for picture in pictures)
    assert len(set(pictures)) == len(pictures)
    assert all(control.description for control in explorer.controls.values())


def test_controls_end_where_they_should(explorer):
    rate, momentum = explorer.controls["rate"], explorer.controls["momentum"]
    assert (rate.base**rate.min, rate.base**rate.max) == pytest.approx((0.003, 0.3))
    momentum.value = 2
    assert momentum.value == 0.99
    with pytest.raises(TraitError):
        explorer.controls["start"].value = "nowhere"
