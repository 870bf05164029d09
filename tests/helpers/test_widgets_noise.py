"""Behaviour of the noise explorer, driven by setting values as a reader's hand would."""

import re

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")

from helpers import widgets

PNG = b"\x89PNG"
IMAGES = np.random.default_rng(0).random((4, 28, 28))


def test_each_control_redraws():
    explorer = widgets.noise_explorer(IMAGES)
    pictures = [bytes(explorer.picture.value)]
    for name, value in (("picture", 2), ("stddev", 0.8), ("call", 3), ("training", False)):
        explorer.controls[name].value = value
        pictures.append(bytes(explorer.picture.value))
    assert all(picture.startswith(PNG) for picture in pictures)
    assert len(set(pictures)) == len(pictures)
    assert all(control.description for control in explorer.controls.values())


def test_words_name_mean_and_spread_of_the_noise():
    explorer = widgets.noise_explorer(IMAGES)
    explorer.controls["stddev"].value = 1.0
    for call in range(1, 9):
        explorer.controls["call"].value = call
        found = re.search(r"mean (-?[\d.]+) and standard deviation ([\d.]+)\. ", explorer.words)
        assert found
        mean, spread = map(float, found.groups())
        assert abs(mean) < 0.15
        assert spread == pytest.approx(1, abs=0.12)
        assert f"call {call}:" in explorer.words


def test_inference_changes_nothing_whatever_stddev_is():
    explorer = widgets.noise_explorer(IMAGES)
    explorer.controls["training"].value = False
    before = bytes(explorer.picture.value)
    for name, value in (("stddev", 1.0), ("call", 5)):
        explorer.controls[name].value = value
        assert bytes(explorer.picture.value) == before
        assert "unchanged" in explorer.words


def test_no_noise_leaves_every_pixel_in_range():
    explorer = widgets.noise_explorer(IMAGES)
    explorer.controls["stddev"].value = 0.0
    assert "mean 0.000 and standard deviation 0.000" in explorer.words
    assert " 0% of the pixels" in explorer.words


@pytest.mark.parametrize(
    "images", [IMAGES[0], IMAGES * 255, IMAGES - 0.5, IMAGES[:0], IMAGES[..., None]]
)
def test_other_images_are_refused(images):
    with pytest.raises(ValueError, match="images: expected"):
        widgets.noise_explorer(images)
