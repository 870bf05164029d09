"""The tests of this lesson: `checks.run("make_dataset")` runs `test_make_dataset`, and so on."""

import keras
import numpy as np
import tensorflow as tf

from helpers import checks
from helpers.checks import answers, models


def _examples(rng, n, shape=(3,), dtype="float32"):
    """n examples that can be told apart, and n different labels in no order."""
    return rng.uniform(0, 200, (n, *shape)).astype(dtype), rng.permutation(3 * n)[:n]


@checks.beside
def _batches(dataset, most):
    """The first elements of a dataset; pairs of arrays where they are pairs."""
    batches = []
    for batch in dataset:
        in_parts = isinstance(batch, (tuple, list))
        batches.append([np.asarray(part) for part in batch] if in_parts else batch)
        if len(batches) == most:
            break
    return batches


def _epoch(dataset, x, y, batch_size, label):
    """Go through a dataset once, check its batches, and return the order of the examples."""
    sizes = [min(batch_size, len(x) - start) for start in range(0, len(x), batch_size)]
    batches = _batches(dataset, len(sizes) + 2)
    pairs = all(isinstance(batch, list) and len(batch) == 2 for batch in batches)
    checks.require(batches and pairs, f"The elements of {label} should be pairs (x, y).")
    x_parts, y_parts = zip(*[(np.asarray(a), np.asarray(b)) for a, b in batches])
    checks.require(
        y_parts[0].ndim == y.ndim and x_parts[0].ndim == x.ndim,
        f"The first element of {label} has shapes {x_parts[0].shape} and {y_parts[0].shape}. Expected: "
        f"a batch of x and a batch of y, {(sizes[0], *x.shape[1:])} and {(sizes[0], *y.shape[1:])}.",
    )
    actual = [len(part) for part in y_parts]
    hint = ""
    if len(actual) == len(sizes) - 1 and sum(actual) == sum(sizes[:-1]):
        hint = " The last batch is missing: it holds what is left (no drop_remainder)."
    elif sorted(actual) == sorted(sizes):
        hint = (
            " These are shuffled batches. Shuffle the examples, before you put them into batches."
        )
    elif len(actual) > len(sizes):
        hint = " It goes on after that: an epoch is each example once (no repeat)."
    checks.require(
        actual == sizes,
        f"{label} has batches of {', '.join(map(str, actual[:8]))}{', …' if actual[8:] else ''}. "
        f"Expected {', '.join(map(str, sizes[:8]))}{', …' if sizes[8:] else ''}.{hint}",
    )
    for name, parts, whole in [("x", x_parts, x), ("y", y_parts, y)]:
        checks.require(
            parts[0].dtype == whole.dtype and parts[0].shape[1:] == whole.shape[1:],
            f"The batches of {name} in {label} have dtype {parts[0].dtype} and shape {parts[0].shape}. "
            f"Expected {whole.dtype} and {(sizes[0], *whole.shape[1:])}.",
        )
    places = {row.tobytes(): place for place, row in enumerate(y)}
    order = np.array([places.get(row.tobytes(), -1) for row in np.concatenate(y_parts)])
    checks.require(
        np.array_equal(np.sort(order), np.arange(len(y))),
        f"In one epoch of {label} not every example comes exactly once.",
    )
    checks.require(
        np.array_equal(np.concatenate(x_parts), x[order]),
        f"In {label} some x come with the y of another example. Shuffle them together.",
    )
    return order


def _check_shuffled(order, batch_size, label):
    """Check that an order is shuffled over the whole set. At least 600 examples, batches of 30."""
    n = len(order)
    checks.require(not np.array_equal(order, np.arange(n)), f"{label} does not shuffle.")
    checks.require(
        np.mean(np.diff(order) == 1) < 0.5,
        f"{label} keeps neighbours together: most examples follow the one that is before them in x. "
        "Shuffle the examples, before you put them into batches.",
    )
    # A buffer of b elements never gives example i a place before i - b + 1. With a buffer for all, one
    # comes early by at least 3/4 of the set, but for less than once in 100,000,000 times.
    early = np.max(order - np.arange(n))
    checks.require(
        early >= 0.75 * n,
        f"{label}: no example comes more than {early} places early, of {n}. So the buffer of shuffle "
        "is too small: give it room for all examples, whatever n is.",
    )
    for batch in np.split(order, range(batch_size, n, batch_size)):
        # 30 examples from all over the set lie in one half of it less than once in 10,000,000 times.
        checks.require(
            len(batch) < 30 or np.ptp(batch) >= n // 2,
            f"In {label} a batch holds neighbours only: examples {batch.min()} to {batch.max()} of {n}. "
            "Shuffle the examples, over the whole set, before you put them into batches.",
        )


