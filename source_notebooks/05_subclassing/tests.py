"""The tests of this lesson: `checks.run("MyDense")` runs `test_MyDense`, and so on."""

import json

import keras
import numpy as np
import tensorflow as tf

from helpers import checks
from helpers.checks import answers, models


@checks.beside
def _input(shape):
    """A symbolic input."""
    return keras.Input(shape)


@checks.beside
def _functional(inputs, outputs):
    """A functional model."""
    return keras.Model(inputs, outputs)


@checks.beside
def _parts(layer):
    """The layer itself, and all layers inside."""
    return list(layer._flatten_layers())


def _shapes(layer):
    """The shapes of a layer's weights, in the order in which they were made."""
    return [weight.shape for weight in models.weights(layer)]


def _give(layer, *values):
    """Give a layer these weights. In which order they were made does not matter: no two shapes are equal."""
    by_shape = {value.shape: value for value in values}
    models.assign(layer, [by_shape[shape] for shape in _shapes(layer)])


def _unchanged(layer, values):
    """Whether a layer has these weights, and no others."""
    weights = models.weights(layer)
    return len(weights) == len(values) and all(map(np.array_equal, weights, values))


def _check_writable(config, advice=""):
    """Check that json.dumps can write a configuration."""

    def refuse(value):
        raise TypeError(f"Object of type {checks.kind(value)} is not JSON serializable")

    try:
        json.dumps(config, default=refuse)
    except TypeError as error:
        checks.require(False, f"json.dumps cannot write get_config(): {error}.{advice}")


def _run(layer, inputs):
    """Call the layer; what NumPy cannot do with symbolic tensors is explained."""
    call = checks.call(layer, inputs)
    try:
        return call.result
    except NotImplementedError as error:  # of NumPy; the one of an unwritten answer is passed on
        checks.require(
            "numpy" not in str(error).lower(),
            f"{call.label}: in a model, call gets symbolic tensors, and NumPy functions cannot work on "
            "them. Use keras.ops in call.",
        )
        raise


def _makes_its_own_weights(layer):
    """Whether this is a layer that neither is nor holds one of Keras's dense layers."""
    dense = (keras.layers.Dense, keras.layers.EinsumDense)
    return checks.is_a(layer, keras.layers.Layer) and not any(
        checks.is_a(part, *dense) for part in _parts(layer)
    )


def _new_dense(shape, units, activation, how="call", **name):
    """Make a layer, build it first of all on inputs of this shape, and check its weights."""
    d = shape[-1]
    given = (
        name if activation is None else {"activation": activation, **name}
    )  # None is the default
    layer = checks.call(answers.MyDense, units, **given).result
    own = (
        "MyDense must be a keras.layers.Layer that makes its own weights: neither derived from "
        "keras.layers.Dense nor with one inside."
    )
    checks.require(_makes_its_own_weights(layer), own)
    checks.require(
        not _shapes(layer),
        f"MyDense({units}) has weights before it is built. The number of inputs is not known in "
        "__init__: make them in build.",
    )
    if how == "build":
        layer.build((None, *shape[1:]))
    else:
        _first_call(layer, units, shape)
    checks.require(_makes_its_own_weights(layer), own)
    shapes = _shapes(layer)
    said = f"MyDense({units}), called on {shape}, has weights of shapes {shapes}"
    checks.require(
        shapes,
        f"{said}. Are they made by add_weight, or in `call` only? What Keras does not track it can "
        "neither train nor save.",
    )
    checks.require(
        sorted(shapes) == sorted([(d, units), (units,)]),
        f"{said}. Expected a kernel {(d, units)} and a bias {(units,)}.",
    )
    n_trainable = len(checks.value(layer.trainable_weights))
    checks.require(n_trainable == 2, f"{said}, of which {n_trainable} are trainable. Both must be.")
    for values in models.weights(layer):
        if values.ndim == 1:
            checks.compare(values, np.zeros(units), "the initial bias")
        elif values.size > 1:
            checks.require(
                np.ptp(values) > 0,
                "All elements of the initial kernel are equal: all units would learn the same. Let "
                "add_weight draw random numbers.",
            )
    return layer


def _first_call(layer, units, shape):
    """Call a layer for the first time; a rank that it cannot be built for is explained."""
    try:
        _run(layer, np.ones(shape, dtype="float32"))
    except (checks.CheckFailed, NotImplementedError):
        raise
    except Exception as error:
        if len(shape) == 2:
            raise
        first = str(error).strip().partition("\n")[0]
        checks.require(
            False,
            f"MyDense({units}), called for the first time and on inputs of shape {shape}, stopped with "
            f"{type(error).__name__}: {first}\nHow many inputs there are says the last element of "
            "input_shape, whatever the rank.",
        )


