"""The tests of this lesson: `checks.run("gd_step")` runs `test_gd_step`, and so on."""

import numpy as np

from helpers import checks
from helpers.checks import answers, models


def _check_arrays(result, expected, label, mistakes=None):
    """Compare a dict of arrays with the expected one, key by key; mistakes: explanation to such a dict."""
    checks.require(
        isinstance(result, dict) and result.keys() == expected.keys(),
        f"{label} should be a dict with the keys {', '.join(expected)}.",
    )
    for key, value in expected.items():
        slips = {said: wrong[key] for said, wrong in (mistakes or {}).items()}
        checks.compare(result[key], value, f"{label}, {key}", mistakes=slips)


def _random_arrays(rng, shapes):
    return {name: rng.normal(size=shape) for name, shape in shapes.items()}


def _check_gd(params, gradients, rate):
    call = checks.call(answers.gd_step, params, gradients, rate)
    signed = {key: (params[key], rate * gradients[key]) for key in params}
    _check_arrays(
        call.result,
        {key: value - move for key, (value, move) in signed.items()},
        "the result of gd_step",
        {
            "That is a step uphill. Go against the gradient.": {
                key: value + move for key, (value, move) in signed.items()
            },
            "The learning rate is not used.": {key: params[key] - gradients[key] for key in params},
            "That is the step alone. Take it from where the parameters are.": {
                key: -move for key, (_, move) in signed.items()
            },
        },
    )


def test_gd_step():
    _check_gd({"w": np.array([1.0, 2.0])}, {"w": np.array([10.0, -10.0])}, 0.1)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    shapes = {"W1": (3, 4), "b1": (4,), "kernel of block 2": (2, 3, 2), "c": ()}
    params, gradients = _random_arrays(rng, shapes), _random_arrays(rng, shapes)
    _check_gd(params, gradients, round(rng.uniform(0.01, 2), 3))
    _check_gd({"only": np.array([[2, 3]])}, {"only": np.array([[0.5, 0.25]])}, 1)
    _check_gd({}, {}, 0.1)
    ### END HIDDEN TESTS


@checks.beside
def _bowl(scale):
    """The gradient of a bowl with these curvatures (d,)."""
    return lambda w: scale * w


@checks.beside
def _walked(function, scale, start, rate, n_steps):
    """The path of an answer on a bowl, and whether its start is as it was."""
    before = start.copy()
    path = np.array(function(_bowl(scale), start, rate, n_steps))
    same = start.dtype == before.dtype and np.array_equal(start, before)
    return {"path": path, "start is as it was": bool(same)}


def _check_walk(scale, start, rate, n_steps):
    found = _walked(answers.repair_descent, scale, start, rate, n_steps)
    powers = np.arange(n_steps + 1)[:, None]
    path, uphill = start * (1 - rate * scale) ** powers, start * (1 + rate * scale) ** powers
    checks.compare(
        found["path"],
        path,
        f"the path of {n_steps} steps",
        mistakes={
            "All rows are one and the same array, the last point, and the steps go uphill.": np.tile(
                uphill[-1], (n_steps + 1, 1)
            ),
            "All rows are one and the same array, the last point. Keep a copy of each.": np.tile(
                path[-1], (n_steps + 1, 1)
            ),
            "The steps go uphill. Go against the gradient.": uphill,
            "The start is missing: it comes first.": path[1:],
            "The last point is missing: there are n_steps + 1.": path[:-1],
        },
    )
    checks.require(
        found["start is as it was"],
        "repair_descent changes start. It is still the caller's: begin with a copy.",
    )


def test_repair_descent():
    _check_walk(np.array([1.0, 1.0]), np.array([4.0, 8.0]), 0.5, 2)
    _check_walk(np.array([1.0]), np.array([4]), 0.5, 3)  # an integer start
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    scale, start = rng.uniform(0.2, 3, 4), rng.normal(size=4)
    _check_walk(scale, start, round(rng.uniform(0.05, 0.3), 3), int(rng.integers(4, 9)))
    _check_walk(np.array([2.0, 0.5]), np.array([3, -5]), 0.25, 4)
    _check_walk(np.array([1.0, 2.0, 3.0]), np.array([1.0, 0.0, -1.0]), 0.9, 5)  # it diverges
    _check_walk(np.array([1.0]), np.array([2.0]), 0.1, 0)
    ### END HIDDEN TESTS


_WORDS = ("too low", "good", "too high", "diverges")


