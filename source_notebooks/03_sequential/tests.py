"""The tests of this lesson: `checks.run("dense_parameter_count")` runs `test_dense_parameter_count`, and so on."""

import keras
import numpy as np
import tensorflow as tf

from helpers import checks
from helpers.checks import answers, models


def _check_count(layer_sizes):
    """Compare an answer with the exact count, and name the usual slips."""
    pairs = [layer_sizes[i : i + 2] for i in range(len(layer_sizes) - 1)]
    kernels = sum(m * n for m, n in pairs)
    checks.call(answers.dense_parameter_count, layer_sizes).equals(
        kernels + sum(layer_sizes[1:]),
        rtol=0,
        atol=0,
        mistakes={
            "The biases are missing: each unit has one.": kernels,
            "The inputs are no layer. They have no bias.": kernels + sum(layer_sizes),
            "The last layer has biases, too.": kernels + sum(layer_sizes[1:-1]),
            "A layer has one bias for each unit, not one in all.": kernels + len(pairs),
            "That is one bias for each input. Each unit has one.": kernels + sum(layer_sizes[:-1]),
            "That is the first layer alone.": pairs[0][0] * pairs[0][1] + pairs[0][1],
            "That is the last layer alone.": pairs[-1][0] * pairs[-1][1] + pairs[-1][1],
            "That is the number of units. Each has a weight for every input.": sum(layer_sizes[1:]),
            "That is all sizes multiplied. Multiply neighbours, then add up.": np.prod(
                layer_sizes, dtype=float
            ),
            "The last layer is missing.": kernels
            + sum(layer_sizes[1:])
            - pairs[-1][0] * pairs[-1][1]
            - pairs[-1][1],
        },
    )


def test_dense_parameter_count():
    _check_count([784, 512, 10])
    _check_count([3, 2])
    ### BEGIN HIDDEN TESTS
    _check_count([784, 512, 512, 10])
    _check_count([5, 4, 3, 2, 1])
    _check_count([1, 1])
    _check_count([8, 30, 30, 30, 30, 30, 1])
    _check_count([100, 7, 100, 7])
    rng = checks.fresh_rng()
    _check_count(rng.integers(2, 200, 3).tolist())
    _check_count(rng.integers(2, 200, 7).tolist())
    ### END HIDDEN TESTS


def _identity(z):
    """No activation."""
    return z


def _check_mlp(layer_sizes, *activation, seed=0, **named):
    """Give the model known weights, and compare what it computes with matrix products."""
    call = checks.call(answers.build_mlp, layer_sizes, *activation, **named)
    model = models.built(call.result, f"the model of {call.label}")
    weights = models.set_dense_weights(model, layer_sizes, seed, f"the model of {call.label}")
    x = np.random.default_rng(seed).normal(size=(40, layer_sizes[0])).astype("float32")
    functions = {
        "relu": models.relu,
        "tanh": np.tanh,
        "sigmoid": models.sigmoid,
        "softplus": lambda z: np.logaddexp(0, z),
    }
    right = functions[(*activation, *named.values(), "relu")[0]]
    logits = models.dense_forward(weights, x, right)
    models.computes(
        model,
        x,
        logits,
        f"the output of {call.label}",
        mistakes={
            "The last layer has the activation, too. It should have none.": right(logits),
            "The model ends in a softmax. The last layer should have no activation.": (
                models.softmax(logits)
            ),
            "The hidden layers have no activation.": models.dense_forward(weights, x, _identity),
            "The activation stands behind the last layer, not behind the hidden ones.": right(
                models.dense_forward(weights, x, _identity)
            ),
            "The argument activation is not used: the hidden layers have ReLU.": (
                models.dense_forward(weights, x, models.relu)
            ),
        },
    )
    checks.require(
        not models.facts(model)["penalties"],
        f"the model of {call.label} has a penalty on its weights, which nobody asked for.",
    )
    return model