def _check_dense(rng, shape, units, activation, function):
    """Compare a layer with known weights with NumPy, on real and on symbolic tensors."""
    d = shape[-1]
    layer = _new_dense(shape, units, activation)
    W, b = rng.normal(size=(d, units)).astype("float32"), rng.normal(size=units).astype("float32")
    _give(layer, W, b)
    x = rng.normal(size=shape).astype("float32")
    z = x @ W + b
    mistakes = {
        "The bias is missing.": function(x @ W),
        "The bias is added after the activation. It comes before.": function(x @ W) + b,
        "The activation is missing.": z,
        "That is ReLU. Use the activation that is given by name.": np.maximum(z, 0),
        "The activation is applied twice.": function(function(z)),
    }
    label = f"MyDense({units}, activation={activation!r}) for an input of shape {shape}"
    checks.compare(_run(layer, x), function(z), label, rtol=1e-3, atol=1e-4, mistakes=mistakes)
    # The same layer on inputs of another rank and another number of examples.
    other = (3, 2, d) if len(shape) == 2 else (shape[0] + 2, d)
    x2 = rng.normal(size=other).astype("float32")
    later = f"MyDense({units}, activation={activation!r}), called on {shape} and later on {other},"
    checks.compare(_run(layer, x2), function(x2 @ W + b), later, rtol=1e-3, atol=1e-4)
    inputs = _input(shape[1:])
    outputs = _run(layer, inputs)
    symbolic = tuple(checks.value(outputs.shape))
    expected = (None, *shape[1:-1], units)
    checks.require(
        symbolic == expected,
        f"{label[: label.index(' for ')]} gives shape {symbolic} for a keras.Input of "
        f"shape {shape[1:]}. Expected {expected}.",
    )
    checks.compare(
        _functional(inputs, outputs)(x),
        function(z),
        f"{label}, in a functional model",
        rtol=1e-3,
        atol=1e-4,
        mistakes=mistakes,
    )


def _check_dense_config(rng, units, activation, function, **name):
    """Check that a layer made from the configuration is the same kind of layer."""
    layer = _new_dense((2, 4), units, activation, **name)
    config = checks.call(layer.get_config).result
    checks.require(isinstance(config, dict), f"get_config() should give a dict, not {config!r}.")
    _check_writable(config, " Keep plain values in it; of the activation, its name.")
    try:
        twin = answers.MyDense.from_config(config)
    except Exception as error:
        checks.require(
            False,
            f"MyDense.from_config(layer.get_config()) stopped with {type(error).__name__}: {error}\n"
            "Does get_config give all arguments of __init__, and does __init__ take all of its "
            "keys (**kwargs)?",
        )
    checks.require(twin is not layer, "from_config gave the old layer; it should make a new one.")
    name, kept = checks.value(layer.name), checks.value(twin.name)
    checks.require(
        kept == name,
        f"The layer's name is {name!r}, but that of from_config(get_config()) is "
        f"{kept!r}. Begin with super().get_config() and hand **kwargs on to super().__init__.",
    )
    checks.require(
        not _shapes(twin), "from_config should make a layer that is not built: without weights."
    )
    x = rng.normal(size=(3, 6)).astype("float32")
    _run(twin, x)
    expected = sorted([(6, units), (units,)])
    shapes = sorted(_shapes(twin))
    checks.require(
        shapes == expected,
        f"The layer from from_config(get_config()), called on (3, 6), has weights of shapes {shapes}. "
        f"Expected {expected}: units are not kept.",
    )
    W = rng.normal(size=(6, units)).astype("float32")
    _give(twin, W, np.full(units, 0.5, dtype="float32"))
    checks.compare(
        twin(x),
        function(x @ W + 0.5),
        f"the output after from_config(get_config()), activation={activation!r},",
        rtol=1e-3,
        atol=1e-4,
        mistakes={"The activation was lost: get_config must keep it.": x @ W + 0.5},
    )


### BEGIN HIDDEN TESTS
def _by_shape(layer):
    """A layer's weights by their shapes."""
    return {weight.shape: weight for weight in models.weights(layer)}


@checks.beside
def _two_layers(dense):
    """A compiled model of two dense layers of one's own, for four inputs."""
    model = keras.Sequential([keras.Input((4,)), dense(6, activation="tanh"), dense(1)])
    model.compile(keras.optimizers.SGD(0.1), loss="mean_squared_error")
    return model


def _check_dense_training(rng):
    """Let fit make two steps with all examples, and compare the weights with those of Keras's layers."""
    model, twin = _two_layers(answers.MyDense), _two_layers.here(keras.layers.Dense)
    shapes = [(4, 6), (6,), (6, 1), (1,)]
    before = {shape: rng.normal(0, 0.5, shape).astype("float32") for shape in shapes}
    x = rng.normal(size=(64, 4)).astype("float32")
    y = x.sum(axis=1, keepdims=True) + 1
    if sorted(_shapes(model)) == sorted(shapes):
        _give(model, *before.values())
    model.fit(x, y, batch_size=64, epochs=2, verbose=0)
    after = _by_shape(model)
    checks.require(
        after.keys() == before.keys() and all(np.any(before[s] != after[s]) for s in shapes),
        "fit does not change all weights of a model of two MyDense layers.",
    )
    twin.set_weights(list(before.values()))
    optimizer = keras.optimizers.SGD(0.1)
    for _ in range(2):
        models.one_step(twin, optimizer, "mean_squared_error", x, y)
    for shape, expected in zip(shapes, twin.get_weights()):
        checks.compare(
            after[shape],
            expected,
            f"after two steps of fit in a model of two MyDense layers, the weight of shape {shape}",
            rtol=1e-3,
            atol=1e-4,
        )


### END HIDDEN TESTS


