"""Text alternatives: what a figure shows, in words, for those who listen to a page instead of looking at it.

JupyterLab shows a PNG without any text beside it. So in a notebook every figure is given as HTML too, an
image with a text alternative, which screen readers read.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

import numpy as np
from IPython.core.getipython import get_ipython
from matplotlib.axes import Axes
from matplotlib.collections import Collection
from matplotlib.figure import Figure, FigureBase
from matplotlib.lines import Line2D

#: Of more panels, lines or bars than this only the number is told.
MOST = 12


def describe(figure: Figure) -> str:
    """What a figure shows, in words: its panels, axes, lines with where they begin and end, bars, images."""
    panels = [
        axes for axes in figure.axes if axes.get_visible() and axes.get_label() != "<colorbar>"
    ]
    titles = [figure.get_suptitle()] if figure.get_suptitle() else []
    if len(panels) > MOST:
        names = ", ".join(filter(None, (axes.get_title() for axes in panels)))
        told = [f"{len(panels)} panels" + (f": {names}" if names else "")]
    else:
        told = [
            f"Panel {number}: {_panel(axes)}" if len(panels) > 1 else _panel(axes)
            for number, axes in enumerate(panels, start=1)
        ]
    return "Figure. " + ". ".join([*titles, *told]) + "."


def give_alternatives() -> None:
    """In a notebook, show figures with their text alternatives. A second call changes nothing."""
    shell = get_ipython()
    if shell is None or not hasattr(shell, "kernel"):
        return
    formatter: Any = shell.display_formatter
    formatters = formatter.formatters
    as_png = formatters["image/png"]

    def as_html(figure: Figure) -> str | None:
        shown = as_png(figure)  # as the reader has set it; nothing, where that is no PNG
        if shown is None:
            return None
        data, size = shown if isinstance(shown, tuple) else (shown, {})
        sizes = "".join(f' {name}="{value}"' for name, value in size.items())
        return f'<img alt="{escape(describe(figure))}" src="data:image/png;base64,{data}"{sizes}>'

    # For what figures are derived from: what is said of figures is forgotten when their format is set.
    formatters["text/html"].for_type(FigureBase, as_html)


def _panel(axes: Axes) -> str:
    return "; ".join([*_axes(axes), *_lines(axes), *_marks(axes)]) or "empty"


def _axes(axes: Axes) -> Iterator[str]:
    if title := axes.get_title():
        yield title
    across, up = axes.get_xlabel(), axes.get_ylabel()
    if across or up:
        yield f"{up or 'values'} against {across or 'position'}"


def _lines(axes: Axes) -> Iterator[str]:
    lines = [line for line in axes.lines if len(line.get_xdata()) > 1]  # pyright: ignore[reportArgumentType]
    if len(lines) > MOST:
        yield f"{len(lines)} lines"
        return
    for line in lines:
        yield _line(line)


def _line(line: Line2D) -> str:
    label = str(line.get_label())
    name = "a line" if label.startswith("_") else f"line {label}"
    heights = np.asarray(line.get_ydata(), dtype=float)
    heights = heights[np.isfinite(heights)]
    if not len(heights):
        return name
    return (
        f"{name} from {heights[0]:.3g} to {heights[-1]:.3g}, "
        f"lowest {heights.min():.3g}, highest {heights.max():.3g}"
    )


def _marks(axes: Axes) -> Iterator[str]:
    for image in axes.images:
        yield "an image of {} by {} pixels".format(*image.get_array().shape[:2])  # pyright: ignore
    bars = [patch for patch in axes.patches if hasattr(patch, "get_height")]
    heights = [float(bar.get_height()) for bar in bars]  # pyright: ignore[reportAttributeAccessIssue]
    if heights:
        several = f"{len(bars)} bars" if len(bars) > 1 else "a bar"
        few = " of " + ", ".join(f"{height:.3g}" for height in heights)
        yield several + (few if len(bars) <= MOST else "")
    for marks in axes.collections:
        yield from _points(marks)
    texts = [text.get_text() for text in axes.texts if text.get_text()]
    if texts and len(texts) <= 2 * MOST:
        yield "texts: " + ", ".join(texts)


def _points(marks: Collection) -> Iterator[str]:
    label = str(marks.get_label())
    number = len(np.atleast_2d(marks.get_offsets()))
    if number > 1:
        yield f"{number:,} points" + ("" if label.startswith("_") else f" ({label})")
