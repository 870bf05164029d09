"""When the callbacks that wait would act: ReduceLROnPlateau and EarlyStopping on a recorded curve."""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import ipywidgets
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from helpers import plots
from helpers.widgets._explorer import Explorer


def plateau_explorer(curves: Mapping[str, Sequence[float]], learning_rate: float = 0.1) -> Explorer:
    """Return a widget: set patience, factor and min_delta, see where the two callbacks would act.

    curves: from a name to a list of validation losses, one for each epoch. learning_rate: that of
    the first epoch. Keras's own callbacks decide; the curve is a recording and does not react.
    Controls: `curve`, a name; `patience`, `factor`, `min_delta`; `stop_patience`, of EarlyStopping.
    Raises ValueError for no curve, an empty one, and one with NaN.
    """
    losses = {name: np.asarray(values, dtype=float) for name, values in curves.items()}
    if not losses:
        raise ValueError("curves: expected at least one list of losses, got none")
    for name, values in losses.items():
        plots.check_shape(f"curves[{name!r}]", values, ("n_epochs",))
        if not len(values) or not np.isfinite(values).all():
            raise ValueError(f"curves[{name!r}]: expected finite numbers, at least one")

    controls = {
        "curve": ipywidgets.Dropdown(options=list(losses), description="curve"),
        "patience": ipywidgets.IntSlider(4, 1, 15, description="patience of the cut"),
        "factor": ipywidgets.FloatSlider(
            value=0.2, min=0.1, max=0.9, step=0.1, description="factor of the cut"
        ),
        "stop_patience": ipywidgets.IntSlider(8, 1, 20, description="patience of EarlyStopping"),
        "min_delta": ipywidgets.SelectionSlider(
            options=[0.0, 0.0001, 0.001, 0.003, 0.01, 0.03], value=0.001, description="min_delta"
        ),
    }
    figure = Figure(figsize=(9.5, 5), layout="constrained")
    top, bottom = figure.subplots(2, 1, sharex=True, height_ratios=[2.2, 1])

    def draw(
        curve: str, patience: int, factor: float, stop_patience: int, min_delta: float
    ) -> tuple[Figure, str]:
        values = losses[curve]
        epochs = np.arange(1, len(values) + 1)
        rates, cuts = _cuts(values, learning_rate, patience, factor, min_delta)
        stopped, best = _stop(values, stop_patience, min_delta)

        top.clear()
        bottom.clear()
        top.plot(
            epochs, values, color=plots.BLUE, marker="o", markersize=4, label="validation loss"
        )
        for i, cut in enumerate(cuts):
            label = "the rate is cut at the end of the epoch" if i == 0 else None
            top.axvline(epochs[cut], color="black", linestyle=":", linewidth=1.2, label=label)
        top.plot(
            epochs[best], values[best], "*", color=plots.VERMILLION, markersize=15,
            label="best by EarlyStopping's measure",
        )  # fmt: skip
        if stopped is not None:
            top.axvline(
                epochs[stopped], color=plots.VERMILLION, linewidth=2.5, label="EarlyStopping stops"
            )
            top.axvspan(epochs[stopped], epochs[-1] + 0.5, color="0.5", alpha=0.2)
        top.set_ylabel("validation loss")
        low, high = values.min(), np.quantile(values, 0.95)
        margin = 0.08 * max(high - low, 1e-3)
        top.set_ylim(low - margin, high + 4 * margin)
        top.grid(alpha=0.3)
        top.legend(loc="upper right", fontsize=9)
        bottom.step(epochs, rates, where="mid", color=plots.BLUE)
        bottom.set(xlabel="epoch", ylabel="rate in the epoch", yscale="log")
        bottom.set_ylim(min(rates[-1], learning_rate / 10) / 2, learning_rate * 2)
        bottom.set_xlim(0.5, len(values) + 0.5)
        bottom.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
        bottom.grid(alpha=0.3)
        return figure, words(values, cuts, rates, stopped, best)

    def words(
        values: np.ndarray, cuts: list[int], rates: list[float], stopped: int | None, best: int
    ) -> str:
        text = "The rate is never cut. "
        if cuts:
            often = "once" if len(cuts) == 1 else f"{len(cuts)} times"
            text = f"The rate is cut {often}, first at the end of epoch {cuts[0] + 1}. "
        if stopped is None:
            text += f"EarlyStopping lets it run to the end; its best epoch is {best + 1}"
        else:
            text += f"EarlyStopping stops after epoch {stopped + 1}; its best epoch is {best + 1}"
        text += f", with the loss {values[best]:.4g}."
        lowest = int(values.argmin())
        if stopped is not None and lowest > stopped:
            text += f" It misses {values[lowest]:.4g} in epoch {lowest + 1}."
        elif lowest != best:
            text += (
                f" Epoch {lowest + 1} has {values[lowest]:.4g}, which is not better by min_delta."
            )
        return text

    return Explorer("Plateau explorer", controls, draw)


def _cuts(
    losses: np.ndarray, rate: float, patience: int, factor: float, min_delta: float
) -> tuple[list[float], list[int]]:
    """Let Keras's ReduceLROnPlateau see the losses: the rate in each epoch, and where it was cut."""
    import keras

    model = SimpleNamespace(optimizer=SimpleNamespace(learning_rate=rate), metrics=[])
    callback = keras.callbacks.ReduceLROnPlateau(
        patience=patience, factor=factor, min_delta=min_delta, mode="min"
    )
    callback.set_model(model)
    callback.on_train_begin()
    rates, cuts = [], []
    for epoch, loss in enumerate(losses):
        rates.append(model.optimizer.learning_rate)
        callback.on_epoch_end(epoch, {"val_loss": loss})
        if model.optimizer.learning_rate != rates[-1]:
            cuts.append(epoch)
    return rates, cuts


def _stop(losses: np.ndarray, patience: int, min_delta: float) -> tuple[int | None, int]:
    """Let Keras's EarlyStopping see the losses: where it stops, or None, and its best epoch."""
    import keras

    model = SimpleNamespace(stop_training=False, metrics=[])
    settings: dict[str, Any] = {"patience": patience, "min_delta": min_delta, "mode": "min"}
    callback = keras.callbacks.EarlyStopping(**settings)
    callback.set_model(model)
    callback.on_train_begin()
    for epoch, loss in enumerate(losses):
        callback.on_epoch_end(epoch, {"val_loss": loss})
        if model.stop_training:
            return epoch, callback.best_epoch
    return None, callback.best_epoch
