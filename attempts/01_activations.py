# %% accept sigmoid: scipy's expit
from scipy.special import expit as sigmoid

# %% accept sigmoid: scipy's logistic distribution
from scipy import stats

sigmoid = stats.logistic.cdf

# %% accept sigmoid: TensorFlow, returns a tensor
def sigmoid(x):
    return tf.sigmoid(tf.cast(x, tf.float32))

# %% accept sigmoid: keras.activations, converted to an array
def sigmoid(x):
    return keras.activations.sigmoid(keras.ops.convert_to_tensor(x, dtype="float32")).numpy()

# %% accept sigmoid: the textbook formula in TensorFlow, where infinity is no warning
def sigmoid(x):
    return 1 / (1 + tf.exp(-tf.cast(x, "float64")))

# %% accept sigmoid: tf.where on a safe argument
def sigmoid(x):
    x = tf.convert_to_tensor(x, dtype="float64")
    e = tf.exp(tf.minimum(x, -x))
    return tf.where(x < 0, e, tf.ones_like(e)) / (1 + e)

# %% accept sigmoid: a stretched tanh
sigmoid = lambda x: 0.5 * (1 + np.tanh(0.5 * x))

# %% accept sigmoid: one expression without a branch
def sigmoid(x):
    return np.exp(np.minimum(x, 0)) / (1 + np.exp(-np.abs(x)))

# %% accept sigmoid: logaddexp
def sigmoid(x):
    return np.exp(-np.logaddexp(0, -np.asarray(x)))

# %% accept sigmoid: boolean masks on a float copy
def sigmoid(x):
    x = np.array(x, dtype=float)
    out = np.empty_like(x)
    right = x >= 0
    out[right] = 1 / (1 + np.exp(-x[right]))
    power = np.exp(x[~right])
    out[~right] = power / (1 + power)
    return out

# %% accept sigmoid: np.piecewise on floats
def sigmoid(x):
    x = np.asarray(x, dtype=np.float64)
    return np.piecewise(
        x,
        [x < 0, x >= 0],
        [lambda v: np.exp(v) / (1 + np.exp(v)), lambda v: 1 / (1 + np.exp(-v))],
    )

# %% accept sigmoid: np.select
def sigmoid(x):
    x = np.asarray(x)
    small = np.exp(np.minimum(x, -x))
    return np.select([x > 0, x == 0, x < 0], [1 / (1 + small), 0.5, small / (1 + small)])

# %% accept sigmoid: math.exp, number by number
import math

def one(number):
    if number >= 0:
        return 1 / (1 + math.exp(-number))
    return math.exp(number) / (1 + math.exp(number))

def sigmoid(x):
    out = np.zeros(np.shape(x))
    for index, number in np.ndenumerate(x):
        out[index] = one(number)
    return out

# %% accept sigmoid: math.exp, and its OverflowError caught
import math

def sigmoid(x):
    x = np.asarray(x)
    values = []
    for number in x.ravel().tolist():
        try:
            values.append(1 / (1 + math.exp(-number)))
        except OverflowError:
            values.append(0.0)
    return np.array(values).reshape(x.shape)

# %% accept sigmoid: recursion along the axes, nested lists
def sigmoid(x):
    if np.ndim(x) > 0:
        return [sigmoid(part) for part in x]
    e = np.exp(-abs(x))
    return float(1 / (1 + e) if x >= 0 else e / (1 + e))

# %% accept sigmoid: functools.partial and np.frompyfunc
import functools
import math

def logistic(steepness, number):
    return 0.5 + 0.5 * math.tanh(steepness * number / 2)

def sigmoid(x):
    return np.asarray(np.frompyfunc(functools.partial(logistic, 1.0), 1, 1)(x)).astype(float)

# %% accept sigmoid: the overflow is expected and silenced on the spot
def sigmoid(x):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-x))

# %% accept sigmoid: warns in its own words that it avoids an overflow
import warnings

def sigmoid(x):
    if np.max(np.abs(x)) > 700:
        warnings.warn("exp(-x) would overflow here; using exp(-|x|)", stacklevel=2)
    e = np.exp(-np.abs(x))
    return np.where(np.less(x, 0), e, 1.0) / (1 + e)

# %% accept sigmoid: an object with __call__ that logs to stderr
import logging
import sys

logging.basicConfig(stream=sys.stderr, level=logging.DEBUG)

class Sigmoid:
    def __init__(self):
        self.calls = 0

    def __call__(self, x):
        self.calls += 1
        logging.debug("call %d", self.calls)
        e = np.exp(-np.abs(x))
        return np.where(np.asarray(x) >= 0, 1, e) / (1 + e)

sigmoid = Sigmoid()

# %% reject sigmoid: overflows for large negative x
# message: overflow
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

# %% reject sigmoid: the second formula everywhere
# message: overflow
def sigmoid(x):
    return np.exp(x) / (1 + np.exp(x))

# %% reject sigmoid: np.where computes both branches everywhere
# message: overflow
def sigmoid(x):
    return np.where(np.asarray(x) >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))

# %% reject sigmoid: the second formula for the positive numbers
# message: overflow
def sigmoid(x):
    x = np.array(x, dtype=float)
    out = np.empty_like(x)
    out[x >= 0] = np.exp(x[x >= 0]) / (1 + np.exp(x[x >= 0]))
    out[x < 0] = 1 / (1 + np.exp(-x[x < 0]))
    return out

# %% reject sigmoid: clips x, so the limit is not exact
# message: wrong value
def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -500, 500)))

# %% reject sigmoid: adds a small number so as not to divide by 0
# message: wrong value
def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(np.asarray(x) >= 0, 1 / (1 + e), e / (1 + e)) + 1e-7

# %% reject sigmoid: the minus sign is missing
# message: the minus sign in the exponent is missing
def sigmoid(x):
    return 1 / (1 + np.exp(x))

# %% reject sigmoid: abs makes it symmetric
# message: wrong value
def sigmoid(x):
    return 1 / (1 + np.exp(-np.abs(x)))

# %% reject sigmoid: tanh
# message: That is tanh. The sigmoid runs from 0 to 1
def sigmoid(x):
    return np.tanh(x)

# %% reject sigmoid: tanh moved, but not stretched
# message: wrong value
def sigmoid(x):
    return (1 + np.tanh(x)) / 2

# %% reject sigmoid: brackets missing
# message: wrong value
def sigmoid(x):
    return 1 / 1 + np.exp(-x)

# %% reject sigmoid: the exponential alone
# message: The 1 / (1 + ...) around it is missing
def sigmoid(x):
    return np.exp(-x)

# %% reject sigmoid: its own slope
# message: wrong value
def sigmoid(x):
    e = np.exp(-np.abs(x))
    return e / (1 + e) ** 2

# %% reject sigmoid: Keras's hard sigmoid
# message: wrong value
def sigmoid(x):
    return np.clip(x / 6 + 0.5, 0, 1)

# %% reject sigmoid: softmax over the array
# message: wrong value
def sigmoid(x):
    e = np.exp(x - np.max(x))
    return e / e.sum()

# %% reject sigmoid: empty_like of whole numbers cuts 0.5 to 0
# message: sigmoid(0) has the wrong value
def sigmoid(x):
    e = np.exp(-np.abs(x))
    out = np.empty_like(x)
    out[...] = np.where(np.asarray(x) >= 0, 1 / (1 + e), e / (1 + e))
    return out

# %% reject sigmoid: np.vectorize takes the dtype of the first result, a whole number
# message: wrong value
import math

@np.vectorize
def sigmoid(number):
    if number < -700:
        return 0
    return 1 / (1 + math.exp(-number))

# %% reject sigmoid: arrays only, no numbers
# message: AttributeError
def sigmoid(x):
    out = x.astype(float)
    out[:] = 0.5 * (1 + np.tanh(out / 2))
    return out

# %% reject sigmoid: arrays and whole numbers, but no single float
# message: sigmoid
def sigmoid(x):
    if isinstance(x, int):
        return float(sigmoid(np.array([x]))[0])
    out = np.zeros(x.shape)
    out[x > 0] = 1 / (1 + np.exp(-x[x > 0]))
    out[x <= 0] = 1 - 1 / (1 + np.exp(x[x <= 0]))
    return out

# %% reject sigmoid: numbers only, `if` of an array
# message: ValueError
import math

def sigmoid(x):
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    return math.exp(x) / (1 + math.exp(x))

# %% reject sigmoid: TensorFlow does not take whole numbers
# message: stopped with an error
def sigmoid(x):
    return tf.sigmoid(x)

# %% reject sigmoid: flattens
# message: wrong shape
def sigmoid(x):
    return np.array([0.5 * (1 + np.tanh(v / 2)) for v in np.ravel(x)])

# %% reject sigmoid: loops over the first axis only
# message: stopped with an error
def sigmoid(x):
    if np.ndim(x) == 0:
        return 0.5 * (1 + np.tanh(x / 2))
    out = np.zeros(len(x))
    for i in range(len(x)):
        out[i] = 0.5 * (1 + np.tanh(x[i] / 2))
    return out

# %% reject sigmoid: overwrites its argument
# message: changes its argument in place
def sigmoid(x):
    if np.ndim(x) == 0:
        return 0.5 * (1 + np.tanh(x / 2))
    x /= 2
    np.tanh(x, out=x)
    return 0.5 * (1 + x)

# %% reject sigmoid: map is no array
# message: numbers were expected
def sigmoid(x):
    return map(lambda v: 0.5 * (1 + np.tanh(v / 2)), np.atleast_1d(x))

# %% reject sigmoid: text with eight digits
# message: numbers were expected
def sigmoid(x):
    return f"{0.5 * (1 + np.tanh(x / 2)):.8f}" if np.ndim(x) == 0 else str(0.5 * (1 + np.tanh(x / 2)))