def test_MyDense():
    _check_dense(np.random.default_rng(0), (5, 4), 3, None, lambda z: z)
    _check_dense(np.random.default_rng(0), (5, 4), 3, "relu", models.relu)
    _check_dense(np.random.default_rng(0), (2, 7, 4), 3, "relu", models.relu)
    _check_dense_config(np.random.default_rng(1), 3, "relu", models.relu, name="first")
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    _check_dense(rng, (6, 2), 5, "softmax", models.softmax)
    _check_dense(rng, (2, 3, 5, 4), 2, "tanh", np.tanh)
    _check_dense(rng, (3, 1), 1, "sigmoid", models.sigmoid)
    _check_dense(rng, (4, 3, 6), 4, "softplus", lambda z: np.logaddexp(z, 0))
    _check_dense(rng, (7, 3), 2, "softsign", lambda z: z / (1 + np.abs(z)))
    _check_dense_config(rng, 7, None, lambda z: z)
    _check_dense_config(rng, 2, "tanh", np.tanh)
    _check_dense_config(rng, 4, "softsign", lambda z: z / (1 + np.abs(z)), name="first_12")
    # Built without a call, and the activation by position.
    columns = _by_shape(_new_dense((2, 5, 20), 8, None, how="build"))[20, 8]
    checks.require(
        np.ptp(columns, axis=1).max() > 0,
        "All columns of the initial kernel are equal: all units would learn the same.",
    )
    layer = checks.call(answers.MyDense, 3, "relu").result
    _run(layer, np.ones((2, 4), dtype="float32"))
    _give(layer, -np.ones((4, 3), dtype="float32"), np.zeros(3, dtype="float32"))
    checks.compare(layer(np.ones((2, 4), "float32")), np.zeros((2, 3)), 'MyDense(3, "relu")')
    # Two layers in a model: fit moves all four weights as it should, and none is shared.
    _check_dense_training(rng)
    ### END HIDDEN TESTS


def _check_statistics(layer, x, label):
    """Check that the layer has two weights, none trainable: mean and std of the features of x."""
    weights = models.weights(layer)
    weights = [weight[0] if weight.ndim == 2 and len(weight) == 1 else weight for weight in weights]
    shapes = [weight.shape for weight in weights]
    d = x.shape[1]
    hint = (
        " Make them by add_weight: an array or a tf.Variable is neither saved nor listed."
        if len(shapes) < 2
        else " Does adapt make weights again, or are there more than mean and std?"
    )
    checks.require(
        shapes == [(d,), (d,)],
        f"{label} has weights of shapes {shapes}. Expected two of shape {(d,)}."
        + (hint if len(shapes) != 2 else ""),
    )
    checks.require(
        not checks.value(layer.trainable_weights),
        f"{label} has trainable weights, so fit would change them: add_weight(..., trainable=False).",
    )
    x = x.astype("float64")
    mean, std = x.mean(axis=0), x.std(axis=0)
    first, second = weights
    if not np.allclose(first, mean, rtol=1e-3, atol=1e-4):
        first, second = second, first  # in which order they were made does not matter
        if not np.allclose(first, mean, rtol=1e-3, atol=1e-4):
            first, second = weights
    checks.compare(
        first,
        mean,
        f"the mean in {label}",
        rtol=1e-3,
        atol=1e-4,
        mistakes={
            "It has still its initial value. Does adapt assign to it?": 0 * mean,
            "That is the mean over all features. Take it feature by feature: axis=0.": 0 * mean
            + x.mean(),
        },
    )
    checks.compare(
        second,
        std,
        f"the std in {label}",
        rtol=1e-3,
        atol=1e-4,
        mistakes={
            "You divide by n - 1 (ddof=1). The population standard deviation divides by n.": (
                x.std(axis=0, ddof=1)
            ),
            "That is the variance. Take its square root.": x.var(axis=0),
            "That is the std over all features. Take it feature by feature: axis=0.": 0 * std
            + x.std(),
            "It has still its initial value. Does adapt assign to it?": 0 * std + 1,
        },
    )


def _check_standardized(layer, x, new, label="Standardize()"):
    """Check what a layer adapted to x makes of new examples."""
    _check_statistics(layer, x, f"{label} after adapt")
    x64, new64 = x.astype("float64"), new.astype("float64")
    mean, std = x64.mean(axis=0), x64.std(axis=0)
    with np.errstate(all="ignore"):
        own = (new64 - new64.mean(axis=0)) / new64.std(axis=0)
    checks.compare(
        checks.call(layer, new).result,
        (new64 - mean) / std,
        f"{label}, adapted to an array of shape {x.shape} and called on another of shape {new.shape},",
        dtype=np.float32,
        rtol=1e-3,
        atol=1e-3,
        mistakes={
            "That is standardised by the new examples' own mean and std. Use those of adapt.": own,
            "The mean is not subtracted.": new64 / std,
            "The division by std is missing.": new64 - mean,
            "You divide by the variance. Divide by std.": (new64 - mean) / std**2,
            "The inputs come back unchanged.": new64,
        },
    )


### BEGIN HIDDEN TESTS
@checks.beside
def _around(layer, shape):
    """A functional model of this layer alone."""
    inputs = keras.Input(shape)
    return keras.Model(inputs, layer(inputs))


### END HIDDEN TESTS


