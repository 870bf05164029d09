"""The tests of this lesson: `checks.run("save_and_reload")` runs `test_save_and_reload`, and so on."""

import io
import zipfile
from itertools import pairwise
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from PIL import Image

from helpers import checks
from helpers.checks import answers, models


@checks.beside
def _trained(optimizer, settings, weights, x, y):
    """A small compiled model with these weights, after three training steps on a batch."""
    network = keras.Sequential(
        [
            keras.Input((5,)),
            keras.layers.Dense(8, activation="tanh"),
            keras.layers.Dense(3, activation="softmax"),
        ]
    )
    network.set_weights(weights)
    # Eagerly, because that starts faster.
    network.compile(optimizer(**settings), "sparse_categorical_crossentropy", run_eagerly=True)
    for _ in range(3):
        network.train_on_batch(x, y)
    return network


@checks.beside
def _content(path):
    """What is in a file; None where there is none."""
    return Path(path).read_bytes() if Path(path).is_file() else None


@checks.beside
def _loaded(path):
    """The model in a file."""
    return keras.saving.load_model(path)


@checks.beside
def _optimizer_state(model):
    """The numbers that a model's optimizer remembers."""
    return [np.array(variable) for variable in model.optimizer.variables]


@checks.beside
def _after_a_step(model, x, y):
    """The weights after one training step."""
    model.train_on_batch(x, y)
    return model.get_weights()


def _check_reloaded(rng, path, optimizer, label, **settings):
    """Check that an answer gives the model back, as it is and as it trains on."""
    shapes = [(5, 8), (8,), (8, 3), (3,)]
    start = [rng.normal(0, 0.5, shape).astype("float32") for shape in shapes]
    x, y = rng.normal(size=(16, 5)).astype("float32"), rng.integers(0, 3, 16)
    network = _trained(optimizer, settings, start, x, y)
    own = _trained.here(optimizer, settings, start, x, y)
    before = models.weights(network)
    reloaded = models.built(checks.call(answers.save_and_reload, network, path).result, label)
    checks.require(
        reloaded is not network, f"{label} is the model that was given. Return the one you loaded."
    )
    content = _content(path)
    checks.require(
        content is not None, f"There is no file at {path}. Save the model under the path given."
    )
    checks.require(
        zipfile.is_zipfile(io.BytesIO(content)),
        f"The file at {path} is no .keras archive. Use model.save(path).",
    )
    kept = _loaded(path)
    for actual, name in [(kept, "the model in the file"), (reloaded, label)]:
        checks.require(
            checks.value(actual.output_shape) == own.output_shape,
            f"{name} is another model than was given.",
        )
        checks.compare(
            models.outputs(actual, x),
            np.array(own(x)),
            f"a prediction of {name}",
            rtol=1e-4,
            atol=1e-5,
        )
    checks.require(
        all(np.array_equal(a, b) for a, b in zip(models.weights(network), before)),
        "The weights of the model that was given have changed. Saving leaves them alone.",
    )
    facts = models.facts(reloaded)
    checks.require(
        facts["compiled"] and facts["optimizer"],
        f"{label} is not compiled, so its optimizer is gone. Leave compile=False out.",
    )
    right = _optimizer_state.here(own)
    for actual, name in [(kept, "the model in the file"), (reloaded, label)]:
        mine = _optimizer_state(actual)
        checks.require(
            len(mine) == len(right)
            and all(a.shape == b.shape and np.allclose(a, b, 1e-3) for a, b in zip(mine, right)),
            f"The optimizer of {name} has lost its state: it made "
            f"{models.facts(actual)['iterations']} steps, the original {int(own.optimizer.iterations)}. "
            "load_model restores it; compile would make a new optimizer.",
        )
    expected = _after_a_step.here(own, x, y)
    for mine, theirs in zip(_after_a_step(reloaded, x, y), expected, strict=True):
        checks.compare(
            mine,
            theirs,
            f"a weight of {label} after one more training step",
            rtol=1e-4,
            atol=1e-5,
        )


def test_save_and_reload():
    path = checks.new_folder() / "model.keras"
    rng = np.random.default_rng(0)
    _check_reloaded(rng, path, keras.optimizers.Adam, "the reloaded model")
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    label, settings = "the reloaded model, at a path with an older file", {"momentum": 0.9}
    rate = round(rng.uniform(0.05, 0.2), 3)
    _check_reloaded(rng, str(path), keras.optimizers.SGD, label, learning_rate=rate, **settings)
    ### END HIDDEN TESTS