# %% reject sigmoid: forgets to return
# message: gave None
def sigmoid(x):
    e = np.exp(-np.abs(x))
    result = np.where(np.asarray(x) >= 0, 1 / (1 + e), e / (1 + e))

# %% reject sigmoid: prints
# message: gave None
def sigmoid(x):
    print(0.5 * (1 + np.tanh(np.asarray(x) / 2)))

# %% reject sigmoid: uses a variable of the notebook, not the argument
# message: sigmoid
def sigmoid(z):
    e = np.exp(-np.abs(x))
    return np.where(np.asarray(x) >= 0, 1 / (1 + e), e / (1 + e))

# %% reject sigmoid: exp without np
# message: name 'exp' is not defined
def sigmoid(x):
    return 1 / (1 + exp(-x))

# %% reject sigmoid: a misspelt name
# message: sigmoid is not defined
def sigmiod(x):
    return 0.5 * (1 + np.tanh(np.asarray(x) / 2))

# %% reject sigmoid: a bracket is not closed
# message: SyntaxError
def sigmoid(x):
    return 1 / (1 + np.exp(-x)

# %% reject sigmoid: calls itself without end
# message: RecursionError
def sigmoid(x):
    return 1 - sigmoid(-x)

# %% reject sigmoid: nothing written yet
# message: sigmoid is not written yet
def sigmoid(x):
    raise NotImplementedError()

# %% accept sigmoid_derivative: one line with the earlier sigmoid
def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

# %% accept sigmoid_derivative: sigmoid minus its square
def sigmoid_derivative(x):
    s = sigmoid(x)
    return s - s**2

# %% accept sigmoid_derivative: the product of the sigmoids of x and -x
from scipy.special import expit

sigmoid_derivative = lambda x: expit(x) * expit(-x)

# %% accept sigmoid_derivative: from exponentials, without the sigmoid
def sigmoid_derivative(x):
    e = np.exp(-np.abs(x))
    return e / np.square(1 + e)

# %% accept sigmoid_derivative: by the hyperbolic cosine, halved so that it does not overflow
def sigmoid_derivative(x):
    return (0.5 / np.cosh(np.asarray(x) / 2)) ** 2

# %% accept sigmoid_derivative: density of the logistic distribution
from scipy.stats import logistic

def sigmoid_derivative(x):
    return logistic.pdf(x)

# %% accept sigmoid_derivative: tf.GradientTape
def sigmoid_derivative(x):
    x = tf.constant(x, dtype=tf.float32)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.nn.sigmoid(x)
    return tape.gradient(y, x)

# %% accept sigmoid_derivative: a tape on a variable, in a tf.function
@tf.function
def slope_of(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = keras.activations.sigmoid(x)
    return tape.gradient(y, x)

def sigmoid_derivative(x):
    return slope_of(tf.cast(x, tf.float64)).numpy()

# %% accept sigmoid_derivative: forward-mode differentiation
def sigmoid_derivative(x):
    x = tf.convert_to_tensor(x, dtype=tf.float64)
    with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
        y = tf.sigmoid(x)
    return accumulator.jvp(y)

# %% accept sigmoid_derivative: keras.ops
def sigmoid_derivative(x):
    s = keras.ops.sigmoid(keras.ops.cast(x, "float32"))
    return keras.ops.multiply(s, keras.ops.subtract(1.0, s))

# %% accept sigmoid_derivative: loop with nditer
def sigmoid_derivative(x):
    result = np.empty(np.shape(x))
    with np.nditer([np.asarray(x, dtype=float), result], op_flags=[["readonly"], ["writeonly"]]) as pairs:
        for value, slope in pairs:
            s = sigmoid(float(value))
            slope[...] = s * (1 - s)
    return result

# %% accept sigmoid_derivative: a helper that happens to be called slope
def slope(s):
    """Slope of the sigmoid, from its output."""
    return s * (1 - s)

def sigmoid_derivative(x):
    return slope(sigmoid(x))

# %% accept sigmoid_derivative: a sigmoid and a slope in one class
class Logistic:
    def forward(self, x):
        self.output = sigmoid(x)
        return self.output

    def __call__(self, x):
        self.forward(x)
        return np.multiply(self.output, np.subtract(1, self.output))

sigmoid_derivative = Logistic()

# %% accept sigmoid_derivative: noisy: draws a plot, prints, logs
import logging

def sigmoid_derivative(x):
    logging.getLogger("tensorflow").warning("sigmoid_derivative of %s", np.shape(x))
    s = sigmoid(x)
    result = s * (1 - s)
    figure, ax = plt.subplots()
    ax.plot(np.ravel(x), np.ravel(result), "o")
    plt.close(figure)
    print("largest slope", result.max())
    return result

# %% reject sigmoid_derivative: x (1 - x)
# message: not x itself
def sigmoid_derivative(x):
    return x * (1 - x)

# %% reject sigmoid_derivative: takes the output for the input: the sigmoid of the sigmoid
# message: wrong value
def sigmoid_derivative(x):
    x = sigmoid(x)
    s = sigmoid(x)
    return s * (1 - s)

# %% reject sigmoid_derivative: the sigmoid itself
# message: That is the sigmoid, not its slope
def sigmoid_derivative(x):
    return sigmoid(x)

# %% reject sigmoid_derivative: the square of the sigmoid
# message: The second factor is 1 minus the sigmoid
def sigmoid_derivative(x):
    return sigmoid(x) ** 2

# %% reject sigmoid_derivative: one minus the sigmoid
# message: wrong value
def sigmoid_derivative(x):
    return 1 - sigmoid(x)

# %% reject sigmoid_derivative: 1 plus in place of 1 minus
# message: wrong value
def sigmoid_derivative(x):
    return sigmoid(x) * (1 + sigmoid(x))

# %% reject sigmoid_derivative: brackets missing
# message: wrong value
def sigmoid_derivative(x):
    return sigmoid(x) * 1 - sigmoid(x)

# %% reject sigmoid_derivative: wrong sign
# message: wrong value
def sigmoid_derivative(x):
    return sigmoid(x) * (sigmoid(x) - 1)

# %% reject sigmoid_derivative: tanh's formula with the sigmoid in it
# message: wrong value
def sigmoid_derivative(x):
    return 1 - sigmoid(x) ** 2

# %% reject sigmoid_derivative: the quotient rule with exp, which overflows
# message: overflows on the way
def sigmoid_derivative(x):
    return np.exp(-x) / (1 + np.exp(-x)) ** 2

# %% reject sigmoid_derivative: a new sigmoid that overflows
# message: overflows on the way
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

# %% reject sigmoid_derivative: the square of cosh overflows
# message: overflows on the way
def sigmoid_derivative(x):
    return 1 / (4 * np.cosh(x / 2) ** 2)

# %% reject sigmoid_derivative: clips, so that the slope at 1000 is not exactly 0
# message: wrong value
def sigmoid_derivative(x):
    s = sigmoid(np.clip(x, -30, 30))
    return s * (1 - s)

# %% reject sigmoid_derivative: a mean of the slopes on the tape
# message: wrong value
def sigmoid_derivative(x):
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.reduce_mean(tf.sigmoid(x))
    return tape.gradient(y, x)

# %% reject sigmoid_derivative: the tape does not watch a constant
# message: gave None
def sigmoid_derivative(x):
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        y = tf.sigmoid(x)
    return tape.gradient(y, x)

# %% reject sigmoid_derivative: the whole Jacobian
# message: wrong shape: (3, 3)
def sigmoid_derivative(x):
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.sigmoid(x)
    return tape.jacobian(y, x)

# %% reject sigmoid_derivative: differences between neighbouring elements
# message: wrong value
def sigmoid_derivative(x):
    return np.gradient(sigmoid(x), x)

# %% reject sigmoid_derivative: a coarse step to the right
# message: wrong value
def sigmoid_derivative(x):
    return (sigmoid(x + 0.01) - sigmoid(x)) / 0.01

# %% reject sigmoid_derivative: the sum of all slopes
# message: wrong shape: ()
def sigmoid_derivative(x):
    s = sigmoid(x)
    return np.sum(s * (1 - s))

# %% reject sigmoid_derivative: a matrix product in place of an element-wise one
# message: wrong shape: ()
def sigmoid_derivative(x):
    s = sigmoid(x)
    return s @ (1 - s)

# %% reject sigmoid_derivative: computes in half precision
# message: wrong value
def sigmoid_derivative(x):
    s = sigmoid(x).astype("float16")
    return s * (1 - s)

# %% reject sigmoid_derivative: the sigmoid is not called
# message: TypeError
def sigmoid_derivative(x):
    return sigmoid * (1 - sigmoid)

# %% reject sigmoid_derivative: a row of numbers only
# message: stopped with an error
def sigmoid_derivative(x):
    slopes = []
    for value in x:
        s = sigmoid(value) if value > -800 else 0.0
        slopes.append(float(s * (1 - s)))
    return slopes

# %% reject sigmoid_derivative: works in the caller's array
# message: changes its argument in place
def sigmoid_derivative(x):
    x[...] = sigmoid(x)
    x *= 1 - x
    return x

# %% reject sigmoid_derivative: uses a variable of the notebook, not the argument
# message: name 'x' is not defined
def sigmoid_derivative(z):
    return sigmoid(x) * (1 - sigmoid(x))

# %% reject sigmoid_derivative: forgets to return
# message: gave None
def sigmoid_derivative(x):
    s = sigmoid(x)
    s * (1 - s)

# %% reject sigmoid_derivative: called derivative, as in the old tutorial
# message: sigmoid_derivative is not defined
def derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

# %% reject sigmoid_derivative: calls itself in place of the sigmoid
# message: RecursionError
def sigmoid_derivative(x):
    s = sigmoid_derivative(x)
    return s * (1 - s)

# %% accept tanh_derivative: one minus the square
def tanh_derivative(x):
    return 1 - np.tanh(x) * np.tanh(x)

# %% accept tanh_derivative: third binomial formula
tanh_derivative = lambda x: (1 - np.tanh(x)) * (1 + np.tanh(x))

# %% accept tanh_derivative: by the slope of the sigmoid
def tanh_derivative(x):
    return 4 * sigmoid_derivative(2 * x)

# %% accept tanh_derivative: tanh from the sigmoid, as the old tutorial has it
def tanh(x):
    return 2 * sigmoid(2 * x) - 1

def tanh_derivative(x):
    return 1 - tanh(x) ** 2

# %% accept tanh_derivative: from exponentials of negative numbers only
def tanh_derivative(x):
    e = np.exp(-2 * np.abs(x))
    return 4 * e / (1 + e) ** 2

# %% accept tanh_derivative: one over cosh squared, with the argument held back
def tanh_derivative(x):
    inside = np.abs(x) < 300
    return np.where(inside, np.cosh(np.where(inside, x, 0.0)) ** -2.0, 0.0)

# %% accept tanh_derivative: tf.GradientTape on a variable
def tanh_derivative(x):
    x = tf.Variable(x, dtype=tf.float32)
    with tf.GradientTape() as tape:
        y = tf.tanh(x)
    return tape.gradient(y, x).numpy()

# %% accept tanh_derivative: tf.gradients of a sum, which keeps elements apart
def tanh_derivative(x):
    x = tf.constant(x, tf.float64)
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(x)
        total = tf.reduce_sum(keras.activations.tanh(x))
    return tape.gradient(total, x)

# %% accept tanh_derivative: keras.ops
from keras import ops

def tanh_derivative(x):
    return 1.0 - ops.square(ops.tanh(ops.convert_to_tensor(x, "float32")))

# %% accept tanh_derivative: NumPy as TensorFlow spells it
import tensorflow.experimental.numpy as tnp

tnp.experimental_enable_numpy_behavior()

def tanh_derivative(x):
    return tnp.subtract(1.0, tnp.power(tnp.tanh(tnp.asarray(x)), 2))

# %% accept tanh_derivative: math.tanh over a flat list
import math

def tanh_derivative(x):
    x = np.asarray(x)
    return np.reshape([1 - math.tanh(v) ** 2 for v in x.flat], x.shape)

# %% accept tanh_derivative: a polynomial of tanh
square_off = np.polynomial.Polynomial([1, 0, -1])

def tanh_derivative(x):
    return square_off(np.tanh(x))

# %% accept tanh_derivative: functools.reduce over the steps of the formula
from functools import partial, reduce

def tanh_derivative(x):
    steps = [np.tanh, np.square, np.negative, partial(np.add, 1)]
    return reduce(lambda value, step: step(value), steps, x)

# %% accept tanh_derivative: noisy: a progress bar, warnings and stderr
import sys
import warnings

def tanh_derivative(x):
    x = np.asarray(x, dtype=float)
    bar = keras.utils.Progbar(x.size)
    out = np.ones_like(x)
    for i in np.ndindex(x.shape):
        out[i] -= np.tanh(x[i]) ** 2
        bar.add(1)
    warnings.warn("a loop is slow", RuntimeWarning)
    print("finished", file=sys.stderr)
    return out

# %% reject tanh_derivative: the square is missing
# message: the square is missing
def tanh_derivative(x):
    return 1 - np.tanh(x)

# %% reject tanh_derivative: twice in place of squared
# message: wrong value
def tanh_derivative(x):
    return 1 - np.tanh(x) * 2

# %% reject tanh_derivative: 1 - x²
# message: not x itself
def tanh_derivative(x):
    return 1 - x**2

# %% reject tanh_derivative: the square of x inside tanh
# message: wrong value
def tanh_derivative(x):
    return 1 - np.tanh(x**2)

# %% reject tanh_derivative: tanh itself
# message: That is tanh, not its slope
def tanh_derivative(x):
    return np.tanh(x)

# %% reject tanh_derivative: the sigmoid's formula with tanh in it
# message: the formula for the sigmoid's slope with tanh in it
def tanh_derivative(x):
    t = np.tanh(x)
    return t * (1 - t)

# %% reject tanh_derivative: the sigmoid's slope
# message: wrong value
def tanh_derivative(x):
    return sigmoid_derivative(x)

# %% reject tanh_derivative: forgets the inner factor of the chain rule
# message: wrong value
def tanh_derivative(x):
    return 2 * sigmoid_derivative(2 * x)

# %% reject tanh_derivative: wrong sign
# message: wrong value
def tanh_derivative(x):
    return np.tanh(x) ** 2 - 1

# %% reject tanh_derivative: plus the square, the slope of the tangent
# message: wrong value
def tanh_derivative(x):
    return 1 + np.tanh(x) ** 2

# %% reject tanh_derivative: cos for cosh
# message: wrong value
def tanh_derivative(x):
    return 1 / np.cos(x) ** 2

# %% reject tanh_derivative: cosh without its square
# message: wrong value
def tanh_derivative(x):
    return 1 / np.cosh(x)

# %% reject tanh_derivative: the slope of tanh at tanh of x
# message: wrong value
def tanh_derivative(x):
    t = np.tanh(x)
    return 1 - np.tanh(t) ** 2

# %% reject tanh_derivative: the inverse function's slope
# message: wrong value
def tanh_derivative(x):
    with np.errstate(divide="ignore"):
        return 1 / (1 - x**2)

# %% reject tanh_derivative: one over cosh squared overflows
# message: np.tanh is safe everywhere
def tanh_derivative(x):
    return 1 / np.cosh(x) ** 2

# %% reject tanh_derivative: tanh by exponentials overflows
# message: overflows on the way
def tanh_derivative(x):
    t = (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))
    return 1 - t**2

# %% reject tanh_derivative: clipped tanh never gets to a slope of 0
# message: wrong value
def tanh_derivative(x):
    return 1 - np.clip(np.tanh(x), -0.9999999, 0.9999999) ** 2

# %% reject tanh_derivative: rounds to four digits
# message: wrong value
def tanh_derivative(x):
    return np.round(1 - np.tanh(x) ** 2, 4)

# %% reject tanh_derivative: zeros_like of whole numbers
# message: wrong value
def tanh_derivative(x):
    slopes = np.zeros_like(x, dtype=int)
    slopes[...] = 1 - np.tanh(x) ** 2
    return slopes

# %% reject tanh_derivative: along one axis only
# message: elements differ
def tanh_derivative(x):
    slopes = np.ones(x.shape)
    for i in range(x.shape[-1]):
        slopes[i] -= np.tanh(x[i]) ** 2
    return slopes

# %% reject tanh_derivative: tanh is not defined, as in the old tutorial
# message: name 'tanh' is not defined
def tanh_derivative(x):
    return 1 - tanh(x) ** 2

# %% reject tanh_derivative: math.tanh of an array
# message: TypeError
import math

def tanh_derivative(x):
    return 1 - math.tanh(x) ** 2

# %% reject tanh_derivative: np.diff loses an element
# message: wrong shape: (2,)
def tanh_derivative(x):
    return np.diff(np.tanh(x)) / np.diff(x)

# %% reject tanh_derivative: changes the caller's array
# message: changes its argument in place
def tanh_derivative(x):
    np.tanh(x, out=x)
    return 1 - x**2

# %% reject tanh_derivative: forgets to return
# message: gave None
def tanh_derivative(x):
    t = np.tanh(x)
    slope = 1 - t**2

# %% reject tanh_derivative: returns the function, not its value
# message: numbers were expected
def tanh_derivative(x):
    return lambda x: 1 - np.tanh(x) ** 2

# %% reject tanh_derivative: the expected numbers of the task
# message: wrong shape: (3,)
def tanh_derivative(x):
    return np.array([0.41997434, 1, 0.07065082])

# %% accept relu_derivative: np.where
def relu_derivative(x):
    return np.where(x > 0, 1.0, 0.0)

# %% accept relu_derivative: whole numbers
def relu_derivative(x):
    return (x > 0).astype(int)

# %% accept relu_derivative: truth values, which are 0 and 1
def relu_derivative(x):
    return np.greater(x, 0)

# %% accept relu_derivative: boolean masks on a copy, 1 at 0, as the old tutorial has it
def relu_derivative(x):
    d = np.array(x, copy=True)
    d[x < 0] = 0
    d[x >= 0] = 1
    return d

# %% accept relu_derivative: the step function, a half at 0
def relu_derivative(x):
    return np.heaviside(x, 0.5)

# %% accept relu_derivative: half of the sign plus 1
relu_derivative = lambda x: (np.sign(x) + 1) / 2

# %% accept relu_derivative: the sign, cut off below
def relu_derivative(x):
    return np.sign(x).clip(min=0)

# %% accept relu_derivative: np.select with a default at 0
def relu_derivative(x):
    return np.select([x < 0, x > 0], [0.0, 1.0], default=0.3)

# %% accept relu_derivative: np.piecewise
def relu_derivative(x):
    return np.piecewise(x, [x < 0, x >= 0], [0, 1])

# %% accept relu_derivative: np.vectorize of a conditional expression
relu_derivative = np.vectorize(lambda v: 1.0 if v > 0 else 0.0)

# %% accept relu_derivative: loops over all axes, nested lists
def relu_derivative(x):
    if np.ndim(x) == 0:
        return 1 if x > 0 else 0
    return [relu_derivative(row) for row in x]

# %% accept relu_derivative: ReLU divided by x, where that is allowed
def relu_derivative(x):
    return np.divide(np.maximum(x, 0), x, out=np.zeros(x.shape), where=x != 0)

# %% accept relu_derivative: not a number is caught afterwards
def relu_derivative(x):
    return np.nan_to_num(np.maximum(x, 0) / x)

# %% accept relu_derivative: tf.GradientTape
def relu_derivative(x):
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.nn.relu(x)
    return tape.gradient(y, x)

# %% accept relu_derivative: a tape through a Keras layer
layer = keras.layers.ReLU(dtype="float32")

def relu_derivative(x):
    x = tf.Variable(x, dtype="float32")
    with tf.GradientTape() as tape:
        y = layer(x)
    return tape.gradient(y, x).numpy()

# %% accept relu_derivative: keras.ops
def relu_derivative(x):
    return keras.ops.cast(keras.ops.greater_equal(x, 0), "float32")

# %% accept relu_derivative: the limit of a very steep sigmoid
from scipy.special import expit

def relu_derivative(x):
    return expit(np.asarray(x) * 1e12)

# %% accept relu_derivative: sub-gradient chosen by an option, noisy
import logging

class ReLUSlope:
    def __init__(self, at_zero=1.0):
        self.at_zero = at_zero

    def __call__(self, x):
        if (x == 0).any():
            logging.warning("no slope at 0; %s is taken", self.at_zero)
        return np.heaviside(x, self.at_zero)

relu_derivative = ReLUSlope()

# %% reject relu_derivative: ReLU itself
# message: That is ReLU itself, not its slope
def relu_derivative(x):
    return np.maximum(x, 0)

# %% reject relu_derivative: x on the right, in place of 1
# message: That is ReLU itself
def relu_derivative(x):
    return np.where(x > 0, x, 0)

# %% reject relu_derivative: sides swapped
# message: The sides are swapped
def relu_derivative(x):
    return (x < 0).astype(float)

# %% reject relu_derivative: the sign
# message: The slope on the left is 0, not -1
def relu_derivative(x):
    return np.sign(x)

# %% reject relu_derivative: 1 everywhere
# message: wrong value
def relu_derivative(x):
    return np.ones_like(x)

# %% reject relu_derivative: the slope of leaky ReLU
# message: wrong value
def relu_derivative(x):
    return np.where(x > 0, 1, 0.01)

# %% reject relu_derivative: clipped to the range from 0 to 1
# message: wrong value
def relu_derivative(x):
    return np.clip(x, 0, 1)

# %% reject relu_derivative: compares with 1
# message: wrong value
def relu_derivative(x):
    return np.where(x >= 1, 1, 0)

# %% reject relu_derivative: whole numbers first, so that 0.5 becomes 0
# message: wrong value
def relu_derivative(x):
    return (x.astype(int) > 0).astype(float)

# %% reject relu_derivative: 0 divided by 0 at 0
# message: any slope from 0 to 1
def relu_derivative(x):
    return np.maximum(x, 0) / x

# %% reject relu_derivative: counts 0 on both sides
# message: any slope from 0 to 1
def relu_derivative(x):
    return (x >= 0) * 1 + (x == 0) * 1

# %% reject relu_derivative: no slope at 0, hence NaN
# message: any slope from 0 to 1
def relu_derivative(x):
    return np.select([x < 0, x > 0], [0.0, 1.0], default=np.nan)

# %% reject relu_derivative: no branch for 0, where the memory says anything
# message: any slope from 0 to 1
def relu_derivative(x):
    d = x - 1
    d[x < 0] = 0
    d[x > 0] = 1
    return d

# %% reject relu_derivative: the second mask sees what the first has written
# message: wrong value
def relu_derivative(x):
    d = x.copy()
    d[d > 0] = 1
    d[d < 1] = -1
    d[d < 0] = 1
    return d

# %% reject relu_derivative: central differences smear the corner
# message: wrong value
def relu_derivative(x):
    eps = 1e-5
    return (np.maximum(x + eps, 0) - np.maximum(x - eps, 0)) / (2 * eps)

# %% reject relu_derivative: overwrites the caller's array
# message: changes its argument in place
def relu_derivative(x):
    x[x <= 0] = 0
    x[x > 0] = 1
    return x

# %% reject relu_derivative: asarray is no copy
# message: changes its argument in place
def relu_derivative(x):
    d = np.asarray(x, dtype=float)
    d[d <= 0] = 0
    d[d > 0] = 1
    return d

# %% reject relu_derivative: `if` of an array
# message: ValueError
def relu_derivative(x):
    if x > 0:
        return 1
    return 0

# %% reject relu_derivative: int() of an array
# message: TypeError
def relu_derivative(x):
    return int(x > 0)

# %% reject relu_derivative: a list compared with each element of a row
# message: stopped with an error
def relu_derivative(x):
    return np.array([1.0 if value > 0 else 0.0 for value in x])

# %% reject relu_derivative: picks the positive elements
# message: wrong shape: (2,)
def relu_derivative(x):
    return np.ones(len(x[x > 0]))

# %% reject relu_derivative: counts the positive elements
# message: wrong shape: ()
def relu_derivative(x):
    return np.sum(x > 0)

# %% reject relu_derivative: the step function needs a value at 0
# message: TypeError
def relu_derivative(x):
    return np.heaviside(x)

# %% reject relu_derivative: uses a variable of the notebook, not the argument
# message: name 'x' is not defined
def relu_derivative(values):
    return (x > 0).astype(float)

# %% reject relu_derivative: returns from inside the loop
# message: wrong shape
def relu_derivative(x):
    for value in x:
        if value > 0:
            return 1
        else:
            return 0

# %% reject relu_derivative: prints
# message: gave None
def relu_derivative(x):
    print(np.where(x > 0, 1, 0))

# %% reject relu_derivative: called derivative, as in the old tutorial
# message: relu_derivative is not defined
def derivative(x):
    d = np.array(x, copy=True)
    d[x < 0] = 0
    d[x >= 0] = 1
    return d

# %% reject relu_derivative: a comparison spelt the wrong way round
# message: SyntaxError
def relu_derivative(x):
    return 1 if x => 0 else 0

# %% accept leaky_relu_derivative: np.where
def leaky_relu_derivative(x, negative_slope=0.01):
    return np.where(x < 0, negative_slope, 1)

# %% accept leaky_relu_derivative: masks on floats
def leaky_relu_derivative(x, negative_slope=0.01):
    slopes = np.ones(x.shape)
    slopes[x < 0] = negative_slope
    return slopes

# %% accept leaky_relu_derivative: ones_like with a float type
def leaky_relu_derivative(x, negative_slope=0.01):
    slopes = np.full_like(x, negative_slope, dtype="float32")
    np.putmask(slopes, x > 0, 1)
    return slopes

# %% accept leaky_relu_derivative: a mixture of two slopes
def leaky_relu_derivative(x, negative_slope=0.01):
    right = relu_derivative(x)
    return right + negative_slope * (1 - right)

# %% accept leaky_relu_derivative: half-way between the slopes at 0
def leaky_relu_derivative(x, negative_slope=0.01):
    return (1 + negative_slope) / 2 + (1 - negative_slope) / 2 * np.sign(x)

# %% accept leaky_relu_derivative: np.select
def leaky_relu_derivative(x, negative_slope=0.01):
    return np.select([x > 0, x < 0], [1.0, negative_slope], 0.5 * (1 + negative_slope))

# %% accept leaky_relu_derivative: np.piecewise on floats
def leaky_relu_derivative(x, negative_slope=0.01):
    x = np.asarray(x, float)
    return np.piecewise(x, [x > 0], [1.0, negative_slope])

# %% accept leaky_relu_derivative: np.choose from the two slopes
def leaky_relu_derivative(x, negative_slope=0.01):
    return np.choose((x > 0).astype(int), [negative_slope, 1.0])

# %% accept leaky_relu_derivative: the slopes as a table
def leaky_relu_derivative(x, negative_slope=0.01):
    return np.array([negative_slope, 1.0])[(np.asarray(x) >= 0).astype(np.intp)]

# %% accept leaky_relu_derivative: leaky ReLU divided by x
def leaky_relu_derivative(x, negative_slope=0.01):
    safe = np.where(x == 0, 1, x)
    return np.where(safe > 0, safe, negative_slope * safe) / safe

# %% accept leaky_relu_derivative: a loop that appends
def leaky_relu_derivative(x, negative_slope=0.01):
    slopes = []
    for value in x.ravel():
        if value > 0:
            slopes.append(1)
        else:
            slopes.append(negative_slope)
    return np.array(slopes).reshape(x.shape).tolist()

# %% accept leaky_relu_derivative: np.vectorize, two arguments
def one_slope(value, negative_slope):
    return 1.0 if value >= 0 else float(negative_slope)

def leaky_relu_derivative(x, negative_slope=0.01):
    return np.vectorize(one_slope)(x, negative_slope)

# %% accept leaky_relu_derivative: tf.GradientTape
def leaky_relu_derivative(x, negative_slope=0.01):
    x = tf.cast(x, tf.float32)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.nn.leaky_relu(x, alpha=negative_slope)
    return tape.gradient(y, x)

# %% accept leaky_relu_derivative: a tape through keras.activations
def leaky_relu_derivative(x, negative_slope=0.01):
    v = tf.Variable(np.asarray(x, dtype="float32"))
    with tf.GradientTape() as tape:
        y = keras.activations.relu(v, negative_slope=negative_slope)
    return tape.gradient(y, v).numpy()

# %% accept leaky_relu_derivative: keras.ops.where
def leaky_relu_derivative(x, negative_slope=0.01):
    x = keras.ops.convert_to_tensor(x, dtype="float32")
    return keras.ops.where(x > 0, keras.ops.ones_like(x), negative_slope)

# %% accept leaky_relu_derivative: an object with __call__, noisy
import warnings

class LeakySlope:
    def __call__(self, x, negative_slope=0.01):
        if np.any(x == 0):
            warnings.warn("the slope at 0 is a matter of taste", RuntimeWarning)
        print("slopes", negative_slope, "and 1")
        return np.where(x > 0, 1, negative_slope)

leaky_relu_derivative = LeakySlope()

# %% reject leaky_relu_derivative: whole numbers cut the slope to 0, as in the old tutorial
# message: 0.01 was cut to 0
def leaky_relu_derivative(x, negative_slope=0.01):
    dx = np.ones_like(x)
    dx[x < 0] = negative_slope
    return dx

# %% reject leaky_relu_derivative: np.piecewise keeps the dtype of x
# message: 0.01 was cut to 0
def leaky_relu_derivative(x, negative_slope=0.01):
    return np.piecewise(x, [x > 0], [1, negative_slope])

# %% reject leaky_relu_derivative: np.vectorize takes the dtype of the first result, a whole number
# message: cut to 0
@np.vectorize
def leaky_relu_derivative(x, negative_slope=0.01):
    return 1 if x > 0 else negative_slope

# %% reject leaky_relu_derivative: leaky ReLU itself
# message: That is leaky ReLU itself, not its slope
def leaky_relu_derivative(x, negative_slope=0.01):
    return np.where(x > 0, x, negative_slope * x)

# %% reject leaky_relu_derivative: the left side multiplied by x
# message: wrong value
def leaky_relu_derivative(x, negative_slope=0.01):
    return np.where(x > 0, 1, negative_slope * x)

# %% reject leaky_relu_derivative: plain ReLU's slope
# message: That is the slope of plain ReLU
def leaky_relu_derivative(x, negative_slope=0.01):
    return relu_derivative(x)

# %% reject leaky_relu_derivative: sides swapped
# message: The sides are swapped
def leaky_relu_derivative(x, negative_slope=0.01):
    return np.where(x < 0, 1, negative_slope)

# %% reject leaky_relu_derivative: the slope on the left falls
# message: the line still rises
def leaky_relu_derivative(x, negative_slope=0.01):
    return np.where(x > 0, 1, -negative_slope)

# %% reject leaky_relu_derivative: hard-coded slope
# message: The argument negative_slope is not used
def leaky_relu_derivative(x, negative_slope=0.01):
    return np.where(x > 0, 1, 0.01)

# %% reject leaky_relu_derivative: a global constant wins over the argument
# message: The argument negative_slope is not used
SLOPE = 0.01

def leaky_relu_derivative(x, negative_slope=SLOPE):
    return np.where(x > 0, 1, SLOPE)

# %% reject leaky_relu_derivative: overwrites the argument in its first line
# message: The argument negative_slope is not used
def leaky_relu_derivative(x, negative_slope=None):
    negative_slope = 0.01
    return np.where(x > 0, 1, negative_slope)

# %% reject leaky_relu_derivative: takes a slope of 0 for no slope given
# message: leaky_relu_derivative(
def leaky_relu_derivative(x, negative_slope=None):
    return np.where(np.asarray(x) > 0, 1.0, negative_slope or 0.01)

# %% reject leaky_relu_derivative: Keras's other default
# message: wrong value
def leaky_relu_derivative(x, negative_slope=0.3):
    return np.where(x > 0, 1, negative_slope)

# %% reject leaky_relu_derivative: alpha, the old name of the argument
# message: negative_slope
def leaky_relu_derivative(x, alpha=0.01):
    return np.where(x > 0, 1, alpha)

# %% reject leaky_relu_derivative: no default, as in the old tutorial
# message: missing 1 required positional argument
def leaky_relu_derivative(x, negative_slope):
    return np.where(x > 0, 1, negative_slope)

# %% reject leaky_relu_derivative: 0 at 0
# message: any value between the two slopes
def leaky_relu_derivative(x, negative_slope=0.01):
    return np.where(x > 0, 1, 0) + np.where(x < 0, negative_slope, 0)

# %% reject leaky_relu_derivative: both slopes are added at 0
# message: any value between the two slopes
def leaky_relu_derivative(x, negative_slope=0.01):
    return (x >= 0) * 1 + (x <= 0) * negative_slope

# %% reject leaky_relu_derivative: 0 divided by 0 at 0
# message: any value between the two slopes
def leaky_relu_derivative(x, negative_slope=0.01):
    return np.where(x > 0, x, negative_slope * x) / x

# %% reject leaky_relu_derivative: the second mask sees what the first has written
# message: wrong value
def leaky_relu_derivative(x, negative_slope=0.01):
    d = np.array(x, dtype=float)
    d[d < 0] = negative_slope
    d[d > 0] = 1
    return d

# %% reject leaky_relu_derivative: the two slopes are added on the left
# message: wrong value
def leaky_relu_derivative(x, negative_slope=0.01):
    return relu_derivative(x) + negative_slope

# %% reject leaky_relu_derivative: 1 minus the slope
# message: wrong value
def leaky_relu_derivative(x, negative_slope=0.01):
    return np.where(x > 0, 1, 1 - negative_slope)

# %% reject leaky_relu_derivative: the ELU's slope
# message: wrong value
def leaky_relu_derivative(x, negative_slope=0.01):
    return np.where(x > 0, 1, negative_slope * np.exp(np.minimum(x, 0)))

# %% reject leaky_relu_derivative: the slope of ReLU6
# message: wrong value
def leaky_relu_derivative(x, negative_slope=0.01):
    return np.where((x > 0) & (x < 1), 1, negative_slope)

# %% reject leaky_relu_derivative: a tape on whole numbers has no gradient
# message: leaky_relu_derivative([-3,  2]) gave None
def leaky_relu_derivative(x, negative_slope=0.01):
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.maximum(x, tf.cast(negative_slope * tf.cast(x, "float64"), x.dtype))
    return tape.gradient(y, x)

# %% reject leaky_relu_derivative: changes the caller's array
# message: changes its argument in place
def leaky_relu_derivative(x, negative_slope=0.01):
    x[x > 0] = 1
    x[x <= 0] = negative_slope
    return x

# %% reject leaky_relu_derivative: a conditional expression on an array
# message: ValueError
def leaky_relu_derivative(x, negative_slope=0.01):
    return 1 if x > 0 else negative_slope

# %% reject leaky_relu_derivative: loops over the first axis only
# message: stopped with an error
def leaky_relu_derivative(x, negative_slope=0.01):
    out = np.zeros(len(x))
    for i in range(len(x)):
        out[i] = 1 if x[i] > 0 else negative_slope
    return out

# %% reject leaky_relu_derivative: misspells its own argument
# message: negativ_slope
def leaky_relu_derivative(x, negative_slope=0.01):
    return np.where(x > 0, 1, negativ_slope)

# %% reject leaky_relu_derivative: forgets to return in one branch
# message: gave None
def leaky_relu_derivative(x, negative_slope=0.01):
    if x.dtype.kind == "f":
        return np.where(x > 0, 1, negative_slope)
    np.where(x > 0, 1.0, negative_slope)

# %% reject leaky_relu_derivative: the expected numbers of the task
# message: wrong shape: (2,)
def leaky_relu_derivative(x, negative_slope=0.01):
    return [0.01, 1, 1][: len(x)]

# %% accept softmax: shift, exp, divide
def softmax(logits, axis=-1):
    shifted = logits - np.max(logits, axis=axis, keepdims=True)
    e = np.exp(shifted)
    return e / np.sum(e, axis=axis, keepdims=True)

# %% accept softmax: scipy, with the default of the axis put right
import functools

import scipy.special

softmax = functools.partial(scipy.special.softmax, axis=-1)

# %% accept softmax: logsumexp
from scipy.special import logsumexp

def softmax(logits, axis=-1):
    return np.exp(logits - logsumexp(logits, axis=axis, keepdims=True))

# %% accept softmax: np.logaddexp.reduce
def softmax(logits, axis=-1):
    return np.exp(logits - np.logaddexp.reduce(logits, axis=axis, keepdims=True))

# %% accept softmax: tf.nn.softmax
def softmax(logits, axis=-1):
    return tf.nn.softmax(logits, axis=axis)

# %% accept softmax: tf, by hand
def softmax(logits, axis=-1):
    logits = tf.cast(logits, tf.float32)
    powers = tf.exp(logits - tf.reduce_max(logits, axis, keepdims=True))
    return (powers / tf.reduce_sum(powers, axis, keepdims=True)).numpy()

# %% accept softmax: keras.ops
def softmax(logits, axis=-1):
    return keras.ops.softmax(logits, axis=axis)

# %% accept softmax: keras.activations
def softmax(logits, axis=-1):
    return keras.activations.softmax(keras.ops.convert_to_tensor(logits), axis=axis)

# %% accept softmax: a Keras layer made for each call
def softmax(logits, axis=-1):
    return keras.layers.Softmax(axis=axis)(logits).numpy()

# %% accept softmax: the gradient of log-sum-exp
def softmax(logits, axis=-1):
    logits = tf.convert_to_tensor(logits)
    with tf.GradientTape() as tape:
        tape.watch(logits)
        total = tf.reduce_logsumexp(logits, axis=axis)
    return tape.gradient(total, logits)

# %% accept softmax: one line of numbers at a time, apply_along_axis
def of_one_line(line):
    powers = np.exp(line - line.max())
    return powers / powers.sum()

def softmax(logits, axis=-1):
    return np.apply_along_axis(of_one_line, axis, logits)

# %% accept softmax: a helper that happens to be called row
def row(values):
    powers = np.exp(values - np.max(values))
    return powers / np.sum(powers)

def softmax(logits, axis=-1):
    return np.apply_along_axis(row, axis, logits)

# %% accept softmax: a helper that happens to be called powers
def powers(logits, axis):
    return np.exp(logits - logits.max(axis=axis, keepdims=True))

def softmax(logits, axis=-1):
    return powers(logits, axis) / powers(logits, axis).sum(axis=axis, keepdims=True)

# %% accept softmax: the axis moved to the end and back, loops over rows
def softmax(logits, axis=-1):
    moved = np.moveaxis(logits, axis, -1)
    result = np.empty(moved.shape)
    for place in np.ndindex(moved.shape[:-1]):
        largest = max(moved[place])
        powers = [np.exp(z - largest) for z in moved[place]]
        result[place] = [power / sum(powers) for power in powers]
    return np.moveaxis(result, -1, axis)

# %% accept softmax: expand_dims in place of keepdims
def softmax(logits, axis=-1):
    e = np.exp(logits - np.expand_dims(logits.max(axis), axis))
    return e / np.expand_dims(e.sum(axis), axis)

# %% accept softmax: the axis to the front, where broadcasting needs no help
def softmax(logits, axis=-1):
    front = np.swapaxes(logits, 0, axis)
    front = np.exp(front - front.max(0))
    front /= front.sum(0)
    return np.swapaxes(front, 0, axis)

# %% accept softmax: each against each; an overflow to infinity ends in the denominator
def softmax(logits, axis=-1):
    z = np.moveaxis(logits, axis, -1)
    others = np.exp(z[..., None, :] - z[..., :, None]).sum(-1)
    return np.moveaxis(1 / others, -1, axis)

# %% accept softmax: sorted first, the largest comes last
def softmax(logits, axis=-1):
    largest = np.take(np.sort(logits, axis=axis), [-1], axis=axis)
    e = np.exp(np.subtract(logits, largest))
    return np.divide(e, np.add.reduce(e, axis=axis, keepdims=True))

# %% accept softmax: nested lists, an object with __call__, noisy
import logging
import warnings

class Softmax:
    def __call__(self, logits, axis=-1):
        logging.error("not an error: softmax over axis %d", axis)
        warnings.warn("exp may overflow", RuntimeWarning)
        e = np.exp(logits - logits.max(axis, keepdims=True))
        print("sums", e.sum(axis))
        return (e / e.sum(axis, keepdims=True)).tolist()

softmax = Softmax()

# %% reject softmax: exp of the logits as they come
# message: Subtract the largest logit first
def softmax(logits, axis=-1):
    e = np.exp(logits)
    return e / e.sum(axis=axis, keepdims=True)

# %% reject softmax: NaN turned into 0
# message: wrong value
def softmax(logits, axis=-1):
    e = np.exp(logits)
    return np.nan_to_num(e / e.sum(axis=axis, keepdims=True))

# %% reject softmax: clips the logits
# message: wrong value
def softmax(logits, axis=-1):
    e = np.exp(np.clip(logits, -500, 500))
    return e / e.sum(axis=axis, keepdims=True)

# %% reject softmax: one largest logit for the whole array
# message: Subtract the largest logit of each row, not of the whole array
def softmax(logits, axis=-1):
    e = np.exp(logits - np.max(logits))
    return e / e.sum(axis=axis, keepdims=True)

# %% reject softmax: subtracts the mean
# message: wrong value
def softmax(logits, axis=-1):
    e = np.exp(logits - logits.mean(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)

# %% reject softmax: subtracts the smallest logit
# message: wrong value
def softmax(logits, axis=-1):
    e = np.exp(logits - logits.min(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)

# %% reject softmax: subtracts the largest absolute value
# message: wrong value
def softmax(logits, axis=-1):
    e = np.exp(logits - np.abs(logits).max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)

# %% reject softmax: subtracts nothing from negative logits
# message: wrong value
def softmax(logits, axis=-1):
    e = np.exp(logits - logits.max(axis=axis, keepdims=True, initial=0))
    return e / e.sum(axis=axis, keepdims=True)

# %% reject softmax: subtracts a constant that is large enough for the example
# message: wrong value
def softmax(logits, axis=-1):
    e = np.exp(logits - 1000 * (logits > 500))
    return e / e.sum(axis=axis, keepdims=True)

# %% reject softmax: divides by the largest logit
# message: wrong value
def softmax(logits, axis=-1):
    e = np.exp(logits / logits.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)

# %% reject softmax: the largest first, the other way round
# message: wrong value
def softmax(logits, axis=-1):
    e = np.exp(logits.max(axis=axis, keepdims=True) - logits)
    return e / e.sum(axis=axis, keepdims=True)

# %% reject softmax: scipy's default sums over the whole array
# message: The sum runs over the whole array
from scipy.special import softmax

# %% reject softmax: the largest of each row, the sum of the whole array
# message: The sum runs over the whole array
def softmax(logits, axis=-1):
    e = np.exp(logits - logits.max(axis=axis, keepdims=True))
    return e / e.sum()

# %% reject softmax: along the first axis
# message: The sum runs along the first axis
def softmax(logits, axis=0):
    e = np.exp(logits - logits.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)

# %% reject softmax: Python's own sum runs along the first axis
# message: The sum runs along the first axis
def softmax(logits, axis=-1):
    e = np.exp(logits - np.max(logits))
    return e / sum(e)

# %% reject softmax: the largest of each row, Python's own sum
# message: The sum runs along the first axis
def softmax(logits, axis=-1):
    e = np.exp(logits - logits.max(axis=axis, keepdims=True))
    return e / sum(e)

# %% reject softmax: always the last axis
# message: The argument axis is not used
def softmax(logits, axis=-1):
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% reject softmax: always axis 1
# message: stopped with an error
def softmax(logits, axis=1):
    e = np.exp(logits - logits.max(axis=axis, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

# %% reject softmax: transposes for every axis but the last
# message: wrong value
def softmax(logits, axis=-1):
    if axis not in (-1, logits.ndim - 1):
        return softmax(logits.T).T
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% reject softmax: no keepdims
# message: could not be broadcast
def softmax(logits, axis=-1):
    e = np.exp(logits - logits.max(axis=axis))
    return e / e.sum(axis=axis)

# %% reject softmax: keepdims by hand, good for the last axis only
# message: stopped with an error
def softmax(logits, axis=-1):
    e = np.exp(logits - logits.max(axis=axis)[..., None])
    return e / e.sum(axis=axis)[..., None]

# %% reject softmax: the powers alone
# message: divide by their sum
def softmax(logits, axis=-1):
    return np.exp(logits - logits.max(axis=axis, keepdims=True))

# %% reject softmax: mean in place of sum
# message: wrong value
def softmax(logits, axis=-1):
    e = np.exp(logits - logits.max(axis=axis, keepdims=True))
    return e / e.mean(axis=axis, keepdims=True)

# %% reject softmax: divides by the norm
# message: wrong value
def softmax(logits, axis=-1):
    e = np.exp(logits - logits.max(axis=axis, keepdims=True))
    return e / np.linalg.norm(e, axis=axis, keepdims=True)

# %% reject softmax: no exponential
# message: The exponential is missing
def softmax(logits, axis=-1):
    return logits / logits.sum(axis=axis, keepdims=True)

# %% reject softmax: powers of 2
# message: wrong value
def softmax(logits, axis=-1):
    e = 2 ** (logits - logits.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)

# %% reject softmax: logarithms of the probabilities
# message: These are the logarithms of the probabilities
def softmax(logits, axis=-1):
    return tf.nn.log_softmax(logits, axis=axis)

# %% reject softmax: softmax of softmax
# message: wrong value
def softmax(logits, axis=-1):
    return tf.nn.softmax(tf.nn.softmax(logits, axis=axis), axis=axis)

# %% reject softmax: a sigmoid for each
# message: wrong value
def softmax(logits, axis=-1):
    return sigmoid(logits)

# %% reject softmax: 1 for the largest, 0 for the others
# message: wrong value
def softmax(logits, axis=-1):
    return (logits == logits.max(axis=axis, keepdims=True)).astype(float)

# %% reject softmax: the class, not the probabilities
# message: wrong shape: ()
def softmax(logits, axis=-1):
    return np.argmax(logits, axis=axis)

# %% reject softmax: rounds
# message: wrong value
def softmax(logits, axis=-1):
    e = np.exp(logits - logits.max(axis=axis, keepdims=True))
    return np.round(e / e.sum(axis=axis, keepdims=True), 3)

# %% reject softmax: computes in half precision
# message: wrong value
def softmax(logits, axis=-1):
    logits = logits.astype("float16")
    e = np.exp(logits - logits.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)

# %% reject softmax: subtracts in the caller's array
# message: changes its argument in place
def softmax(logits, axis=-1):
    logits -= logits.max(axis=axis, keepdims=True)
    e = np.exp(logits)
    return e / e.sum(axis=axis, keepdims=True)

# %% reject softmax: max is no attribute of a list
# message: AttributeError
def softmax(logits, axis=-1):
    logits = logits.tolist()
    e = np.exp(logits - logits.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)

# %% reject softmax: dim, as PyTorch calls it
# message: unexpected keyword argument 'axis'
def softmax(logits, dim=-1):
    e = np.exp(logits - logits.max(axis=dim, keepdims=True))
    return e / e.sum(axis=dim, keepdims=True)

# %% reject softmax: two results
# message: gave a tuple
def softmax(logits, axis=-1):
    e = np.exp(logits - logits.max(axis=axis, keepdims=True))
    return e, e.sum(axis=axis, keepdims=True)

# %% reject softmax: prints
# message: gave None
def softmax(logits, axis=-1):
    e = np.exp(logits - logits.max(axis=axis, keepdims=True))
    print(e / e.sum(axis=axis, keepdims=True))

# %% reject softmax: calls itself in place of scipy's
# message: RecursionError
def softmax(logits, axis=-1):
    return softmax(logits, axis=axis)

# %% accept numerical_gradient: the formula
def numerical_gradient(f, x, eps=1e-5):
    return (f(x + eps) - f(x - eps)) / eps / 2

# %% accept numerical_gradient: mean of the steps to the right and to the left
def numerical_gradient(f, x, eps=1e-5):
    middle = f(x)
    right = (f(x + eps) - middle) / eps
    left = (middle - f(x - eps)) / eps
    return 0.5 * (right + left)

# %% accept numerical_gradient: one call of f for both sides
def numerical_gradient(f, x, eps=1e-5):
    both = f(np.stack([x - eps, x + eps]))
    return np.diff(both, axis=0)[0] / (2 * eps)

# %% accept numerical_gradient: np.gradient across three points
def numerical_gradient(f, x, eps=1e-5):
    return np.gradient(np.stack([f(x - eps), f(x), f(x + eps)]), eps, axis=0)[1]

# %% accept numerical_gradient: divides by the distance that floats really have
def numerical_gradient(f, x, eps=1e-5):
    right, left = x + eps, x - eps
    return (f(right) - f(left)) / (right - left)

# %% accept numerical_gradient: loop, one number at a time
def numerical_gradient(f, x, eps=1e-5):
    slopes = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        slopes[index] = (f(x[index] + eps) - f(x[index] - eps)) / (2 * eps)
    return slopes

# %% accept numerical_gradient: loop, the whole array with one element moved
def numerical_gradient(f, x, eps=1e-5):
    slopes = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = eps
        slopes[index] = (f(x + step)[index] - f(x - step)[index]) / (2 * eps)
    return slopes

# %% accept numerical_gradient: moves one element of its own copy and puts it back
def numerical_gradient(f, x, eps=1e-5):
    x = x.copy()
    slopes = np.zeros(x.shape)
    walk = np.nditer(x, flags=["multi_index"])
    while not walk.finished:
        i = walk.multi_index
        old = x[i]
        x[i] = old + eps
        right = f(x)[i]
        x[i] = old - eps
        left = f(x)[i]
        x[i] = old
        slopes[i] = (right - left) / (2 * eps)
        walk.iternext()
    return slopes

# %% accept numerical_gradient: in place on two copies
def numerical_gradient(f, x, eps=1e-5):
    right, left = np.array(x), np.array(x)
    right += eps
    left -= eps
    slopes = f(right) - f(left)
    return np.true_divide(slopes, 2 * eps)

# %% accept numerical_gradient: a sum over the signs
def numerical_gradient(f, x, eps=1e-5):
    return sum(sign * f(x + sign * eps) for sign in (+1, -1)) / (2 * eps)

# %% accept numerical_gradient: a weighted sum by einsum
def numerical_gradient(f, x, eps=1e-5):
    weights = np.array([-0.5, 0.0, 0.5]) / eps
    points = np.array([f(x + k * eps) for k in (-1, 0, 1)])
    return np.einsum("k,k...->...", weights, points)

# %% accept numerical_gradient: np.vectorize over the elements
def numerical_gradient(f, x, eps=1e-5):
    return np.vectorize(lambda v: (f(v + eps) - f(v - eps)) / (2 * eps), otypes=[float])(x)

# %% accept numerical_gradient: nested lists
def numerical_gradient(f, x, eps=1e-5):
    if np.ndim(x) == 0:
        return float(f(x + eps) - f(x - eps)) / (2 * eps)
    return [numerical_gradient(f, part, eps) for part in x]

# %% accept numerical_gradient: a float64 tensor
def numerical_gradient(f, x, eps=1e-5):
    difference = f(x + eps) - f(x - eps)
    return tf.constant(difference, dtype=tf.float64) / (2 * eps)

# %% accept numerical_gradient: returns what another function makes
def differentiate(f, eps):
    def slope(x):
        return (f(x + eps) - f(x - eps)) / (2 * eps)

    return slope

def numerical_gradient(f, x, eps=1e-5):
    return differentiate(f, eps)(x)

# %% accept numerical_gradient: an object with __call__, noisy
import logging
import sys
import warnings

class CentralDifferences:
    def __call__(self, f, x, eps=1e-5):
        warnings.warn("two calls of f")
        logging.getLogger().critical("f is %s", f)
        sys.stderr.write("...")
        print(f(x))
        return (f(x + eps) - f(x - eps)) / (2 * eps)

numerical_gradient = CentralDifferences()

# %% reject numerical_gradient: a step to the right only
# message: That is a step to the right only
def numerical_gradient(f, x, eps=1e-5):
    return (f(x + eps) - f(x)) / eps

# %% reject numerical_gradient: a step to the left only
# message: That is a step to the left only
def numerical_gradient(f, x, eps=1e-5):
    return (f(x) - f(x - eps)) / eps

# %% reject numerical_gradient: divides by eps
# message: the two points are 2 eps apart
def numerical_gradient(f, x, eps=1e-5):
    return (f(x + eps) - f(x - eps)) / eps

# %% reject numerical_gradient: multiplies by eps for want of brackets
# message: The brackets are missing
def numerical_gradient(f, x, eps=1e-5):
    return (f(x + eps) - f(x - eps)) / 2 * eps

# %% reject numerical_gradient: divides only the second value
# message: wrong value
def numerical_gradient(f, x, eps=1e-5):
    return f(x + eps) - f(x - eps) / (2 * eps)

# %% reject numerical_gradient: the difference alone
# message: That is only the difference
def numerical_gradient(f, x, eps=1e-5):
    return f(x + eps) - f(x - eps)

# %% reject numerical_gradient: wrong sign
# message: wrong value
def numerical_gradient(f, x, eps=1e-5):
    return (f(x - eps) - f(x + eps)) / (2 * eps)

# %% reject numerical_gradient: adds the two values
# message: wrong value
def numerical_gradient(f, x, eps=1e-5):
    return (f(x + eps) + f(x - eps)) / (2 * eps)

# %% reject numerical_gradient: half a step to each side
# message: wrong value
def numerical_gradient(f, x, eps=1e-5):
    return (f(x + eps / 2) - f(x - eps / 2)) / eps

# %% reject numerical_gradient: half a step, and yet twice eps
# message: wrong value
def numerical_gradient(f, x, eps=1e-5):
    return (f(x + eps / 2) - f(x - eps / 2)) / (2 * eps)

# %% reject numerical_gradient: two steps
# message: wrong value
def numerical_gradient(f, x, eps=1e-5):
    return (f(x + 2 * eps) - f(x - 2 * eps)) / (4 * eps)

# %% reject numerical_gradient: hard-coded eps
# message: The argument eps is not used
def numerical_gradient(f, x, eps=1e-5):
    eps = 1e-5
    return (f(x + eps) - f(x - eps)) / (2 * eps)

# %% reject numerical_gradient: eps in the step, a constant in the denominator
# message: wrong value
def numerical_gradient(f, x, eps=1e-5):
    return (f(x + eps) - f(x - eps)) / 2e-5

# %% reject numerical_gradient: another default for eps
# message: wrong value
def numerical_gradient(f, x, eps=1e-4):
    return (f(x + eps) - f(x - eps)) / (2 * eps)

# %% reject numerical_gradient: a smaller default for eps
# message: wrong value
def numerical_gradient(f, x, eps=1e-7):
    return (f(x + eps) - f(x - eps)) / (2 * eps)

# %% reject numerical_gradient: no default for eps
# message: missing 1 required positional argument
def numerical_gradient(f, x, eps):
    return (f(x + eps) - f(x - eps)) / (2 * eps)

# %% reject numerical_gradient: eps called h
# message: unexpected keyword argument 'eps'
def numerical_gradient(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)

# %% reject numerical_gradient: a step that grows with x
# message: wrong value
def numerical_gradient(f, x, eps=1e-5):
    step = eps * np.maximum(1, np.abs(x))
    return (f(x + step) - f(x - step)) / (2 * step)

# %% reject numerical_gradient: steps outside of f
# message: wrong value
def numerical_gradient(f, x, eps=1e-5):
    return ((f(x) + eps) - (f(x) - eps)) / (2 * eps)

# %% reject numerical_gradient: multiplies x in place of adding to it
# message: wrong value
def numerical_gradient(f, x, eps=1e-5):
    return (f(x * (1 + eps)) - f(x * (1 - eps))) / (2 * eps)

# %% reject numerical_gradient: the second difference
# message: wrong value
def numerical_gradient(f, x, eps=1e-5):
    return (f(x + eps) - 2 * f(x) + f(x - eps)) / eps**2

# %% reject numerical_gradient: differences between neighbouring elements
# message: wrong value
def numerical_gradient(f, x, eps=1e-5):
    return np.gradient(f(x), x)

# %% reject numerical_gradient: 32-bit floats drown a step of 1e-5
# message: wrong value
def numerical_gradient(f, x, eps=1e-5):
    x = tf.cast(x, tf.float32).numpy()
    eps = np.float32(eps)
    return (f(x + eps) - f(x - eps)) / (2 * eps)

# %% reject numerical_gradient: the complex step, another formula
# message: wrong value
def numerical_gradient(f, x, eps=1e-5):
    return np.imag(f(x + 1j * eps)) / eps

# %% reject numerical_gradient: five points, another formula
# message: wrong value
def numerical_gradient(f, x, eps=1e-5):
    return (f(x - 2 * eps) - 8 * f(x - eps) + 8 * f(x + eps) - f(x + 2 * eps)) / (12 * eps)

# %% reject numerical_gradient: the tape cannot see through NumPy
# message: gave None
def numerical_gradient(f, x, eps=1e-5):
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.convert_to_tensor(f(x.numpy()))
    return tape.gradient(y, x)

# %% reject numerical_gradient: knows the derivative of sin only
# message: wrong value
def numerical_gradient(f, x, eps=1e-5):
    return np.cos(x)

# %% reject numerical_gradient: a mean over all elements
# message: wrong shape: ()
def numerical_gradient(f, x, eps=1e-5):
    return np.mean(f(x + eps) - f(x - eps)) / (2 * eps)

# %% reject numerical_gradient: all elements in one row
# message: wrong shape: (12,)
def numerical_gradient(f, x, eps=1e-5):
    return np.array([(f(v + eps) - f(v - eps)) / (2 * eps) for v in x.flat])

# %% reject numerical_gradient: whole-number division
# message: wrong value
def numerical_gradient(f, x, eps=1e-5):
    return (f(x + eps) - f(x - eps)) // (2 * eps)

# %% reject numerical_gradient: rounds to three digits
# message: wrong value
def numerical_gradient(f, x, eps=1e-5):
    return np.round((f(x + eps) - f(x - eps)) / (2 * eps), 3)

# %% reject numerical_gradient: steps in the caller's array
# message: changes its argument in place
def numerical_gradient(f, x, eps=1e-5):
    x += eps
    right = f(x)
    x -= 2 * eps
    return (right - f(x)) / (2 * eps)

# %% reject numerical_gradient: steps back, and leaves a rounding error in the caller's array
# message: changes its argument in place
def numerical_gradient(f, x, eps=1e-5):
    x += eps
    right = f(x)
    x -= 2 * eps
    left = f(x)
    x += eps
    return (right - left) / (2 * eps)

# %% reject numerical_gradient: both names for one array
# message: wrong value
def numerical_gradient(f, x, eps=1e-5):
    right = left = x.copy()
    right += eps
    left -= eps
    return (f(right) - f(left)) / (2 * eps)

# %% reject numerical_gradient: does not call f
# message: TypeError
def numerical_gradient(f, x, eps=1e-5):
    return (f * (x + eps) - f * (x - eps)) / (2 * eps)

# %% reject numerical_gradient: returns a function of x
# message: numbers were expected
def numerical_gradient(f, x, eps=1e-5):
    return lambda x: (f(x + eps) - f(x - eps)) / (2 * eps)

# %% reject numerical_gradient: forgets to return
# message: gave None
def numerical_gradient(f, x, eps=1e-5):
    gradient = (f(x + eps) - f(x - eps)) / (2 * eps)

# %% accept read_slopes: a dict, written out
def read_slopes():
    return {
        "A": "softplus",
        "B": "elu",
        "C": "leaky_relu",
        "D": "tanh",
        "E": "relu",
        "F": "sigmoid",
    }

# %% accept read_slopes: letters and words zipped
def read_slopes():
    return dict(zip("ABCDEF", "softplus elu leaky_relu tanh relu sigmoid".split()))

# %% accept read_slopes: keyword arguments, in another order
def read_slopes():
    return dict(F="sigmoid", D="tanh", E="relu", C="leaky_relu", B="elu", A="softplus")

# %% accept read_slopes: words first, turned round
def read_slopes():
    letters = {"sigmoid": "F", "tanh": "D", "relu": "E", "leaky_relu": "C", "elu": "B", "softplus": "A"}
    return {letter: word for word, letter in letters.items()}

# %% accept read_slopes: one entry after another, keys computed
def read_slopes():
    found = {}
    for number, word in enumerate(["softplus", "elu", "leaky_relu", "tanh", "relu", "sigmoid"]):
        found[chr(ord("A") + number)] = word
    return found

# %% accept read_slopes: a lambda
read_slopes = lambda: {"A": "softplus", "B": "elu", "C": "leaky_relu"} | {"D": "tanh", "E": "relu", "F": "sigmoid"}

# %% accept read_slopes: NumPy's texts, an ordered dict, noisy
import collections
import warnings

def read_slopes():
    warnings.warn("E and C both jump; C is not 0 on the left")
    print("A has a half at 0")
    words = np.array(["softplus", "elu", "leaky_relu", "tanh", "relu", "sigmoid"])
    return collections.OrderedDict(zip(np.array(list("ABCDEF")), words))

# %% accept read_slopes: a constant of the cell
FOUND = {"A": "softplus", "B": "elu", "C": "leaky_relu", "D": "tanh", "E": "relu", "F": "sigmoid"}

def read_slopes():
    return FOUND

# %% reject read_slopes: the curve of the sigmoid taken for its slope
# message: 4 of the 6 curves have the right word
def read_slopes():
    return {"A": "sigmoid", "B": "elu", "C": "leaky_relu", "D": "tanh", "E": "relu", "F": "softplus"}

# %% reject read_slopes: the two bells swapped
# message: 4 of the 6 curves have the right word
def read_slopes():
    return {"A": "softplus", "B": "elu", "C": "leaky_relu", "D": "sigmoid", "E": "relu", "F": "tanh"}

# %% reject read_slopes: the two jumps swapped
# message: 4 of the 6 curves have the right word
def read_slopes():
    return {"A": "softplus", "B": "elu", "C": "relu", "D": "tanh", "E": "leaky_relu", "F": "sigmoid"}

# %% reject read_slopes: the two that rise smoothly swapped
# message: 4 of the 6 curves have the right word
def read_slopes():
    return {"A": "elu", "B": "softplus", "C": "leaky_relu", "D": "tanh", "E": "relu", "F": "sigmoid"}

# %% reject read_slopes: three in a circle
# message: 3 of the 6 curves have the right word
def read_slopes():
    return {"A": "sigmoid", "B": "elu", "C": "leaky_relu", "D": "softplus", "E": "relu", "F": "tanh"}

# %% reject read_slopes: the words in the order of the task
# message: of the 6 curves have the right word
def read_slopes():
    return dict(zip("ABCDEF", ["sigmoid", "tanh", "relu", "leaky_relu", "elu", "softplus"]))

# %% reject read_slopes: capitals
# message: C has 'LeakyReLU', which is none of the six words
def read_slopes():
    return {"A": "softplus", "B": "elu", "C": "LeakyReLU", "D": "tanh", "E": "relu", "F": "sigmoid"}

# %% reject read_slopes: a word of the gallery that the task does not list
# message: A has 'softsign', which is none of the six words
def read_slopes():
    return {"A": "softsign", "B": "elu", "C": "leaky_relu", "D": "tanh", "E": "relu", "F": "sigmoid"}

# %% reject read_slopes: the functions, not their names
# message: which is none of the six words
def read_slopes():
    activations = keras.activations
    return {
        "A": activations.softplus,
        "B": activations.elu,
        "C": activations.leaky_relu,
        "D": activations.tanh,
        "E": activations.relu,
        "F": activations.sigmoid,
    }

# %% reject read_slopes: each word in a list
# message: A has ['softplus'], which is none of the six words
def read_slopes():
    words = ["softplus", "elu", "leaky_relu", "tanh", "relu", "sigmoid"]
    return {letter: [word] for letter, word in zip("ABCDEF", words)}

# %% reject read_slopes: a letter is missing
# message: The dict has no key 'F'
def read_slopes():
    return {"A": "softplus", "B": "elu", "C": "leaky_relu", "D": "tanh", "E": "relu"}

# %% reject read_slopes: small letters
# message: The dict has no key 'A'
def read_slopes():
    return dict(a="softplus", b="elu", c="leaky_relu", d="tanh", e="relu", f="sigmoid")

# %% reject read_slopes: numbers for letters
# message: The dict has no key 'A'
def read_slopes():
    return dict(enumerate(["softplus", "elu", "leaky_relu", "tanh", "relu", "sigmoid"]))

# %% reject read_slopes: a seventh letter
# message: The dict has a key too many: 'G'
def read_slopes():
    words = ["softplus", "elu", "leaky_relu", "tanh", "relu", "sigmoid", "elu"]
    return dict(zip("ABCDEFG", words))

# %% reject read_slopes: one word twice
# message: No curve is called elu
def read_slopes():
    return {"A": "softplus", "B": "softplus", "C": "leaky_relu", "D": "tanh", "E": "relu", "F": "sigmoid"}

# %% reject read_slopes: from word to letter
# message: The dict has no key 'A'
def read_slopes():
    return {"sigmoid": "F", "tanh": "D", "relu": "E", "leaky_relu": "C", "elu": "B", "softplus": "A"}

# %% reject read_slopes: a list of the words
# message: read_slopes gave a list
def read_slopes():
    return ["softplus", "elu", "leaky_relu", "tanh", "relu", "sigmoid"]

# %% reject read_slopes: pairs
# message: read_slopes gave a tuple
def read_slopes():
    return tuple(zip("ABCDEF", ["softplus", "elu", "leaky_relu", "tanh", "relu", "sigmoid"]))

# %% reject read_slopes: a set of the words
# message: read_slopes gave a set
def read_slopes():
    return {"softplus", "elu", "leaky_relu", "tanh", "relu", "sigmoid"}

# %% reject read_slopes: a text
# message: read_slopes gave a str
def read_slopes():
    return "A softplus, B elu, C leaky_relu, D tanh, E relu, F sigmoid"

# %% reject read_slopes: forgets to return
# message: read_slopes gave None
def read_slopes():
    found = dict(zip("ABCDEF", ["softplus", "elu", "leaky_relu", "tanh", "relu", "sigmoid"]))

# %% reject read_slopes: the dict, not a function
# message: A function was expected
read_slopes = dict(zip("ABCDEF", ["softplus", "elu", "leaky_relu", "tanh", "relu", "sigmoid"]))

# %% reject read_slopes: takes the letter as an argument
# message: missing 1 required positional argument
def read_slopes(letter):
    return dict(zip("ABCDEF", ["softplus", "elu", "leaky_relu", "tanh", "relu", "sigmoid"]))[letter]

# %% reject read_slopes: nothing written yet
# message: read_slopes is not written yet
def read_slopes():
    raise NotImplementedError()