def _check_dataset(x, y, batch_size, **seed):
    """Check two epochs of a dataset, and return their orders."""
    call = checks.call(answers.make_dataset, x, y, batch_size, **seed)
    label = call.label
    checks.require(
        checks.is_a(call.result, tf.data.Dataset),
        f"{label} gave a {checks.kind(call.result)}; a tf.data.Dataset is expected.",
    )
    first, second = (_epoch(call.result, x, y, batch_size, label) for _ in range(2))
    if len(x) >= 600:
        _check_shuffled(first, batch_size, label)
        checks.require(
            not np.array_equal(first, second),
            f"{label} has the same order in both epochs. Let shuffle reshuffle, and do not keep its order "
            "(in a cache, say).",
        )
        _check_shuffled(second, batch_size, f"the second epoch of {label}")
    return first, second


def test_make_dataset():
    _check_dataset(np.zeros((10, 28, 28)), np.arange(10), 4)
    x, y = _examples(np.random.default_rng(610), 610)
    _check_dataset(x, y, 60)
    first, second = _check_dataset(x, y, 60, shuffle_seed=7)
    again = _check_dataset(x, y, 60, shuffle_seed=7)
    checks.require(
        np.array_equal(first, again[0]),
        "Two datasets made with the seed 7 have different first epochs. Pass the seed on to shuffle.",
    )
    checks.require(
        np.array_equal(second, again[1]),
        "Two datasets made with the seed 7 have the same first epoch, but different second ones.",
    )
    ### BEGIN HIDDEN TESTS
    other, _ = _check_dataset(x, y, 60, shuffle_seed=8)
    checks.require(
        not np.array_equal(first, other), "The seeds 7 and 8 give the same order. Use shuffle_seed."
    )
    rng = checks.fresh_rng()
    x, y = _examples(rng, 610)
    zero, zero_again = (_check_dataset(x, y, 50, shuffle_seed=0) for _ in range(2))
    checks.require(
        np.array_equal(zero, zero_again),
        "Two datasets made with the seed 0 have different orders. 0 is a seed like any other.",
    )
    _check_dataset(*_examples(rng, 15_000, ()), 500)  # a buffer of 10,000 is too small for these
    images, labels = _examples(rng, 37, (5, 4, 1), "uint8")
    _check_dataset(images, np.stack([labels, 2 * labels], axis=1).astype("float64"), 8)
    _check_dataset(images.astype("float64"), labels.astype("int32"), 37)
    _check_dataset(images, labels, 100, shuffle_seed=3)
    _check_dataset(*_examples(rng, 6), 1)
    ### END HIDDEN TESTS


def _check_shards(n_examples, n_workers):
    """Check the shards of all workers together."""
    shards = []
    for rank in range(n_workers):
        call = checks.call(answers.shard, n_examples, n_workers, rank)
        checks.require(
            call.result is not None, f"{call.label} gave None. Does it end with `return`?"
        )
        part = np.asarray(call.result)
        listed = isinstance(call.result, (list, range)) and part.size == 0
        checks.require(
            part.ndim == 1 and (part.dtype.kind in "iu" or listed),
            f"{call.label} gave an array of dtype {part.dtype} and shape {part.shape}. Indices are "
            "expected: an array of integers, (n,), even if it is empty.",
        )
        again = np.asarray(checks.call(answers.shard, n_examples, n_workers, rank).result)
        checks.require(
            np.array_equal(part, again),
            f"{call.label} gives another shard each time. The workers must agree on who has what.",
        )
        shards.append(part.astype(int))
    whose = f"The shards of {n_examples} examples for {n_workers} workers"
    together = np.concatenate(shards)
    sizes = [len(part) for part in shards]
    checks.require(
        np.all((together >= 0) & (together < n_examples)),
        f"{whose} contain the index {together.max(initial=0)} or a negative one. Indices run from 0 to "
        f"{n_examples - 1}.",
    )
    found = np.unique(together)
    checks.require(len(found) == len(together), f"{whose} have an index in common, or one twice.")
    missing = np.setdiff1d(np.arange(n_examples), found)
    checks.require(
        len(missing) == 0,
        f"{whose} leave out {len(missing)} of the examples: {', '.join(map(str, missing[:5]))}"
        f"{', …' if len(missing) > 5 else ''}. Somebody must take what is left over.",
    )
    checks.require(
        max(sizes) - min(sizes) <= 1,
        f"{whose} have {', '.join(map(str, sizes))} examples. They may differ by one at most: spread "
        "what is left over.",
    )


