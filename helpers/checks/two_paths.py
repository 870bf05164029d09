"""Checks for networks of two paths: a deep one of two hidden layers, and a wide one that joins it."""

from __future__ import annotations

from itertools import permutations, product
from typing import Any

import keras
import numpy as np

from helpers.checks._failure import require

# The names and the values of all weights, once it is settled which is which; see `known_weights`.
Reading = dict[str, np.ndarray]

_SLIPS = {
    "The first hidden layer has no ReLU.": "first",
    "The second hidden layer has no ReLU.": "second",
    "The hidden layers have no activation.": "none",
    "The hidden layers use tanh, not ReLU.": "tanh",
    "The output has a ReLU. It should be linear: Dense(1).": "output",
    "The output has a sigmoid. It should be linear: Dense(1).": "sigmoid",
    "The wide path has a ReLU. Hand the input on as it is.": "wide",
    "The first hidden layer is joined with the input. Join the second one.": "h1",
    "The second output has a ReLU. It should be linear.": "aux_relu",
    "The second output sees the first hidden layer. It belongs after the second.": "aux_h1",
    "The outputs have changed places: the joined one comes first.": "swapped",
}


def known_weights(
    model: Any, n_wide: int, n_deep: int, label: str, two_outputs: bool = False, seed: int = 0
) -> list[Reading]:
    """Check the weights' shapes, set known values, and give every reading of which is which.

    A reading is a dict: W1, b1, W2, b2; u (30, 1), w (n_wide, 1) and b of the joined output; v and c
    of the second output. Weights of equal shape cannot be told apart, and the two parts of the joined
    kernel may come in either order, or as two kernels. So there are several readings.
    """
    require(
        isinstance(model, keras.Model),
        f"{label} is a {type(model).__name__}; a keras.Model was expected."
        + " Does the function end with `return`?" * (model is None),
    )
    parts: dict[str, tuple[int, ...]] = {
        "W1": (n_deep, 30),
        "b1": (30,),
        "W2": (30, 30),
        "b2": (30,),
    }
    parts |= {"out": (30 + n_wide, 1), "b": (1,)}
    parts |= {"v": (30, 1), "c": (1,)} if two_outputs else {}
    split = {name: shape for name, shape in parts.items() if name != "out"}
    split |= {"u": (30, 1), "w": (n_wide, 1)}
    actual = [tuple(weight.shape) for weight in model.weights]
    layout = next((p for p in (parts, split) if sorted(p.values()) == sorted(actual)), None)
    count = sum(int(np.prod(shape)) for shape in parts.values())
    slip = ""
    if (30, 1) in actual and (30 + n_wide, 1) not in actual and not two_outputs:
        slip = "\nThe output sees the deep path alone. Concatenate it with the input."
    elif (n_wide, 30) in actual and (n_deep, 30) not in actual and n_deep != n_wide:
        slip = "\nThe deep path begins at the wide input. The inputs are in the order wide, deep."
    elif (n_wide, 1) in actual:
        slip = "\nThere is an output for the wide path by itself. Concatenate first, then one Dense(1)."
    elif (60, 1) in actual or (60 + n_wide, 1) in actual:
        slip = "\nThe first hidden layer is joined. Join the second one with the input."
    elif two_outputs and actual.count((30 + n_wide, 1)) > 1:
        slip = "\nThe second output sees the wide input, too. It belongs on the deep path alone."
    elif two_outputs and (30, 1) not in actual:
        slip = "\nThe second output, a Dense(1) on the deep path, is missing."
    elif (30 + n_deep, 1) in actual and n_deep != n_wide:
        slip = "\nThe deep path is joined with the deep input. Join it with the wide one."
    elif sum(shape == (30, 30) for shape in actual) == (n_deep == 30):
        slip = "\nThere should be two hidden layers, one after the other."
    if not actual and not model.built:
        slip = "\nIt has not been built. Make the model of a keras.Input."
    require(
        layout is not None,
        f"{label} has other weights than expected.\n"
        f"  yours:    {', '.join(map(str, actual)) or 'none'} ({sum(int(np.prod(s)) for s in actual):,})\n"
        f"  expected: {', '.join(map(str, parts.values()))} ({count:,} parameters){slip}",
    )
    require(
        len(model.trainable_weights) == len(actual), f"Not all weights of {label} are trainable."
    )
    rng = np.random.default_rng(seed)
    values: dict[tuple[int, ...], list[np.ndarray]] = {}  # by shape, in the model's order
    for weight in model.weights:
        shape = tuple(weight.shape)
        value = rng.normal(0, (2 / shape[0]) ** 0.5 if len(shape) == 2 else 0.5, shape)
        weight.assign(value.astype("float32"))
        values.setdefault(shape, []).append(value.astype("float32"))
    names = {shape: [n for n, s in (layout or {}).items() if s == shape] for shape in values}
    readings = []
    for orders in product(*(permutations(values[shape]) for shape in names)):
        reading = {
            name: value
            for shape, order in zip(names, orders, strict=True)
            for name, value in zip(names[shape], order, strict=True)
        }
        if "out" in reading:
            out = reading.pop("out")
            readings.append(reading | {"u": out[:30], "w": out[30:]})
            readings.append(reading | {"u": out[n_wide:], "w": out[:n_wide]})
        else:
            readings.append(reading)
    return readings


def forward(r: Reading, wide: np.ndarray, deep: np.ndarray, slip: str = "") -> np.ndarray:
    """What the network computes in this reading, (n, 1), or (n, 2) with a second output."""

    def relu(z: np.ndarray) -> np.ndarray:
        return np.maximum(z, 0)

    act1 = {"first": lambda z: z, "none": lambda z: z, "tanh": np.tanh}.get(slip, relu)
    act2 = {"second": lambda z: z, "none": lambda z: z, "tanh": np.tanh}.get(slip, relu)
    h1 = act1(deep @ r["W1"] + r["b1"])
    h2 = act2(h1 @ r["W2"] + r["b2"])
    joined = h1 if slip == "h1" else h2
    main = joined @ r["u"] + (relu(wide) if slip == "wide" else wide) @ r["w"] + r["b"]
    if slip == "output":
        main = relu(main)
    if slip == "sigmoid":
        main = 1 / (1 + np.exp(-main))
    if "v" not in r:
        return main
    aux = (h1 if slip == "aux_h1" else h2) @ r["v"] + r["c"]
    if slip == "aux_relu":
        aux = relu(aux)
    both = (aux, main) if slip == "swapped" else (main, aux)
    return np.concatenate(both, axis=1)


def agree(
    actual: Any, readings: list[Reading], wide: np.ndarray, deep: np.ndarray, label: str
) -> None:
    """Compare an output with every reading of the weights; name the slip if it is a known one."""
    actual = keras.ops.convert_to_numpy(actual)
    n_outputs = 2 if "v" in readings[0] else 1
    require(
        actual.shape == (len(wide), n_outputs),
        f"{label} has the shape {actual.shape}. Expected {(len(wide), n_outputs)}.",
    )

    def agrees(slip: str = "") -> bool:
        return any(
            np.allclose(actual, forward(r, wide, deep, slip), rtol=1e-3, atol=1e-4)
            for r in readings
        )

    if not agrees():
        said = next((words for words, slip in _SLIPS.items() if agrees(slip)), "")
        expected = forward(readings[0], wide, deep)
        require(
            False,
            f"{label} has the wrong value.\n  yours:    {actual[:4].ravel().round(3)} ...\n"
            f"  expected: {expected[:4].ravel().round(3)} ...\n{said}".rstrip(),
        )
