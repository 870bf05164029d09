"""The tests of this lesson: `checks.run("cross")` runs `test_cross`, and so on."""

from itertools import permutations, product

import keras
import numpy as np

from helpers import checks
from helpers.checks import answers, models


def _check_cross(a, b, n_b):
    """Compare ids with the formula in 64 bits, and name the usual slips."""
    # Plain numbers stay plain: `np.asarray` would hand over arrays of shape ().
    big_a, big_b = np.asarray(a).astype("int64"), np.asarray(b).astype("int64")
    n_a = int(big_a.max()) + 1
    right = big_a * n_b + big_b
    small = np.asarray(a).dtype
    mistakes = {
        "The ids are right. Make them integers: they number the pairs.": right,
        "That is a + b. Different pairs then share an id.": big_a + big_b,
        "That is a · b. Different pairs then share an id.": big_a * big_b,
        "a and b have changed places: the id is a · n_b + b.": big_b * n_b + big_a,
        "That is b · n_a + a. Multiply a by n_b.": big_b * n_a + big_a,
        "n_b is how many values b has. It is given: do not take the largest b that occurs.": (
            big_a * (int(big_b.max()) + 1) + big_b
        ),
        "Multiply a by n_b itself: b runs from 0 to n_b - 1.": big_a * (n_b + 1) + big_b,
        "Multiply a by n_b, not by n_b - 1. Otherwise two pairs share an id.": (
            big_a * (n_b - 1) + big_b
        ),
    }
    for kind in (
        small,
        np.asarray(b).dtype,
        *map(np.dtype, ("int8", "uint8", "int16", "uint16", "int32")),
    ):
        if kind.itemsize < 8:
            mistakes[
                f"The ids do not fit into {kind}. Convert to int64 before you multiply (hint 1)."
            ] = right.astype(kind)
            mistakes[f"The ids do not fit into {kind}. Convert first (hint 1)."] = (
                (big_a * n_b).astype(kind) + big_b.astype(kind)
            ).astype("int64")
            mistakes[f"The product does not fit into {kind}. Convert first (hint 1)."] = (
                big_a * n_b
            ).astype(kind).astype("int64") + big_b
    checks.call(answers.cross, a, b, n_b).equals(
        right, dtype=np.integer, rtol=0, atol=0, mistakes=mistakes
    )


def test_cross():
    _check_cross(np.array([0, 1, 2]), np.array([2, 0, 1]), 3)
    _check_cross(np.array([0, 3, 40], dtype="uint8"), np.array([1, 2, 5], dtype="uint8"), 30)
    _check_cross(2, 1, 3)
    _check_cross(np.array([[0, 1], [2, 0]]), np.array([[1, 1], [0, 3]]), 4)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    _check_cross(rng.integers(0, 8, 50), rng.integers(0, 4, 50), 5)
    _check_cross(
        rng.integers(0, 128, (6, 7)).astype("int8"),
        rng.integers(0, 100, (6, 7)).astype("int8"),
        100,
    )
    _check_cross(rng.integers(0, 250, (4, 1)).astype("uint8"), rng.integers(0, 7, (4, 1)), 300)
    _check_cross(rng.integers(0, 9, 20), rng.integers(0, 250, 20).astype("uint8"), 250)
    _check_cross(np.array([30000, 2], dtype="int16"), np.array([1, 30000], dtype="int16"), 30001)
    _check_cross(
        np.array([200_000, 7], dtype="int32"), np.array([99_999, 0], dtype="int32"), 100_000
    )
    _check_cross(0, 0, 1)
    _check_cross(123_456, 654_320, 654_321)
    ### END HIDDEN TESTS


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


