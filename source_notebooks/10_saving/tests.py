"""The tests of this lesson: `checks.run("save_and_reload")` runs `test_save_and_reload`, and so on."""

import zipfile
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from PIL import Image

from helpers import checks
from helpers.checks import answers, models
from helpers.checks.models import built


def _trained(optimizer, seed=0):
    """A small compiled model after three training steps, with a batch (x, y) for the next one."""
    keras.utils.set_random_seed(seed)
    network = keras.Sequential(
        [
            keras.Input((5,)),
            keras.layers.Dense(8, activation="tanh"),
            keras.layers.Dense(3, activation="softmax"),
        ]
    )
    network.compile(optimizer, "sparse_categorical_crossentropy", run_eagerly=True)  # starts faster
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(16, 5)).astype("float32"), rng.integers(0, 3, 16)
    for _ in range(3):
        network.train_on_batch(x, y)
    return network, x, y


def _check_reloaded(network, x, y, path, label):
    """Check that an answer gives the model back, as it is and as it trains on."""
    before = network.get_weights()
    call = checks.call(answers.save_and_reload, network, path)
    reloaded = models.built(call.result, label)
    checks.require(
        reloaded is not network, f"{label} is the model that was given. Return the one you loaded."
    )
    checks.require(
        Path(path).is_file(), f"There is no file at {path}. Save the model under the path given."
    )
    checks.require(
        zipfile.is_zipfile(path), f"The file at {path} is no .keras archive. Use model.save(path)."
    )
    expected = np.array(network(x))
    kept = keras.models.load_model(path)
    for actual, name in [(kept, "the model in the file"), (reloaded, label)]:
        checks.require(
            actual.output_shape == network.output_shape, f"{name} is another model than was given."
        )
        checks.compare(np.array(actual(x)), expected, f"a prediction of {name}")
    checks.require(
        all(np.array_equal(a, b) for a, b in zip(network.get_weights(), before)),
        "The weights of the model that was given have changed. Saving leaves them alone.",
    )
    checks.require(
        reloaded.compiled and reloaded.optimizer is not None,
        f"{label} is not compiled, so its optimizer is gone. Leave compile=False out.",
    )
    for actual, name in [(kept, "the model in the file"), (reloaded, label)]:
        mine = [np.array(v) for v in actual.optimizer.variables]
        right = [np.array(v) for v in network.optimizer.variables]
        checks.require(
            len(mine) == len(right)
            and all(a.shape == b.shape and np.allclose(a, b) for a, b in zip(mine, right)),
            f"The optimizer of {name} has lost its state: it made {int(actual.optimizer.iterations)} "
            f"steps, the original {int(network.optimizer.iterations)}. load_model restores it; compile "
            "would make a new optimizer.",
        )
    network.train_on_batch(x, y)
    reloaded.train_on_batch(x, y)
    for actual, right in zip(reloaded.get_weights(), network.get_weights()):
        checks.compare(actual, right, f"a weight of {label} after one more training step")


def test_save_and_reload():
    path = checks.new_folder() / "model.keras"
    _check_reloaded(*_trained("adam"), path, "the reloaded model")
    ### BEGIN HIDDEN TESTS
    other, x, y = _trained(keras.optimizers.SGD(0.1, momentum=0.9), seed=1)
    _check_reloaded(other, x, y, str(path), "the reloaded model, at a path with an older file")
    ### END HIDDEN TESTS


def _settings(network):
    """(class, name, settings) of every layer but the inputs."""
    return [
        (type(layer).__name__, layer.name, layer.get_config())
        for layer in network.layers
        if not isinstance(layer, keras.layers.InputLayer)
    ]


