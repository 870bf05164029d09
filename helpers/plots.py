"""The figures of the lessons: small functions around matplotlib, one picture each.

Arrays may be NumPy arrays, tensors or lists. Colours are those of Okabe and Ito, one of them paling
to white, or the colour map cividis: readers with any colour vision can tell them apart. Line styles
and markers differ too.

One picture for each call. Jupyter shows a figure twice when pyplot made it *and* it is the value of
a cell's last line: once as that value, once when the cell ends and pyplot's open figures are shown.
Figures without pyplot would be no better: `plots.image_grid(images);` would show nothing at all. So
the functions make pyplot figures of the class `ShownOnce`, which close themselves when they are
shown. Asking for such a figure again, in a later cell, still shows it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import cycle
from typing import Any

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

# Okabe & Ito (2008) without their yellow, which is too pale for lines on white.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
BLUE, VERMILLION = COLOURS[:2]
GREY = "#767676"
WHITE_TO_BLUE = LinearSegmentedColormap.from_list("white_to_blue", ["white", BLUE])

# From this many examples on, single points would cover one another.
MANY_POINTS = 2000

Function = Callable[[np.ndarray], Any]


class ShownOnce(Figure):
    """A figure that pyplot forgets once it is shown, so that a cell does not show it twice."""

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        plt.close(self)
        return {}  # Jupyter's own printer draws the picture, in the format the reader has set


def new_figure(width: float, height: float) -> Figure:
    """Return an empty figure, sizes in inches, that a cell shows exactly once."""
    return plt.figure(FigureClass=ShownOnce, figsize=(width, height), layout="constrained")


def check_shape(name: str, array: np.ndarray, *allowed: tuple[int | str, ...]) -> None:
    """Raise ValueError, naming the argument, unless the array has one of the allowed shapes.

    A number in a shape stands for itself, a word for any length; the same word twice means the
    same length twice: `check_shape("matrix", matrix, ("n", "n"))` takes square matrices.
    """

    def fits(shape: tuple[int | str, ...]) -> bool:
        lengths: dict[int | str, int] = {}
        return len(shape) == array.ndim and all(
            length == (lengths.setdefault(want, length) if isinstance(want, str) else want)
            for want, length in zip(shape, array.shape, strict=True)
        )

    if not any(fits(shape) for shape in allowed):
        expected = " or ".join(str(shape).replace("'", "") for shape in allowed)
        raise ValueError(f"{name}: expected shape {expected}, got {array.shape}")


def name_classes(name: str, ids: Any, n: int, class_names: Sequence[str] | None) -> list[str]:
    """Return the class names of n integer ids; without `class_names` the ids themselves.

    Raises ValueError, naming the argument, where there are not n ids or one has no class name.
    """
    ids = np.asarray(ids)
    check_shape(name, ids, (n,))
    if class_names is None:
        return [str(int(i)) for i in ids]
    if n and (ids.min() < 0 or ids.max() >= len(class_names)):
        raise ValueError(
            f"{name}: expected class ids 0 to {len(class_names) - 1}, "
            f"got {ids.min()} to {ids.max()}"
        )
    return [str(class_names[int(i)]) for i in ids]


def image(image: Any, title: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw one grey picture, (height, width) or (height, width, 1); return its Axes.

    Low values are dark. Pictures in 0 to 1 and in 0 to 255 keep these ranges, so that two of them
    compare; any other picture, a standardised one for example, spans its own range. Raises
    ValueError for other shapes.
    """
    image = np.asarray(image)
    check_shape("image", image, ("height", "width"), ("height", "width", 1))
    if ax is None:
        ax = new_figure(3, 3).subplots()
    _draw_grey(ax, image, *_grey_range(image))
    if title is not None:
        ax.set_title(title)
    return ax


def image_grid(
    images: Any,
    labels: Any = None,
    class_names: Sequence[str] | None = None,
    predictions: Any = None,
    n_columns: int = 8,
) -> Figure:
    """Draw up to 100 grey pictures in rows; return the Figure.

    images: (n, height, width) or (n, height, width, 1). labels and predictions: (n,) class ids.
    Titles are the classes' names. Where a prediction differs from the label, the picture has a
    thick frame and a title like "Shirt, not Coat": it is a shirt, and was taken for a coat. All
    pictures share one range of greys. Raises ValueError for other shapes, for no picture or more
    than 100, and for ids without a class name.
    """
    images = np.asarray(images)
    check_shape("images", images, ("n", "height", "width"), ("n", "height", "width", 1))
    n = len(images)
    if not 1 <= n <= 100:
        raise ValueError(f"images: expected 1 to 100 pictures, got {n}; pass images[:40], say")
    true = None if labels is None else name_classes("labels", labels, n, class_names)
    guesses = None
    if predictions is not None:
        guesses = name_classes("predictions", predictions, n, class_names)

    n_rows, n_columns = _grid_size(n, n_columns)
    title_lines = 2 if true and guesses else 1 if true or guesses else 0
    figure = new_figure(1.3 * n_columns, (1.35 + 0.2 * title_lines) * n_rows)
    panels = figure.subplots(n_rows, n_columns, squeeze=False).ravel()
    low, high = _grey_range(images)
    for i, ax in enumerate(panels):
        if i >= n:
            ax.remove()
            continue
        _draw_grey(ax, images[i], low, high)
        if true and guesses and true[i] != guesses[i]:
            ax.set_title(f"{true[i]},\nnot {guesses[i]}", fontsize=9, fontweight="bold")
            ax.spines[:].set(visible=True, color=VERMILLION, linewidth=3)
        elif names := true or guesses:
            ax.set_title(names[i], fontsize=9)
    return figure


