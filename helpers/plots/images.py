"""Grey pictures, one or many, and what a classifier says of one."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from helpers.plots._figure import BLUE, VERMILLION, check_shape, grid_size, name_classes, new_figure


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


def pixel_values(picture: Any, rows: slice, columns: slice, title: str | None = None) -> Figure:
    """Draw a grey picture, and beside it a part of it with the pixels' values; return the Figure.

    picture: (height, width). rows and columns: slices with a start and a stop. A frame marks the
    part in the whole picture. Raises ValueError for another shape, and for an empty part.
    """
    picture = np.asarray(picture)
    check_shape("picture", picture, ("height", "width"))
    excerpt = picture[rows, columns]
    if excerpt.size == 0:
        raise ValueError(f"rows, columns: expected a part of {picture.shape}, got none")
    figure = new_figure(9, 3.6)
    left, right = figure.subplots(1, 2)
    image(picture, title, ax=left)
    corner = (columns.start - 0.5, rows.start - 0.5)
    frame = Rectangle(corner, *excerpt.shape[::-1], fill=False, edgecolor=VERMILLION, linewidth=3)
    left.add_patch(frame)
    label = f"rows {rows.start} to {rows.stop - 1}, columns {columns.start} to {columns.stop - 1}"
    image(excerpt, label, ax=right)
    middle = sum(_grey_range(excerpt)) / 2
    for (row, column), value in np.ndenumerate(excerpt):
        colour = "black" if value > middle else "white"
        right.text(column, row, f"{value:g}", ha="center", va="center", color=colour)
    return figure


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

    n_rows, n_columns = grid_size(n, n_columns)
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


def _draw_grey(ax: Axes, image: np.ndarray, low: float, high: float) -> None:
    ax.imshow(image.reshape(image.shape[:2]), cmap="gray", vmin=low, vmax=high)
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(False)


def _grey_range(images: np.ndarray) -> tuple[float, float]:
    low, high = float(images.min()), float(images.max())
    if low < 0 or high > 255:
        return low, high
    return 0, 1 if high <= 1 else 255
