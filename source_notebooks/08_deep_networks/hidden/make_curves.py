"""Makes ../curves.csv: training and validation losses of eight networks, which `read_curves` asks about.

    python source_notebooks/08_deep_networks/hidden/make_curves.py

All are networks of dense layers, trained on a part of the sample of Fashion-MNIST. The losses are those that
`fit` records.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import keras

from helpers import data

#: Which letter stands for which training, and what is right for it.
CURVES: dict[str, tuple[dict[str, Any], str]] = {
    "A": ({"hidden": (64,), "rate": 0.0003, "n": 8992}, "good"),
    "B": ({"hidden": (256, 256), "rate": 0.001, "n": 1500}, "overfitting"),
    "C": ({"hidden": (256, 256), "rate": 0.001, "n": 3000, "leak": True}, "leak"),
    "D": ({"hidden": (2,), "rate": 0.001, "n": 3000}, "underfitting"),
    "E": ({"hidden": (64, 64), "rate": 0.03, "n": 3000}, "unstable"),
    "F": ({"hidden": (256, 256), "rate": 0.06, "n": 3000}, "rate too high"),
    "G": ({"hidden": (64,), "rate": 0.00003, "n": 3000}, "underfitting"),
    "H": ({"hidden": (128, 128, 128), "rate": 0.0005, "n": 2500}, "overfitting"),
}
EPOCHS, N_VALID = 25, 1008


def main() -> None:
    """Train eight networks and write their losses, an epoch a line."""
    curves = {letter: losses(**how) for letter, (how, _) in CURVES.items()}
    path = Path(__file__).resolve().parents[1] / "curves.csv"
    with path.open("w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(
            ["epoch", *(f"{a} {of}" for a in curves for of in ("training", "validation"))]
        )
        for i in range(EPOCHS):
            numbers = (f"{value:.3f}" for rows_of in curves.values() for value in rows_of[i])
            rows.writerow([i + 1, *numbers])


def losses(
    hidden: tuple[int, ...],
    rate: float,
    n: int,
    leak: bool = False,
) -> list[tuple[float, float]]:
    """Train one network; return its training and validation loss after each epoch."""
    keras.utils.set_random_seed(0)
    fashion = data.load_fashion_mnist(data.SHIPPED_FOLDER)
    x, y = fashion.x_train / 255.0, fashion.y_train
    x_valid, y_valid = x[:N_VALID], y[:N_VALID]
    first = 0 if leak else N_VALID  # a leak: the validation images are training images, too
    x_train, y_train = x[first : first + n], y[first : first + n]
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for units in hidden:
        model.add(keras.layers.Dense(units, "relu", kernel_initializer="he_normal"))
    model.add(keras.layers.Dense(10, "softmax"))
    model.compile(
        keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", steps_per_execution=16
    )
    records = model.fit(
        x_train,
        y_train,
        batch_size=64,
        epochs=EPOCHS,
        validation_data=(x_valid, y_valid),
        validation_batch_size=1008,
        verbose=0,
    ).history
    return list(zip(records["loss"], records["val_loss"], strict=True))


if __name__ == "__main__":
    main()
