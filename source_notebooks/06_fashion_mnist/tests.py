"""The tests of this lesson: `checks.run("split_validation")` runs `test_split_validation`, and so on."""

import keras
import numpy as np

from helpers import checks
from helpers.checks import answers, models


def _check_split(images, labels, cut, **n_valid):
    """Check all four parts of a split at `cut`, and name the usual slips."""
    call = checks.call(answers.split_validation, images, labels, **n_valid)
    pairs = call.result
    checks.require(
        isinstance(pairs, (tuple, list))
        and len(pairs) == 2
        and all(isinstance(pair, (tuple, list)) and len(pair) == 2 for pair in pairs),
        f"{call.label} should give two pairs: (x_train, y_train), (x_valid, y_valid).",
    )
    for whole, x_or_y, place in [(images, "x", 0), (labels, "y", 1)]:
        for name, expected, swapped, last in [
            ("train", whole[cut:], whole[:cut], whole[:-cut]),
            ("valid", whole[:cut], whole[cut:], whole[-cut:]),
        ]:
            checks.compare(
                pairs[name == "valid"][place],
                expected,
                f"{x_or_y}_{name} of {call.label}",
                mistakes={
                    "The pairs are swapped: the training pair comes first.": swapped,
                    "The first n_valid examples are for validation, not the last.": last,
                    "That is the whole array, uncut.": whole,
                    "The argument n_valid is not used.": whole[5000:] if name == "train" else whole,
                },
            )


def test_split_validation():
    images = np.arange(8 * 28 * 28).reshape(8, 28, 28).astype("uint8")
    _check_split(images, np.array([3, 1, 4, 1, 5, 9, 2, 6], dtype="uint8"), cut=3, n_valid=3)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    images = rng.integers(0, 256, (5003, 4, 4), dtype="uint8")
    labels = rng.integers(0, 10, 5003, dtype="uint8")
    _check_split(images, labels, cut=5000)
    _check_split(images, labels, cut=1, n_valid=1)
    _check_split(images, labels, cut=5002, n_valid=5002)
    ### END HIDDEN TESTS


def _check_scaler(images):
    """Compare an answer with NumPy's mean and std in 64 bits, and name the usual slips."""
    call = checks.call(answers.fit_scaler, images)
    checks.require(
        call.result is not None, f"{call.label} gave None. Does the function end with `return`?"
    )
    try:
        pair = call.result
        mean, std = pair if isinstance(pair, (tuple, list)) else np.asarray(pair)
    except (TypeError, ValueError):
        checks.require(False, f"{call.label} should give two numbers: mean, std.")
    x = images.astype("float64")
    checks.compare(
        mean,
        x.mean(),
        f"the mean of {call.label}",
        rtol=1e-3,
        mistakes={
            "That is one mean for each pixel. Take the mean over all axes: one number.": x.mean(
                axis=0
            ),
            "That is one mean for each pixel. All pixels together make one.": x.mean(
                axis=0
            ).ravel(),
            "That is one mean for each image. All images together make one.": x.mean(axis=(1, 2)),
            "The value is right, but it is an array. Take the number out of it: [0].": [x.mean()],
            "That is the standard deviation. The mean comes first.": x.std(),
            "That is the mean of pixels divided by 255. Take them as they are.": x.mean() / 255,
            "That leaves out the black pixels. Take all of them.": x[x > 0].mean(),
            "That is cut to a whole number. Convert the pixels to floats first.": x.mean() // 1,
            "Return the two numbers, not the scaled images.": (x[0] - x.mean()) / x.std(),
        },
    )
    checks.compare(
        std,
        x.std(),
        f"the std of {call.label}",
        rtol=1e-3,
        mistakes={
            "You divide by m - 1 (ddof=1). The formula divides by m.": x.std(ddof=1),
            "That is the variance. Take its square root.": x.var(),
            "That is one number for each pixel. Take all axes: one number.": x.std(axis=0),
            "That is one number for each pixel. All pixels together make one.": x.std(
                axis=0
            ).ravel(),
            "That is one number for each image. All images together make one.": x.std(axis=(1, 2)),
            "That is the average of the images' own standard deviations.": x.std(
                axis=(1, 2)
            ).mean(),
            "The squares do not fit into a byte (uint8). Convert to floats first.": np.sqrt(
                np.mean(images**2) - x.mean() ** 2
            ),
            "The value is right, but it is an array. Take the number out of it: [0].": [x.std()],
            "That is the std of pixels divided by 255. Take them as they are.": x.std() / 255,
        },
    )