def test_Standardize():
    small = np.array([[1.0, 10.0], [3.0, 50.0]])
    layer = checks.call(answers.Standardize).result
    checks.require(
        checks.is_a(layer, keras.layers.Layer),
        f"Standardize() is a {checks.kind(layer)}; a keras.layers.Layer was expected.",
    )
    checks.call(layer.adapt, small).result
    _check_standardized(layer, small, np.array([[2.0, 30.0], [4.0, 0.0]]))
    flat = np.array([[1.0, 7.0, 0.0], [2.0, 7.0, 0.0], [6.0, 7.0, 0.0]])
    layer = answers.Standardize()
    checks.call(layer.adapt, flat).result
    checks.require(
        np.isfinite(np.asarray(checks.call(layer, flat).result)).all(),
        f"Adapted to {flat.tolist()}, the layer gives nan or inf for it. The std of the second "
        "and of the third feature is 0: do not divide by it (hint 3).",
    )
    # The second feature is 0.1, computed in three ways: its std is about 5e-17, not 0.
    nearly = np.array([[1.0, 0.1], [2.0, 0.3 - 0.2], [6.0, 1.1 - 1.0]])
    layer = answers.Standardize()
    checks.call(layer.adapt, nearly).result
    new = np.array([[1, 0.1], [2, np.nextafter(np.float32(0.1), 1)]], dtype="float32")
    found = np.asarray(checks.call(layer, new).result)[:, 1]
    checks.require(
        np.all(np.abs(found) <= 1),
        f"The second feature of {nearly.tolist()} is constant up to rounding. For values that differ from "
        f"it by rounding only, the layer gives {found.tolist()}. Expected numbers between -1 and 1: a std "
        "that comes from rounding must not be divided by, either (hint 3).",
    )
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    x = rng.normal(size=(200, 5)) * [1, 30, 0.2, 1000, 5] + [0, -20, 5, 3000, 2]
    y = rng.normal(size=(50, 5)) * [4, 2, 3, 50, 1] + [9, 1, -5, -100, 0]
    x[:, 2] = x[:, 2] * 1e-3 - 5e-3  # a feature of small std, which is not constant
    layer = answers.Standardize()
    for i, data_set in enumerate((x, y, x.astype("float32"))):
        checks.call(layer.adapt, data_set).result
        times = ("once", "twice", "three times")[i]
        _check_standardized(layer, data_set, y[:7] + 1, f"Standardize(), adapted {times},")
    checks.require(
        np.isfinite(np.asarray(checks.call(layer, np.zeros((1, 5), "float32")).result)).all(),
        "The layer gives nan or inf for a row of zeros.",
    )
    # Before adapt: the identity. Then weights loaded from an adapted layer.
    fresh = answers.Standardize()
    checks.compare(
        checks.call(fresh, y).result, y, "Standardize() before adapt", rtol=1e-3, atol=1e-3
    )
    n_weights = len(_shapes(fresh))
    n_trainable = len(checks.value(fresh.trainable_weights))
    checks.require(
        n_weights == 2 and not n_trainable,
        f"Called before adapt, the layer has {n_weights} weights, {n_trainable} of them trainable. "
        "Expected 2, none trainable, so that saved weights can be loaded into it.",
    )
    models.assign(fresh, models.weights(layer))
    checks.compare(
        fresh(y),
        (y - x.mean(axis=0)) / x.std(axis=0),
        "The layer with the weights of an adapted one (set_weights)",
        rtol=1e-3,
        atol=1e-3,
    )
    # In a model, adapted after the model was built, and again after predict was compiled.
    inside = answers.Standardize()
    model = _around(inside, (5,))
    for data_set, when in ((x, "is built"), (y, "has predicted")):
        checks.call(inside.adapt, data_set).result
        checks.compare(
            model.predict(x[:9], verbose=0),
            (x[:9] - data_set.mean(axis=0)) / data_set.std(axis=0),
            f"predict of a model with this layer, adapted after the model {when},",
            rtol=1e-3,
            atol=1e-3,
        )
        _check_statistics(inside, data_set, f"Standardize(), adapted after the model {when},")
    ### END HIDDEN TESTS


def _check_noise(noise, stddev, label):
    """Check mean, standard deviation and form of 100,000 or more numbers; axis 0 and 1 are long."""
    noise = np.asarray(noise)
    # Of 100,000 numbers the mean strays by 0.003 stddev and the standard deviation by 0.002 stddev:
    # the margins are six times that or more.
    mean, actual = noise.mean(), noise.std()
    checks.require(noise.any() or stddev == 0, f"{label}: nothing is added in training.")
    checks.require(
        np.ptp(noise) > 1e-5 or stddev == 0,
        f"{label}: all elements get the same noise. Each needs its own.",
    )
    slip = ""
    for value, words in [
        (stddev**0.5, "That is the square root of stddev: stddev is no variance."),
        (stddev**2, "That is stddev squared: stddev is the standard deviation."),
        (stddev * 3**-0.5, "Is the noise uniform? Gaussian noise is asked for."),
        (1.0, "Is stddev used?"),
    ]:
        if abs(actual - value) < 0.02 * value:
            slip = slip or f" {words}"
    checks.require(
        abs(actual - stddev) <= 0.02 * stddev,
        f"{label}: the noise has standard deviation {actual:.3f}. Expected about {stddev}.{slip}",
    )
    checks.require(
        abs(mean) <= 0.02 * stddev,
        f"{label}: the noise has mean {mean:.3f}. Expected about 0. Is the result inputs + noise?",
    )
    for axis in range(noise.ndim):
        checks.require(
            noise.std(axis=axis).mean() > 0.5 * stddev,
            f"{label}: all elements along axis {axis} get the same noise. Each needs its own.",
        )
    if stddev:
        # 68.3 % of a normal distribution lie within one standard deviation (57.7 % of a uniform one).
        share = np.mean(np.abs(noise) < stddev)
        checks.require(
            0.66 < share < 0.705,
            f"{label}: {share:.1%} of the noise lies within one stddev; of normal noise it is 68.3 %.",
        )


