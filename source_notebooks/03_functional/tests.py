"""The tests of this lesson: `checks.run("build_functional_mlp")` runs `test_build_functional_mlp`, and so on."""

from itertools import permutations

import keras
import numpy as np
import tensorflow as tf

from helpers import checks
from helpers.checks import answers, models
from helpers.checks.models import relu, sigmoid, softmax


def _check_functional_mlp(n_features, hidden_units, n_classes, seed=0):
    """Give the model known weights, and compare what it computes with matrix products."""
    call = checks.call(answers.build_functional_mlp, n_features, hidden_units, n_classes)
    label = f"the model of {call.label}"
    model = models.built(call.result, label)
    sizes = [n_features, *hidden_units, n_classes]
    weights = models.set_dense_weights(model, sizes, seed, label)
    x = np.random.default_rng(seed).normal(size=(40, n_features)).astype("float32")
    logits = models.dense_forward(weights, x, models.relu)
    linear = models.dense_forward(weights, x, lambda z: z)
    models.computes(
        model,
        x,
        models.softmax(logits),
        f"the output of {call.label}",
        mistakes={
            "The softmax is missing: these are logits.": logits,
            "The output layer has a sigmoid. Its outputs do not add up to 1.": models.sigmoid(
                logits
            ),
            "The output layer has ReLU.": models.relu(logits),
            "The softmax is applied twice.": models.softmax(models.softmax(logits)),
            "There is a ReLU before the softmax, which cuts off the negative logits.": (
                models.softmax(models.relu(logits))
            ),
            "The hidden layers have no ReLU.": models.softmax(linear),
            "The softmax runs along the examples. It belongs along the classes.": (
                models.softmax(logits.T).T
            ),
        },
    )
    checks.require(
        not any(float(penalty) for penalty in model.losses),
        f"{label} has a penalty on its weights, which nobody asked for.",
    )
    return model


def test_build_functional_mlp():
    _check_functional_mlp(6, [5, 4], 3)
    _check_functional_mlp(4, [], 3)
    ### BEGIN HIDDEN TESTS
    _check_functional_mlp(7, [5, 6, 4, 8], 2, seed=1)
    _check_functional_mlp(1, [9], 12, seed=2)
    _check_functional_mlp(784, [16], 10, seed=3)
    first, second = _check_functional_mlp(5, [4], 3), _check_functional_mlp(5, [4], 3)
    checks.require(
        not any(a is b for a in first.weights for b in second.weights),
        "Two calls give models that share their weights. Make new layers inside the function.",
    )
    ### END HIDDEN TESTS


def _block_model(d, units):
    """Make a model of one block, and check the shapes of its output and of its weights."""
    inputs = keras.Input((d,))
    call = checks.call(answers.residual_block, inputs, units)
    label = f"residual_block(x, {units}) for x of shape (n, {d})"
    output = call.result
    checks.require(output is not None, f"{label} gave None. Does it end with `return`?")
    checks.require(
        isinstance(output, keras.KerasTensor),
        f"{label} gave a {type(output).__name__}. A symbolic tensor is expected: call the layers on x.",
    )
    shape = tuple(output.shape)
    slip = ""
    if shape == (None, d + units):
        slip = " Is that a concatenation? The two ways are to be added."
    checks.require(
        shape == (None, units), f"{label} has the shape {shape}. Expected (None, {units}).{slip}"
    )
    try:
        model = keras.Model(inputs, output)
    except ValueError:
        checks.require(False, f"The result of {label} was not made from x.")
    kernels = [w for w in model.weights if len(w.shape) == 2]
    biases = [w for w in model.weights if len(w.shape) == 1]
    actual = sorted(tuple(w.shape) for w in kernels)
    long_way, short_way = [(d, units), (units, units)], [(d, units)]
    expected = sorted(long_way + (short_way if d != units else []))
    slip = ""
    if actual == sorted(long_way):
        slip = " Where d is not units, x needs a Dense of its own before the sum."
    elif actual == sorted(long_way + short_way):
        slip = " Where d equals units, x itself is added, without a Dense."
    checks.require(
        actual == expected, f"{label} has kernels of shapes {actual}. Expected {expected}.{slip}"
    )
    checks.require(
        len(model.weights) == len(kernels) + len(biases)
        and all(tuple(b.shape) == (units,) for b in biases)
        and len(biases) in ((2,) if d == units else (2, 3)),
        f"{label} has other weights than the kernels and biases of its Dense layers: "
        f"{[tuple(w.shape) for w in model.weights]}.",
    )
    return model, label


