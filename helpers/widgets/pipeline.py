"""Preparing batches and training on them, drawn on one time line."""

from itertools import pairwise
from typing import Any, NamedTuple

import ipywidgets
import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from helpers import plots
from helpers.widgets._explorer import Explorer

N_BATCHES, N_EPOCHS = 6, 2
#: Milliseconds to take a batch out of memory, once it is in a cache.
CACHED = 1.0


class PipelineTimes(NamedTuple):
    """When everything happens, in milliseconds; each array is (epochs, batches).

    A batch's row of `prepared` holds when its preparation starts and ends, one of `trained` the
    same for its training step: both are (epochs, batches, 2).
    """

    prepared: np.ndarray
    trained: np.ndarray

    @property
    def total(self) -> float:
        """When the last step ends."""
        return float(self.trained[-1, -1, 1])

    @property
    def waiting(self) -> float:
        """How long the training stood still, in all."""
        return self.total - float((self.trained[..., 1] - self.trained[..., 0]).sum())


def simulate_pipeline(
    prepare: float, train: float, parallel_calls: int = 1, prefetch: int = 0, cache: bool = False
) -> PipelineTimes:
    """Follow `N_EPOCHS` epochs of `N_BATCHES` batches through map, cache, batch, prefetch and a step.

    prepare, train: milliseconds a batch takes. parallel_calls: how many examples are prepared at a
    time; a batch is ready so many times sooner. prefetch: how many ready batches may wait; with 0 a
    batch is begun when the step before it has ended. cache: from the second epoch on a batch takes
    `CACHED` milliseconds, or less if it took less before. An epoch begins when the last has ended.
    """
    prepared, trained = np.zeros((2, N_EPOCHS, N_BATCHES, 2))
    now = 0.0
    for epoch in range(N_EPOCHS):
        duration = prepare / parallel_calls
        if cache and epoch > 0:
            duration = min(CACHED, duration)
        ready = done = begun = now
        starts: list[float] = []
        for batch in range(N_BATCHES):
            if prefetch == 0:
                begun = done
            else:  # no sooner than there is room among the batches that wait
                begun = max(ready, starts[batch - prefetch] if batch >= prefetch else now)
            ready = begun + duration
            starts.append(max(ready, done))
            done = starts[-1] + train
            prepared[epoch, batch] = begun, ready
            trained[epoch, batch] = starts[-1], done
        now = done
    return PipelineTimes(prepared, trained)


def pipeline_explorer() -> Explorer:
    """Return a widget: choose what a batch costs and what the pipeline does, see who waits for whom.

    Controls: `prepare` and `train` (milliseconds for each batch, 2 to 30), `parallel_calls` (1 to
    4), `prefetch` and `cache` (on or off). The axis ends where the plain pipeline would.
    """
    controls = {
        "prepare": ipywidgets.IntSlider(18, 2, 30, description="prepare (ms)"),
        "train": ipywidgets.IntSlider(8, 2, 30, description="train (ms)"),
        "parallel_calls": ipywidgets.IntSlider(1, 1, 4, description="parallel calls"),
        "prefetch": ipywidgets.Checkbox(False, description="prefetch"),
        "cache": ipywidgets.Checkbox(False, description="cache"),
    }
    figure = Figure(figsize=(9.6, 2.9))
    ax = figure.subplots()
    figure.subplots_adjust(left=0.1, right=0.985, bottom=0.18, top=0.8)
    colours = {"prepare": plots.COLOURS[4], "train": plots.BLUE}
    looks: dict[str, dict[str, Any]] = {
        "prepare": {"facecolor": colours["prepare"], "edgecolor": "black"},
        "train": {"facecolor": colours["train"], "edgecolor": "black"},
        "wait": {"facecolor": "white", "edgecolor": plots.VERMILLION, "hatch": "////"},
    }
    bars = {name: PolyCollection([], linewidth=0.8, **look) for name, look in looks.items()}
    for collection in bars.values():
        ax.add_collection(collection, autolim=False)
    numbers = [
        ax.text(0, 0, "", ha="center", va="center", fontsize=9)
        for _ in range(2 * N_EPOCHS * N_BATCHES)
    ]
    border = ax.axvline(0, color=plots.GREY, linestyle="--")
    label = ax.text(0, 2.06, "second epoch", color=plots.GREY, fontsize=9, va="bottom")
    ax.set(xlabel="milliseconds", ylim=(-0.05, 2.05), yticks=[0.5, 1.5])
    ax.set_yticklabels(["train", "prepare"])
    ax.legend(
        handles=[
            Patch(label="preparing", **looks["prepare"]),
            Patch(label="training", **looks["train"]),
            Patch(label="training waits", **looks["wait"]),
        ],
        loc="lower right",
        bbox_to_anchor=(1, 1.06),
        ncols=3,
        frameon=False,
        borderaxespad=0,
    )

    def draw(
        prepare: int, train: int, parallel_calls: int, prefetch: bool, cache: bool
    ) -> tuple[Figure, str]:
        times = simulate_pipeline(prepare, train, parallel_calls, int(prefetch), cache)
        plain = simulate_pipeline(prepare, train).total  # what is saved stays empty on the right
        steps = times.trained.reshape(-1, 2)
        made = times.prepared.reshape(-1, 2)
        idle = np.stack([np.append(0, steps[:-1, 1]), steps[:, 0]], axis=1)
        bars["train"].set_verts(_boxes(steps, 0.1, 0.9))
        bars["wait"].set_verts(_boxes(idle[idle[:, 1] - idle[:, 0] > 1e-9], 0.1, 0.9))
        lanes = np.linspace(1.1, 1.9, parallel_calls + 1)
        bars["prepare"].set_verts(
            [box for low, high in pairwise(lanes) for box in _boxes(made, low, high)]
        )
        places = [(row, 0.5, "white") for row in steps] + [(row, 1.5, "black") for row in made]
        for place, text in enumerate(numbers):
            text.set_visible(place < len(places))
            if place < len(places):
                (start, stop), height, colour = places[place]
                roomy = stop - start > 0.018 * plain
                text.set(x=(start + stop) / 2, y=height, color=colour)
                text.set_text(str(place % N_BATCHES + 1) if roomy else "")
        second = times.trained[0, -1, 1]
        border.set_xdata([second, second])
        label.set_x(second)
        ax.set_xlim(0, plain)
        return figure, _describe(times, train, prefetch)

    return Explorer("Pipeline explorer", controls, draw)


def _boxes(spans: np.ndarray, low: float, high: float) -> list[np.ndarray]:
    """The corners of a rectangle for each (start, stop)."""
    return [np.array([(a, low), (b, low), (b, high), (a, high)]) for a, b in spans]


def _describe(times: PipelineTimes, train: float, prefetch: bool) -> str:
    share = times.waiting / times.total
    text = (
        f"{N_EPOCHS} epochs of {N_BATCHES} batches take {times.total:.0f} ms; the training waits "
        f"{times.waiting:.0f} ms of them ({share:.0%})."
    )
    begin, end = times.prepared[-1, -1]
    longest = end - begin
    if not prefetch:
        return f"{text} Without prefetch, preparing and training take turns."
    if longest > train:
        return f"{text} In the second epoch preparing sets the pace: {longest:.3g} ms a batch."
    return f"{text} In the second epoch training sets the pace: {train:.3g} ms a batch."