def _check_inference(layer, x, label):
    """A bare call and training=False must give the inputs back."""
    for words, kwargs in [("called bare", {}), ("with training=False", {"training": False})]:
        output = checks.call(layer, x, **kwargs).result
        checks.require(
            output is not None, f"{label}, {words}, gives None. Every way through call must return."
        )
        checks.require(
            np.shape(output) == x.shape and np.array_equal(output, x),
            f"{label}, {words}, should give the inputs back as they are. Noise is for training only: "
            "ask for `if training:`, and let the default be None or False.",
        )


def _noisy_twin(layer):
    """The layer that from_config makes of the configuration."""
    config = checks.call(layer.get_config).result
    _check_writable(config)
    try:
        twin = answers.NoisyLayer.from_config(config)
    except Exception as error:
        checks.require(
            False,
            f"NoisyLayer.from_config(layer.get_config()) stopped with {type(error).__name__}: {error}\n"
            "Does get_config give stddev, and does __init__ take all of its keys (**kwargs)?",
        )
    return twin


def _equal(actual, expected, label):
    checks.compare(actual, expected, label)


### BEGIN HIDDEN TESTS
@checks.beside
def _in_compiled_code(model, batch):
    """What two calls of a compiled function give, which has the model train on a batch."""
    compiled = tf.function(lambda x: model(x, training=True), autograph=False)
    return [np.asarray(compiled(batch)) for _ in range(2)]


@checks.beside
def _fit_behind(layer, x, y):
    """Fit a model of this layer and a dense one."""
    model = keras.Sequential([keras.Input(x.shape[1:]), layer, keras.layers.Dense(1)])
    model.compile("sgd", loss="mean_squared_error")
    model.fit(x, y, verbose=0)


### END HIDDEN TESTS


def test_NoisyLayer():
    x = np.ones((1000, 100), dtype="float32")
    layer = checks.call(answers.NoisyLayer, 0.5).result
    checks.require(
        checks.is_a(layer, keras.layers.Layer),
        f"NoisyLayer(0.5) is a {checks.kind(layer)}; a keras.layers.Layer was expected.",
    )
    _check_inference(layer, x, "NoisyLayer(0.5)")
    outputs = checks.call(layer, x, training=True).result
    checks.require(
        outputs is not None and np.shape(outputs) == x.shape,
        f"NoisyLayer(0.5), called on {x.shape} with training=True, gives shape {np.shape(outputs)}.",
    )
    _check_noise(np.asarray(outputs) - x, 0.5, "NoisyLayer(0.5), training=True")
    ### BEGIN HIDDEN TESTS
    again = layer(x, training=True)
    checks.require(
        np.mean(np.asarray(again) == np.asarray(outputs)) < 0.1,
        "Two calls with training=True give the same noise. Draw it anew: no fixed seed.",
    )
    rng = checks.fresh_rng()
    x = rng.normal(size=(400, 300, 2)).astype("float32")
    layer = answers.NoisyLayer(2.5)
    _check_inference(layer, x, "NoisyLayer(2.5)")
    outputs = checks.call(layer, x, training=True).result
    _equal(np.asarray(outputs).shape, x.shape, "the shape of the output of NoisyLayer(2.5)")
    checks.require(
        np.asarray(outputs).dtype == np.float32,
        f"The output for a float32 input is {np.asarray(outputs).dtype}. Expected float32.",
    )
    _check_noise(np.asarray(outputs) - x, 2.5, "NoisyLayer(2.5), training=True")
    _equal(
        checks.call(answers.NoisyLayer(0), x[:2], training=True).result,
        x[:2],
        "NoisyLayer(0), training=True,",
    )
    # In a model of unknown batch size, and in compiled code, where fit calls it.
    model = _around(answers.NoisyLayer(0.2), (100,))
    batch = rng.normal(size=(1000, 100)).astype("float32")
    _equal(model.predict(batch, verbose=0), batch, "predict of a model with NoisyLayer(0.2)")
    _check_noise(
        np.asarray(model(batch, training=True)) - batch,
        0.2,
        "A model with NoisyLayer(0.2), training=True",
    )
    first, second = _in_compiled_code(model, batch)
    _check_noise(second - batch, 0.2, "NoisyLayer(0.2) in compiled code, training=True")
    checks.require(
        np.mean(first == second) < 0.1,
        "In compiled code, as fit runs it, each call adds the same noise. NumPy's and Python's random "
        "numbers are drawn once, when call is recorded: use keras.random.",
    )
    _fit_behind(answers.NoisyLayer(1.0), batch[:64, :3], batch[:64, 3])
    _check_noise(
        np.asarray(_noisy_twin(layer)(x, training=True)) - x,
        2.5,
        "NoisyLayer.from_config(NoisyLayer(2.5).get_config())",
    )
    ### END HIDDEN TESTS


