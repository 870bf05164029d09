"""Every entry of the error clinic is run: its code meets its message, and its cure does not."""

from __future__ import annotations

import keras
import numpy as np
import pytest
import tensorflow as tf

from helpers.checks._clinic import ENTRIES, reference


def classifier(**compiling):
    model = keras.Sequential(
        [keras.Input((4,)), keras.layers.Dense(8, "relu"), keras.layers.Dense(3, "softmax")]
    )
    model.compile(**{"optimizer": "sgd", "loss": "sparse_categorical_crossentropy"} | compiling)
    return model


def run(code: str) -> None:
    names = {
        "keras": keras,
        "layers": keras.layers,
        "np": np,
        "tf": tf,
        "x": np.ones((6, 4), "float32"),
        "y": np.array([0, 1, 2, 0, 1, 2]),
        "classifier": classifier,
    }
    exec(compile(code, "<entry>", "exec"), {"__name__": "__main__", **names})


@pytest.mark.parametrize("number", range(1, len(ENTRIES) + 1))
def test_entry(number, tmp_path, monkeypatch):
    entry = ENTRIES[number - 1]
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Exception) as caught:  # noqa: PT011  (the message is compared below)
        run(entry.broken)
    assert entry.message in str(caught.value)
    assert f"Error clinic, {number} · {entry.title}" in reference(str(caught.value))
    for file in tmp_path.iterdir():
        file.unlink()
    run(entry.mended)


def test_every_entry_has_two_causes_and_there_are_enough():
    assert len(ENTRIES) >= 25
    assert all(len(entry.causes) == 2 for entry in ENTRIES)
    assert len({entry.title for entry in ENTRIES}) == len(ENTRIES)


def test_a_message_that_nobody_knows_has_no_reference():
    assert reference("something else") == ""
