"""Hyper-parameter searches: the trials in the plane they search, and the best loss so far."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LogNorm
from matplotlib.patheffects import withStroke

from helpers.plots._figure import VERMILLION, check_shape, new_figure

# One training of a search: the hyper-parameters, the epochs it took and the validation loss it reached.
Trial = tuple[Mapping[str, Any], float, float]

RATE, SIZE = "learning_rate", "layer_size"
DIVERGED = "#D0D0D0"
MOST_NUMBERS = 30  # more numbers than that would hide one another


def best_so_far(trials: Sequence[Trial]) -> tuple[np.ndarray, np.ndarray]:
    """Return (epochs spent, lowest loss so far), each (n,), after each of n trials.

    trials: list of (params, epochs, loss). A loss of NaN counts as infinite.
    """
    epochs = np.cumsum([trial[1] for trial in trials])
    losses = np.array([trial[2] for trial in trials], dtype=float)
    return epochs, np.minimum.accumulate(np.where(np.isnan(losses), np.inf, losses))


def search_plane(
    trials: Sequence[Trial],
    landscape: tuple[Any, Any, Any] | None = None,
    title: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the trials of a search in the plane learning rate × layer size; return the Axes.

    trials: list of (params, epochs, loss), params a dict with "learning_rate" and "layer_size".
    They are numbered in their order (up to 30 of them), coloured by loss, the larger the more
    epochs they took; the best has a ring, and a cross marks a loss that is no number. landscape:
    (rates, sizes, losses), the losses (n_sizes, n_rates), drawn behind the points; grey where they
    are no numbers. Raises ValueError for neither trials nor landscape.
    """
    losses = np.array([trial[2] for trial in trials], dtype=float)
    shown = losses if landscape is None else np.asarray(landscape[2], dtype=float)
    if not shown.size:
        raise ValueError("trials: expected at least one trial, got none and no landscape")
    colours = loss_colours(shown)
    if ax is None:
        ax = new_figure(6.2, 4.2).subplots()
    if landscape is not None:
        rates, sizes = (np.asarray(axis, dtype=float) for axis in landscape[:2])
        check_shape("landscape", shown, (len(sizes), len(rates)))
        ax.set_facecolor(DIVERGED)
        behind = np.ma.masked_invalid(shown)
        ax.pcolormesh(_edges(rates), _edges(sizes), behind, alpha=0.55, rasterized=True, **colours)
    else:
        ax.grid(alpha=0.3)
    ax.set(xscale="log", yscale="log", xlabel="learning rate", ylabel="units in the hidden layer")
    draw_trials(ax, trials, colours)
    ticks = [size for size in (1, 2, 4, 8, 16, 32, 64, 128, 256) if _within(size, ax.get_ylim())]
    ax.set_yticks(ticks, [str(tick) for tick in ticks])
    ax.set_yticks([], minor=True)
    if title is not None:
        ax.set_title(title)
    bar = ax.figure.colorbar(ScalarMappable(**colours), ax=ax, extend="max")
    marks = colours["norm"].vmin * np.array([1, 1.2, 1.4, 1.7, 2])
    bar.set_ticks(marks, labels=[f"{mark:.2f}" for mark in marks])
    bar.ax.minorticks_off()
    bar.set_label("validation loss")
    return ax


def draw_trials(
    ax: Axes, trials: Sequence[Trial], colours: Mapping[str, Any], most_epochs: float | None = None
) -> list[Any]:
    """Draw the points of `search_plane` alone; return what was drawn, so that it can be removed."""
    if not len(trials):
        return []
    x, y = ([float(trial[0][name]) for trial in trials] for name in (RATE, SIZE))
    epochs, losses = (np.array([trial[i] for trial in trials], dtype=float) for i in (1, 2))
    x, y, lost = np.array(x), np.array(y), ~np.isfinite(losses)
    area = 25 + 95 * epochs / (most_epochs or epochs.max())
    edge = {"edgecolor": "white", "linewidth": 1, "zorder": 3}
    drawn: list[Any] = [
        ax.scatter(x[~lost], y[~lost], area[~lost], losses[~lost], **edge, **colours),
        ax.scatter(x[lost], y[lost], 45, "black", marker="x", zorder=3),
    ]
    if not lost.all():
        best = np.argmin(np.where(lost, np.inf, losses))
        drawn.append(
            ax.scatter(x[best], y[best], 260, "none", edgecolor=VERMILLION, linewidth=2.5, zorder=4)
        )
    if len(trials) <= MOST_NUMBERS:
        outline = [withStroke(linewidth=2, foreground="white")]
        style = {"fontsize": 9, "zorder": 5, "path_effects": outline}
        drawn += [
            ax.annotate(str(number), place, (6, 4), textcoords="offset points", **style)
            for number, place in enumerate(zip(x, y, strict=True), start=1)
        ]
    return drawn


def loss_colours(losses: Any) -> dict[str, Any]:
    """The norm and the colour map for these losses: from the lowest to twice as much."""
    losses = np.asarray(losses, dtype=float)
    lowest = losses.min(where=np.isfinite(losses), initial=np.inf)
    lowest = lowest if np.isfinite(lowest) else 1.0
    return {"norm": LogNorm(lowest, 2 * lowest), "cmap": "cividis"}


def _edges(centres: np.ndarray) -> np.ndarray:
    """The borders of cells around these centres, half-way on a logarithmic axis."""
    logs = np.log(centres)
    middles = (logs[1:] + logs[:-1]) / 2
    return np.exp(np.r_[2 * logs[0] - middles[0], middles, 2 * logs[-1] - middles[-1]])


def _within(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]