def _known_weights(model, n_wide, n_deep, label, two_outputs=False, seed=0):
    """Check the weights' shapes, set known values, and give every reading of which is which.

    A reading is a dict: W1, b1, W2, b2; u (30, 1), w (n_wide, 1) and b of the joined output; v and c
    of the second output. Weights of equal shape cannot be told apart, and the two parts of the joined
    kernel may come in either order, or as two kernels. So there are several readings.
    """
    found = models.facts(model)
    checks.require(
        found["is_model"],
        f"{label} is a {checks.kind(model)}; a keras.Model was expected."
        + " Does the function end with `return`?" * (model is None),
    )
    parts = {
        "W1": (n_deep, 30),
        "b1": (30,),
        "W2": (30, 30),
        "b2": (30,),
    }
    parts |= {"out": (30 + n_wide, 1), "b": (1,)}
    parts |= {"v": (30, 1), "c": (1,)} if two_outputs else {}
    split = {name: shape for name, shape in parts.items() if name != "out"}
    split |= {"u": (30, 1), "w": (n_wide, 1)}
    actual = found["shapes"]
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
    elif sum(len(shape) == 1 for shape in actual) < 3 + two_outputs:
        slip = "\nA Dense layer has no bias."
    if not actual and not found["built"]:
        slip = "\nIt has not been built. Make the model of a keras.Input."
    checks.require(
        layout is not None,
        f"{label} has other weights than expected.\n"
        f"  yours:    {', '.join(map(str, actual)) or 'none'} ({sum(int(np.prod(s)) for s in actual):,})\n"
        f"  expected: {', '.join(map(str, parts.values()))} ({count:,} parameters){slip}",
    )
    checks.require(found["trainable"] == len(actual), f"Not all weights of {label} are trainable.")
    rng = np.random.default_rng(seed)
    scales = [(2 / shape[0]) ** 0.5 if len(shape) == 2 else 0.5 for shape in actual]
    drawn = [rng.normal(0, s, shape).astype("float32") for s, shape in zip(scales, actual)]
    models.assign(model, drawn)
    readings = []
    for reading in _readings(layout or {}, actual, drawn):
        if "out" in reading:
            out = reading.pop("out")
            readings.append(reading | {"u": out[:30], "w": out[30:]})
            readings.append(reading | {"u": out[n_wide:], "w": out[:n_wide]})
        else:
            readings.append(reading)
    return readings


def _readings(layout, shapes, values):
    """Every way to give the names of a layout, from name to shape, to values of these shapes."""
    found = {}  # by shape, in the model's order
    for shape, value in zip(shapes, values, strict=True):
        found.setdefault(shape, []).append(value)
    names = {shape: [n for n, s in layout.items() if s == shape] for shape in found}
    for orders in product(*(permutations(found[shape]) for shape in names)):
        yield {
            name: value
            for shape, order in zip(names, orders, strict=True)
            for name, value in zip(names[shape], order, strict=True)
        }


def _forward(r, wide, deep, slip=""):
    """What the network computes in this reading, (n, 1), or (n, 2) with a second output."""

    act1 = {"first": lambda z: z, "none": lambda z: z, "tanh": np.tanh}.get(slip, models.relu)
    act2 = {"second": lambda z: z, "none": lambda z: z, "tanh": np.tanh}.get(slip, models.relu)
    h1 = act1(deep @ r["W1"] + r["b1"])
    h2 = act2(h1 @ r["W2"] + r["b2"])
    joined = h1 if slip == "h1" else h2
    main = joined @ r["u"] + (models.relu(wide) if slip == "wide" else wide) @ r["w"] + r["b"]
    if slip == "output":
        main = models.relu(main)
    if slip == "sigmoid":
        main = 1 / (1 + np.exp(-main))
    if "v" not in r:
        return main
    aux = (h1 if slip == "aux_h1" else h2) @ r["v"] + r["c"]
    if slip == "aux_relu":
        aux = models.relu(aux)
    both = (aux, main) if slip == "swapped" else (main, aux)
    return np.concatenate(both, axis=1)


