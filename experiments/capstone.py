"""Calibrate the capstone: what four kinds of model reach on its exam, with five seeds each, and a yardstick.

    python experiments/capstone.py

Trains on the 20,000 training rows of the Adult census, measures on the exam rows, which only the grader
has, and writes source_notebooks/15_capstone/calibration.csv, which the lesson reads. Takes about four
minutes of processor time.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track
from sklearn.ensemble import HistGradientBoostingClassifier

from helpers import data  # before Keras, so that TensorFlow starts quietly

import keras  # isort: skip
from keras import layers  # isort: skip

LESSON = Path(__file__).resolve().parents[1] / "source_notebooks" / "15_capstone"
OUTPUT = LESSON / "calibration.csv"
SEEDS = range(5)
TREES = "gradient-boosted trees"


def linear(train: data.AdultRows, valid: data.AdultRows, use_words: bool = True) -> keras.Model:
    """The lesson's baseline: words one-hot, numbers standardised, one weight for each."""
    columns, labels = train
    inputs, features = prepared(columns, use_words)
    outputs = layers.Dense(1, "sigmoid")(layers.Concatenate()(features))
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    model.fit(columns, labels, epochs=5, batch_size=256, verbose=0)
    return model


def linear_of_numbers(train: data.AdultRows, valid: data.AdultRows) -> keras.Model:
    """The same without the words."""
    return linear(train, valid, use_words=False)


def dense(train: data.AdultRows, valid: data.AdultRows) -> keras.Model:
    """Two hidden layers on what the baseline sees, trained with Adam as it comes."""
    columns, labels = train
    inputs, features = prepared(columns)
    prepare = keras.Model(inputs, layers.Concatenate()(features))
    x = prepare.predict(columns, batch_size=1024, verbose=0)
    network = keras.Sequential([keras.Input(x.shape[1:])])
    for _ in range(2):
        network.add(layers.Dense(64, "relu"))
    network.add(layers.Dense(1, "sigmoid"))
    network.compile("adam", "binary_crossentropy")
    network.fit(x, labels, epochs=10, batch_size=128, verbose=0)
    return keras.Model(inputs, network(prepare.output))


def prepared(
    columns: dict[str, NDArray[Any]], use_words: bool = True
) -> tuple[dict[str, Any], list[Any]]:
    """Inputs for all columns, and one-hot words and standardised numbers made of them."""
    inputs: dict[str, Any] = {}
    features = []
    for name, values in columns.items():
        if values.dtype == object:
            inputs[name] = keras.Input((1,), dtype="string", name=name)
            if use_words:
                words = sorted(set(values))
                features.append(
                    layers.StringLookup(vocabulary=words, output_mode="one_hot")(inputs[name])
                )
        else:
            inputs[name] = keras.Input((1,), name=name)
            scale = layers.Normalization(mean=values.mean(), variance=values.var())
            features.append(scale(inputs[name]))
    return inputs, features


def wide_and_deep(train: data.AdultRows, valid: data.AdultRows) -> keras.Model:
    """The lesson's reference solution, as it stands in its cell."""
    source = (LESSON / "lesson.py").read_text("utf-8")
    cell = source[source.index("def build_and_train(") :]
    names: dict[str, Any] = {"keras": keras, "np": np}
    exec(cell[: cell.index("### END SOLUTION")], names)
    return names["build_and_train"](train, valid)


KINDS = {
    "linear, numbers only": linear_of_numbers,
    "linear, all columns": linear,
    "dense network on the same": dense,
    "wide and deep": wide_and_deep,
}


def measure(kind: str, seed: int, adult: data.AdultData, exam: data.AdultRows) -> dict[str, Any]:
    """Train one model from this seed; return its processor seconds and its log loss."""
    keras.utils.set_random_seed(seed)
    start = time.process_time()
    model = KINDS[kind](adult.train, adult.valid)
    seconds = time.process_time() - start
    losses = [
        log_losses(labels, model.predict(columns, batch_size=1024, verbose=0))
        for columns, labels in (adult.valid, exam)
    ]
    return row(kind, seed, seconds, *losses)


def measure_trees(adult: data.AdultData, exam: data.AdultRows) -> dict[str, Any]:
    """Gradient-boosted trees; how many of them is chosen by the validation rows."""
    known = {
        name: {word: number for number, word in enumerate(sorted(set(adult.train[0][name])))}
        for name in adult.words
    }

    def numbers(columns: dict[str, NDArray[Any]]) -> NDArray[np.float64]:
        """All columns as numbers; a word that is new is missing."""
        encoded = [
            [known[name].get(word, np.nan) for word in values] if name in known else values
            for name, values in columns.items()
        ]
        return np.array(encoded, dtype=float).T

    x_valid, x_exam = numbers(adult.valid[0]), numbers(exam[0])
    start = time.process_time()
    trees = HistGradientBoostingClassifier(
        learning_rate=0.05,
        max_leaf_nodes=15,
        max_iter=400,
        l2_regularization=1.0,
        categorical_features=[name in known for name in adult.train[0]],
        early_stopping=False,
        random_state=0,
    )
    x_train = numbers(adult.train[0])
    trees.fit(x_train, adult.train[1])
    staged = [
        log_losses(adult.valid[1], p[:, 1]).mean() for p in trees.staged_predict_proba(x_valid)
    ]
    trees.set_params(max_iter=int(np.argmin(staged)) + 1).fit(x_train, adult.train[1])
    seconds = time.process_time() - start
    print(f"trees: {trees.max_iter}")
    losses = [
        log_losses(labels, trees.predict_proba(x)[:, 1])
        for x, labels in ((x_valid, adult.valid[1]), (x_exam, exam[1]))
    ]
    return row(TREES, 0, seconds, *losses)


def log_losses(labels: NDArray[Any], predictions: NDArray[Any]) -> NDArray[np.float64]:
    """The log loss of each row, as the grader computes it."""
    p = np.clip(np.asarray(predictions, dtype="float64").ravel(), 1e-7, 1 - 1e-7)
    return -np.where(labels == 1, np.log(p), np.log(1 - p))


def row(
    kind: str, seed: int, seconds: float, valid: NDArray[Any], exam: NDArray[Any]
) -> dict[str, Any]:
    """A row of the file: means over validation and exam rows, with the standard error of the latter."""
    return {
        "model": kind,
        "seed": seed,
        "processor_seconds": round(seconds, 1),
        "validation": round(float(valid.mean()), 4),
        "exam": round(float(exam.mean()), 4),
        "standard_error": round(float(exam.std() / len(exam) ** 0.5), 4),
    }


def main() -> None:
    """Measure all kinds with all seeds, print the table and write the file."""
    adult = data.load_adult()
    with np.load(LESSON / "hidden" / "adult_exam.npz") as arrays:
        exam = data.adult_rows(arrays, "exam")
    runs = [(kind, seed) for kind in KINDS for seed in SEEDS]
    rows = [measure(*run, adult, exam) for run in track(runs, console=Console(stderr=True))]
    table = pd.DataFrame([*rows, measure_trees(adult, exam)])
    by_kind = table.groupby("model", sort=False)
    print(by_kind[["processor_seconds", "validation", "exam"]].agg(["min", "mean", "max"]).round(4))
    table.to_csv(OUTPUT, index=False)


if __name__ == "__main__":
    main()