@checks.beside
def _builder(start, optimizer, settings):
    """A function that builds a small compiled model with these weights."""

    def build_model():
        layer = keras.layers.Dense(3, activation="softmax")
        network = keras.Sequential([keras.Input((4,)), layer])
        network.set_weights(start)
        network.compile(optimizer(**settings), "sparse_categorical_crossentropy", run_eagerly=True)
        return network

    return build_model


@checks.beside
def _batches(x, y, stop_after):
    """Batches of four, in a fixed order; an error comes after so many of them, if that is no None."""
    dataset = tf.data.Dataset.from_tensor_slices((x, y)).batch(4)
    if stop_after is None:
        return dataset
    n_read = []

    def count(_):
        if len(n_read) == stop_after:
            raise RuntimeError("The training is cut off here.")
        n_read.append(None)
        return 0

    @tf.autograph.experimental.do_not_convert
    def watched(x_batch, y_batch):
        counted = tf.py_function(count, [0], tf.int32)
        with tf.control_dependencies([counted]):
            return tf.identity(x_batch), tf.identity(y_batch)

    return dataset.map(watched)


def _steps(start, batches, optimizer, rate, momentum=0.9):
    """The weights of `_builder`'s model after a step on each of these batches; in NumPy."""
    kernel, bias = (np.array(w, dtype=float) for w in start)
    weights, first, second = [kernel, bias], [0.0, 0.0], [0.0, 0.0]
    for t, (x, y) in enumerate(batches, start=1):
        error = (models.softmax(x @ weights[0] + weights[1]) - np.eye(3)[y]) / len(x)
        for i, gradient in enumerate((x.T @ error, error.sum(axis=0))):
            if optimizer == "SGD":
                first[i] = momentum * first[i] - rate * gradient
                weights[i] = weights[i] + first[i]
                continue
            first[i] += 0.1 * (gradient - first[i])
            second[i] += 0.001 * (gradient**2 - second[i])
            alpha = rate * (1 - 0.999**t) ** 0.5 / (1 - 0.9**t)
            weights[i] = weights[i] - alpha * first[i] / (second[i] ** 0.5 + 1e-7)
    return weights


