"""Activation functions: their curves, slopes and tangents."""

from collections.abc import Callable
from typing import Any

import ipywidgets
import numpy as np
from matplotlib.figure import Figure

from helpers import plots
from helpers.widgets._explorer import Explorer


def sigmoid(x: Any) -> Any:
    """1 / (1 + exp(-x)), written so that nothing overflows."""
    return np.exp(-np.logaddexp(0, -x))


def elu(x: Any, alpha: float = 1.0) -> Any:
    """X to the right of 0, alpha (exp(x) - 1) to the left; only the left goes through exp."""
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def elu_derivative(x: Any, alpha: float = 1.0) -> Any:
    """1 to the right of 0, alpha exp(x) to the left."""
    return np.where(x > 0, 1.0, alpha * np.exp(np.minimum(x, 0)))


# The constants with which SELU keeps mean 0 and variance 1 (Klambauer et al., 2017).
SELU_ALPHA, SELU_SCALE = 1.6732632423543772, 1.0507009873554805

# From a name to (function, derivative), as `plots.activation_gallery` takes them. At a kink the
# derivative is the one from the left.
ACTIVATIONS: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "sigmoid": (sigmoid, lambda x: sigmoid(x) * sigmoid(-x)),
    "tanh": (np.tanh, lambda x: 1 - np.tanh(x) ** 2),
    "ReLU": (lambda x: np.maximum(x, 0), lambda x: np.where(x > 0, 1.0, 0.0)),
    "leaky ReLU": (
        lambda x, slope=0.1: np.where(x > 0, x, slope * x),
        lambda x, slope=0.1: np.where(x > 0, 1.0, slope),
    ),
    "ELU": (elu, elu_derivative),
    "SELU": (
        lambda x: SELU_SCALE * elu(x, SELU_ALPHA),
        lambda x: SELU_SCALE * elu_derivative(x, SELU_ALPHA),
    ),
    "softplus": (lambda x: np.logaddexp(0, x), sigmoid),
    "softsign": (lambda x: x / (1 + np.abs(x)), lambda x: 1 / (1 + np.abs(x)) ** 2),
    "exponential": (np.exp, np.exp),
}

# Functions with a second argument: what the slider for it is called, and where it starts.
PARAMETERS = {"leaky ReLU": ("slope left of 0", 0.1), "ELU": ("alpha", 1.0)}


def activation_explorer() -> Explorer:
    """Return a widget: choose an activation function, move x, watch the tangent and its slope.

    Controls: `function` (a name in ACTIVATIONS), `x` (-6 to 6) and `parameter`, which is seen with
    the functions in PARAMETERS only.
    """
    curve_x = np.linspace(-6, 6, 481)
    function = ipywidgets.Dropdown(options=list(ACTIVATIONS), description="function")
    x = ipywidgets.FloatSlider(value=1, min=-6, max=6, step=0.1, description="x")
    parameter = ipywidgets.FloatSlider(min=0, max=2, step=0.01)

    def show_parameter(change: Any = None) -> None:
        parameter.layout.display = None if function.value in PARAMETERS else "none"
        if function.value in PARAMETERS:
            parameter.description, parameter.value = PARAMETERS[function.value]

    figure = Figure(figsize=(6.4, 5.2))
    places = {"left": 0.12, "right": 0.98, "bottom": 0.1, "top": 0.94, "hspace": 0.25}
    axes = figure.subplots(2, 1, sharex=True, gridspec_kw=places)
    styles = ((plots.BLUE, "-", "f(x)"), (plots.VERMILLION, "--", "f'(x)"))
    curves, points = [], []
    for ax, (colour, line, name) in zip(axes, styles, strict=True):
        ax.axhline(0, color=plots.GREY, linewidth=0.8)
        ax.axvline(0, color=plots.GREY, linewidth=0.8)
        curves += ax.plot(curve_x, curve_x, color=colour, linestyle=line, linewidth=2)
        points += ax.plot(0, 0, "o", color="black", markersize=8, zorder=3)
        ax.set(ylabel=name, xticks=range(-6, 7, 2))
        ax.locator_params(axis="y", nbins=5)  # drawing ticks is what takes most of the time
        ax.grid(alpha=0.3)
    tangent = axes[0].plot(curve_x, curve_x, color=plots.GREY, linestyle=":", linewidth=2.5)[0]
    axes[1].set_xlabel("x")

    def draw(function: str, x: float, parameter: float) -> tuple[Figure, str]:
        more = (parameter,) if function in PARAMETERS else ()
        for ax, curve, point, f in zip(axes, curves, points, ACTIVATIONS[function], strict=True):
            curve_y, y = f(curve_x, *more), f(x, *more)
            curve.set_ydata(curve_y)
            point.set_data([x], [y])
            bottom, top = curve_y.min(), max(min(curve_y.max(), 8), y)  # exp(6) hides the rest
            room = 0.1 * (top - bottom) or 1  # a leaky ReLU with slope 1 is a straight line
            ax.set_ylim(bottom - room, top + room)
        value, slope = (float(point.get_ydata()[0]) for point in points)
        tangent.set_ydata(value + slope * (curve_x - x))
        axes[0].set_title(f"{function}: value {value:.3g} at x = {x:.3g}, with the tangent", y=1)
        axes[1].set_title(f"derivative: slope {slope:.3g} at x = {x:.3g}", y=1)
        return figure, _describe_slope(function, x, value, slope)

    show_parameter()
    function.observe(show_parameter, names="value")
    return Explorer(
        "Activation explorer", {"function": function, "x": x, "parameter": parameter}, draw
    )


def _describe_slope(function: str, x: float, value: float, slope: float) -> str:
    factor = slope**10
    if slope == 0:
        verdict = "nothing passes"
    elif factor < 0.01:
        verdict = "it vanishes"
    else:
        verdict = "it explodes" if factor > 100 else "it survives"
    return (
        f"{function} at x = {x:.3g}: value {value:.3g}, slope {slope:.3g}. After 10 such layers "
        f"a gradient is multiplied by {slope:.3g}**10 = {factor:.2g}: {verdict}."
    )
