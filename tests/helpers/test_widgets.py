"""Behaviour of helpers.widgets, driven by setting values as a reader's hand would."""

import subprocess
import sys
from base64 import b64decode
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from traitlets import TraitError

mpl.use("Agg")

import matplotlib.pyplot as plt

from helpers import plots, widgets

ROOT = Path(__file__).parents[2]
PNG = b"\x89PNG"
NAMES = ["Coat", "Shirt", "<Bag>"]
LABELS = np.repeat([0, 1, 2], 20)
PREDICTIONS = LABELS.copy()
PREDICTIONS[:3] = 1  # 3 coats taken for shirts
PREDICTIONS[20:35] = 0  # 15 shirts taken for coats
IMAGES = np.random.default_rng(0).integers(0, 256, (60, 8, 8), dtype=np.uint8)
MATRIX = np.array([[17, 3, 0], [15, 5, 0], [0, 0, 20]])


def probabilities():
    """The more confident, the later in the list."""
    p = np.full((60, 3), 0.1)
    p[np.arange(60), PREDICTIONS] = np.linspace(0.4, 0.8, 60)
    return p


def test_importing_loads_no_tensorflow():
    code = "import sys, helpers.plots, helpers.widgets; sys.exit('tensorflow' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


@pytest.mark.parametrize("name", widgets.ACTIVATIONS)
def test_activations_agree_with_their_derivatives_and_never_overflow(name):
    function, derivative = widgets.ACTIVATIONS[name]
    x = np.linspace(-4, 4, 80)  # none of them at the kink
    numerical = (function(x + 1e-6) - function(x - 1e-6)) / 2e-6
    assert np.allclose(derivative(x), numerical, atol=1e-6)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        ends = np.array([-700.0, 700.0] if name == "exponential" else [-1e4, 1e4])
        assert np.isfinite([function(ends), derivative(ends)]).all()


def test_activations_have_the_values_of_keras():
    values = {name: float(f(-1.5)) for name, (f, _) in widgets.ACTIVATIONS.items()}
    assert values["sigmoid"] == pytest.approx(0.18242552)
    assert values["softplus"] == pytest.approx(0.20141328)
    assert values["ELU"] == pytest.approx(-0.77686984)
    assert values["SELU"] == pytest.approx(-1.36581472)
    assert values["softsign"] == pytest.approx(-0.6)
    assert values["leaky ReLU"] == pytest.approx(-0.15)


def test_explorer_redraws_for_each_control():
    explorer = widgets.activation_explorer()
    controls = explorer.controls
    pictures = [bytes(explorer.picture.value)]
    for name, value in (("x", -1.0), ("function", "ELU"), ("parameter", 2.0)):
        controls[name].value = value
        pictures.append(bytes(explorer.picture.value))
    assert all(picture.startswith(PNG) for picture in pictures)
    assert len(set(pictures)) == len(pictures)
    assert all(control.description for control in controls.values())


@pytest.mark.parametrize("name", widgets.ACTIVATIONS)
def test_explorer_draws_every_function_at_the_ends(name):
    explorer = widgets.activation_explorer()
    explorer.controls["function"].value = name
    for x in (-6, 0, 6):
        explorer.controls["x"].value = x
        assert f"{name} at x = {x}:" in explorer.words


@pytest.mark.parametrize(
    ("function", "x", "expected"),
    [
        ("sigmoid", 0, "value 0.5, slope 0.25. After 10 such layers a gradient is multiplied by "
                       "0.25**10 = 9.5e-07: it vanishes."),
        ("ReLU", 2, "value 2, slope 1. After 10 such layers a gradient is multiplied by "
                    "1**10 = 1: it survives."),
        ("ReLU", -2, "0**10 = 0: nothing passes."),
        ("exponential", 2, "it explodes."),
    ],
)  # fmt: skip
def test_explorer_reads_the_picture_out(function, x, expected):
    explorer = widgets.activation_explorer()
    explorer.controls["function"].value = function
    explorer.controls["x"].value = x
    assert explorer.words.endswith(expected)
    assert explorer.sentence.value == explorer.words


def test_explorer_shows_the_parameter_where_there_is_one():
    controls = widgets.activation_explorer().controls
    assert controls["parameter"].layout.display == "none"
    controls["function"].value = "leaky ReLU"
    assert controls["parameter"].layout.display != "none"
    assert controls["parameter"].description == "slope left of 0"
    controls["function"].value = "ELU"
    assert controls["parameter"].value == 1
    controls["function"].value = "tanh"
    assert controls["parameter"].layout.display == "none"


def test_explorer_draws_a_straight_line():
    explorer = widgets.activation_explorer()
    explorer.controls["function"].value = "leaky ReLU"
    explorer.controls["parameter"].value = 1
    explorer.controls["x"].value = -2
    assert "value -2, slope 1." in explorer.words


def test_explorer_keeps_out_of_range_values_out():
    explorer = widgets.activation_explorer()
    explorer.controls["x"].value = 1000
    assert explorer.controls["x"].value == 6
    assert "at x = 6:" in explorer.words
    with pytest.raises(TraitError):
        explorer.controls["function"].value = "no such function"