class _Training:
    """A training in a folder: the answer is called, and each call compared with a training in one piece."""

    def __init__(self, rng, folder, optimizer, rate, n_batches=2):
        self.rng, self.folder, self.n_batches = rng, folder, n_batches
        self.optimizer, self.rate = optimizer, rate
        self.x = rng.normal(size=(4 * n_batches - 1, 4)).astype("float32")
        self.y = rng.integers(0, 3, len(self.x))
        self.done, self.story, self.start = 0, "", []

    def _call(self, epochs, stop_after=None):
        fresh = [self.rng.normal(0, 0.7, shape).astype("float32") for shape in [(4, 3), (3,)]]
        if self.done == 0:
            self.start = fresh  # else the model that is built is only a vessel
        if self.optimizer == "SGD":
            how = keras.optimizers.SGD, {"learning_rate": self.rate, "momentum": 0.9}
        else:
            how = keras.optimizers.Adam, {"learning_rate": self.rate}
        data = _batches(self.x, self.y, stop_after)
        return checks.call(answers.fit_resumably, _builder(fresh, *how), data, self.folder, epochs)

    def _after(self, epochs, begin_anew_after=0, one_more=False):
        """The weights after so many epochs in one piece; the optimizer perhaps begins anew on the way."""
        bounds = range(0, len(self.x), 4)
        an_epoch = [(self.x[i : i + 4], self.y[i : i + 4]) for i in bounds]
        batches = an_epoch * epochs + [(self.x, self.y)] * one_more
        cut = begin_anew_after * len(an_epoch)
        halfway = _steps(self.start, batches[:cut], self.optimizer, self.rate)
        return _steps(halfway, batches[cut:], self.optimizer, self.rate)

    def cut_off(self, epochs, stop_after):
        """Have the answer's next call broken off after so many batches, whatever it makes of that."""
        self._call(epochs, stop_after)
        trained, batch = divmod(stop_after, self.n_batches)
        self.done += trained
        self.story += f"a call with epochs={epochs}, cut off " + (
            f"within epoch {self.done + 1}; "
            if batch
            else f"between epochs {self.done} and {self.done + 1}; "
        )

    def call(self, epochs):
        """Check what the answer's next call gives."""
        done = self.done
        result = self._call(epochs).result
        self.story += f"a call with epochs={epochs}"
        label = f"After this ({self.story}),"
        checks.require(
            isinstance(result, (tuple, list)) and len(result) == 2,
            "fit_resumably should give two things, (model, n)."
            + (" It gave None. Does it end with `return`?" if result is None else ""),
        )
        model, n = models.built(result[0], "the model of fit_resumably"), result[1]
        checks.require(
            isinstance(n, (int, np.integer)) and not isinstance(n, bool),
            f"n is a {checks.kind(n)}. The number of epochs is expected.",
        )
        expected = max(epochs - done, 0)
        slips = {
            epochs: "The training began anew, or n counts the epochs of earlier calls, too.",
            epochs - done + 1: "An epoch that was complete is trained again.",
            epochs - done - 1: "An epoch that was not complete counts as trained.",
        }
        slip = slips.get(int(n), "n is the number of epochs that this call trained.")
        checks.require(n == expected, f"{label} n is {n}. Expected {expected}. {slip}")
        self.done = max(done, epochs)
        right = self._after(self.done)
        mistakes = {}
        if 0 < done < epochs:
            anew = self._after(self.done, begin_anew_after=done)
            mistakes["The weights were kept, but the optimizer's state was lost."] = anew
            mistakes["That is the model before this call."] = self._after(done)
        for i, weight in enumerate(models.weights(model)):
            checks.compare(
                weight,
                right[i],
                f"{label} a weight, compared with a training in one piece,",
                rtol=2e-3,
                atol=2e-4,
                mistakes={words: values[i] for words, values in mistakes.items()},
            )
        facts = models.facts(model)
        checks.require(
            facts["compiled"] and facts["optimizer"],
            f"{label} the model is not compiled. Return it with its optimizer.",
        )
        after = self._after(self.done, one_more=True)
        lost = _steps(right, [(self.x, self.y)], self.optimizer, self.rate)
        for i, mine in enumerate(_after_a_step(model, self.x, self.y)):
            checks.compare(
                mine,
                after[i],
                f"{label} a weight after one more training step",
                rtol=2e-3,
                atol=2e-4,
                mistakes={"The weights were kept, but the optimizer's state was lost.": lost[i]},
            )
        self.story += "; "


def test_fit_resumably():
    rng, place = np.random.default_rng(0), checks.new_folder()
    training = _Training(rng, place / "missing", "Adam", 0.1)
    for epochs in (3, 3, 5):
        training.call(epochs)
    training = _Training(rng, place / "cut", "Adam", 0.1)
    training.cut_off(epochs=4, stop_after=5)  # two batches are an epoch
    training.call(4)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    # Between epochs, and in the first epoch after that; the folder is there, and is empty.
    _make_folder(place / "empty")
    training = _Training(rng, str(place / "empty"), "SGD", round(rng.uniform(0.1, 0.3), 3))
    training.cut_off(epochs=6, stop_after=4)
    training.cut_off(epochs=6, stop_after=1)
    training.cut_off(epochs=6, stop_after=3)
    training.call(5)
    training.call(2)
    # Before any epoch is complete.
    training = _Training(rng, place / "first", "Adam", 0.1)
    training.cut_off(epochs=2, stop_after=1)
    training.call(2)
    # More than nine epochs, with a loss that rises: the last epoch counts, not the best one.
    training = _Training(rng, place / "many", "SGD", -0.05, n_batches=1)
    training.call(10)
    training.call(11)
    training = _Training(rng, place / "fresh", "Adam", round(rng.uniform(0.05, 0.2), 3))
    epochs = int(rng.integers(3, 5))
    training.cut_off(epochs, stop_after=int(rng.integers(2, 2 * epochs)))
    training.call(epochs)
    ### END HIDDEN TESTS


@checks.beside
def _stack(n_inputs, *layers):
    """A Sequential model of layers, each a class and its settings."""
    made = [layer(**settings) for layer, settings in layers]
    return keras.Sequential([keras.Input((n_inputs,)), *made])