def _grid_size(n: int, n_columns: int) -> tuple[int, int]:
    """Rows and columns for n panels, none of the columns empty."""
    if n_columns < 1:
        raise ValueError(f"n_columns: expected at least 1, got {n_columns}")
    n_columns = min(n_columns, n)
    return -(-n // n_columns), n_columns  # rounded up


def _draw_grey(ax: Axes, image: np.ndarray, low: float, high: float) -> None:
    ax.imshow(image.reshape(image.shape[:2]), cmap="gray", vmin=low, vmax=high)
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(False)


def _grey_range(images: np.ndarray) -> tuple[float, float]:
    low, high = float(images.min()), float(images.max())
    if low < 0 or high > 255:
        return low, high
    return 0, 1 if high <= 1 else 255


def learning_curves(history: Any, title: str | None = None, validation_freq: int = 1) -> Figure:
    """Draw what `fit` recorded, loss on the left, other metrics on the right; return the Figure.

    history: the History that `fit` returns, or its `history` dict of lists. Training is solid,
    validation dashed. Keras's training values are averages over the running epoch, while the
    weights change, so they stand in its middle, at epoch - 0.5; validation is measured at its end.
    With only losses there is one panel. A recorded learning rate, which measures nothing, is left
    out. validation_freq: as given to `fit`. Raises ValueError for a history without a loss, and
    for a record whose length does not fit the number of epochs.
    """
    records = _records("history", history)
    if "loss" not in records:
        raise ValueError(f"history: expected a record 'loss', got {list(records)}")
    n_epochs = len(records["loss"])
    for key, values in records.items():
        expected = n_epochs // validation_freq if key.startswith("val_") else n_epochs
        if len(values) != expected:
            raise ValueError(
                f"history: expected {expected} values of {key!r} in {n_epochs} epochs, "
                f"got {len(values)}; was `fit` given a validation_freq?"
            )
    names = [n for n in records if not n.startswith("val_") and n != "learning_rate"]
    losses = [name for name in names if name.endswith("loss")]
    others = [name for name in names if name not in losses]
    panels = [losses, others] if others else [losses]

    figure = new_figure(5.2 * len(panels), 3.6)
    for ax, panel in zip(figure.subplots(1, len(panels), squeeze=False)[0], panels, strict=True):
        for colour, name in zip(cycle(COLOURS), panel):
            _draw_record(
                ax, name, records[name], color=colour, marker="o", label=f"training {name}"
            )
            if (key := f"val_{name}") in records:
                _draw_record(ax, key, records[key], validation_freq, color=colour,
                             marker="s", linestyle="--", label=f"validation {name}")  # fmt: skip
        ax.set_ylabel(panel[0] if len(panel) == 1 else "loss" if panel is losses else "metric")
        _finish_epochs(ax)
    if title is not None:
        figure.suptitle(title)
    return figure


def compare_curves(
    histories: Mapping[str, Any], metric: str = "val_accuracy", ax: Axes | None = None
) -> Axes:
    """Draw one metric of several trainings, one line each; return the Axes.

    histories: from a name to the History that `fit` returned, or to its `history` dict; lengths
    may differ. Training metrics stand at epoch - 0.5, as in `learning_curves`. Raises ValueError
    for no history, or one without the metric.
    """
    if not histories:
        raise ValueError("histories: expected at least one history, got none")
    curves = {}
    for name, history in histories.items():
        records = _records(f"histories[{name!r}]", history)
        if metric not in records:
            raise ValueError(f"metric: histories[{name!r}] has no {metric!r}, but {list(records)}")
        curves[name] = records[metric]
    if ax is None:
        ax = new_figure(6, 4).subplots()
    for (name, values), style in zip(curves.items(), _line_styles(), strict=False):
        _draw_record(ax, metric, values, label=name, **style)
    ax.set_ylabel(metric.replace("val_", "validation "))
    _finish_epochs(ax)
    return ax


def _records(name: str, history: Any) -> dict[str, np.ndarray]:
    """The lists of a History or its dict, as arrays."""
    history = getattr(history, "history", history)
    if not isinstance(history, Mapping):
        raise ValueError(f"{name}: expected a History or its dict, got {type(history).__name__}")
    records = {key: np.asarray(values, dtype=float) for key, values in history.items()}
    for key, values in records.items():
        check_shape(f"{name}[{key!r}]", values, ("n_epochs",))
    return records


def _draw_record(ax: Axes, key: str, values: np.ndarray, every: int = 1, **style: Any) -> None:
    epochs = every * np.arange(1, len(values) + 1)
    if not key.startswith("val_"):
        epochs = epochs - 0.5
    # A marker at each epoch shows a single one too; a hundred would hide the line.
    ax.plot(epochs, values, markersize=4, markevery=max(1, len(values) // 20), **style)


def _finish_epochs(ax: Axes) -> None:
    ax.set_xlabel("epoch")
    ax.set_xlim(left=0)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1, steps=[1, 2, 5, 10]))
    ax.grid(alpha=0.3)
    ax.legend()


def _line_styles() -> Iterator[dict[str, Any]]:
    """Colour, line and marker for one curve after another; 4 and 7 have no common divisor."""
    for colour, line, marker in zip(cycle(COLOURS), cycle(("-", "--", "-.", ":")), cycle("os^DvP")):
        yield {"color": colour, "linestyle": line, "marker": marker}


def confusion_matrix(
    matrix: Any, class_names: Sequence[str] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw a confusion matrix, rows true and columns predicted classes; return the Axes.

    matrix: (n_classes, n_classes) counts, which stand in the cells. Colour is the share of the
    row, so that a rare class reads like a frequent one. The diagonal is grey: the right answers
    are so many that beside them all mistakes would look alike. Raises ValueError for other
    shapes, negative counts or another number of class names.
    """
    matrix = np.asarray(matrix)
    check_shape("matrix", matrix, ("n_classes", "n_classes"))
    n = len(matrix)
    if n == 0 or matrix.min() < 0:
        raise ValueError("matrix: expected counts of at least one class, none of them negative")
    names = [str(i) for i in range(n)] if class_names is None else list(class_names)
    if len(names) != n:
        raise ValueError(f"class_names: expected {n} names, one for each row, got {len(names)}")
    if ax is None:
        ax = new_figure(2 + 0.52 * n, max(3, 1 + 0.52 * n)).subplots()

    totals = matrix.sum(axis=1, keepdims=True)
    percent = 100 * matrix / np.where(totals > 0, totals, 1)
    diagonal = np.eye(n, dtype=bool)
    mistakes = np.ma.masked_array(percent, mask=diagonal)
    largest = percent[~diagonal].max(initial=0)
    cmap = WHITE_TO_BLUE.with_extremes(bad="#DDDDDD")
    picture = ax.imshow(mistakes, cmap=cmap, vmin=0, vmax=largest or 1)
    for i, j in np.ndindex(n, n):
        value = f"{matrix[i, j]:d}" if matrix.dtype.kind in "iub" else f"{matrix[i, j]:.3g}"
        colour = "black" if i == j else _text_colour(picture.to_rgba(percent[i, j]))
        ax.text(j, i, value, ha="center", va="center", fontsize=8, color=colour,
                fontweight="bold" if i == j else "normal")  # fmt: skip
    ax.set(xlabel="predicted class", ylabel="true class", yticks=range(n), yticklabels=names)
    ax.set_xticks(range(n), names, rotation=45, ha="right", rotation_mode="anchor")
    ax.figure.colorbar(picture, ax=ax, label="mistakes (% of the true class)")
    return ax


def _text_colour(background: Any) -> str:
    """Black or white, whichever is easier to read (luma weights of ITU-R BT.709)."""
    return "white" if np.dot(to_rgb(background), (0.2126, 0.7152, 0.0722)) < 0.5 else "black"


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
    n_rows, n_columns = _grid_size(len(pairs), n_columns)
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


def predicted_against_true(
    y_true: Any, y_pred: Any, unit: str = "100,000 $", ax: Axes | None = None
) -> Axes:
    """Draw predictions over true values; a perfect model lies on the diagonal. Return the Axes.

    y_true, y_pred: (n,) or (n, 1), both finite. From 2000 examples on they are counted in
    hexagons. Predictions far beyond the range of the true values would squeeze all the others:
    they lie outside the picture, which says how many they are. Raises ValueError for other shapes,
    different lengths, no values or values that are not finite.
    """
    true, predicted = np.asarray(y_true), np.asarray(y_pred)
    check_shape("y_true", true, ("n",), ("n", 1))
    check_shape("y_pred", predicted, (len(true),), (len(true), 1))
    true, predicted = true.ravel(), predicted.ravel()
    for name, values in (("y_true", true), ("y_pred", predicted)):
        if not len(values) or not np.isfinite(values).all():
            bad = np.count_nonzero(~np.isfinite(values))
            raise ValueError(f"{name}: expected finite values, got {bad} others of {len(values)}")
    if ax is None:
        ax = new_figure(5.4, 4.6).subplots()

    low, high = true.min(), true.max()
    margin = 0.5 * (high - low) or np.inf
    inside = predicted[(predicted >= low - margin) & (predicted <= high + margin)]
    bottom, top = inside.min(initial=low), inside.max(initial=high)
    pad = 0.03 * (top - bottom) or 1
    bottom, top = bottom - pad, top + pad
    if len(true) < MANY_POINTS:
        ax.scatter(true, predicted, s=14, alpha=0.5, color=BLUE, linewidths=0)
    else:
        cells = ax.hexbin(true, predicted, gridsize=50, extent=(bottom, top, bottom, top),
                          mincnt=1, bins="log", cmap="cividis")  # fmt: skip
        ax.figure.colorbar(cells, ax=ax, label="examples in a cell")
    ax.axline((low, low), slope=1, color=VERMILLION, linestyle="--", label="predicted = true")
    room = 4 * pad  # for the legend, above the points
    ax.set(xlim=(low - pad, high + pad), ylim=(bottom, top + room), aspect="equal")
    in_unit = f" ({unit})" if unit else ""
    ax.set(xlabel=f"true value{in_unit}", ylabel=f"predicted value{in_unit}")
    outside = len(predicted) - len(inside)
    ax.legend(loc="upper left", title=f"{outside} of {len(true)} lie outside" if outside else None)
    return ax


def housing_map(
    latitude: Any,
    longitude: Any,
    value: Any,
    label: str = "median house value (100,000 $)",
    ax: Axes | None = None,
) -> Axes:
    """Draw the districts of California as points coloured by a value; return the Axes.

    latitude, longitude (degrees) and value: (n,) each. A degree of longitude is drawn shorter than
    one of latitude, as it is on the ground. Raises ValueError for other shapes.
    """
    latitude, longitude, value = np.asarray(latitude), np.asarray(longitude), np.asarray(value)
    check_shape("latitude", latitude, ("n",))
    check_shape("longitude", longitude, latitude.shape)
    check_shape("value", value, latitude.shape)
    if ax is None:
        ax = new_figure(6.4, 5.6).subplots()
    points = ax.scatter(longitude, latitude, c=value, s=5, cmap="cividis", linewidths=0)
    ax.set_aspect(1 / np.cos(np.radians(latitude.mean())))
    ax.set(xlabel="longitude (°)", ylabel="latitude (°)")
    ax.figure.colorbar(points, ax=ax, label=label)
    return ax


def prediction_bars(
    probabilities: Any,
    class_names: Sequence[str],
    true_label: int | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the probabilities of one picture as horizontal bars; return the Axes.

    probabilities: (n_classes,), each in 0 to 1; class_names: n_classes names. The bar of the true
    class is hatched, its name bold and marked "(true)". Raises ValueError for other shapes, values
    outside 0 to 1 (logits need a softmax first) and a true label that is no class.
    """
    probabilities = np.asarray(probabilities)
    check_shape("probabilities", probabilities, ("n_classes",))
    n = len(probabilities)
    if len(class_names) != n:
        raise ValueError(f"class_names: expected {n} names, got {len(class_names)}")
    if not ((probabilities >= 0) & (probabilities <= 1 + 1e-6)).all():
        raise ValueError(
            f"probabilities: expected values from 0 to 1, got {probabilities.min():.3g} to "
            f"{probabilities.max():.3g}; logits need a softmax first"
        )
    if true_label is not None and not 0 <= true_label < n:
        raise ValueError(f"true_label: expected 0 to {n - 1}, got {true_label}")
    if ax is None:
        ax = new_figure(5, 0.8 + 0.3 * n).subplots()

    bars = ax.barh(range(n), probabilities, color=BLUE)
    ax.bar_label(bars, labels=[f"{p:.0%}" if p >= 0.005 else "" for p in probabilities], padding=3)
    names = [f"{name} (true)" if i == true_label else name for i, name in enumerate(class_names)]
    ax.set(yticks=range(n), yticklabels=names, xlim=(0, 1.1), xlabel="probability")
    ax.invert_yaxis()  # the first class on top
    ax.spines[["top", "right"]].set_visible(False)
    if true_label is not None:
        bars[true_label].set(facecolor=VERMILLION, hatch="///", edgecolor="white")
        ax.get_yticklabels()[true_label].set_fontweight("bold")
    return ax
