"""The confusion matrix."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb

from helpers.plots._figure import WHITE_TO_BLUE, check_shape, new_figure


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