def _check_block(d, units, seed=0):
    """Give a block random weights and compare it with the formula.

    Which weight belongs to which layer is not to be seen from their order or shapes, so all
    arrangements are tried. One that gives the model's output is the right one.
    """
    model, label = _block_model(d, units)
    rng = np.random.default_rng(seed)
    for weight in model.weights:
        weight.assign(rng.normal(0, weight.shape[0] ** -0.5, weight.shape))
    x = rng.normal(size=(50, d)).astype("float32")
    kernels = [np.asarray(w) for w in model.weights if len(w.shape) == 2]
    biases = [np.asarray(w) for w in model.weights if len(w.shape) == 1]
    if d != units and len(biases) == 2:
        biases.append(np.zeros(units, dtype="float32"))  # a short way without a bias
    cases = {}
    for k1, k2, *ks in permutations(kernels):
        if k1.shape != (d, units) or k2.shape != (units, units):
            continue
        for b1, b2, *bs in permutations(biases):
            h = relu(x @ k1 + b1)
            z = h @ k2 + b2
            s = x @ ks[0] + bs[0] if ks else x
            for words, value in {
                "": relu(z + s),
                "The ReLU after the sum is missing.": z + s,
                "The last ReLU stands before the sum. It belongs after it.": relu(z) + s,
                "The second Dense has a ReLU, too. The only other one comes after the sum.": (
                    relu(relu(z) + s)
                ),
                "The short way has a ReLU. It should have none.": relu(z + relu(s)),
                "The ReLU between the two Dense layers is missing.": (
                    relu((x @ k1 + b1) @ k2 + b2 + s)
                ),
                "The short way is missing: nothing is added to the long way.": relu(z),
                "The two ways are multiplied. Add them.": relu(z * s),
                "That is the mean of the two ways. Add them.": relu((z + s) / 2),
                "That is a difference. Add the two ways.": relu(z - s),
                "What is added is the output of the first Dense, not x.": relu(z + h),
                "There is no Dense layer on the long way that has an effect.": relu(s),
            }.items():
                cases.setdefault(words, []).append(value)
    for training in (False, True):
        actual = np.asarray(model(x, training=training))

        def matches(values, actual=actual):
            return any(np.allclose(actual, value, rtol=1e-3, atol=1e-4) for value in values)

        if matches(cases[""]):
            continue
        known = [words for words, values in cases.items() if matches(values)]
        checks.compare(
            actual,
            cases[""][0],
            label + (" in training mode" if training else ""),
            rtol=1e-3,
            atol=1e-4,
            mistakes=dict.fromkeys(known, actual),
        )


def test_residual_block():
    _check_block(6, 6)
    _check_block(6, 4)
    ### BEGIN HIDDEN TESTS
    _check_block(3, 8, seed=1)
    _check_block(1, 5, seed=2)  # here x would fit to the sum without a Dense, by broadcasting
    _check_block(5, 1, seed=3)
    _check_block(12, 12, seed=4)
    inputs = keras.Input((4,))
    two_blocks = keras.Model(inputs, answers.residual_block(answers.residual_block(inputs, 4), 4))
    checks.require(
        len(two_blocks.weights) == 8,
        "Two blocks, one on top of the other, share weights. Make new layers in each call.",
    )
    ### END HIDDEN TESTS


