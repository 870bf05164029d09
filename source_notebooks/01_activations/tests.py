"""The tests of this lesson: `checks.run("sigmoid")` runs `test_sigmoid`, and so on."""

import numpy as np

from helpers import checks
from helpers.checks import answers, models


def test_sigmoid():
    x = np.array([-2.0, 0.0, 2.0])
    checks.call(answers.sigmoid, x).equals(
        [0.11920292, 0.5, 0.88079708],
        mistakes={
            "That is 1 / (1 + exp(x)): the minus sign in the exponent is missing.": 1
            / (1 + np.exp(x)),
            "That is tanh. The sigmoid runs from 0 to 1, not from -1 to 1.": np.tanh(x),
            "That is exp(-x). The 1 / (1 + ...) around it is missing.": np.exp(-x),
        },
    )
    checks.call(answers.sigmoid, 0).equals(0.5)
    checks.call(answers.sigmoid, 0.5).equals(0.62245933)
    checks.call(answers.sigmoid, np.array([-1000.0, 1000.0])).no_overflow(
        "Call exp only with arguments that are not positive: see hint 1."
    ).equals([0.0, 1.0], rtol=0, atol=0)
    ### BEGIN HIDDEN TESTS
    checks.call(answers.sigmoid, 3).equals(0.95257413)
    checks.call(answers.sigmoid, -1000).no_overflow().equals(0.0, rtol=0, atol=0)
    checks.call(answers.sigmoid, 1000).no_overflow().equals(1.0, rtol=0, atol=0)
    checks.call(answers.sigmoid, np.array([-4, 0, 4])).equals([0.01798621, 0.5, 0.98201379])
    checks.call(answers.sigmoid, np.array([-1000, 3, 1000])).no_overflow().equals(
        [0.0, 0.95257413, 1.0]
    )
    grid = checks.fresh_rng().uniform(-30, 30, (2, 3, 4))
    checks.call(answers.sigmoid, grid).no_overflow().equals(1 / (1 + np.exp(-grid)))
    ### END HIDDEN TESTS


@checks.lending(sigmoid=models.sigmoid)  # a mistake in yours costs nothing here
def test_sigmoid_derivative():
    x = np.array([-2.0, 0.0, 2.0])
    checks.call(answers.sigmoid_derivative, x).equals(
        [0.10499359, 0.25, 0.10499359],
        mistakes={
            "That is x (1 - x). In the formula stands the sigmoid of x, not x itself.": [
                -6.0,
                0.0,
                -2.0,
            ],
            "That is the sigmoid, not its slope.": [0.11920292, 0.5, 0.88079708],
            "That is sigmoid(x)². The second factor is 1 minus the sigmoid.": [
                0.01420934,
                0.25,
                0.77580349,
            ],
        },
    )
    checks.call(answers.sigmoid_derivative, np.array([-1000.0, 1000.0])).no_overflow(
        "Build on a sigmoid that does not overflow."
    ).equals([0.0, 0.0], rtol=0, atol=0)
    ### BEGIN HIDDEN TESTS
    grid = checks.fresh_rng().uniform(-8, 8, (4, 3, 2))
    near = 1e-4
    slope = (1 / (1 + np.exp(-grid - near)) - 1 / (1 + np.exp(-grid + near))) / (2 * near)
    checks.call(answers.sigmoid_derivative, grid).no_overflow().equals(slope)
    checks.call(answers.sigmoid_derivative, np.array([0.5])).equals([0.23500371])
    ### END HIDDEN TESTS


@checks.lending(sigmoid=models.sigmoid, sigmoid_derivative=models.sigmoid_derivative)
def test_tanh_derivative():
    x = np.array([-1.0, 0.0, 2.0])
    checks.call(answers.tanh_derivative, x).equals(
        [0.41997434, 1.0, 0.07065082],
        mistakes={
            "That is 1 - tanh(x): the square is missing.": 1 - np.tanh(x),
            "That is 1 - x². In the formula stands tanh of x, not x itself.": 1 - x**2,
            "That is tanh, not its slope.": np.tanh(x),
            "That is the formula for the sigmoid's slope with tanh in it.": np.tanh(x)
            * (1 - np.tanh(x)),
        },
    )
    checks.call(answers.tanh_derivative, np.array([-1000.0, 1000.0])).no_overflow(
        "np.tanh is safe everywhere; exp and cosh are not."
    ).equals([0.0, 0.0], rtol=0, atol=0)
    ### BEGIN HIDDEN TESTS
    grid = checks.fresh_rng().uniform(-6, 6, (3, 3, 2))
    near = 1e-4
    checks.call(answers.tanh_derivative, grid).no_overflow().equals(
        (np.tanh(grid + near) - np.tanh(grid - near)) / (2 * near)
    )
    ### END HIDDEN TESTS


