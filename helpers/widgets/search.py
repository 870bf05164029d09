"""Hyper-parameter searches, one training after another."""

from collections.abc import Mapping, Sequence
from typing import Any

import ipywidgets
import numpy as np
from matplotlib.figure import Figure

from helpers import plots
from helpers.plots.search import RATE, SIZE, Trial, draw_trials, loss_colours
from helpers.widgets._explorer import Explorer


def search_explorer(
    trials: Mapping[str, Sequence[Trial]], landscape: tuple[Any, Any, Any]
) -> Explorer:
    """Return a widget: choose a method of search and see the points it has tried so far.

    trials: from the name of a method to its list of (params, epochs, loss), in the order in which
    they were tried; params is a dict with "learning_rate" and "layer_size". landscape: (rates,
    sizes, losses) as `plots.search_plane` takes it. Controls: `method`, a name, and `tried`, a
    number of trials, at first half of them. Raises ValueError for no method, and for a method without trials.
    """
    if not trials:
        raise ValueError("trials: expected at least one method, got none")
    for name, found in trials.items():
        if not len(found):
            raise ValueError(f"trials: expected at least one trial of {name!r}, got none")
    method = ipywidgets.Dropdown(options=list(trials), description="method")
    n = len(next(iter(trials.values())))
    tried = ipywidgets.IntSlider((n + 1) // 2, 1, n, description="tried")

    figure = Figure(figsize=(10.5, 4.4), layout="constrained")
    plane, race = figure.subplots(1, 2, width_ratios=[1.25, 1])
    plots.search_plane([], landscape, " ", plane)
    curves = {name: plots.best_so_far(found) for name, found in trials.items()}
    lines = {
        name: race.step(epochs, _drawable(best), where="post", color="#B0B0B0", linewidth=1)[0]
        for name, (epochs, best) in curves.items()
    }
    colours = loss_colours(landscape[2])
    lowest = min(colours["norm"].vmin, *(best.min() for _, best in curves.values()))
    race.set(xlabel="epochs of training spent", ylabel="lowest validation loss so far",
             ylim=(0.97 * lowest, 2 * lowest), title="grey: the other methods")  # fmt: skip
    race.grid(alpha=0.3)
    highlight = race.step([0], [0], where="post", color=plots.BLUE, linewidth=2.5, zorder=3)[0]
    end = race.plot([0], [0], "o", color=plots.VERMILLION, markersize=8, zorder=4)[0]
    figure.draw_without_rendering()
    figure.set_layout_engine("none")  # the places are found; finding them again takes as long
    drawn: list[Any] = []

    def draw(method: str, tried: int) -> tuple[Figure, str]:
        while drawn:
            drawn.pop().remove()
        so_far = trials[method][:tried]
        most = max(trial[1] for trial in trials[method])
        drawn.extend(draw_trials(plane, so_far, colours, most))
        plane.set_title(f"{method}: {len(so_far)} of {len(trials[method])} trainings")
        for name, line in lines.items():
            line.set_visible(name != method)
        epochs, best = (curve[:tried] for curve in curves[method])
        highlight.set_data(epochs, _drawable(best))
        end.set_data(epochs[-1:], _drawable(best)[-1:])
        return figure, _describe(method, so_far, epochs[-1], best[-1])

    def fit_slider(change: Any = None) -> None:
        tried.max = len(trials[str(method.value)])

    method.observe(fit_slider, names="value")
    return Explorer("Search explorer", {"method": method, "tried": tried}, draw)


def _drawable(losses: np.ndarray) -> np.ndarray:
    """The losses with NaN in place of infinity, which no line can reach."""
    return np.where(np.isinf(losses), np.nan, losses)


def _describe(method: str, trials: Sequence[Trial], epochs: float, best: float) -> str:
    text = f"{method}: {epochs:g} epochs spent in {len(trials)} trainings. "
    if np.isinf(best):
        return text + "None of them has a loss that is a number yet."
    number = next(i for i, trial in enumerate(trials) if trial[2] == best)
    params = trials[number][0]
    return text + (
        f"Best so far: loss {best:.3f} in training {number + 1}, learning rate "
        f"{params[RATE]:.2g}, {params[SIZE]:.0f} units."
    )