def _check_shared_encoder(n_features, units, seed=0):
    """Give the model known weights, by their shapes, and compare it with the formula."""
    call = checks.call(answers.build_shared_encoder, n_features, units)
    label = f"the model of {call.label}"
    model = models.built(call.result, label)
    checks.require(
        len(model.inputs) == 2, f"{label} has {len(model.inputs)} input(s). Expected two."
    )
    expected = [(n_features, units), (units,), (units, 1), (1,)]
    actual = [tuple(weight.shape) for weight in model.weights]
    slip = ""
    if sorted(actual) == sorted(expected[:2] + expected):
        slip = "\nEach input has a Dense of its own. Make one layer, and call it twice."
    elif (2 * units, 1) in actual:
        slip = "\nThe two results are concatenated. Take their absolute difference."
    elif (n_features, units) not in actual and (2 * n_features, units) in actual:
        slip = "\nThe inputs are concatenated. Each goes through the encoder by itself."
    checks.require(
        sorted(actual) == sorted(expected),
        f"{label} has weights of shapes {actual}.\n  expected: {expected}{slip}",
    )
    rng = np.random.default_rng(seed)
    values = {shape: rng.normal(0, shape[0] ** -0.5, shape).astype("float32") for shape in expected}
    model.set_weights([values[shape] for shape in actual])
    kernel, bias, last_kernel, last_bias = (values[shape] for shape in expected)

    x, y = rng.normal(size=(2, 40, n_features)).astype("float32")
    left, right = x @ kernel + bias, y @ kernel + bias
    a, b = relu(left), relu(right)

    def answer(compared):
        return sigmoid(compared @ last_kernel + last_bias)

    right_answer = answer(np.abs(a - b))
    mistakes = {
        "The sigmoid is missing.": np.abs(a - b) @ last_kernel + last_bias,
        "The absolute value is missing: with a - b the order of the inputs matters.": answer(a - b),
        "That is b - a. Take the absolute value.": answer(b - a),
        "That is the squared difference. Take the absolute value.": answer((a - b) ** 2),
        "ReLU is no absolute value: where the difference is negative it gives 0.": answer(
            relu(a - b)
        ),
        "The encoder has no ReLU.": answer(np.abs(left - right)),
        "The ReLU comes after the difference. It belongs into the encoder, before it.": (
            answer(relu(np.abs(left - right)))
        ),
        "The encoder is called on the difference. Call it on each input.": (
            answer(relu(np.abs(x - y) @ kernel + bias))
        ),
        "The encoder is called on the difference of the inputs. Call it on each input.": (
            answer(np.abs(relu((x - y) @ kernel + bias)))
        ),
        "The two results are added. Take the absolute difference.": answer(a + b),
        "The two results are multiplied. Take the absolute difference.": answer(a * b),
        "The first input is used twice.": answer(np.zeros_like(a)),
        "The outputs are turned round: that is 1 minus the sigmoid.": 1 - right_answer,
        "The last layer has tanh, not a sigmoid.": np.tanh(np.abs(a - b) @ last_kernel + last_bias),
        "The last layer has ReLU, not a sigmoid.": relu(np.abs(a - b) @ last_kernel + last_bias),
    }
    models.computes(model, [x, y], right_answer, f"the output of {call.label}", mistakes=mistakes)
    models.computes(model, [y, x], right_answer, f"the output of {call.label}, inputs swapped,")
    return model


def test_build_shared_encoder():
    _check_shared_encoder(6, 4)
    _check_shared_encoder(3, 9, seed=1)
    ### BEGIN HIDDEN TESTS
    _check_shared_encoder(5, 5, seed=2)
    _check_shared_encoder(20, 3, seed=3)
    first, second = _check_shared_encoder(4, 3), _check_shared_encoder(4, 3)
    checks.require(
        not any(a is b for a in first.weights for b in second.weights),
        "Two calls give models that share their weights. Make new layers inside the function.",
    )
    ### END HIDDEN TESTS


def _heads(model, x, label):
    """Call the model; check the names and shapes of its outputs; return both as arrays."""
    outputs = model(x)
    checks.require(
        isinstance(outputs, dict),
        f"{label} gives a {type(outputs).__name__}, not a dict. Write keras.Model(inputs, "
        '{"label": ..., "score": ...}).',
    )
    checks.require(
        set(outputs) == {"label", "score"},
        f'{label} gives a dict with the keys {sorted(outputs)}. Expected "label" and "score".',
    )
    return np.asarray(outputs["label"]), np.asarray(outputs["score"])


def _check_score_is_linear(model, x, label):
    """Somewhere there is a bias that shifts the score of every example by just as much, far out too.

    (Or, without a bias, a kernel that stretches all scores.) This is so for every head without an
    activation, whatever the body is, and for no head with one.
    """
    variables = model.trainable_variables
    with tf.GradientTape(persistent=True) as tape:
        score = keras.ops.reshape(model(x)["score"], (-1,))
        single = [score[i] for i in range(len(x))]
    rows = [tape.gradient(value, variables) for value in single]
    before = np.asarray(score)
    for number, variable in enumerate(variables):
        old = np.asarray(variable)
        if any(row[number] is None for row in rows):
            continue  # a weight of the other head
        gradients = np.stack([np.asarray(row[number]) for row in rows])
        if old.ndim == 1:
            ones = np.flatnonzero(np.all(np.abs(gradients - 1) < 1e-4, axis=0))
            changes = [
                (old + delta * np.eye(len(old))[i], delta, 1) for i in ones for delta in (-99, 99)
            ]
        elif old.ndim == 2 and old.shape[1] == 1:
            changes = [(-3 * old, 0, -3), (3 * old, 0, 3)]
        else:
            continue
        fits = []
        for new, shift, factor in changes:
            variable.assign(new)
            after = np.asarray(model(x)["score"]).ravel()
            fits.append(np.allclose(after, factor * before + shift, rtol=1e-3, atol=1e-3))
        variable.assign(old)
        if fits and all(fits):
            return
    slip = ""
    if np.all(before >= 0) and np.any(before == 0):
        slip = " No score is below 0: is that a ReLU?"
    elif np.allclose(before, 1):
        slip = " All scores are 1: the softmax of a single unit always is."
    elif np.all((before > 0) & (before < 1)):
        slip = " All scores lie between 0 and 1: is that a sigmoid?"
    checks.require(
        False,
        f"The score of {label} is not linear: its Dense layer should have no activation.{slip}",
    )