def _check_architecture(network, x):
    """Give a model weights as if it were trained, and check the answer's copy of it."""
    fresh = network.get_weights()  # as the initializers made them
    rng = np.random.default_rng(0)
    trained = [np.abs(rng.normal(0.5, 2, w.shape)).astype("float32") for w in fresh]
    network.set_weights(trained)
    label = f"the copy of {network.name}"
    copy = built(checks.call(answers.copy_architecture, network).result, label)
    checks.require(copy is not network, f"{label} is the original itself. Build a new model.")
    checks.require(
        not any(a is b for a in copy.layers for b in network.layers)
        and not any(a is b for a in copy.weights for b in network.weights),
        f"{label} shares layers with the original: training one would train the other. Go through JSON.",
    )
    checks.require(
        all(np.array_equal(a, b) for a, b in zip(network.get_weights(), trained)),
        "The weights of the original have changed. Leave it alone.",
    )
    for mine, right in zip(_settings(copy), _settings(network)):
        checks.require(
            mine == right,
            f"{label} has a layer with other settings.\n  yours:    {mine}\n  expected: {right}",
        )
    checks.require(
        len(_settings(copy)) == len(_settings(network)),
        f"{label} has {len(_settings(copy))} layers; the original has {len(_settings(network))}.",
    )
    for weight, old, start in zip(copy.weights, trained, fresh):
        value = np.array(weight)
        name = f"the {weight.path} of {label}"
        checks.require(
            not np.array_equal(value, old),
            f"{name} is the original's. The copy should start with fresh weights.",
        )
        if np.ptp(start) == 0:  # a constant, such as the zeros of a bias
            checks.compare(value, start, f"{name}, which its initializer sets")
        else:
            checks.require(np.ptp(value) > 0, f"{name} is constant. It was never initialised.")
            # A kernel of 2,000 numbers has its standard deviation within 10 % of the initializer's.
            checks.require(
                value.size < 2000 or 0.8 < value.std() / start.std() < 1.25,
                f"{name} has a standard deviation of {value.std():.3g}. Its initializer gives "
                f"{start.std():.3g}.",
            )
    copy.set_weights(trained)
    checks.compare(
        keras.ops.convert_to_numpy(copy(x)),
        keras.ops.convert_to_numpy(network(x)),
        f"the output of {label}, given the same weights",
        rtol=1e-3,
    )
    copy.set_weights(fresh)
    checks.require(
        all(np.array_equal(a, b) for a, b in zip(network.get_weights(), trained)),
        f"Changing the weights of {label} changes the original. It needs weights of its own.",
    )


def test_copy_architecture():
    x = np.random.default_rng(1).normal(size=(4, 64)).astype("float32")
    network = keras.Sequential(
        [
            keras.Input((64,)),
            keras.layers.Dense(
                32, activation="relu", kernel_initializer="he_normal", name="hidden"
            ),
            keras.layers.Dense(3, activation="softmax", bias_initializer="ones", name="output"),
        ],
        name="sequential_model",
    )
    _check_architecture(network, x)
    ### BEGIN HIDDEN TESTS
    inputs = keras.Input((64,), name="features")
    side = keras.layers.Dense(32, activation="tanh", name="side")(inputs)
    deep = keras.layers.BatchNormalization(name="normalised")(side)
    deep = keras.layers.Dropout(0.25, name="dropped")(deep)
    deep = keras.layers.Dense(32, kernel_regularizer=keras.regularizers.L2(0.01), name="deep")(deep)
    joined = keras.layers.Concatenate(name="joined")([keras.layers.add([side, deep]), inputs])
    outputs = keras.layers.Dense(1, use_bias=False, name="score")(joined)
    _check_architecture(keras.Model(inputs, outputs, name="functional_model"), x)
    compiled = keras.Sequential(
        [
            keras.Input((8, 8)),
            keras.layers.Flatten(name="flat"),
            keras.layers.Dense(40, activation="elu"),
            keras.layers.Dense(2),
        ],
        name="compiled_model",
    )
    compiled.compile("sgd", "mean_squared_error")
    _check_architecture(compiled, x.reshape(4, 8, 8))
    ### END HIDDEN TESTS