def test_build_mlp():
    model = _check_mlp([784, 32, 16, 10])
    _check_mlp([6, 5, 3], activation="tanh")
    checks.require(
        not models.facts(model)["compiled"],
        "Do not compile the model here. That is a task of its own, below.",
    )
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    seeds = rng.integers(1 << 30, size=5).tolist()
    _check_mlp([4, 3], seed=seeds[0])
    _check_mlp(rng.integers(3, 9, 6).tolist(), "sigmoid", seed=seeds[1])
    _check_mlp([5, 8, 1], activation="softplus", seed=seeds[2])
    sizes = rng.integers(3, 9, 4).tolist()
    models.separate(_check_mlp(sizes, seed=seeds[3]), _check_mlp(sizes, seed=seeds[4]))
    ### END HIDDEN TESTS


def _check_he_normal(kernel, name):
    """Judge how a kernel of tens of thousands of weights was drawn, by its spread and its ends."""
    m, n = kernel.shape
    right = (2 / m) ** 0.5
    # With 36,000 weights or more the measured value strays by less than 0.4 % (one standard
    # deviation); 3 % is far outside, and the nearest mistake, the mean of m and n, is 5 % away.
    checks.compare(
        kernel.std(),
        right,
        f"the standard deviation of {name}, {m} x {n},",
        rtol=0.03,
        mistakes={
            "That is Glorot's, which is Keras's default: kernel_initializer='he_normal'.": (
                2 / (m + n)
            )
            ** 0.5,
            "That is LeCun's, sqrt(1 / m). He's is sqrt(2 / m).": (1 / m) ** 0.5,
            "That is for the number of units. He counts the inputs.": (2 / n) ** 0.5,
            "That is for the mean of inputs and units. He counts the inputs.": (4 / (m + n)) ** 0.5,
            "The cut at two standard deviations makes the spread smaller; he_normal allows for "
            "that.": 0.8796 * right,
            "All weights of the kernel are equal.": 0,
        },
    )
    checks.require(
        abs(kernel.mean()) < 0.05 * right,
        f"the mean of {name} is {kernel.mean():.3g}. It should be about 0.",
    )
    # he_normal ends at 2.27 times the standard deviation, uniform weights at 1.73 times; of
    # 36,000 normal ones the largest is at about 4 times. 3.5 % of he_normal's are beyond 2 times.
    reach = np.abs(kernel).max() / right
    checks.require(
        reach > 2, f"{name} is drawn uniformly. That is he_uniform; he_normal is asked for."
    )
    checks.require(
        reach < 2.3,
        f"{name} has weights {reach:.1f} standard deviations out. Keras's he_normal is cut off "
        "at 2.27: its normal distribution is truncated.",
    )


def _check_penalised(layer_sizes, l2, seed=0):
    """Give the model known weights; compare what it computes and what its penalties add up to."""
    call = checks.call(answers.build_regularised_mlp, layer_sizes, l2)
    model = models.built(call.result, f"the model of {call.label}")
    drawn = models.weights(model)
    weights = models.set_dense_weights(model, layer_sizes, seed, f"the model of {call.label}")
    x = np.random.default_rng(seed).normal(size=(40, layer_sizes[0])).astype("float32")
    logits = models.dense_forward(weights, x, models.relu)
    models.computes(
        model,
        x,
        logits,
        f"the output of {call.label}",
        mistakes={
            "The last layer has ReLU, too. It should have no activation.": models.relu(logits),
            "The model ends in a softmax. The last layer should have no activation.": (
                models.softmax(logits)
            ),
            "The hidden layers have no activation.": models.dense_forward(weights, x, lambda z: z),
        },
    )
    squares = [float(np.sum(kernel.astype("float64") ** 2)) for kernel, _ in weights]
    biases = sum(float(np.sum(bias.astype("float64") ** 2)) for _, bias in weights)
    distances = sum(float(np.sum(np.abs(kernel))) for kernel, _ in weights)
    total = sum(squares)
    checks.compare(
        models.facts(model)["penalties"],
        l2 * total,
        f"sum(model.losses) for the model of {call.label}, with weights known to the test,",
        rtol=1e-3,
        mistakes={
            "There is no penalty at all: each layer needs a kernel_regularizer.": 0,
            "The last layer has no penalty.": l2 * sum(squares[:-1]),
            "Only the last layer has a penalty.": l2 * squares[-1],
            "Only the first layer has a penalty.": l2 * squares[0],
            "The biases have a penalty, too. They should have none.": l2 * (total + biases),
            "The penalty is on the biases. It belongs on the kernels.": l2 * biases,
            "That is L1, the sum of |w|. L2 is the sum of the squares.": l2 * distances,
            "That is L1 and L2 together. Only L2 is asked for.": l2 * (total + distances),
            "There is a factor 1/2. The penalty is l2 times the sum, as it is.": l2 * total / 2,
            "The argument l2 is not used: the string 'l2' always means 0.01.": 0.01 * total,
            "That is the mean of the squares for each kernel. Take the sum.": l2
            * sum(s / k.size for s, (k, _) in zip(squares, weights)),
            "The penalty is counted twice.": 2 * l2 * total,
        },
    )
    return model, drawn


