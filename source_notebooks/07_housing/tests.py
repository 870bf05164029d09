"""The tests of this lesson: `checks.run("split_housing")` runs `test_split_housing`, and so on."""

from types import SimpleNamespace

import keras
import numpy as np
import tensorflow as tf
from sklearn import metrics, model_selection

from helpers import checks
from helpers.checks import answers, models


def _check_housing_split(n, d, rng):
    """Compare an answer with scikit-learn's own places, and name the usual slips."""

    def places(test_seed, valid_seed, test_share=0.25, valid_share=0.25):
        cut = model_selection.train_test_split
        rest, test = cut(np.arange(n), test_size=test_share, random_state=test_seed)
        train, valid = cut(rest, test_size=valid_share, random_state=valid_seed)
        return {"train": train, "valid": valid, "test": test}

    right = places(7, 1)
    again = model_selection.train_test_split(np.arange(n), test_size=0.25, random_state=1)
    slips = {
        "The seeds are swapped: 7 cuts off the test set, 1 the validation set.": places(1, 7),
        "The second cut needs random_state=1.": places(7, 7),
        "The first cut needs random_state=7.": places(1, 1),
        "The second cut is 25 % of the rest, not of all rows.": places(7, 1, valid_share=1 / 3),
        "The second cut is made from what the first one has left. You cut all rows again, so that "
        "rows of the test set are among the others.": {
            "train": again[0],
            "valid": again[1],
            "test": right["test"],
        },
        "The first cut is 25 % of all rows.": places(7, 1, test_share=0.2),
        "Validation and test rows are swapped.": {
            "train": right["train"],
            "valid": right["test"],
            "test": right["valid"],
        },
        "These are the rows in their old order. They must be mixed.": {
            "train": np.arange(n)[: len(right["train"])],
            "valid": np.arange(n)[len(right["train"]) : -len(right["test"])],
            "test": np.arange(n)[-len(right["test"]) :],
        },
    }
    rows, values = rng.normal(size=(n, d)), rng.normal(size=n)
    call = checks.call(answers.split_housing, rows, values)
    parts = call.result
    checks.require(
        isinstance(parts, (tuple, list))
        and len(parts) == 3
        and all(isinstance(pair, (tuple, list)) and len(pair) == 2 for pair in parts),
        f"{call.label} should give three pairs: (x_train, y_train), (x_valid, y_valid), (x_test, y_test).",
    )
    for pair, part in zip(parts, right):
        for x_or_y, whole, actual in [("x", rows, pair[0]), ("y", values, pair[1])]:
            mistakes = {text: whole[slip[part]] for text, slip in slips.items()}
            mistakes["That belongs into another part. The order is training, validation, test."] = (
                whole[right["test" if part == "train" else "train"]]
            )
            checks.compare(
                actual,
                whole[right[part]],
                f"{x_or_y}_{part} of {call.label}",
                mistakes=mistakes,
            )


def test_split_housing():
    _check_housing_split(n=40, d=3, rng=np.random.default_rng(0))
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    _check_housing_split(n=int(rng.integers(80, 200)), d=8, rng=rng)
    _check_housing_split(n=20, d=1, rng=rng)
    ### END HIDDEN TESTS


def _standardized(x, mean, std, constant):
    centred = x - mean
    return np.divide(centred, std, out=np.zeros_like(centred), where=~constant)


