"""How many parameters a stack of dense layers has, and in which layers they are."""

from collections.abc import Sequence
from itertools import pairwise

import ipywidgets
from matplotlib.figure import Figure

from helpers import plots
from helpers.widgets._explorer import Explorer

MOST_HIDDEN = 3
WIDEST = 1024


def layer_size_explorer(layer_sizes: Sequence[int] = (784, 512, 512, 10)) -> Explorer:
    """Return a widget: change the sizes of dense layers, see where the parameters are.

    layer_sizes: what it starts with, from the inputs to the outputs, with up to three hidden layers
    between. Everything is counted by hand, no model is built. Controls: `inputs` (1 to 1024),
    `hidden_1` to `hidden_3` (0 to 1024 units; 0 leaves the layer out) and `outputs` (1 to 1024).
    Raises ValueError for another number of sizes, and for sizes out of this range.
    """
    inputs, *hidden, outputs = layer_sizes if len(layer_sizes) > 1 else (0, 0)
    if (
        len(hidden) > MOST_HIDDEN
        or not all(1 <= size <= WIDEST for size in layer_sizes)
        or not inputs
    ):
        raise ValueError(
            f"layer_sizes: expected 2 to {MOST_HIDDEN + 2} sizes from 1 to {WIDEST}, "
            f"got {list(layer_sizes)}"
        )
    hidden += [0] * (MOST_HIDDEN - len(hidden))
    controls = {
        name: ipywidgets.IntSlider(size, lowest, WIDEST, description=words)
        for name, size, lowest, words in [
            ("inputs", inputs, 1, "inputs"),
            *((f"hidden_{i}", size, 0, f"hidden layer {i}") for i, size in enumerate(hidden, 1)),
            ("outputs", outputs, 1, "outputs"),
        ]
    }
    figure = Figure(figsize=(9.6, 3.2))
    ax = figure.subplots(gridspec_kw={"left": 0.1, "right": 0.53, "bottom": 0.17, "top": 0.9})
    table = figure.text(0.57, 0.9, "", family="monospace", fontsize=9, va="top")

    def draw(inputs: int, outputs: int, **hidden: int) -> tuple[Figure, str]:
        sizes = [inputs, *(units for units in hidden.values() if units), outputs]
        layers = list(pairwise(sizes))
        counts = [n_in * n_out + n_out for n_in, n_out in layers]
        total = sum(counts)
        ax.clear()
        rows = range(len(layers))
        weights = [n_in * n_out for n_in, n_out in layers]
        biases = [n_out for _, n_out in layers]
        ax.barh(rows, weights, color=plots.BLUE, label="weights")
        bars = ax.barh(rows, biases, left=weights, label="biases", hatch="////",
                       facecolor=plots.VERMILLION, edgecolor="white")  # fmt: skip
        ax.bar_label(bars, [f"{count:,}" for count in counts], padding=4)
        ax.set_yticks(rows, [f"layer {row + 1}" for row in rows])
        ax.set(xlim=(0, 1.3 * max(counts)), ylim=(len(layers) - 0.4, -0.6))
        ax.set_xlabel("parameters")
        ax.locator_params(axis="x", nbins=4)
        ax.xaxis.set_major_formatter("{x:,.0f}")
        ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False, borderaxespad=0)
        table.set_text(_summary(layers, counts))
        return figure, _describe(sizes, counts, total)

    return Explorer("Layer-size explorer", controls, draw)


def _summary(layers: Sequence[tuple[int, int]], counts: Sequence[int]) -> str:
    """The table that `model.summary()` prints, without its frame."""
    lines = ["Layer (type)     Output Shape    Param #", "=" * 40]
    for row, ((_, n_out), count) in enumerate(zip(layers, counts, strict=True)):
        name = f"dense_{row} (Dense)" if row else "dense (Dense)"
        lines.append(f"{name:16} {f'(None, {n_out})':14} {count:>8,}")
    total = sum(counts)
    return "\n".join([*lines, "=" * 40, f"Total params: {total:,} ({_megabytes(total)})"])


def _describe(sizes: Sequence[int], counts: Sequence[int], total: int) -> str:
    arrows = " → ".join(str(size) for size in sizes)
    if len(counts) == 1:
        return f"{arrows}: {total:,} parameters, all of them in one layer."
    largest = max(counts)
    terms = " + ".join(f"{count:,}" for count in counts)
    return (
        f"{arrows}: {terms} = {total:,} parameters. Layer {counts.index(largest) + 1} holds "
        f"{largest / total:.0%} of them."
    )


def _megabytes(n_parameters: int) -> str:
    """Memory of float32 parameters, in the units and with the rounding of Keras's summary."""
    size = 4 * n_parameters
    return f"{size / 2**20:.2f} MB" if size >= 2**20 else f"{size / 2**10:.2f} KB"