@checks.beside
def _by_layer(model):
    """The weights of every layer, by name."""
    return {layer.name: layer.get_weights() for layer in model.layers}


def _made(rng, make, *args):
    """A model beside the answers, and the same on this side, with the same random weights."""
    model, own = make(*args), make.here(*args)
    own.set_weights([rng.uniform(-1, 1, w.shape).astype("float32") for w in own.get_weights()])
    models.assign(model, own.get_weights())
    return model, own


def _dense(n_units, name, **settings):
    """What `_stack` makes a dense layer of."""
    return keras.layers.Dense, {"units": n_units, "name": name, **settings}


def _check_copied(one, other, expected):
    """Call the answer, and check every layer of both models, which come from `_made`."""
    (source, own_source), (target, own_target) = one, other
    given, before = _by_layer.here(own_source), _by_layer.here(own_target)
    result = checks.call(answers.copy_weights_by_name, source, target).result
    checks.require(result is not None, "copy_weights_by_name gave None. Does it end with `return`?")
    checks.require(
        isinstance(result, (list, tuple)),
        f"The result is a {checks.kind(result)}. A list of names is expected.",
    )
    after_source, after_target = _by_layer(source), _by_layer(target)
    for name, right in given.items():
        checks.require(
            all(np.array_equal(a, b) for a, b in zip(after_source[name], right)),
            f"The layer {name!r} of the source has changed. Copy from source to target.",
        )
    for name, old in before.items():
        mine = after_target[name]
        if name in expected:
            right = given[name]
            wrong = f"The layer {name!r} has not got the weights of the source."
        else:
            right = old
            wrong = f"The layer {name!r} of the target should stay as it is: the source has " + (
                f"the shapes {[w.shape for w in given[name]]}, the target "
                f"{[w.shape for w in right]}."
                if name in given
                else "no layer of that name."
            )
        checks.require(
            len(mine) == len(right) and all(np.array_equal(a, b) for a, b in zip(mine, right)),
            wrong,
        )
    names = [str(name) for name in result]
    slip = ""
    if set(names) > set(expected):
        slip = (
            f"\n{sorted(set(names) - set(expected))} were not copied, or have no weights to copy."
        )
    elif sorted(names) == sorted(expected):
        slip = "\nThe names are right. Their order should be that of target.layers."
    checks.require(
        names == expected,
        f"The list of names is wrong.\n  yours:    {names}\n  expected: {expected}{slip}",
    )
    after = models.weights(target)
    models.assign(source, [w + 1 for w in own_source.get_weights()])
    checks.require(
        all(np.array_equal(a, b) for a, b in zip(models.weights(target), after)),
        "Training the source would change the target: they share weights. Copy the numbers.",
    )


### BEGIN HIDDEN TESTS
@checks.beside
class Shifted(keras.layers.Layer):
    """A kernel of fixed shape and a shift of any length."""

    def __init__(self, n_shifts, **named):
        super().__init__(**named)
        self.kernel = self.add_weight(shape=(4, 3), name="kernel")
        self.shift = self.add_weight(shape=(n_shifts,), name="shift")

    def call(self, x):
        return x @ self.kernel + keras.ops.sum(self.shift)


@checks.beside
def _functional_source():
    """A model with a layer of four weights, and one of none."""
    inputs = keras.Input((4,), name="features")
    x = keras.layers.Dense(6, activation="relu", name="first")(inputs)
    x = keras.layers.BatchNormalization(name="normalised")(x)
    x = keras.layers.Dropout(0.5, name="dropped")(x)
    return keras.Model(inputs, keras.layers.Dense(3, name="second")(x))


@checks.beside
def _functional_target():
    """A model with two outputs, a frozen layer, and a Dropout of the same name."""
    inputs = keras.Input((4,), name="features")
    x = keras.layers.BatchNormalization(name="before")(inputs)
    x = keras.layers.Dense(6, name="first", trainable=False)(x)
    x = keras.layers.BatchNormalization(name="normalised")(x)
    x = keras.layers.Dropout(0.1, name="dropped")(x)
    outputs = [keras.layers.Dense(3, name="second")(x), keras.layers.Dense(2, name="third")(x)]
    return keras.Model(inputs, outputs)


