"""Looking into the cells of a confusion matrix."""

from collections.abc import Sequence
from typing import Any

import ipywidgets
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from helpers import plots
from helpers.widgets._explorer import Explorer


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