def _stack(n_inputs, *layers):
    """A Sequential model of these layers, all weights set to random numbers."""
    return _randomised(keras.Sequential([keras.Input((n_inputs,)), *layers]))


def _randomised(network):
    """Set all weights, biases included, so that no two layers are alike by chance."""
    rng = np.random.default_rng()
    network.set_weights([rng.uniform(0.1, 1, w.shape).astype("float32") for w in network.weights])
    return network


def _check_copied(source, target, expected):
    """Call the answer, and check every layer of both models."""
    given = {layer.name: layer.get_weights() for layer in source.layers}
    before = {layer.name: layer.get_weights() for layer in target.layers}
    result = checks.call(answers.copy_weights_by_name, source, target).result
    checks.require(result is not None, "copy_weights_by_name gave None. Does it end with `return`?")
    checks.require(
        isinstance(result, (list, tuple)),
        f"The result is a {type(result).__name__}. A list of names is expected.",
    )
    for layer in source.layers:
        checks.require(
            all(np.array_equal(a, b) for a, b in zip(layer.get_weights(), given[layer.name])),
            f"The layer {layer.name!r} of the source has changed. Copy from source to target.",
        )
    for layer in target.layers:
        mine = layer.get_weights()
        if layer.name in expected:
            right = given[layer.name]
            wrong = f"The layer {layer.name!r} has not got the weights of the source."
        else:
            right = before[layer.name]
            wrong = (
                f"The layer {layer.name!r} of the target should stay as it is: the source has "
                + (
                    f"the shapes {[w.shape for w in given[layer.name]]}, the target "
                    f"{[w.shape for w in right]}."
                    if layer.name in given
                    else "no layer of that name."
                )
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
    changed = [w + 1 for w in source.get_weights()]
    after = target.get_weights()
    source.set_weights(changed)
    checks.require(
        all(np.array_equal(a, b) for a, b in zip(target.get_weights(), after)),
        "Training the source would change the target: they share weights. Copy the numbers.",
    )


def test_copy_weights_by_name():
    dense, flatten = keras.layers.Dense, keras.layers.Flatten
    source = _stack(4, flatten(name="row"), dense(5, name="hidden"), dense(3, name="digit"))
    target = _stack(4, flatten(name="row"), dense(5, name="hidden"), dense(3, name="other"))
    _check_copied(source, target, ["hidden"])
    # Of the same name, but of other shapes; and in another order.
    source = _stack(4, dense(5, name="a"), dense(5, name="b"), dense(2, name="c"))
    target = _stack(5, dense(5, name="b"), dense(4, name="c"), dense(5, name="a"))
    _check_copied(source, target, ["b", "a"])
    ### BEGIN HIDDEN TESTS
    # No bias in one of the two: the kernels agree, the layers do not.
    source = _stack(4, dense(4, name="a", use_bias=False), dense(4, name="b"), dense(4, name="c"))
    target = _stack(4, dense(4, name="a"), dense(4, name="b", use_bias=False), dense(4, name="c"))
    _check_copied(source, target, ["c"])

    class Shifted(keras.layers.Layer):
        """A kernel of fixed shape and a shift of any length."""

        def __init__(self, n_shifts, **named):
            super().__init__(**named)
            self.kernel = self.add_weight(shape=(4, 3), name="kernel")
            self.shift = self.add_weight(shape=(n_shifts,), name="shift")

        def call(self, x):
            return x @ self.kernel + keras.ops.sum(self.shift)

    _check_copied(_stack(4, Shifted(2, name="a")), _stack(4, Shifted(5, name="a")), [])
    _check_copied(_stack(4, Shifted(2, name="a")), _stack(4, Shifted(2, name="a")), ["a"])
    # As many numbers in another shape; a name that belongs to a layer without weights.
    bare = {"use_bias": False}
    source = _stack(4, dense(2, name="a", **bare), dense(4, name="b"), flatten(name="c"))
    dropout = keras.layers.Dropout(0.5, name="b")
    target = _stack(2, dense(4, name="a", **bare), dropout, dense(4, name="c"))
    _check_copied(source, target, [])
    # Functional models, a layer with four weights, a Dropout of the same name, a frozen layer.
    inputs = keras.Input((4,), name="features")
    x = dense(6, activation="relu", name="first")(inputs)
    x = keras.layers.BatchNormalization(name="normalised")(x)
    x = keras.layers.Dropout(0.5, name="dropped")(x)
    source = _randomised(keras.Model(inputs, dense(3, name="second")(x)))
    inputs = keras.Input((4,), name="features")
    x = keras.layers.BatchNormalization(name="before")(inputs)
    x = dense(6, name="first", trainable=False)(x)
    x = keras.layers.Dropout(0.1, name="dropped")(
        keras.layers.BatchNormalization(name="normalised")(x)
    )
    target = _randomised(
        keras.Model(inputs, [dense(3, name="second")(x), dense(2, name="third")(x)])
    )
    _check_copied(source, target, ["first", "normalised", "second"])
    ### END HIDDEN TESTS


def _serve(folder, x):
    """What the SavedModel in a folder gives for x."""
    checks.require(
        (Path(folder) / "saved_model.pb").is_file(),
        "There is no saved_model.pb in the folder. Export to exactly the folder that is given.",
    )
    kept = tf.saved_model.load(str(folder))
    checks.require(
        hasattr(kept, "serve"),
        "The SavedModel in the folder has no endpoint `serve`. Write it with model.export(folder).",
    )
    return keras.ops.convert_to_numpy(kept.serve(x))


def _check_exported(network, folder, x):
    """Compare what the answer gives with the model and with the SavedModel in the folder."""
    expected = network.predict_on_batch(x)
    before = network.get_weights()
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
        all(np.array_equal(a, b) for a, b in zip(network.get_weights(), before)),
        "The weights of the model have changed. Exporting leaves them alone.",
    )