def _check_label_is_softmax(model, x, n_classes, label):
    """Sums of 1, for large inputs too; and one logit far up makes its class certain."""
    for scale in (1, 100):
        probabilities, _ = _heads(model, scale * x, label)
        checks.require(
            np.all(probabilities >= 0)
            and np.allclose(probabilities.sum(axis=1), 1, rtol=0, atol=1e-3),
            f'The rows of "label" are no probabilities: for {label} one of them is '
            f"{np.round(probabilities[0], 3).tolist()}. They should be at least 0 and add up to 1.",
        )
    candidates = [w for w in model.trainable_variables if tuple(w.shape) == (n_classes,)]
    certain = not candidates
    for variable in candidates:
        old, highest = np.asarray(variable), []
        for k in range(n_classes):
            variable.assign(old + 200 * np.eye(n_classes)[k])
            highest.append(np.asarray(model(x)["label"])[:, k].min())
        variable.assign(old)
        certain = certain or min(highest) > 0.99
    checks.require(
        certain,
        f'In {label}, "label" is not the softmax of a Dense layer: with one logit raised by 200 its '
        "class should be certain. Is a softmax applied twice, or is there an activation before it?",
    )


def _check_two_heads(n_features, n_classes, seed=0):
    """Check names, shapes, what each head can say, and that both hear the input."""
    call = checks.call(answers.build_two_heads, n_features, n_classes)
    label = f"the model of {call.label}"
    model = models.built(call.result, label)
    inputs = keras.tree.flatten(model.inputs)
    checks.require(len(inputs) == 1, f"{label} has {len(inputs)} inputs. Expected one.")
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(12, n_features)).astype("float32")
    probabilities, score = _heads(model, x, label)
    for name, output, shape in [
        ("label", probabilities, (12, n_classes)),
        ("score", score, (12, 1)),
    ]:
        checks.require(
            output.shape == shape,
            f'The output "{name}" of {label} has the shape {output.shape} for 12 examples. Expected '
            f"{shape}.",
        )
    _check_label_is_softmax(model, x, n_classes, label)
    _check_score_is_linear(model, x, label)
    for name, output in [("label", probabilities), ("score", score)]:
        checks.require(
            np.ptp(output, axis=0).max() > 1e-6,
            f'The output "{name}" of {label} does not depend on the input.',
        )
    return model, x


def test_build_two_heads():
    model, x = _check_two_heads(6, 3)
    model.compile(
        optimizer="sgd",
        loss={"label": "sparse_categorical_crossentropy", "score": "mean_squared_error"},
        run_eagerly=True,
    )
    model.train_on_batch(x, {"label": np.arange(12) % 3, "score": np.ones((12, 1), "float32")})
    ### BEGIN HIDDEN TESTS
    _check_two_heads(20, 13, seed=1)
    _check_two_heads(4, 2, seed=2)
    first, second = (_check_two_heads(5, 7, seed=3)[0] for _ in range(2))
    checks.require(
        not any(a is b for a in first.weights for b in second.weights),
        "Two calls give models that share their weights. Make new layers inside the function.",
    )
    ### END HIDDEN TESTS


