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
        models.facts(model)["penalties"] == 0,
        f"{label} has a penalty on its weights, which nobody asked for.",
    )
    return model


def test_build_functional_mlp():
    _check_functional_mlp(6, [5, 4], 3)
    _check_functional_mlp(4, [], 3)
    ### BEGIN HIDDEN TESTS
    seeds = checks.fresh_rng().integers(1 << 31, size=5).tolist()
    _check_functional_mlp(7, [5, 6, 4, 8], 2, seeds[0])
    _check_functional_mlp(1, [9], 12, seeds[1])
    _check_functional_mlp(784, [16], 10, seeds[2])
    models.separate(*(_check_functional_mlp(5, [4], 3, seed) for seed in seeds[3:]))
    ### END HIDDEN TESTS


@checks.beside
def _symbolic(d):
    """A symbolic tensor of shape (None, d)."""
    return keras.Input((d,))


@checks.beside
def _model_of(inputs, outputs):
    """A model from one symbolic tensor to another."""
    return keras.Model(inputs, outputs)


def _block_model(d, units):
    """Make a model of one block; check the shapes of its output and of its weights; return those."""
    inputs = _symbolic(d)
    call = checks.call(answers.residual_block, inputs, units)
    label = f"residual_block(x, {units}) for x of shape (n, {d})"
    output = call.result
    checks.require(output is not None, f"{label} gave None. Does it end with `return`?")
    checks.require(
        checks.is_a(output, keras.KerasTensor),
        f"{label} gave a {checks.kind(output)}. A symbolic tensor is expected: call the layers on x.",
    )
    shape = checks.value(output.shape)
    slip = ""
    if shape == (None, d + units):
        slip = " Is that a concatenation? The two ways are to be added."
    checks.require(
        shape == (None, units), f"{label} has the shape {shape}. Expected (None, {units}).{slip}"
    )
    try:
        model = _model_of(inputs, output)
    except ValueError:
        checks.require(False, f"The result of {label} was not made from x.")
    shapes = models.facts(model)["shapes"]
    biases = [shape for shape in shapes if len(shape) == 1]
    actual = sorted(shape for shape in shapes if len(shape) == 2)
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
        len(shapes) == len(actual) + len(biases)
        and all(shape == (units,) for shape in biases)
        and len(biases) in ((2,) if d == units else (2, 3)),
        f"{label} has other weights than the kernels and biases of its Dense layers: {shapes}.",
    )
    return model, shapes, label


def _check_block(d, units, seed=0):
    """Give a block random weights and compare it with the formula.

    Which weight belongs to which layer is not to be seen from their order or shapes, so all
    arrangements are tried. One that gives the model's output is the right one.
    """
    model, shapes, label = _block_model(d, units)
    rng = np.random.default_rng(seed)
    weights = [rng.normal(0, shape[0] ** -0.5, shape).astype("float32") for shape in shapes]
    models.assign(model, weights)
    x = rng.normal(size=(50, d)).astype("float32")
    kernels = [weight for weight in weights if weight.ndim == 2]
    biases = [weight for weight in weights if weight.ndim == 1]
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
        actual = models.outputs(model, x, training)

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
    seeds = checks.fresh_rng().integers(1 << 31, size=4).tolist()
    _check_block(3, 8, seeds[0])
    _check_block(1, 5, seeds[1])  # here x would fit to the sum without a Dense, by broadcasting
    _check_block(5, 1, seeds[2])
    _check_block(12, 12, seeds[3])
    inputs = _symbolic(4)
    two_blocks = _model_of(inputs, answers.residual_block(answers.residual_block(inputs, 4), 4))
    checks.require(
        len(models.facts(two_blocks)["shapes"]) == 8,
        "Two blocks, one on top of the other, share weights. Make new layers in each call.",
    )
    ### END HIDDEN TESTS


def _number_of_inputs(model, expected):
    """How many inputs a model has; a subclass does not say, and is taken at its outputs."""
    inputs = models.facts(model)["inputs"]
    return expected if inputs is None else len(inputs)


