"""Gradient descent: the paths it takes on a loss, what it makes of a plane, its losses by step."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from helpers.plots._figure import BLUE, GREY, VERMILLION, check_shape, new_figure
from helpers.plots.curves import line_styles

# Blue for class 0, vermilion for class 1, and both pale, so that points stand out against them.
PROBABILITY = LinearSegmentedColormap.from_list("probability", ["#8FC1E3", "white", "#F2B48C"])
N_GRID = 201  # points in each direction at which a loss is computed
N_LEVELS = 14
FAR = 1e6  # a loss beyond it tells no more than that the training diverges


def descent(
    loss: Callable[[np.ndarray, np.ndarray], Any],
    paths: Mapping[str, Any],
    limits: tuple[float, float, float, float],
    ax: Axes | None = None,
) -> Axes:
    """Draw contour lines of a loss of two weights, and paths of descent on it; return the Axes.

    loss: takes two arrays (n, n), the weights, and returns the losses, (n, n). paths: from a label
    to an array (n_steps + 1, 2), the first row its start. limits: (left, right, bottom, top) of the
    picture, which a diverging path leaves. The contour lines are dense around the lowest point.
    Raises ValueError for other shapes, a path without a point, and limits in the wrong order.
    """
    left, right, bottom, top = limits
    if not (left < right and bottom < top):
        raise ValueError(f"limits: expected left < right and bottom < top, got {limits}")
    points = {label: np.asarray(path, dtype=float) for label, path in paths.items()}
    for label, path in points.items():
        check_shape(f"paths[{label!r}]", path, ("n_steps + 1", 2))
        if not len(path):
            raise ValueError(f"paths[{label!r}]: expected at least the start, got no point")
    w1, w2 = np.meshgrid(np.linspace(left, right, N_GRID), np.linspace(bottom, top, N_GRID))
    losses = np.asarray(loss(w1, w2), dtype=float)
    check_shape("loss(w1, w2)", losses, w1.shape)

    if ax is None:
        ax = new_figure(6.4, 4.4).subplots()
    losses = np.ma.masked_invalid(losses)
    if losses.count() and (height := float(np.ptp(losses))) > 0:
        levels = losses.min() + height * np.geomspace(1e-3, 1, N_LEVELS)
        ax.contour(w1, w2, losses, levels, colors=GREY, linewidths=0.8)
    for (label, path), style in zip(points.items(), line_styles(), strict=False):
        every = max(1, len(path) // 100)
        ax.plot(
            *within_reach(path, limits).T, label=label, markersize=4.5, markevery=every, **style
        )
    if points:
        starts = np.array([path[0] for path in points.values()])
        ax.plot(*starts.T, "o", markersize=12, markerfacecolor="none", markeredgecolor="black",
                markeredgewidth=1.8, label="start", zorder=3)  # fmt: skip
        ax.legend(framealpha=0.9)
    ax.set(xlim=(left, right), ylim=(bottom, top), xlabel="$w_1$", ylabel="$w_2$")
    return ax


def within_reach(path: np.ndarray, limits: tuple[float, float, float, float]) -> np.ndarray:
    """Cut a path (n, 2) off where it is so far outside of the limits that pixels cannot say it."""
    left, right, bottom, top = limits
    with np.errstate(invalid="ignore"):
        far = np.abs(path) > FAR * np.array([right - left, top - bottom])
    lost = (far | ~np.isfinite(path)).any(axis=1)
    return np.where(np.logical_or.accumulate(lost)[:, None], np.nan, path)


def decision_boundary(
    predict: Callable[[np.ndarray], Any],
    x: Any,
    labels: Any,
    ax: Axes | None = None,
    resolution: int = 120,
) -> Axes:
    """Shade a plane by the probability of class 1, with its 0.5 line and the points; return the Axes.

    predict: takes points (n, 2) and returns the probability of class 1 for each, (n,) or (n, 1). x:
    (n, 2) points; labels: (n,), 0 or 1. resolution: how many points are asked for in each direction.
    Raises ValueError for other shapes, no point, other labels, and a resolution below 2.
    """
    x, labels = np.asarray(x, dtype=float), np.asarray(labels)
    check_shape("x", x, ("n", 2))
    check_shape("labels", labels, (len(x),))
    if not len(x):
        raise ValueError("x: expected at least one point, got none")
    if not np.isin(labels, (0, 1)).all():
        raise ValueError(f"labels: expected 0 and 1 only, got {np.unique(labels)}")
    if resolution < 2:
        raise ValueError(f"resolution: expected at least 2, got {resolution}")
    low, high = x.min(axis=0), x.max(axis=0)
    room = np.where(high > low, 0.1 * (high - low), 1)
    (left, bottom), (right, top) = low - room, high + room
    x1, x2 = np.meshgrid(np.linspace(left, right, resolution), np.linspace(bottom, top, resolution))
    points = np.column_stack([x1.ravel(), x2.ravel()])
    p = np.asarray(predict(points), dtype=float)
    check_shape("predict(points)", p, (len(points),), (len(points), 1))
    p = p.reshape(x1.shape)

    if ax is None:
        ax = new_figure(5.2, 4.4).subplots()
    ax.imshow(p, cmap=PROBABILITY, vmin=0, vmax=1, origin="lower", aspect="auto",
              extent=(left, right, bottom, top), interpolation="bilinear")  # fmt: skip
    if p.min() < 0.5 < p.max():
        ax.contour(x1, x2, p, [0.5], colors="black", linewidths=2)
    for label, colour, marker in ((0, BLUE, "o"), (1, VERMILLION, "^")):
        ax.plot(*x[labels == label].T, marker, color=colour, markeredgecolor="white",
                markersize=6.5, markeredgewidth=0.7, label=f"class {label}")  # fmt: skip
    ax.set(xlim=(left, right), ylim=(bottom, top), xlabel="$x_1$", ylabel="$x_2$")
    ax.legend(framealpha=0.9)
    return ax


def loss_curves(
    curves: Mapping[str, Sequence[float]], ax: Axes | None = None, log: bool = True
) -> Axes:
    """Draw the losses of several descents by step, one line each; return the Axes.

    curves: from a label to its losses, the first one that of step 0; lengths may differ. A curve
    ends at a loss over a million or one that is no number: there its line leaves the picture.
    log: whether the losses stand on a logarithmic axis. Raises ValueError for no curve, and for one
    that is no list of numbers.
    """
    if not curves:
        raise ValueError("curves: expected at least one curve, got none")
    losses = {label: np.asarray(values, dtype=float) for label, values in curves.items()}
    for label, values in losses.items():
        check_shape(f"curves[{label!r}]", values, ("n_steps + 1",))
    if ax is None:
        ax = new_figure(6, 4).subplots()
    if log:
        ax.set_yscale("log")
    seen = []
    for (label, values), style in zip(losses.items(), line_styles(), strict=False):
        lost = ~(values <= FAR) | ~np.isfinite(values)
        end = int(lost.argmax()) if lost.any() else len(values)
        seen.append(values[:end])
        # One point more, high above the picture: a line that broke off would look like an end.
        shown = np.append(values[:end], 1e3 * FAR) if lost.any() else values
        ax.plot(shown, label=label, linewidth=1.8, markersize=4.5,
                markevery=max(1, len(values) // 12), **style)  # fmt: skip
    _fit_height(ax, np.concatenate(seen), log)
    ax.set(xlabel="step", ylabel="loss")
    ax.grid(alpha=0.3)
    ax.legend()
    return ax


def _fit_height(ax: Axes, losses: np.ndarray, log: bool) -> None:
    """Let the y axis show these losses, on a logarithmic one those above 0."""
    if log:
        losses = losses[losses > 0]
    if len(losses):
        low, high = losses.min(), losses.max()
        if log:
            room = (high / low) ** 0.05 if high > low else 2
            ax.set_ylim(low / room, high * room)
        else:
            room = 0.05 * (high - low) or 1
            ax.set_ylim(low - room, high + room)
