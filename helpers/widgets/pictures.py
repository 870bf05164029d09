"""One's own pictures on their way into a network: what it is given, and what it says."""

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import ipywidgets
import numpy as np
from matplotlib.figure import Figure
from PIL import Image

from helpers import plots
from helpers.widgets._explorer import Explorer


def picture_explorer(
    pictures: Sequence[str | os.PathLike[str]],
    prepare: Callable[..., Any],
    predict: Callable[[np.ndarray], Any],
    class_names: Sequence[str],
) -> Explorer:
    """Return a widget: choose a picture and how it is prepared, and see what the model says.

    pictures: paths of picture files. prepare: `prepare(path, invert=False)` gives the (height, width)
    input in 0 to 1; a file it cannot read is named in the sentence below the picture. predict: takes
    such an input and gives the (n_classes,) probabilities. class_names: n_classes names; a file
    whose name begins with one of them is a picture of it. Controls: `picture`, a path; `invert`;
    `threshold`, up to which values become 0; `size`, by which the digit is made smaller or larger;
    `lower`, by how many pixels it is moved down;
    `upload`, which adds a picture from the reader's computer. Raises ValueError for no picture.
    """
    if not pictures:
        raise ValueError("pictures: expected at least one path; is there any file in the folder?")
    uploads = tempfile.TemporaryDirectory(prefix="pictures-")  # lives as long as the widget
    prepared: dict[tuple[str, bool], np.ndarray] = {}

    figure = Figure(figsize=(10, 3.6), layout="constrained")
    left, middle, right = figure.subplots(1, 3, width_ratios=[1, 1, 1.25])
    for ax in (left, middle):
        plots.image(np.zeros((28, 28)), " ", ax)
    plots.prediction_bars(np.zeros(len(class_names)), class_names, 0, right)
    figure.draw_without_rendering()
    figure.set_layout_engine("none")  # the places are found; finding them again takes as long

    def true_class(path: str) -> int | None:
        fits = [i for i, name in enumerate(class_names) if Path(path).name.startswith(name)]
        return fits[0] if fits else None

    def read(path: str, invert: bool) -> np.ndarray:
        if (path, invert) not in prepared:
            image = np.asarray(prepare(path, invert=invert), dtype="float32")
            plots.check_shape("prepare(...)", image, ("height", "width"))
            prepared[path, invert] = image
        return prepared[path, invert]

    def draw(
        picture: str, invert: bool, threshold: float, size: float, lower: int, upload: Any
    ) -> tuple[Figure, str]:
        for ax in (left, middle, right):
            ax.clear()
            ax.axis("off")
        try:
            image = read(picture, invert)
            plots.picture(picture, Path(picture).name, left)
        except (OSError, ValueError) as error:
            return figure, f"{Path(picture).name} cannot be used: {error}"
        image = _moved(np.clip((image - threshold) / (1 - threshold), 0, 1), size, lower)
        probabilities = np.asarray(predict(image), dtype="float64")
        for ax in (left, right):
            ax.axis("on")
        plots.image(image, "what the model gets", middle)
        middle.axis("on")
        middle.spines[:].set(visible=True, color=plots.GREY)
        true = true_class(picture)
        plots.prediction_bars(probabilities, class_names, true, right)
        return figure, words(image, probabilities, true)

    def words(image: np.ndarray, probabilities: np.ndarray, true: int | None) -> str:
        best = int(probabilities.argmax())
        verdict = "" if true is None else ", which is right" if best == true else ", which is wrong"
        text = f"The model says {class_names[best]} ({probabilities[best]:.0%}){verdict}."
        edge = np.concatenate([image[0], image[-1], image[:, 0], image[:, -1]])
        background = float(np.median(edge))
        text += f" The background is {background:.2f}"
        if background > 0.5:
            return f"{text}: light. The digits it was trained on are light on black."
        return f"{text}; in the digits it was trained on it is 0."

    def take(change: Any) -> None:
        """Put an uploaded file where `prepare` can open it, and choose it."""
        if not change["new"]:
            return
        file = change["new"][-1]
        path = str(Path(uploads.name) / Path(file["name"]).name)
        Path(path).write_bytes(bytes(file["content"]))
        for invert in (False, True):
            prepared.pop((path, invert), None)
        others = [option for option in chooser.options if option[1] != path]
        chooser.options = [*others, (Path(path).name, path)]
        chooser.value = path

    options = [(Path(path).name, str(path)) for path in pictures]
    chooser = ipywidgets.Dropdown(options=options, description="picture")
    upload = ipywidgets.FileUpload(accept="image/*", multiple=False, description="your own")
    upload.observe(take, names="value")
    controls = {
        "picture": chooser,
        "upload": upload,
        "invert": ipywidgets.Checkbox(value=False, description="invert"),
        "threshold": ipywidgets.FloatSlider(
            value=0, min=0, max=0.9, step=0.05, description="threshold"
        ),
        "size": ipywidgets.FloatSlider(value=1, min=0.4, max=1.6, step=0.1, description="size"),
        "lower": ipywidgets.IntSlider(value=0, min=-8, max=8, description="lower"),
    }
    return Explorer("Picture explorer", controls, draw)


def _moved(image: np.ndarray, size: float, lower: int) -> np.ndarray:
    """Make what a picture shows larger about its centre, then move it down; the rest is background."""
    if size == 1 and lower == 0:
        return image
    height, width = image.shape
    edge = np.concatenate([image[0], image[-1], image[:, 0], image[:, -1]])
    left = width / 2 * (1 - 1 / size)
    top = height / 2 * (1 - 1 / size) - lower / size
    moved = Image.fromarray(image).transform(
        (width, height),
        Image.Transform.AFFINE,
        (1 / size, 0, left, 0, 1 / size, top),
        Image.Resampling.BILINEAR,
        fillcolor=float(np.median(edge)),
    )
    return np.asarray(moved, dtype="float32")