def _check_shared_encoder(n_features, units, seed=0):
    """Give the model known weights, by their shapes, and compare it with the formula."""
    call = checks.call(answers.build_shared_encoder, n_features, units)
    label = f"the model of {call.label}"
    model = models.built(call.result, label)
    n_inputs = _number_of_inputs(model, 2)
    checks.require(n_inputs == 2, f"{label} has {n_inputs} input(s). Expected two.")
    expected = [(n_features, units), (units,), (units, 1), (1,)]
    actual = models.facts(model)["shapes"]
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
    models.assign(model, [values[shape] for shape in actual])
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
    seeds = checks.fresh_rng().integers(1 << 31, size=4).tolist()
    _check_shared_encoder(5, 5, seeds[0])
    _check_shared_encoder(20, 3, seeds[1])
    models.separate(*(_check_shared_encoder(4, 3, seed) for seed in seeds[2:]))
    ### END HIDDEN TESTS


@checks.beside
def _trainable(model):
    """The values of the trainable weights."""
    return [np.array(variable) for variable in model.trainable_variables]


@checks.beside
def _score_gradients(model, x):
    """The gradients of each example's score by each trainable weight, (n, ...), or None without any."""
    with tf.GradientTape(persistent=True) as tape:
        score = keras.ops.reshape(model(x)["score"], (-1,))
        single = [score[i] for i in range(len(x))]
    rows = [tape.gradient(value, model.trainable_variables) for value in single]
    return [
        None if any(gradient is None for gradient in column) else np.stack(column)
        for column in zip(*rows)
    ]


@checks.beside
def _heads_with(model, x, number, values):
    """Both outputs for each of these values of one trainable weight, which is left as it was."""
    variable = model.trainable_variables[number]
    old, found = np.array(variable), []
    for value in values:
        variable.assign(value)
        found.append({name: np.asarray(output) for name, output in model(x).items()})
    variable.assign(old)
    return found


