"""The tests of this lesson: `checks.run("RunningMean")` runs `test_RunningMean`, and so on."""

from types import SimpleNamespace

import keras
import numpy as np
import tensorflow as tf

from helpers import checks
from helpers.checks import answers, models


@checks.beside
def _kept(make):
    """Keeps a new meter as it is, whatever its class is derived from."""
    return SimpleNamespace(meter=make())


def _new_meter():
    return _kept(answers.RunningMean).meter


def _feed(meter, updates):
    """Feed a meter, on copies; errors and changed arguments are reported."""
    for values in updates:
        _ = checks.call(meter.update_state, values).result


def _check_mean(updates, meter=None):
    """Compare a meter's result with the mean over all numbers, and name the usual slips."""
    if meter is None:
        meter = _new_meter()
        checks.compare(
            meter.result(),
            0.0,
            "result() of a new meter",
            mistakes={
                "It knows the numbers of another meter: its memory belongs to the class. Make it in "
                "__init__.": meter.result()
            },
        )
    _feed(meter, updates)
    filled = [np.asarray(values, dtype=float) for values in updates if np.size(values)]
    numbers = np.concatenate([values.ravel() for values in filled])
    by_rows = sum(len(np.atleast_1d(values)) for values in filled)
    label = f"result() after {len(updates)} update{'s' * (len(updates) > 1)}"
    for again in ("", ", read again,"):
        checks.compare(
            meter.result(),
            numbers.mean(),
            label + again,
            mistakes={
                "That is the mean of the batches' means. Each number counts the same, not each "
                "batch.": np.mean([values.mean() for values in filled]),
                "That is the mean of the last update alone. Keep what came before.": (
                    np.mean(updates[-1]) if np.size(updates[-1]) else 0.0
                ),
                "That is the total. Divide by how many numbers there were.": numbers.sum(),
                "You divide by the number of updates. Divide by how many numbers there were.": (
                    numbers.sum() / len(updates)
                ),
                "You divide by the number of rows. Each element of an array is a number: np.size.": (
                    numbers.sum() / by_rows
                ),
                "You take the mean of each row first. Each element of an array is a number.": (
                    np.mean([np.mean(row) for v in filled for row in np.atleast_1d(v)])
                ),
            },
        )
    return meter


def test_RunningMean():
    _check_mean([[1, 2, 3], 10])
    meter = _check_mean([np.array([[1.0, 2.0], [3.0, 6.0]]), np.array([0.5]), -4.0])
    meter.reset_state()
    checks.compare(
        meter.result(),
        0.0,
        "result() after reset_state()",
        mistakes={"The meter still knows the old numbers.": 8.5 / 6},
    )
    _check_mean([[2.0, 4.0]], meter)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    _check_mean([rng.normal(3, 2, shape) for shape in [(2, 3, 4), (7,), (1, 1), ()]])
    _check_mean([np.full((5, 20), 250, dtype="uint8"), np.array([1, 2], dtype="uint8")])
    _check_mean([[], 3, np.zeros((0, 4)), [1.5]])
    _check_mean([[1, 2], []])
    _check_mean([0.1] * 20)
    _check_mean([5.0])
    empty = _new_meter()
    _feed(empty, [[], np.zeros((0, 4))])
    checks.compare(empty.result(), 0.0, "result() when every update was empty")
    one, two = _new_meter(), _new_meter()
    _feed(one, [[1, 2], [6]])
    _check_mean([[10, 20, 30]], two)
    checks.compare(
        one.result(),
        3.0,
        "result() of a meter beside another one",
        mistakes={
            "Two meters share their memory: it belongs to the class. Make it in __init__.": 69 / 6
        },
    )
    one.reset_state()
    checks.compare(two.result(), 20.0, "result() of a meter after the other one's reset")
    _check_mean([[1.0, 3.0, 8.0]], one)
    ### END HIDDEN TESTS


def _hits(labels, outputs):
    """1 for each right prediction, 0 for each wrong one."""
    return (np.ravel(labels) == outputs.argmax(axis=1)).astype(float)


def _accuracy_slips(batches):
    """What the usual slips lead to, for batches of (labels, outputs, weights or None)."""
    hits = [_hits(labels, outputs) for labels, outputs, _ in batches]
    weights = [np.ones(len(h)) if w is None else w for h, (_, _, w) in zip(hits, batches)]
    every_pair = [
        np.ravel(labels)[:, None] == outputs.argmax(axis=1) for labels, outputs, _ in batches
    ]
    all_hits, all_weights = np.concatenate(hits), np.concatenate(weights)
    n = len(all_hits)
    return {
        "The weights are ignored.": all_hits.mean(),
        "Each label is compared with each prediction: labels (n, 1) against predictions (n,) make "
        "(n, n). See hint 2.": sum(p.sum() for p in every_pair) / n,
        "Each label is compared with each prediction, because the shapes differ. See hint 2.": (
            sum(p.sum() for p in every_pair) / sum(p.size for p in every_pair)
        ),
        "Each label is compared with each prediction of its batch: the shapes differ. See hint 2.": (
            sum(p.sum() / len(p) for p in every_pair) / n
        ),
        "That is the accuracy of the last batch alone. Keep what came before.": (
            hits[-1] @ weights[-1] / weights[-1].sum()
        ),
        "You divide by the number of examples. Divide by the sum of the weights.": (
            all_hits @ all_weights / n
        ),
        "You divide by the sum of the weights, but the right predictions are counted unweighted.": (
            all_hits.sum() / all_weights.sum()
        ),
        "That is the mean of the batches' results. Keep two sums, and divide at the end.": np.mean(
            [h @ w / w.sum() for h, w in zip(hits, weights)]
        ),
        "That is how many are right, not their share.": all_hits @ all_weights,
        "That is the share of wrong predictions.": 1 - all_hits @ all_weights / all_weights.sum(),
    }


