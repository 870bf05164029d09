"""What all pictures share: colours, figures that are shown once, checks of what is drawn."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

# Okabe & Ito (2008) without their yellow, which is too pale for lines on white.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
BLUE, VERMILLION = COLOURS[:2]
GREY = "#767676"
WHITE_TO_BLUE = LinearSegmentedColormap.from_list("white_to_blue", ["white", BLUE])


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


def grid_size(n: int, n_columns: int) -> tuple[int, int]:
    """Rows and columns for n panels, none of the columns empty."""
    if n_columns < 1:
        raise ValueError(f"n_columns: expected at least 1, got {n_columns}")
    n_columns = min(n_columns, n)
    return -(-n // n_columns), n_columns  # rounded up
