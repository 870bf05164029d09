"""The figures of gradient descent: paths, decision boundaries, losses by step."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")

from matplotlib import pyplot as plt
from matplotlib.contour import ContourSet

from helpers import plots

LIMITS = (-5.0, 5.0, -2.0, 2.0)
X = np.array([[-1.0, 0.5], [0.2, -1.0], [1.0, 1.0]])
LABELS = [0, 1, 1]


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def bowl(w1, w2):
    return 0.5 * (w1**2 + 12 * w2**2)


def path(rate, n_steps=60):
    """Descent on the bowl from (-4, 1)."""
    powers = np.arange(n_steps + 1)[:, None]
    return np.array([-4.0, 1.0]) * (1 - rate * np.array([1.0, 12.0])) ** powers


def contours(ax):
    return [artist for artist in ax.collections if isinstance(artist, ContourSet)]


def legend(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def by_label(ax) -> dict[str, Any]:
    return {line.get_label(): line for line in ax.lines}


def png(ax):
    """What the figure looks like, as pixels."""
    ax.figure.canvas.draw()
    return np.asarray(ax.figure.canvas.buffer_rgba()).copy()


@pytest.mark.parametrize(
    "draw",
    [
        lambda ax: plots.descent(bowl, {"a": path(0.1)}, LIMITS, ax=ax),
        lambda ax: plots.decision_boundary(lambda x: x[:, 0] > 0, X, LABELS, ax=ax),
        lambda ax: plots.loss_curves({"a": [2.0, 1.0]}, ax=ax),
    ],
)
def test_ax_is_used_where_given_and_made_where_not(draw):
    _, (left, right) = plt.subplots(1, 2)
    assert draw(right) is right
    assert right.has_data()
    assert not left.has_data()
    assert isinstance(draw(None).figure, plots.ShownOnce)


def test_paths_lie_on_contours_that_are_dense_where_the_loss_is_low():
    ax = plots.descent(bowl, {"slow": path(0.01), "good": path(0.1)}, LIMITS)
    (lines,) = contours(ax)
    assert (np.diff(np.diff(lines.levels)) > 0).all()
    drawn = by_label(ax)
    assert np.array_equal(drawn["good"].get_xydata(), path(0.1))
    assert drawn["start"].get_xydata().tolist() == [[-4, 1], [-4, 1]]
    assert legend(ax) == ["slow", "good", "start"]
    for style in ("color", "marker", "linestyle"):
        assert len({mpl.artist.getp(drawn[label], style) for label in ("slow", "good")}) == 2
    assert {drawn["slow"].get_color(), drawn["good"].get_color()} < set(plots.COLOURS)


def test_a_path_that_diverges_leaves_the_view_as_it_is():
    with np.errstate(over="ignore", invalid="ignore"):
        away = path(50, n_steps=400)
    assert not np.isfinite(away).all()
    ax = plots.descent(bowl, {"away": away}, LIMITS)
    assert (*ax.get_xlim(), *ax.get_ylim()) == LIMITS
    drawn = by_label(ax)["away"].get_xydata()
    assert np.nanmax(np.abs(drawn)) < 1e8
    n_drawn = int(np.isfinite(drawn).all(axis=1).sum())
    assert n_drawn >= 2, "the step that leaves the picture is missing"
    assert np.isnan(drawn[n_drawn:]).all()
    just_contours = plots.descent(bowl, {}, LIMITS)
    assert (png(ax) != png(just_contours)).any()


@pytest.mark.parametrize(
    "loss", [lambda w1, w2: 0 * w1, lambda w1, w2: w1 * np.nan, lambda w1, w2: np.log(w1)]
)
def test_odd_losses_are_drawn(loss):
    with np.errstate(invalid="ignore", divide="ignore"):
        ax = plots.descent(loss, {"only a start": [[1.0, 1.0]]}, LIMITS)
    png(ax)


def test_the_boundary_is_where_the_probability_is_a_half():
    asked = []

    def predict(points):
        asked.append(points)
        return 1 / (1 + np.exp(-4 * (points[:, 0] - 0.25)))

    ax = plots.decision_boundary(predict, X, LABELS, resolution=40)
    (line,) = contours(ax)
    (vertices,) = (np.asarray(p.vertices) for p in line.get_paths())
    assert np.allclose(vertices[:, 0], 0.25, atol=0.01)
    assert asked[0].shape == (1600, 2)
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    assert left < X[:, 0].min() < X[:, 0].max() < right
    assert bottom < X[:, 1].min() < X[:, 1].max() < top
    shading = ax.images[0].get_array()
    assert shading[0, 0] < 0.5 < shading[0, -1]
    left, right, *_ = ax.images[0].get_extent()
    assert (left, right) == ax.get_xlim()


def test_classes_differ_in_colour_and_in_marker():
    ax = plots.decision_boundary(lambda x: x[:, 0] > 0, X, LABELS)
    zero, one = ax.lines
    assert zero.get_xydata().tolist() == X[:1].tolist()
    assert one.get_xydata().tolist() == X[1:].tolist()
    assert zero.get_marker() != one.get_marker()
    assert (zero.get_color(), one.get_color()) == (plots.BLUE, plots.VERMILLION)
    assert legend(ax) == ["class 0", "class 1"]


def test_a_column_of_probabilities_will_do():
    row = plots.decision_boundary(lambda x: x[:, 0] / 3 + 0.5, X, LABELS)
    column = plots.decision_boundary(lambda x: x[:, :1] / 3 + 0.5, X, LABELS)
    assert (png(row) == png(column)).all()


@pytest.mark.filterwarnings("error")
def test_without_a_boundary_there_is_no_line():
    ax = plots.decision_boundary(lambda x: np.full(len(x), 0.9), X[:1], [1])
    assert contours(ax) == []
    png(ax)


def test_loss_curves_start_at_step_0_and_differ_in_style():
    ax = plots.loss_curves({"slow": [4.0, 3.0, 2.0], "fast": [4.0, 1.0]})
    slow, fast = ax.lines
    assert slow.get_xydata().tolist() == [[0, 4], [1, 3], [2, 2]]
    assert fast.get_xydata().tolist() == [[0, 4], [1, 1]]
    assert slow.get_linestyle() != fast.get_linestyle()
    assert ax.get_yscale() == "log"
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("step", "loss")
    assert legend(ax) == ["slow", "fast"]
    assert plots.loss_curves({"slow": [1, 2]}, log=False).get_yscale() == "linear"


@pytest.mark.parametrize("log", [True, False])
@pytest.mark.parametrize("end", [np.nan, np.inf, 1e7])
def test_a_curve_that_explodes_leaves_through_the_top(log, end):
    ax = plots.loss_curves(
        {"stays": [2.0, 1.0, 0.5, 0.2], "explodes": [2.0, 10.0, end, 1.0]}, log=log
    )
    low, high = ax.get_ylim()
    assert 10 < high < 100
    assert low < 0.2
    exploding = by_label(ax)["explodes"].get_ydata()
    assert len(exploding) == 3, "drawn on after it was lost"
    assert exploding[:2].tolist() == [2, 10]
    assert exploding[2] > high


@pytest.mark.filterwarnings("ignore:Data has no positive values")  # and nothing is seen
@pytest.mark.parametrize("losses", [[], [np.nan], [0.0, 0.0], [3.0], [1.0, 0.0], [-1.0, -2.0]])
@pytest.mark.parametrize("log", [True, False])
def test_odd_curves_are_drawn(losses, log):
    ax = plots.loss_curves({"odd": losses}, log=log)
    png(ax)
    assert np.isfinite(ax.get_ylim()).all()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: plots.descent(bowl, {"a": [1.0, 2.0]}, LIMITS),
            r"^paths\['a'\]: expected shape \(n_steps \+ 1, 2\), got \(2,\)",
        ),
        (
            lambda: plots.descent(bowl, {"a": np.zeros((0, 2))}, LIMITS),
            r"^paths\['a'\]: .* no point",
        ),
        (lambda: plots.descent(lambda a, b: a[0], {}, LIMITS), r"^loss\(w1, w2\): .*got \(\d+,\)"),
        (lambda: plots.descent(bowl, {}, (1, -1, 0, 1)), "^limits: expected left < right"),
        (
            lambda: plots.decision_boundary(lambda x: x, X, LABELS),
            r"^predict\(points\): .*got \(14400, 2\)",
        ),
        (lambda: plots.decision_boundary(len, X.T, LABELS), r"^x: expected shape \(n, 2\), got"),
        (lambda: plots.decision_boundary(len, X, [0, 1]), r"^labels: expected shape \(3,\), got"),
        (lambda: plots.decision_boundary(len, X, [0, 1, 2]), "^labels: expected 0 and 1 only"),
        (lambda: plots.decision_boundary(len, X[:0], []), "^x: expected at least one point"),
        (lambda: plots.decision_boundary(len, X, LABELS, resolution=1), "^resolution: .* got 1"),
        (lambda: plots.loss_curves({}), "^curves: expected at least one curve"),
        (lambda: plots.loss_curves({"a": 1.0}), r"^curves\['a'\]: expected shape"),
    ],
)
def test_wrong_arguments_are_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
    assert plt.get_fignums() == [], "an empty figure would appear under the message"