def test_fit_scaler():
    _check_scaler(np.array([[[0, 50]], [[100, 252]]], dtype="uint8"))
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    brightness = np.linspace(0.05, 1, 60)[:, None, None]
    images = (brightness * rng.integers(0, 256, (60, 28, 28))).astype("uint8")
    images[rng.random(images.shape) < 0.4] = 0
    _check_scaler(images)
    _check_scaler(
        np.full((4, 5, 5), 250, dtype="uint8") - np.arange(4, dtype="uint8")[:, None, None]
    )
    _check_scaler(np.array([[[255, 255, 0]], [[0, 1, 2]]], dtype="uint8"))
    ### END HIDDEN TESTS


def _check_standardized(images, mean, std):
    """Compare an answer with the formula. Tiny numbers added to std are welcome."""
    x = np.asarray(images, dtype="float64")
    own_mean, own_std = x.mean(), x.std() or 1.0
    checks.call(answers.standardize, images, np.float64(mean), np.float64(std)).equals(
        (x - mean) / std,
        dtype=np.float32,
        rtol=1e-3,
        atol=1e-4,
        mistakes={
            "The values are right. Convert the result: networks compute in float32.": (x - mean)
            / std,
            "A std below 1 divides, too. Only a std of 0 is special.": (x - mean) / max(std, 1.0),
            "The division by std is missing.": x - mean,
            "You divide by the variance. Divide by std.": (x - mean) / std**2,
            "The mean is not subtracted.": x / std,
            "The sign is wrong: subtract the mean from the images.": (mean - x) / std,
            "The brackets are missing: subtract first, then divide.": x - mean / std,
            "You fit the scaler again. Use the mean and std that are given.": (x - own_mean)
            / own_std,
            "That divides by 255. Use the mean and std that are given.": x / 255,
        },
    )


def test_standardize():
    _check_standardized(np.array([[0, 51, 255]], dtype="uint8"), 51.0, 102.0)
    _check_standardized(np.array([0.25, 0.5, 1.0]), 0.5, 0.25)
    blank = np.full((2, 3, 3), 7, dtype="uint8")
    checks.call(answers.standardize, blank, np.float64(7), np.float64(0)).between(
        -1e6, 1e6, "0 / 0 is nan. Do not divide by a std of 0: see hint 2."
    )
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    _check_standardized(rng.integers(0, 256, (5, 28, 28), dtype="uint8"), 72.9, 90.1)
    _check_standardized(rng.integers(0, 256, (3, 4, 4, 1), dtype="uint8"), 130.5, 12.25)
    _check_standardized(rng.normal(3, 2, (2, 6)).astype("float32"), 3.5, 2.0)
    _check_standardized(rng.random((2, 3, 3)), 0.4, round(rng.uniform(0.05, 0.9), 3))
    checks.call(answers.standardize, blank.astype("float32"), 7.0, 0.0).between(
        -1e6, 1e6, "0 / 0 is nan. Do not divide by a std of 0: see hint 2."
    )
    ### END HIDDEN TESTS


def _check_one_hot(labels, n_classes):
    """Compare an answer with rows of the identity, and name the usual slips."""
    right = np.eye(n_classes)[labels]
    checks.call(answers.one_hot, labels, n_classes).equals(
        right,
        dtype=np.float32,
        mistakes={
            "The values are right. Convert them: networks compute in float32.": right,
            "Rows and columns are swapped: each label makes a row.": right.T,
            "n_classes says how many columns there are, even if some labels do not occur.": right[
                :, : labels.max() + 1
            ],
        },
    )