def _network(seed, *shape, outputs=3):
    """A small model with random weights."""
    keras.utils.set_random_seed(seed)
    network = keras.Sequential(
        [
            keras.Input(shape),
            keras.layers.Flatten(),
            keras.layers.Dense(6, activation="tanh"),
            keras.layers.Dense(outputs, activation="softmax"),
        ]
    )
    network.set_weights([w + 0.1 for w in network.get_weights()])
    return network


def test_export_and_call():
    rng = np.random.default_rng(0)
    place = checks.new_folder()
    _check_exported(_network(0, 4), place / "new", rng.normal(size=(5, 4)).astype("float32"))
    ### BEGIN HIDDEN TESTS
    # The same folder again, with another model; and a single picture.
    _check_exported(_network(1, 4), str(place / "new"), rng.random((3, 4), dtype="float32"))
    network = _network(2, 6, 7, outputs=2)
    _check_exported(network, str(place / "b"), rng.random((1, 6, 7), dtype="float32"))
    inputs = keras.Input((3,))
    wide = keras.layers.concatenate([inputs, keras.layers.Dense(2, activation="relu")(inputs)])
    functional = keras.Model(inputs, keras.layers.Dense(1)(wide))
    (place / "empty").mkdir()
    _check_exported(functional, place / "empty", rng.normal(size=(4, 3)).astype("float32"))
    # A model whose weights are others while it is exported than before and after: only
    # the SavedModel knows those.
    network, usual_export = _network(3, 4), keras.Model.export

    def export(*args, **kwargs):
        kept = network.get_weights()
        network.set_weights([3 * w for w in kept])
        written = usual_export(network, *args, **kwargs)
        network.set_weights(kept)
        return written

    network.export = export
    x = rng.normal(size=(2, 4)).astype("float32")
    result = checks.call(answers.export_and_call, network, place / "moved", x).result
    checks.compare(
        result,
        _serve(place / "moved", x),
        "the result, compared with what the SavedModel in the folder gives,",
        rtol=1e-4,
        mistakes={
            "The outputs are those of the Keras model. Load the SavedModel and call that.": (
                network.predict_on_batch(x)
            )
        },
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
    call = checks.call(answers.prepare_image, path, invert=invert)
    actual = np.asarray(call.result) if call.result is not None else None
    said = f"prepare_image of {what}" + (" with invert=True" if invert else "")
    checks.require(actual is not None, f"{said} gave None. Does it end with `return`?")
    checks.require(
        actual.dtype.kind in "fiub",
        f"{said} gave a {type(call.result).__name__}. Make it an array.",
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
    _quarters(Image.new("RGB", (1, 1)), (80, 56), [c[:3] for c in colours]).save(place / "a.png")
    _check_prepared(place / "a.png", colours, False, "an RGB picture")
    _check_prepared(place / "a.png", colours, True, "an RGB picture")
    see_through = [(*red, 0), (0, 0, 0, 0), (*grey, 128), (*blue, 255)]
    _quarters(Image.new("RGBA", (1, 1)), (64, 64), see_through).save(place / "b.png")
    _check_prepared(place / "b.png", see_through, False, "an RGBA picture")
    checks.call(answers.prepare_image, place / "none.png").raises(
        FileNotFoundError, "there is no file"
    )
    (place / "text.png").write_text("I am no picture.")
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
            path = str(place / f"{mode}{size[0]}.png")
            _quarters(Image.new(mode, (1, 1)), size, quarters).save(path)
            what = f"a picture of {size[0]} × {size[1]} pixels and mode {mode}"
            _check_prepared(path, as_rgba, size[0] == 300, what)
    palette = Image.new("P", (1, 1))
    palette.putpalette([*(10, 20, 30), *red, *(0, 90, 200), *(250, 240, 20)])
    palette = _quarters(palette, (96, 72), [0, 1, 2, 3])
    listed = [(10, 20, 30), red, (0, 90, 200), (250, 240, 20)]
    palette.save(place / "p.png")
    _check_prepared(place / "p.png", [(*c, 255) for c in listed], False, "a P picture")
    for name in ("t.png", "t.gif"):
        palette.save(place / name, transparency=0)
        with_hole = [(*c, 0 if i == 0 else 255) for i, c in enumerate(listed)]
        _check_prepared(place / name, with_hole, True, "a P picture with transparency")
    inks = [(255, 255, 255, 0), (0, 0, 0, 255), (0, 0, 0, 128), (0, 255, 255, 0)]
    _quarters(Image.new("CMYK", (1, 1)), (64, 64), inks).save(place / "c.tif")
    printed = [(0, 0, 0, 255), (0, 0, 0, 255), (127, 127, 127, 255), (255, 0, 0, 255)]
    _check_prepared(place / "c.tif", printed, False, "a CMYK picture")
    for grey_value in (0, 77, 255):
        Image.new("L", (7, 3), grey_value).save(place / "flat.bmp")
        flat = [(grey_value, grey_value, grey_value, 255)] * 4
        _check_prepared(place / "flat.bmp", flat, grey_value == 77, "a picture of 7 × 3 pixels")
    # What cannot be read.
    checks.call(answers.prepare_image, str(place / "no" / "a.png")).raises(
        FileNotFoundError, "there is no such folder"
    )
    (place / "empty.jpg").write_bytes(b"")
    checks.call(answers.prepare_image, place / "empty.jpg").raises(ValueError, "it is empty")
    noise = np.random.default_rng(0).integers(0, 256, (60, 60, 3), dtype="uint8")
    for name in ("cut.png", "cut.jpg", "cut.bmp"):
        Image.fromarray(noise).save(place / name)
        whole = (place / name).read_bytes()
        (place / name).write_bytes(whole[: len(whole) // 2])
        checks.call(answers.prepare_image, str(place / name), invert=True).raises(
            ValueError, "the second half of the file is missing"
        )
    ### END HIDDEN TESTS
