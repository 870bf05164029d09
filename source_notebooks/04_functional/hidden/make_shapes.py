"""Makes ../shapes.csv: a graph of layers without their output shapes, which `output_shapes` asks for.

    python source_notebooks/04_functional/hidden/make_shapes.py

What is handed out says how a layer is set and what it takes, and where it stands in the drawing. Keras
builds the same graph here and says whether SHAPES is right.
"""

from __future__ import annotations

import csv
from pathlib import Path

import keras

#: Each layer with its kind, its settings, what it takes, and its place in the drawing; y grows downwards.
LAYERS = [
    ("picture", "Input", "14 rows of 10 numbers", "", 0, 0),
    ("words", "Input", "5 ids", "", 2, 0),
    ("A", "Dense", "8 units, ReLU", "picture", 0, 1),
    ("B", "Embedding", "30 ids, 8 numbers each", "words", 2, 1),
    ("C", "Concatenate", "axis=1", "A B", 0, 2),
    ("all_words", "Flatten", "", "B", 2, 2),
    ("D", "Flatten", "", "C", 0, 3),
    ("hidden", "Dense", "16 units, ReLU", "D", 0, 4),
    ("change", "Dense", "16 units", "hidden", -0.9, 5),
    ("E", "Add", "", "hidden change", 0, 6),
    ("F", "Concatenate", "axis=-1", "E all_words", 1, 7),
    ("answer", "Dense", "3 units, softmax", "F", 1, 8),
]
#: What is right.
SHAPES = {
    "A": (None, 14, 8),
    "B": (None, 5, 8),
    "C": (None, 19, 8),
    "D": (None, 152),
    "E": (None, 16),
    "F": (None, 56),
}


def main() -> None:
    """Check the shapes, then write the table."""
    found = shapes()
    if found != SHAPES:
        raise SystemExit(f"Keras says {found}")
    path = Path(__file__).resolve().parents[1] / "shapes.csv"
    with path.open("w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["layer", "kind", "settings", "takes", "x", "y"])
        rows.writerows(LAYERS)


def shapes() -> dict[str, tuple[int | None, ...]]:
    """The shapes of A to F, by Keras."""
    layers = keras.layers
    picture, words = keras.Input((14, 10)), keras.Input((5,), dtype="int32")
    a = layers.Dense(8, activation="relu")(picture)
    b = layers.Embedding(30, 8)(words)
    c = layers.Concatenate(axis=1)([a, b])
    d = layers.Flatten()(c)
    hidden = layers.Dense(16, activation="relu")(d)
    e = layers.add([hidden, layers.Dense(16)(hidden)])
    f = layers.Concatenate(axis=-1)([e, layers.Flatten()(b)])
    return {letter: tuple(x.shape) for letter, x in zip("ABCDEF", (a, b, c, d, e, f), strict=True)}


if __name__ == "__main__":
    main()