def test_build_regularised_mlp():
    _, drawn = _check_penalised([300, 200, 240, 180], 0.003)
    for place, kernel in zip(("first", "second", "third"), drawn[::2]):
        _check_he_normal(kernel, f"the {place} kernel")
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    seeds = rng.integers(1 << 30, size=5).tolist()
    _check_penalised(rng.integers(3, 9, 5).tolist(), round(rng.uniform(0.1, 0.9), 3), seeds[0])
    _check_penalised([6, 4, 2], 0.0, seeds[1])
    sizes = [int(rng.integers(260, 300)), int(rng.integers(150, 180))]
    _, drawn = _check_penalised(sizes, 1.0, seeds[2])
    _check_he_normal(drawn[0], "the only kernel")
    first, second = (_check_penalised([5, 4, 3], 0.1, seed)[0] for seed in seeds[3:])
    models.separate(first, second)
    ### END HIDDEN TESTS


@checks.beside
def _linear(n_features, n_classes):
    """A model of one layer, without an activation."""
    return keras.Sequential([keras.Input((n_features,)), keras.layers.Dense(n_classes)])


def _decided(logits, n):
    """The first `n` rows in which one logit is clearly the largest, so that no rounding matters."""
    second, first = np.sort(logits, axis=1)[:, -2:].T
    return np.flatnonzero(first - second > 1e-3)[:n]


def _check_report(model, x, labels, loss, hits):
    """Check what `evaluate` says: this loss, and under any name the accuracy of `hits` answers in 8."""
    models.reports(
        model,
        x,
        labels,
        {"loss": loss},
        hints={"loss": "Labels are class numbers; metrics=['accuracy'] is a metric for them."},
    )
    report = models.evaluate(model, x, labels)
    others = {name: value for name, value in report.items() if name != "loss"}
    checks.require(others, "The model reports no accuracy: compile takes metrics=[...], a list.")
    checks.require(
        any(np.shape(value) == () and abs(value - hits / 8) < 1e-3 for value in others.values()),
        f"The accuracy of {hits} right answers in 8 is {hits / 8}; the model reports "
        + ", ".join(f"{name} {value:.4g}" for name, value in others.items())
        + ". Is that metric the accuracy, for labels that are class numbers?",
    )


