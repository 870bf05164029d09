"""Behaviour of the life of a layer, and whether Keras really does what it shows."""

import ast

import keras
import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")

from helpers import widgets
from helpers.widgets.layers import LIFE, METHODS


class MyDense(keras.layers.Layer):
    """A dense layer that counts how often each object's methods run."""

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.count = dict.fromkeys(METHODS, 0)
        self.count["__init__"] += 1

    def build(self, input_shape):
        self.count["build"] += 1
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units))
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros")

    def call(self, inputs):
        self.count["call"] += 1
        return keras.ops.matmul(inputs, self.kernel) + self.bias

    def get_config(self):
        return {**super().get_config(), "units": self.units}


def test_keras_does_what_the_steps_say():
    x, y = np.ones((6, 5), dtype="float32"), np.ones((6, 2), dtype="float32")
    names = {"keras": keras, "MyDense": MyDense, "x": x, "y": y}
    before = dict.fromkeys(METHODS, 0)
    for step in LIFE:
        line = step.line.format(units=2, d=5)
        exec(line, names)
        count = dict(names["layer"].count)
        assert tuple(count[m] - before[m] for m in METHODS) == step.runs, line
        before = count
        if line.startswith("model = "):
            names["model"].compile("sgd", loss="mean_squared_error")
            names["model"].fit = lambda *a, fit=names["model"].fit, **k: fit(*a, verbose=0, **k)
        shapes = [tuple(weight.shape) for weight in names["layer"].weights]
        assert shapes == ([] if step is LIFE[0] else [(5, 2), (2,)])
    assert names["twin"].weights == []
    assert names["twin"].count == {"__init__": 1, "build": 0, "call": 0}


def test_steps_are_python():
    for step in LIFE:
        ast.parse(step.line.format(units=3, d=4))


def test_each_control_redraws():
    explorer = widgets.layer_life_cycle()
    pictures = [bytes(explorer.picture.value)]
    for name, value in (("step", 2), ("units", 5), ("n_features", 7), ("step", 6)):
        explorer.controls[name].value = value
        pictures.append(bytes(explorer.picture.value))
    assert len(set(pictures)) == len(pictures)
    assert all(control.description for control in explorer.controls.values())


@pytest.mark.parametrize("step", range(1, len(LIFE) + 1))
def test_words_belong_to_the_line(step):
    explorer = widgets.layer_life_cycle()
    explorer.controls["units"].value = 8
    explorer.controls["step"].value = step
    assert explorer.words.startswith(f"Line {step}. ")
    assert "{" not in explorer.words
    assert ("(4, 8)" in explorer.words) == (step == 2)