def _heads(model, x, label):
    """Call the model; check the names and shapes of its outputs; return both as arrays."""
    outputs = model(x)
    checks.require(
        isinstance(outputs, dict),
        f"{label} gives a {checks.kind(outputs)}, not a dict. Write keras.Model(inputs, "
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
    before = _heads(model, x, label)[1].ravel()
    for number, (old, gradients) in enumerate(
        zip(_trainable(model), _score_gradients(model, x), strict=True)
    ):
        if gradients is None:
            continue  # a weight of the other head
        if old.ndim == 1:
            ones = np.flatnonzero(np.all(np.abs(gradients - 1) < 1e-4, axis=0))
            changes = [
                (old + delta * np.eye(len(old))[i], delta, 1) for i in ones for delta in (-99, 99)
            ]
        elif old.ndim == 2 and old.shape[1] == 1:
            changes = [(-3 * old, 0, -3), (3 * old, 0, 3)]
        else:
            continue
        after = _heads_with(model, x, number, [new for new, _, _ in changes])
        fits = [
            np.allclose(outputs["score"].ravel(), factor * before + shift, rtol=1e-3, atol=1e-3)
            for outputs, (_, shift, factor) in zip(after, changes, strict=True)
        ]
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
    biases = [(i, old) for i, old in enumerate(_trainable(model)) if old.shape == (n_classes,)]
    certain = not biases
    for number, old in biases:
        raised = _heads_with(model, x, number, [old + 200 * row for row in np.eye(n_classes)])
        highest = [outputs["label"][:, k].min() for k, outputs in enumerate(raised)]
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
    n_inputs = _number_of_inputs(model, 1)
    checks.require(n_inputs == 1, f"{label} has {n_inputs} inputs. Expected one.")
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


@checks.beside
def _train(model, x, targets):
    """Train a model with two heads on one batch."""
    model.compile(
        optimizer="sgd",
        loss={"label": "sparse_categorical_crossentropy", "score": "mean_squared_error"},
        run_eagerly=True,
    )
    model.train_on_batch(x, targets)


def test_build_two_heads():
    model, x = _check_two_heads(6, 3)
    _train(model, x, {"label": np.arange(12) % 3, "score": np.ones((12, 1), "float32")})
    ### BEGIN HIDDEN TESTS
    seeds = checks.fresh_rng().integers(1 << 31, size=4).tolist()
    _check_two_heads(20, 13, seeds[0])
    _check_two_heads(4, 2, seeds[1])
    models.separate(*(_check_two_heads(5, 7, seed)[0] for seed in seeds[2:]))
    ### END HIDDEN TESTS


@checks.beside
def _layers():
    """Three dense layers with names."""
    return [
        keras.layers.Dense(8, activation="relu", name="layer"),
        keras.layers.Dense(5, activation="relu", name="layer_2"),
        keras.layers.Dense(3, activation="softmax", name="layer_3"),
    ]


@checks.beside
def _stack():
    """A Sequential model of them."""
    return keras.Sequential([keras.Input((6,)), *_layers()])


@checks.beside
def _functional():
    """A functional model of them."""
    tensor = inputs = keras.Input((6,))
    for layer in _layers():
        tensor = layer(tensor)
    return keras.Model(inputs, tensor)


### BEGIN HIDDEN TESTS
@checks.beside
def _branched():
    """A model with two inputs."""
    left, right = keras.Input((6,), name="left"), keras.Input((4,), name="right")
    a = keras.layers.Dense(5, name="a")(left)
    b = keras.layers.Dense(5, name="b")(right)
    b = keras.layers.ReLU(name="b_relu")(b)
    joined = keras.layers.Concatenate(name="joined")([a, b])
    return keras.Model([left, right], keras.layers.Dense(2, name="end")(joined))


### END HIDDEN TESTS


@checks.beside
def _names_of_layers(model):
    """The names of a model's layers, in its order."""
    return [layer.name for layer in model.layers]


def _check_features(model, outputs_of, sizes, x, kind, seeds=(0, 1)):
    """Compare each layer's features with matrix products, then again with other weights.

    `outputs_of(weights)` gives what each layer puts out for x, by name, in the model's order.
    """
    first, second = (_dense_weights(sizes, seed) for seed in seeds)
    before = outputs_of(first)
    names, layers = list(before), _names_of_layers(model)
    _give_weights(model, first)
    extractors = {}
    for name in names:
        call = checks.call(answers.feature_extractor, model, name)
        checks.require(
            call.result is not None, f"{call.label} gave None. Does it end with `return`?"
        )
        checks.require(
            checks.is_a(call.result, keras.Model),
            f"{call.label} gave a {checks.kind(call.result)}. A keras.Model is expected.",
        )
        extractors[name] = call.result
    checks.require(
        _names_of_layers(model) == layers,
        f"feature_extractor has changed the layers of {kind}. Leave the model as it is.",
    )
    for weights in (first, second):
        _give_weights(model, weights)
        right = outputs_of(weights)
        for name, extractor in extractors.items():
            mistakes = {
                f"That is the output of the layer {other!r}.": value
                for other, value in right.items()
                if other != name
            }
            then = ""
            if weights is second:
                then = ", after the model's weights have changed,"
                mistakes["The extractor has a copy of the weights. It should share them."] = before[
                    name
                ]
            models.computes(
                extractor, x, right[name], f"{name!r} of {kind}{then}", mistakes=mistakes
            )
        models.computes(
            model, x, right[names[-1]], f"the output of {kind}, after feature_extractor,"
        )


def _dense_weights(sizes, seed):
    """Random kernels and biases of dense layers of sizes [(n_in, n_out), ...]."""
    rng = np.random.default_rng(seed)
    pairs = [(rng.normal(0, m**-0.5, (m, n)), rng.normal(0, 0.5, n)) for m, n in sizes]
    return [(kernel.astype("float32"), bias.astype("float32")) for kernel, bias in pairs]


def _give_weights(model, pairs):
    """Set kernels and biases in the model."""
    models.assign(model, [array for pair in pairs for array in pair])


def test_feature_extractor():
    x = np.random.default_rng(5).normal(size=(20, 6)).astype("float32")
    sizes = [(6, 8), (8, 5), (5, 3)]

    def layer_outputs(weights):
        (k1, b1), (k2, b2), (k3, b3) = weights
        one = relu(x @ k1 + b1)
        two = relu(one @ k2 + b2)
        return {"layer": one, "layer_2": two, "layer_3": softmax(two @ k3 + b3)}

    stack, functional = _stack(), _functional()
    _check_features(stack, layer_outputs, sizes, x, "a Sequential model")
    checks.call(answers.feature_extractor, stack, "layer_4").raises(
        ValueError, "the model has no layer of that name"
    )
    _check_features(functional, layer_outputs, sizes, x, "a functional model")
    ### BEGIN HIDDEN TESTS
    for name in ("lay", ""):
        checks.call(answers.feature_extractor, functional, name).raises(
            ValueError, "the model has no layer of that name"
        )
    rng = checks.fresh_rng()
    left, right = (rng.normal(size=(20, n)).astype("float32") for n in (6, 4))
    seeds = rng.integers(1 << 31, size=2).tolist()

    def branch_outputs(weights):
        (ka, ba), (kb, bb), (k, c) = weights
        one, two = left @ ka + ba, right @ kb + bb
        both = np.concatenate([one, relu(two)], axis=1)
        return {"a": one, "b": two, "b_relu": relu(two), "joined": both, "end": both @ k + c}

    with_weights = [layer.name for layer in _branched.here().layers if layer.weights]

    def in_model_order(weights):
        """The weights of a and b in the order in which the model lists them."""
        by_name = dict(zip(with_weights, weights, strict=True))
        return branch_outputs([by_name[name] for name in ("a", "b", "end")])

    shapes = {"a": (6, 5), "b": (4, 5), "end": (10, 2)}
    sizes = [shapes[name] for name in with_weights]
    x = [left, right]
    _check_features(_branched(), in_model_order, sizes, x, "a model with two inputs", seeds)
    ### END HIDDEN TESTS


def _check_shape(letter, shape):
    """Whether this has the form of a shape: a tuple or a list of None and whole numbers."""
    checks.require(
        isinstance(shape, (tuple, list)),
        f"The shape of {letter} is a {checks.kind(shape)}. A tuple was expected, such as (None, 32).",
    )
    said = f"The shape of {letter} is {str(shape)[:80]}."
    checks.require(
        len(shape) > 0 and shape[0] is None,
        f"{said} Its first entry stands for the number of examples, which is left open: write None there.",
    )
    for size in shape[1:]:
        checks.require(
            isinstance(size, (int, np.integer)) and not isinstance(size, bool) and size > 0,
            f"{said} After the None there are whole numbers, 1 or more. {str(size)[:40]!r} is none.",
        )


def test_output_shapes():
    answer = checks.call(answers.output_shapes).result
    checks.require(answer is not None, "output_shapes gave None. Does it end with `return`?")
    checks.require(
        isinstance(answer, dict),
        f"output_shapes gave a {checks.kind(answer)}. A dict from letter to shape was expected, such as "
        '{"A": (None, 32), ...}.',
    )
    for letter in "ABCDEF":
        checks.require(letter in answer, f"The dict has no key {letter!r}. Its keys are A to F.")
    for letter, shape in answer.items():
        checks.require(
            letter in ("A", "B", "C", "D", "E", "F"),
            f"The dict has a key too many: {letter!r}. Its keys are A to F, as texts.",
        )
        _check_shape(letter, shape)
    ### BEGIN HIDDEN TESTS
    right = {
        "A": (None, 14, 8),
        "B": (None, 5, 8),
        "C": (None, 19, 8),
        "D": (None, 152),
        "E": (None, 16),
        "F": (None, 56),
    }
    n_right = sum(tuple(answer[letter]) == shape for letter, shape in right.items())
    checks.require(
        n_right == 6, f"{n_right} of the 6 shapes are right. Follow the graph once more."
    )
    ### END HIDDEN TESTS
