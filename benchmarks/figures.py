"""The headline experiments, with three seeds each: what old tutorials report, and what the course gets.

    python benchmarks/figures.py [EXPERIMENT ...]

Every experiment trains with the functions of the lessons themselves. Results are kept in
benchmarks/figures.json as they come in; an experiment that is there already is not repeated unless it is
named. The table is written into docs/figures.md. Exit status 1 where a goal of the course is missed.

Fashion-MNIST in full is needed (Debian's package dataset-fashion-mnist is enough).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import helpers  # noqa: F401  (before TensorFlow, so that it starts quietly)
from autograde.course import Course
from autograde.lesson import exercises, read_lesson, set_up_cells

COURSE = Course(Path(__file__).resolve().parents[1])
RESULTS = Path(__file__).with_name("figures.json")
SEEDS = (1, 2, 3)

Figures = dict[str, float]


class Experiment(NamedTuple):
    """What is trained, what the old tutorials say of it, and what the course wants of it."""

    name: str
    title: str
    tutorial: str  # the figure an old tutorial gives, or "" where it gives none
    run: Callable[[int], Figures]
    goal: tuple[str, str, float] | None = None  # figure, "min" or "max", bound of the mean
    alone: bool = False  # measures time, so nothing else may run beside it


EXPERIMENTS: dict[str, Experiment] = {}


def experiment(title: str, tutorial: str = "", **more: Any) -> Callable[[Any], Any]:
    """Register a function of the seed as an experiment."""

    def register(run: Callable[[int], Figures]) -> Callable[[int], Figures]:
        EXPERIMENTS[run.__name__] = Experiment(run.__name__, title, tutorial, run, **more)
        return run

    return register


@cache
def lesson(name: str) -> SimpleNamespace:
    """What a lesson defines: its set-up cells and the reference solutions, run once."""
    notebook = read_lesson(COURSE.source(name))
    names: dict[str, Any] = {"__name__": "__main__"}
    for cell in [*set_up_cells(notebook), *(e.solution for e in exercises(notebook))]:
        exec(compile(cell.source, f"<{name}>", "exec"), names)
    return SimpleNamespace(**{key: value for key, value in names.items() if key != "__name__"})


# --- Fashion-MNIST ------------------------------------------------------------------------------


@cache
def fashion() -> SimpleNamespace:
    """The full set, split as in lesson 05, raw and scaled."""
    from helpers import data

    found = data.load_fashion_mnist()
    if found.is_sample:
        raise SystemExit("The full Fashion-MNIST is needed: install dataset-fashion-mnist.")
    five = lesson("05_fashion_mnist")
    (x_train, y_train), (x_valid, y_valid) = five.split_validation(found.x_train, found.y_train)
    raw = (x_train, x_valid, found.x_test)
    mean, std = five.fit_scaler(x_train)
    return SimpleNamespace(
        raw=raw,
        divided=tuple(x.astype("float32") / 255 for x in raw),
        standardised=tuple(five.standardize(x, mean, std) for x in raw),
        labels=(y_train, y_valid, found.y_test),
    )


def train_on_fashion(model: Any, scaled: tuple, epochs: int = 10, **fitting: Any) -> Figures:
    """Fit a compiled model and report its accuracies; the test set is looked at once, at the end."""
    y_train, y_valid, y_test = fashion().labels
    x_train, x_valid, x_test = scaled
    history = model.fit(
        x_train, y_train, epochs=epochs, validation_data=(x_valid, y_valid), verbose=0, **fitting
    ).history
    test = model.evaluate(x_test, y_test, verbose=0, return_dict=True)
    return {
        "val accuracy, epoch 1": history["val_accuracy"][0],
        "val accuracy": history["val_accuracy"][-1],
        "test accuracy": test["accuracy"],
    }


def seeded(seed: int) -> Any:
    """Start from a clean slate with this seed; return Keras."""
    import keras

    keras.backend.clear_session()
    keras.utils.set_random_seed(seed)
    return keras


@experiment("Fashion-MNIST, 300-100-10, SGD 0.01, 10 epochs, pixels / 255", "val 0.8732")
def fashion_divided(seed: int) -> Figures:
    seeded(seed)
    return train_on_fashion(lesson("05_fashion_mnist").build_classifier(), fashion().divided)


@experiment("the same, standardised", "val 0.8880, test 0.8869")
def fashion_standardised(seed: int) -> Figures:
    seeded(seed)
    return train_on_fashion(lesson("05_fashion_mnist").build_classifier(), fashion().standardised)


@experiment("the same, standardised, Adam", "about 0.91 (on the training images)")
def fashion_adam(seed: int) -> Figures:
    seeded(seed)
    model = lesson("05_fashion_mnist").build_classifier()
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return train_on_fashion(model, fashion().standardised)


@experiment("the same, raw pixels 0 to 255, SGD, 1 epoch", "diverges")
def fashion_raw(seed: int) -> Figures:
    seeded(seed)
    model = lesson("05_fashion_mnist").build_classifier()
    return train_on_fashion(model, fashion().raw, epochs=1)


@experiment("Fashion-MNIST, 128-10, SGD, 5 epochs, pixels / 255", "about 0.63 in the first epoch")
def fashion_small(seed: int) -> Figures:
    keras = seeded(seed)
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            layers.Flatten(),
            layers.Dense(128, "relu"),
            layers.Dense(10, "softmax"),
        ]
    )
    model.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return train_on_fashion(model, fashion().divided, epochs=5)


def deep(seed: int, **building: Any) -> Figures:
    """Lesson 07's deep network, 20 layers of 100, SGD 0.01 on standardised pixels, 10 epochs."""
    keras = seeded(seed)
    model = lesson("07_deep_networks").build_deep(20, 100, **building)
    optimizer = keras.optimizers.SGD(0.01)
    model.compile(
        optimizer,
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=64,
    )
    return train_on_fashion(model, fashion().standardised)