def test_browser_starts_with_the_most_confused_pair():
    browser = widgets.confusion_browser(MATRIX, IMAGES, LABELS, PREDICTIONS, NAMES)
    assert browser.controls["true"].value == 1
    assert browser.controls["predicted"].value == 0
    assert browser.words == (
        "Of 20 pictures of Shirt, 15 (75.0%) were taken for Coat. Here are the first 12."
    )


def test_browser_follows_its_dropdowns():
    browser = widgets.confusion_browser(
        MATRIX, IMAGES[..., None], LABELS, PREDICTIONS, NAMES, probabilities()
    )
    assert browser.words.endswith("Here are the most confident 12.")
    before = browser.picture.value
    browser.controls["true"].value = 0
    assert browser.picture.value != before
    assert "17 (85.0%) were recognised" in browser.words
    browser.controls["predicted"].value = 2
    assert browser.words == "Of 20 pictures of Coat, 0 (0.0%) were taken for <Bag>."
    assert "&lt;Bag&gt;" in browser.sentence.value
    with pytest.raises(TraitError):
        browser.controls["true"].value = 3


@pytest.mark.parametrize("given", [True, False])
def test_browser_shows_the_most_confident_first(given, monkeypatch):
    shown = []
    draw = plots.image
    monkeypatch.setattr(
        plots, "image", lambda image, *a, **kw: (shown.append(image), draw(image, *a, **kw))[1]
    )
    p = probabilities() if given else None
    browser = widgets.confusion_browser(MATRIX, IMAGES, LABELS, PREDICTIONS, NAMES, p)
    shown.clear()
    browser.controls["true"].value = 0  # recognised coats: pictures 3 to 19
    expected = range(19, 7, -1) if given else range(3, 15)
    assert np.array_equal(shown, IMAGES[list(expected)])


def test_browser_says_when_the_matrix_counts_other_pictures():
    browser = widgets.confusion_browser(MATRIX.T, IMAGES, LABELS, PREDICTIONS, NAMES)
    browser.controls["true"].value, browser.controls["predicted"].value = 1, 0
    assert "But 15 of the pictures given are in this cell" in browser.words


def test_browser_of_a_class_that_never_occurs():
    browser = widgets.confusion_browser(
        [[2, 0], [0, 0]], IMAGES[:2], [0, 0], [0, 0], ["Coat", "Shirt"]
    )
    browser.controls["true"].value = browser.controls["predicted"].value = 1
    assert browser.words == "Of 0 pictures of Shirt, 0 were recognised."


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"matrix": MATRIX[:2]}, r"^matrix: expected shape \(3, 3\), got \(2, 3\)"),
        ({"images": IMAGES[0]}, r"^images: .* got \(8, 8\)"),
        ({"labels": LABELS[:9]}, r"^labels: expected shape \(60,\), got \(9,\)"),
        ({"labels": LABELS + 1}, "^labels: expected class ids 0 to 2, got 1 to 3"),
        ({"predictions": np.eye(3)[PREDICTIONS]}, r"^predictions: .* got \(60, 3\)"),
        ({"probabilities": PREDICTIONS}, r"^probabilities: expected shape \(60, 3\), got \(60,\)"),
    ],
)
def test_browser_names_wrong_arguments(change, message):
    right = {"matrix": MATRIX, "images": IMAGES, "labels": LABELS, "predictions": PREDICTIONS}
    with pytest.raises(ValueError, match=message):
        widgets.confusion_browser(**right | {"class_names": NAMES} | change)


@pytest.mark.parametrize(
    ("n_examples", "batch_size", "words"),
    [
        (20, 8, "20 examples in batches of 8: 3 batches, the last one has 4."),
        (16, 8, "16 examples in batches of 8: 2 batches, all are full."),
        (5, 50, "5 examples in batches of 50: 1 batch, the last one has 5."),
    ],
)
def test_batch_explorer_counts_batches(n_examples, batch_size, words):
    explorer = widgets.batch_explorer()
    explorer.controls["n_examples"].value = n_examples
    explorer.controls["batch_size"].value = batch_size
    assert explorer.words == words


def test_batch_explorer_redraws():
    explorer = widgets.batch_explorer()
    before = bytes(explorer.picture.value)
    explorer.controls["batch_size"].value = 3
    assert bytes(explorer.picture.value) != before


def test_still_picture_stands_beside_the_widget():
    explorer = widgets.activation_explorer()
    explorer.controls["x"].value = -3
    bundle = explorer._repr_mimebundle_()
    assert bundle["application/vnd.jupyter.widget-view+json"]["model_id"] == explorer.model_id
    assert b64decode(bundle["image/png"]) == explorer.picture.value
    assert bundle["text/plain"].startswith("Activation explorer")
    assert explorer.words in bundle["text/plain"]


def test_no_figure_is_left_open():
    plt.close("all")
    explorer = widgets.activation_explorer()
    explorer.controls["x"].value = 3
    widgets.confusion_browser(MATRIX, IMAGES, LABELS, PREDICTIONS, NAMES)
    assert plt.get_fignums() == []
