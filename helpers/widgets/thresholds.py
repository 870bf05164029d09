"""Where to say yes: precision, recall and the ROC curve, as a threshold moves."""

from typing import Any

import ipywidgets
import numpy as np
from matplotlib.figure import Figure

from helpers import plots
from helpers.widgets._explorer import Explorer

_N_BINS = 40
_NO, _YES = plots.BLUE, plots.VERMILLION


def threshold_explorer(labels: Any, scores: Any) -> Explorer:
    """Return a widget: move the threshold above which a score counts as yes, and see what follows.

    labels: (n,) of 0 (no) and 1 (yes), both of them occurring. scores: (n,) or (n, 1) numbers from
    0 to 1, the higher the surer of a yes. An example is called yes where its score is greater than
    the threshold, as Keras's metrics have it. Left the scores of both classes, in the middle
    precision and recall against the threshold, right the ROC curve; marks move along. Control:
    `threshold`. Raises ValueError for other shapes, labels and scores.
    """
    labels, scores = np.asarray(labels), np.asarray(scores, dtype=float)
    plots.check_shape("scores", scores, ("n",), ("n", 1))
    scores = scores.ravel()
    plots.check_shape("labels", labels, (len(scores),))
    if not np.array_equal(np.unique(labels), [0, 1]):
        raise ValueError(f"labels: expected 0 and 1, both of them, got {np.unique(labels)[:5]}")
    if not (np.isfinite(scores).all() and scores.min() >= 0 and scores.max() <= 1):
        raise ValueError(f"scores: expected 0 to 1, got {scores.min():g} to {scores.max():g}")
    yes, no = np.sort(scores[labels == 1]), np.sort(scores[labels == 0])

    def counts(threshold: Any) -> tuple[Any, Any]:
        """How many yes, and how many no, have a greater score."""
        return (
            len(yes) - np.searchsorted(yes, threshold, side="right"),
            len(no) - np.searchsorted(no, threshold, side="right"),
        )

    every = np.concatenate([[-1.0], np.unique(scores)])  # all there is to tell apart; -1: all yes
    right, wrong = counts(every)
    recalls, false_rates = right / len(yes), wrong / len(no)
    auc = abs(np.trapezoid(recalls, false_rates))  # the false-positive rate falls along the list
    shown = np.unique(np.linspace(0, len(every) - 1, 400).astype(int))  # more points look the same

    figure = Figure(figsize=(10.5, 3.5), layout="constrained")
    histogram, curves, roc = figure.subplots(1, 3)
    bins = np.linspace(0, 1, _N_BINS + 1)
    for values, name, colour, hatch in ((no, "no", _NO, None), (yes, "yes", _YES, "///")):
        style = {"color": colour, "alpha": 0.55, "hatch": hatch, "histtype": "stepfilled"}
        histogram.hist(values, bins, label=f"truly {name}", log=True, **style)
    histogram.set(title="Scores", xlabel="score", ylabel="examples (log scale)")

    grid = np.linspace(0, 1, 201)
    hits, false_alarms = counts(grid)
    called = hits + false_alarms
    precision = np.divide(hits, called, out=np.full(len(grid), np.nan), where=called > 0)
    curves.plot(grid, precision, color=plots.COLOURS[2], label="precision")
    curves.plot(grid, hits / len(yes), color=plots.COLOURS[3], linestyle="--", label="recall")
    curves.set(title="Precision and recall", xlabel="threshold")
    roc.plot(false_rates[shown], recalls[shown], color="black", label=f"AUC {auc:.3f}")
    roc.plot([0, 1], [0, 1], color=plots.GREY, linestyle=":", label="guessing: 0.5")
    roc.set(title="ROC curve", xlabel="false-positive rate", ylabel="recall")

    lines = [ax.axvline(0.5, color="black", linewidth=1.5) for ax in (histogram, curves)]
    (precision_mark,) = curves.plot([0], [0], "s", color=plots.COLOURS[2], markersize=9)
    (recall_mark,) = curves.plot([0], [0], "o", color=plots.COLOURS[3], markersize=9)
    (roc_mark,) = roc.plot([0], [0], "D", color="black", markersize=9)
    for ax in (histogram, curves, roc):
        ax.set_xlim(-0.03, 1.03)
        ax.grid(alpha=0.3)
    for ax in (curves, roc):
        ax.set_ylim(-0.03, 1.03)
    histogram.legend(loc="upper right")
    curves.legend(loc="lower center")
    roc.legend(loc="lower right")
    figure.draw_without_rendering()
    figure.set_layout_engine("none")  # the places are found; finding them again takes as long

    def draw(threshold: float) -> tuple[Figure, str]:
        hits, false_alarms = (int(count) for count in counts(threshold))
        recall, called = hits / len(yes), hits + false_alarms
        for line in lines:
            line.set_xdata([threshold, threshold])
        precision_mark.set_data([threshold], [hits / called if called else np.nan])
        recall_mark.set_data([threshold], [recall])
        roc_mark.set_data([false_alarms / len(no)], [recall])
        return figure, words(threshold, hits, false_alarms)

    def words(threshold: float, hits: int, false_alarms: int) -> str:
        called, missed = hits + false_alarms, len(yes) - hits
        left = len(no) - false_alarms
        if called:
            text = f"precision {hits:,}/{called:,} = {hits / called:.1%}"
        else:
            text = "precision 0/0: nothing was called yes"
        return (
            f"Threshold {threshold:.2f}: {called:,} of {len(scores):,} are called yes, {hits:,} "
            f"rightly (true positives) and {false_alarms:,} wrongly (false positives). Of the "
            f"others, {missed:,} should have been (false negatives) and {left:,} are left alone "
            f"rightly (true negatives). So {text}; recall {hits:,}/{len(yes):,} = "
            f"{hits / len(yes):.1%}; accuracy {(hits + left) / len(scores):.1%}."
        )

    slider = ipywidgets.FloatSlider(0.5, min=0, max=1, step=0.01, description="threshold")
    return Explorer("Threshold explorer", {"threshold": slider}, draw)
