"""The life of a layer: which of its methods run when, and which weights exist then."""

from typing import Any, NamedTuple

import ipywidgets
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from helpers import plots
from helpers.widgets._explorer import Explorer

METHODS = ("__init__", "build", "call")


class Step(NamedTuple):
    """A line of a program, how often it runs each method of `layer`, and what to notice."""

    line: str
    runs: tuple[int, int, int]
    words: str


#: What Keras 3 does, line by line; a test runs the lines and counts.
LIFE = (
    Step(
        "layer = MyDense({units})",
        (1, 0, 0),
        "The layer knows how many units it has, but not how many inputs. So there are no weights yet.",
    ),
    Step(
        "layer(x)",
        (0, 1, 1),
        "The first call: x has {d} features, so build makes a kernel ({d}, {units}) and a bias, then call "
        "computes.",
    ),
    Step("layer(x)", (0, 0, 1), "The second call finds the weights. build does not run again."),
    Step(
        "layer(x[:2])",
        (0, 0, 1),
        "Fewer examples: no weight's shape depends on their number, so nothing is built.",
    ),
    Step(
        "model = keras.Sequential([keras.Input(({d},)), layer])",
        (0, 0, 1),
        "Part of a model: call runs once on a symbolic tensor, to find the shape of the output. The "
        "weights stay.",
    ),
    Step(
        "model.fit(x, y, epochs=50, batch_size=2)",
        (0, 0, 1),
        "150 training steps, and call runs once: Keras records what it computes, compiles the record "
        "and runs that.",
    ),
    Step(
        "twin = MyDense.from_config(layer.get_config())",
        (0, 0, 0),
        "Another layer with the same settings. It has been through __init__ only, and has no weights; "
        "those of layer are untouched.",
    ),
)


def layer_life_cycle() -> Explorer:
    """Return a widget: walk through a program, see which methods of a layer run and its weights.

    Controls: `step` (1 to 7), `units` (1 to 8) and `n_features` (1 to 8) of the input.
    """
    figure = Figure(figsize=(10, 3.3))
    left = figure.add_axes((0.01, 0.02, 0.56, 0.96))
    right = figure.add_axes((0.59, 0.02, 0.40, 0.96))

    def draw(step: int, units: int, n_features: int) -> tuple[Figure, str]:
        for ax in (left, right):
            ax.clear()
            ax.set(xlim=(0, 1), ylim=(0, 1))
            ax.axis("off")
        now = LIFE[step - 1]
        for i, (line, _, _) in enumerate(LIFE, start=1):
            text = line.format(units=units, d=n_features)
            y = 0.95 - 0.13 * (i - 1)
            look: dict[str, Any] = (
                {"color": plots.VERMILLION, "fontweight": "bold"} if i == step else {}
            )
            if i > step:
                look = {"color": plots.GREY}
            left.text(0.05, y, text, family="monospace", fontsize=9.5, va="center", **look)
            if i == step:
                left.text(0.0, y, "▶", va="center", **look)
        for k, method in enumerate(METHODS):
            total = sum(s.runs[k] for s in LIFE[:step])
            y, runs_now = 0.80 - 0.17 * k, now.runs[k] > 0
            box = FancyBboxPatch(
                (0.03, y),
                0.92,
                0.12,
                boxstyle="round,pad=0.01",
                facecolor=plots.BLUE if runs_now else "white",
                edgecolor=plots.BLUE if runs_now else plots.GREY,
            )
            right.add_patch(box)
            colour = "white" if runs_now else "black"
            right.text(0.06, y + 0.06, method, family="monospace", va="center", color=colour)
            times = f"{total} × so far" + (" ◀ now" if runs_now else "")
            right.text(0.93, y + 0.06, times, va="center", ha="right", color=colour)
        built = any(s.runs[1] for s in LIFE[:step])
        weights = [f"kernel ({n_features}, {units})", f"bias   ({units},)"] if built else ["none"]
        right.text(0.03, 0.29, "layer.weights", fontweight="bold", va="center")
        for k, text in enumerate(weights):
            right.text(0.06, 0.17 - 0.12 * k, text, family="monospace", va="center")
        return figure, f"Line {step}. {now.words.format(units=units, d=n_features)}"

    controls = {
        "step": ipywidgets.IntSlider(1, 1, len(LIFE), description="line"),
        "units": ipywidgets.IntSlider(3, 1, 8, description="units"),
        "n_features": ipywidgets.IntSlider(4, 1, 8, description="features of x"),
    }
    return Explorer("Life of a layer", controls, draw)