def _check_updates(batches, label, metric=None, rows=False):
    """Feed a metric batch by batch, and compare its result with the formula."""
    metric = answers.SparseAccuracy() if metric is None else metric
    for labels, outputs, weights in batches:
        given = labels[:, None] if rows else labels
        keywords = {} if weights is None else {"sample_weight": weights}
        _ = checks.call(metric.update_state, given, outputs, **keywords).result
    hits = np.concatenate([_hits(labels, outputs) for labels, outputs, _ in batches])
    weights = np.concatenate([np.ones(len(y)) if w is None else w for y, _, w in batches])
    for again in ("", ", read again,"):
        value = checks.call(metric.result).result
        checks.compare(
            value,
            hits @ weights / weights.sum(),
            f"result() after {label}{again}",
            rtol=1e-4,
            mistakes=_accuracy_slips(batches),
        )
    return metric


@checks.beside
def _compiled_with(n_classes, **metrics):
    """A model that passes on its inputs, and is compiled with these metrics."""
    model = keras.Sequential([keras.Input((n_classes,)), keras.layers.Activation("linear")])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(loss=loss, **metrics)
    return model


@checks.beside
def _report(model, x, y, weights, size):
    """What `evaluate` says, in batches of this size."""
    return model.evaluate(x, y, sample_weight=weights, batch_size=size, verbose=0, return_dict=True)


def _check_compiled(batches, rows=False):
    """Let `evaluate` compile the metric and feed it; with weights it is a weighted metric."""
    metric = answers.SparseAccuracy()
    labels, outputs = (np.concatenate(part) for part in list(zip(*batches))[:2])
    weights = None if batches[0][2] is None else np.concatenate([w for _, _, w in batches])
    kind = "metrics" if weights is None else "weighted_metrics"
    model = _compiled_with(outputs.shape[1], **{kind: [metric]})
    given = labels[:, None] if rows else labels
    size = len(batches[0][0])
    for again in ("", " once more"):
        try:
            report = _report(model, outputs, given, weights, size)
        except Exception as error:
            first_line = str(error).partition("\n")[0]
            checks.require(
                False,
                f"model.evaluate, which compiles your metric, stopped with "
                f"{type(error).__name__}: {first_line}\nCompute with keras.ops or tf, not with "
                "NumPy, and keep the memory in self.add_weight(...).",
            )
        hits = _hits(labels, outputs)
        expected = hits.mean() if weights is None else hits @ weights / weights.sum()
        checks.compare(
            report.get(checks.value(metric.name)),
            expected,
            f"what model.evaluate reports{again}, in batches of {size},",
            rtol=1e-4,
            mistakes={
                "Only the last batch is seen. A Python attribute is no memory where Keras compiles: "
                "use self.add_weight(...).": _accuracy_slips(batches)[
                    "That is the accuracy of the last batch alone. Keep what came before."
                ]
            }
            | _accuracy_slips(batches),
        )


def _made_up(rng, sizes, n_classes, weighted=False):
    """Batches in which about half of the predictions are right; logits, most of them negative."""
    batches = []
    for n in sizes:
        labels = rng.integers(0, n_classes, n)
        outputs = rng.normal(-3, 1, (n, n_classes)).astype("float32")
        outputs[np.arange(n), labels] += rng.choice([0, 4], n)
        weights = rng.uniform(0, 3, n).astype("float32") if weighted else None
        batches.append((labels, outputs, weights))
    return batches


### BEGIN HIDDEN TESTS
@checks.beside
def _as_tensors(*arrays):
    """A tensor for each array."""
    return [tf.constant(array) for array in arrays]


### END HIDDEN TESTS


