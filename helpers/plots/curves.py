"""Learning curves: what `fit` recorded, of one training or of several, or batch by batch."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from helpers.plots._figure import (
    BLUE,
    COLOURS,
    VERMILLION,
    check_shape,
    grid_size,
    new_figure,
)


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
    for (name, values), style in zip(curves.items(), line_styles(), strict=False):
        _draw_record(ax, metric, values, label=name, **style)
    ax.set_ylabel(metric.replace("val_", "validation "))
    _finish_epochs(ax)
    return ax


def curve_panels(
    histories: Mapping[str, Any], metric: str = "loss", n_columns: int = 4, top: float | None = None
) -> Figure:
    """Draw one metric of several trainings, a panel each on common axes; return the Figure.

    histories: from a name to the History that `fit` returned, or to its `history` dict. Training is
    solid, validation dashed, at the places of `learning_curves`. top: where the vertical axis ends; it
    begins at 0 then. Raises ValueError for no history, one without the metric or its validation, and
    fewer than one column.
    """
    if not histories:
        raise ValueError("histories: expected at least one history, got none")
    n_rows, n_columns = grid_size(len(histories), n_columns)
    figure = new_figure(3.3 * n_columns, 0.4 + 2.6 * n_rows)
    axes = figure.subplots(n_rows, n_columns, sharex=True, sharey=True, squeeze=False)
    for ax in axes.flat[len(histories) :]:
        ax.remove()
    for ax, (name, history) in zip(axes.flat, histories.items(), strict=False):
        records = _records(f"histories[{name!r}]", history)
        for key, colour, style, marker in (
            (metric, BLUE, "-", "o"),
            (f"val_{metric}", VERMILLION, "--", "s"),
        ):
            if key not in records:
                raise ValueError(f"metric: histories[{name!r}] has no {key!r}, but {list(records)}")
            label = "validation" if key.startswith("val_") else "training"
            _draw_record(
                ax, key, records[key], color=colour, linestyle=style, marker=marker, label=label
            )
        _finish_epochs(ax)
        ax.get_legend().remove()
        ax.set_title(name)
        if top is not None:
            ax.set_ylim(0, top)
    for ax in axes[:, 0]:
        ax.set_ylabel(metric)
    axes[0, 0].legend()
    return figure


def rate_sweep(rates: Sequence[float], losses: Sequence[float], ax: Axes | None = None) -> Axes:
    """Draw the loss of each batch of a sweep against its learning rate; return the Axes.

    rates, losses: of one length, a number for each batch. The rates stand on a logarithmic axis.
    Grey points are the batches; the line is the median of nine neighbouring batches, fewer at the
    ends. Losses far above the first ones leave the picture. Raises ValueError for lists of
    different lengths, empty ones, and rates that are not above 0.
    """
    x, y = np.asarray(rates, dtype=float), np.asarray(losses, dtype=float)
    check_shape("rates", x, ("n_batches",))
    check_shape("losses", y, (len(x),))
    if not len(x) or not (x > 0).all():
        raise ValueError("rates: expected at least one, all above 0")
    if ax is None:
        ax = new_figure(6, 4).subplots()
    windows = [y[max(0, i - 4) : i + 5] for i in range(len(y))]
    middle = np.array([np.median(np.where(np.isfinite(w), w, np.inf)) for w in windows])
    ax.plot(x, y, "o", color="0.65", markersize=3, label="loss of one batch")
    ax.plot(x, middle, color=BLUE, linewidth=2, label="median of nine batches")
    known = middle[np.isfinite(middle)]
    if len(known) and known[0] > 0 and known.min() >= 0:
        ax.set_ylim(0, 1.5 * known[: max(1, len(known) // 4)].max())
    ax.set(xscale="log", xlabel="learning rate", ylabel="loss")
    ax.grid(alpha=0.3)
    ax.legend()
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


def line_styles() -> Iterator[dict[str, Any]]:
    """Colour, line and marker for one curve after another; 4 and 7 have no common divisor."""
    for colour, line, marker in zip(cycle(COLOURS), cycle(("-", "--", "-.", ":")), cycle("os^DvP")):
        yield {"color": colour, "linestyle": line, "marker": marker}