def _agree(actual, readings, wide, deep, label):
    """Compare an output with every reading of the weights; name the slip if it is a known one.

    Returns:
        the reading that agrees.
    """
    actual = np.asarray(actual)
    n_outputs = 2 if "v" in readings[0] else 1
    checks.require(
        actual.shape == (len(wide), n_outputs),
        f"{label} has the shape {actual.shape}. Expected {(len(wide), n_outputs)}.",
    )

    def agrees(slip=""):
        """The first reading that agrees, if any does."""
        return next(
            (
                r
                for r in readings
                if np.allclose(actual, _forward(r, wide, deep, slip), rtol=1e-3, atol=1e-4)
            ),
            None,
        )

    right = agrees()
    if right is None:
        said = next((words for words, slip in _SLIPS.items() if agrees(slip)), "")
        expected = _forward(readings[0], wide, deep)
        checks.require(
            False,
            f"{label} has the wrong value.\n  yours:    {actual[:4].ravel().round(3)} ...\n"
            f"  expected: {expected[:4].ravel().round(3)} ...\n{said}".rstrip(),
        )
    return right


def _seed(rng):
    """A seed of its own for the next check."""
    return int(rng.integers(1 << 32))


_RATING_SLIPS = {
    "The bias of the user is not added.": lambda p, q, b, c: (p * q).sum(1) + c,
    "The bias of the item is not added.": lambda p, q, b, c: (p * q).sum(1) + b,
    "The biases are not added.": lambda p, q, b, c: (p * q).sum(1),
    "The two rows are added. Multiply them number by number, then sum up.": lambda p, q, b, c: (
        (p + q).sum(1) + b + c
    ),
    "That is the mean of the products. A dot product is their sum.": lambda p, q, b, c: (
        (p * q).mean(1) + b + c
    ),
    "The dot product is divided by the root of dim. Leave it as it is.": lambda p, q, b, c: (
        (p * q).sum(1) / p.shape[1] ** 0.5 + b + c
    ),
    "That is the cosine of the rows. The dot product has no `normalize`.": lambda p, q, b, c: (
        (p * q).sum(1) / np.sqrt((p**2).sum(1) * (q**2).sum(1)) + b + c
    ),
    "The output has a sigmoid. It should be linear.": lambda p, q, b, c: models.sigmoid(
        (p * q).sum(1) + b + c
    ),
    "The output has a ReLU. It should be linear.": lambda p, q, b, c: models.relu(
        (p * q).sum(1) + b + c
    ),
    "The biases are added to each product. Sum up first.": lambda p, q, b, c: (
        (p * q).sum(1) + p.shape[1] * (b + c)
    ),
    "The biases are multiplied. Add both.": lambda p, q, b, c: (p * q).sum(1) + b * c,
}


def _rating_layouts(n_users, n_items, dim):
    """The shapes in which the tables P, Q and the biases b, c may come."""
    for b, c in product([(n_users, 1), (n_users,)], [(n_items, 1), (n_items,)]):
        yield {"P": (n_users, dim), "Q": (n_items, dim), "b": b, "c": c}
    yield {"Pb": (n_users, dim + 1), "Qc": (n_items, dim + 1)}  # the bias is a column of the table