def _draw_weights(rng, d, n_classes):
    """Weights for a network of 32 hidden units: kernel and bias of each layer."""
    shapes = [(d, 32), (32,), (32, n_classes), (n_classes,)]
    scales = [(2 / d) ** 0.5, 0.4, 0.4, 0.4]
    return [rng.normal(0, scale, shape).astype("float32") for scale, shape in zip(scales, shapes)]


@checks.beside
def _classes(thing):
    """The classes that something is of."""
    return list(type(thing).__mro__)


def _check_my_model(rng, model, d, n_classes, label):
    """Build the model on (n, d), give it known weights, and compare what it computes."""
    checks.require(
        checks.is_a(model, keras.Model),
        f"{label} is a {checks.kind(model)}; a keras.Model was expected.",
    )
    x = rng.normal(size=(40, d)).astype("float32")
    checks.call(model, x).result
    shapes = [(d, 32), (32,), (32, n_classes), (n_classes,)]
    actual = _shapes(model)
    checks.require(
        actual,
        f"{label}, called on (40, {d}), has no weights. Layers are made in __init__ and kept in "
        "attributes; those made in call are new each time.",
    )
    checks.require(
        sorted(actual) == sorted(shapes) and len(checks.value(model.trainable_weights)) == 4,
        f"{label}, called on (40, {d}), has weights of shapes {actual}. Expected {shapes}, all "
        "trainable.",
    )
    values = _draw_weights(rng, d, n_classes)
    _give(model, *values)
    weights = list(zip(values[::2], values[1::2]))
    logits = models.dense_forward(weights, x, models.relu)
    p = models.softmax(logits)
    for kwargs in ({}, {"training": False}, {"training": True}):
        said = ", ".join(f"{key}={value}" for key, value in kwargs.items())
        checks.compare(
            checks.call(model, x, **kwargs).result,
            p,
            f"the output of {label} for (40, {d}){said and ' with ' + said}",
            rtol=1e-3,
            atol=1e-4,
            mistakes={
                "These are logits. The softmax is missing.": logits,
                "The softmax is applied twice.": models.softmax(p),
                "That is a sigmoid for each class. Exclusive classes need a softmax.": (
                    models.sigmoid(logits)
                ),
                "The hidden layer has no ReLU.": models.dense_forward(
                    weights, x, lambda z: z, models.softmax
                ),
                "The hidden layer uses tanh, not ReLU.": models.dense_forward(
                    weights, x, np.tanh, models.softmax
                ),
                "The hidden layer uses the sigmoid, not ReLU.": models.dense_forward(
                    weights, x, models.sigmoid, models.softmax
                ),
                "The softmax is taken over the examples. Take it over the classes.": (
                    models.softmax(logits.T).T
                ),
            },
        )


def _from_config(model, label):
    """MyModel.from_config(model.get_config()), with a word on what usually fails."""
    try:
        return answers.MyModel.from_config(model.get_config())
    except Exception as error:
        if isinstance(error, NotImplementedError) and not str(error):
            raise  # the stub
        first = str(error).strip().splitlines()[0] if str(error).strip() else ""
        checks.require(
            False,
            f"{label}.from_config(model.get_config()) stopped with {type(error).__name__}: {first}\n"
            "Does get_config give n_classes, and does __init__ take all of its keys (**kwargs)?",
        )


### BEGIN HIDDEN TESTS
@checks.beside
def _compile(model):
    """Compile a classifier."""
    model.compile(keras.optimizers.SGD(0.1), loss="sparse_categorical_crossentropy")


def _check_training(rng):
    """Let fit make one step with all examples, and compare the weights with those of Keras's layers."""
    values = _draw_weights(rng, 6, 3)
    x = rng.normal(size=(96, 6)).astype("float32")
    # No unit is near the kink of ReLU, where one could be on and another, rounded otherwise, off.
    x = x[np.abs(x @ values[0] + values[1]).min(axis=1) > 1e-3]
    y = x[:, :3].argmax(axis=1)
    model = answers.MyModel(3)
    _compile(model)
    model.fit(x[:32], y[:32], verbose=0)
    actual, shapes = _shapes(model), [value.shape for value in values]
    checks.require(
        sorted(actual) == sorted(shapes),
        f"After fit MyModel(3) has weights of shapes {actual}. Expected {shapes}.",
    )
    _give(model, *values)
    model.fit(x, y, batch_size=len(x), verbose=0)
    after = _by_shape(model)
    checks.require(
        all(np.any(value != after[value.shape]) for value in values),
        "fit does not change all four weights of MyModel(3).",
    )
    twin = keras.Sequential(
        [
            keras.Input((6,)),
            keras.layers.Dense(32, activation="relu"),
            keras.layers.Dense(3, activation="softmax"),
        ]
    )
    twin.set_weights(values)
    sgd = keras.optimizers.SGD(0.1)
    models.one_step(twin, sgd, keras.losses.SparseCategoricalCrossentropy(), x, y)
    for expected in twin.get_weights():
        checks.compare(
            after[expected.shape],
            expected,
            f"after one step of fit, the weight of MyModel(3) of shape {expected.shape}",
            rtol=1e-3,
            atol=1e-4,
        )
    checks.compare(
        model.predict(x, verbose=0),
        twin(x),
        "what predict gives after one step of fit",
        rtol=1e-3,
        atol=1e-4,
    )


