"""The tests of this lesson: `checks.run("sigmoid")` runs `test_sigmoid`, and so on."""

import numpy as np

from helpers import checks
from helpers.checks import answers, models


def test_sigmoid():
    x = np.array([-2.0, 0.0, 2.0])
    checks.call(answers.sigmoid, x).equals(
        [0.11920292, 0.5, 0.88079708],
        mistakes={
            "That is 1 / (1 + exp(x)): the minus sign in the exponent is missing.": [
                0.88079708,
                0.5,
                0.11920292,
            ],
            "That is tanh. The sigmoid runs from 0 to 1, not from -1 to 1.": [
                -0.96402758,
                0.0,
                0.96402758,
            ],
            "That is exp(-x). The 1 / (1 + ...) around it is missing.": [
                7.3890561,
                1.0,
                0.13533528,
            ],
        },
    )
    checks.call(answers.sigmoid, 0).equals(0.5)
    checks.call(answers.sigmoid, 0.5).equals(0.62245933)
    checks.call(answers.sigmoid, np.array([-1000.0, 1000.0])).no_overflow(
        "Call exp only with arguments that are not positive: see hint 1."
    ).equals([0.0, 1.0], rtol=0, atol=0)
    ### BEGIN HIDDEN TESTS
    checks.call(answers.sigmoid, 5).equals(0.99330715)
    checks.call(answers.sigmoid, -1000).no_overflow().equals(0.0, rtol=0, atol=0)
    checks.call(answers.sigmoid, 1000).no_overflow().equals(1.0, rtol=0, atol=0)
    checks.call(answers.sigmoid, np.array([-4, 0, 4])).equals([0.01798621, 0.5, 0.98201379])
    checks.call(answers.sigmoid, np.array([-1000, 5, 1000])).no_overflow().equals(
        [0.0, 0.99330715, 1.0]
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
            "That is 1 - tanh(x): the square is missing.": [1.76159416, 1.0, 0.03597242],
            "That is 1 - x². In the formula stands tanh of x, not x itself.": [0.0, 1.0, -3.0],
            "That is tanh, not its slope.": [-0.76159416, 0.0, 0.96402758],
            "That is the formula for the sigmoid's slope with tanh in it.": [
                -1.34161981,
                0.0,
                0.0346784,
            ],
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
            "That is ReLU itself, not its slope.": [0, 0.5, 2],
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
            "That is leaky ReLU itself, not its slope.": [-0.03, 0.5, 2],
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
            "These are powers that do not sum to 1: divide by their sum.": [
                0.13533528,
                0.36787944,
                1.0,
            ],
            "That divides the logits by their sum. The exponential is missing.": [
                1 / 6,
                1 / 3,
                1 / 2,
            ],
            "These are the logarithms of the probabilities.": [
                -2.40760596,
                -1.40760596,
                -0.40760596,
            ],
        },
    )
    two_rows = np.array([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]])
    checks.call(answers.softmax, two_rows).equals(
        [[0.09003057, 0.24472847, 0.66524096], [1 / 3, 1 / 3, 1 / 3]],
        mistakes={
            "The sum runs over the whole array. Each row needs its own: use axis and keepdims=True.": [
                [0.08189353, 0.22260971, 0.60511592],
                [0.03012695, 0.03012695, 0.03012695],
            ],
            "The sum runs over the whole array, the largest logit was taken by row. Use axis there, too.": [
                [0.03005304, 0.08169263, 0.22206358],
                [0.22206358, 0.22206358, 0.22206358],
            ],
            "The sum runs along the first axis, the columns; it needs axis, as the maximum does.": [
                [0.11920292, 0.26894142, 0.5],
                [0.88079708, 0.73105858, 0.5],
            ],
            "The sum runs along the first axis, the columns.": [
                [0.73105858, 0.88079708, 0.95257413],
                [0.26894142, 0.11920292, 0.04742587],
            ],
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


def test_read_slopes():
    letters = ("A", "B", "C", "D", "E", "F")
    words = ("sigmoid", "tanh", "relu", "leaky_relu", "elu", "softplus")
    answer = checks.call(answers.read_slopes).result
    checks.require(answer is not None, "read_slopes gave None. Does it end with `return`?")
    checks.require(
        isinstance(answer, dict),
        f"read_slopes gave a {checks.kind(answer)}. A dict from letter to word was expected, such as "
        '{"A": "...", "B": "...", ...}.',
    )
    for letter in letters:
        checks.require(letter in answer, f"The dict has no key {letter!r}. Its keys are A to F.")
    for key in answer:
        checks.require(
            key in letters, f"The dict has a key too many: {key!r}. Its keys are A to F, as texts."
        )
    for letter, word in answer.items():
        checks.require(
            isinstance(word, str) and word in words,
            f"{letter} has {word!r}, which is none of the six words: {', '.join(words)}.",
        )
    for word in words:
        checks.require(
            word in answer.values(),
            f"No curve is called {word}, so another word stands twice. Each of the six belongs to one curve.",
        )
    ### BEGIN HIDDEN TESTS
    names = dict(
        zip(letters, ("softplus", "elu", "leaky_relu", "tanh", "relu", "sigmoid"), strict=True)
    )
    right = sum(answer[letter] == names[letter] for letter in letters)
    checks.require(
        right == len(letters),
        f"{right} of the 6 curves have the right word. Look once more at the figure.",
    )
    ### END HIDDEN TESTS