def _rating_readings(model, n_users, n_items, dim, label, seed):
    """Check the weights' shapes, set known values, and give every reading (P, Q, b, c) of them."""
    found = models.facts(model)
    checks.require(
        found["is_model"],
        f"{label} is a {checks.kind(model)}; a keras.Model was expected."
        + " Does the function end with `return`?" * (model is None),
    )
    actual = found["shapes"]
    layouts = [
        layout
        for layout in _rating_layouts(n_users, n_items, dim)
        if sorted(layout.values()) == sorted(actual)
    ]
    usual = next(_rating_layouts(n_users, n_items, dim)).values()
    users = [shape for shape in actual if shape[0] == n_users]
    items = [shape for shape in actual if shape[0] == n_items]
    slip = ""
    if not actual:
        slip = "It has no weights yet. Make the model of two keras.Input, or call it once."
    elif any(shape[0] == n_users * n_items for shape in actual):
        slip = "There is a weight for each pair. Give users and items tables of their own."
    elif not (users and items) and any(shape[0] in (n_users + 1, n_items + 1) for shape in actual):
        slip = "A table has a row too many: ids run from 0 to n - 1."
    elif any(shape in ((2 * dim, 1), (dim, 1), (1, 1), (1,)) for shape in actual):
        slip = "A Dense layer, or a bias for all, has weights, too. Only the tables and the biases may."
    elif n_users != n_items and len(users) == 1 == len(items):
        slip = "The biases are missing: a table with one number for each user, one for each item."
    elif n_users != n_items and len(users) == 1:
        slip = "The bias of the user is missing."
    elif n_users != n_items and len(items) == 1:
        slip = "The bias of the item is missing."
    checks.require(
        layouts,
        f"{label} has other weights than expected.\n"
        f"  yours:    {', '.join(map(str, actual)) or 'none'}\n"
        f"  expected: {', '.join(map(str, usual))}\n{slip}".rstrip(),
    )
    checks.require(found["trainable"] == len(actual), f"Not all weights of {label} are trainable.")
    rng = np.random.default_rng(seed)
    drawn = [rng.normal(size=shape).astype("float32") for shape in actual]
    models.assign(model, drawn)
    readings = []
    for layout in layouts:
        for r in _readings(layout, actual, drawn):
            if "P" in r:
                readings.append((r["P"], r["Q"], r["b"].ravel(), r["c"].ravel()))
            else:
                sides = [
                    [(table[:, :-1], table[:, -1]), (table[:, 1:], table[:, 0])]
                    for table in (r["Pb"], r["Qc"])
                ]
                readings += [(P, Q, b, c) for (P, b), (Q, c) in product(*sides)]
    return readings


def _call_on_ids(model, users, items, label, **training):
    """model([users, items]) as an array, with a word on what usually fails."""
    try:
        return np.asarray(model([users, items], **training))
    except Exception as error:
        why = f"{label} does not take [users, items], integer ids of the shape {users.shape} each"
        try:
            model([items, users])
            why += ", but it takes [items, users]. The users come first."
        except Exception:
            why += (
                f" ({type(error).__name__}). keras.Model([user, item], output) takes a list of two."
            )
        checks.require(False, why)


def _check_ratings(n_users, n_items, dim=None, seed=0, n=24):
    """Build a model, give it known weights, and compare its outputs with the formula."""
    sizes = (n_users, n_items) if dim is None else (n_users, n_items, dim)
    dim = 8 if dim is None else dim
    label = f"build_ratings_model({', '.join(map(str, sizes))})"
    model = checks.call(answers.build_ratings_model, *sizes).result
    readings = _rating_readings(model, n_users, n_items, dim, label, seed)
    rng = np.random.default_rng(seed)
    users, items = rng.integers(0, n_users, n), rng.integers(0, n_items, n)
    users[0], items[-1] = n_users - 1, n_items - 1

    def computed(formula):
        return [
            np.asarray(formula(P[users], Q[items], b[users], c[items])).reshape(n, 1)
            for P, Q, b, c in readings
        ]

    right = computed(lambda p, q, b, c: np.einsum("nd,nd->n", p, q) + b + c)

    def among(output, candidates):
        return any(np.allclose(output, value, rtol=1e-3, atol=1e-4) for value in candidates)

    for shape, kind, training in product([(n,), (n, 1)], ["int64", "int32"], [False, True]):
        ids = [each.astype(kind).reshape(shape) for each in (users, items)]
        output = _call_on_ids(model, *ids, label, training=training)
        where = f"{label} for ids of the shape {shape}{' in training mode' * training}"
        checks.require(
            output.shape == (n, 1),
            f"The output of {where} has the shape {output.shape}. Expected {(n, 1)}."
            + " Sum up the products of the two rows." * (output.shape[-1:] == (dim,) and dim > 1),
        )
        if among(output, right):
            continue
        said = next(
            (words for words, slip in _RATING_SLIPS.items() if among(output, computed(slip))), ""
        )
        if not said:
            try:
                turned = np.asarray(model([ids[1], ids[0]]))
            except Exception:
                turned = np.nan
            if np.shape(turned) == (n, 1) and among(turned, right):
                said = "It takes the items first. The order is users, items."
        checks.require(
            False,
            f"The output of {where} has the wrong value.\n"
            f"  yours:    {output[:4].ravel().round(3)} ...\n"
            f"  expected: {right[0][:4].ravel().round(3)} ...\n{said}".rstrip(),
        )
    return model