def test_relu_derivative():
    x = np.array([-3.0, 0.5, 2.0])
    checks.call(answers.relu_derivative, x).equals(
        [0, 1, 1],
        mistakes={
            "That is ReLU itself, not its slope.": np.maximum(x, 0),
            "The sides are swapped: the slope is 0 on the left.": [1, 0, 0],
            "The slope on the left is 0, not -1: ReLU is flat there.": [-1, 1, 1],
        },
    )
    checks.call(answers.relu_derivative, np.array([0.0])).between(
        [0], [1], "At 0, any slope from 0 to 1 will do."
    )
    ### BEGIN HIDDEN TESTS
    grid = np.array([[-1e-9, 1e-9, -1e6], [1e6, -0.5, 0.5]])
    checks.call(answers.relu_derivative, grid).equals([[0, 1, 0], [1, 0, 1]])
    checks.call(answers.relu_derivative, grid.reshape(3, 1, 2)).equals(
        [[[0, 1]], [[0, 1]], [[0, 1]]]
    )
    rng = checks.fresh_rng()
    sides = rng.integers(0, 2, (4, 5))
    x = (2 * sides - 1) * rng.uniform(0.001, 9, sides.shape)
    checks.call(answers.relu_derivative, x).equals(sides)
    ### END HIDDEN TESTS


@checks.lending(relu_derivative=models.relu_derivative)
def test_leaky_relu_derivative():
    x = np.array([-3.0, 0.5, 2.0])
    checks.call(answers.leaky_relu_derivative, x).equals(
        [0.01, 1, 1],
        mistakes={
            "That is leaky ReLU itself, not its slope.": np.where(x > 0, x, 0.01 * x),
            "That is the slope of plain ReLU.": [0, 1, 1],
            "The sides are swapped.": [1, 0.01, 0.01],
            "The slope on the left is +0.01: the line still rises.": [-0.01, 1, 1],
        },
    )
    checks.call(answers.leaky_relu_derivative, np.array([-3, 2])).equals(
        [0.01, 1],
        mistakes={
            "0.01 was cut to 0, because the result is an array of integers. See hint 2.": [0, 1]
        },
    )
    checks.call(answers.leaky_relu_derivative, np.array([0.0])).between(
        0.01, 1, "At 0, any value between the two slopes will do."
    )
    ### BEGIN HIDDEN TESTS
    checks.call(answers.leaky_relu_derivative, np.array([[-4.0, 4.0], [-1e-9, 1e-9]]), 0.3).equals(
        [[0.3, 1], [0.3, 1]],
        mistakes={"The argument negative_slope is not used.": [[0.01, 1], [0.01, 1]]},
    )
    checks.call(answers.leaky_relu_derivative, np.array([2, -3])).equals(
        [1, 0.01],
        mistakes={"0.01 was cut to 0, because the first result is a whole number.": [1, 0]},
    )
    checks.call(answers.leaky_relu_derivative, np.array([-2.0, 3.0]), 0).equals([0, 1])
    checks.call(answers.leaky_relu_derivative, np.array([-5, 7]), negative_slope=0.25).equals(
        [0.25, 1]
    )
    checks.call(answers.leaky_relu_derivative, np.array([0.0]), 0.25).between(0.25, 1)
    rng = checks.fresh_rng()
    slope, sides = round(rng.uniform(0.05, 0.8), 3), rng.integers(0, 2, (2, 3, 4))
    floats = (2 * sides - 1) * rng.uniform(0.001, 9, sides.shape)
    for x in (floats, 2 * sides - 1):
        checks.call(answers.leaky_relu_derivative, x, slope).equals(np.array([slope, 1])[sides])
    ### END HIDDEN TESTS