def _check_splits(*splits):
    """Compare an answer with the formula in 64 bits, and name the usual slips."""
    call = checks.call(answers.standardize_splits, *splits)
    parts = call.result
    checks.require(
        isinstance(parts, (tuple, list)) and len(parts) == 3,
        f"{call.label} should give three arrays: train, valid, test.",
    )
    train = splits[0].astype("float64")
    mean, std, constant = train.mean(axis=0), train.std(axis=0), np.ptp(train, axis=0) == 0
    together = np.concatenate(splits).astype("float64")
    for name, x, actual in zip(("train", "valid", "test"), splits, parts):
        x = x.astype("float64")
        bare = np.where(constant, x - mean, _standardized(x, mean, std, constant))
        own_constant = np.ptp(x, axis=0) == 0
        mistakes = {
            "Fitted on this set. Use the training set's mean and standard deviation.": _standardized(
                x, x.mean(axis=0), x.std(axis=0), own_constant
            ),
            "Fitted on all sets together. Use the training set alone.": _standardized(
                x, together.mean(axis=0), together.std(axis=0), constant
            ),
            "You divide by n - 1 (ddof=1). Here it is n.": _standardized(
                x, mean, train.std(axis=0, ddof=1) if len(train) > 1 else std, constant
            ),
            "One mean and one standard deviation for all features. Each feature has its own: axis=0.": (
                x - train.mean()
            )
            / train.std(),
            "The mean is not subtracted.": _standardized(x, 0, std, constant),
            "That is min-max scaling, to lie between 0 and 1. Here the mean becomes 0 and the deviation 1.": (
                _standardized(x, train.min(axis=0), np.ptp(train, axis=0), constant)
            ),
            "Divided by the variance. Take its square root.": _standardized(
                x, mean, std**2, constant
            ),
            "A feature that is constant in the training set must become 0 everywhere.": bare,
        }
        if name == "train" and len(x) == len(mean):
            mistakes["One mean for each row. Each column has its own: axis=0."] = (
                x - x.mean(axis=1, keepdims=True)
            ) / np.maximum(x.std(axis=1, keepdims=True), 1e-9)
        if constant.any():
            values = np.asarray(actual)
            checks.require(
                values.shape != x.shape or values.dtype.kind != "f" or np.isfinite(values).all(),
                f"{name} of {call.label} has values that are not finite. A feature that is constant in "
                "the training set has standard deviation 0: it must become 0.",
            )
        checks.compare(
            actual,
            _standardized(x, mean, std, constant),
            f"{name} of {call.label}",
            rtol=1e-4,
            atol=1e-5,
            mistakes=mistakes,
        )


def test_standardize_splits():
    _check_splits(
        np.array([[1.0, 5.0], [3.0, 5.0]]), np.array([[2.0, 5.0]]), np.array([[5.0, 7.0]])
    )
    rng = np.random.default_rng(0)
    scale, shift = np.array([1.0, 50.0, 0.0002]), np.array([0.0, 900.0, 0.0])
    _check_splits(*(rng.normal(size=(n, 3)) * scale + shift for n in (12, 6, 9)))
    # Thirty times 0.1: NumPy's standard deviation of them is not quite 0.
    _check_splits(np.full((30, 1), 0.1), np.array([[0.1], [0.3]]), np.array([[0.2]]))
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    rows = [
        rng.normal(size=(n, 4)) * [3.0, 0.1, 1e-4, 1.0] + [7.0, 2.0, 0.0, 0.0] for n in (30, 5, 8)
    ]
    for part, value in zip(rows, (0.1, 0.3, 0.1)):
        part[:, 3] = value
    _check_splits(*rows)
    _check_splits(*(rng.integers(0, 9, size=(n, 2)) for n in (7, 4, 1)))
    _check_splits(*(rng.normal(size=(n, 1)) + n for n in (5, 2, 2)))
    ### END HIDDEN TESTS


def _check_errors(y_true, y_pred):
    """Compare an answer with the formulas, and name the usual slips."""
    call = checks.call(answers.regression_errors, y_true, y_pred)
    result = call.result
    checks.require(
        isinstance(result, dict) and {"mse", "mae", "rmse"} <= set(result),
        f"{call.label} should give a dict with the keys 'mse', 'mae' and 'rmse'. It gave "
        f"{str(result)[:100]}.",
    )
    targets, outputs = (y.ravel().astype("float64") for y in (y_true, y_pred))
    errors = outputs - targets
    crossed = np.tile(targets, len(outputs)), np.repeat(outputs, len(targets))
    mse = metrics.mean_squared_error(targets, outputs)
    mae = metrics.mean_absolute_error(targets, outputs)
    broadcast = (
        "Every prediction is compared with every target: (n, 1) minus (n,) is (n, n). See hint 1."
    )
    slips = {
        "mse": {
            broadcast: metrics.mean_squared_error(*crossed),
            "That is half of it. Keras and scikit-learn have no factor of one half.": mse / 2,
            "That is the sum. Divide by n.": np.sum(errors**2),
            "That is the root of it. Under 'mse' the squares themselves are asked for.": mse**0.5,
            "That is the square of the mean error. Square first, then take the mean.": np.mean(
                errors
            )
            ** 2,
            "You divide by n - 1. Here it is n.": np.sum(errors**2) / max(len(errors) - 1, 1),
        },
        "mae": {
            broadcast: metrics.mean_absolute_error(*crossed),
            "Errors of both signs cancel: take the absolute value of each before the mean.": np.mean(
                errors
            ),
            "Take the absolute value of each error, then the mean, not the other way round.": abs(
                np.mean(errors)
            ),
            "That is the median. The mean is asked for.": np.median(np.abs(errors)),
            "That is the sum. Divide by n.": np.sum(np.abs(errors)),
        },
        "rmse": {
            broadcast: metrics.root_mean_squared_error(*crossed),
            "That is the mean of the roots of the squares, which is the MAE. The root comes last.": mae,
            "That is the root of the sum of the squares. Divide by n first.": np.sqrt(
                np.sum(errors**2)
            ),
            "The root is missing.": mse,
        },
    }
    for key, expected in [("mse", mse), ("mae", mae), ("rmse", np.sqrt(mse))]:
        checks.compare(
            result[key],
            expected,
            f"{key} of {call.label}",
            rtol=1e-4,
            mistakes={text: value for text, value in slips[key].items() if value != expected},
        )