def test_read_rates():
    read = checks.call(answers.read_rates).result
    checks.require(
        isinstance(read, dict) and set(read) == set("ABCDE"),
        f"read_rates should give a dict with the keys A to E. It gave {str(read)[:100]}.",
    )
    for letter, word in read.items():
        checks.require(
            isinstance(word, str) and word in _WORDS,
            f"{letter} is {word!r}. It should be one of: {', '.join(_WORDS)}.",
        )
    ### BEGIN HIDDEN TESTS
    right = dict(zip("ABCDE", ["too low", "too high", "good", "diverges", "too low"]))
    n_right = sum(read[letter] == word for letter, word in right.items())
    checks.require(n_right == 5, f"{n_right} of 5 curves are read rightly.")
    ### END HIDDEN TESTS


@checks.beside
def _dealt(function, n_examples, batch_size, seeds):
    """The batches for each of these seeds, after each other and each seed anew."""
    return [
        [np.array(b) for b in function(n_examples, batch_size, np.random.default_rng(seed))]
        for seed in seeds
    ]


@checks.beside
def _is_list(function):
    """What kind of thing the answer gives, and how much of NumPy's global randomness it takes."""
    before = np.random.get_state()[2]
    batches = function(7, 3, np.random.default_rng(0))
    return type(batches).__name__, bool(np.random.get_state()[2] == before)


def _check_deal(n_examples, batch_size, seed):
    first, again, other = _dealt(
        answers.minibatches, n_examples, batch_size, [seed, seed, seed + 1]
    )
    said = f"minibatches({n_examples}, {batch_size}, rng)"
    sizes = [len(batch) for batch in first]
    whole, rest = divmod(n_examples, batch_size)
    expected = [batch_size] * whole + [rest] * (rest > 0)
    dropped = " The rest that fills no batch is missing." if sizes == [batch_size] * whole else ""
    empty = " The last batch is empty." if sizes and sizes[-1] == 0 else ""
    checks.require(
        sizes == expected, f"{said} gave batches of {sizes}. Expected {expected}.{dropped}{empty}"
    )
    checks.require(
        all(np.issubdtype(batch.dtype, np.integer) and batch.ndim == 1 for batch in first),
        f"{said} should give arrays of integers, (length,) each: they are indices.",
    )
    numbers = np.concatenate(first)
    checks.require(
        sorted(numbers) == list(range(n_examples)),
        f"{said} should hold every number from 0 to {n_examples - 1} once. "
        f"{len(set(numbers.tolist()))} different ones are there. Draw without replacement.",
    )
    checks.require(
        all(np.array_equal(a, b) for a, b in zip(first, again)),
        f"{said}: the same seed gives another order the second time. All randomness must come from rng.",
    )
    if n_examples > 20 and len(first) > 1:
        checks.require(
            not np.array_equal(numbers, np.arange(n_examples)),
            f"{said} leaves the examples in their old order. Shuffle them.",
        )
        checks.require(
            not np.array_equal(numbers, np.concatenate(other)),
            f"{said}: two seeds give the same order. Use the generator rng that is handed in.",
        )
        in_blocks = sum(np.ptp(batch) == len(batch) - 1 for batch in first if len(batch) > 3)
        checks.require(
            in_blocks < 2,
            f"{said} shuffles the batches, not the examples: neighbours stay together.",
        )


def test_minibatches():
    kind, is_private = _is_list(answers.minibatches)
    checks.require(kind == "list", f"minibatches should give a list. It gave a {kind}.")
    checks.require(
        is_private,
        "minibatches draws from NumPy's global generator (np.random...). Use the argument rng.",
    )
    _check_deal(10, 4, seed=0)
    _check_deal(60, 6, seed=1)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    for _ in range(4):
        n, size = int(rng.integers(30, 200)), int(rng.integers(4, 25))
        _check_deal(n, size, seed=int(rng.integers(1 << 30)))
    _check_deal(5, 32, seed=3)
    _check_deal(1, 1, seed=4)
    _check_deal(40, 1, seed=5)
    _check_deal(24, 24, seed=6)
    ### END HIDDEN TESTS