def _check_random_stacks(rng):
    """Check the answer with two stacks that agree in some layers by chance."""
    made, shapes = [], []
    for _ in range(2):
        names = rng.permutation(list("pqrstu"))[:5].tolist()
        sizes = rng.integers(2, 4, 6).tolist()
        layers = [_dense(n_units, name) for name, n_units in zip(names, sizes[1:])]
        made.append(_made(rng, _stack, sizes[0], *layers))
        shapes.append(dict(zip(names, pairwise(sizes))))
    agreeing = [name for name, shape in shapes[1].items() if shapes[0].get(name) == shape]
    _check_copied(*made, agreeing)


### END HIDDEN TESTS


def test_copy_weights_by_name():
    rng = np.random.default_rng(0)

    def stack(*args):
        return _made(rng, _stack, *args)

    row = (keras.layers.Flatten, {"name": "row"})
    source = stack(4, row, _dense(5, "hidden"), _dense(3, "digit"))
    target = stack(4, row, _dense(5, "hidden"), _dense(3, "other"))
    _check_copied(source, target, ["hidden"])
    # Of the same name, but of other shapes; and in another order.
    source = stack(4, _dense(5, "a"), _dense(5, "b"), _dense(2, "c"))
    target = stack(5, _dense(5, "b"), _dense(4, "c"), _dense(5, "a"))
    _check_copied(source, target, ["b", "a"])
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    # No bias in one of the two: the kernels agree, the layers do not.
    bare = {"use_bias": False}
    source = stack(4, _dense(4, "a", **bare), _dense(4, "b"), _dense(4, "c"))
    target = stack(4, _dense(4, "a"), _dense(4, "b", **bare), _dense(4, "c"))
    _check_copied(source, target, ["c"])
    two, five = ((Shifted, {"n_shifts": n, "name": "a"}) for n in (2, 5))
    _check_copied(stack(4, two), stack(4, five), [])
    _check_copied(stack(4, two), stack(4, two), ["a"])
    # Names that only begin or end alike.
    source = stack(4, _dense(4, "dense_1"), _dense(4, "top"), _dense(4, "Upper"))
    target = stack(4, _dense(4, "dense_10"), _dense(4, "to"), _dense(4, "1"), _dense(4, "upper"))
    _check_copied(source, target, [])
    # As many numbers in another shape; a name that belongs to a layer without weights.
    flatten = (keras.layers.Flatten, {"name": "c"})
    dropout = (keras.layers.Dropout, {"rate": 0.5, "name": "b"})
    source = stack(4, _dense(2, "a", **bare), _dense(4, "b"), flatten)
    target = stack(2, _dense(4, "a", **bare), dropout, _dense(4, "c"))
    _check_copied(source, target, [])
    source, target = _made(rng, _functional_source), _made(rng, _functional_target)
    _check_copied(source, target, ["first", "normalised", "second"])
    for _ in range(3):
        _check_random_stacks(rng)
    ### END HIDDEN TESTS


@checks.beside
def _saved_model(folder, x):
    """Whether a folder holds a SavedModel, whether that has the endpoint, and what it gives for x."""
    if not (Path(folder) / "saved_model.pb").is_file():
        return False, False, None
    kept = tf.saved_model.load(str(folder))
    if not hasattr(kept, "serve"):
        return True, False, None
    return True, True, keras.ops.convert_to_numpy(kept.serve(x))


def _serve(folder, x):
    """What the SavedModel in a folder gives for x."""
    exists, has_endpoint, y = _saved_model(folder, x)
    checks.require(
        exists,
        "There is no saved_model.pb in the folder. Export to exactly the folder that is given.",
    )
    checks.require(
        has_endpoint,
        "The SavedModel in the folder has no endpoint `serve`. Write it with model.export(folder).",
    )
    return y


def _check_exported(made, folder, x):
    """Compare what the answer gives with the model and with the SavedModel in the folder."""
    network, own = made
    expected = np.array(own(x))
    call = checks.call(answers.export_and_call, network, folder, x)
    result = call.result
    checks.require(
        not isinstance(result, dict),
        f"{call.label} gave a dict. Take the outputs out of it: one array is expected.",
    )
    checks.compare(
        result,
        expected,
        call.label,
        rtol=1e-4,
        mistakes={
            "That is the output for the first example only.": expected[0],
            "Those are the classes. Return the outputs as they are.": expected.argmax(axis=-1),
        },
    )
    checks.compare(
        _serve(folder, x), expected, "what the SavedModel in the folder gives", rtol=1e-4
    )
    checks.require(
        all(np.array_equal(a, b) for a, b in zip(models.weights(network), own.get_weights())),
        "The weights of the model have changed. Exporting leaves them alone.",
    )