def test_regression_errors():
    _check_errors(np.array([1.0, 2.0, 3.0]), np.array([[1.0], [2.0], [6.0]]))
    _check_errors(np.array([2.0, 0.5, 1.0, 4.0]), np.array([1.0, 1.0, 3.0, 0.5]))
    _check_errors(np.array([[2.0], [0.5]]), np.array([1.0, 1.0]))
    reason = "there are not as many predictions as true values"
    checks.call(answers.regression_errors, np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0])).raises(
        ValueError, reason
    )
    checks.call(answers.regression_errors, np.array([1.0, 2.0, 3.0]), np.array([[2.0]])).raises(
        ValueError, reason
    )
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    y_true, y_pred = rng.normal(2, 1, size=(2, rng.integers(30, 60)))
    for a in (y_true, y_true[:, None]):
        for b in (y_pred, y_pred[:, None]):
            _check_errors(a, b)
    _check_errors(y_true.astype("float32")[:, None], y_pred.astype("float32"))
    _check_errors(np.array([4.0]), np.array([[1.5]]))
    _check_errors(np.array([3, 1, 2]), np.array([1, 5, 2]))
    for a, b in [
        (np.ones(4), np.ones(1)),
        (np.ones((1, 1)), np.ones(3)),
        (np.ones((3, 1)), np.ones(6)),
    ]:
        checks.call(answers.regression_errors, a, b).raises(ValueError, reason)
    ### END HIDDEN TESTS


@checks.beside
def _trained(model, x, y, n_steps):
    """The weights after this many steps of the model's own optimizer on its own loss."""
    for _ in range(n_steps):
        with tf.GradientTape() as tape:
            loss = model.compute_loss(x=x, y=y, y_pred=model(x, training=True))
        slopes = tape.gradient(loss, model.trainable_variables)
        model.optimizer.apply_gradients(zip(slopes, model.trainable_variables))
    return [np.array(weight) for weight in model.weights]


