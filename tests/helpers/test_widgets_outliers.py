"""The outlier explorer, and the two ways in which it fits a line."""

import re

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")

from helpers import widgets
from helpers.widgets.outliers import X, Y, least_absolute, least_squares


def test_both_fits_find_a_straight_line():
    assert least_squares(X, 2 - 3 * X) == pytest.approx((2, -3))
    assert least_absolute(X, 2 - 3 * X) == pytest.approx((2, -3))


@pytest.mark.parametrize("seed", range(5))
def test_no_line_nearby_has_a_smaller_error(seed):
    rng = np.random.default_rng(seed)
    y = rng.normal(size=len(X))

    def error(line, power):
        return (np.abs(line[0] + line[1] * X - y) ** power).sum()

    for fit, power in ((least_squares, 2), (least_absolute, 1)):
        best = np.array(fit(X, y))
        for step in rng.normal(scale=0.1, size=(200, 2)):
            assert error(best, power) <= error(best + step, power) + 1e-9


def slopes(explorer):
    return [float(s) for s in re.findall(r"error (-?\d+\.\d+)[,;]", explorer.words)]


def test_an_outlier_moves_one_line_and_hardly_the_other():
    explorer = widgets.outlier_explorer()
    assert slopes(explorer) == pytest.approx([0.4, 0.4], abs=0.05)
    picture = bytes(explorer.picture.value)
    explorer.controls["value"].value = 20.0
    squared, absolute = slopes(explorer)
    assert squared > 1
    assert absolute == pytest.approx(0.4, abs=0.06)
    assert bytes(explorer.picture.value) != picture
    explorer.controls["clip"].value = True
    assert slopes(explorer) == pytest.approx([0.4, 0.4], abs=0.06)
    assert f"at {Y[:-1].max():.1f}" in explorer.words
