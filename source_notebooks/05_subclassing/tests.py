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


def _new_dense(d, units, activation, how="call", **name):
    """Make and build a layer, and check its weights."""
    layer = checks.call(answers.MyDense, units, activation=activation, **name).result
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
        layer.build((None, d))
    else:
        _run(layer, np.ones((2, d), dtype="float32"))
    checks.require(_makes_its_own_weights(layer), own)
    shapes = _shapes(layer)
    said = f"MyDense({units}), called on (2, {d}), has weights of shapes {shapes}"
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
    return layer


def _check_dense(rng, shape, units, activation, function):
    """Compare a layer with known weights with NumPy, on real and on symbolic tensors."""
    d = shape[-1]
    layer = _new_dense(d, units, activation)
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
    layer = _new_dense(4, units, activation, **name)
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
    _check_dense_config(rng, 7, None, lambda z: z)
    _check_dense_config(rng, 2, "tanh", np.tanh)
    # Initial weights. Of 20,000 uniform numbers the std strays by less than 0.5 %; margin 5 %.
    weights = _by_shape(_new_dense(100, 200, None, how="build"))
    checks.compare(weights[200,], np.zeros(200), "the initial bias")
    limit = np.sqrt(6 / 300)
    values = weights[100, 200]
    checks.require(
        np.ptp(values) > 0,
        "All elements of the initial kernel are equal: all units would learn the same.",
    )
    checks.require(
        np.abs(values).max() <= 1.001 * limit and abs(values.std() * 3**0.5 / limit - 1) < 0.05,
        f"The initial kernel of MyDense(200) for 100 inputs lies between {values.min():.3f} and "
        f"{values.max():.3f} with standard deviation {values.std():.3f}. Glorot uniform, the default of "
        f"add_weight, lies between {-limit:.3f} and {limit:.3f} with {limit / 3**0.5:.3f}.",
    )
    # Two layers in a model: fit moves all four weights as it should, and none is shared.
    _check_dense_training(rng)
    ### END HIDDEN TESTS


def _check_statistics(layer, x, label):
    """Check that the layer has two weights, none trainable: mean and std of the features of x."""
    weights = models.weights(layer)
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
    flat = np.array([[1.0, 7.0], [2.0, 7.0], [6.0, 7.0]])
    layer = answers.Standardize()
    checks.call(layer.adapt, flat).result
    checks.require(
        np.isfinite(np.asarray(checks.call(layer, flat).result)).all(),
        f"Adapted to {flat.tolist()}, the layer gives nan or inf for it. The std of the second "
        "feature is 0: do not divide by it (hint 3).",
    )
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    x = rng.normal(size=(200, 5)) * [1, 30, 0.2, 1000, 5] + [0, -20, 5, 3000, 2]
    y = rng.normal(size=(50, 5)) * [4, 2, 3, 50, 1] + [9, 1, -5, -100, 0]
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
    for axis in (0, 1):
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


@checks.beside
class _Scale(keras.layers.Layer):
    """A layer of one's own: its configuration has another form than the arguments of __init__."""

    def __init__(self, low, high, **kwargs):
        super().__init__(**kwargs)
        self.low, self.high = low, high

    def build(self, input_shape):
        self.gain = self.add_weight(shape=(input_shape[-1],), initializer="glorot_uniform")

    def call(self, inputs):
        return keras.ops.clip(inputs * self.gain, self.low, self.high)

    def get_config(self):
        return {**super().get_config(), "limits": [self.low, self.high]}

    @classmethod
    def from_config(cls, config):
        low, high = config["limits"]
        rest = {key: value for key, value in config.items() if key != "limits"}
        return cls(low, high, **rest)


@checks.beside
def _new_layer(make, args, settings, first=None):
    """A layer, built on a first batch if there is one."""
    layer = make(*args, **settings)
    if first is not None:
        layer(first)
    return layer


