"""What a notebook sets for itself neither fails a check nor is undone by one."""

from __future__ import annotations

import keras
import numpy as np
import pytest
import tensorflow as tf
from asking import judged

from helpers import checks
from helpers.checks import answers

SETTINGS = {
    "floatx": (keras.config.set_floatx, keras.config.floatx, "float64"),
    "dtype policy": (
        keras.config.set_dtype_policy,
        lambda: keras.config.dtype_policy().name,
        "mixed_float16",
    ),
    "epsilon": (keras.config.set_epsilon, keras.config.epsilon, 0.1),
    "image data format": (
        keras.config.set_image_data_format,
        keras.config.image_data_format,
        "channels_first",
    ),
    "max epochs": (keras.config.set_max_epochs, keras.config.max_epochs, 1),
    "max steps": (keras.config.set_max_steps_per_epoch, keras.config.max_steps_per_epoch, 1),
    "eager functions": (tf.config.run_functions_eagerly, tf.config.functions_run_eagerly, True),
    "jit": (
        tf.config.optimizer.set_jit,
        tf.config.optimizer.get_jit,
        "autoclustering",
    ),
}


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_setting_is_as_usual_in_a_check_and_as_it_was_afterwards(setting):
    write, read, value = SETTINGS[setting]
    usual, inside = read(), []
    write(value)

    def test_f():
        answers.f()

    def test_that_fails():
        answers.f()
        checks.require(False, "no")

    def f():
        inside.append(read())

    try:
        judged(test_f, f=f)
        assert inside == [usual]
        assert read() == value
        with pytest.raises(checks.CheckFailed):
            judged(test_that_fails, f=f)
        assert read() == value
    finally:
        write(usual)


def test_a_floatx_left_on_costs_no_right_answer():
    def dense():
        return keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])

    def test_dense():
        out = checks.call(answers.dense).result
        checks.require(out.dtype == "float32", f"the output is {out.dtype}")

    keras.config.set_floatx("float16")
    try:
        judged(test_dense, dense=lambda: dense()(np.ones((1, 2))))
    finally:
        keras.config.set_floatx("float32")