def test_shard():
    _check_shards(8, 3)
    _check_shards(1, 3)
    ### BEGIN HIDDEN TESTS
    for n_examples, n_workers in [
        (9, 3),
        (11, 4),
        (10, 4),
        (33, 2),
        (7, 1),
        (5, 5),
        (3, 8),
        (103, 10),
    ]:
        _check_shards(n_examples, n_workers)
    rng = checks.fresh_rng()
    for n_workers in rng.integers(2, 12, size=3).tolist():
        _check_shards(int(rng.integers(100, 300)), n_workers)
    ### END HIDDEN TESTS


def _check_average(worker_gradients, worker_sizes, given=None):
    """Compare an answer with the weighted mean, and name the usual slips.

    `given` is what the answer gets instead of the arrays: the same numbers as tensors.
    """
    call = checks.call(answers.average_gradients, given or worker_gradients, worker_sizes)
    n_variables, n_workers = len(worker_gradients[0]), len(worker_sizes)
    checks.require(
        isinstance(call.result, (list, tuple)) and len(call.result) == n_variables,
        f"{call.label} should give a list with one gradient for each of the {n_variables} variables"
        + (
            f"; it has {len(call.result)} entries."
            if isinstance(call.result, (list, tuple))
            else f". It gave a {checks.kind(call.result)}."
        ),
    )
    n = sum(worker_sizes)
    for place, averaged in enumerate(call.result):
        gradients = [np.asarray(worker[place], dtype="float64") for worker in worker_gradients]
        right = np.average(gradients, axis=0, weights=worker_sizes)
        weighted = n * right
        checks.compare(
            averaged,
            right,
            f"The averaged gradient of variable {place} of {n_variables}, workers with "
            f"{', '.join(map(str, worker_sizes))} examples,",
            rtol=1e-4,
            mistakes={
                "That counts each worker alike. A worker with more examples counts for more.": (
                    sum(gradients) / n_workers
                ),
                "That is the plain sum of the workers' gradients.": sum(gradients),
                "The sum is not divided by the number of all examples.": weighted,
                "You divide by the number of workers. Divide by the number of all examples.": (
                    weighted / n_workers
                ),
                "The gradients are not multiplied by the workers' numbers of examples.": (
                    sum(gradients) / n
                ),
                "The sizes are in the wrong order: worker_sizes[0] belongs to worker 0.": (
                    np.average(gradients, axis=0, weights=worker_sizes[::-1])
                ),
                "That is the first worker's gradient alone.": gradients[0],
            },
        )


### BEGIN HIDDEN TESTS
@checks.beside
def _tensors(worker_gradients):
    """The workers' gradients as tensors."""
    return [[tf.constant(array) for array in worker] for worker in worker_gradients]


### END HIDDEN TESTS


def test_average_gradients():
    _check_average(
        [[np.array([1.0, 2.0]), np.array(4.0)], [np.array([5.0, 6.0]), np.array(0.0)]], [3, 1]
    )
    _check_average([[np.array([1.0])], [np.array([3.0])], [np.array([20.0])]], [4, 4, 2])
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    shapes = [(4, 3), (3,), (3, 2), (2,), (), (2, 3, 1, 2)]
    for sizes in ([5, 11], [7, 7, 2], [6], [0, 3, 1], [1, 2, 3, 4, 90]):
        arrays = [[rng.normal(size=shape).astype("float32") for shape in shapes] for _ in sizes]
        _check_average(arrays, sizes)
        _check_average(arrays[:3], sizes[:3], given=_tensors(arrays[:3]))
    ### END HIDDEN TESTS