def _check_rebuilt(rng, shape, same, build, make, *args, **settings):
    """Check class, settings and freshness of what rebuild makes of a layer, and what it computes."""
    x = rng.normal(0, 2, shape).astype("float32")
    twin = _new_layer.here(getattr(make, "here", make), args, settings, x)
    shapes = [tuple(weight.shape) for weight in twin.weights]
    values, others = (
        [rng.uniform(0.5, 1.5, shape).astype("float32") for shape in shapes] for _ in range(2)
    )
    layer = _new_layer(make, args, settings, x if build else None)
    if build:
        models.assign(layer, values)
    kind, name, config = checks.kind(layer), checks.value(layer.name), twin.get_config()
    fresh = checks.call(answers.rebuild, layer).result
    said = f"rebuild of a {kind} layer"
    checks.require(fresh is not None, f"{said} gave None. Does the function end with `return`?")
    checks.require(fresh is not layer, f"{said} gave the same layer back. A new one is asked for.")
    checks.require(
        _classes(fresh) == _classes(layer),
        f"{said} gave a {checks.kind(fresh)}. Expected a {kind}.",
    )
    for setting in same:
        old, new = (checks.value(getattr(one, setting)) for one in (layer, fresh))
        checks.require(new == old, f"{said}: {setting} was {old!r} and is now {new!r}.")
    changed = [
        key
        for key, value in fresh.get_config().items()
        if key != "name" and value != config.get(key) and key != "layer"
    ]
    checks.require(not changed, f"{said} has another configuration: {', '.join(changed)}.")
    fresh(x)
    if not build:
        checks.require(
            not checks.value(layer.built), f"{said} has built the layer that it was given."
        )
        layer(x)
    drawn = models.weights(fresh)
    checks.require(
        not models.share_weights(layer, fresh),
        f"{said}: old and new layer share weights. Each must have its own.",
    )
    own = [weight.shape for weight in drawn]
    checks.require(own == shapes, f"{said} has weights of shapes {own}. Expected {shapes}.")
    models.assign(layer, values)
    checks.require(
        not any(np.array_equal(old, new) for old, new in zip(values, drawn)),
        f"{said} has copied the old weights. They should be drawn anew.",
    )
    models.assign(fresh, others)
    checks.require(
        checks.value(layer.name) == name and _unchanged(layer, values),
        f"{said}: changing the new layer changes the old one.",
    )
    models.assign.here(twin, others)
    checks.compare(
        fresh(x), twin(x), f"what {said} computes with weights given to it", rtol=1e-3, atol=1e-4
    )


### BEGIN HIDDEN TESTS
@checks.beside
def _over_time(units):
    """A dense layer for each time of a sequence."""
    return keras.layers.TimeDistributed(keras.layers.Dense(units))


### END HIDDEN TESTS


def test_rebuild():
    rng = np.random.default_rng(0)
    dense = keras.layers.Dense
    relu = {"activation": "relu", "name": "first"}
    _check_rebuilt(rng, (2, 4), ["units", "activation"], False, dense, 3, **relu)
    _check_rebuilt(rng, (2, 4), ["units", "use_bias"], True, dense, 5, use_bias=False)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    regularised = {"kernel_regularizer": "l2", "kernel_initializer": "he_normal"}
    _check_rebuilt(rng, (2, 4), ["units", "activation"], True, dense, 2, **regularised)
    _check_rebuilt(rng, (2, 4), ["low", "high"], True, _Scale, -1.5, 2.5)
    _check_rebuilt(rng, (2, 4), ["low", "high"], False, _Scale, 0, 1)
    _check_rebuilt(rng, (2, 3, 4), [], True, _over_time, 2)
    normalisation = keras.layers.BatchNormalization
    _check_rebuilt(rng, (2, 4), ["momentum"], True, normalisation, momentum=0.5)
    convolution = {"padding": "same", "activation": "tanh"}
    same = ["filters", "padding", "activation"]
    _check_rebuilt(rng, (1, 8, 8, 1), same, True, keras.layers.Conv2D, 3, 5, **convolution)
    ### END HIDDEN TESTS
