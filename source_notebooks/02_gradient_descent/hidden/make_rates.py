"""Makes ../rates.csv: five loss curves of one model, trained with five learning rates.

    python source_notebooks/02_gradient_descent/hidden/make_rates.py

The model is a linear layer with squared error, from the pixels of MNIST digits to ten outputs. The largest
curvature of its loss is 77, so that it diverges at rates above 0.026. A network with cross-entropy would
hide that: its loss gets stuck instead.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from helpers import data

#: Which letter stands for which learning rate, and what is right for it.
CURVES = {
    "A": (0.0008, "too low"),
    "B": (0.0250, "too high"),
    "C": (0.0120, "good"),
    "D": (0.0280, "diverges"),
    "E": (0.0003, "too low"),
}
STEPS, EVERY, BATCH = 600, 10, 64


def main() -> None:
    """Train five times from the same weights on the same batches; write the losses on all images."""
    digits = data.load_mnist()
    x = digits.x_train[:8000].reshape(-1, 784) / 255
    y = np.eye(10)[digits.y_train[:8000]]
    curves = {letter: losses(x, y, rate) for letter, (rate, _) in CURVES.items()}
    path = Path(__file__).resolve().parents[1] / "rates.csv"
    with path.open("w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["step", *curves])
        for i, values in enumerate(zip(*curves.values(), strict=True)):
            rows.writerow([EVERY * i, *(f"{value:.4g}" for value in values)])


def losses(x: np.ndarray, y: np.ndarray, rate: float) -> list[float]:
    """The mean squared error on all images before training and after every tenth step."""
    rng = np.random.default_rng(0)
    kernel = rng.normal(0, 0.02, (784, 10))
    found = []
    for step in range(STEPS + 1):
        if step % EVERY == 0:
            found.append(min(float(np.mean((x @ kernel - y) ** 2)), 1e6))
        batch = rng.integers(0, len(x), BATCH)
        error = x[batch] @ kernel - y[batch]
        kernel -= rate * 2 * x[batch].T @ error / BATCH
    return found


if __name__ == "__main__":
    main()
