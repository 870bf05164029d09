"""Activation functions and their derivatives."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.plots._figure import BLUE, GREY, VERMILLION, check_shape, grid_size, new_figure

Function = Callable[[np.ndarray], Any]


def activation(
    function: Function,
    derivative: Function | None = None,
    x: Any = None,
    name: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw an activation function, solid, and its derivative, dashed; return the Axes.

    Both take an array of shape (n,) and return one of the same shape. x: (n,) points, -5 to 5
    where none are given. Raises ValueError for other shapes.
    """
    x = np.linspace(-5, 5, 501) if x is None else np.asarray(x)
    check_shape("x", x, ("n",))
    y = _evaluate("function", function, x)
    slope = None if derivative is None else _evaluate("derivative", derivative, x)
    if ax is None:
        ax = new_figure(5, 3.6).subplots()
    ax.axhline(0, color=GREY, linewidth=0.8)
    ax.axvline(0, color=GREY, linewidth=0.8)
    ax.plot(x, y, color=BLUE, linewidth=2, label="$f(x)$")
    if slope is not None:
        ax.plot(x, slope, color=VERMILLION, linewidth=2, linestyle="--", label="$f\\,'(x)$")
    ax.set_xlabel("$x$")
    ax.grid(alpha=0.3)
    ax.legend()
    if name is not None:
        ax.set_title(name)
    return ax


def activation_gallery(
    pairs: Mapping[str, tuple[Function, Function | None]], x: Any = None, n_columns: int = 3
) -> Figure:
    """Draw several activation functions with their derivatives, a panel each; return the Figure.

    pairs: from a name to (function, derivative), as `activation` takes them; x, too. The panels
    share the x axis, not the y axis. Raises ValueError for no pair, and as `activation` does.
    """
    if not pairs:
        raise ValueError("pairs: expected at least one function, got none")
    n_rows, n_columns = grid_size(len(pairs), n_columns)
    figure = new_figure(3.2 * n_columns, 2.4 * n_rows)
    panels = figure.subplots(n_rows, n_columns, sharex=True, squeeze=False).ravel()
    for i, (ax, (name, (function, derivative))) in enumerate(
        zip(panels, pairs.items(), strict=False)
    ):
        activation(function, derivative, x, name, ax)
        in_last_row = i + n_columns >= len(pairs)
        ax.tick_params(labelbottom=in_last_row)
        ax.set_xlabel("$x$" if in_last_row else "")
        if i > 0:  # one legend says it for all
            ax.get_legend().remove()
    for ax in panels[len(pairs) :]:
        ax.remove()
    return figure


def _evaluate(name: str, function: Function, x: np.ndarray) -> np.ndarray:
    y = np.asarray(function(x))
    check_shape(f"{name}(x)", y, x.shape)
    return y