def _check_features(model, outputs_of, sizes, x, kind):
    """Compare each layer's features with matrix products, then again with other weights.

    `outputs_of(weights)` gives what each layer puts out for x, by name, in the model's order.
    """
    names = list(outputs_of(_give_weights(model, sizes, seed=0)))
    n_layers = len(model.layers)
    extractors = {}
    for name in names:
        call = checks.call(answers.feature_extractor, model, name)
        checks.require(
            call.result is not None, f"{call.label} gave None. Does it end with `return`?"
        )
        checks.require(
            isinstance(call.result, keras.Model),
            f"{call.label} gave a {type(call.result).__name__}. A keras.Model is expected.",
        )
        extractors[name] = call.result
    checks.require(
        len(model.layers) == n_layers and model.layers[-1].name == names[-1],
        f"feature_extractor has changed the layers of {kind}. Leave the model as it is.",
    )
    for seed in (0, 1):
        right = outputs_of(_give_weights(model, sizes, seed))
        before = outputs_of(_give_weights(None, sizes, 0))
        for name, extractor in extractors.items():
            mistakes = {
                f"That is the output of the layer {other!r}.": value
                for other, value in right.items()
                if other != name
            }
            if seed:
                mistakes["The extractor has a copy of the weights. It should share them."] = before[
                    name
                ]
            then = ", after the model's weights have changed," if seed else ""
            models.computes(
                extractor, x, right[name], f"{name!r} of {kind}{then}", mistakes=mistakes
            )
        models.computes(
            model, x, right[names[-1]], f"the output of {kind}, after feature_extractor,"
        )


def _give_weights(model, sizes, seed):
    """Random kernels and biases of dense layers, sizes [(n_in, n_out), ...], set in the model."""
    rng = np.random.default_rng(seed)
    pairs = [(rng.normal(0, m**-0.5, (m, n)), rng.normal(0, 0.5, n)) for m, n in sizes]
    pairs = [(kernel.astype("float32"), bias.astype("float32")) for kernel, bias in pairs]
    if model is not None:
        model.set_weights([array for pair in pairs for array in pair])
    return pairs


def test_feature_extractor():
    rng = np.random.default_rng(5)
    x = rng.normal(size=(20, 6)).astype("float32")
    sizes = [(6, 8), (8, 5), (5, 3)]

    def layer_outputs(weights):
        (k1, b1), (k2, b2), (k3, b3) = weights
        one = relu(x @ k1 + b1)
        two = relu(one @ k2 + b2)
        return {"layer": one, "layer_2": two, "layer_3": softmax(two @ k3 + b3)}

    def make_layers():
        Dense = keras.layers.Dense
        return [
            Dense(8, activation="relu", name="layer"),
            Dense(5, activation="relu", name="layer_2"),
            Dense(3, activation="softmax", name="layer_3"),
        ]

    stack = keras.Sequential([keras.Input((6,)), *make_layers()])
    _check_features(stack, layer_outputs, sizes, x, "a Sequential model")
    checks.call(answers.feature_extractor, stack, "layer_4").raises(
        ValueError, "the model has no layer of that name"
    )
    inputs = keras.Input((6,))
    tensor = inputs
    for layer in make_layers():
        tensor = layer(tensor)
    functional = keras.Model(inputs, tensor)
    _check_features(functional, layer_outputs, sizes, x, "a functional model")
    ### BEGIN HIDDEN TESTS
    checks.call(answers.feature_extractor, functional, "lay").raises(
        ValueError, "the model has no layer of that name"
    )
    checks.call(answers.feature_extractor, functional, "").raises(
        ValueError, "the model has no layer of that name"
    )
    left, right = keras.Input((6,), name="left"), keras.Input((4,), name="right")
    a = keras.layers.Dense(5, name="a")(left)
    b = keras.layers.Dense(5, name="b")(right)
    b = keras.layers.ReLU(name="b_relu")(b)
    joined = keras.layers.Concatenate(name="joined")([a, b])
    branched = keras.Model([left, right], keras.layers.Dense(2, name="end")(joined))
    y = rng.normal(size=(20, 4)).astype("float32")

    def branch_outputs(weights):
        (ka, ba), (kb, bb), (k, c) = weights
        one, two = x @ ka + ba, y @ kb + bb
        both = np.concatenate([one, relu(two)], axis=1)
        return {"a": one, "b": two, "b_relu": relu(two), "joined": both, "end": both @ k + c}

    def in_model_order(weights):
        """The weights of a and b in the order in which the model lists them."""
        names = [layer.name for layer in branched.layers if layer.weights]
        by_name = dict(zip(names, weights, strict=True))
        return branch_outputs([by_name[name] for name in ("a", "b", "end")])

    shapes = {"a": (6, 5), "b": (4, 5), "end": (10, 2)}
    sizes = [shapes[layer.name] for layer in branched.layers if layer.weights]
    _check_features(branched, in_model_order, sizes, [x, y], "a model with two inputs")
    ### END HIDDEN TESTS
