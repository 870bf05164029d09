"""Hyper-parameter searches: trials in the plane they search, surrogates, and methods side by side."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LogNorm
from matplotlib.patheffects import withStroke

from helpers.plots._figure import COLOURS, VERMILLION, check_shape, new_figure

# One training of a search: the hyper-parameters, the epochs it took and the validation loss it reached.
Trial = tuple[Mapping[str, Any], float, float]

RATE, SIZE = "learning_rate", "layer_size"
DIVERGED = "#D0D0D0"
STYLES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (8, 2)))  # one for each method
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


def best_after(trials: Sequence[Trial], spent: Any) -> np.ndarray:
    """Return the lowest loss that was known after so many epochs; infinite before the first trial.

    trials: list of (params, epochs, loss). spent: numbers of epochs, (n,).
    """
    epochs, best = best_so_far(trials)
    return np.r_[np.inf, best][np.searchsorted(epochs, spent, side="right")]


def search_race(
    found: Mapping[str, Sequence[Sequence[Trial]]],
    budget: int,
    *,
    bands: Sequence[str] = (),
    lowest_possible: float = 0.0,
    title: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the median of the lowest loss so far against the epochs spent; return the Axes.

    found: from the name of a method to its repetitions, each a list of (params, epochs, loss).
    bands: the methods around whose median the middle half of the repetitions is shaded.
    lowest_possible: subtracted from every loss, where it is known. Raises ValueError for no method.
    """
    if not found:
        raise ValueError("found: expected at least one method, got none")
    if ax is None:
        ax = new_figure(7.5, 4.2).subplots()
    spent = np.arange(budget + 1)
    for i, (name, repetitions) in enumerate(found.items()):
        curves = np.array([best_after(trials, spent) for trials in repetitions]) - lowest_possible
        low, middle, high = np.quantile(curves, [0.25, 0.5, 0.75], axis=0, method="nearest")
        style = {"color": COLOURS[i % len(COLOURS)], "linestyle": STYLES[i % len(STYLES)]}
        ax.step(spent, _drawable(middle), where="post", label=name, **style)
        if name in bands:
            between = np.isfinite(low) & np.isfinite(high)
            upper = np.where(between, high, low)
            ax.fill_between(
                spent,
                low,
                upper,
                where=between,
                step="post",
                color=style["color"],
                alpha=0.15,
                linewidth=0,
            )
    what = " above the lowest possible" if lowest_possible else " so far"
    ax.set(xlabel="epochs spent", ylabel=f"lowest loss{what} (median)", xlim=(0, budget))
    ax.legend(ncols=2)
    ax.grid(alpha=0.3)
    if title is not None:
        ax.set_title(title)
    return ax


def surrogate_panels(
    steps: Sequence[tuple[Any, Any, Sequence[Trial]]], rates: Any, sizes: Any
) -> np.ndarray:
    """Draw what a surrogate expects (above) and how unsure it is (below); return the Axes, (2, n).

    steps: a triple for each column: the expected losses and the uncertainties, each (n_sizes, n_rates),
    and the trials it has learnt from, a list of (params, epochs, loss). Raises ValueError for none.
    """
    if not len(steps):
        raise ValueError("steps: expected at least one, got none")
    rates, sizes = np.asarray(rates, dtype=float), np.asarray(sizes, dtype=float)
    figure = new_figure(3.5 * len(steps), 5.6)
    axes = figure.subplots(2, len(steps), sharex=True, sharey=True, squeeze=False)
    for row, what in enumerate(("expected loss", "uncertainty (log loss)")):
        values = [np.asarray(step[row], dtype=float) for step in steps]
        limits = {"vmin": min(v.min() for v in values), "vmax": max(v.max() for v in values)}
        if row == 0:
            limits["vmax"] = min(limits["vmax"], 2.5 * limits["vmin"])
        for ax, shown, (_, _, trials) in zip(axes[row], values, steps, strict=True):
            check_shape(what, shown, (len(sizes), len(rates)))
            ax.pcolormesh(_edges(rates), _edges(sizes), shown, cmap="cividis", **limits)
            across, up = ([float(trial[0][name]) for trial in trials] for name in (RATE, SIZE))
            ax.scatter(across, up, color=VERMILLION, edgecolor="white", label="trials")
            ax.set(xscale="log", yscale="log", title=f"{what}, {len(trials)} trials")
            ax.set_yticks([2, 8, 32], ["2", "8", "32"])
            ax.set_yticks([], minor=True)
        figure.colorbar(axes[row, -1].collections[0], ax=axes[row, -1])
    for ax in axes[1]:
        ax.set_xlabel("learning rate")
    for ax in axes[:, 0]:
        ax.set_ylabel("units in the hidden layer")
    return axes


def projected_trials(points: Mapping[str, Any], x: str, y: str) -> np.ndarray:
    """Draw trials in the unit square, and below them ticks where the first axis sees them; return the Axes.

    points: from the title of a panel to its points (n, 2). x, y: the names of the axes.
    """
    axes = new_figure(4.5 * len(points), 3.8).subplots(1, len(points), sharey=True, squeeze=False)
    for ax, (title, given) in zip(axes[0], points.items(), strict=True):
        across, up = np.asarray(given, dtype=float).T
        ax.plot(across, up, "o", color=COLOURS[0], markersize=8)
        below = np.full(len(across), -0.06)
        ax.plot(across, below, "|", color=VERMILLION, markersize=16, markeredgewidth=2)
        ax.set(title=title, xlabel=x, xlim=(0, 1), ylim=(-0.13, 1), xticks=[], yticks=[])
    axes[0, 0].set_ylabel(y)
    return axes[0]


def draws_on_log_axis(draws: Mapping[str, Any], low: float, high: float) -> np.ndarray:
    """Draw a histogram of each array of draws on a logarithmic axis from low to high; return the Axes."""
    axes = new_figure(4.5 * len(draws), 3.2).subplots(1, len(draws), sharey=True, squeeze=False)
    for ax, (title, values) in zip(axes[0], draws.items(), strict=True):
        ax.hist(np.asarray(values, dtype=float), np.geomspace(low, high, 41), color=COLOURS[0])
        ax.set(xscale="log", xlabel="learning rate", title=title)
    axes[0, 0].set_ylabel("number of draws")
    return axes[0]


def _drawable(losses: np.ndarray) -> np.ndarray:
    """The losses with a gap where they are infinite."""
    return np.where(np.isfinite(losses), losses, np.nan)