def _check_momentum(params, gradients, velocities, rate, *momentum):
    call = checks.call(answers.momentum_step, params, gradients, velocities, rate, *momentum)
    m = momentum[0] if momentum else 0.9
    result = call.result
    checks.require(
        isinstance(result, (tuple, list)) and len(result) == 2,
        f"momentum_step should return two dicts, (params, velocities). It gave {str(result)[:80]}.",
    )
    moves = {key: (m * velocities[key], rate * gradients[key]) for key in params}
    expected = {key: kept - pull for key, (kept, pull) in moves.items()}
    _check_arrays(
        result[1],
        expected,
        "the new velocities",
        {
            "The gradient pulls the wrong way: subtract it.": {
                key: kept + pull for key, (kept, pull) in moves.items()
            },
            "That is a plain step. The old velocity is missing.": {
                key: -pull for key, (_, pull) in moves.items()
            },
            "That is a weighted mean, which other books use: here the gradient is not multiplied by 1 - momentum.": {
                key: kept - (1 - m) * pull for key, (kept, pull) in moves.items()
            },
            "The argument momentum is not used.": {
                key: 0.9 * velocities[key] - pull for key, (_, pull) in moves.items()
            },
            "These are the old velocities.": velocities,
            "These are the parameters. The parameters come first, the velocities second.": {
                key: params[key] + value for key, value in expected.items()
            },
        },
    )
    _check_arrays(
        result[0],
        {key: params[key] + value for key, value in expected.items()},
        "the new params",
        {
            "You use the old velocities. Compute the new ones first.": {
                key: params[key] + velocities[key] for key in params
            },
            "The velocity already points downhill: add it.": {
                key: params[key] - value for key, value in expected.items()
            },
            "That is Nesterov's variant, which looks a step ahead.": {
                key: params[key] + m * value - rate * gradients[key]
                for key, value in expected.items()
            },
        },
    )


def test_momentum_step():
    one = {"w": np.array([1.0])}, {"w": np.array([2.0])}, {"w": np.array([0.5])}
    _check_momentum(*one, 0.1)
    _check_momentum(*one, 0.1, 0.5)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    shapes = {"kernel": (3, 2), "bias": (2,), "other": (2, 1, 3)}
    arrays = [_random_arrays(rng, shapes) for _ in range(3)]
    _check_momentum(*arrays, round(rng.uniform(0.01, 0.5), 3))
    _check_momentum(*arrays, round(rng.uniform(0.01, 0.5), 3), round(rng.uniform(0.2, 0.8), 3))
    _check_momentum(*arrays, 0.3, 0.0)
    ### END HIDDEN TESTS


def _check_cross_entropy(logits, labels):
    call = checks.call(answers.softmax_cross_entropy, logits, labels)
    result = call.result
    checks.require(
        isinstance(result, (tuple, list)) and len(result) == 2,
        f"{call.label} should give (loss, gradient). It gave {str(result)[:80]}.",
    )
    n, k = logits.shape
    wide = np.asarray(logits, dtype=float) - np.max(logits, axis=1, keepdims=True)
    parts = np.exp(wide)
    total = parts.sum(axis=1)
    costs = np.log(total) - wide[np.arange(n), labels]
    checks.compare(
        result[0],
        costs.mean(),
        f"the loss of {call.label}",
        mistakes={
            "That is the sum over the examples. The loss is their mean.": costs.sum(),
            "You divide by the number of all logits. Divide by the number of examples.": costs.sum()
            / (n * k),
            "The sign is wrong: a loss is positive.": -costs.mean(),
            "exp overflows, or the logarithm of 0 is taken. Subtract each row's largest logit first, "
            "and never take the logarithm of a probability.": np.nan,
            "That is infinite: the logarithm of 0 was taken. Compute the log-probabilities from the "
            "shifted logits.": np.inf,
        },
    )
    share = parts / total[:, None]
    target = np.eye(k)[labels]
    checks.compare(
        result[1],
        (share - target) / n,
        f"the gradient of {call.label}",
        mistakes={
            "These are the probabilities alone. What should have been said is to be subtracted.": share
            / n,
            "The loss is a mean: divide the gradient by the number of examples, too.": share
            - target,
            "The sign is wrong.": (target - share) / n,
            "You divide by the number of all logits. Divide by the number of examples.": (
                share - target
            )
            / (n * k),
        },
    )


def test_softmax_cross_entropy():
    _check_cross_entropy(np.zeros((1, 4)), np.array([2]))
    _check_cross_entropy(np.array([[2.0, 0.0, -1.0], [0.5, 0.5, 3.0]]), np.array([0, 1]))
    _check_cross_entropy(np.array([[1000.0, 0.0], [-1000.0, 1000.0]]), np.array([0, 0]))
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    for n, k in ((7, 5), (1, 3), (40, 10)):
        _check_cross_entropy(rng.normal(0, 3, (n, k)), rng.integers(0, k, n))
    _check_cross_entropy(rng.uniform(-1000, 1000, (6, 4)), rng.integers(0, 4, 6))
    _check_cross_entropy(
        rng.normal(0, 2, (5, 3)).astype("float32"), rng.integers(0, 3, 5).astype("uint8")
    )
    _check_cross_entropy(np.full((3, 2), -1000.0), np.array([1, 0, 1]))
    # Each row has a largest logit of its own: with one for all, a row far below it sums up to 0.
    near = rng.uniform(0, 3, (3, 4))
    _check_cross_entropy(near + [[1000.0], [-1000.0], [0.0]], rng.integers(0, 4, 3))
    ### END HIDDEN TESTS


