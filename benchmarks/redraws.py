"""How long a move of a slider takes in each widget, beside a bare matplotlib figure of the same size.

    python benchmarks/redraws.py

A bare figure is one line in one pair of axes, which is drawn anew and made into a PNG as widgets do it. The
two are measured by turns, so that a busy machine slows both. `tests/test_widgets_redraw.py` tries the same
moves, and counts what they do.
"""

from __future__ import annotations

import io
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image
from rich.console import Console
from rich.table import Table

from helpers import widgets

TIMES = 10
#: What makes a widget, and two values for each control that is moved to and fro.
Example = tuple[Callable[[], widgets.Explorer], dict[str, tuple[Any, Any]]]


def confusion_browser() -> widgets.Explorer:
    """2,000 pictures in ten classes, a tenth of them confused."""
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 10, 2000)
    predictions = np.where(rng.random(2000) < 0.9, labels, rng.integers(0, 10, 2000))
    matrix = np.zeros((10, 10), dtype=int)
    np.add.at(matrix, (labels, predictions), 1)
    images = rng.integers(0, 256, (2000, 28, 28), dtype=np.uint8)
    return widgets.confusion_browser(matrix, images, labels, predictions, list("abcdefghij"))


def graph_viewer() -> widgets.Explorer:
    """A model with two inputs that share a layer."""
    import keras

    left, right = keras.Input((6,), name="left"), keras.Input((6,), name="right")
    shared = keras.layers.Dense(4, name="shared")
    both = keras.layers.Subtract(name="both")([shared(left), shared(right)])
    model = keras.Model([left, right], keras.layers.Dense(1, name="out")(both))
    return widgets.graph_viewer({"model": model})


def picture_explorer() -> widgets.Explorer:
    """One picture, and a network that is always sure of the same."""
    path = Path(tempfile.mkdtemp()) / "3.png"
    Image.new("L", (28, 28), 80).save(path)

    def prepare(path: str, invert: bool = False) -> np.ndarray:
        with Image.open(path) as picture:
            return np.asarray(picture, dtype="float32") / 255

    names = list("0123456789")
    return widgets.picture_explorer([path], prepare, lambda image: np.full(10, 0.1), names)


def search_explorer() -> widgets.Explorer:
    """Seventy trials of one method on a plane of twelve cells."""
    landscape = (
        np.geomspace(1e-3, 1, 4),
        np.array([2, 8, 32]),
        np.linspace(0.4, 0.9, 12).reshape(3, 4),
    )
    trials = [({"learning_rate": 0.01, "layer_size": 8}, 3, 0.5 + i / 100) for i in range(70)]
    return widgets.search_explorer({"many": trials}, landscape)


def threshold_explorer() -> widgets.Explorer:
    """10,000 scores."""
    rng = np.random.default_rng(0)
    return widgets.threshold_explorer(rng.integers(0, 2, 10_000), rng.random(10_000))


def wide_deep_explorer() -> widgets.Explorer:
    """4,000 districts."""
    rng = np.random.default_rng(0)
    latitude, longitude = rng.uniform(33, 41, 4000), rng.uniform(-124, -115, 4000)
    price = latitude + longitude
    known = np.arange(len(price)) % 4 != 0
    return widgets.wide_deep_explorer(latitude, longitude, price, known=known, deep=price)


EXAMPLES: dict[str, Example] = {
    "activation_explorer": (widgets.activation_explorer, {"x": (-3.0, 2.0)}),
    "batch_explorer": (widgets.batch_explorer, {"n_examples": (10, 30)}),
    "boundary_explorer": (
        widgets.boundary_explorer,
        {"width": (8, 16), "activation": ("tanh", "ReLU")},
    ),
    "confusion_browser": (confusion_browser, {"true": (1, 2), "predicted": (2, 1)}),
    "descent_explorer": (
        widgets.descent_explorer,
        {"rate": (0.05, 0.2), "momentum": (0.5, 0.9)},
    ),
    "gradient_norm_explorer": (
        widgets.gradient_norm_explorer,
        {"depth": (30, 40), "activation": ("SELU", "sigmoid")},
    ),
    "graph_viewer": (graph_viewer, {"layer": ("left", "shared")}),
    "layer_life_cycle": (widgets.layer_life_cycle, {"step": (2, 5)}),
    "layer_size_explorer": (widgets.layer_size_explorer, {"hidden_2": (100, 101)}),
    "noise_explorer": (
        lambda: widgets.noise_explorer(np.random.default_rng(0).random((4, 28, 28))),
        {"stddev": (0.2, 0.6)},
    ),
    "outlier_explorer": (widgets.outlier_explorer, {"value": (2.0, 8.0)}),
    "picture_explorer": (picture_explorer, {"threshold": (0.1, 0.5)}),
    "pipeline_explorer": (widgets.pipeline_explorer, {"prepare": (3, 9)}),
    "plateau_explorer": (
        lambda: widgets.plateau_explorer({"flat": [0.9, *[0.5] * 29]}, 0.1),
        {"patience": (1, 2), "factor": (0.5, 0.3)},
    ),
    "search_explorer": (search_explorer, {"tried": (20, 70)}),
    "threshold_explorer": (threshold_explorer, {"threshold": (0.1, 0.4)}),
    "wide_deep_explorer": (
        wide_deep_explorer,
        {"n_latitude": (25, 30), "shown": ("separate bands", "crossed cells")},
    ),
}


def bare_figure(figsize: tuple[float, float]) -> Callable[[int], None]:
    """A function that moves the line of a bare figure of this size, and makes a PNG of it."""
    figure = Figure(figsize=figsize)
    canvas = FigureCanvasAgg(figure)
    (line,) = figure.subplots().plot([0, 1], [0, 1])

    def redraw(turn: int) -> None:
        line.set_ydata([0, turn % 2])
        canvas.print_png(io.BytesIO(), pil_kwargs={"compress_level": 1})

    return redraw


def seconds(action: Callable[[], None]) -> float:
    """Processor time of an action."""
    begun = time.process_time()
    action()
    return time.process_time() - begun


def measure(name: str) -> tuple[float, float]:
    """Processor seconds of a move in a widget, and of redrawing a bare figure of its size."""
    make, moves = EXAMPLES[name]
    explorer = make()
    values = {control: widget.value for control, widget in explorer.controls.items()}
    figure, _ = explorer.draw(**values)
    bare = bare_figure(tuple(figure.get_size_inches()))
    moved, redrawn = [], []
    for turn in range(-2, TIMES):  # the first two do what is done only once
        for control, pair in moves.items():
            set_value = partial(explorer.controls[control].set_trait, "value")
            move = seconds(partial(set_value, pair[turn % 2]))
            redraw = seconds(partial(bare, turn))
            if turn >= 0:
                moved.append(move)
                redrawn.append(redraw)
    return median(moved), median(redrawn)


def main() -> None:
    """Measure every widget and print the table."""
    table = Table("widget", "a move, ms", "bare figure, ms", "ratio", title="Redrawing widgets")
    for name in EXAMPLES:
        move, redraw = measure(name)
        table.add_row(name, f"{1000 * move:.0f}", f"{1000 * redraw:.0f}", f"{move / redraw:.1f}")
    Console().print(table)


if __name__ == "__main__":
    main()