def test_SparseAccuracy():
    new = answers.SparseAccuracy()
    checks.require(
        checks.is_a(new, keras.metrics.Metric),
        "SparseAccuracy() is no keras.metrics.Metric: derive the class from it.",
    )
    checks.compare(checks.call(new.result).result, 0.0, "result() of a new metric")
    p = np.array([[0.1, 0.9], [0.2, 0.8]], dtype="float32")
    _check_updates([(np.array([1, 0]), p, None)], "one update")
    _check_updates([(np.array([1, 0]), p, np.array([3.0, 1.0], "float32"))], "weights 3 and 1")
    _check_updates([(np.array([1, 0]), p, None)], "one update with labels (n, 1)", rows=True)
    batches = [
        (np.array([0, 1, 2, 2]), np.eye(3, dtype="float32")[[0, 1, 2, 0]], None),
        (np.array([1, 1]), np.eye(3, dtype="float32")[[0, 2]], None),
    ]
    metric = _check_updates(batches, "batches of 4 and 2")
    _ = checks.call(metric.reset_state).result
    checks.compare(checks.call(metric.result).result, 0.0, "result() after reset_state()")
    _check_compiled(batches)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    many = _made_up(rng, [7, 1, 12], 5)
    _check_updates(many, "three batches of logits", metric)
    _check_updates(many, "three batches with labels (n, 1)", rows=True)
    floats = [(labels.astype("float32"), outputs, w) for labels, outputs, w in many]
    _check_updates(floats, "labels as floats")
    _check_updates(floats, "labels as floats of shape (n, 1)", rows=True)
    small = [(labels.astype("uint8"), outputs, w) for labels, outputs, w in many]
    _check_updates(small, "labels as bytes", rows=True)
    tensors = answers.SparseAccuracy()
    tensors.update_state(*_as_tensors(*many[0][:2]))
    checks.compare(
        tensors.result(), _hits(*many[0][:2]).mean(), "result() after an update with tensors"
    )
    heavy = _made_up(rng, [6, 9], 4, weighted=True)
    _check_updates(heavy, "two batches with weights")
    _check_updates(heavy, "two batches with weights and labels (n, 1)", rows=True)
    _check_updates([*heavy, *_made_up(rng, [5], 4)], "batches with weights and one without")
    _check_compiled(_made_up(rng, [8, 8, 3], 5))
    _check_compiled(_made_up(rng, [8, 5], 3), rows=True)
    _check_compiled(_made_up(rng, [6, 4], 4, weighted=True))
    ### END HIDDEN TESTS


def _share(holds):
    """The fraction of the examples for which something holds."""
    return np.mean(holds)


def _check_top_k(labels, probabilities, k):
    """Check that an answer lies between the strictest and the kindest reading of ties."""
    labels, p = np.asarray(labels), np.asarray(probabilities, dtype="float32")
    own = p[np.arange(len(labels)), labels][:, None]
    n_larger, n_equal, n_smaller = (
        np.count_nonzero(compared, axis=1) for compared in (p > own, p == own, p < own)
    )
    low, high = _share(n_larger + n_equal - 1 < k), _share(n_larger < k)
    call = checks.call(answers.top_k_accuracy, labels, p, k)
    number = np.asarray(call.result)
    is_number = number.shape == () and number.dtype.kind in "biuf"
    if low != high and is_number and low - 1e-6 <= number <= high + 1e-6:
        return
    lowest = np.argsort(p, axis=1)[:, :k]
    missed_by_one = np.argsort(p, axis=1)[:, -k:][:, : max(k - 1, 0)]
    call.equals(
        high,
        mistakes={
            "That is a truth for each example. Return their mean: one number.": n_larger < k,
            "That is how many, not which fraction. Divide by the number of examples.": np.sum(
                n_larger < k
            ),
            "That is a percentage. A fraction lies between 0 and 1.": 100 * high,
            "The argument k is not used: that is the plain accuracy, k = 1.": _share(n_larger < 1),
            "Those are the k smallest. argsort sorts in rising order: take the last k.": _share(
                n_smaller < k
            ),
            "That is one too many: the label may have at most k - 1 larger ones above it.": _share(
                n_larger <= k
            ),
            "That is one too few: k, not k - 1, are the best.": _share(n_larger < k - 1),
            "You divide by n * k. Each example counts once.": high / k,
            "Some of the k best are lost at the end of the slice.": _share(
                (missed_by_one == labels[:, None]).any(axis=1)
            ),
            "Labels are compared with the k smallest.": _share(
                (lowest == labels[:, None]).any(axis=1)
            ),
            "That is the share of examples whose label is not among the k best.": 1 - high,
            "That is for k = 5, Keras's default. Use the k that is given.": _share(n_larger < 5),
        },
    )


def test_top_k_accuracy():
    _check_top_k([1, 1, 3], [[0.4, 0.3, 0.2, 0.1], [0.1, 0.6, 0.1, 0.2], [0.1, 0.2, 0.3, 0.4]], 1)
    p = [[0.2, 0.5, 0.3], [0.2, 0.5, 0.3]]
    _check_top_k([2, 0], p, 1)
    _check_top_k([2, 0], p, 2)
    _check_top_k([2, 0], p, 3)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    powers = np.exp(rng.normal(size=(200, 10)))
    p, labels = powers / powers.sum(axis=1, keepdims=True), rng.integers(0, 10, 200)
    for k in (1, 2, 3, 5, 7, 9, 10):
        _check_top_k(labels, p, k)
    _check_top_k([4], p[:1, :5], 2)
    _check_top_k(labels % 3, p[:, :3], 3)
    # Ties at the k-th place may go either way; the third row has none.
    _check_top_k([0, 2, 1], [[0.25] * 4, [0.4, 0.2, 0.2, 0.2], [0.1, 0.7, 0.1, 0.1]], 2)
    # A tie above or below the k-th place changes nothing.
    _check_top_k([2, 3], [[0.4, 0.4, 0.1, 0.05, 0.05], [0.4, 0.4, 0.1, 0.05, 0.05]], 3)
    ### END HIDDEN TESTS


@checks.beside
class _Doubling(keras.layers.Layer):
    """Doubles its input in training mode and leaves it alone in inference: it shows the mode."""

    def call(self, inputs, training=None):
        return inputs * 2 if training else inputs


@checks.beside
def _linear(w, b, l2):
    """A linear layer with these weights and this penalty, behind a `_Doubling`."""
    penalty = keras.regularizers.L2(l2) if l2 else None
    dense = keras.layers.Dense(len(b), kernel_regularizer=penalty)
    model = keras.Sequential([keras.Input((len(w),)), _Doubling(), dense])
    dense.set_weights([w, b])
    return model


