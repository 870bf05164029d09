"""How examples are cut into batches."""

import ipywidgets
import numpy as np
from matplotlib.figure import Figure

from helpers import plots
from helpers.widgets._explorer import Explorer


def batch_explorer() -> Explorer:
    """Return a widget: choose how many examples there are and how many make a batch, see the batches.

    Controls: `n_examples` (1 to 100) and `batch_size` (1 to 50).
    """
    n_examples = ipywidgets.IntSlider(20, 1, 100, description="examples")
    batch_size = ipywidgets.IntSlider(8, 1, 50, description="batch size")
    figure = Figure(figsize=(8, 1.6), layout="constrained")
    ax = figure.subplots()

    def draw(n_examples: int, batch_size: int) -> tuple[Figure, str]:
        starts = np.arange(0, n_examples, batch_size)
        sizes = np.minimum(batch_size, n_examples - starts)
        ax.clear()
        bars = ax.barh(
            np.zeros(len(starts)), sizes, left=starts, color=plots.BLUE, edgecolor="white", height=1
        )
        if len(starts) <= 25:
            ax.bar_label(bars, [str(size) for size in sizes], label_type="center", color="white")
        if sizes[-1] < batch_size:  # told from the others by its pattern, not by colour alone
            bars[-1].set(hatch="///", facecolor=plots.VERMILLION)
        ax.set(xlabel="example", yticks=[], ylim=(-0.6, 0.6), xlim=(0, n_examples))
        count = f"{len(starts)} batch{'es' if len(starts) > 1 else ''}"
        last = "all are full" if sizes[-1] == batch_size else f"the last one has {sizes[-1]}"
        return figure, f"{n_examples} examples in batches of {batch_size}: {count}, {last}."

    return Explorer("Batch explorer", {"n_examples": n_examples, "batch_size": batch_size}, draw)
