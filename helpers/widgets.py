"""The interactive figures of the lessons, made with ipywidgets.

All of them are an `Explorer`: a few controls, a picture that follows them and a sentence that puts
the picture into words. The picture is drawn by matplotlib, off screen, and sent as PNG bytes to an
Image widget. That swaps one picture for the next without flicker, needs no extension in JupyterLab,
and leaves bytes that also serve as a still picture where no front end runs: in an exported page, on
GitHub, in nbviewer. An Output widget would clear itself before each redraw, and would be empty
there. Figures are made without pyplot, so that nothing has to be closed, and made once: a redraw
that only moves marks takes half as long.
"""

import io
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

import ipywidgets
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from helpers import plots

# What an Explorer calls with its controls' values. The figure may be the same one each time.
Draw = Callable[..., tuple[Figure, str]]


class Explorer(ipywidgets.VBox):
    """Controls above a picture, redrawn whenever one of their values changes, and a sentence.

    `controls["x"].value = 3` does what moving the slider does; `picture.value` holds the PNG bytes
    and `words` the sentence. Jupyter gets a still picture beside the widget, and shows whichever
    it can.
    """

    def __init__(self, title: str, controls: Mapping[str, Any], draw: Draw) -> None:
        """Call `draw(**values)` with the values of `controls`, now and after each change."""
        self.title, self.controls, self.draw, self.words = title, dict(controls), draw, ""
        # In its own size: stretched to the width of the cell, its lines would blur.
        in_own_size = {"max_width": "100%", "align_self": "flex-start"}
        self.picture = ipywidgets.Image(format="png", layout=in_own_size)
        self.sentence = ipywidgets.HTML()
        row = ipywidgets.HBox(list(controls.values()), layout={"flex_flow": "row wrap"})
        super().__init__([row, self.picture, self.sentence])
        for control in controls.values():
            control.observe(self.redraw, names="value")
        self.redraw()

    def redraw(self, change: Any = None) -> None:
        """Draw the picture and write the sentence for the controls' present values."""
        values = {name: control.value for name, control in self.controls.items()}
        figure, self.words = self.draw(**values)
        # All this saves time, and a slider must not lag: the same canvas again, which remembers
        # how its texts look; straight to PNG, without `savefig`; little compression.
        canvas = figure.canvas
        if not isinstance(canvas, FigureCanvasAgg):
            canvas = FigureCanvasAgg(figure)
        png = io.BytesIO()
        canvas.print_png(png, pil_kwargs={"compress_level": 1})
        self.picture.value = png.getvalue()
        self.sentence.value = escape(self.words)

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        bundle = super()._repr_mimebundle_(**kwargs) or {}
        bundle["image/png"] = b64encode(self.picture.value).decode()
        bundle["text/plain"] = f"{self.title} (interactive where Jupyter runs). {self.words}"
        return bundle


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
    wide = {"description_width": "initial"}
    function = ipywidgets.Dropdown(options=list(ACTIVATIONS), description="function", style=wide)
    x = ipywidgets.FloatSlider(value=1, min=-6, max=6, step=0.1, description="x", style=wide)
    parameter = ipywidgets.FloatSlider(min=0, max=2, step=0.01, style=wide)

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


def batch_explorer() -> Explorer:
    """Return a widget: choose how many examples there are and how many make a batch, see the batches.

    Controls: `n_examples` (1 to 100) and `batch_size` (1 to 50).
    """
    wide = {"description_width": "initial"}
    n_examples = ipywidgets.IntSlider(20, 1, 100, description="examples", style=wide)
    batch_size = ipywidgets.IntSlider(8, 1, 50, description="batch size", style=wide)
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


def confusion_browser(
    matrix: Any,
    images: Any,
    labels: Any,
    predictions: Any,
    class_names: Sequence[str],
    probabilities: Any = None,
) -> Explorer:
    """Return a widget: choose a cell of the confusion matrix and see the pictures in it.

    matrix: (n_classes, n_classes) counts, rows true and columns predicted. images: (n, height,
    width) or (n, height, width, 1). labels and predictions: (n,) class ids. class_names: n_classes
    names. probabilities: (n, n_classes); with them the most confident pictures come first, off the
    diagonal the worst mistakes. Controls: `true` and `predicted`, class ids, at first those of the
    most confused pair. Raises ValueError for other shapes and for ids without a class name.
    """
    matrix, images = np.asarray(matrix), np.asarray(images)
    labels, predictions = np.asarray(labels), np.asarray(predictions)
    plots.check_shape("matrix", matrix, (len(class_names), len(class_names)))
    plots.check_shape("images", images, ("n", "height", "width"), ("n", "height", "width", 1))
    plots.name_classes("labels", labels, len(images), class_names)
    plots.name_classes("predictions", predictions, len(images), class_names)
    if probabilities is not None:
        probabilities = np.asarray(probabilities)
        plots.check_shape("probabilities", probabilities, (len(images), len(class_names)))

    figure = Figure(figsize=(10.5, 5), layout="constrained")
    left, right = figure.subfigures(1, 2, squeeze=False, width_ratios=[1.25, 1])[0]
    ax = plots.confusion_matrix(matrix, class_names, left.subplots())
    outline = Rectangle((0, 0), 1, 1, fill=False, edgecolor=plots.VERMILLION, linewidth=3)
    ax.add_patch(outline)
    heading = right.suptitle("\n")
    panels = right.subplots(3, 4).ravel()
    for ax in panels:
        ax.set_title(" ", fontsize=9)
        plots.image(np.zeros((1, 1)), ax=ax)
    figure.draw_without_rendering()
    figure.set_layout_engine("none")  # the places are found; finding them again takes as long

    def draw(true: int, predicted: int) -> tuple[Figure, str]:
        cell = np.flatnonzero((labels == true) & (predictions == predicted))
        text = f"true {class_names[true]}, predicted {class_names[predicted]}"
        if probabilities is not None and len(cell):
            cell = cell[np.argsort(-probabilities[cell, predicted], kind="stable")]
            text += f"\nabove each picture: probability of {class_names[predicted]}"
        heading.set_text(text if len(cell) else f"{text}\nno picture")
        outline.set_xy((predicted - 0.5, true - 0.5))
        for ax in panels:
            ax.clear()
            ax.axis("off")
        for ax, i in zip(panels, cell, strict=False):
            plots.image(images[i], ax=ax)
            if probabilities is not None:
                ax.set_title(f"{probabilities[i, predicted]:.1%}", fontsize=9)
        return figure, words(true, predicted, len(cell))

    def words(true: int, predicted: int, n_pictures: int) -> str:
        count, total = matrix[true, predicted], matrix[true].sum()
        share = f" ({count / total:.1%})" if total else ""
        verdict = "recognised" if true == predicted else f"taken for {class_names[predicted]}"
        order = "first" if probabilities is None else "most confident"
        text = f"Of {total:g} pictures of {class_names[true]}, {count:g}{share} were {verdict}."
        if n_pictures != count:
            text += f" But {n_pictures} of the pictures given are in this cell: is it their matrix?"
        elif n_pictures > 12:
            text += f" Here are the {order} 12."
        return text

    mistakes = np.where(np.eye(len(matrix), dtype=bool), -1, matrix)
    pair = np.unravel_index(mistakes.argmax(), mistakes.shape)
    options = [(name, i) for i, name in enumerate(class_names)]
    controls = {
        name: ipywidgets.Dropdown(options=options, value=int(i), description=f"{name} class")
        for name, i in zip(("true", "predicted"), pair, strict=True)
    }
    return Explorer("Confusion-matrix browser", controls, draw)
