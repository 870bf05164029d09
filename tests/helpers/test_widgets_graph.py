"""Behaviour of the graph viewer, driven by setting values as a reader's hand would."""

import matplotlib as mpl
import pytest

mpl.use("Agg")

import keras

from helpers import widgets

PNG = b"\x89PNG"


def siamese():
    left, right = keras.Input((6,), name="left"), keras.Input((6,), name="right")
    encoder = keras.layers.Dense(4, activation="relu", name="encoder")
    difference = keras.layers.Subtract(name="difference")([encoder(left), encoder(right)])
    return keras.Model([left, right], keras.layers.Dense(1, name="same")(difference))


def stack():
    layers = [keras.Input((6,), name="row"), keras.layers.Dense(3, name="only")]
    return keras.Sequential(layers)


@pytest.fixture(scope="module")
def viewer():
    return widgets.graph_viewer({"siamese": siamese(), "stack": stack()})


def test_each_choice_redraws(viewer):
    viewer.controls["model"].value = "siamese"
    pictures = []
    for layer in ("left", "encoder", "same"):
        viewer.controls["layer"].value = layer
        pictures.append(bytes(viewer.picture.value))
    viewer.controls["model"].value = "stack"
    pictures.append(bytes(viewer.picture.value))
    assert all(picture.startswith(PNG) for picture in pictures)
    assert len(set(pictures)) == len(pictures)
    assert all(control.description for control in viewer.controls.values())


def test_words_say_what_feeds_a_layer_and_what_it_feeds(viewer):
    viewer.controls["model"].value = "siamese"
    viewer.controls["layer"].value = "difference"
    assert "takes encoder (None, 4) and gives (None, 4)" in viewer.words
    assert "feeds same." in viewer.words
    assert "no parameters" in viewer.words
    viewer.controls["layer"].value = "same"
    assert "is an output of the model" in viewer.words
    assert "It has 5 parameters." in viewer.words


def test_a_shared_layer_counts_its_calls_and_its_parameters_once(viewer):
    viewer.controls["model"].value = "siamese"
    viewer.controls["layer"].value = "encoder"
    assert "called 2 times, on left (None, 6), then right (None, 6)" in viewer.words
    assert "It has 28 parameters, once for all 2 calls." in viewer.words


def test_another_model_offers_its_own_layers(viewer):
    viewer.controls["model"].value = "siamese"
    viewer.controls["layer"].value = "encoder"
    viewer.controls["model"].value = "stack"
    assert viewer.controls["layer"].options == ("row", "only")
    assert viewer.words == "row is an input of shape (None, 6). It feeds only."


def test_it_begins_with_the_layer_that_has_the_most_arrows():
    viewer = widgets.graph_viewer({"stack": stack(), "siamese": siamese()})
    viewer.controls["model"].value = "siamese"
    assert viewer.controls["layer"].value == "encoder"


@pytest.mark.parametrize("models", [{}, {"unbuilt": keras.Sequential([keras.layers.Dense(3)])}])
def test_other_models_are_refused(models):
    with pytest.raises(ValueError, match="expected"):
        widgets.graph_viewer(models)
