"""In which order a pipeline hands on its examples."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from helpers.plots._figure import BLUE, GREY, VERMILLION, check_shape, new_figure


def epoch_orders(orders: Mapping[str, Sequence[Any]], batch_size: int | None = None) -> Figure:
    """Draw which number came at which place, a panel for each pipeline; return the Figure.

    orders: from the name of a pipeline to the orders of its first two epochs, each (n,): the numbers
    in the order in which they came. The first epoch has dots, the second crosses. batch_size: draws
    a thin line where a batch begins. Raises ValueError for another shape than (2, n).
    """
    if not orders:
        raise ValueError("orders: expected at least one pipeline, got none")
    figure = new_figure(3.1 * len(orders), 3.4)
    axes = figure.subplots(1, len(orders), sharey=True, squeeze=False)[0]
    for ax, (name, epochs) in zip(axes, orders.items(), strict=True):
        both = np.asarray(epochs)
        check_shape(f"orders[{name!r}]", both, (2, "n"))
        n = both.shape[1]
        for order, label, marker, colour, size in zip(
            both, ("epoch 1", "epoch 2"), "ox", (BLUE, VERMILLION), (28, 14), strict=True
        ):
            ax.scatter(np.arange(n), order, s=size, marker=marker, color=colour, label=label)
        if batch_size:
            starts, upright = np.arange(0, n, batch_size) - 0.5, ax.get_xaxis_transform()
            ax.vlines(starts, 0, 1, transform=upright, color=GREY, linewidth=0.3)
        ax.set(title=name, xlabel="place in the epoch")
    highest = max(float(np.max(epochs)) for epochs in orders.values())
    axes[0].set(ylabel="number", ylim=(-0.05 * highest, 1.25 * highest))  # room for the legend
    axes[0].legend(loc="upper left", ncols=2)
    return figure
