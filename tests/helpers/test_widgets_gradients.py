"""Behaviour of the gradient-norm explorer, driven by setting values as a reader's hand would."""

import matplotlib as mpl
import numpy as np
import pytest
from traitlets import TraitError

mpl.use("Agg")

from helpers import widgets
from helpers.widgets import gradients
from helpers.widgets.gradients import gradient_norms

PNG = b"\x89PNG"


def keras_norms(depth, activation, initialiser, batch_norm, seed=0):
    """The same network in Keras, with the same random numbers."""
    import keras
    import tensorflow as tf

    rng = np.random.default_rng(seed)
    x = rng.normal(size=(gradients.BATCH, gradients.N_INPUTS))
    y = rng.integers(0, gradients.N_CLASSES, gradients.BATCH)
    model = keras.Sequential([keras.Input((gradients.N_INPUTS,))])
    for _ in range(depth):
        model.add(keras.layers.Dense(gradients.WIDTH))
        if batch_norm == "before the activation":
            model.add(keras.layers.BatchNormalization())
        model.add(keras.layers.Activation(activation.lower()))
        if batch_norm == "after the activation":
            model.add(keras.layers.BatchNormalization())
    model.add(keras.layers.Dense(gradients.N_CLASSES, activation="softmax"))
    kernels = [weight for weight in model.trainable_variables if weight.name == "kernel"]
    for kernel in kernels:
        deviation = gradients.INITIALISERS[initialiser](*kernel.shape)
        kernel.assign(rng.normal(0, deviation, kernel.shape))
    with tf.GradientTape() as tape:
        loss = keras.losses.SparseCategoricalCrossentropy()(y, model(x, training=True))
    return [float(tf.norm(gradient)) for gradient in tape.gradient(loss, kernels)]


@pytest.mark.parametrize(
    "setting",
    [
        (3, "ReLU", "He", "none"),
        (2, "tanh", "LeCun", "before the activation"),
        (4, "sigmoid", "Glorot", "after the activation"),
        (1, "SELU", "normal, σ = 0.05", "none"),
        (3, "ELU", "Glorot", "after the activation"),
    ],
)
def test_norms_are_those_of_keras(setting):
    assert gradient_norms(*setting) == pytest.approx(keras_norms(*setting), rel=2e-3)


def test_norms_show_what_the_lesson_says():
    sigmoid = gradient_norms(20, "sigmoid", "Glorot")
    assert len(sigmoid) == 21
    assert sigmoid[0] < 1e-10
    assert 0.1 < sigmoid[-1] < 10
    relu = gradient_norms(20, "ReLU", "Glorot")
    assert max(relu) < 0.02
    assert max(relu) / min(relu) < 10
    he = gradient_norms(20, "ReLU", "He")
    assert min(he) > 100 * max(relu)
    selu = gradient_norms(20, "SELU", "LeCun")
    assert max(selu) / min(selu) < 10
    saved = gradient_norms(20, "sigmoid", "Glorot", "after the activation")
    assert min(saved) > 0.1
    rising = gradient_norms(20, "ReLU", "Glorot", "after the activation")
    assert rising[0] > 20 * rising[-1]


@pytest.mark.parametrize("activation", gradients.DEEP_ACTIVATIONS)
@pytest.mark.parametrize("initialiser", gradients.INITIALISERS)
@pytest.mark.parametrize("batch_norm", gradients.NORMALISATIONS)
def test_norms_are_finite_and_positive_everywhere(activation, initialiser, batch_norm):
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        norms = np.array(gradient_norms(gradients.MAX_DEPTH, activation, initialiser, batch_norm))
    assert np.isfinite(norms).all()
    assert (norms > 0).all()


def test_explorer_redraws_for_each_control():
    explorer = widgets.gradient_norm_explorer()
    pictures = [bytes(explorer.picture.value)]
    for name, value in (
        ("depth", 3),
        ("activation", "ReLU"),
        ("initialiser", "He"),
        ("batch_norm", "after the activation"),
    ):
        explorer.controls[name].value = value
        pictures.append(bytes(explorer.picture.value))
    assert all(picture.startswith(PNG) for picture in pictures)
    assert len(set(pictures)) == len(pictures)
    assert all(control.description for control in explorer.controls.values())


@pytest.mark.parametrize(
    ("activation", "initialiser", "batch_norm", "verdict"),
    [
        ("sigmoid", "Glorot", "none", "the gradient vanishes on its way to the input."),
        ("ReLU", "Glorot", "none", "but all of them learn slowly."),
        ("ReLU", "He", "none", "all layers can learn at one rate."),
        ("SELU", "LeCun", "none", "all layers can learn at one rate."),
        ("sigmoid", "Glorot", "after the activation", "all layers can learn at one rate."),
    ],
)
def test_explorer_says_what_it_means(activation, initialiser, batch_norm, verdict):
    explorer = widgets.gradient_norm_explorer()
    explorer.controls["activation"].value = activation
    explorer.controls["initialiser"].value = initialiser
    explorer.controls["batch_norm"].value = batch_norm
    assert explorer.words.endswith(verdict)
    assert explorer.sentence.value == explorer.words


def test_explorer_says_where_gradients_explode():
    explorer = widgets.gradient_norm_explorer()
    explorer.controls["activation"].value = "ReLU"
    explorer.controls["batch_norm"].value = "after the activation"
    explorer.controls["depth"].value = gradients.MAX_DEPTH
    assert explorer.words.endswith("the gradient explodes on its way to the input.")


def test_explorer_keeps_to_its_ranges():
    explorer = widgets.gradient_norm_explorer()
    explorer.controls["depth"].value = 1000
    assert explorer.controls["depth"].value == gradients.MAX_DEPTH
    with pytest.raises(TraitError):
        explorer.controls["activation"].value = "no such function"
