"""Behaviour of the threshold explorer, driven by setting its slider."""

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")

from helpers import widgets

LABELS = np.array([1, 1, 1, 1, 0, 0, 0, 0, 0, 0])
SCORES = np.array([0.9, 0.8, 0.5, 0.2, 0.7, 0.3, 0.2, 0.1, 0.1, 0.0])


def at(threshold, labels=LABELS, scores=SCORES):
    explorer = widgets.threshold_explorer(labels, scores)
    explorer.controls["threshold"].value = threshold
    return explorer


def marks(explorer):
    """(threshold, precision), (threshold, recall), (false-positive rate, recall), as drawn."""
    _, curves, roc = explorer.draw(explorer.controls["threshold"].value)[0].axes
    marked = [line for ax in (curves, roc) for line in ax.lines if line.get_marker() in "soD"]
    return [(line.get_xdata()[0], line.get_ydata()[0]) for line in marked]


def test_the_four_counts_in_words():
    assert at(0.4).words == (
        "Threshold 0.40: 4 of 10 are called yes, 3 rightly (true positives) and 1 wrongly (false "
        "positives). Of the others, 1 should have been (false negatives) and 5 are left alone "
        "rightly (true negatives). So precision 3/4 = 75.0%; recall 3/4 = 75.0%; accuracy 80.0%."
    )


def test_a_score_equal_to_the_threshold_is_a_no():
    assert at(0.5).words.startswith("Threshold 0.50: 3 of 10 are called yes, 2 rightly")


def test_nothing_called_yes():
    explorer = at(0.95)
    assert "So precision 0/0: nothing was called yes; recall 0/4 = 0.0%" in explorer.words
    assert np.isnan(marks(explorer)[0][1])


def test_the_marks_follow_the_slider():
    explorer = at(0.4)
    assert np.allclose(marks(explorer), [(0.4, 0.75), (0.4, 0.75), (1 / 6, 0.75)])
    before = bytes(explorer.picture.value)
    explorer.controls["threshold"].value = 0.6
    assert explorer.picture.value != before
    assert np.allclose(marks(explorer), [(0.6, 2 / 3), (0.6, 0.5), (1 / 6, 0.5)])


def area(labels, scores):
    roc = widgets.threshold_explorer(labels, scores).draw(0.5)[0].axes[2]
    return roc.get_legend().get_texts()[0].get_text()


def test_area_under_the_curve():
    # Of the 24 pairs of a yes and a no, 20 have the yes on top, and one is a tie.
    assert area(LABELS, SCORES) == f"AUC {20.5 / 24:.3f}"
    assert area(LABELS, LABELS) == "AUC 1.000"
    assert area(1 - LABELS, LABELS) == "AUC 0.000"
    assert area(LABELS, np.full(10, 0.3)) == "AUC 0.500"


def test_columns_booleans_and_tensors_are_welcome():
    assert at(0.4, LABELS.astype(bool), SCORES[:, None].astype("float32")).words == at(0.4).words


@pytest.mark.parametrize(
    ("labels", "scores", "message"),
    [
        (LABELS[:9], SCORES, r"^labels: expected shape \(10,\), got \(9,\)"),
        (LABELS, np.ones((10, 2)), r"^scores: expected shape .* got \(10, 2\)"),
        (LABELS * 6, SCORES, r"^labels: expected 0 and 1, both of them, got \[0 6\]"),
        (LABELS * 0, SCORES, r"^labels: expected 0 and 1, both of them, got \[0\]"),
        (LABELS, SCORES * 10 - 5, "^scores: expected 0 to 1, got -5 to 4"),
        (LABELS, SCORES * np.nan, "^scores: expected 0 to 1"),
    ],
)
def test_wrong_arguments_are_named(labels, scores, message):
    with pytest.raises(ValueError, match=message):
        widgets.threshold_explorer(labels, scores)