@checks.beside
def _make(kind, **settings):
    """Make an optimizer or a loss of Keras's."""
    return kind(**settings)


def _step_result(model, optimizer, loss_fn, x, y):
    """Call train_step; check that it gave a float, and return it."""
    loss = checks.call(answers.train_step, model, optimizer, loss_fn, x, y).result
    return _as_float(loss, "train_step")


def _as_float(number, name):
    """Check that a function gave a float, and return it."""
    checks.require(number is not None, f"{name} gave None. Does it end with `return`?")
    checks.require(
        isinstance(number, (float, np.floating))
        or (isinstance(number, np.ndarray) and number.shape == () and number.dtype.kind == "f"),
        f"{name} gave a {checks.kind(number)}, where a float is asked for: float(...).",
    )
    return float(number)


def _check_linear(n, d, k, rate, l2, seed):
    """A linear layer behind a `_Doubling`: its loss and gradients are known by formula."""
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(n, d)).astype("float32"), rng.normal(size=(n, k)).astype("float32")
    w, b = rng.normal(size=(d, k)).astype("float32"), rng.normal(size=k).astype("float32")

    def loss_of(seen, w, b):
        return np.mean((seen @ w + b - y) ** 2)

    def slope_of(seen, w, b, l2):
        return 2 / (n * k) * seen.T @ (seen @ w + b - y) + 2 * l2 * w

    twice = 2 * x
    new_w = w - rate * slope_of(twice, w, b, l2)
    new_b = b - rate * 2 / (n * k) * (twice @ w + b - y).sum(axis=0)
    model = _linear(w, b, l2)
    optimizer = _make(keras.optimizers.SGD, learning_rate=rate)
    loss = _step_result(model, optimizer, _make(keras.losses.MeanSquaredError), x, y)
    kernel, bias = models.weights(model)
    checks.compare(
        loss,
        loss_of(twice, w, b) + l2 * np.sum(w**2),
        "the loss that train_step gave",
        rtol=1e-4,
        mistakes={
            "That is the loss in inference mode, without the penalties.": loss_of(x, w, b),
            "That is the loss in inference mode: call the model with training=True.": (
                loss_of(x, w, b) + l2 * np.sum(w**2)
            ),
            "The penalties, model.losses, are missing.": loss_of(twice, w, b),
            "That is the loss after the update. Return the one that the update was made from.": (
                loss_of(twice, new_w, new_b) + l2 * np.sum(new_w**2)
            ),
            "That is the loss after the update, without penalties. Return the one that the update "
            "was made from.": loss_of(twice, new_w, new_b),
            "That is the loss after the update, in inference mode. Return the one that the update "
            "was made from.": loss_of(x, new_w, new_b) + l2 * np.sum(new_w**2),
        },
    )
    checks.compare(
        kernel,
        new_w,
        "the kernel after train_step with SGD",
        rtol=1e-4,
        atol=1e-5,
        mistakes={
            "It has not changed. Apply the gradients.": w,
            "The penalties have no effect on it: add model.losses to the loss inside the tape.": (
                w - rate * slope_of(twice, w, b, 0)
            ),
            "The gradient is that of inference mode: call the model with training=True.": (
                w - rate * slope_of(x, w, b, l2)
            ),
            "The gradient is that of inference mode, without the penalties.": (
                w - rate * slope_of(x, w, b, 0)
            ),
            "It has gone up the slope: gradients are subtracted.": (
                w + rate * slope_of(twice, w, b, l2)
            ),
            "There were two updates. Make one.": new_w - rate * slope_of(twice, new_w, new_b, l2),
        },
    )
    checks.compare(bias, new_b, "the bias after train_step with SGD", rtol=1e-4, atol=1e-5)
    checks.compare(checks.value(optimizer.iterations), 1, "the optimizer's count of steps")


### BEGIN HIDDEN TESTS
@checks.beside
class _Charging(keras.layers.Layer):
    """Puts a penalty on what passes through it."""

    def call(self, inputs):
        self.add_loss(keras.ops.sum(0.01 * inputs**2))
        return inputs


@checks.beside
def _with_everything(seed):
    """A network with penalties, a frozen layer, and layers that know of training mode."""
    keras.utils.set_random_seed(seed)
    layers = [
        keras.Input((4,)),
        keras.layers.Dense(6, activation="tanh", kernel_regularizer="l2"),
        keras.layers.Dense(5, activation="tanh", name="frozen", trainable=False),
        _Charging(),
        keras.layers.BatchNormalization(name="norm"),
        _Doubling(),
        keras.layers.Dense(3, activation="softmax", bias_regularizer="l2"),
    ]
    return keras.Sequential(layers)


@checks.beside
def _adam_and_crossentropy():
    """With this epsilon, rounding in a gradient close to 0 is not blown up."""
    return (
        keras.optimizers.Adam(0.05, epsilon=0.01),
        keras.losses.SparseCategoricalCrossentropy(),
    )


@checks.beside
def _momentum_and_absolute():
    """The loss is a plain function."""

    def absolute(y, outputs):
        return tf.reduce_mean(tf.abs(tf.one_hot(tf.cast(y, tf.int32), 3) - outputs))

    return keras.optimizers.SGD(0.1, momentum=0.9), absolute


