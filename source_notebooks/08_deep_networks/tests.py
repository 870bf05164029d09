"""The tests of this lesson: `checks.run("build_deep")` runs `test_build_deep`, and so on."""

from itertools import pairwise

import keras
import numpy as np
import tensorflow as tf

from helpers import checks
from helpers.checks import answers, models


@checks.beside
def _seed(n):
    """Have Keras draw the same random numbers each time."""
    keras.utils.set_random_seed(n)


def _shapes(sizes, batch_norm):
    """The shapes of a deep network's weights by kind, each kind in layer order."""
    shapes = {"kernel": list(pairwise(sizes)), "bias": [(n,) for n in sizes[1:]]}
    if batch_norm:
        for kind in ("gamma", "beta", "moving_mean", "moving_variance"):
            shapes[kind] = [(n,) for n in sizes[1:-1]]
    return shapes


def _weights_of(model, sizes, batch_norm):
    """Check which weights a model has; return their places by kind, each kind in layer order."""
    models.built(model)
    found = models.facts(model)
    checks.require(
        not found["compiled"],
        "The model is compiled. Leave that to the caller: it shall be trained in several ways.",
    )
    n_norms = found["names"].count("moving_mean")
    n_wanted = len(sizes) - 2 if batch_norm else 0
    checks.require(
        n_norms == n_wanted,
        f"The model has {n_norms} BatchNormalization layers, {n_wanted} expected: with "
        "batch_norm=True one after each hidden layer, otherwise none.",
    )
    n_trainable = 2 * (len(sizes) - 1) + 2 * n_norms
    places = {}
    for kind, shapes in _shapes(sizes, batch_norm).items():
        places[kind] = [i for i, name in enumerate(found["names"]) if name == kind]
        actual = [found["shapes"][i] for i in places[kind]]
        checks.require(
            actual == shapes,
            f"The model has other weights than expected ({kind}).\n"
            f"  yours:    {_in_words(actual)}\n  expected: {_in_words(shapes)}",
        )
    checks.require(
        found["trainable"] == n_trainable,
        f"{found['trainable']} of the model's weights are trainable; {n_trainable} expected: all but the "
        "moving averages.",
    )
    return places


def _assign(model, places, values):
    """Give a model these weights, by kind; what else it may have stays as it is."""
    weights = models.weights(model)
    for kind, arrays in values.items():
        for place, array in zip(places[kind], arrays, strict=True):
            weights[place] = array
    models.assign(model, weights)


def _in_words(shapes):
    return (
        f"{len(shapes)} of shapes " + ", ".join(map(str, shapes[:6])) + " ..." * (len(shapes) > 6)
    )


def _forward(images, values, activation, after=True, training=False, last=True):
    """What the network computes, by matrix products; the slips are the other values of `after`."""
    act = {
        "relu": models.relu,
        "tanh": np.tanh,
        "sigmoid": models.sigmoid,
        "linear": lambda z: z,
        "selu": lambda z: keras.ops.convert_to_numpy(keras.ops.selu(z)),
    }[activation]
    h = images.reshape(len(images), -1)
    n_hidden = len(values["kernel"]) - 1
    for i in range(n_hidden):
        h = h @ values["kernel"][i] + values["bias"][i]
        h = act(h) if after else h
        if "gamma" in values:
            mu, var = values["moving_mean"][i], values["moving_variance"][i]
            if training:
                mu, var = h.mean(axis=0), h.var(axis=0)
            h = values["gamma"][i] * (h - mu) / np.sqrt(var + 1e-3) + values["beta"][i]
        h = h if after else act(h)
    logits = h @ values["kernel"][-1] + values["bias"][-1]
    return models.softmax(logits) if last else logits


def _check_momentum(model, places, w, images, activation):
    """After one batch in training the first layer's moving mean has gone a hundredth of the way."""
    act = {"relu": models.relu, "tanh": np.tanh}[activation]
    h = act(images.reshape(len(images), -1) @ w["kernel"][0] + w["bias"][0])
    moved = models.weights(model)[places["moving_mean"][0]]
    checks.compare(
        moved,
        0.99 * w["moving_mean"][0] + 0.01 * h.mean(axis=0),
        "the moving mean of the first BatchNormalization layer after one batch in training",
        rtol=1e-3,
        atol=1e-4,
        mistakes={
            "It has not moved. The layer should have its usual settings.": w["moving_mean"][0],
            "It has moved too far: leave the layer's momentum at its usual value.": (
                0.9 * w["moving_mean"][0] + 0.1 * h.mean(axis=0)
            ),
        },
    )


