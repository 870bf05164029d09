"""Calibrate the capstone: what four kinds of network reach in its budget, with five seeds each.

    python experiments/capstone.py

Trains on the 10,000 images of the sample, measures on the 3,000 images that no lesson shows, and writes
source_notebooks/15_capstone/calibration.csv, which the lesson reads. Takes about five minutes.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from rich.console import Console
from rich.progress import track

from helpers import data  # before Keras, so that TensorFlow starts quietly

import keras  # isort: skip
from keras import layers  # isort: skip

LESSON = Path(__file__).resolve().parents[1] / "source_notebooks" / "15_capstone"
OUTPUT = LESSON / "calibration.csv"
SEEDS = range(5)

Network = tuple[keras.Model, int, int]  # with the epochs and the batch size to train it with


def linear() -> Network:
    """Pixels straight to the ten outputs: softmax regression."""
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            layers.Rescaling(1 / 255),
            layers.Flatten(),
            layers.Dense(10, "softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy")
    return model, 15, 128


def one_hidden_layer() -> Network:
    """One hidden layer of 128 units, trained with Adam as it comes."""
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            layers.Rescaling(1 / 255),
            layers.Flatten(),
            layers.Dense(128, "relu"),
            layers.Dense(10, "softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy")
    return model, 10, 128


def regularised() -> Network:
    """Two hidden layers with batch normalisation and dropout; the learning rate falls to 0."""
    model = keras.Sequential(
        [keras.Input((28, 28)), layers.Rescaling(1 / 127.5, offset=-1), layers.Flatten()]
    )
    for units in (256, 128):
        model.add(layers.Dense(units, "relu"))
        model.add(layers.BatchNormalization())
        model.add(layers.Dropout(0.3))
    model.add(layers.Dense(10, "softmax"))
    rate = keras.optimizers.schedules.CosineDecay(2e-3, decay_steps=20 * 79)
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
    return model, 20, 128


def convolutional() -> Network:
    """Two convolutional layers, which this course does not teach."""
    model = keras.Sequential(
        [keras.Input((28, 28)), layers.Rescaling(1 / 255), layers.Reshape((28, 28, 1))]
    )
    for filters in (16, 32):
        model.add(layers.Conv2D(filters, 3, activation="relu"))
        model.add(layers.MaxPooling2D())
    model.add(layers.Flatten())
    model.add(layers.Dropout(0.3))
    model.add(layers.Dense(64, "relu"))
    model.add(layers.Dense(10, "softmax"))
    rate = keras.optimizers.schedules.CosineDecay(3e-3, decay_steps=9 * 157)
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
    return model, 9, 64


KINDS = {
    "no hidden layer": linear,
    "one hidden layer of 128": one_hidden_layer,
    "256 and 128, normalised, dropout": regularised,
    "two convolutional layers": convolutional,
}


def measure(kind: str, seed: int) -> dict[str, Any]:
    """Train one network from this seed; return its processor seconds and its accuracy."""
    sample = data.load_fashion_mnist(data.SHIPPED_FOLDER)
    with np.load(LESSON / "hidden" / "fashion_mnist_unseen.npz") as exam:
        images, labels = exam["x"], exam["y"]
    keras.utils.set_random_seed(seed)
    start = time.process_time()
    model, epochs, batch_size = KINDS[kind]()
    model.fit(sample.x_train, sample.y_train, epochs=epochs, batch_size=batch_size, verbose=0)
    seconds = time.process_time() - start
    right = model.predict(images, verbose=0).argmax(axis=1) == labels
    return {
        "model": kind,
        "seed": seed,
        "processor_seconds": round(seconds, 1),
        "accuracy": round(float(right.mean()), 4),
    }


def main() -> None:
    """Measure all kinds with all seeds, print the table and write the file."""
    runs = [(kind, seed) for kind in KINDS for seed in SEEDS]
    table = pd.DataFrame(
        [measure(*run) for run in track(runs, "Training", console=Console(stderr=True))]
    )
    by_kind = table.groupby("model", sort=False)
    print(by_kind[["processor_seconds", "accuracy"]].agg(["min", "mean", "max"]).round(4))
    table.to_csv(OUTPUT, index=False)


if __name__ == "__main__":
    main()