### END HIDDEN TESTS


@checks.lending(MyDense=keras.layers.Dense)  # a mistake in yours costs nothing here
def test_MyModel():
    checks.require(
        checks.is_a(answers.MyModel, type),
        "MyModel should be a class: class MyModel(keras.Model).",
    )
    rng = np.random.default_rng(0)
    model = checks.call(answers.MyModel, 10).result
    _check_my_model(rng, model, 784, 10, "MyModel(10)")
    fresh = _from_config(model, "MyModel")
    checks.require(
        checks.value(answers.MyModel) in _classes(fresh) and fresh is not model,
        f"MyModel.from_config(...) gave {fresh!r}. Expected a new MyModel.",
    )
    _check_my_model(rng, fresh, 784, 10, "MyModel.from_config(MyModel(10).get_config())")
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    _check_my_model(rng, answers.MyModel(2), 5, 2, "MyModel(2)")
    # A new model of another size, with weights of its own, and untrained.
    model = answers.MyModel(4)
    _check_my_model(rng, model, 7, 4, "MyModel(4)")
    trained = models.weights(model)
    fresh = _from_config(model, "MyModel")
    _check_my_model(rng, answers.MyModel(4), 7, 4, "a second MyModel(4)")
    checks.call(fresh, rng.normal(size=(40, 7)).astype("float32")).result
    checks.require(
        _unchanged(model, trained),
        "Setting the weights of one MyModel(4) changes another one: they share their layers. Make "
        "these in __init__.",
    )
    untrained = models.weights(fresh)
    checks.require(
        not any(np.array_equal(old, new) for old in trained for new in untrained if old.ndim == 2),
        "from_config(get_config()) copies the trained weights. It should make an untrained model.",
    )
    _check_my_model(rng, fresh, 7, 4, "MyModel.from_config(MyModel(4).get_config())")
    _check_training(rng)
    ### END HIDDEN TESTS


def _new_block(units, **name):
    """Make a block that has not been called."""
    checks.require(
        checks.is_a(answers.RepairedBlock, type),
        "RepairedBlock should be a class: class RepairedBlock(keras.layers.Layer).",
    )
    layer = checks.call(answers.RepairedBlock, units, **name).result
    checks.require(
        checks.is_a(layer, keras.layers.Layer),
        f"RepairedBlock({units}) is a {checks.kind(layer)}; a keras.layers.Layer was expected.",
    )
    return layer


def _alike(a, b):
    """Where two arrays hold the same numbers, but for rounding."""
    return np.isclose(a, b, rtol=1e-3, atol=1e-4)


def _check_dropped(dropped, hidden, label):
    """Check that half of the numbers are 0 and the others doubled; return which were kept."""
    checks.require(
        np.shape(dropped) == hidden.shape,
        f"{label} gives shape {np.shape(dropped)}. Expected {hidden.shape}.",
    )
    active = hidden > 0.01
    kept = ~_alike(dropped, 0) & active
    share = kept.sum() / active.sum()
    checks.require(
        not np.all(_alike(dropped, hidden)),
        f"{label}: nothing is dropped. Does the dropout learn that this is training?",
    )
    gone = _alike(dropped, 0)
    checks.require(
        not np.all(gone | _alike(dropped, hidden)),
        f"{label}: the numbers that are kept come back as they are. They should be doubled, so that the "
        "mean stays the same.",
    )
    checks.require(
        np.all(gone | _alike(dropped, 2 * hidden)),
        f"{label}: each number of the ReLU layer's output should be either 0 or doubled, but "
        f"{1 - np.mean(gone | _alike(dropped, 2 * hidden)):.0%} are something else. Is the rate one half, and is "
        "it the output of the ReLU layer that is dropped?",
    )
    columns = kept.sum(axis=0) / active.sum(axis=0).clip(1)
    rows = kept.sum(axis=1) / active.sum(axis=1).clip(1)
    checks.require(
        np.mean((columns > 0) & (columns < 1)) > 0.5 and np.mean((rows > 0) & (rows < 1)) > 0.5,
        f"{label}: numbers of one row, or of one unit, are dropped together. Each should be dropped or kept "
        "by itself.",
    )
    # Of 6,000 numbers or more, the share that is kept strays by 0.0065 at most: six times that.
    checks.require(
        abs(share - 0.5) < 0.04,
        f"{label}: {share:.1%} of the numbers are kept. Expected about 50 %.",
    )
    return kept