@checks.beside
def _new_layer(make, n_in, n_out, seed):
    """What a new layer has: its kernel and its bias, or which of them is missing."""
    layer = make(n_in, n_out, np.random.default_rng(seed))
    return {
        name: np.array(getattr(layer, name)) if hasattr(layer, name) else None
        for name in ("kernel", "bias")
    }


@checks.beside
def _passed(make, kernel, bias, batches):
    """A layer with these weights, forwards and backwards through batches (x, upstream)."""
    layer = make(*kernel.shape, np.random.default_rng(0))
    layer.kernel, layer.bias = kernel.copy(), bias.copy()
    found = []
    for x, upstream in batches:
        kept = x.copy(), upstream.copy()
        out = np.array(layer.forward(x))
        down = np.array(layer.backward(upstream))
        found.append(
            {
                "output": out,
                "input_gradient": down,
                "kernel_gradient": np.array(layer.kernel_gradient),
                "bias_gradient": np.array(layer.bias_gradient),
                "left alone": bool(
                    np.array_equal(x, kept[0])
                    and np.array_equal(upstream, kept[1])
                    and np.array_equal(layer.kernel, kernel)
                    and np.array_equal(layer.bias, bias)
                ),
            }
        )
    return found


def _check_start(n_in, n_out, seed):
    layer = _new_layer(answers.Dense, n_in, n_out, seed)
    for name in ("kernel", "bias"):
        checks.require(
            layer[name] is not None, f"Dense has no {name}: set self.{name} in __init__."
        )
    checks.compare(layer["bias"], np.zeros(n_out), "the bias of a new Dense")
    kernel = layer["kernel"]
    checks.require(
        kernel.shape == (n_in, n_out),
        f"the kernel of Dense({n_in}, {n_out}) has shape {kernel.shape}. Expected ({n_in}, {n_out}).",
    )
    return kernel


def _check_spread(seed):
    n_in, n_out = 200, 100
    kernel = _check_start(n_in, n_out, seed)
    again = _check_start(n_in, n_out, seed)
    other = _check_start(n_in, n_out, seed + 1)
    checks.require(
        np.array_equal(kernel, again) and not np.array_equal(kernel, other),
        "The kernel does not follow from the generator rng: draw it from rng.",
    )
    spread, wanted = float(kernel.std()), (2 / n_in) ** 0.5
    slips = {
        "That is the variance where the standard deviation belongs: take the square root.": wanted
        ** 2,
        "You use the number of outputs, or both. He's rule uses the number of inputs.": (2 / n_out)
        ** 0.5,
        "You use the number of outputs, or both. He's rule uses the number of inputs. ": (
            2 / (n_in + n_out)
        )
        ** 0.5,
        "The 2 is missing.": (1 / n_in) ** 0.5,
        "These are standard normal numbers. Multiply them by the standard deviation.": 1.0,
    }
    slip = next(
        (f" {said.strip()}" for said, value in slips.items() if abs(spread / value - 1) < 0.05), ""
    )
    checks.require(
        abs(spread / wanted - 1) < 0.05,  # of 20,000 numbers: the spread strays by 0.5 %
        f"the kernel of Dense({n_in}, {n_out}) has standard deviation {spread:.4f}. Expected {wanted:.4f}.{slip}",
    )
    checks.require(
        abs(float(kernel.mean())) < 5 * wanted / kernel.size**0.5
        and float(np.abs(kernel).max()) > 2.5 * wanted,
        "The kernel's numbers are not drawn from a normal distribution around 0.",
    )