def _check_against_keras(make, seed, tensors=False, max_norm=None):
    """Compare three steps with Keras's own on a copy of the network; with a norm, clipped steps."""
    rng = np.random.default_rng(seed)
    (optimizer, loss_fn), (other, other_loss) = make(), make.here()
    yours, keras_own = _with_everything(seed), _with_everything.here(seed)
    other.global_clipnorm = max_norm
    clipped = max_norm and _clipped_step(yours, optimizer, loss_fn, max_norm)
    for step in (1, 2, 3):
        x = rng.normal(size=(8, 4)).astype("float32")
        y = rng.integers(0, 3, 8)
        given = _as_tensors(x, y) if tensors else (x, y)
        if max_norm:
            loss = checks.call(clipped, *given).result
        else:
            loss = _step_result(yours, optimizer, loss_fn, *given)
        expected = models.one_step(keras_own, other, other_loss, x, y)
        words = f"step {step} with {type(other).__name__}" + f", norm {max_norm}" * bool(max_norm)
        checks.compare(loss, expected, f"the loss of {words}", rtol=1e-3, atol=1e-5)
        for value, right in zip(models.weights(yours), keras_own.weights, strict=True):
            hint = (
                "A frozen layer must stay as it is."
                if "frozen" in right.path
                else "Batch normalisation renews its statistics in training mode, once a step."
                if "moving" in right.path
                else "Is it one update by the given optimizer, which keeps its state?"
            )
            checks.compare(
                value,
                right.numpy(),
                f"{right.path} after {words}",
                rtol=1e-3,
                atol=1e-5,
                mistakes={hint: value},
            )
    checks.compare(checks.value(optimizer.iterations), 3, "the count of steps after three")


### END HIDDEN TESTS


def test_train_step():
    _check_linear(n=4, d=3, k=2, rate=0.1, l2=0.1, seed=0)
    _check_linear(n=5, d=2, k=3, rate=0.05, l2=0.0, seed=1)
    ### BEGIN HIDDEN TESTS
    first, second = (int(seed) for seed in checks.fresh_rng().integers(2**32, size=2))
    _check_against_keras(_adam_and_crossentropy, first)
    _check_against_keras(_momentum_and_absolute, second, tensors=True)
    ### END HIDDEN TESTS


def _run_fit_loop(model, optimizer, loss_fn, dataset, epochs):
    """Call fit_loop and check that it gave a list of floats."""
    result = checks.call(answers.fit_loop, model, optimizer, loss_fn, dataset, epochs).result
    checks.require(result is not None, "fit_loop gave None. Does it end with `return`?")
    checks.require(
        isinstance(result, (list, tuple, np.ndarray)),
        f"fit_loop gave a {checks.kind(result)}. A list with a float for each epoch is expected.",
    )
    checks.require(
        all(isinstance(value, (float, np.floating)) for value in result),
        "fit_loop gave a list in which not everything is a float: "
        f"{sorted({checks.kind(value) for value in result})}.",
    )
    return list(result)


@checks.beside
def _penalised(seed):
    """A linear layer with a penalty, behind a `_Doubling`."""
    keras.utils.set_random_seed(seed)
    dense = keras.layers.Dense(1, kernel_regularizer="l2")
    return keras.Sequential([keras.Input((3,)), _Doubling(), dense])


@checks.beside
def _streamed(batches):
    """A dataset of these batches that counts how often somebody begins to read it."""
    found = SimpleNamespace(n_read=0)

    def read():
        found.n_read += 1
        yield from batches

    kinds = tuple(tf.TensorSpec((None, *part.shape[1:]), part.dtype) for part in batches[0])
    dataset = tf.data.Dataset.from_generator(read, output_signature=kinds)
    found.dataset = dataset.apply(tf.data.experimental.assert_cardinality(len(batches)))
    return found


