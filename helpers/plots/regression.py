"""Regression on California housing: predictions against true values, and the map."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from helpers.plots._figure import BLUE, VERMILLION, check_shape, new_figure

# From this many examples on, single points would cover one another.
MANY_POINTS = 2000


def predicted_against_true(
    y_true: Any, y_pred: Any, unit: str = "100,000 $", ax: Axes | None = None
) -> Axes:
    """Draw predictions over true values; a perfect model lies on the diagonal. Return the Axes.

    y_true, y_pred: (n,) or (n, 1), both finite. From 2000 examples on they are counted in
    hexagons. Predictions far beyond the range of the true values would squeeze all the others:
    they lie outside the picture, which says how many they are. Raises ValueError for other shapes,
    different lengths, no values or values that are not finite.
    """
    true, predicted = np.asarray(y_true), np.asarray(y_pred)
    check_shape("y_true", true, ("n",), ("n", 1))
    check_shape("y_pred", predicted, (len(true),), (len(true), 1))
    true, predicted = true.ravel(), predicted.ravel()
    for name, values in (("y_true", true), ("y_pred", predicted)):
        if not len(values) or not np.isfinite(values).all():
            bad = np.count_nonzero(~np.isfinite(values))
            raise ValueError(f"{name}: expected finite values, got {bad} others of {len(values)}")
    if ax is None:
        ax = new_figure(5.4, 4.6).subplots()

    low, high = true.min(), true.max()
    margin = 0.5 * (high - low) or np.inf
    inside = predicted[(predicted >= low - margin) & (predicted <= high + margin)]
    bottom, top = inside.min(initial=low), inside.max(initial=high)
    pad = 0.03 * (top - bottom) or 1
    bottom, top = bottom - pad, top + pad
    if len(true) < MANY_POINTS:
        ax.scatter(true, predicted, s=14, alpha=0.5, color=BLUE, linewidths=0)
    else:
        cells = ax.hexbin(true, predicted, gridsize=50, extent=(bottom, top, bottom, top),
                          mincnt=1, bins="log", cmap="cividis")  # fmt: skip
        ax.figure.colorbar(cells, ax=ax, label="examples in a cell")
    ax.axline((low, low), slope=1, color=VERMILLION, linestyle="--", label="predicted = true")
    room = 4 * pad  # for the legend, above the points
    ax.set(xlim=(low - pad, high + pad), ylim=(bottom, top + room), aspect="equal")
    in_unit = f" ({unit})" if unit else ""
    ax.set(xlabel=f"true value{in_unit}", ylabel=f"predicted value{in_unit}")
    outside = len(predicted) - len(inside)
    ax.legend(loc="upper left", title=f"{outside} of {len(true)} lie outside" if outside else None)
    return ax


def housing_map(
    latitude: Any,
    longitude: Any,
    value: Any,
    label: str = "median house value (100,000 $)",
    ax: Axes | None = None,
) -> Axes:
    """Draw the districts of California as points coloured by a value; return the Axes.

    latitude, longitude (degrees) and value: (n,) each. A degree of longitude is drawn shorter than
    one of latitude, as it is on the ground. Raises ValueError for other shapes.
    """
    latitude, longitude, value = np.asarray(latitude), np.asarray(longitude), np.asarray(value)
    check_shape("latitude", latitude, ("n",))
    check_shape("longitude", longitude, latitude.shape)
    check_shape("value", value, latitude.shape)
    if ax is None:
        ax = new_figure(6.4, 5.6).subplots()
    points = ax.scatter(longitude, latitude, c=value, s=5, cmap="cividis", linewidths=0)
    ax.set_aspect(1 / np.cos(np.radians(latitude.mean())))
    ax.set(xlabel="longitude (°)", ylabel="latitude (°)")
    ax.figure.colorbar(points, ax=ax, label=label)
    return ax