def test_one_hot():
    _check_one_hot(np.array([0, 2, 1]), 4)
    checks.call(answers.one_hot, np.array([0, 3]), 3).raises(
        ValueError, "with 3 classes, 3 is no label"
    )
    checks.call(answers.one_hot, np.array([0, -1]), 3).raises(ValueError, "-1 is no label")
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    _check_one_hot(rng.integers(0, 10, 50).astype("uint8"), 10)
    _check_one_hot(np.array([1]), 5)
    _check_one_hot(np.array([4, 4, 0, 4]), 5)
    checks.call(answers.one_hot, np.array([1, 9, 1]), 5).raises(
        ValueError, "with 5 classes, 9 is no label"
    )
    checks.call(answers.one_hot, np.array([10, 0], dtype="uint8"), 10).raises(
        ValueError, "with 10 classes, 10 is no label"
    )
    checks.call(answers.one_hot, np.array([2, -4, 1]), 5).raises(ValueError, "-4 is no label")
    ### END HIDDEN TESTS


def _check_cross_entropy(labels, probabilities):
    """Compare an answer with the formula, for probabilities that are not close to 0."""
    y, p = np.asarray(labels, dtype="float32"), np.asarray(probabilities, dtype="float32")
    each = -np.log((y * p).sum(axis=1))
    binary = -(y * np.log(p) + (1 - y) * np.log(1 - p))
    checks.call(answers.cross_entropy, y, p).equals(
        each.mean(),
        rtol=1e-3,
        atol=1e-4,
        mistakes={
            "The minus sign is missing.": -each.mean(),
            "That is the cost of each example. Take the mean: one number.": each,
            "That is the sum over the examples. Take the mean.": each.sum(),
            "You divide by n * n_classes. Sum over the classes; only the examples are averaged.": (
                each.sum() / y.size
            ),
            "That is the logarithm with base 2. ln is np.log.": each.mean() / np.log(2),
            "That is the logarithm with base 10. ln is np.log.": each.mean() / np.log(10),
            "That is binary cross-entropy, which adds (1 - y) ln(1 - p).": binary.sum(
                axis=1
            ).mean(),
            "That is binary cross-entropy, averaged over the classes.": binary.mean(),
            "That is the mean squared error.": np.mean((y - p) ** 2),
        },
    )


def _check_hopeless(labels, probabilities):
    """Check an answer where each true class got probability 0: at least 10, and finite."""
    y, p = np.asarray(labels, dtype="float32"), np.asarray(probabilities, dtype="float32")
    call = checks.call(answers.cross_entropy, y, p)
    cost = np.asarray(call.result)
    checks.require(
        cost.shape == () and np.isfinite(cost),
        f"{call.label} gave {call.result}. ln 0 is minus infinity: raise the zeros first (hint 2).",
    )
    checks.require(
        cost >= 10,
        f"{call.label} gave {call.result}. A true class with probability 0 must cost at least 10.",
    )