def test_build_ratings_model():
    model = _check_ratings(7, 4)
    _check_ratings(5, 9, 3, seed=1)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    again = _check_ratings(7, 4, seed=_seed(rng))
    models.separate(model, again)
    _check_ratings(6, 6, 2, _seed(rng))
    _check_ratings(40, 11, 1, _seed(rng))
    _check_ratings(3, 5, 4, _seed(rng), n=1)  # a single pair
    model = checks.call(answers.build_ratings_model, dim=5, n_items=3, n_users=8).result
    _rating_readings(model, 8, 3, 5, "build_ratings_model(dim=5, n_items=3, n_users=8)", 0)
    ### END HIDDEN TESTS


def _check_wide_deep(n_features, seed=0):
    """Build a network, give it known weights, and compare its outputs with matrix products."""
    label = f"build_wide_deep({n_features})"
    model = checks.call(answers.build_wide_deep, n_features).result
    readings = _known_weights(model, n_features, n_features, label, seed=seed)
    checks.require(
        not models.facts(model)["compiled"], f"{label} is compiled. Leave that to the caller."
    )
    x = np.random.default_rng(seed).normal(size=(40, n_features)).astype("float32")
    for training in (False, True):
        mode = " in training mode" if training else ""
        output = checks.call(model, x, training=training).result
        _agree(output, readings, x, x, f"the output of {label}{mode}")
    return model


def test_build_wide_deep():
    model = _check_wide_deep(8)
    _check_wide_deep(3, seed=1)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    again = _check_wide_deep(8, _seed(rng))
    models.separate(model, again)
    for n_features in (1, 30, 47):
        _check_wide_deep(n_features, _seed(rng))
    ### END HIDDEN TESTS


def _check_instance(model, d, label, seed=0):
    """Call a new model on (n, d), give it known weights, and compare its outputs."""
    checks.require(
        checks.is_a(model, keras.Model),
        f"{label} is a {checks.kind(model)}; a keras.Model was expected.",
    )
    x = np.random.default_rng(seed).normal(size=(40, d)).astype("float32")
    checks.call(model, x).result
    n_weights = len(models.weights(model))
    checks.require(
        n_weights > 0,
        f"{label}, called on (40, {d}), has no weights. Make the layers in __init__ and keep each "
        "in an attribute (self....): Keras does not see those of the class body or of call.",
    )
    readings = _known_weights(model, d, d, f"{label}, called on (40, {d}),", seed=seed)
    for training in (False, True):
        mode = " in training mode" if training else ""
        output = checks.call(model, x, training=training).result
        _agree(output, readings, x, x, f"the output of {label} for (40, {d}){mode}")
    n_now = len(models.weights(model))
    checks.require(
        n_now == n_weights,
        f"{label} has {n_now} weights after three calls. Make the layers once.",
    )


@checks.beside
def _derives_from_model(thing):
    """Whether something is a class derived from keras.Model."""
    return isinstance(thing, type) and issubclass(thing, keras.Model)


### BEGIN HIDDEN TESTS
@checks.beside
def _fit(model, x, y, epochs=1):
    """Fit a model, which is compiled before the first time."""
    if not model.compiled:
        model.compile(keras.optimizers.SGD(0.005), loss="mean_squared_error")
    model.fit(x, y, epochs=epochs, shuffle=False, verbose=0)