@checks.beside
def _network(shape, n_outputs):
    """A small model."""
    return keras.Sequential(
        [
            keras.Input(shape),
            keras.layers.Flatten(),
            keras.layers.Dense(6, activation="tanh"),
            keras.layers.Dense(n_outputs, activation="softmax"),
        ]
    )


### BEGIN HIDDEN TESTS
@checks.beside
def _widened():
    """A functional model with a branch."""
    inputs = keras.Input((3,))
    wide = keras.layers.concatenate([inputs, keras.layers.Dense(2, activation="relu")(inputs)])
    return keras.Model(inputs, keras.layers.Dense(1)(wide))


@checks.beside
def _make_folder(path):
    """Make an empty folder."""
    path.mkdir()


@checks.beside
def _moved_by_export(network, factor):
    """Have a model multiply its weights while it is exported; only the SavedModel knows those."""
    usual_export = keras.Model.export

    def export(*args, **kwargs):
        kept = network.get_weights()
        network.set_weights([factor * w for w in kept])
        written = usual_export(network, *args, **kwargs)
        network.set_weights(kept)
        return written

    network.export = export


### END HIDDEN TESTS


def test_export_and_call():
    rng = np.random.default_rng(0)
    place = checks.new_folder()
    x = rng.normal(size=(5, 4)).astype("float32")
    _check_exported(_made(rng, _network, (4,), 3), place / "new", x)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    # The same folder again, with another model; and a single picture.
    x = rng.random((3, 4), dtype="float32")
    _check_exported(_made(rng, _network, (4,), 3), str(place / "new"), x)
    x = rng.random((1, 6, 7), dtype="float32")
    _check_exported(_made(rng, _network, (6, 7), 2), str(place / "b"), x)
    _make_folder(place / "empty")
    x = rng.normal(size=(4, 3)).astype("float32")
    _check_exported(_made(rng, _widened), place / "empty", x)
    network, own = _made(rng, _network, (4,), 3)
    factor = rng.uniform(2, 4)
    _moved_by_export(network, factor)
    x = rng.normal(size=(2, 4)).astype("float32")
    usual = np.array(own(x))
    own.set_weights([factor * w for w in own.get_weights()])
    moved = np.array(own(x))
    result = checks.call(answers.export_and_call, network, place / "moved", x).result
    served = _serve(place / "moved", x)
    checks.compare(
        result,
        served,
        "the result, compared with what the SavedModel in the folder gives,",
        rtol=1e-4,
        mistakes={
            "The outputs are those of the Keras model. Load the SavedModel and call that.": usual
        },
    )
    # Not every way to write a SavedModel goes through model.export.
    as_usual = np.shape(served) == usual.shape and np.allclose(served, usual, 1e-3, 1e-4)
    checks.compare(
        served,
        usual if as_usual else moved,
        "what the SavedModel in the folder gives",
        rtol=1e-4,
        atol=1e-5,
    )
    ### END HIDDEN TESTS