def test_cross_entropy():
    _check_cross_entropy([[1, 0, 0], [0, 0, 1]], [[0.5, 0.25, 0.25], [0.1, 0.1, 0.8]])
    # Sure and right: it costs nothing, and 0 times ln 0 must not be nan.
    checks.call(
        answers.cross_entropy, np.eye(3, dtype="float32"), np.eye(3, dtype="float32")
    ).equals(0.0, atol=1e-4, mistakes={"0 · ln 0 is nan. Raise the zeros first (hint 2).": np.nan})
    _check_hopeless([[1, 0, 0]], [[0, 1, 0]])
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    powers = np.exp(rng.normal(size=(40, 10)))
    _check_cross_entropy(np.eye(10)[rng.integers(0, 10, 40)], powers / powers.sum(1, keepdims=True))
    _check_cross_entropy([[0, 1, 0, 0]], [[0.2, 0.3, 0.4, 0.1]])
    _check_hopeless([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [[0, 1, 0], [0, 0, 1], [0.5, 0.5, 0]])
    # One hopeless example beside a perfect one: the mean is at least 5.
    y, p = np.eye(2, dtype="float32"), np.array([[1, 0], [1, 0]], dtype="float32")
    checks.call(answers.cross_entropy, y, p).between(5, 1000, "Mean of 0 and of at least 10.")
    ### END HIDDEN TESTS


@checks.beside
def _extras(model):
    """What an SGD may do besides plain steps, and what it is set to."""
    names = ("momentum", "weight_decay", "clipnorm", "clipvalue", "global_clipnorm", "use_ema")
    found = {name: getattr(model.optimizer, name, None) for name in names}
    return {name: float(value) for name, value in found.items() if value}


def _check_plain(model):
    extras = ", ".join(f"{name}={value:g}" for name, value in _extras(model).items())
    checks.require(not extras, f"Plain SGD was asked for. The optimizer has {extras}.")


def _check_classifier(model, learning_rate, n=64, seed=0):
    """Give the model known weights, and compare what it computes and what it reports."""
    models.built(model)
    weights = models.set_dense_weights(model, [784, 300, 100, 10], seed)
    images = np.random.default_rng(seed).normal(size=(n, 28, 28)).astype("float32")
    rows = images.reshape(n, 784)
    logits = models.dense_forward(weights, rows, models.relu)
    p = models.softmax(logits)
    models.computes(
        model,
        images,
        p,
        mistakes={
            "These are logits. The softmax at the end is missing.": logits,
            "The softmax is applied twice.": models.softmax(p),
            "That is a sigmoid for each class. Ten exclusive classes need a softmax.": (
                models.sigmoid(logits)
            ),
            "The hidden layers have no activation.": models.dense_forward(
                weights, rows, lambda z: z, models.softmax
            ),
            "The hidden layers use the sigmoid, not ReLU.": models.dense_forward(
                weights, rows, models.sigmoid, models.softmax
            ),
            "The hidden layers use tanh, not ReLU.": models.dense_forward(
                weights, rows, np.tanh, models.softmax
            ),
            "The model divides its input by 255. The images are scaled already.": (
                models.dense_forward(weights, rows / 255, models.relu, models.softmax)
            ),
        },
    )
    models.compiled(model, keras.optimizers.SGD, learning_rate)
    _check_plain(model)
    # Right for five images of eight; the others get the label of another class.
    labels = (p.argmax(axis=1) + np.where(np.arange(n) % 8 < 5, 0, 3)) % 10
    loss = -np.log(p[np.arange(n), labels]).mean()
    models.reports(
        model,
        images,
        labels.astype("uint8"),
        {"loss": loss, "accuracy": 5 / 8},
        hints={
            "loss": "Labels are class numbers, outputs are probabilities. So the loss is "
            "'sparse_categorical_crossentropy', and metrics=['accuracy'].",
            "accuracy": "metrics=['accuracy'] gives a metric of that name for class numbers.",
        },
    )
    # The loss by itself. For a model that ends in a softmax, Keras would quietly mend from_logits.
    twice = models.softmax(p)
    checks.compare(
        models.loss_of(model, labels, p),
        loss,
        "the model's loss of ten given probabilities",
        rtol=1e-3,
        mistakes={
            "from_logits=True takes your probabilities for logits. Leave it out.": (
                -np.log(twice[np.arange(n), labels]).mean()
            )
        },
    )


def test_build_classifier():
    model = checks.call(answers.build_classifier).result
    _check_classifier(model, 0.01)
    other = checks.call(answers.build_classifier, learning_rate=0.25).result
    models.built(other)
    models.compiled(other, keras.optimizers.SGD, 0.25, "the model of build_classifier(0.25)")
    ### BEGIN HIDDEN TESTS
    models.separate(model, other)
    models.compiled(model, keras.optimizers.SGD, 0.01, "the first of two models")
    rng = checks.fresh_rng()
    rate = round(rng.uniform(0.001, 0.009), 5)
    third = checks.call(answers.build_classifier, rate).result
    _check_classifier(third, rate, n=32, seed=int(rng.integers(1000)))
    models.separate(other, third)
    ### END HIDDEN TESTS


_INTERVAL_SLIPS = {
    "Those are two standard errors on either side of the share. Wilson's interval has another centre.": (
        0.552077,
        1.047923,
    ),
    "That is the same as a percentage. Shares lie between 0 and 1.": (49.015685, 94.331905),
    "The upper end comes first. Return (low, high).": (0.943319, 0.490157),
    "That is the centre and the half width. Return (low, high).": (0.716738, 0.226581),
}


def _check_interval(call, low, high, slips):
    """Compare an answer with an interval: two numbers, either of which may be a hair outside of 0 to 1."""
    checks.compare(call.result, (low, high), call.label, rtol=1e-4, atol=1e-5, mistakes=slips)


def test_accuracy_interval():
    _check_interval(
        checks.call(answers.accuracy_interval, 8, 10), 0.490157, 0.943319, _INTERVAL_SLIPS
    )
    _check_interval(
        checks.call(answers.accuracy_interval, 8, 10, z=1.0),
        0.649078,
        0.896377,
        {"The argument z is not used.": (0.490157, 0.943319)},
    )
    _check_interval(checks.call(answers.accuracy_interval, 5, 5), 0.565509, 1.0, {})
    checks.call(answers.accuracy_interval, 0, 0).raises(ValueError, "nothing was counted: n is 0")
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()

    def check(n_correct, n, **z):
        # Wilson: all p whose distance from the share is at most z standard errors of p.
        zz, share = z.get("z", 1.96) ** 2 / n, n_correct / n
        ends = np.sort(np.real(np.roots([1 + zz, -2 * share - zz, share**2])))
        wald = np.sqrt(zz * share * (1 - share))
        centre, half = np.mean(ends), np.ptp(ends) / 2
        wrong = np.sqrt(zz * share * (1 - share) + zz**2 / 4)
        slips = {
            "Those are two standard errors on either side of the share.": (
                share - wald,
                share + wald,
            ),
            "The share is not the centre of Wilson's interval.": (share - half, share + half),
            "The half width is divided by 1 + z²/n, too.": (centre - wrong, centre + wrong),
        }
        call = checks.call(answers.accuracy_interval, n_correct, n, **z)
        _check_interval(call, *ends, slips)

    n = int(rng.integers(20, 400))
    check(int(rng.integers(1, n)), n)
    check(int(rng.integers(1, 12)), 12, z=round(rng.uniform(0.5, 3), 2))
    check(0, 7)
    check(1, 1)
    check(0, 1, z=1.0)
    check(8765, 10000)
    checks.call(answers.accuracy_interval, 0, -4).raises(ValueError, "n is below 1")
    ### END HIDDEN TESTS


@checks.beside
def _scorer(kernel, bias, softmax):
    """A compiled model with these weights, from images to k numbers for each."""
    model = keras.Sequential(
        [
            keras.Input(kernel.shape[:2]),
            keras.layers.Reshape((-1,)),
            keras.layers.Dense(len(bias), activation="softmax" if softmax else None),
        ]
    )
    model.set_weights([kernel.reshape(-1, len(bias)), bias])
    model.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def _evaluation(rng, k, n, softmax):
    """A linear model, images and labels, the right accuracy, and what known slips would make of it.

    Drawn again until each slip gives a number of its own, and no image is near the border of two classes.
    """
    while True:
        kernel, bias = rng.normal(0, 0.5, (3, 4, k)), rng.normal(0, 1.0, k)
        shade = rng.integers(1, 100, (150, 3, 4)) * rng.integers(0, 2, (150, 1, 1))
        x_train = (shade + np.arange(12).reshape(3, 4)).astype("uint8")
        x_test = rng.integers(30, 256, (n, 3, 4)).astype("uint8")

        def scores(x, kernel=kernel, bias=bias):
            z = np.asarray(x, dtype="float32").reshape(len(x), -1) @ kernel.reshape(-1, k) + bias
            return models.softmax(z) if softmax else z

        trained, own = ((float(np.mean(x)), float(np.std(x))) for x in (x_train, x_test))
        wrapped = x_test - np.array(trained[0]).astype("uint8")
        kinds = {
            "right": (x_test - trained[0]) / trained[1],
            "refitted": (x_test - own[0]) / own[1],
            "wrapped": wrapped / trained[1],
            "wrapped and refitted": (x_test - np.array(own[0]).astype("uint8")) / own[1],
            "raw": x_test,
            "by 255": x_test / 255,
            "each pixel": (x_test - x_train.mean(axis=0)) / x_train.std(axis=0),
            "train mean, own std": (x_test - trained[0]) / own[1],
            "own mean, train std": (x_test - own[0]) / trained[1],
        }
        given = {name: scores(x) for name, x in kinds.items()}
        gaps = np.diff(np.sort(given["right"], axis=1)[:, -2:], axis=1)
        best = given["right"].argmax(axis=1)
        y_test = ((best + (rng.random(n) < 0.3)) % k).astype("uint8")
        accuracy = {name: float((s.argmax(axis=1) == y_test).mean()) for name, s in given.items()}
        truth = np.arange(k) == y_test[:, None].astype(int)
        elements = {
            name: float(((given[name] > 0.5) == truth).mean())
            for name in ("right", "refitted", "wrapped", "wrapped and refitted")
        }
        sure = float((given["right"][np.arange(n), y_test] > 0.5).mean())
        values = sorted([*elements.values(), sure, *accuracy.values()])
        if gaps.min() > 1e-4 and np.diff(values).min() > 1e-3:
            return kernel, bias, x_train, x_test, y_test, accuracy, elements, sure


def _check_evaluation(rng, k, n, softmax=True):
    kernel, bias, x_train, x_test, y_test, accuracy, elements, sure = _evaluation(
        rng, k, n, softmax
    )
    kernel, bias = kernel.astype("float32"), bias.astype("float32")
    model = _scorer(kernel, bias, softmax)
    before = models.weights(model)
    call = checks.call(answers.repair_evaluation, model, x_train, x_test, y_test)
    counted = (
        "Each image has k numbers, and each of the k is counted. An image is right or wrong once."
    )
    refitted = (
        "The scaler is fitted again on the test images. The model was trained with the other one."
    )
    wrapped = "The subtraction is done in bytes, in which 3 - 5 is 254."
    checks.compare(
        call.result,
        accuracy["right"],
        "the accuracy that repair_evaluation gives",
        rtol=1e-4,
        mistakes={
            f"{counted} There are more faults.": elements["wrapped and refitted"],
            f"{refitted}": accuracy["refitted"],
            f"{wrapped}": accuracy["wrapped"],
            f"{counted}": elements["right"],
            f"{refitted} {wrapped}": accuracy["wrapped and refitted"],
            f"{refitted} {counted}": elements["refitted"],
            f"{wrapped} {counted}": elements["wrapped"],
            "The images are not standardised at all.": accuracy["raw"],
            "The images are divided by 255. The model was trained on standardised ones.": accuracy[
                "by 255"
            ],
            "Each pixel has a mean and std of its own. The model was trained with two numbers for all.": (
                accuracy["each pixel"]
            ),
            "The std is that of the test images. Take both numbers from the training images.": (
                accuracy["train mean, own std"]
            ),
            "The mean is that of the test images. Take both numbers from the training images.": (
                accuracy["own mean, train std"]
            ),
            "Right is an image whose true class has the largest number, above 0.5 or not.": sure,
            "That is a percentage. A share lies between 0 and 1.": 100 * accuracy["right"],
            "That is the share of the mistakes.": 1 - accuracy["right"],
            "That is how many are right. Divide by how many images there are.": n
            * accuracy["right"],
        },
    )
    checks.require(
        all(np.array_equal(a, b) for a, b in zip(before, models.weights(model))),
        "repair_evaluation changes the model's weights. Evaluating must not train.",
    )


def test_repair_evaluation():
    _check_evaluation(np.random.default_rng(1), k=4, n=60)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    _check_evaluation(rng, k=3, n=77)
    _check_evaluation(rng, k=10, n=90, softmax=False)
    ### END HIDDEN TESTS


def _check_confusion(labels, predictions, n_classes):
    """Compare an answer with a plain loop, and name the usual slips."""
    expected = np.zeros((n_classes, n_classes), dtype=int)
    for i, j in zip(labels, predictions):
        expected[i, j] += 1
    n_seen = 1 + max(labels.max(), predictions.max())
    occurring = np.flatnonzero(expected.sum(axis=0) + expected.sum(axis=1))
    row_sums = np.maximum(expected.sum(axis=1, keepdims=True), 1)
    checks.call(answers.confusion_matrix, labels, predictions, n_classes).equals(
        expected,
        dtype=np.integer,
        mistakes={
            "The counts are right. Make them integers: whole numbers are what counting gives.": expected,
            "Rows and columns are swapped: rows are the true classes.": expected.T,
            "A pair that occurs more than once is counted once: matrix[labels, predictions] += 1 "
            "writes each place one time. See hint 2.": np.minimum(expected, 1),
            "These are shares of the rows. Counts are asked for.": expected / row_sums,
            "These are shares of all examples. Counts are asked for.": expected / len(labels),
            "Classes that do not occur need a row and a column, too: use n_classes.": expected[
                np.ix_(occurring, occurring)
            ],
            "The size is n_classes, not the largest class that occurs.": expected[:n_seen, :n_seen],
        },
    )


def test_confusion_matrix():
    _check_confusion(np.array([0, 0, 1, 2, 2, 2]), np.array([0, 1, 1, 0, 0, 2]), 3)
    _check_confusion(np.array([1, 1, 3]), np.array([1, 3, 3]), 5)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    labels, predictions = rng.integers(0, 10, (2, 500))
    often = np.full(300, 7)
    _check_confusion(
        np.concatenate([labels, often]).astype("uint8"),
        np.concatenate([predictions, often - 4]),
        10,
    )
    labels, predictions = rng.integers(10, 30, (2, 200)).astype("uint8")
    _check_confusion(labels, predictions, 30)
    _check_confusion(np.array([0]), np.array([1]), 2)
    ### END HIDDEN TESTS


def _check_pair(matrix):
    """Check that an answer is a place off the diagonal with the largest count."""
    call = checks.call(answers.most_confused, matrix)
    pair = np.asarray(call.result)
    checks.require(
        pair.shape == (2,) and pair.dtype.kind in "iu",
        f"{call.label} gave {call.result}. Two class numbers are expected: (true, predicted).",
    )
    true, predicted = (int(number) for number in pair)
    said = f"{call.label} gave ({true}, {predicted})."
    checks.require(
        {true, predicted} <= set(range(len(matrix))),
        f"{said} There are no such classes: they run from 0 to {len(matrix) - 1}.",
    )
    checks.require(
        true != predicted, f"{said} That is on the diagonal, where the right answers are."
    )
    largest = matrix[~np.eye(len(matrix), dtype=bool)].max()
    slip = ""
    if matrix[predicted, true] == largest:
        slip = " It is the wrong way round: the row is the true class."
    checks.require(
        matrix[true, predicted] == largest,
        f"{said} The count there is {matrix[true, predicted]}, and there is one of {largest}.{slip}",
    )


def test_most_confused():
    _check_pair(np.array([[50, 3, 1], [7, 40, 0], [2, 5, 60]]))
    _check_pair(np.array([[9, 2, 0], [1, 9, 6], [5, 4, 9]]))
    _check_pair(np.array([[1, 8], [3, 2]]))  # more mistakes than right answers
    ### BEGIN HIDDEN TESTS
    _check_pair(np.array([[0, 1], [4, 9]]))
    _check_pair(np.array([[5, 0, 0], [0, 7, 0], [1, 0, 3]]))  # a single mistake
    _check_pair(np.array([[0, 0, 0], [0, 0, 1], [0, 0, 0]]))
    _check_pair(np.array([[2, 3, 9], [4, 1, 5], [6, 7, 0]]))  # the diagonal is the smallest
    _check_pair(np.array([[20, 6, 0], [6, 20, 0], [9, 0, 20]]))  # 6 + 6 is no count
    _check_pair(np.array([[1000, 50, 0], [0, 10, 5], [2, 2, 3]]))  # a count, not a share of its row
    _check_pair(np.array([[0, 2, 7], [7, 0, 1], [0, 0, 0]]))  # either of two will do
    _check_pair(np.array([[5, 1, 3], [4, 6, 2], [0, 8, 7]]))
    _check_pair(checks.fresh_rng().permutation(100).reshape(10, 10))
    ### END HIDDEN TESTS