def _check_compiled(learning_rate, n_features, n_classes, seed=0, n=64, hits=5):
    """Compile a model with known weights, and compare its loss and accuracy with the formulas."""
    model = _linear(n_features, n_classes)
    ((kernel, bias),) = models.set_dense_weights(model, [n_features, n_classes], seed)
    call = checks.call(answers.compile_classifier, model, learning_rate)
    checks.require(
        call.result is not None,
        f"{call.label} gave None. compile itself returns nothing: end with `return model`.",
    )
    checks.require(
        call.result is model, f"{call.label} should return the very model that it was given."
    )
    models.compiled(model, keras.optimizers.RMSprop, learning_rate)
    x = np.random.default_rng(seed).normal(size=(n + 20, n_features)).astype("float32")
    x = x[_decided(x @ kernel + bias, n)]
    logits = x @ kernel + bias
    models.computes(
        model,
        x,
        logits,
        "the model's output after compile_classifier",
        mistakes={
            "Leave the layers alone. The softmax happens inside the loss.": models.softmax(logits)
        },
    )
    # Right for some examples of eight; the others get the label of another class.
    labels = (logits.argmax(axis=1) + np.where(np.arange(n) % 8 < hits, 0, 1)) % n_classes
    costs = -np.log(models.softmax(logits)[np.arange(n), labels])
    words = f"{n} labels (class numbers) and {n} x {n_classes} logits"
    try:
        loss = models.loss_of(model, labels, logits)
    except Exception as error:
        first_line = str(error).partition("\n")[0]
        checks.require(
            False,
            f"The model's loss cannot be computed from {words}: {type(error).__name__}: "
            f"{first_line}\nIs it a cross-entropy for class numbers (sparse)?",
        )
    sure = np.eye(n_classes, dtype="float32")[labels]
    checks.compare(
        loss,
        costs.mean(),
        f"the model's loss for {words}",
        rtol=1e-3,
        mistakes={
            "The loss takes the logits for probabilities: from_logits=True is missing.": (
                keras.losses.SparseCategoricalCrossentropy()(labels, logits)
            ),
            "That is the sum over the batch. Leave the reduction as it is: the mean.": costs.sum(),
            "That is the squared error of the class numbers.": (
                (logits - labels[:, None]) ** 2
            ).mean(),
            "That is a binary cross-entropy.": (np.logaddexp(0, logits) - sure * logits).mean(),
            "The minus sign of the cross-entropy is missing.": -costs.mean(),
        },
    )
    _check_report(model, x, labels, costs.mean(), hits)


def test_compile_classifier():
    _check_compiled(0.005, 6, 4)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    for n_features, n_classes in [(5, 10), (12, 7)]:
        rate, seed = round(rng.uniform(0.002, 0.3), 4), int(rng.integers(1 << 30))
        hits = int(rng.integers(2, 7))
        _check_compiled(rate, n_features, n_classes, seed, hits=hits)
    ### END HIDDEN TESTS


def _check_labels(model, shape, sizes, n, seed=0):
    """Give the model known weights; compare an answer with matrix products, and name the slips."""
    weights = models.set_dense_weights(model, sizes, seed)
    images = 4 * np.random.default_rng(seed).random((n + 20, *shape)).astype("float32") - 2
    logits = models.dense_forward(weights, images.reshape(-1, sizes[0]), models.relu)
    clear = _decided(logits, n)
    images, logits = images[clear], logits[clear]
    rows, outputs = images.reshape(n, sizes[0]), models.outputs(model, images)
    labels = logits.argmax(axis=1)
    dim = models.dense_forward(weights, rows / 255, models.relu)
    checks.call(answers.predict_labels, model, images).equals(
        labels,
        dtype=np.integer,
        mistakes={
            "The values are right. Class numbers are integers: convert them.": labels,
            "These are the model's outputs. Take the place of the largest in each row.": outputs,
            "These are the largest outputs. Their places are asked for: argmax.": outputs.max(1),
            "That looks along the images. Look along the classes: axis=-1.": outputs.argmax(0),
            "An axis is lost: for a single image the shape should still be (1,)."
            if n == 1
            else "That is one place in all of the outputs. Each row has its own: axis=-1.": (
                outputs.argmax()
            ),
            "There is an axis too many: the shape should be (n,).": labels[:, None],
            "These are the smallest outputs.": outputs.argmin(1),
            "The images are scaled already. Do not divide them by 255 again.": dim.argmax(1),
            "That is one-hot. Return the class numbers.": np.eye(sizes[-1])[labels],
            "Those are classes in the order of their outputs. Only the first is asked for.": (
                np.argsort(-outputs, axis=1)
            ),
        },
    )