def _check_rate(base, base_batch, batch):
    """Compare an answer with the rule, and name the usual slips."""
    times = batch / base_batch
    checks.call(answers.scaled_learning_rate, base, base_batch, batch).equals(
        base * times,
        mistakes={
            "It is the wrong way round: a larger batch bears a larger rate.": base / times,
            "That is the square-root rule. Linear scaling is asked for.": (base * times**0.5),
            "// cuts the quotient to a whole number. Divide with /.": base * (batch // base_batch),
            "That is not scaled.": base,
            "You do not divide by base_batch.": base * batch,
            "That is how many times as large the batch is. Multiply by base.": times,
        },
    )


def test_scaled_learning_rate():
    _check_rate(0.01, 32, 128)
    _check_rate(0.1, 64, 32)
    ### BEGIN HIDDEN TESTS
    _check_rate(0.02, 32, 48)
    _check_rate(0.001, 256, 100)
    _check_rate(1.5, 1, 7)
    _check_rate(0.05, 128, 128)
    _check_rate(np.float64(0.3), 96, 4096)
    rng = checks.fresh_rng()
    for base_batch, batch in rng.integers(1, 5000, size=(4, 2)).tolist():
        _check_rate(rng.uniform(0.1, 2), base_batch, batch)
    ### END HIDDEN TESTS


@checks.beside
def _strategy(device=None):
    """A strategy for one device, or the one that is in force."""
    return tf.distribute.OneDeviceStrategy(device) if device else tf.distribute.get_strategy()


@checks.beside
def _linear_model(kernel, bias):
    """A compiled linear model with these weights."""
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    model.set_weights([kernel, bias])
    model.compile(keras.optimizers.SGD(0.1), "mean_squared_error", metrics=["mae"])
    return model


@checks.beside
def _dataset(x, y, batch_size):
    """A dataset of batches, always in the same order."""
    return tf.data.Dataset.from_tensor_slices((x, y)).batch(batch_size)


def _check_training(strategy, rng, epochs, batch_size=8):
    """Train a linear model, and compare with the same steps computed in NumPy."""
    x, y = rng.normal(size=(16, 3)), rng.normal(size=(16, 1))
    kernel, bias = rng.normal(size=(3, 1)), rng.normal(size=1)
    found = []  # the strategy in force at each call of build_model

    def build_model():
        found.append(_strategy())
        return _linear_model(kernel, bias)

    losses, errors, weights = [], [], [kernel, bias]
    for _ in range(epochs):
        residuals = []
        for start in range(0, len(x), batch_size):
            part = slice(start, start + batch_size)
            residual = x[part] @ weights[0] + weights[1] - y[part]
            residuals.append(residual)
            weights = [
                weights[0] - 0.2 * x[part].T @ residual / batch_size,
                weights[1] - 0.2 * residual.mean(axis=0),
            ]
        losses.append(np.mean(np.square(residuals)))
        errors.append(np.mean(np.abs(residuals)))

    dataset = _dataset(x.astype("float32"), y.astype("float32"), batch_size)
    result = checks.call(answers.train_distributed, strategy, build_model, dataset, epochs).result
    label = f"train_distributed with {checks.kind(strategy)}"
    checks.require(len(found) > 0, f"{label} never calls build_model().")
    checks.require(
        found[0] is strategy,
        f"{label} calls build_model() outside the strategy's scope. Call it under "
        "`with strategy.scope():`.",
    )
    checks.require(
        len(found) == 1, f"{label} calls build_model() {len(found)} times. Once is enough."
    )
    checks.require(
        isinstance(result, (tuple, list)) and len(result) == 2,
        f"{label} gave a {checks.kind(result)}. Expected: (model, history dict).",
    )
    model, history = result
    checks.require(
        checks.is_a(model, keras.Model),
        f"The first of the two results is a {checks.kind(model)}; the trained model is expected.",
    )
    checks.require(
        not checks.is_a(history, keras.callbacks.History),
        "The second of the two results is the History object. Its attribute `history` is the dict.",
    )
    checks.require(
        isinstance(history, dict) and {"loss", "mae"} <= set(history),
        f"The second of the two results is a {checks.kind(history)}"
        + (f" with {', '.join(map(str, history))}" if isinstance(history, dict) else "")
        + "; a dict with a list for 'loss' and one for 'mae' is expected.",
    )
    for name, expected in [("loss", losses), ("mae", errors)]:
        checks.compare(
            history[name],
            expected,
            f"history[{name!r}] of {label}, {epochs} epochs,",
            rtol=1e-4,
            mistakes={
                "That is the last epoch alone. A value for each epoch is expected.": expected[-1],
                "That is one epoch. Use the argument epochs.": expected[:1],
            },
        )
    for name, actual, expected, first in zip(
        ["kernel", "bias"], models.weights(model), weights, [kernel, bias]
    ):
        checks.compare(
            actual,
            expected,
            f"the {name} of the model that comes back from {label}",
            rtol=1e-4,
            atol=1e-5,
            mistakes={"The model that comes back is not trained.": first},
        )


### BEGIN HIDDEN TESTS
@checks.beside
def _replicas():
    """A strategy for two devices, where there are two."""
    n_devices = len(tf.config.list_logical_devices("CPU"))
    return tf.distribute.MirroredStrategy(
        [f"CPU:{i}" for i in range(min(n_devices, 2))],
        cross_device_ops=tf.distribute.ReductionToOneDevice(),
    )


### END HIDDEN TESTS


def test_train_distributed():
    rng = np.random.default_rng(0)
    _check_training(_strategy(), rng, epochs=2)
    _check_training(_strategy("CPU:0"), rng, epochs=1, batch_size=16)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    _check_training(_strategy("CPU:0"), rng, epochs=3, batch_size=4)
    _check_training(_replicas(), rng, epochs=2)
    ### END HIDDEN TESTS