def _check_epochs(sizes, epochs, seed=0):
    """Compare fit_loop with Keras's own steps on a copy of the network, batch by batch."""
    rng = np.random.default_rng(seed)
    batches = [
        (
            rng.normal(3 * (i % 2), 1, (n, 3)).astype("float32"),
            rng.normal(0, 1, (n, 1)).astype("float32"),
        )
        for i, n in enumerate(sizes)
    ]
    settings = {"learning_rate": 0.01, "momentum": 0.5}
    copy, optimizer = _penalised.here(seed), keras.optimizers.SGD(**settings)
    loss_fn = keras.losses.MeanSquaredError()
    losses = [
        [models.one_step(copy, optimizer, loss_fn, x, y) for x, y in batches] for _ in range(epochs)
    ]
    right = [np.average(steps, weights=sizes) for steps in losses]

    model, found = _penalised(seed), _streamed(batches)
    optimizer = _make(keras.optimizers.SGD, **settings)
    loss_fn = _make(keras.losses.MeanSquaredError)
    dataset = checks.value(found.dataset)
    result = _run_fit_loop(model, optimizer, loss_fn, dataset, epochs)
    flat = [loss for steps in losses for loss in steps]
    ends = np.cumsum(len(sizes) * np.ones(epochs, int))
    checks.compare(
        result,
        right,
        f"fit_loop with batches of {', '.join(map(str, sizes))} examples, {epochs} epochs,",
        rtol=1e-3,
        mistakes={
            "That is the plain mean over the batches. Weight each by its number of examples.": [
                np.mean(steps) for steps in losses
            ],
            "Those are the sums over the batches. Divide by how many examples there were.": [
                np.sum(steps) for steps in losses
            ],
            "Those are sums weighted by examples. Divide by how many examples there were.": [
                np.dot(steps, sizes) for steps in losses
            ],
            "Those are the losses of the last batches. Take the mean over the epoch.": [
                steps[-1] for steps in losses
            ],
            "Those are the losses of the first batches. Take the mean over the epoch.": [
                steps[0] for steps in losses
            ],
            "That is a loss for each step. Give one mean for each epoch.": flat,
            "That is one mean over everything. Give one for each epoch.": [np.mean(right)],
            "The total is not set back to 0 at the beginning of an epoch.": [
                np.average(flat[:end], weights=(list(sizes) * epochs)[:end]) for end in ends
            ],
            "The total is not set back to 0, while the count is.": np.cumsum(right),
            "One epoch is missing.": right[:-1],
            "Each epoch begins anew with the first losses: does the optimizer keep its state?": (
                right[:1] * epochs
            ),
        },
    )
    n_read = checks.value(found.n_read)
    checks.require(
        epochs
        <= n_read
        <= epochs + 1,  # one look at the first batch, as Keras takes it, is no harm
        f"In {epochs} epochs fit_loop began to read the dataset {n_read} times. Read it anew in each "
        "epoch, and once an epoch only.",
    )
    for value, weight in zip(models.weights(model), copy.weights, strict=True):
        checks.compare(value, weight.numpy(), f"{weight.path} after fit_loop", rtol=1e-3, atol=1e-5)


### BEGIN HIDDEN TESTS
@checks.beside
def _two_classes(kernel):
    """A classifier with this kernel."""
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, activation="softmax")])
    model.set_weights([kernel, np.zeros(2)])
    return model


@checks.beside
def _in_batches(x, y, size):
    """A dataset of batches of this size."""
    return tf.data.Dataset.from_tensor_slices((x, y)).batch(size)


### END HIDDEN TESTS


@checks.lending(train_step=models.one_step)  # a mistake in yours costs nothing here
def test_fit_loop():
    _check_epochs(sizes=[6, 2], epochs=2)
    ### BEGIN HIDDEN TESTS
    first, second = (int(seed) for seed in checks.fresh_rng().integers(2**32, size=2))
    _check_epochs(sizes=[4, 4, 1], epochs=3, seed=first)
    _check_epochs(sizes=[5], epochs=1, seed=second)
    # All but sure of class 0, and wrong in two of four: the loss can only fall.
    kernel = np.array([[2, -2], [1, -1], [0, 0]], "float32")
    model, optimizer = _two_classes(kernel), _make(keras.optimizers.SGD, learning_rate=0.1)
    x, y = np.ones((4, 3), "float32"), np.array([0, 1, 1, 0])
    crossentropy = _make(keras.losses.SparseCategoricalCrossentropy)
    none = _run_fit_loop(model, optimizer, crossentropy, _in_batches(x, y, 3), 0)
    checks.require(len(none) == 0, f"fit_loop with 0 epochs gave {none}. Expected [].")
    checks.compare(models.weights(model)[0], kernel, "the kernel after 0 epochs")
    optimizer = _make(keras.optimizers.SGD, learning_rate=0.1)
    result = _run_fit_loop(model, optimizer, crossentropy, _in_batches(x, y, 3), 2)
    checks.require(
        len(result) == 2 and result[1] < result[0],
        f"fit_loop on class numbers, at a small rate, gave {result}: two falling losses are expected.",
    )
    ### END HIDDEN TESTS


def _linear_slopes(seen, y, w, b, l2):
    """Gradients of the mean squared error and an L2 penalty with respect to kernel and bias."""
    residuals = seen @ w + b - y
    each = 2 / residuals.size * residuals
    return seen.T @ each + 2 * l2 * w, each.sum(axis=0)


def _rms(parts):
    """The root of the mean square of all numbers in these arrays."""
    return float(np.sqrt(np.mean(np.concatenate([np.ravel(part) for part in parts]) ** 2)))


def _epoch_by_formula(w, b, batches, rate, l2, factor=2):
    """An epoch of plain SGD on a linear layer that sees the inputs times a factor.

    Gives the residuals of each batch, the residuals after its update, and the last weights.
    """
    before, after = [], []
    for x, y in batches:
        seen = factor * x
        before.append(seen @ w + b - y)
        slope_w, slope_b = _linear_slopes(seen, y, w, b, l2)
        w, b = w - rate * slope_w, b - rate * slope_b
        after.append(seen @ w + b - y)
    return before, after, w, b