def _quarters(picture, size, colours):
    """Paint the four quarters of a new picture: top left, top right, bottom left, bottom right."""
    (width, height), middle = size, (size[0] // 2, size[1] // 2)
    picture = picture.resize(size)
    for i, colour in enumerate(colours):
        left, top = (i % 2) * middle[0], (i // 2) * middle[1]
        picture.paste(colour, (left, top, left + width - middle[0], top + height - middle[1]))
    return picture


@checks.beside
def _write(path, content):
    """Write a file."""
    path.write_bytes(content)


def _encoded(picture, name, **settings):
    """A picture as the content of a file of this name."""
    file = io.BytesIO()
    file.name = name
    picture.save(file, **settings)
    return file.getvalue()


def _save(picture, path, **settings):
    """Write a picture to a file beside the answers."""
    _write(path, _encoded(picture, path.name, **settings))


def _blocks(values):
    """A (28, 28) array with these four values in its quarters."""
    return np.kron(np.reshape(values, (2, 2)), np.ones((14, 14)))


def _check_prepared(path, rgba, invert, what):
    """Check the answer for a file whose quarters have these colours (r, g, b, opacity)."""
    r, g, b, opacity = np.asarray(rgba, dtype=float).T / 255

    def laid(grey, ground=1.0):
        value = grey * opacity + ground * (1 - opacity)
        return 1 - value if invert else value

    luma = 0.299 * r + 0.587 * g + 0.114 * b
    right, on_black = laid(luma), laid(luma, ground=0.0)
    slip = "It is not inverted. Subtract it from 1 if `invert` is true."
    black = "It is laid on black, or inverted before it is laid on white. White first, invert last."
    if not invert:
        slip = "It is inverted, though invert=False. Invert only if asked."
        black = "Transparent pixels are laid on black. Lay the picture on white first."
    values = {
        slip: 1 - right,
        black: on_black,
        "The transparency is ignored. Lay the picture on white first.": 1 - luma
        if invert
        else luma,
        "That is the mean of red, green and blue. Weigh them as the formula says.": laid(
            (r + g + b) / 3
        ),
        "Those are the weights of another standard (ITU-R 709).": laid(
            0.2126 * r + 0.7152 * g + 0.0722 * b
        ),
    }
    asked = {"invert": True} if invert else {}  # not to invert is the default
    call = checks.call(answers.prepare_image, path, **asked)
    actual = np.asarray(call.result) if call.result is not None else None
    said = f"prepare_image of {what}" + (" with invert=True" if invert else "")
    checks.require(actual is not None, f"{said} gave None. Does it end with `return`?")
    checks.require(
        actual.dtype.kind in "fiub",
        f"{said} gave a {checks.kind(call.result)}. Make it an array.",
    )
    checks.require(
        actual.shape == (28, 28), f"{said} has the wrong shape: {actual.shape}. Expected (28, 28)."
    )
    span = f"{said} has values from {actual.min():.3g} to {actual.max():.3g}. Expected 0 to 1"
    checks.require(
        actual.max() < 2,
        f"{span}: divide by 255. (Numbers from 0 to 1 are inverted by 1 - x, not 255 - x.)",
    )
    expected = _blocks(right)
    # Filters blur the borders between the quarters by up to three pixels, each in its own way.
    inside = np.r_[0:10, 18:28]
    inside = np.ix_(inside, inside)
    checks.compare(
        actual[inside],
        expected[inside],
        f"{said}, a quarter of one colour,",
        rtol=0,
        atol=0.012,
        mistakes={
            "The picture is divided by 255 twice.": expected[inside] / 255,
            "Rows and columns are swapped: the top of the picture is row 0.": expected.T[inside],
            **{message: _blocks(value)[inside] for message, value in values.items()},
        },
    )
    checks.require(
        actual.dtype == np.float32,
        f"{said} has the wrong dtype: {actual.dtype}. Expected float32.",
    )
    checks.require(actual.min() >= 0 and actual.max() <= 1, f"{span}.")


def test_prepare_image():
    red, green, blue, grey = (255, 0, 0), (0, 255, 0), (0, 0, 255), (100, 100, 100)
    place = checks.new_folder()
    colours = [(*colour, 255) for colour in (red, green, blue, grey)]
    _save(_quarters(Image.new("RGB", (1, 1)), (80, 56), [c[:3] for c in colours]), place / "a.png")
    _check_prepared(place / "a.png", colours, False, "an RGB picture")
    _check_prepared(place / "a.png", colours, True, "an RGB picture")
    _save(Image.new("L", (40, 30), 255), place / "white.png")
    white = np.asarray(checks.call(answers.prepare_image, place / "white.png").result)
    checks.require(
        white.min() > 0.998,
        f"A white picture gives values from {white.min():.4f} to {white.max():.4f}. White is 255, and should "
        "become 1.",
    )
    see_through = [(*red, 0), (0, 0, 0, 0), (*grey, 128), (*blue, 255)]
    _save(_quarters(Image.new("RGBA", (1, 1)), (64, 64), see_through), place / "b.png")
    _check_prepared(place / "b.png", see_through, False, "an RGBA picture")
    checks.call(answers.prepare_image, place / "none.png").raises(
        FileNotFoundError, "there is no file"
    )
    _write(place / "text.png", b"I am no picture.")
    checks.call(answers.prepare_image, place / "text.png").raises(ValueError, "it is no picture")
    ### BEGIN HIDDEN TESTS
    _check_prepared(place / "b.png", see_through, True, "an RGBA picture")
    # Modes and sizes: what is wide or high is stretched, with nothing cut off or added.
    for size in [(300, 40), (30, 260), (28, 28), (500, 400)]:
        for mode, quarters, as_rgba in [
            ("L", [0, 60, 180, 255], [(v, v, v, 255) for v in (0, 60, 180, 255)]),
            ("RGB", [c[:3] for c in colours], colours),
            ("1", [0, 1, 1, 0], [(v, v, v, 255) for v in (0, 255, 255, 0)]),
            (
                "LA",
                [(0, 0), (0, 255), (90, 100), (200, 255)],
                [(0, 0, 0, 0), (0, 0, 0, 255), (90, 90, 90, 100), (200, 200, 200, 255)],
            ),
        ]:
            path = place / f"{mode}{size[0]}.png"
            _save(_quarters(Image.new(mode, (1, 1)), size, quarters), path)
            what = f"a picture of {size[0]} × {size[1]} pixels and mode {mode}"
            _check_prepared(str(path), as_rgba, size[0] == 300, what)
    rng = checks.fresh_rng()
    for mode in ("RGB", "RGBA", "RGB", "RGBA"):
        fresh = rng.integers(0, 256, (4, 4))
        if mode == "RGB":
            fresh[:, 3] = 255
        fresh = [tuple(colour) for colour in fresh.tolist()]
        width, height = (2 * rng.integers(20, 150, 2)).tolist()
        quarters = [colour[: len(mode)] for colour in fresh]
        _save(_quarters(Image.new(mode, (1, 1)), (width, height), quarters), place / "fresh.png")
        what = f"a picture of {width} × {height} pixels and mode {mode}"
        _check_prepared(place / "fresh.png", fresh, bool(rng.random() < 0.5), what)
    palette = Image.new("P", (1, 1))
    palette.putpalette([*(10, 20, 30), *red, *(0, 90, 200), *(250, 240, 20)])
    palette = _quarters(palette, (96, 72), [0, 1, 2, 3])
    listed = [(10, 20, 30), red, (0, 90, 200), (250, 240, 20)]
    _save(palette, place / "p.png")
    _check_prepared(place / "p.png", [(*c, 255) for c in listed], False, "a P picture")
    for name in ("t.png", "t.gif"):
        _save(palette, place / name, transparency=0)
        with_hole = [(*c, 0 if i == 0 else 255) for i, c in enumerate(listed)]
        _check_prepared(place / name, with_hole, True, "a P picture with transparency")
    inks = [(255, 255, 255, 0), (0, 0, 0, 255), (0, 0, 0, 128), (0, 255, 255, 0)]
    _save(_quarters(Image.new("CMYK", (1, 1)), (64, 64), inks), place / "c.tif")
    printed = [(0, 0, 0, 255), (0, 0, 0, 255), (127, 127, 127, 255), (255, 0, 0, 255)]
    _check_prepared(place / "c.tif", printed, False, "a CMYK picture")
    for grey_value in (0, 77, 255):
        _save(Image.new("L", (7, 3), grey_value), place / "flat.bmp")
        flat = [(grey_value, grey_value, grey_value, 255)] * 4
        _check_prepared(place / "flat.bmp", flat, grey_value == 77, "a picture of 7 × 3 pixels")
    # What cannot be read.
    checks.call(answers.prepare_image, str(place / "no" / "a.png")).raises(
        FileNotFoundError, "there is no such folder"
    )
    _write(place / "empty.jpg", b"")
    checks.call(answers.prepare_image, place / "empty.jpg").raises(ValueError, "it is empty")
    noise = rng.integers(0, 256, (60, 60, 3), dtype="uint8")
    for name in ("cut.png", "cut.jpg", "cut.bmp"):
        whole = _encoded(Image.fromarray(noise), name)
        _write(place / name, whole[: len(whole) // 2])
        checks.call(answers.prepare_image, str(place / name), invert=True).raises(
            ValueError, "the second half of the file is missing"
        )
    ### END HIDDEN TESTS
