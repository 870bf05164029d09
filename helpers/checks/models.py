"""Checks for Keras models. A model is judged by its weights and by what it computes, so that a
`Dense(10, activation="softmax")` and a `Dense(10)` followed by `Softmax()` are the same answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import keras
import numpy as np

from helpers.checks._failure import CheckFailed, require
from helpers.checks._values import compare


def built(model: Any, label: str = "the model") -> keras.Model:
    """Check that this is a Keras model whose weights exist; return it."""
    require(model is not None, f"{label} is None. Does the function end with `return model`?")
    require(
        isinstance(model, keras.Model),
        f"{label} is a {type(model).__name__}; a keras.Model was expected.",
    )
    require(
        model.built and model.weights,
        f"{label} has no weights yet, because Keras does not know the shape of its input. Begin the "
        "model with keras.Input(...).",
    )
    return model


def set_dense_weights(
    model: keras.Model, sizes: Sequence[int], seed: int = 0, label: str = "the model"
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Check that the model is a stack of dense layers of these sizes, and give it known weights.

    Args:
        model: a built model.
        sizes: number of inputs, of units in every hidden layer, and of outputs.
        seed: of the weights, which are large enough for about half of the ReLU units to be off.
        label: what the model is called in messages.

    Returns:
        (kernel, bias) for every layer, float32 of shapes (n_in, n_out) and (n_out,).
    """
    shapes = [s for n_in, n_out in pairwise(sizes) for s in ((n_in, n_out), (n_out,))]
    actual = [tuple(weight.shape) for weight in model.weights]
    if actual != shapes:
        count = sum(int(np.prod(shape)) for shape in shapes)
        raise CheckFailed(
            f"{label} has other weights than expected.\n"
            f"  yours:    {_words(actual)} ({model.count_params():,} parameters)\n"
            f"  expected: {_words(shapes)} ({count:,} parameters)"
        )
    rng = np.random.default_rng(seed)
    weights = [
        rng.normal(0, (2 / shape[0]) ** 0.5 if len(shape) == 2 else 0.5, shape).astype("float32")
        for shape in shapes
    ]
    model.set_weights(weights)
    return list(zip(weights[::2], weights[1::2], strict=True))


def computes(
    model: keras.Model,
    x: Any,
    expected: Any,
    label: str = "the model's output",
    *,
    mistakes: Mapping[str, Any] | None = None,
) -> None:
    """Check the model's output for `x`, in inference and in training mode.

    Args:
        model: a built model.
        x: a batch of inputs.
        expected: the outputs, computed from the model's weights by other means.
        label: what is compared, for the message.
        mistakes: as in `helpers.checks.compare`.
    """
    for training in (False, True):
        try:
            output = keras.ops.convert_to_numpy(model(x, training=training))
        except Exception as error:
            # Keras's own message goes on to print the whole array.
            raise CheckFailed(
                f"The model does not take inputs of shape {np.shape(x)} ({type(error).__name__})."
            ) from error
        mode = " in training mode" if training else ""
        compare(output, expected, label + mode, rtol=1e-3, atol=1e-5, mistakes=mistakes)


def compiled(
    model: keras.Model,
    optimizer: type[keras.Optimizer],
    learning_rate: float,
    label: str = "the model",
) -> None:
    """Check that the model is compiled, with this kind of optimizer at this learning rate."""
    require(
        model.compiled, f"{label} is not compiled: call model.compile(...) before you return it."
    )
    actual = model.optimizer
    require(
        isinstance(actual, optimizer),
        f"{label} is compiled with the optimizer {type(actual).__name__}; expected "
        f"{optimizer.__name__}.",
    )
    compare(
        keras.ops.convert_to_numpy(actual.learning_rate),
        learning_rate,
        f"the learning rate of {label}",
    )


def reports(
    model: keras.Model, x: Any, y: Any, expected: Mapping[str, float], hints: Mapping[str, str]
) -> None:
    """Check what `model.evaluate` says of a batch.

    Args:
        model: a compiled model.
        x: a batch of inputs.
        y: their targets.
        expected: maps the name under which Keras reports a quantity to its right value.
        hints: maps such a name to what to look at when it is missing or wrong.
    """
    try:
        report: Any = model.evaluate(x, y, verbose=0, return_dict=True)  # pyright: ignore[reportArgumentType]
    except Exception as error:
        first_line = str(error).partition("\n")[0]
        raise CheckFailed(
            f"model.evaluate stopped with {type(error).__name__}: {first_line}\n"
            + "\n".join(hints.values())
        ) from error
    for name, value in expected.items():
        require(
            name in report,
            f"model.evaluate reports {_words(report)}, but nothing named {name!r}. {hints.get(name, '')}",
        )
        try:
            compare(
                report[name], value, f"the {name} that model.evaluate reports", rtol=1e-3, atol=1e-4
            )
        except CheckFailed as failure:
            raise CheckFailed(f"{failure}\n{hints.get(name, '')}".strip()) from None


def one_step(model: keras.Model, optimizer: Any, loss_fn: Any, x: Any, y: Any) -> float:
    """Let Keras train a model on one batch: the yardstick for a training step written by hand.

    Args:
        model: a built model; it comes back compiled, and one update further.
        optimizer: keeps its state from one call to the next.
        loss_fn: a Keras loss, or a function of targets and outputs that gives one number.
        x: a batch of inputs.
        y: their targets.

    Returns:
        The loss, penalties included, that the update was made from.
    """
    model.compile(optimizer=optimizer, loss=loss_fn, run_eagerly=True)
    return float(model.train_on_batch(x, y))  # pyright: ignore[reportArgumentType]


def dense_forward(
    weights: Sequence[tuple[np.ndarray, np.ndarray]],
    x: np.ndarray,
    hidden: Callable[[np.ndarray], np.ndarray],
    output: Callable[[np.ndarray], np.ndarray] = lambda z: z,
) -> np.ndarray:
    """What a stack of dense layers with these weights gives for `x` (n, n_in), by matrix products."""
    for kernel, bias in weights[:-1]:
        x = hidden(x @ kernel + bias)
    kernel, bias = weights[-1]
    return output(x @ kernel + bias)


def relu(z: np.ndarray) -> np.ndarray:
    """max(z, 0), element by element."""
    return np.maximum(z, 0)


def relu_derivative(z: np.ndarray) -> np.ndarray:
    """1 where z > 0, else 0."""
    return np.heaviside(z, 0.0)


def sigmoid(z: np.ndarray) -> np.ndarray:
    """1 / (1 + exp(-z)), element by element, without overflow."""
    return (1 + np.tanh(np.divide(z, 2))) / 2


def sigmoid_derivative(z: np.ndarray) -> np.ndarray:
    """The slope of the sigmoid at z, element by element."""
    return sigmoid(z) * sigmoid(np.negative(z))


def softmax(z: np.ndarray) -> np.ndarray:
    """Probabilities along the last axis."""
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def _words(items: Any) -> str:
    return ", ".join(str(item) for item in items)