def _outputs_after_fit(r, x, y, epochs):
    """What a network of Keras's own gives after such a fit, from the weights of this reading."""
    inputs = keras.Input(x.shape[1:])
    hidden = keras.layers.Dense(30, "relu")(keras.layers.Dense(30, "relu")(inputs))
    joined = keras.layers.Concatenate()([hidden, inputs])
    model = keras.Model(inputs, keras.layers.Dense(1)(joined))
    model.set_weights(
        [r["W1"], r["b1"], r["W2"], r["b2"], np.concatenate([r["u"], r["w"]]), r["b"]]
    )
    _fit.here(model, x, y, epochs)
    return models.outputs.here(model, x)


### END HIDDEN TESTS


def test_WideDeepModel():
    checks.require(
        _derives_from_model(answers.WideDeepModel),
        "WideDeepModel should be a class derived from keras.Model.",
    )
    model = checks.call(answers.WideDeepModel).result
    _check_instance(model, 8, "WideDeepModel()")
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    before = models.weights(model)
    _check_instance(answers.WideDeepModel(), 8, "a second WideDeepModel()", _seed(rng))
    checks.require(
        all(map(np.array_equal, before, models.weights(model))),
        "Setting the weights of one WideDeepModel() changes another one: they share their layers. "
        "Make these in __init__.",
    )
    for d in (5, 1, 41):
        _check_instance(answers.WideDeepModel(), d, "WideDeepModel()", _seed(rng))
    # A fit of a new one makes its weights; from weights that are known it is as Keras's own.
    model = answers.WideDeepModel()
    x = rng.normal(size=(96, 6)).astype("float32")
    y = x[:, :3].sum(axis=1, keepdims=True)
    _fit(model, x[:32], y[:32])
    checks.require(models.weights(model), "After fit WideDeepModel() has no weights.")
    readings = _known_weights(
        model, 6, 6, "WideDeepModel(), after a fit on (32, 6),", seed=_seed(rng)
    )
    before = models.weights(model)
    right = _agree(
        models.outputs(model, x), readings, x, x, "the output of WideDeepModel() after fit"
    )
    _fit(model, x, y, epochs=2)
    checks.require(
        not any(map(np.array_equal, before, models.weights(model))),
        "fit does not change all weights of WideDeepModel().",
    )
    checks.compare(
        models.outputs(model, x),
        _outputs_after_fit(right, x, y, epochs=2),
        "the output of WideDeepModel() after two epochs of fit, from known weights",
        rtol=0,
        atol=0.01,
    )
    ### END HIDDEN TESTS


def _call_on_two(model, wide, deep, label, **training):
    """model([wide, deep]), with a word on what usually fails."""
    try:
        return model([wide, deep], **training)
    except Exception as error:
        why = f"{label} does not take [x_wide, x_deep] of shapes {wide.shape} and {deep.shape}"
        try:
            model([deep, wide])
            why += ", but it takes [x_deep, x_wide]. The wide input comes first."
        except Exception:
            why += f" ({type(error).__name__}). keras.Model([wide, deep], outputs) takes a list of two."
        checks.require(False, why)


def _check_two_inputs(n_wide=None, n_deep=None, seed=0):
    """Build a network, give it known weights, and compare its outputs with matrix products."""
    sizes = () if n_wide is None else (n_wide, n_deep)
    n_wide, n_deep = sizes or (5, 6)
    label = f"build_wide_deep_two_inputs({', '.join(map(str, sizes))})"
    model = checks.call(answers.build_wide_deep_two_inputs, *sizes).result
    readings = _known_weights(model, n_wide, n_deep, label, seed=seed)
    checks.require(
        not models.facts(model)["compiled"], f"{label} is compiled. Leave that to the caller."
    )
    rng = np.random.default_rng(seed)
    wide = rng.normal(size=(40, n_wide)).astype("float32")
    deep = rng.normal(size=(40, n_deep)).astype("float32")
    for training in (False, True):
        mode = " in training mode" if training else ""
        output = _call_on_two(model, wide, deep, label, training=training)
        if n_wide == n_deep:
            swapped = np.asarray(output).shape == (40, 1) and any(
                np.allclose(output, _forward(r, deep, wide), rtol=1e-3, atol=1e-4) for r in readings
            )
            checks.require(
                not swapped,
                f"{label} takes its inputs in the order deep, wide. The wide input comes first.",
            )
        _agree(output, readings, wide, deep, f"the output of {label}{mode}")
    return model