def _descended(weights, x, y, rate, n_steps, momentum=0.0):
    """The weights after steps of gradient descent on the mean squared error, by hand."""
    weights = [np.array(w, dtype="float64") for pair in weights for w in pair]
    speed = [np.zeros_like(w) for w in weights]
    for _ in range(n_steps):
        signals = [x]
        for i in range(0, len(weights), 2):
            z = signals[-1] @ weights[i] + weights[i + 1]
            signals.append(models.relu(z) if i + 2 < len(weights) else z)
        up = 2 * (signals[-1] - y) / len(x)
        slopes = [np.zeros(0)] * len(weights)
        for i in reversed(range(0, len(weights), 2)):
            before = signals[i // 2]
            slopes[i], slopes[i + 1] = before.T @ up, up.sum(axis=0)
            up = (up @ weights[i].T) * (before > 0)
        speed = [momentum * v - rate * slope for v, slope in zip(speed, slopes)]
        weights = [w + v for w, v in zip(weights, speed)]
    return weights


def _check_regressor(n_features, sizes, rate, *arguments, seed=0, off=(1, 0, 3), **named):
    """Check what a regressor computes, how it is compiled, its loss where it is `off` so much, and two steps."""
    words = [str(value) for value in arguments] + [f"{key}={named[key]}" for key in named]
    label = f"build_regressor({', '.join([str(n_features), *words])})"
    call = checks.call(answers.build_regressor, n_features, *arguments, **named)
    model = models.built(call.result, label)
    weights = models.set_dense_weights(model, [n_features, *sizes, 1], seed, label)
    x = np.random.default_rng(seed + 1).normal(size=(16, n_features)).astype("float32")
    expected = models.dense_forward(weights, x, models.relu)
    linear = models.dense_forward(weights, x, lambda z: z)
    models.computes(
        model,
        x,
        expected,
        f"the output of {label}",
        mistakes={
            "The output has a ReLU. It must be linear: an error could never push a price up from 0.": (
                models.relu(expected)
            ),
            "The output has a sigmoid, which keeps it below 1. It must be linear.": models.sigmoid(
                expected
            ),
            "Softmax of a single output is always 1. The output must be linear.": np.ones_like(
                expected
            ),
            "The hidden layers have no activation. ReLU is asked for.": linear,
            "The hidden layers have a sigmoid. ReLU is asked for.": models.dense_forward(
                weights, x, models.sigmoid
            ),
            "The hidden layers have tanh. ReLU is asked for.": models.dense_forward(
                weights, x, np.tanh
            ),
        },
    )
    models.compiled(model, keras.optimizers.SGD, rate, label)
    y_true = np.array([[0.0], [2.0], [1.0]])
    y_pred = y_true + np.reshape(off, (3, 1))
    mse = metrics.mean_squared_error(y_true, y_pred)
    checks.compare(
        models.loss_of(model, y_true, y_pred),
        mse,
        f"the loss of {label} where three outputs are off by {off[0]}, {off[1]} and {off[2]}",
        mistakes={
            "That is the mean absolute error. The squared error is asked for.": (
                metrics.mean_absolute_error(y_true, y_pred)
            ),
            "That is the root of the mean squared error.": mse**0.5,
            "That is half of it.": mse / 2,
            "That is the sum over the batch. The mean is asked for.": mse * 3,
        },
    )
    y = np.random.default_rng(seed + 2).normal(size=(16, 1)).astype("float32")
    plain = _descended(weights, x, y, rate, 2)
    heavy = _descended(weights, x, y, rate, 2, momentum=0.9)
    for i, (actual, expected, slip) in enumerate(zip(_trained(model, x, y, 2), plain, heavy)):
        checks.compare(
            actual,
            expected,
            f"the {'bias' if i % 2 else 'kernel'} of layer {i // 2 + 1} of {label} after two training steps",
            rtol=1e-3,
            atol=1e-5,
            mistakes={
                "The optimizer has a momentum. Plain SGD is asked for.": slip,
                "This layer is not trained.": weights[i // 2][i % 2],
            },
        )


def test_build_regressor():
    _check_regressor(8, [30], 0.01)
    _check_regressor(3, [4, 5], 0.1, hidden_units=(4, 5), learning_rate=0.1)
    _check_regressor(4, [], 0.01, hidden_units=())
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    n_features, *sizes = rng.integers(4, 12, 4).tolist()
    rate = round(rng.uniform(0.002, 0.009), 4)
    seed, off = int(rng.integers(1000)), rng.integers(1, 9, 3).tolist()
    drawn = {"seed": seed, "off": off}
    _check_regressor(n_features, sizes[:1], rate, sizes[:1], rate, **drawn)
    _check_regressor(n_features, sizes, 0.01, hidden_units=tuple(sizes), **drawn)
    _check_regressor(n_features, [30], rate, learning_rate=rate, **drawn)
    _check_regressor(n_features, [], rate, (), rate, **drawn)
    first, second = answers.build_regressor(2), answers.build_regressor(2)
    checks.require(
        first is not second, "build_regressor gives the same model twice. Build a new one."
    )
    ### END HIDDEN TESTS


def _keras_stops(losses, patience, min_delta):
    """What Keras's own callback does with these losses."""
    callback = keras.callbacks.EarlyStopping(
        "val_loss", patience=patience, min_delta=min_delta, mode="min"
    )
    model = SimpleNamespace(stop_training=False)
    callback.set_model(model)
    callback.on_train_begin()
    for epoch, loss in enumerate(losses):
        callback.on_epoch_end(epoch, {"val_loss": loss})
        if model.stop_training:
            return epoch, callback.best_epoch
    return len(losses) - 1, callback.best_epoch


def _stops(losses, patience, min_delta, at_least=0, keep_lowest=False, or_equal=False):
    """The rule, with the usual slips built in."""
    best, best_epoch, idle = np.inf, 0, 0
    improves = np.less_equal if or_equal else np.less
    for epoch, loss in enumerate(losses):
        better = improves(loss + min_delta, best)
        if better or epoch == 0:
            best, best_epoch, idle = loss, epoch, 0
            continue
        if keep_lowest:
            best = min(best, loss)
        idle += 1
        if idle >= patience + at_least:
            return (epoch, best_epoch)
    return len(losses) - 1, best_epoch


def _check_stopping(losses, *arguments, **named):
    """Compare an answer with Keras's callback, and name the usual slips."""
    losses = [float(loss) for loss in losses]
    given = dict(zip(("patience", "min_delta"), arguments)) | named
    patience, min_delta = given.get("patience", 5), given.get("min_delta", 1e-3)
    call = checks.call(answers.early_stopping, losses, *arguments, **named)
    stopped, best = _keras_stops(losses, patience, min_delta)
    lowest = int(np.argmin(losses))
    slips = {
        "The epochs count from 0.": (stopped + 1, best + 1),
        "The order is (stopped_epoch, best_epoch).": (best, stopped),
        "It stops one epoch late: with patience 3 the third epoch without improvement is the last.": (
            _stops(losses, patience, min_delta, at_least=1)
        ),
        "It stops one epoch early.": _stops(losses, patience, min_delta, at_least=-1),
        "Lower by exactly min_delta is no improvement: loss + min_delta < best.": _stops(
            losses, patience, min_delta, or_equal=True
        ),
        "min_delta is ignored: a loss must be lower by more than min_delta to count.": _stops(
            losses, patience, 0.0
        ),
        "A loss that is lower by less than min_delta is no improvement, and must not become the best loss "
        "to compare with.": _stops(losses, patience, min_delta, keep_lowest=True),
        "The best epoch is the last improvement, not the lowest loss of all.": (stopped, lowest),
        "That is the lowest loss up to the stop. The best epoch is the last improvement.": (
            stopped,
            int(np.argmin(losses[: stopped + 1])),
        ),
        "What comes after the stop has never happened.": (stopped, lowest),
        "Never stopped: then the last epoch, counted from 0.": (len(losses), best),
        "patience and min_delta are given here. The answer fits patience=5 and min_delta=0.001.": (
            _stops(losses, 5, 1e-3)
        ),
        "patience and min_delta are in the wrong order.": _stops(losses, min_delta, patience),
    }
    call.equals(
        (stopped, best),
        rtol=0,
        atol=0,
        mistakes={text: pair for text, pair in slips.items() if pair != (stopped, best)},
    )


def test_early_stopping():
    _check_stopping([0.9, 0.7, 0.7005, 0.69999, 0.72, 0.71, 0.705, 0.5], patience=3)
    _check_stopping([1.0, 0.8, 0.6, 0.5], patience=2)
    # Lower by exactly min_delta, which these numbers are without rounding: no improvement.
    _check_stopping([1.0, 0.75, 0.5, 0.25], patience=2, min_delta=0.25)
    _check_stopping([0.5, 0.4, 0.4, 0.3], patience=0)
    # By default five epochs, and 0.001: 0.0015 less is an improvement, 0.0009 less is none.
    _check_stopping([1.0, 0.9, 0.8985, 0.898, 0.8976, 0.8977, 0.8976, 0.8976, 0.5])
    ### BEGIN HIDDEN TESTS
    _check_stopping([1.0, 0.99, 0.98, 0.97, 0.96, 0.5, 0.4], patience=3, min_delta=0.025)
    _check_stopping([0.5], patience=1)
    _check_stopping([0.5, 0.6], patience=1)
    _check_stopping([0.5, 0.6, 0.4, 0.6, 0.6, 0.3], patience=2, min_delta=0.0)
    _check_stopping([0.5, 0.0, 0.25, 0.25, 0.25, 0.0], patience=2, min_delta=0.25)
    _check_stopping([0.75, 0.5, 0.25, 0.0, 0.0], patience=1, min_delta=0.25)
    _check_stopping([1.0, 0.5, 0.5, 0.25, 0.25, 0.25, 0.0], 2, 0.125)
    _check_stopping([0.5, 0.6, 0.6, 0.6, 0.6, 0.6, 0.1, 0.05], min_delta=0.25)
    _check_stopping([0.8, 0.7985, 0.7976, 0.7977, 0.5], patience=2)
    _check_stopping(
        [3.0, 2.0, 2.5, 2.25, 2.125, 1.0, 1.5, 1.25, 1.5, 2.0, 0.5], patience=4, min_delta=0.0
    )
    rng = checks.fresh_rng()
    for _ in range(40):
        curve = np.exp(-np.arange(25) / 5) + rng.normal(scale=0.05, size=25)
        patience, min_delta = int(rng.integers(1, 7)), float(rng.choice([0.0, 0.001, 0.05]))
        _check_stopping(curve, patience=patience, min_delta=min_delta)
    ### END HIDDEN TESTS