def _check_metric_of_epoch(sizes, rate, l2, seed, n_earlier=3):
    """Two epochs with a metric that has been fed before, compared with the formula."""
    rng = np.random.default_rng(seed)
    batches = [
        (rng.normal(size=(n, 3)).astype("float32"), rng.normal(size=(n, 2)).astype("float32"))
        for n in sizes
    ]
    w, b = rng.normal(size=(3, 2)).astype("float32"), rng.normal(size=2).astype("float32")
    model, found = _linear(w, b, l2), _streamed(batches)
    optimizer = _make(keras.optimizers.SGD, learning_rate=rate)
    loss_fn = _make(keras.losses.MeanSquaredError)
    metric = _make(keras.metrics.RootMeanSquaredError)
    earlier = [rng.normal(0, 9, (n_earlier, 2)).astype("float32")]
    _ = checks.call(metric.update_state, np.zeros_like(earlier[0]), earlier[0]).result
    for epoch in (1, 2):
        dataset = checks.value(found.dataset)
        call = checks.call(answers.repair_loop, model, optimizer, loss_fn, metric, dataset)
        result = _as_float(call.result, "repair_loop")
        right, after, new_w, new_b = _epoch_by_formula(w, b, batches, rate, l2)
        free, _, free_w, _ = _epoch_by_formula(w, b, batches, rate, 0)
        calm, _, calm_w, _ = _epoch_by_formula(w, b, batches, rate, l2, factor=1)
        until = [right[: i + 1] for i in range(len(right))]
        words = f"{len(sizes)} batches, epoch {epoch}"
        checks.compare(
            result,
            _rms(right),
            f"the metric that repair_loop gave ({words})",
            rtol=1e-4,
            mistakes={
                "The metric still knows what it was fed before this epoch.": _rms(earlier + right),
                "The model does not work in training mode.": _rms(calm),
                "The penalties have no effect on the updates.": _rms(free),
                "That is a mean of what the metric said after each batch. It has a memory: read it "
                "once, at the end.": np.mean([_rms(part) for part in until]),
                "That is a mean of the batches' results. Let the metric add up the epoch, and read it "
                "once, at the end.": np.mean([_rms([part]) for part in right]),
                "That is the metric of the last batch alone.": _rms(right[-1:]),
                "That is the metric of the first batch alone.": _rms(right[:1]),
                "The metric is fed with outputs from after the update. Feed it those that the update "
                "was made from.": _rms(after),
                "That is the mean of the losses. The metric is asked for.": np.mean(
                    [np.mean(part**2) for part in right]
                ),
            },
        )
        kernel, bias = models.weights(model)
        checks.compare(
            kernel,
            new_w,
            f"the kernel after repair_loop ({words})",
            rtol=1e-4,
            atol=1e-5,
            mistakes={
                "It has not changed.": w,
                "The penalties have no effect on the updates.": free_w,
                "The updates are those of inference mode.": calm_w,
            },
        )
        checks.compare(bias, new_b, f"the bias after repair_loop ({words})", rtol=1e-4, atol=1e-5)
        earlier, w, b = earlier + right, new_w, new_b
    n_steps = 2 * len(sizes)
    checks.compare(checks.value(optimizer.iterations), n_steps, "the optimizer's count of steps")


### BEGIN HIDDEN TESTS
def _check_epochs_against_fit(seed):
    """Compare two epochs with those of Keras's own `fit` on a copy of the network."""
    rng = np.random.default_rng(seed)
    batches = [
        (rng.normal(size=(n, 4)).astype("float32"), rng.integers(0, 3, n)) for n in (8, 8, 5)
    ]
    (optimizer, loss_fn), (other, other_loss) = (
        _adam_and_crossentropy(),
        _adam_and_crossentropy.here(),
    )
    yours, keras_own = _with_everything(seed), _with_everything.here(seed)
    meter = keras.metrics.SparseCategoricalCrossentropy(name="meter")
    keras_own.compile(other, other_loss, metrics=[meter], run_eagerly=True)
    stream, metric = _streamed(batches), _make(keras.metrics.SparseCategoricalCrossentropy)
    history = keras_own.fit(_streamed.here(batches).dataset, epochs=2, verbose=0).history["meter"]
    for epoch, expected in enumerate(history, start=1):
        dataset = checks.value(stream.dataset)
        call = checks.call(answers.repair_loop, yours, optimizer, loss_fn, metric, dataset)
        result = _as_float(call.result, "repair_loop")
        words = f"epoch {epoch} on class numbers"
        checks.compare(result, expected, f"the metric of {words}", rtol=1e-3, atol=1e-5)
    for value, right in zip(models.weights(yours), keras_own.weights, strict=True):
        checks.compare(value, right.numpy(), f"{right.path} after two epochs", rtol=1e-3, atol=1e-5)


### END HIDDEN TESTS


def test_repair_loop():
    _check_metric_of_epoch(sizes=[6, 6, 3], rate=0.05, l2=0.2, seed=0)
    ### BEGIN HIDDEN TESTS
    first, second = (int(seed) for seed in checks.fresh_rng().integers(2**32, size=2))
    _check_metric_of_epoch(sizes=[5, 1, 4], rate=0.02, l2=0.3, seed=first, n_earlier=7)
    _check_epochs_against_fit(second)
    ### END HIDDEN TESTS


@checks.beside
def _noted():
    """A squared error that counts how often Python runs it: if compiled, only while tracing."""
    found = SimpleNamespace(n_runs=0)

    def squared_error(y, outputs):
        found.n_runs += 1
        return keras.ops.mean(keras.ops.square(keras.ops.subtract(outputs, y)))

    found.loss_fn = squared_error
    return found


@checks.beside
def _can_be_called(thing):
    """Whether this is a function, or as good as one."""
    return callable(thing)