@experiment("20 layers of 100, ReLU", "a slow start")
def deep_relu(seed: int) -> Figures:
    return deep(seed)


@experiment("20 layers of 100, ReLU, batch normalisation")
def deep_batch_norm(seed: int) -> Figures:
    return deep(seed, batch_norm=True)


@experiment("20 layers of 100, SELU")
def deep_selu(seed: int) -> Figures:
    return deep(seed, activation="selu")


@experiment("20 layers of 100, SELU, batch normalisation, AlphaDropout 0.5")
def deep_selu_dropout(seed: int) -> Figures:
    return deep(seed, activation="selu", batch_norm=True, dropout=0.5)


@experiment("20 layers of 100, sigmoid")
def deep_sigmoid(seed: int) -> Figures:
    return deep(seed, activation="sigmoid")


# --- MNIST digits ---------------------------------------------------------------------------------


@experiment(
    "MNIST digits, 512-512-10, RMSprop, 5 epochs, 10,000-digit set",
    'reads 1, 3, 7, 8 as "1, 3, 7, 3"',
)
def digits(seed: int) -> Figures:
    from helpers import data

    seeded(seed)
    two = lesson("02_sequential")
    found = data.load_mnist(data.SHIPPED_FOLDER)
    model = two.compile_classifier(two.build_mlp([784, 512, 512, 10]), 1e-3)
    two.train_digits(model, found.x_train, found.y_train, epochs=5, batch_size=128)
    x_test = found.x_test.reshape(-1, 784).astype("float32") / 255
    accuracy = float((two.predict_labels(model, x_test) == found.y_test).mean())
    return {"test accuracy": accuracy, "parameters": float(model.count_params())}


# --- California housing ---------------------------------------------------------------------------


@cache
def housing() -> SimpleNamespace:
    """California housing, split and standardised as in lesson 06."""
    from helpers import data

    six = lesson("06_housing")
    found = data.load_california_housing()
    (x_train, y_train), (x_valid, y_valid), (x_test, y_test) = six.split_housing(
        found.data, found.target
    )
    x_train, x_valid, x_test = six.standardize_splits(x_train, x_valid, x_test)
    return SimpleNamespace(
        train=(x_train, y_train), valid=(x_valid, y_valid), test=(x_test, y_test)
    )


def train_on_housing(model: Any, epochs: int = 100, split: Any = lambda x: x) -> Any:
    """Fit a compiled regressor with early stopping as in lesson 06; return what `evaluate` says."""
    import keras

    (x_train, y_train), (x_valid, y_valid) = housing().train, housing().valid
    stopping = keras.callbacks.EarlyStopping(patience=5, min_delta=1e-3)
    model.fit(
        split(x_train), y_train, epochs=epochs, validation_data=(split(x_valid), y_valid),
        callbacks=[stopping], verbose=0,
    )  # fmt: skip
    x_test, y_test = housing().test
    return model.evaluate(split(x_test), y_test, verbose=0, return_dict=True)


@experiment("California housing, 30 units, SGD, early stopping")
def housing_network(seed: int) -> Figures:
    seeded(seed)
    return {"test MSE": train_on_housing(lesson("06_housing").build_regressor(8))["loss"]}


@experiment("linear regression, the same split")
def housing_linear(seed: int) -> Figures:
    from sklearn.linear_model import LinearRegression
    from sklearn.metrics import mean_squared_error

    x_test, y_test = housing().test
    model = LinearRegression().fit(*housing().train)
    return {"test MSE": float(mean_squared_error(y_test, model.predict(x_test)))}


@experiment("gradient-boosted trees, the same split")
def housing_trees(seed: int) -> Figures:
    from sklearn.ensemble import HistGradientBoostingRegressor
    from sklearn.metrics import mean_squared_error

    x_test, y_test = housing().test
    model = HistGradientBoostingRegressor(random_state=seed).fit(*housing().train)
    return {"test MSE": float(mean_squared_error(y_test, model.predict(x_test)))}


def wide_and_deep(seed: int, build: str, *arguments: int) -> Any:
    """A model of lesson 08, compiled as there: SGD 0.01, squared error."""
    keras = seeded(seed)
    model = getattr(lesson("08_wide_and_deep"), build)(*arguments)
    n_outputs = len(getattr(model, "outputs", [None]))
    model.compile(keras.optimizers.SGD(0.01), ["mse"] * n_outputs if n_outputs > 1 else "mse")
    return model


@experiment("Wide & Deep, functional API")
def wide_deep_functional(seed: int) -> Figures:
    return {"test MSE": train_on_housing(wide_and_deep(seed, "build_wide_deep", 8))["loss"]}


@experiment("Wide & Deep, subclass API")
def wide_deep_subclass(seed: int) -> Figures:
    return {"test MSE": train_on_housing(wide_and_deep(seed, "WideDeepModel"))["loss"]}


@experiment("Wide & Deep, two inputs")
def wide_deep_two_inputs(seed: int) -> Figures:
    model = wide_and_deep(seed, "build_wide_deep_two_inputs")
    split = lesson("08_wide_and_deep").split_wide_deep
    return {"test MSE": train_on_housing(model, split=split)["loss"]}