### BEGIN HIDDEN TESTS
@checks.beside
def _two_layers():
    """A model that takes pictures of 8 x 5 pixels, and gives probabilities of 12 classes."""
    return keras.Sequential(
        [
            keras.Input((8, 5)),
            keras.layers.Reshape((40,)),
            keras.layers.Dense(16, activation="relu"),
            keras.layers.Dense(12, activation="softmax"),
        ]
    )


### END HIDDEN TESTS
def test_predict_labels():
    linear = _linear(6, 4)
    _check_labels(linear, (6,), [6, 4], n=20)
    _check_labels(linear, (6,), [6, 4], n=1, seed=1)
    ### BEGIN HIDDEN TESTS
    seeds = checks.fresh_rng().integers(1 << 30, size=3).tolist()
    with_softmax = _two_layers()
    _check_labels(with_softmax, (8, 5), [40, 16, 12], n=200, seed=seeds[0])
    _check_labels(with_softmax, (8, 5), [40, 16, 12], n=1, seed=seeds[1])
    _check_labels(linear, (6,), [6, 4], n=4, seed=seeds[2])  # as many images as classes
    ### END HIDDEN TESTS


@checks.beside
def _observed_model():
    """A small compiled model on 784 features; `batches()` gives those that `fit` has given it."""
    seen = {"training": [], "validation": []}

    class Observed(keras.Sequential):
        fitting = False

        def batches(self):
            return seen

        def fit(self, *args, **kwargs):
            self.fitting = True
            try:
                return super().fit(*args, **kwargs)
            finally:
                self.fitting = False

        def train_step(self, data):
            note(self, data, "training")
            return super().train_step(data)

        def test_step(self, data):
            note(self, data, "validation")
            return super().test_step(data)

    def note(model, data, part):
        if model.fitting and tf.executing_eagerly():
            x, y, _ = keras.utils.unpack_x_y_sample_weight(data)
            seen[part].append((np.array(x, dtype="float32"), np.array(y).reshape(-1)))

    model = Observed([keras.Input((784,)), keras.layers.Dense(10)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("rmsprop", loss, metrics=["accuracy"], run_eagerly=True)
    return model


def _recognise(received, rows):
    """For each received row the index of the same row in `rows`; None where one is not there."""
    if received.shape[1:] != rows.shape[1:]:
        return None
    distances = np.abs(received[:, None] - rows[None]).max(axis=-1)
    return distances.argmin(axis=1) if distances.min(axis=1).max() < 1e-3 else None


def _check_training(n, epochs, batch_size, rng):
    """Train an observed model; check every batch that it was given."""
    images = rng.integers(0, 256, (n, 28, 28), dtype="uint8")
    labels = rng.integers(0, 10, n, dtype="uint8")
    rows = images.reshape(n, 784) / 255
    slips = {
        "The pixels are not divided by 255.": images.reshape(n, 784),
        "The pixels are divided by 255 twice.": rows / 255,
        "The pixels are divided by 256.": rows * (255 / 256),
        "// cuts to whole numbers: divide with a single /.": (images // 255).reshape(n, 784),
        "The pixels are standardised. Divide by 255, nothing else.": (rows - rows.mean())
        / rows.std(),
        "The images are laid out column by column. Lay them out line by line.": (
            rows.reshape(n, 28, 28).transpose(0, 2, 1).reshape(n, 784)
        ),
        "The pixels of different images are mixed up: reshape to (n, 784), without .T.": (
            rows.reshape(784, n).T
        ),
    }
    model = _observed_model()
    before, optimizer = models.weights(model), checks.value(model.optimizer)
    call = checks.call(answers.train_digits, model, images, labels, epochs, batch_size)
    history = call.result
    checks.require(history is not None, f"{call.label} gave None. Return what `model.fit` returns.")
    checks.require(
        checks.is_a(history, keras.callbacks.History),
        f"{call.label} gave a {checks.kind(history)}. Return the History, as `model.fit` does.",
    )
    checks.require(
        checks.value(model.optimizer) is optimizer and checks.value(model.run_eagerly),
        "The model was compiled already. Train it as it is, do not compile it again.",
    )
    n_epochs = len(checks.value(history.epoch))
    checks.require(
        n_epochs == epochs,
        f"{call.label}: the History is of {n_epochs} epoch(s), not of {epochs}.",
    )
    seen, after = model.batches(), models.weights(model)
    checks.require(
        seen["training"] and any(np.any(a != b) for a, b in zip(before, after)),
        f"{call.label}: the weights of the model did not change. Is it `model` that you fit?",
    )
    checks.require(
        len(checks.value(history.history).get("val_loss", [])) == epochs and seen["validation"],
        f"{call.label}: the History should have a val_loss for every epoch. Hold a tenth of the "
        "examples out, for example with validation_split=0.1.",
    )
    ids = {}
    for part, batches in seen.items():
        x = np.concatenate([batch for batch, _ in batches])
        ids[part] = _recognise(x, rows)
        if ids[part] is None:
            known = [words for words, slip in slips.items() if _recognise(x, slip) is not None]
            checks.require(
                False,
                f"In {part} the model received rows that are not the images, laid out line by line "
                f"and divided by 255; the values run from {x.min():.3g} to {x.max():.3g}. "
                + " ".join(known[:1]),
            )
        y = np.concatenate([batch for _, batch in batches])
        checks.require(
            np.array_equal(y, labels[ids[part]]),
            f"In {part} some images came with the labels of others. Cut and shuffle images and "
            "labels in the same way.",
        )
    held_out = set(ids["validation"].tolist())
    trained_on = set(ids["training"].tolist())
    checks.require(
        not held_out & trained_on,
        f"{len(held_out & trained_on)} of the {n} examples are both trained on and validated on. "
        "What is held out must not be in the training.",
    )
    checks.require(
        n // 10 <= len(held_out) <= -(-n // 10),
        f"{len(held_out)} of {n} examples are held out for validation; a tenth is asked for.",
    )
    n_train = n - len(held_out)
    checks.require(
        len(trained_on) == n_train,
        f"{len(trained_on)} of {n} examples are trained on, {len(held_out)} are held out. What of "
        "the others?",
    )
    sizes = [len(y) for _, y in seen["training"]]
    steps = -(-n_train // batch_size)
    full, rest = divmod(n_train, batch_size)
    expected = full * [batch_size] + [rest] * (rest > 0)
    checks.require(
        len(sizes) == epochs * steps
        # A PyDataset's batches come in any order, so the small one need not be the last.
        and all(sorted(epoch) == sorted(expected) for epoch in np.reshape(sizes, (epochs, steps))),
        f"{call.label}: the batches of the training have the sizes {sizes[: 2 * steps]}; for "
        f"{n_train} examples, an epoch should have {expected}.",
    )
    checks.require(
        all(len(set(epoch)) == n_train for epoch in ids["training"].reshape(epochs, n_train)),
        "In an epoch, some examples came twice and others not at all.",
    )


def test_train_digits():
    _check_training(n=30, epochs=2, batch_size=8, rng=np.random.default_rng(0))
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    _check_training(n=25, epochs=3, batch_size=7, rng=rng)
    _check_training(n=60, epochs=1, batch_size=64, rng=rng)
    n, epochs, batch_size = rng.integers([31, 2, 9], [50, 5, 13]).tolist()
    _check_training(n, epochs, batch_size, rng)
    ### END HIDDEN TESTS


def _check_classifier(n_features, n_classes, seed=0, n=64, hits=5):
    """Give the classifier known weights; compare its outputs, its loss and its accuracy with formulas."""
    call = checks.call(answers.repair_classifier, n_features, n_classes)
    label = f"the model of {call.label}"
    model = models.built(call.result, label)
    weights = models.set_dense_weights(model, [n_features, 64, n_classes], seed, label)
    found = models.facts(model)
    checks.require(
        found["compiled"], f"{label} is not compiled: call model.compile(...) before you return it."
    )
    checks.require(
        found["trainable"] == 4,
        f"Of the 4 weights of {label}, training may change {found['trainable']}. Freeze no layer.",
    )
    x = np.random.default_rng(seed).normal(size=(n + 60, n_features)).astype("float32")
    x = x[_decided(models.dense_forward(weights, x, models.relu), n)]
    logits = models.dense_forward(weights, x, models.relu)
    p = models.softmax(logits)
    try:
        output = np.asarray(models.outputs(model, x))
    except Exception:
        output = None  # which is told below
    # Logits, probabilities, or their logarithms, which are logits too: whatever these outputs are.
    fitting = next(
        (
            right
            for right in (logits, p, np.log(p))
            if np.shape(output) == right.shape and np.allclose(output, right, rtol=1e-3, atol=1e-5)
        ),
        logits,
    )
    without = models.dense_forward(weights, x, _identity)
    mistakes = {
        "The hidden layer has no activation, and the output has ReLU.": models.relu(without),
        "The output has ReLU. That gives neither logits nor probabilities.": models.relu(logits),
        "Each output has a sigmoid of its own. For one class of several, take softmax.": (
            models.sigmoid(logits)
        ),
        "There are two softmaxes, one behind the other.": models.softmax(p),
    }
    for words, hidden in [
        ("no activation", _identity),
        ("tanh", np.tanh),
        ("a sigmoid", models.sigmoid),
        ("softmax", models.softmax),
    ]:
        other = models.dense_forward(weights, x, hidden)
        mistakes[f"The hidden layer has {words}. It should have ReLU."] = other
        mistakes[f"The hidden layer has {words}; it should have ReLU."] = models.softmax(other)
    models.computes(model, x, fitting, f"the output of {label}", mistakes=mistakes)
    checks.require(
        not found["penalties"] and not models.facts(model)["penalties"],
        f"{label} has a penalty on its weights, which nobody asked for.",
    )
    # Right for some examples of eight; the others get the label of another class.
    labels = (logits.argmax(axis=1) + np.where(np.arange(n) % 8 < hits, 0, 1)) % n_classes
    costs = -np.log(p[np.arange(n), labels])
    words = f"{n} labels (class numbers) and the {n} x {n_classes} outputs of the model"
    try:
        loss = models.loss_of(model, labels, fitting.astype("float32"))
    except Exception as error:
        first_line = str(error).partition("\n")[0]
        checks.require(
            False,
            f"The model's loss cannot be computed from {words}: {type(error).__name__}: "
            f"{first_line}\nIs it a cross-entropy for class numbers (sparse)?",
        )
    twice = -np.log(models.softmax(p)[np.arange(n), labels])
    sure = np.eye(n_classes, dtype="float32")[labels]
    checks.compare(
        loss,
        costs.mean(),
        f"the model's loss for {words}",
        rtol=1e-3,
        mistakes={
            "The outputs are logits, and the loss takes them for probabilities.": (
                keras.losses.SparseCategoricalCrossentropy()(labels, logits)
            ),
            "The outputs are probabilities, and the loss takes them for logits: from_logits=True "
            "makes a second softmax. Where Keras notices it mends that; do not rely on it.": (
                twice.mean()
            ),
            "That is the sum over the batch. Leave the reduction as it is: the mean.": costs.sum(),
            "That is the squared error of the class numbers.": (
                (fitting - labels[:, None]) ** 2
            ).mean(),
            "That is a squared error.": ((fitting - sure) ** 2).mean(),
            "The minus sign of the cross-entropy is missing.": -costs.mean(),
        },
    )
    _check_report(model, x, labels, costs.mean(), hits)
    return model


def test_repair_classifier():
    _check_classifier(6, 4)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    seeds = rng.integers(1 << 30, size=4).tolist()
    _check_classifier(30, 10, seed=seeds[0], hits=3)
    n_features, n_classes = (int(rng.integers(8, 20)), int(rng.integers(5, 9)))
    _check_classifier(n_features, n_classes, seed=seeds[1], hits=int(rng.integers(2, 7)))
    first = _check_classifier(5, 2, seed=seeds[2], hits=6)
    models.separate(first, _check_classifier(5, 2, seed=seeds[3], hits=6))
    ### END HIDDEN TESTS
