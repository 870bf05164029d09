"""What one wild value does to a line that is fitted with squared error, and with absolute error."""

from itertools import combinations

import ipywidgets
import numpy as np
from matplotlib.figure import Figure

from helpers import plots
from helpers.widgets._explorer import Explorer

#: Twelve points near the line y = 0.5 + 0.4 x; the last one can be moved.
X = np.linspace(0.5, 6, 12)
Y = 0.5 + 0.4 * X + np.array(
    [0.1, -0.2, 0.15, 0.05, -0.1, 0.2, -0.15, -0.05, 0.1, -0.1, 0.05, 0.0]
)  # fmt: skip


def least_squares(x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """(intercept, slope) of the line with the smallest sum of squared errors; x and y (n,)."""
    slope, intercept = np.polyfit(x, y, 1)
    return float(intercept), float(slope)


def least_absolute(x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """(intercept, slope) of a line with the smallest sum of absolute errors; x and y (n,).

    One of the best lines goes through two of the points, so for few points all pairs are tried.
    """
    best, line = np.inf, (0.0, 0.0)
    for i, j in combinations(range(len(x)), 2):
        slope = (y[j] - y[i]) / (x[j] - x[i])
        intercept = y[i] - slope * x[i]
        total = np.abs(intercept + slope * x - y).sum()
        if total < best - 1e-12:
            best, line = total, (float(intercept), float(slope))
    return line


def outlier_explorer() -> Explorer:
    """Return a widget: move one point of twelve and watch the two lines.

    Controls: `value` (-10 to 20), the height of the last point, and `clip`, which limits it to the
    range of the others.
    """
    value = ipywidgets.FloatSlider(
        float(Y[-1]), min=-10, max=20, step=0.1, description="height of the last point"
    )
    clip = ipywidgets.Checkbox(value=False, description="clip it to the range of the others")
    figure = Figure(figsize=(7.2, 4), layout="constrained")
    ax = figure.subplots()
    ax.plot(X[:-1], Y[:-1], "o", color="black", label="eleven points")
    moved = ax.plot(X[-1:], Y[-1:], "s", color=plots.COLOURS[2], markersize=9, label="the last one")
    ends = np.array([0.0, 6.5])
    squares = ax.plot(ends, ends, color=plots.VERMILLION, linewidth=2, label="squared error")[0]
    absolutes = ax.plot(
        ends, ends, color=plots.BLUE, linewidth=2, linestyle="--", label="absolute error"
    )[0]
    ax.set(xlabel="x", ylabel="y", xlim=(0, 6.5))
    ax.grid(alpha=0.3)
    ax.legend(loc="upper left")

    def draw(value: float, clip: bool) -> tuple[Figure, str]:
        y = Y.copy()
        y[-1] = np.clip(value, Y[:-1].min(), Y[:-1].max()) if clip else value
        (a2, b2), (a1, b1) = least_squares(X, y), least_absolute(X, y)
        moved[0].set_ydata(y[-1:])
        squares.set_ydata(a2 + b2 * ends)
        absolutes.set_ydata(a1 + b1 * ends)
        ax.set_ylim(min(-0.5, y[-1] - 1), max(4, y[-1] + 1))
        share = (a2 + b2 * X - y) ** 2
        part = f" {share[-1] / share.sum():.0%} of the squared error come from this one point."
        return figure, (
            f"The last point is at {y[-1]:.1f}. Slope by squared error {b2:.2f}, by absolute error "
            f"{b1:.2f}; the other points lie along 0.40.{part}"
        )

    return Explorer("Outlier explorer", {"value": value, "clip": clip}, draw)