def _clipped_step(model, optimizer, loss_fn, max_norm):
    """Call make_clipped_step; check that it gave a function and has changed no weight yet."""
    kept = models.weights(model)
    step = checks.call(answers.make_clipped_step, model, optimizer, loss_fn, max_norm).result
    checks.require(step is not None, "make_clipped_step gave None. Does it end with `return`?")
    checks.require(
        _can_be_called(step),
        f"make_clipped_step gave a {checks.kind(step)}. It should return the function step itself.",
    )
    for value, before in zip(models.weights(model), kept):
        checks.compare(value, before, "a weight after make_clipped_step, before the first step")
    return step


def _check_clipped(sizes, share, rate, l2, seed):
    """Steps of a linear layer behind a `_Doubling`, whose gradients are known by formula.

    share: max_norm as a share of the norm of the first gradient; above 1 nothing is clipped at first.
    """
    rng = np.random.default_rng(seed)
    w, b = rng.normal(size=(3, 2)).astype("float32"), rng.normal(size=2).astype("float32")
    batches = [
        (rng.normal(size=(n, 3)).astype("float32"), rng.normal(size=(n, 2)).astype("float32"))
        for n in sizes
    ]

    def norm_of(*slopes):
        return float(np.sqrt(sum(np.vdot(slope, slope) for slope in slopes)))

    max_norm = share * norm_of(*_linear_slopes(2 * batches[0][0], batches[0][1], w, b, l2))
    model, found = _linear(w, b, l2), _noted()
    optimizer = _make(keras.optimizers.SGD, learning_rate=rate)
    step = _clipped_step(model, optimizer, checks.value(found.loss_fn), max_norm)
    known, n_runs = set(), 0
    for i, (x, y) in enumerate(batches, start=1):
        loss = checks.call(step, x, y).result
        words = f"step {i} with max_norm {max_norm:.3g}"
        checks.require(loss is not None, "step gave None. Does it end with `return`?")
        before, _, _, _ = _epoch_by_formula(w, b, [(x, y)], rate, l2)
        calm, _, _, _ = _epoch_by_formula(w, b, [(x, y)], rate, l2, factor=1)
        error, penalty = np.mean(before[0] ** 2), l2 * np.sum(w**2)
        checks.compare(
            loss,
            error + penalty,
            f"the loss of {words}",
            rtol=1e-4,
            mistakes={
                "The penalties, model.losses, are missing.": error,
                "That is the loss in inference mode: call the model with training=True.": (
                    np.mean(calm[0] ** 2) + penalty
                ),
                "That is the loss in inference mode, without the penalties.": np.mean(calm[0] ** 2),
            },
        )
        slopes = _linear_slopes(2 * x, y, w, b, l2)
        norm = norm_of(*slopes)

        def moved(slopes, limit=max_norm, w=w):
            return w - rate * slopes[0] * min(1, limit / norm_of(*slopes))

        kernel, bias = models.weights(model)
        scale = min(1, max_norm / norm)
        checks.compare(
            kernel,
            w - rate * scale * slopes[0],
            f"the kernel after {words}, where the norm of the gradient was {norm:.3g},",
            rtol=1e-4,
            atol=1e-5,
            mistakes={
                "It has not changed. Apply the gradients.": w,
                "The gradient is not clipped.": w - rate * slopes[0],
                "Each array is clipped by itself. One norm belongs to all of them together.": (
                    moved(slopes[:1])
                ),
                "Each number is cut off by itself, which turns the gradient into another direction. "
                "Scale all of them by one factor.": (
                    w - rate * np.clip(slopes[0], -max_norm, max_norm)
                ),
                "The gradient is scaled even where its norm is below max_norm.": (
                    w - rate * slopes[0] * max_norm / norm
                ),
                "That is the sum of the squares in place of the norm: take the root.": (
                    w - rate * slopes[0] * min(1, max_norm / norm**2)
                ),
                "The penalties have no effect on it: add model.losses to the loss inside the tape.": (
                    moved(_linear_slopes(2 * x, y, w, b, 0))
                ),
                "The gradient is that of inference mode: call the model with training=True.": (
                    moved(_linear_slopes(x, y, w, b, l2))
                ),
                "It has gone up the slope: gradients are subtracted.": (
                    w + rate * scale * slopes[0]
                ),
            },
        )
        expected_bias = b - rate * scale * slopes[1]
        checks.compare(bias, expected_bias, f"the bias after {words}", rtol=1e-4, atol=1e-5)
        n_before, n_runs = n_runs, checks.value(found.n_runs)
        checks.require(
            len(x) not in known or n_runs == n_before,
            f"In {words} Python ran the step again, although there had been a batch of {len(x)} "
            "examples before. Make the compiled function once, in make_clipped_step, and return it.",
        )
        known.add(len(x))
        w, b = w - rate * scale * slopes[0], expected_bias
    checks.compare(checks.value(optimizer.iterations), len(sizes), "the optimizer's count of steps")


def test_make_clipped_step():
    _check_clipped(sizes=[5, 5, 5], share=0.25, rate=0.1, l2=0.1, seed=0)
    _check_clipped(sizes=[4, 4], share=1.5, rate=0.05, l2=0.0, seed=1)
    ### BEGIN HIDDEN TESTS
    first, second = (int(seed) for seed in checks.fresh_rng().integers(2**32, size=2))
    _check_clipped(sizes=[6, 6, 3, 6, 3], share=0.6, rate=0.05, l2=0.2, seed=first)
    _check_against_keras(_momentum_and_absolute, second, tensors=True, max_norm=0.25)
    ### END HIDDEN TESTS
