"""Picture files as they are, in their own colours and their own proportions."""

import os
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from PIL import Image

from helpers.plots._figure import new_figure

LONGEST_SIDE = 240  # pixels that are drawn of a picture; more cannot be seen and takes time


def picture(path: str | os.PathLike[str], title: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw a picture file, any size and mode; return its Axes.

    Transparent parts show a chequered ground, as in drawing programs. Raises FileNotFoundError
    where there is no such file, and ValueError where it is no picture or is cut short.
    """
    try:
        with Image.open(path) as opened:
            loaded = opened.convert("RGBA")
    except FileNotFoundError:
        raise
    except (OSError, SyntaxError) as error:
        raise ValueError(f"{path} cannot be read as a picture: {error}") from error
    loaded.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if ax is None:
        ax = new_figure(3, 3).subplots()
    ax.imshow(_on_chequers(np.asarray(loaded, dtype="float32") / 255))
    ax.set(xticks=[], yticks=[])
    if title is not None:
        ax.set_title(title)
    return ax


def _on_chequers(rgba: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Lay a picture (height, width, 4) on a chequered ground; returns (height, width, 3)."""
    rows, columns = np.indices(rgba.shape[:2])
    square = max(1, max(rgba.shape[:2]) // 16)
    ground = np.where((rows // square + columns // square) % 2, 0.75, 0.92)[..., None]
    opaque = rgba[..., 3:]
    return rgba[..., :3] * opaque + ground * (1 - opaque)