def _check_block(rng, layer, d, units, label):
    """Build the block on (n, d), give it known weights, and compare what it computes; give these."""
    x = rng.normal(size=(1000, d)).astype("float32")
    checks.call(layer, x[:5]).result
    shapes, expected = _shapes(layer), [(d, units), (units,)]
    checks.require(
        shapes,
        f"{label}, called on (5, {d}), has no weights. Nothing that is made in call and lives for one call "
        "only is tracked.",
    )
    checks.require(
        sorted(shapes) == sorted(expected) and len(checks.value(layer.trainable_weights)) == 2,
        f"{label}, called on (5, {d}), has weights of shapes {shapes}. Expected {expected}, both "
        "trainable.",
    )
    W = (rng.normal(size=(d, units)) / d**0.5).astype("float32")
    b = rng.uniform(0, 0.5, units).astype("float32")
    _give(layer, W, b)
    z = x @ W + b
    hidden = models.relu(z)
    for said, kwargs in {"a bare call": {}, "training=False": {"training": False}}.items():
        output = checks.call(layer, x, **kwargs).result
        checks.require(
            output is not None, f"{label}, {said}: call gives None. Does it end with `return`?"
        )
        dropped = np.asarray(output)
        checks.require(
            dropped.shape != hidden.shape
            or np.mean(_alike(dropped, 0) & (hidden > 0.01)) < 0.1
            or np.all(_alike(dropped, 0)),
            f"{label}, {said}: numbers are dropped. Outside of training none should be.",
        )
        checks.compare(
            dropped,
            hidden,
            f"{label}, {said}, for an input of shape {x.shape}",
            rtol=1e-3,
            atol=1e-4,
            mistakes={
                "The ReLU is missing.": z,
                "The bias is missing.": models.relu(x @ W),
                "The numbers are halved. With dropout that doubles in training nothing is to be done "
                "outside of it.": hidden / 2,
                "The numbers are doubled. Only those that are kept in training should be.": 2
                * hidden,
            },
        )
    masks = [
        _check_dropped(
            np.asarray(checks.call(layer, x, training=True).result),
            hidden,
            f"{label}, training=True",
        )
        for _ in range(2)
    ]
    checks.require(
        np.any(masks[0] != masks[1]),
        f"{label}: two calls with training=True drop the same numbers. Draw anew in each call.",
    )
    checks.require(
        _unchanged(layer, [{W.shape: W, b.shape: b}[shape] for shape in shapes]),
        f"{label}: calling it again changes its weights, or makes new ones.",
    )
    return [{W.shape: W, b.shape: b}[shape] for shape in shapes]


def _block_twin(layer, label):
    """The block that from_config makes of the configuration, which has its name and no weights yet."""
    config = checks.call(layer.get_config).result
    checks.require(isinstance(config, dict), f"get_config() should give a dict, not {config!r}.")
    _check_writable(config)
    try:
        twin = answers.RepairedBlock.from_config(config)
    except Exception as error:
        checks.require(
            False,
            f"RepairedBlock.from_config(layer.get_config()) stopped with {type(error).__name__}: {error}\n"
            "The keys of the configuration must be the arguments of __init__.",
        )
    checks.require(twin is not layer, "from_config gave the old block; it should make a new one.")
    name, kept = checks.value(layer.name), checks.value(twin.name)
    checks.require(
        kept == name,
        f"{label} has the name {name!r}; after from_config(get_config()) it is {kept!r}.",
    )
    checks.require(
        not _shapes(twin),
        "from_config should make a block that has not been built: without weights.",
    )
    return twin


### BEGIN HIDDEN TESTS
@checks.beside
def _fit_block(block):
    """A compiled model of a block and a dense layer, and the block's weights after a step of fit."""
    model = keras.Sequential([keras.Input((6,)), block, keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(0.1), loss="mean_squared_error")
    x = np.random.default_rng(0).normal(size=(128, 6)).astype("float32")
    model.fit(x, x[:, :1], batch_size=32, epochs=1, verbose=0)


### END HIDDEN TESTS


def test_RepairedBlock():
    rng = np.random.default_rng(0)
    layer = _new_block(16, name="first")
    name = checks.value(layer.name)
    checks.require(
        name == "first", f"RepairedBlock(16, name='first') has the name {name!r}. Is it handed on?"
    )
    values = _check_block(rng, layer, 4, 16, "RepairedBlock(16)")
    twin = _block_twin(layer, "RepairedBlock(16, name='first')")
    _check_block(rng, twin, 4, 16, "RepairedBlock.from_config(RepairedBlock(16).get_config())")
    checks.require(
        _unchanged(layer, values), "The block from from_config shares the old one's weights."
    )
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    layer = _new_block(24)
    _check_block(rng, layer, 7, 24, "RepairedBlock(24)")
    twin = _block_twin(layer, "RepairedBlock(24)")
    _check_block(rng, twin, 3, 24, "RepairedBlock.from_config(RepairedBlock(24).get_config())")
    # In a model of unknown batch size, with predict, and in compiled code, where fit calls it.
    layer = _new_block(20)
    model = _around(layer, (6,))
    x = rng.normal(size=(1000, 6)).astype("float32")
    W = (rng.normal(size=(6, 20)) / 6**0.5).astype("float32")
    b = rng.uniform(0, 0.5, 20).astype("float32")
    _give(layer, W, b)
    hidden = models.relu(x @ W + b)
    checks.compare(
        model.predict(x, verbose=0),
        hidden,
        "predict of a model with this block",
        rtol=1e-3,
        atol=1e-4,
    )
    first, second = _in_compiled_code(model, x)
    kept = _check_dropped(first, hidden, "RepairedBlock(20) in compiled code, training=True")
    again = _check_dropped(second, hidden, "RepairedBlock(20) in compiled code, training=True")
    checks.require(
        np.any(kept != again),
        "In compiled code, as fit runs it, each call drops the same numbers. NumPy's random numbers are "
        "drawn once, when call is recorded.",
    )
    _fit_block(layer)
    after = models.weights(layer)
    checks.require(
        len(after) == 2
        and not any(np.array_equal(w, {W.shape: W, b.shape: b}[w.shape]) for w in after),
        "fit does not change both weights of a block in a model.",
    )
    ### END HIDDEN TESTS