def test_build_wide_deep_two_inputs():
    model = _check_two_inputs()
    _check_two_inputs(4, 4, seed=1)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    again = _check_two_inputs(seed=_seed(rng))
    models.separate(model, again)
    for sizes in ((9, 2), (30, 1), (1, 30)):
        _check_two_inputs(*sizes, _seed(rng))
    model = checks.call(answers.build_wide_deep_two_inputs, n_deep=3, n_wide=7).result
    _known_weights(model, 7, 3, "build_wide_deep_two_inputs(n_deep=3, n_wide=7)")
    ### END HIDDEN TESTS


def _call_for_two(model, wide, deep, label, **training):
    """Both outputs of model([wide, deep]) side by side, (n, 2)."""
    try:
        outputs = model([wide, deep], **training)
    except Exception as error:
        why = f"{label} does not take [x_wide, x_deep] of shapes {wide.shape} and {deep.shape}"
        try:
            model([deep, wide])
            why += ", but it takes [x_deep, x_wide]. The wide input comes first."
        except Exception:
            why += f" ({type(error).__name__}). keras.Model([wide, deep], [...]) takes lists."
        checks.require(False, why)
    what = "a dict" if isinstance(outputs, dict) else "one output"
    checks.require(
        isinstance(outputs, (list, tuple)) and len(outputs) == 2,
        f"{label} gives {what}. A list or tuple of two is expected: the joined output, the deep one.",
    )
    outputs = [np.asarray(output) for output in outputs]
    shapes = [output.shape for output in outputs]
    checks.require(
        shapes == [(len(wide), 1)] * 2,
        f"The outputs of {label} have the shapes {shapes[0]} and {shapes[1]}. Expected "
        f"{(len(wide), 1)} each.",
    )
    return np.concatenate(outputs, axis=1)


def _check_two_outputs(n_wide=None, n_deep=None, seed=0):
    """Build a network, give it known weights, and compare both outputs with matrix products."""
    sizes = () if n_wide is None else (n_wide, n_deep)
    n_wide, n_deep = sizes or (5, 6)
    label = f"build_wide_deep_two_outputs({', '.join(map(str, sizes))})"
    model = checks.call(answers.build_wide_deep_two_outputs, *sizes).result
    readings = _known_weights(model, n_wide, n_deep, label, two_outputs=True, seed=seed)
    checks.require(
        not models.facts(model)["compiled"], f"{label} is compiled. Leave that to the caller."
    )
    rng = np.random.default_rng(seed)
    wide = rng.normal(size=(40, n_wide)).astype("float32")
    deep = rng.normal(size=(40, n_deep)).astype("float32")
    for training in (False, True):
        mode = " in training mode" if training else ""
        both = _call_for_two(model, wide, deep, label, training=training)
        if n_wide == n_deep:
            swapped = any(
                np.allclose(both, _forward(r, deep, wide), rtol=1e-3, atol=1e-4) for r in readings
            )
            checks.require(
                not swapped,
                f"{label} takes its inputs in the order deep, wide. The wide input comes first.",
            )
        _agree(both, readings, wide, deep, f"the pair of outputs of {label}{mode}")
    return model


def test_build_wide_deep_two_outputs():
    model = _check_two_outputs()
    _check_two_outputs(4, 4, seed=1)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    again = _check_two_outputs(seed=_seed(rng))
    models.separate(model, again)
    for sizes in ((9, 2), (1, 30)):
        _check_two_outputs(*sizes, _seed(rng))
    model = checks.call(answers.build_wide_deep_two_outputs, n_deep=3, n_wide=7).result
    _known_weights(model, 7, 3, "build_wide_deep_two_outputs(n_deep=3, n_wide=7)", two_outputs=True)
    ### END HIDDEN TESTS
