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
from helpers.checks._session import beside, kind
from helpers.checks._values import compare


@beside
def facts(model: Any) -> dict[str, Any]:
    """What a model is: whether it is a `keras.Model`, is built, is compiled, with which optimizer.

    Returns:
        `is_model`, and for a model `built`, `compiled`, `shapes` and `names` of its weights, `trainable` (how
        many of them are), `n_parameters`, `penalties` (the sum of `model.losses`), `inputs` (shapes,
        None where they are not known), and of its optimizer `optimizer` (names of its classes, the
        most special one first), `learning_rate` and `iterations`.
    """
    if not isinstance(model, keras.Model):
        return {"is_model": False}

    def shapes(name: str) -> list[tuple[Any, ...]] | None:
        try:
            return [tuple(tensor.shape) for tensor in keras.tree.flatten(getattr(model, name))]
        except (AttributeError, ValueError):
            return None

    found: dict[str, Any] = {
        "is_model": True,
        "built": bool(model.built),
        "compiled": bool(model.compiled),
        "shapes": [tuple(weight.shape) for weight in model.weights],
        "names": [weight.name for weight in model.weights],
        "trainable": len(model.trainable_weights),
        "n_parameters": model.count_params() if model.built else 0,
        "penalties": sum((_number(keras.ops.sum(loss)) for loss in model.losses), 0.0),
        "inputs": shapes("inputs"),
        "optimizer": [],
    }
    optimizer = getattr(model, "optimizer", None)
    if model.compiled and optimizer is not None:
        found["optimizer"] = [cls.__name__ for cls in type(optimizer).__mro__]
        found["learning_rate"] = _number(optimizer.learning_rate)
        found["iterations"] = int(_number(optimizer.iterations))
    return found


def _number(tensor: Any) -> float:
    return float(np.asarray(keras.ops.convert_to_numpy(tensor)))


@beside
def weights(model: Any) -> list[np.ndarray]:
    """The weights of a model or a layer, in Keras's order."""
    return [np.array(weight) for weight in model.weights]


@beside
def assign(model: Any, values: Sequence[np.ndarray]) -> None:
    """Give a model or a layer these weights."""
    model.set_weights(list(values))


@beside
def outputs(model: Any, x: Any, training: bool | None = None) -> Any:
    """What a model gives for a batch: an array, or a list, tuple or dictionary of arrays."""
    given = {} if training is None else {"training": training}
    return keras.tree.map_structure(keras.ops.convert_to_numpy, model(x, **given))


@beside
def evaluate(model: Any, x: Any, y: Any) -> dict[str, float]:
    """What `model.evaluate` says of a batch."""
    return model.evaluate(x, y, verbose=0, return_dict=True)


@beside
def loss_of(model: Any, y: Any, y_pred: Any) -> np.ndarray:
    """What a compiled model's loss gives for these targets and outputs: () unless it is not reduced."""
    loss = model.compute_loss(y=y, y_pred=keras.ops.array(y_pred))
    return np.asarray(keras.ops.convert_to_numpy(loss))


@beside
def share_weights(one: Any, other: Any) -> bool:
    """Whether two models or layers have a weight in common."""
    return any(a is b for a in one.weights for b in other.weights)


def built(model: Any, label: str = "the model") -> Any:
    """Check that this is a Keras model whose weights exist; return it."""
    require(model is not None, f"{label} is None. Does the function end with `return model`?")
    found = facts(model)
    require(found["is_model"], f"{label} is a {kind(model)}; a keras.Model was expected.")
    require(
        found["built"] and found["shapes"],
        f"{label} has no weights yet, because Keras does not know the shape of its input. Begin the "
        "model with keras.Input(...).",
    )
    return model


def separate(one: Any, other: Any) -> None:
    """Check that two calls have given models that share no weights."""
    require(
        not share_weights(one, other),
        "Two calls give models that share their weights. Make new layers inside the function.",
    )


def set_dense_weights(
    model: Any, sizes: Sequence[int], seed: int = 0, label: str = "the model"
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
    found = facts(model)
    actual = found["shapes"]
    if actual != shapes:
        count = sum(int(np.prod(shape)) for shape in shapes)
        raise CheckFailed(
            f"{label} has other weights than expected.\n"
            f"  yours:    {_words(actual)} ({found['n_parameters']:,} parameters)\n"
            f"  expected: {_words(shapes)} ({count:,} parameters)"
        )
    rng = np.random.default_rng(seed)
    values = [
        rng.normal(0, (2 / shape[0]) ** 0.5 if len(shape) == 2 else 0.5, shape).astype("float32")
        for shape in shapes
    ]
    assign(model, values)
    return list(zip(values[::2], values[1::2], strict=True))


def computes(
    model: Any,
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
            output = outputs(model, x, training)
        except Exception as error:
            # Keras's own message goes on to print the whole array.
            raise CheckFailed(
                f"The model does not take inputs of shape {np.shape(x)} ({type(error).__name__})."
            ) from error
        mode = " in training mode" if training else ""
        compare(output, expected, label + mode, rtol=1e-3, atol=1e-5, mistakes=mistakes)


def compiled(
    model: Any,
    optimizer: type[keras.Optimizer],
    learning_rate: float,
    label: str = "the model",
) -> None:
    """Check that the model is compiled, with this kind of optimizer at this learning rate."""
    found = facts(model)
    require(
        found["compiled"], f"{label} is not compiled: call model.compile(...) before you return it."
    )
    require(
        optimizer.__name__ in found["optimizer"],
        f"{label} is compiled with the optimizer {_words(found['optimizer'][:1])}; expected "
        f"{optimizer.__name__}.",
    )
    compare(found["learning_rate"], learning_rate, f"the learning rate of {label}")


def reports(
    model: Any, x: Any, y: Any, expected: Mapping[str, float], hints: Mapping[str, str]
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
        report = evaluate(model, x, y)
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