def test_softmax():
    row = np.array([1.0, 2.0, 3.0])
    checks.call(answers.softmax, row).equals(
        [0.09003057, 0.24472847, 0.66524096],
        mistakes={
            "These are powers that do not sum to 1: divide by their sum.": np.exp(row - 3),
            "That divides the logits by their sum. The exponential is missing.": row / row.sum(),
            "These are the logarithms of the probabilities.": row - np.log(np.exp(row).sum()),
        },
    )
    shifted = np.exp([[-2.0, -1.0, 0.0], [0.0, 0.0, 0.0]])
    two_rows = np.array([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]])
    checks.call(answers.softmax, two_rows).equals(
        [[0.09003057, 0.24472847, 0.66524096], [1 / 3, 1 / 3, 1 / 3]],
        mistakes={
            "The sum runs over the whole array. Each row needs its own: use axis and keepdims=True.": (
                np.exp(two_rows) / np.exp(two_rows).sum()
            ),
            "The sum runs over the whole array, the largest logit was taken by row. Use axis there, too.": (
                shifted / shifted.sum()
            ),
            "The sum runs along the first axis, the columns; it needs axis, as the maximum does.": (
                shifted / shifted.sum(0)
            ),
            "The sum runs along the first axis, the columns.": np.exp(two_rows)
            / np.exp(two_rows).sum(0),
        },
    )
    checks.call(answers.softmax, row + 1000).equals(
        [0.09003057, 0.24472847, 0.66524096],
        mistakes={
            "exp(1000) overflows. Subtract the largest logit first.": [np.nan, np.nan, np.nan]
        },
    )
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    logits = rng.normal(scale=3, size=(4, 3, 5))
    for axis in (0, 1, 2, -1, -2):
        powers = np.exp(logits)
        checks.call(answers.softmax, logits, axis=axis).equals(
            powers / powers.sum(axis=axis, keepdims=True),
            mistakes={
                "The argument axis is not used.": powers / powers.sum(axis=-1, keepdims=True)
            },
        )
    # Each row has its own largest logit: one common maximum leaves a row of zeros divided by zero.
    far_apart = np.array([[0.0, 1.5], [2000.0, 2001.5], [-3000.0, -2998.5]])
    checks.call(answers.softmax, far_apart).equals(
        np.tile([0.18242552, 0.81757448], (3, 1)),
        mistakes={
            "Subtract the largest logit of each row, not of the whole array.": [
                [np.nan, np.nan],
                [0.18242552, 0.81757448],
                [np.nan, np.nan],
            ]
        },
    )
    checks.call(answers.softmax, far_apart.T, axis=0).equals(
        np.tile([[0.18242552], [0.81757448]], (1, 3))
    )
    checks.call(answers.softmax, np.array([[-1e5, 0.0, 1e5]])).equals([[0.0, 0.0, 1.0]])
    ### END HIDDEN TESTS


@checks.beside
def cube(v):
    """The third power of every element."""
    return v**3


### BEGIN HIDDEN TESTS
@checks.beside
def ripple(v):
    """A sine so narrow that a step of 1e-5 is no small one."""
    return np.sin(1e4 * v)


### END HIDDEN TESTS


def test_numerical_gradient():
    x = np.array([1.0, 2.0])
    checks.call(answers.numerical_gradient, cube, x, eps=0.25).equals(
        3 * x**2 + 0.0625,
        mistakes={
            "That is a step to the right only. Central differences step to both sides.": (
                3 * x**2 + 3 * x * 0.25 + 0.0625
            ),
            "That is a step to the left only. Central differences step to both sides.": (
                3 * x**2 - 3 * x * 0.25 + 0.0625
            ),
            "Twice too large: the two points are 2 eps apart.": 2 * (3 * x**2 + 0.0625),
            "The brackets are missing: a / 2 * eps multiplies by eps.": (3 * x**2 + 0.0625)
            * 0.0625,
            "That is only the difference. Divide it by 2 eps.": (3 * x**2 + 0.0625) * 0.5,
            "The argument eps is not used.": 3 * x**2,
        },
    )
    x = np.array([0.0, 1.0, -2.0])
    checks.call(answers.numerical_gradient, np.sin, x).equals(np.cos(x), rtol=1e-3, atol=1e-3)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    # Numbers with a long fraction, which no step to and fro leaves as they were.
    grid, eps = rng.uniform(-1, 1, (2, 3, 2)) / 3, round(rng.uniform(0.1, 0.5), 3)
    checks.call(answers.numerical_gradient, np.tanh, grid, eps=eps).equals(
        (np.tanh(grid + eps) - np.tanh(grid - eps)) / (2 * eps)
    )
    # Far from 0, where 32-bit floats are too coarse for a step of 1e-5.
    far = np.array([2.5, -3.0])
    checks.call(answers.numerical_gradient, np.tanh, far).equals(1 - np.tanh(far) ** 2, rtol=2e-2)
    # So steep that only the right default of eps gives the right number.
    steep = rng.uniform(-1e-4, 1e-4, 3)
    expected = (ripple.here(steep + 1e-5) - ripple.here(steep - 1e-5)) / 2e-5
    checks.call(answers.numerical_gradient, ripple, steep).equals(expected, rtol=1e-3)
    ### END HIDDEN TESTS


@checks.lending(sigmoid=models.sigmoid, sigmoid_derivative=models.sigmoid_derivative)
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
                f"the gradient by {key} (n={n}, d={d}, h={h}, k={k})",
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
                    "The sign is wrong: the slope of (y_hat - y)² by y_hat is 2 (y_hat - y).": -expected,
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