def _check_passes(kernel, bias, batches):
    found = _passed(answers.Dense, kernel, bias, batches)
    for i, ((x, upstream), got) in enumerate(zip(batches, found)):
        n = len(x)
        label = f"of Dense{kernel.shape} for {n} example{'s' * (n > 1)}"
        out = np.einsum("ni,io->no", x, kernel) + bias
        checks.compare(
            got["output"], out, f"forward {label}", mistakes={"The bias is missing.": out - bias}
        )
        checks.compare(
            got["input_gradient"],
            np.einsum("no,io->ni", upstream, kernel),
            f"what backward returns {label}",
        )
        whole = np.einsum("ni,no->io", x, upstream)
        checks.compare(
            got["kernel_gradient"],
            whole,
            f"kernel_gradient {label}",
            mistakes={
                "That is a mean. Sum over the batch: the 1/n is in upstream already.": whole / n,
                "The gradient of an earlier batch is still in it. Set it anew.": sum(
                    np.einsum("ni,no->io", a, b) for a, b in batches[: i + 1]
                ),
            },
        )
        checks.compare(
            got["bias_gradient"],
            upstream.sum(axis=0),
            f"bias_gradient {label}",
            mistakes={
                "That is a mean. Sum over the batch.": upstream.mean(axis=0),
                "The sum runs over everything: each output has a bias of its own.": np.full_like(
                    bias, upstream.sum()
                ),
            },
        )
        checks.require(
            got["left alone"],
            "forward or backward changes its argument, the kernel or the bias. They only compute; "
            "taking the step is somebody else's task.",
        )


def test_Dense():
    _check_start(3, 2, seed=0)
    _check_passes(np.array([[2.0]]), np.array([1.0]), [(np.array([[3.0]]), np.array([[10.0]]))])
    _check_passes(
        np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 0.5]]),
        np.array([0.5, -0.5]),
        [(np.array([[1.0, 2.0, 3.0], [0.0, 1.0, -1.0]]), np.array([[1.0, 0.0], [2.0, -1.0]]))],
    )
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    _check_spread(int(rng.integers(1 << 30)))
    for n_in, n_out in ((4, 3), (5, 5), (1, 6)):
        kernel, bias = rng.normal(size=(n_in, n_out)), rng.normal(size=n_out)
        batches = [(rng.normal(size=(n, n_in)), rng.normal(size=(n, n_out))) for n in (6, 1, 4)]
        _check_passes(kernel, bias, batches)
    ### END HIDDEN TESTS


def test_mlp_gradients():
    def network(n, d, h, k, seed=0):
        """Random parameters and data, and the gradients by central differences of the loss."""
        rng = np.random.default_rng(seed)
        shapes = {"W1": (d, h), "b1": (h,), "W2": (h, k), "b2": (k,)}
        params = {key: rng.normal(size=shape) for key, shape in shapes.items()}
        x, y = rng.normal(size=(n, d)), rng.normal(size=(n, k))

        def loss(changed):
            layers = [(changed["W1"], changed["b1"]), (changed["W2"], changed["b2"])]
            return np.mean((models.dense_forward(layers, x, models.sigmoid) - y) ** 2)

        gradients = {}
        for key, value in params.items():
            gradients[key] = np.zeros_like(value)
            for index in np.ndindex(value.shape):
                step = np.zeros_like(value)
                step[index] = 1e-5
                right, left = (
                    loss({**params, key: value + step}),
                    loss({**params, key: value - step}),
                )
                gradients[key][index] = (right - left) / 2e-5
        return params, x, y, gradients

    def compare(n, d, h, k, seed=0):
        """Compare an answer with central differences, parameter by parameter."""
        params, x, y, gradients = network(n, d, h, k, seed)
        answer = checks.call(answers.mlp_gradients, params, x, y).result
        checks.require(
            isinstance(answer, dict) and answer.keys() == params.keys(),
            f"mlp_gradients should return a dict with the keys {', '.join(params)}.",
        )
        for key, expected in gradients.items():
            checks.compare(
                answer[key],
                expected,
                f"the gradient with respect to {key} (n={n}, d={d}, h={h}, k={k})",
                rtol=1e-3,
                atol=1e-5,
                mistakes={
                    "Half of what it should be: the slope of the square is 2 (y_hat - y).": expected
                    / 2,
                    "The loss is a mean over all n * k elements. You divide by n only.": expected
                    * k,
                    "The loss is a mean over all n * k elements. You divide by k only.": expected
                    * n,
                    "The loss is a mean. You have the gradient of the sum.": expected * n * k,
                    "The sign is wrong: the slope of (y_hat - y)² with respect to y_hat is 2 (y_hat - y).": -expected,
                },
            )

    compare(n=5, d=3, h=4, k=2)
    ### BEGIN HIDDEN TESTS
    seeds = checks.fresh_rng().integers(1_000_000, size=3)
    compare(n=1, d=2, h=3, k=1, seed=seeds[0])
    compare(n=7, d=1, h=2, k=5, seed=seeds[1])
    # Square: a forgotten transpose still has the right shape.
    compare(n=3, d=4, h=4, k=4, seed=seeds[2])
    ### END HIDDEN TESTS
