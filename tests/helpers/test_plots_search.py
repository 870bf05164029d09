"""The figures of hyper-parameter searches."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib import pyplot as plt

from helpers import plots


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def trial(rate, size, epochs, loss):
    return {"learning_rate": rate, "layer_size": size}, epochs, loss


TRIALS = [
    trial(0.5, 4, 3, np.nan),
    trial(0.1, 8, 9, 0.5),
    trial(0.01, 4, 3, 0.7),
    trial(0.1, 4, 9, 0.4),
]
LANDSCAPE = (
    np.array([0.01, 0.1, 1]),
    np.array([4, 8]),
    np.array([[0.6, 0.4, np.nan], [0.5, 0.3, 1.2]]),
)


def test_best_so_far():
    epochs, best = plots.best_so_far(TRIALS)
    assert epochs.tolist() == [3, 12, 15, 24]
    assert best.tolist() == [np.inf, 0.5, 0.5, 0.4]


def test_plane_shows_numbers_crosses_and_the_best():
    ax = plots.search_plane(TRIALS, LANDSCAPE, "a search")
    ax.figure.canvas.draw()
    assert ax.get_title() == "a search"
    assert [text.get_text() for text in ax.texts] == ["1", "2", "3", "4"]
    points, crosses, ring = ax.collections[-3:]
    assert len(points.get_offsets()) == 3
    assert crosses.get_offsets().tolist() == [[0.5, 4]]
    assert ring.get_offsets().tolist() == [[0.1, 4]]
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")
    sizes = points.get_sizes()
    assert sizes[0] > sizes[1]  # more epochs, larger


def test_plane_colours_span_the_landscape():
    ax = plots.search_plane([], LANDSCAPE)
    mesh = ax.collections[0]
    assert mesh.norm.vmin == pytest.approx(0.3)
    assert mesh.norm.vmax == pytest.approx(0.6)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["4", "8"]


def test_plane_without_a_landscape_and_with_many_trials():
    ax = plots.search_plane([trial(0.01, 4, 1, 0.5 + i) for i in range(31)])
    assert not ax.texts
    ax = plots.search_plane([trial(0.01, 4, 1, np.nan)])  # nothing but divergence
    ax.figure.canvas.draw()


def test_plane_names_wrong_arguments():
    with pytest.raises(ValueError, match="^trials: expected at least one"):
        plots.search_plane([])
    rates, sizes, losses = LANDSCAPE
    with pytest.raises(ValueError, match=r"^landscape: expected shape \(2, 3\), got \(3, 2\)"):
        plots.search_plane(TRIALS, (rates, sizes, losses.T))


def test_best_after_a_number_of_epochs():
    assert plots.best_after(TRIALS, [0, 3, 11, 12, 23, 24]).tolist() == [
        np.inf, np.inf, np.inf, 0.5, 0.5, 0.4,
    ]  # fmt: skip


def test_race_draws_medians():
    other = [trial(0.1, 8, 12, 0.8), trial(0.1, 8, 12, 0.6)]
    found = {"one": [TRIALS, TRIALS, other], "two": [other]}
    ax = plots.search_race(found, 24, bands=["one"], lowest_possible=0.3, title="a race")
    ax.figure.canvas.draw()
    one, two = ax.lines
    first, second = (np.asarray(line.get_ydata()) for line in (one, two))
    assert np.isnan(first[:12]).all()
    assert first[-1] == pytest.approx(0.1)
    assert second[-1] == pytest.approx(0.3)
    assert one.get_linestyle() != two.get_linestyle()
    assert ax.get_title() == "a race"
    with pytest.raises(ValueError, match="^found: expected at least one"):
        plots.search_race({}, 24)


def test_surrogate_panels():
    rates, sizes, losses = LANDSCAPE
    steps = [(losses[:, [0, 1, 1]], losses[:, [1, 0, 0]], TRIALS[:n]) for n in (1, 3)]
    axes = plots.surrogate_panels(steps, rates, sizes)
    axes[0, 0].figure.canvas.draw()
    assert axes.shape == (2, 2)
    assert axes[1, 1].get_title() == "uncertainty (log loss), 3 trials"
    with pytest.raises(ValueError, match="^steps: expected at least one"):
        plots.surrogate_panels([], rates, sizes)
    with pytest.raises(ValueError, match="^expected loss: expected shape"):
        plots.surrogate_panels([(losses.T, losses.T, TRIALS)], rates, sizes)


def test_trials_and_their_projections():
    axes = plots.projected_trials(
        {"a": [(0.1, 0.5), (0.2, 0.6)], "b": [(0.3, 0.4)]}, "rate", "size"
    )
    assert [len(ax.lines) for ax in axes] == [2, 2]
    assert axes[0].lines[1].get_xdata().tolist() == [0.1, 0.2]
    assert (axes[0].get_xlabel(), axes[0].get_ylabel()) == ("rate", "size")


def test_draws_on_a_logarithmic_axis():
    axes = plots.draws_on_log_axis({"a": [0.01, 0.02], "b": [0.5]}, 0.001, 1)
    assert [sum(bar.get_height() for bar in ax.patches) for ax in axes] == [2, 1]
    assert axes[0].get_xscale() == "log"
