"""What a prediction costs, and how hard it is pushed back."""

import numpy as np
from matplotlib.figure import Figure

from helpers.plots._figure import BLUE, VERMILLION, new_figure


def cross_entropy_and_squared_error() -> Figure:
    """Draw two losses of two classes over the probability p of the true class; return the Figure.

    On the left are the losses, -ln p and (1 - p)², on the right their slopes with respect to the
    logit of the true class, p - 1 and -2 p (1 - p)². The squared error is dashed.
    """
    p = np.linspace(0.001, 0.999, 999)
    figure = new_figure(10, 3.6)
    left, right = figure.subplots(1, 2)
    for name, colour, line, loss, slope in (
        ("cross-entropy", BLUE, "-", -np.log(p), p - 1),
        ("squared error", VERMILLION, "--", (1 - p) ** 2, -2 * p * (1 - p) ** 2),
    ):
        left.plot(p, loss, color=colour, linestyle=line, label=name)
        right.plot(p, slope, color=colour, linestyle=line, label=name)
    left.set(title="What a prediction costs", ylabel="loss")
    right.set(title="How hard it pushes back", ylabel="slope with respect to the logit")
    for ax in (left, right):
        ax.set_xlabel("probability of the true class")
        ax.grid(alpha=0.3)
        ax.legend()
    return figure