def _check_stack(rng, n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    """Give a deep network known weights, and compare its outputs with matrix products."""
    options = {"activation": activation, "batch_norm": batch_norm, "dropout": dropout}
    if (activation, batch_norm, dropout) == ("relu", False, 0.0):
        options = {}  # the defaults
    model = checks.call(answers.build_deep, n_layers, width, **options).result
    sizes = [784, *[width] * n_layers, 10]
    places, shapes = _weights_of(model, sizes, batch_norm), _shapes(sizes, batch_norm)
    w = {
        kind: [rng.uniform(low, high, shape).astype("float32") for shape in shapes[kind]]
        for kind, low, high in [
            ("bias", -0.5, 0.5),
            ("gamma", 0.7, 1.3),
            ("beta", -0.5, 0.5),
            ("moving_mean", -0.5, 0.5),
            ("moving_variance", 0.02, 1.5),  # some small, so that epsilon matters
        ]
        if kind in shapes
    }
    w["kernel"] = [
        rng.normal(0, (1.5 / shape[0]) ** 0.5, shape).astype("float32")
        for shape in shapes["kernel"]
    ]
    _assign(model, places, w)
    images = rng.normal(size=(24, 28, 28)).astype("float32")

    def outputs(training):
        try:
            return models.outputs(model, images, training)
        except Exception as error:
            checks.require(
                False, f"The model does not take images (n, 28, 28) ({type(error).__name__})."
            )

    checks.compare(
        outputs(False),
        _forward(images, w, activation),
        f"the output of build_deep({n_layers}, {width}, {options}) outside training",
        rtol=1e-3,
        atol=1e-5,
        mistakes={
            "Batch normalisation comes before the activation here. It belongs after it.": _forward(
                images, w, activation, after=False
            ),
            "These are logits. The softmax at the end is missing.": _forward(
                images, w, activation, last=False
            ),
            "The softmax is applied twice.": models.softmax(_forward(images, w, activation)),
            "The hidden layers use ReLU, not the activation asked for.": _forward(
                images, w, "relu"
            ),
            "The hidden layers have no activation.": _forward(images, w, "linear"),
        },
    )
    if not dropout:
        slip = "In training mode the batch's own mean and variance should be used."
        checks.compare(
            outputs(True),
            _forward(images, w, activation, training=True),
            f"the output of build_deep({n_layers}, {width}, {options}) in training mode",
            rtol=1e-2,
            atol=1e-4,
            mistakes={slip: _forward(images, w, activation)} if batch_norm else None,
        )
    if batch_norm and not dropout:
        _check_momentum(model, places, w, images, activation)
    return model


def _check_dropout(start, activation, rate, batch_norm=False):
    """Let nine constants run through the network, and look at what the output layer is given."""
    width, n = 9, 600
    label = f"build_deep(2, 9, {activation!r}, batch_norm={batch_norm}, dropout={rate})"
    model = checks.call(answers.build_deep, 2, width, activation, batch_norm, dropout=rate).result
    sizes = [784, width, width, 10]
    places, shapes = _weights_of(model, sizes, batch_norm), _shapes(sizes, batch_norm)
    w = {"bias": [np.zeros(shape) for shape in shapes["bias"]], "kernel": []}
    for shape, diagonal in zip(shapes["kernel"], (start, 1, 1), strict=True):
        kernel = np.zeros(shape)
        np.fill_diagonal(kernel, diagonal)
        w["kernel"].append(kernel)
    if batch_norm:
        w["beta"] = [start, start]
    _assign(model, places, w)
    scale = 1.05070099 if activation == "selu" else 1.0
    # In a batch of equal images batch normalisation leaves its beta.
    h = start if batch_norm else start * scale**2
    images = np.ones((n, 28, 28), dtype="float32")
    p = models.outputs(model, images, training=True).astype("float64")
    seen = np.log(p[:, :width] / p[:, width:])  # the tenth logit is 0
    # What dropout makes of a value: (kept, dropped).
    keep = 1 - rate
    plain = h / keep, 0 * h
    least = -1.05070099 * 1.67326324
    a = (keep * (1 + rate * least**2)) ** -0.5
    alpha = a * (h - least * rate), a * least * keep + 0 * h

    def is_one_of(kept_and_dropped):
        return np.all(
            np.isclose(seen, kept_and_dropped[0], atol=2e-3)
            | np.isclose(seen, kept_and_dropped[1], atol=2e-3)
        )

    kept, dropped, other = (*alpha, plain) if activation == "selu" else (*plain, alpha)
    checks.require(
        not np.allclose(seen, seen[0], atol=1e-3),
        f"{label}: in training mode equal images give equal outputs, so nothing is dropped before the "
        "output layer.",
    )
    checks.require(
        not is_one_of(other),
        f"{label} has the wrong kind of dropout: AlphaDropout goes with selu, Dropout with everything "
        "else.",
    )
    checks.require(
        is_one_of((kept, dropped)),
        f"{label}: the values that reach the output layer in training are not those of one dropout "
        f"layer of rate {rate} right before it. Is there another one, at another place or with another "
        "rate?",
    )
    zeros = np.isclose(seen, dropped, atol=2e-3)
    # 5,400 values: the share's standard deviation is 0.007.
    checks.require(
        abs(zeros.mean() - rate) < 0.05,
        f"{label}: {zeros.mean():.0%} of the values are dropped in training; expected {rate:.0%}.",
    )
    checks.require(
        zeros.any(axis=1).mean() > 0 and len(np.unique(zeros, axis=0)) > 10,
        f"{label}: whole rows are dropped together. Each value should be dropped by itself.",
    )


def test_build_deep():
    _seed(0)
    _check_stack(np.random.default_rng(0), 2, 30)
    model = _check_stack(np.random.default_rng(0), 3, 16, "tanh", batch_norm=True)
    start = np.linspace(0.5, 1.5, 9)
    _check_dropout(start, "relu", 0.5)
    _check_dropout(start, "selu", 0.25)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    again = _check_stack(rng, 3, 16, "tanh", batch_norm=True)
    models.separate(model, again)
    _check_stack(rng, 1, 12)
    _check_stack(rng, 1, 7, "relu", batch_norm=True)
    _check_stack(rng, 2, 8, "sigmoid", dropout=0.3)
    _check_stack(rng, 12, 20, "selu")
    _check_stack(rng, 2, 10, "selu", batch_norm=True, dropout=0.1)
    _check_stack(rng, 2, 10, "relu", batch_norm=True, dropout=0.0)
    _check_dropout(rng.uniform(0.5, 1.5, 9), "relu", 0.2, batch_norm=True)
    _check_dropout(rng.uniform(0.5, 1.5, 9), "selu", 0.4, batch_norm=True)
    ### END HIDDEN TESTS


def _check_batch_norm(x, gamma, beta, **epsilon):
    """Compare all three results with the formulas, and name the usual slips."""
    x, gamma, beta = (np.asarray(a, dtype="float32") for a in (x, gamma, beta))
    call = checks.call(answers.batch_norm, x, gamma, beta, **epsilon)
    eps = epsilon.get("epsilon", 1e-3)
    checks.require(
        isinstance(call.result, (tuple, list)) and len(call.result) == 3,
        f"{call.label} should give three arrays: y, mean, variance.",
    )
    y, mean, variance = call.result
    m, v = x.astype("float64").mean(axis=0), x.astype("float64").var(axis=0)
    sample = x.astype("float64").var(axis=0, ddof=1) if len(x) > 1 else v

    def normalised(v, eps=eps):
        return keras.ops.convert_to_numpy(keras.ops.batch_normalization(x, m, v, -1, epsilon=eps))

    row = ((x - x.mean(1, keepdims=True)) / np.sqrt(x.var(1, keepdims=True) + eps)) * gamma + beta
    everything = (x - x.mean()) / np.sqrt(x.var() + eps) * gamma + beta
    shape = {
        "That is one number for each example. Each feature has its own: axis 0.": x.mean(axis=1),
        "That is one number for the whole batch. Each feature has its own: axis 0.": x.mean(),
        "The numbers are right, but the shape is (1, d): no keepdims.": m[None],
    }
    spread = {
        "That is one number for each example. Each feature has its own: axis 0.": x.var(axis=1),
        "That is one number for the whole batch. Each feature has its own: axis 0.": x.var(),
        "The numbers are right, but the shape is (1, d): no keepdims.": v[None],
        "You divide by n - 1 (ddof=1). Divide by n.": sample,
        "That is the standard deviation. The variance is its square.": np.sqrt(v),
        "Return the variance itself, without epsilon.": v + eps,
    }
    checks.compare(mean, m, f"the mean of {call.label}", rtol=1e-3, atol=1e-5, mistakes=shape)
    checks.compare(
        variance, v, f"the variance of {call.label}", rtol=1e-4, atol=1e-6, mistakes=spread
    )
    checks.compare(
        y,
        gamma * normalised(v) + beta,
        f"the y of {call.label}",
        rtol=1e-3,
        atol=1e-4,
        mistakes={
            "gamma and beta are missing.": normalised(v),
            "beta is missing.": gamma * normalised(v),
            "gamma is missing.": normalised(v) + beta,
            "gamma and beta have changed places.": beta * normalised(v) + gamma,
            "gamma is a factor of the normalised x only: beta is added last.": gamma
            * (normalised(v) + beta),
            "You divide by the variance. Divide by the root of variance + epsilon.": (
                gamma * normalised((v + eps) ** 2, 0) + beta
            ),
            "epsilon belongs inside the root.": gamma * normalised((v**0.5 + eps) ** 2, 0) + beta,
            "epsilon is missing, or not the one given.": gamma * normalised(v, 0) + beta,
            "The argument epsilon is not used.": gamma * normalised(v, 1e-3) + beta,
            "You divide by n - 1 (ddof=1). Divide by n.": gamma * normalised(sample) + beta,
            "That normalises each example. Each feature is normalised: axis 0.": row,
            "That normalises the whole batch at once. Each feature by itself: axis 0.": everything,
        },
    )


def test_batch_norm():
    _check_batch_norm([[1, 10], [3, 10]], [2, 2], [0, 5])
    _check_batch_norm([[0, 1, 5], [2, 1.5, 3], [7, 1.2, 4], [3, 1, 4]], [1, 2, 3], [0, 1, -1])
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    gamma, beta = rng.uniform(0.5, 2, 6), rng.normal(size=6)
    _check_batch_norm(rng.normal(3, 0.05, (32, 6)), gamma, beta)
    _check_batch_norm(rng.normal(-2, 0.5, (8, 6)), gamma, beta, epsilon=0.3)
    _check_batch_norm(rng.normal(1, 4, (6, 6)), gamma, beta, epsilon=1e-5)
    _check_batch_norm([[4, -4, 0.5]], [1, 2, 3], [7, 8, 9])  # a batch of one
    ### END HIDDEN TESTS


@checks.beside
def _generator(seed):
    """A random generator for an answer."""
    return np.random.default_rng(seed)


def _check_dropped(x, rate, seed):
    """Check one call: which values there are, how many are 0, and that x has no other fate."""
    call = checks.call(answers.dropout, x, rate, _generator(seed))
    checks.require(
        call.result is not None, f"{call.label} gave None. Does the function end with `return`?"
    )
    y = np.asarray(call.result)
    checks.require(
        y.shape == x.shape, f"{call.label} has the wrong shape: {y.shape}. Expected {x.shape}."
    )
    zeros = np.isclose(y, 0)
    ratios = y[~zeros] / x[~zeros]
    for explanation, factor in {
        "The survivors are not scaled. Divide them by 1 - rate.": 1.0,
        "The survivors are multiplied by 1 - rate. Divide by it.": 1 - rate,
        "The survivors are divided by rate. Divide by 1 - rate.": 1 / rate,
    }.items():
        if not np.isclose(factor, 1 / (1 - rate)):
            checks.require(
                not (ratios.size and np.allclose(ratios, factor)),
                f"{call.label} has wrong values. {explanation}",
            )
    checks.require(
        np.allclose(ratios, 1 / (1 - rate), rtol=1e-4),
        f"{call.label} has wrong values: each should be 0 or x / (1 - rate).",
    )
    for axis in range(x.ndim):
        checks.require(
            not (zeros == zeros.take([0], axis)).all(),
            f"{call.label}: Whole rows or columns share one fate (along axis {axis}). Every element is "
            "dropped by itself: the mask has the shape of x.",
        )
    # The share's standard deviation is at most 0.5 / sqrt(x.size); six of them are allowed.
    margin = 3 / x.size**0.5
    share = zeros.mean()
    swapped = " You keep a share of rate." if abs(share - (1 - rate)) < margin else ""
    checks.require(
        abs(share - rate) < margin,
        f"{call.label}: {share:.0%} of the values are 0; expected about {rate:.0%}.{swapped}",
    )
    return zeros


def _signed(rng, shape):
    """Numbers of both signs, none of them near 0."""
    return rng.uniform(1, 2, shape) * rng.choice([-1, 1], shape)


def test_dropout():
    _check_dropped(_signed(np.random.default_rng(100), (100, 100)), 0.25, seed=0)
    x = np.linspace(-1, 1, 7)
    checks.call(answers.dropout, x, 0, _generator(0)).equals(x)
    for rate in (1, -0.1):
        checks.call(answers.dropout, x, rate, _generator(0)).raises(
            ValueError, f"{rate} is no rate"
        )
    ### BEGIN HIDDEN TESTS
    fresh = checks.fresh_rng()
    seeds = [int(seed) for seed in fresh.integers(2**31, size=6)]
    _check_dropped(_signed(fresh, (30, 40, 5)), 0.7, seeds[0])
    _check_dropped(_signed(fresh, 20_000), 0.1, seeds[1])
    rows = _check_dropped(fresh.uniform(1, 2, (2, 5000)), 0.5, seeds[2])
    columns = _check_dropped(fresh.uniform(1, 2, (5000, 2)), 0.5, seeds[3])
    for first, second in (rows, columns.T):
        checks.require(
            0.4 < np.mean(first == second) < 0.6,
            "Whole rows or columns share one fate. Every element is dropped by itself.",
        )
    x = np.ones(400)
    first, again = (np.asarray(answers.dropout(x, 0.5, _generator(seeds[4]))) for _ in range(2))
    checks.require(
        np.array_equal(first, again),
        "Two generators with the same seed should drop the same values. Use the rng that is given.",
    )
    rng = _generator(seeds[5])
    many = [np.asarray(answers.dropout(x, 0.5, rng)) == 0 for _ in range(30)]
    checks.require(
        not np.array_equal(many[0], many[1]),
        "Two calls with one generator drop the same values. Draw from rng itself; do not seed it anew.",
    )
    checks.require(
        len({int(zeros.sum()) for zeros in many}) > 1,
        "Exactly the same number is dropped each time. Every element has its own chance.",
    )
    for rate in (1.0, 1.5, -1):
        checks.call(answers.dropout, x, rate, rng).raises(ValueError, f"{rate} is no rate")
    checks.call(answers.dropout, np.array([[0.5, 2.0]]), 0.0, rng).equals([[0.5, 2.0]])
    ### END HIDDEN TESTS


def _check_selu(x):
    """Compare with the formula (in 64 bits; constants of five digits are near enough)."""
    z = np.asarray(x, dtype="float64")
    scale, alpha = 1.0507009873554805, 1.6732632423543772
    bend = keras.ops.convert_to_numpy(keras.ops.elu(z))
    checks.call(answers.selu, x).no_overflow(
        "np.where computes both branches: give exp only what is not positive (hint 2)."
    ).equals(
        keras.ops.convert_to_numpy(keras.ops.selu(z)),
        rtol=2e-4,
        atol=1e-5,
        mistakes={
            "That is ELU with alpha = 1. Both constants are missing.": bend,
            "The factor 1.0507 is missing.": np.where(z > 0, z, alpha * bend),
            "The factor 1.0507 belongs to the negative side, too.": np.where(
                z > 0, scale * z, alpha * bend
            ),
            "The factor 1.0507 belongs to the positive side, too.": np.where(
                z > 0, z, scale * alpha * bend
            ),
            "alpha, 1.6733, is missing.": np.where(z > 0, scale * z, scale * bend),
            "The constants have changed places.": alpha * np.where(z > 0, z, scale * bend),
            "The - 1 is missing.": np.where(z > 0, scale * z, scale * alpha * (bend + 1)),
            "That is ReLU.": np.maximum(z, 0),
            "The branches have changed places.": np.where(
                z > 0, scale * alpha * np.expm1(np.minimum(z, 300)), scale * z
            ),
        },
    )


def test_selu():
    _check_selu(np.array([-3.0, -1.0, -0.5, 0.0, 0.5, 2.0]))
    _check_selu(np.array([-1000.0, -1.0, 0.0, 2.0, 1000.0]))
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    _check_selu(float(rng.uniform(0.5, 3)))
    _check_selu(float(rng.uniform(-3, -0.5)))
    _check_selu(rng.uniform(-8, 8, (3, 4, 5)))
    _check_selu(rng.uniform(-2, 2, (3, 3)).astype("float32"))
    _check_selu(np.array([800.0]))
    ### END HIDDEN TESTS


@checks.beside
def _small_network(penalty=None, batch_norm=False, rate=0.0, frozen=None, mixed=False):
    """A tanh network 6 -> 5 -> 4 -> 3, with a layer that is not to be trained if one is named.

    Mixed: its first layer is a convolution over the whole of a 2 x 3 picture, which computes the same, and
    a layer behind it has weights whose names only contain the word.
    """

    class Other(keras.layers.Layer):
        """Adds nothing, with two matrices."""

        def build(self, input_shape):
            self.first = self.add_weight(shape=(input_shape[-1], 2), name="my_kernel")
            self.second = self.add_weight(shape=(input_shape[-1], 2), name="kernel_2")

        def call(self, x):
            return x + 0 * keras.ops.sum(self.first * self.second)

    layers = [keras.Input((6,))]
    for units in (5, 4):
        regularizer = None if penalty is None else keras.regularizers.L2(penalty)
        if mixed and units == 5:
            layers += [keras.layers.Reshape((2, 3, 1))]
            layers += [keras.layers.Conv2D(units, (2, 3), activation="tanh")]
            layers += [keras.layers.Flatten(), Other()]
            continue
        layers += [keras.layers.Dense(units, activation="tanh", kernel_regularizer=regularizer)]
        layers += [keras.layers.BatchNormalization()] * batch_norm
        layers += [keras.layers.Dropout(rate)] * (rate > 0)
    model = keras.Sequential([*layers, keras.layers.Dense(3, activation="softmax")])
    if frozen is not None:
        model.layers[frozen].trainable = False
    return model


@checks.beside
def _cross_entropy():
    """The loss of class numbers and probabilities."""
    return keras.losses.SparseCategoricalCrossentropy()


def _networks(rng, **options):
    """A network with random weights, its twin on this side, and some data for it."""
    model, twin = _small_network(**options), _small_network.here(**options)
    ranges = {
        "gamma": (0.5, 1.0),
        "beta": (-0.5, 0.5),
        "moving_mean": (-0.5, 0.5),
        "moving_variance": (0.5, 1.5),
    }  # narrow, so that no probability is so small that Keras's loss would raise it
    for weight in twin.weights:
        weight.assign(rng.uniform(*ranges.get(weight.name, (-1.0, 1.5)), weight.shape))
    models.assign(model, models.weights.here(twin))
    x = rng.normal(size=(12, 6)).astype("float32")
    return model, twin, x, rng.integers(0, 3, 12)


def _gradients_by_hand(twin, x, slope):
    """The gradients of all kernels by back-propagation in NumPy, for a network as above.

    The slope of the loss by the logits is computed from the probabilities.
    """
    kind = {
        name: [
            v.numpy().astype("float64").reshape(-1, v.shape[-1]) if name == "kernel" else v.numpy()
            for v in twin.weights
            if v.name == name
        ]
        for name in ("kernel", "bias", "gamma", "beta", "moving_mean", "moving_variance")
    }
    inputs, slopes, h = [], [], np.asarray(x, dtype="float64")
    for i, kernel in enumerate(kind["kernel"]):
        inputs.append(h)
        h = h @ kernel + kind["bias"][i]
        if i < 2:
            h = np.tanh(h)
            factor, shift = 1.0, 0.0
            if kind["gamma"]:
                factor = kind["gamma"][i] / np.sqrt(kind["moving_variance"][i] + 1e-3)
                shift = kind["beta"][i] - factor * kind["moving_mean"][i]
            slopes.append(factor * (1 - h**2))
            h = factor * h + shift
    delta = slope(models.softmax(h))
    gradients = [inputs[-1].T @ delta]
    for i in (1, 0):
        delta = (delta @ kind["kernel"][i + 1].T) * slopes[i]
        gradients.insert(0, inputs[i].T @ delta)
    return gradients


def _check_norms(rng, trained=(0, 1, 2), hint="", **options):
    """Compare with back-propagation by hand; the model must come back as it was."""
    model, twin, x, y = _networks(rng, **options)
    gradients = _gradients_by_hand(twin, x, lambda p: (p - np.eye(3)[y]) / len(x))
    gradients = [gradients[i] for i in trained]
    norms = [np.sqrt(np.sum(g**2)) for g in gradients]
    before, facts = models.weights.here(twin), models.facts(model)
    call = checks.call(answers.layer_gradient_norms, model, _cross_entropy(), x, y)
    if options.get("mixed"):
        checks.require(
            np.shape(call.result) == (3,),
            f"{call.label} should give 3 numbers for this model. Its layers: Conv2D, Flatten, one with the "
            "weights my_kernel and kernel_2, Dense, Dense. The weights of exactly the name kernel count, of "
            "whatever kind the layer is.",
        )
    call.equals(
        norms,
        rtol=1e-3,
        atol=1e-6,
        mistakes={
            "These are the squares of the norms. Take the root.": np.square(norms),
            "These are mean absolute values. The L2 norm is the root of the sum of squares.": [
                np.abs(g).mean() for g in gradients
            ],
            "These are sums of absolute values: the L1 norm.": [np.abs(g).sum() for g in gradients],
            "These are root mean squares. The norm takes the sum, not the mean.": [
                np.sqrt(np.mean(g**2)) for g in gradients
            ],
            "These are the largest elements, not the norms.": [np.abs(g).max() for g in gradients],
            "The order is reversed: the layer next to the input comes first.": norms[::-1],
            "These are the norms of the kernels. The norms of their gradients are asked for.": [
                np.linalg.norm(v) for v in before if v.ndim == 2
            ],
            "The gradient is that of the mean over the batch, as loss_fn gives it.": len(x)
            * np.array(norms),
            hint: call.result if np.shape(call.result) == np.shape(norms) else np.nan,
        },
    )
    checks.require(
        all(np.array_equal(a, b) for a, b in zip(before, models.weights(model), strict=True)),
        f"{call.label} has changed the model's weights. It should only look.",
    )
    checks.require(
        models.facts(model) == facts,
        f"{call.label} has changed the model: what is trainable in it, or how it is compiled. It should "
        "only look.",
    )


### BEGIN HIDDEN TESTS
@checks.beside
def whole(y_true, y_pred):
    """The mean squared error."""
    return tf.reduce_mean(tf.square(y_pred - y_true))


@checks.beside
def half(y_true, y_pred):
    """Half of it."""
    return whole(y_true, y_pred) / 2


### END HIDDEN TESTS


def test_layer_gradient_norms():
    _check_norms(np.random.default_rng(0))
    _check_norms(
        np.random.default_rng(1),
        rate=0.5,
        hint="Is something dropped? Call the model outside training: training=False.",
    )
    _check_norms(np.random.default_rng(2), mixed=True)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    _check_norms(
        rng,
        penalty=0.5,
        hint="Are the penalties of the regularizers in it? Take loss_fn(y, model(x)) alone.",
    )
    _check_norms(
        rng,
        batch_norm=True,
        hint="Outside training batch normalisation uses its moving averages: training=False.",
    )
    _check_norms(rng, frozen=1, trained=(0, 2))
    _check_norms(rng, mixed=True)
    # Another loss.
    model, twin, x, y = _networks(rng)
    target = np.eye(3, dtype="float32")[y]
    halves, wholes = (
        np.asarray(checks.call(answers.layer_gradient_norms, model, loss, x, target).result)
        for loss in (half, whole)
    )
    checks.require(
        halves.shape == (3,) and np.allclose(2 * halves, wholes, rtol=1e-3),
        "With half the loss the gradients should be half as long. Is loss_fn used?",
    )

    def slope(p):
        """Of the mean squared error by the logits."""
        by_p = 2 * (p - target) / target.size
        return p * (by_p - np.sum(p * by_p, axis=1, keepdims=True))

    expected = [np.sqrt(np.sum(g**2)) for g in _gradients_by_hand(twin, x, slope)]
    checks.require(
        np.allclose(wholes, expected, rtol=1e-3, atol=1e-6),
        "With another loss the gradients should be others. Is loss_fn used?",
    )
    ### END HIDDEN TESTS


_WORDS = ("overfitting", "underfitting", "rate too high", "good", "leak", "unstable")


def test_read_curves():
    read = checks.call(answers.read_curves).result
    checks.require(
        isinstance(read, dict) and set(read) == set("ABCDEFGH"),
        f"read_curves should give a dict with the keys A to H. It gave {str(read)[:100]}.",
    )
    for letter, word in read.items():
        checks.require(
            isinstance(word, str) and word in _WORDS,
            f"{letter} is {word!r}. It should be one of: {', '.join(_WORDS)}.",
        )
    ### BEGIN HIDDEN TESTS
    order = (3, 0, 4, 1, 5, 2, 1, 0)
    n_right = sum(read[letter] == _WORDS[i] for letter, i in zip("ABCDEFGH", order, strict=True))
    checks.require(
        n_right >= 6, f"{n_right} of 8 pairs of curves are read rightly. Points begin at 6."
    )
    return checks.Points(2 if n_right == 8 else 1, of=2)
    ### END HIDDEN TESTS


_ROWS, _COLUMNS = np.mgrid[0:28, 0:28] - 13.5  # distances from the centre of a picture


def _augment(pictures, label, augmenter, training=True):
    """What an augmenter makes of pictures (n, 28, 28), as (n, 28, 28) again."""
    images = pictures[..., None].astype("float32")
    output = models.outputs(augmenter, images, training)
    checks.require(
        output.shape == images.shape,
        f"{label} turns images of shape {images.shape} into {output.shape}. The shape should stay.",
    )
    return output.reshape(pictures.shape).astype("float64")


def _made(*args, **kwargs):
    """Call the answer; return what it made and what to call it."""
    call = checks.call(answers.build_augmenter, *args, **kwargs)
    checks.require(
        checks.is_a(call.result, keras.Sequential),
        f"{call.label} gave a {checks.kind(call.result)}; a keras.Sequential was expected.",
    )
    return call.label, call.result


def _check_flips(picture, n=200):
    """Without shift and rotation there are two possible results, both for about half of the images."""
    label, augmenter = _made(0.0, 0.0)
    out = _augment(np.repeat(picture[None], n, axis=0), label, augmenter)

    def share(expected):
        return np.mean([np.allclose(o, expected, atol=0.02) for o in out])

    unchanged, mirrored = share(picture), share(picture[:, ::-1])
    checks.require(
        share(picture[::-1]) + share(picture[::-1, ::-1]) == 0,
        f"{label} turns images upside down. Flip horizontally only: left to right.",
    )
    checks.require(
        np.isclose(unchanged + mirrored, 1),
        f"{label}: without shift and rotation, each image should come back unchanged or mirrored left "
        f"to right. {1 - unchanged - mirrored:.0%} of them are something else.",
    )
    # Of 200 fair flips less than 60 or more than 140 are mirrored once in a hundred million times.
    checks.require(
        0.3 < mirrored < 0.7,
        f"{label}: {mirrored:.0%} of the images are mirrored. It should be about half of each batch, "
        "chosen at random for each image by itself.",
    )


def _check_shift(part, *args, n=300):
    """Shift a round blob, and look where its centre is."""
    label, augmenter = _made(*args, rotation=0.0)
    blob = np.exp(-(_ROWS**2 + _COLUMNS**2) / (2 * 1.5**2))
    out = _augment(np.repeat(blob[None], n, axis=0), label, augmenter)
    limit = 28 * part
    shifts = {}
    for axis, distances in (("height", _ROWS), ("width", _COLUMNS)):
        d = shifts[axis] = (out * distances).sum(axis=(1, 2)) / out.sum(axis=(1, 2))
        checks.require(
            np.abs(d).max() > 0.1, f"{label} does not shift along the {axis}. Shift both ways."
        )
        checks.require(
            np.abs(d).max() < limit + 0.6,  # a whole pixel, with interpolation="nearest"
            f"{label} shifts by up to {np.abs(d).max():.1f} of 28 pixels along the {axis}; at most "
            f"{limit:.1f} expected: shift is the share of the size.",
        )
        # With 300 images the largest of either sign is below 0.8 of the limit once in 10^13 times.
        checks.require(
            d.max() > 0.8 * limit - 0.6 and d.min() < -0.8 * limit + 0.6,
            f"{label} shifts by {d.min():.1f} to {d.max():.1f} pixels along the {axis}; expected is "
            f"anything from {-limit:.1f} to {limit:.1f}, for each image by itself.",
        )
    # For shifts that have nothing to do with each other it strays by 0.06.
    together = np.corrcoef(shifts["height"], np.abs(shifts["width"]))[0, 1]
    diagonal = np.corrcoef(np.abs(shifts["height"]), np.abs(shifts["width"]))[0, 1]
    checks.require(
        max(abs(together), abs(diagonal)) < 0.5,
        f"{label}: the shifts along the two axes go together. Each has its own chance.",
    )


def _check_rotation(turn, *args, n=300, **kwargs):
    """Turn an upright bar, and look at the angle at which it ends."""
    label, augmenter = _made(*args, **kwargs)
    bar = np.exp(-(_ROWS**2) / (2 * 4.0**2) - _COLUMNS**2 / (2 * 1.2**2))
    out = _augment(np.repeat(bar[None], n, axis=0), label, augmenter)
    total = out.sum(axis=(1, 2))
    row = ((out * _ROWS).sum(axis=(1, 2)) / total)[:, None, None]
    column = ((out * _COLUMNS).sum(axis=(1, 2)) / total)[:, None, None]

    def moment(values):
        return (out * values).sum(axis=(1, 2))

    rr, cc = moment((_ROWS - row) ** 2), moment((_COLUMNS - column) ** 2)
    rc = moment((_ROWS - row) * (_COLUMNS - column))
    angles = np.degrees(0.5 * np.arctan2(2 * rc, rr - cc))  # 0 for an upright bar
    limit = 360 * turn
    checks.require(
        np.abs(angles).max() > 0.5, f"{label} does not turn the images, but rotation is not 0."
    )
    checks.require(
        np.abs(angles).max() < limit + 2.5,
        f"{label} turns by up to {np.abs(angles).max():.0f}°; at most {limit:.0f}° expected: rotation is "
        "the share of a full turn.",
    )
    # The same odds as for the shift.
    checks.require(
        angles.max() > 0.8 * limit - 2 and angles.min() < -0.8 * limit + 2,
        f"{label} turns by {angles.min():.0f}° to {angles.max():.0f}°; expected is anything from "
        f"{-limit:.0f}° to {limit:.0f}°, for each image by itself.",
    )


def _check_outside_training(pictures):
    """Without training pictures stay as they are."""
    label, augmenter = _made()
    checks.compare(
        _augment(pictures, label, augmenter, training=False),
        pictures,
        f"the output of {label} with training=False",
        mistakes={"Outside training the images should stay as they are.": pictures[..., ::-1]},
    )


def test_build_augmenter():
    _seed(0)
    _check_outside_training(np.random.default_rng(1).random((5, 28, 28)))
    _check_flips(np.random.default_rng(0).random((28, 28)))
    _check_shift(0.2, 0.2)
    _check_rotation(0.08, 0.0, 0.08)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    _check_outside_training(rng.random((3, 28, 28)))
    _check_flips(rng.random((28, 28)))
    _check_shift(0.1)
    part = round(rng.uniform(0.12, 0.22), 3)
    _check_shift(part, part)
    _check_rotation(0.05, 0.0)
    turn = round(rng.uniform(0.03, 0.07), 3)
    _check_rotation(turn, shift=0.0, rotation=turn)
    label, augmenter = _made()
    out = _augment(np.repeat(rng.random((1, 28, 28)), 20, axis=0), label, augmenter)
    checks.require(
        len({o.tobytes() for o in out}) > 10,
        f"{label}: equal images in a batch come back equal. Each should get changes of its own.",
    )
    ### END HIDDEN TESTS
