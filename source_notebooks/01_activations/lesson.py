# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 01 · Activation functions and their derivatives
#
# **You will be able to**
#
# * write the common activation functions and their derivatives in NumPy, and keep them from
#   overflowing
# * read from a derivative's plot where a function saturates, and say what that does to learning
# * check any derivative with two function calls
# * get the same derivatives from `tf.GradientTape` and `keras.activations`
# * push an error backwards through two layers by hand: back-propagation
#
# **Before you start** You need Python functions, NumPy arrays (lesson 00) and the chain rule from
# school: the derivative of $f(g(x))$ is $f'(g(x))\,g'(x)$.
#
# **Running time** about 10 seconds on two cores with the sample data; reading and exercises, about 90 minutes.

# %%
from helpers import checks, plots, widgets  # first, so that TensorFlow starts quietly

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

# %% [markdown]
# ## Predict
#
# The sigmoid squeezes any number into the range from 0 to 1. Its slope is steepest in the middle.
#
# A signal passes backwards through ten sigmoid layers. In each layer it is multiplied by the slope
# of the sigmoid at that place. **How much of it is left, at best: about a half, about a hundredth,
# or less than a millionth?** Write your guess down. You will meet the answer below.

# %% [markdown]
# ## Why a network needs activation functions
#
# A dense layer without an activation computes $x W + b$. Two of them in a row compute
#
# $$(x W_1 + b_1)\,W_2 + b_2 = x\,(W_1 W_2) + (b_1 W_2 + b_2).$$
#
# That is one dense layer again, with the kernel $W_1 W_2$. A hundred linear layers can do no more
# than a single one. Here are the numbers.

# %% tags=["skip-execution"]
rng = np.random.default_rng(0)
x = rng.normal(size=(4, 3))
W1, b1 = rng.normal(size=(3, 5)), rng.normal(size=5)
W2, b2 = rng.normal(size=(5, 2)), rng.normal(size=2)

two_layers = (x @ W1 + b1) @ W2 + b2
one_layer = x @ (W1 @ W2) + (b1 @ W2 + b2)
print("largest difference:", np.abs(two_layers - one_layer).max())

# %% [markdown]
# The difference is rounding error. Depth is worth something only when a function that is *not* a
# straight line stands between the layers. Such a function is called an **activation function**.
#
# We train by following slopes, so the slope of the activation function matters as much as its
# value. Move the slider and watch the tangent line.

# %% tags=["skip-execution"]
widgets.activation_explorer()

# %% [markdown]
# Two things to look for:
#
# * Choose the sigmoid and move $x$ to 6. The curve is flat there, and the slope is near 0. We say
#   the function **saturates**.
# * Choose ReLU and move $x$ from −1 to 1. The slope jumps from 0 to 1 and has no value in between.

# %% [markdown]
# ## The sigmoid
#
# $$\sigma(x) = \frac{1}{1 + e^{-x}}$$
#
# Typed in as it stands, the formula works until somebody feeds it a large negative number.

# %% tags=["skip-execution", "shows-warning"]
with np.errstate(over="warn"):
    print(1 / (1 + np.exp(1000.0)))  # what the formula does for x = -1000

# %% [markdown]
# The result is right, but NumPy warns that `exp` overflows. The largest number a 64-bit float can
# hold is about $1.8 \cdot 10^{308}$, and $e^{710}$ is already larger. This time the infinity ended
# in a denominator and did no harm. In the next formula it may become `inf - inf`, which is `nan`,
# and one `nan` spoils every weight of a network.
#
# So make a habit of this: **only call `exp` with arguments that are not positive.** Multiply
# numerator and denominator by $e^{x}$ and you get a second formula for the same function,
#
# $$\sigma(x) = \frac{e^{x}}{1 + e^{x}},$$
#
# which is safe exactly where the first one is not.

# %% [markdown]
# ### Exercise: `sigmoid(x)` (1 point)
#
# Write the sigmoid.
#
# * `x`: a number or an array of any shape, floats or integers
# * returns the sigmoid of every element, in the same shape
# * no overflow warning anywhere; at −1000 exactly 0, at 1000 exactly 1
#
# **Expected** `sigmoid(0)` gives `0.5`, and `sigmoid(np.array([-1000, 1, 1000]))` gives
# `[0, 0.73105858, 1]`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Use the first formula where $x \ge 0$ and the second where $x < 0$. Both need $e^{-|x|}$, which
# cannot overflow.
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `np.abs`, `np.exp` and `np.where(condition, a, b)` work on numbers and on arrays. `np.where`
# computes both branches everywhere, so both must be safe everywhere.
# </details>
# <details><summary>Hint 3: nearly the answer</summary>
#
# Let `e = np.exp(-np.abs(x))`. Where $x \ge 0$ the sigmoid is `1 / (1 + e)`; elsewhere it is
# `e / (1 + e)`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "sigmoid", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sigmoid(x):
    """Sigmoid of every element of x (a number or an array of any shape); same shape."""
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + e), e / (1 + e))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_sigmoid", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
checks.run("sigmoid")

# %% [markdown]
# ### Its derivative
#
# Differentiate and tidy up, and the exponentials disappear:
#
# $$\sigma'(x) = \sigma(x)\,\bigl(1 - \sigma(x)\bigr).$$
#
# This is why the sigmoid was loved: once the forward pass has computed $\sigma(x)$, the slope costs
# one subtraction and one product.

# %% [markdown]
# ### Exercise: `sigmoid_derivative(x)` (1 point)
#
# Write the slope of the sigmoid **at x**.
#
# * `x`: an array of any shape; the input of the sigmoid, not its output
# * returns the slope at every element, in the same shape
# * the same care as before: no overflow warning, and exactly 0 at −1000 and at 1000
#
# **Expected** `sigmoid_derivative(np.array([-2.0, 0.0, 2.0]))` gives `[0.10499359, 0.25, 0.10499359]`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Everything difficult is done already: use your `sigmoid`.
# </details>
# <details><summary>Hint 2: nearly the answer</summary>
#
# Compute `s = sigmoid(x)` once, then use the formula above with `s`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "sigmoid_derivative", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sigmoid_derivative(x):
    """Slope of the sigmoid at every element of x (an array of any shape); same shape."""
    ### BEGIN SOLUTION
    s = sigmoid(x)
    return s * (1 - s)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_sigmoid_derivative", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
checks.run("sigmoid_derivative")

# %% [markdown]
# The largest slope is 0.25, at $x = 0$. Ten layers therefore leave at most $0.25^{10}$ of a signal:

# %% tags=["skip-execution"]
print(f"at best       {0.25**10:.1e}")
print(f"at x = 3      {sigmoid_derivative(np.array([3.0]))[0] ** 10:.1e}")

# %% [markdown]
# Less than a millionth, and that is the best case. Compare it with your guess. This is the
# **vanishing gradient**: the first layers of a deep sigmoid network hear almost nothing of the
# error, and so they hardly learn. We come back to it with a picture.

# %% [markdown]
# ## tanh
#
# The hyperbolic tangent is a sigmoid stretched to the range from −1 to 1:
#
# $$\tanh(x) = \frac{e^{x} - e^{-x}}{e^{x} + e^{-x}} = 2\,\sigma(2x) - 1, \qquad
# \tanh'(x) = 1 - \tanh^2(x).$$
#
# Its outputs are centred on 0, and its largest slope is 1 rather than 0.25. That is why it is the
# better of the two inside a network. It saturates just the same.

# %% [markdown]
# ### Exercise: `tanh_derivative(x)` (1 point)
#
# Write the slope of tanh at x.
#
# * `x`: an array of any shape
# * returns the slope at every element, in the same shape
# * no overflow warning, and exactly 0 at −1000 and at 1000
#
# **Expected** `tanh_derivative(np.array([-1.0, 0.0, 2.0]))` gives `[0.41997434, 1, 0.07065082]`.
#
# <details><summary>Hint 1: the idea</summary>
#
# NumPy has `np.tanh`, which does not overflow. Built from `np.exp(x)` or `np.cosh(x)` it would.
# </details>
# <details><summary>Hint 2: nearly the answer</summary>
#
# One minus the square of `np.tanh(x)`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "tanh_derivative", "locked": false, "schema_version": 3, "solution": true, "task": false}
def tanh_derivative(x):
    """Slope of tanh at every element of x (an array of any shape); same shape."""
    ### BEGIN SOLUTION
    return 1 - np.tanh(x) ** 2
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_tanh_derivative", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
checks.run("tanh_derivative")

# %% [markdown]
# ## ReLU and its leaky sister
#
# The rectified linear unit is $\max(0, x)$. Its slope is 0 on the left and 1 on the right. On the
# right nothing vanishes, however many layers there are: $1^{10} = 1$.
#
# At exactly 0 there is a corner, and no slope. Any value between the slopes of the two sides is a
# fair choice there (mathematicians call it a *subgradient*). TensorFlow chooses 0.

# %% [markdown]
# ### Exercise: `relu_derivative(x)` (1 point)
#
# Write the slope of ReLU at x.
#
# * `x`: an array of any shape
# * returns 0 where x is negative and 1 where it is positive, in the same shape; at exactly 0, any
#   value from 0 to 1
# * leave `x` itself as it is: the caller still needs it
#
# **Expected** `relu_derivative(np.array([-3.0, 0.5, 2.0]))` gives `[0, 1, 1]`.
#
# <details><summary>Hint 1: the idea</summary>
#
# The slope depends on the sign of `x` alone. A comparison such as `x > 0` gives an array of truth
# values.
# </details>
# <details><summary>Hint 2: nearly the answer</summary>
#
# Turn the comparison into numbers with `np.where(condition, 1.0, 0.0)`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "relu_derivative", "locked": false, "schema_version": 3, "solution": true, "task": false}
def relu_derivative(x):
    """Slope of ReLU at every element of x (an array of any shape); same shape."""
    ### BEGIN SOLUTION
    return (np.asarray(x) > 0).astype(float)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_relu_derivative", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
checks.run("relu_derivative")

# %% [markdown]
# A ReLU unit whose input is negative for every example has slope 0 everywhere. No error reaches its
# weights, so it never recovers: it is *dead*. **Leaky ReLU** keeps a small slope on the left:
#
# $$\text{leaky}(x) = \begin{cases} x & x > 0 \\ a\,x & x \le 0 \end{cases} \qquad a = 0.01,
# \text{ say.}$$

# %% [markdown]
# ### Exercise: `leaky_relu_derivative(x, negative_slope=0.01)` (1 point)
#
# Write the slope of leaky ReLU at x.
#
# * `x`: an array of any shape, floats **or integers**
# * `negative_slope`: the slope on the left
# * returns the slope at every element, in the same shape; at exactly 0, any value between the slopes
#
# **Expected** `leaky_relu_derivative(np.array([-3, 2]))` gives `[0.01, 1]`.
#
# <details><summary>Hint 1: the idea</summary>
#
# As before, with another number on the left. Use the argument, not 0.01.
# </details>
# <details><summary>Hint 2: integers</summary>
#
# `np.ones_like(x)` has the dtype of `x`. Assign 0.01 to an element of an integer array, and NumPy
# cuts it to 0. Let `np.where` choose between the two numbers instead.
# </details>


# %% nbgrader={"grade": false, "grade_id": "leaky_relu_derivative", "locked": false, "schema_version": 3, "solution": true, "task": false}
def leaky_relu_derivative(x, negative_slope=0.01):
    """Slope of leaky ReLU at every element of x (an array of any shape); same shape."""
    ### BEGIN SOLUTION
    return np.where(np.asarray(x) > 0, 1.0, negative_slope)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_leaky_relu_derivative", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
checks.run("leaky_relu_derivative")

# %% [markdown]
# ## The rest of the family
#
# You will meet five more. Each mends something:
#
# | function | formula | what it is for |
# |---|---|---|
# | ELU | $x$ for $x > 0$, else $a(e^x - 1)$ | like leaky ReLU, but smooth, and bounded on the left |
# | SELU | $1.0507 \cdot \text{ELU}(x)$ with $a = 1.6733$ | keeps mean 0 and variance 1 from layer to layer (lesson 08) |
# | softplus | $\ln(1 + e^x)$ | a smooth ReLU; its slope is the sigmoid |
# | softsign | $x / (1 + \lvert x \rvert)$ | like tanh, but saturates more slowly |
# | exponential | $e^x$ | outputs that must be positive; rarely inside a network |
#
# Here they are by hand, each with its derivative and each safe from overflow, where the function
# itself has a finite value. Note `np.logaddexp` and `np.expm1`: NumPy has careful versions of
# $\ln(e^a + e^b)$ and $e^x - 1$.

# %% tags=["skip-execution"]
SELU_SCALE, SELU_ALPHA = 1.05070098, 1.67326324


def elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def elu_derivative(x, alpha=1.0):
    return np.where(x > 0, 1.0, alpha * np.exp(np.minimum(x, 0)))


by_hand = {
    "sigmoid": (sigmoid, sigmoid_derivative),
    "tanh": (np.tanh, tanh_derivative),
    "relu": (lambda x: np.maximum(x, 0), relu_derivative),
    "leaky_relu": (lambda x: np.where(x > 0, x, 0.2 * x), lambda x: leaky_relu_derivative(x, 0.2)),
    "elu": (elu, elu_derivative),
    "selu": (
        lambda x: SELU_SCALE * elu(x, SELU_ALPHA),
        lambda x: SELU_SCALE * elu_derivative(x, SELU_ALPHA),
    ),
    "softplus": (lambda x: np.logaddexp(0, x), sigmoid),
    "softsign": (lambda x: x / (1 + np.abs(x)), lambda x: 1 / (1 + np.abs(x)) ** 2),
    "exponential": (np.exp, np.exp),
}
plots.activation_gallery(by_hand, x=np.linspace(-4, 4, 401))

# %% [markdown]
# Solid lines are the functions, dashed lines their slopes. Look for the places where a dashed line
# touches 0. A unit that sits there does not learn.

# %% [markdown]
# ## Softmax
#
# The functions above look at one number at a time. **Softmax** takes a whole row of numbers, the
# *logits*, and turns it into probabilities:
#
# $$\text{softmax}(z)_i = \frac{e^{z_i}}{\sum_j e^{z_j}}.$$
#
# Add the same constant to all logits, and it cancels. So nothing stops us from subtracting the
# largest logit first. Then no exponent is positive, at least one term of the sum is $e^0 = 1$, and
# neither overflow nor a division by zero can happen.

# %% [markdown]
# ### Exercise: `softmax(logits, axis=-1)` (2 points)
#
# Write softmax.
#
# * `logits`: a float array of any shape
# * `axis`: the axis along which the probabilities sum to 1
# * returns an array of the same shape, right for logits as large as 1000 and beyond
#
# **Expected** `softmax(np.array([1.0, 2.0, 3.0]))` gives `[0.09003057, 0.24472847, 0.66524096]`, and
# so does `softmax(np.array([1001.0, 1002.0, 1003.0]))`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Subtract the largest logit **along the axis**, take `exp`, divide by the sum along the axis.
# </details>
# <details><summary>Hint 2: shapes</summary>
#
# `logits.max(axis=axis)` loses an axis, and the subtraction then fails or, worse, broadcasts the
# wrong way. `keepdims=True` keeps it with length 1.
# </details>
# <details><summary>Hint 3: nearly the answer</summary>
#
# `e = np.exp(logits - logits.max(axis=axis, keepdims=True))`. What remains is one division.
# </details>


# %% nbgrader={"grade": false, "grade_id": "softmax", "locked": false, "schema_version": 3, "solution": true, "task": false}
def softmax(logits, axis=-1):
    """Probabilities along an axis of the logits (a float array of any shape); same shape."""
    ### BEGIN SOLUTION
    logits = np.asarray(logits)
    powers = np.exp(logits - logits.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_softmax", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("softmax")

# %% [markdown]
# Raise one logit, and its probability grows while all others shrink. So the derivative of softmax is
# not a single number but a table, the **Jacobian**, with $p_i\,(1 - p_i)$ on the diagonal and
# $-p_i\,p_j$ elsewhere. Each row sums to 0, because probability is only moved about.

# %% tags=["skip-execution"]
p = softmax(np.array([2.0, 1.0, 0.0, -1.0]))
jacobian = np.diag(p) - np.outer(p, p)

figure, axes = plt.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
z = np.linspace(-4, 4, 201)
moving = softmax(np.stack([z, np.ones_like(z), np.zeros_like(z)], axis=1))
for column, style in zip(moving.T, ("-", "--", ":"), strict=True):
    axes[0].plot(z, column, style)
axes[0].legend(["$p_1$ (its logit moves)", "$p_2$ (logit 1)", "$p_3$ (logit 0)"])
axes[0].set(
    title="One logit moves, three probabilities follow", xlabel="$z_1$", ylabel="probability"
)
shades = axes[1].imshow(jacobian, cmap="cividis")
for (i, j), value in np.ndenumerate(jacobian):
    axes[1].text(
        j, i, f"{value:.2f}", ha="center", va="center", color="black" if value > 0.05 else "white"
    )
axes[1].set(title="Jacobian of softmax", xlabel="logit $j$", ylabel="probability $i$")
axes[1].set(xticks=range(4), yticks=range(4))
figure.colorbar(shades, label="slope")
plt.show()

# %% [markdown]
# ## Checking a derivative with two function calls
#
# A derivative worked out on paper is easily wrong by a sign or a factor. The definition itself gives
# a check. Step a little to the right, step a little to the left, and divide the difference by the
# distance between the two points:
#
# $$f'(x) \approx \frac{f(x + \varepsilon) - f(x - \varepsilon)}{2\,\varepsilon}.$$
#
# These are **central differences**. The error shrinks with $\varepsilon^2$. Stepping to one side
# only, $(f(x + \varepsilon) - f(x)) / \varepsilon$, gives an error that shrinks with $\varepsilon$:
# much worse for the same two calls.

# %% [markdown]
# ### Exercise: `numerical_gradient(f, x, eps=1e-5)` (2 points)
#
# Approximate the slope of `f` at every element of `x` with central differences.
#
# * `f`: a function that works element by element, such as `np.sin`
# * `x`: a float array of any shape; leave it unchanged
# * `eps`: the step $\varepsilon$
# * returns the slopes, in the shape of `x`
#
# **Expected** `numerical_gradient(np.sin, np.array([0.0, 1.0]))` gives `[1, 0.54030231]`, the cosine.
#
# <details><summary>Hint 1: the idea</summary>
#
# `f` takes whole arrays, so no loop is needed: `f(x + eps)` steps at every element at once.
# </details>
# <details><summary>Hint 2: the usual slips</summary>
#
# The distance between the two points is twice `eps`. And mind the brackets: `a / 2 * eps` is
# `(a / 2) * eps`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "numerical_gradient", "locked": false, "schema_version": 3, "solution": true, "task": false}
def numerical_gradient(f, x, eps=1e-5):
    """Slope of an element-wise f at every element of x, by central differences; shape of x."""
    ### BEGIN SOLUTION
    return (f(x + eps) - f(x - eps)) / (2 * eps)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_numerical_gradient", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("numerical_gradient")

# %% [markdown]
# Now check all nine derivatives at once. We stay away from 0, where ReLU has its corner.

# %% tags=["skip-execution"]
x = np.array([-3.0, -0.7, 0.4, 1.5])
for name, (function, derivative) in by_hand.items():
    difference = np.abs(numerical_gradient(function, x) - derivative(x)).max()
    print(f"{name:12} largest difference {difference:.0e}")

# %% [markdown]
# Why not take $\varepsilon$ as small as possible? Because `f(x + eps)` and `f(x - eps)` then agree in
# nearly all their digits, and the subtraction leaves only rounding errors. There is a best step in
# between.

# %% tags=["skip-execution"]
steps = np.logspace(-12, -1, 100)
at_one = np.array([1.0])
central = [abs(numerical_gradient(np.exp, at_one, e)[0] - np.e) for e in steps]
one_sided = [abs((np.exp(1 + e) - np.e) / e - np.e) for e in steps]

figure, ax = plt.subplots(figsize=(7, 3.5), layout="constrained")
ax.loglog(steps, central, "-", label="central differences")
ax.loglog(steps, one_sided, "--", label="one side only")
ax.axvline(1e-5, color="grey", linestyle=":", label="our default, 1e-5")
ax.set(title="Error of the slope of exp at 1", xlabel="step eps", ylabel="absolute error")
ax.legend()
plt.show()
# %% [markdown]
# ## The same with Keras and TensorFlow
#
# Nobody writes derivatives by hand for a living. TensorFlow records what you compute on a *tape* and
# plays it backwards. `tape.watch(x)` tells the tape that `x` is what we differentiate by.

# %% tags=["skip-execution"]
x = tf.constant([-3.0, -0.7, 0.4, 1.5])
with tf.GradientTape() as tape:
    tape.watch(x)
    y = keras.activations.sigmoid(x)
print("tape:   ", tape.gradient(y, x).numpy())
print("by hand:", sigmoid_derivative(x.numpy()))

# %% [markdown]
# `keras.activations` has every function of this lesson. Let the tape differentiate each of them, and
# compare with what we worked out ourselves.

# %% tags=["skip-execution"]
keras_functions = {
    "sigmoid": keras.activations.sigmoid,
    "tanh": keras.activations.tanh,
    "relu": keras.activations.relu,
    "leaky_relu": lambda x: keras.activations.leaky_relu(x, negative_slope=0.2),
    "elu": keras.activations.elu,
    "selu": keras.activations.selu,
    "softplus": keras.activations.softplus,
    "softsign": keras.activations.softsign,
    "exponential": keras.activations.exponential,
}
for name, function in keras_functions.items():
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = function(x)
    value, slope = (f(x.numpy()) for f in by_hand[name])
    print(
        f"{name:12} values differ by {np.abs(y - value).max():.0e},"
        f" slopes by {np.abs(tape.gradient(y, x) - slope).max():.0e}"
    )

logits = tf.constant([[2.0, 1.0, 0.0, -1.0]])
with tf.GradientTape() as tape:
    tape.watch(logits)
    probabilities = keras.activations.softmax(logits)
difference = tape.batch_jacobian(probabilities, logits)[0] - jacobian
print(f"softmax      Jacobians differ by {np.abs(difference).max():.0e}")

# %% [markdown]
# Differences around $10^{-7}$ are no mistake. TensorFlow computes in 32-bit floats, which hold about
# seven decimal digits, and NumPy in 64-bit floats, which hold about sixteen.

# %% [markdown]
# ## Vanishing gradients, in a picture
#
# Take twenty dense layers of 100 units with random weights, send 200 random examples through, and
# ask the tape how large the gradient of a loss is at the output of each layer. The weights are drawn
# as Keras draws them by default (Glorot's rule), the same numbers for each activation. The last line
# uses weights that are $\sqrt 2$ times as large, which is He's rule.


# %% tags=["skip-execution"]
def gradient_per_layer(activation, weight_scale=1.0, n_layers=20, width=100):
    """Mean absolute gradient at the output of each layer, as a share of that at the last layer."""
    rng = np.random.default_rng(0)
    limit = weight_scale * np.sqrt(6 / (width + width))
    kernels = rng.uniform(-limit, limit, (n_layers, width, width)).astype("float32")
    signal = tf.constant(rng.normal(size=(200, width)).astype("float32"))
    outputs = []
    with tf.GradientTape() as tape:
        tape.watch(signal)
        for kernel in kernels:
            signal = activation(signal @ kernel)
            outputs.append(signal)
        loss = tf.reduce_mean(signal**2)
    sizes = np.array([np.abs(gradient).mean() for gradient in tape.gradient(loss, outputs)])
    return sizes / sizes[-1]


shares = {
    "sigmoid": gradient_per_layer(keras.activations.sigmoid),
    "tanh": gradient_per_layer(keras.activations.tanh),
    "relu": gradient_per_layer(keras.activations.relu),
    "relu, weights √2 larger": gradient_per_layer(keras.activations.relu, weight_scale=np.sqrt(2)),
}
figure, ax = plt.subplots(figsize=(7, 3.8), layout="constrained")
for (name, share), style in zip(shares.items(), ("o-", "s--", "^-.", "d:"), strict=True):
    ax.semilogy(range(1, 21), share, style, label=name, markersize=4)
    print(f"{name:24} layer 1 hears {share[0]:.1g} of what layer 20 hears")
ax.set(title="How much of the error reaches each layer", xlabel="layer (1 is next to the input)")
ax.set(ylabel="share of the last layer's gradient", xticks=range(1, 21, 2))
ax.legend()
plt.show()

# %% [markdown]
# Read the sigmoid's line from right to left, the way the error travels. Every layer passes on about a
# quarter of what it gets, and hardly anything is left at layer 1. The scale is logarithmic, so a
# straight line means exponential decay.
#
# tanh does much better, because its slope is near 1 while its inputs are small. ReLU has slope 1 for
# about half of the units and slope 0 for the others, so with these weights it loses a little in
# every layer. Weights that are $\sqrt 2$ times as large make up for the half that is off. That is all
# there is to He's rule. Lesson 08 trains such networks and shows what else helps.

# %% [markdown]
# ## Back-propagation through two layers
#
# All that is left is to put slopes together. Here is a small network with one hidden layer, for $n$
# examples with $d$ features, $h$ hidden units and $k$ outputs:
#
# $$a = x W_1 + b_1, \qquad s = \sigma(a), \qquad \hat y = s W_2 + b_2, \qquad
# L = \frac{1}{n k} \sum_{i,j} (\hat y_{ij} - y_{ij})^2.$$
#
# We want the slope of $L$ by every weight. Start at the end and walk back; each line uses the one
# before. Write $\partial_z$ for the gradient of $L$ by $z$: it has the same shape as $z$, and that
# tells you where a transpose must go.
#
# | step | gradient | shape | why |
# |---|---|---|---|
# | 1 | $\partial_{\hat y} = \frac{2}{n k} (\hat y - y)$ | $(n, k)$ | slope of the square, mean over $n k$ elements |
# | 2 | $\partial_{W_2} = s^\top \partial_{\hat y}$ | $(h, k)$ | each weight collects from all examples |
# | 3 | $\partial_{b_2} = $ column sums of $\partial_{\hat y}$ | $(k,)$ | the bias is added to every example |
# | 4 | $\partial_{s} = \partial_{\hat y} W_2^\top$ | $(n, h)$ | the error, sent back through the same weights |
# | 5 | $\partial_{a} = \partial_{s} \odot \sigma'(a)$ | $(n, h)$ | times the slope of the activation, element by element |
# | 6 | $\partial_{W_1} = x^\top \partial_{a}$, $\;\partial_{b_1} = $ column sums of $\partial_a$ | $(d, h)$, $(h,)$ | steps 2 and 3 again |
#
# That is the whole of back-propagation. Step 5 is where a saturated sigmoid kills the signal.

# %% [markdown]
# ### Exercise: `mlp_gradients(params, x, y)` (4 points)
#
# Write the forward pass and the six steps.
#
# * `params`: a dict with the arrays `W1` (d, h), `b1` (h,), `W2` (h, k), `b2` (k,); leave it unchanged
# * `x`: (n, d); `y`: (n, k)
# * returns a dict of gradients with the same keys, each in the shape of its parameter
#
# **Expected** With all parameters zero, `x = [[1.0]]` and `y = [[1.0]]`, the gradients are
# `W1 = [[0]]`, `b1 = [0]`, `W2 = [[-1]]` and `b2 = [-2]`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Compute `a`, `s` and the prediction first, and keep them: the way back needs `s` and `a` again.
# </details>
# <details><summary>Hint 2: the usual slips</summary>
#
# The mean runs over all `n * k` elements: divide by `y.size`, not by `len(y)`. Steps 1 and 5 multiply
# element by element (`*`), the others are matrix products (`@`). Bias gradients are sums over
# `axis=0`.
# </details>
# <details><summary>Hint 3: nearly the answer</summary>
#
# `d_output = 2 * (prediction - y) / y.size`, then `d_a = (d_output @ W2.T) * sigmoid_derivative(a)`.
# Every gradient you need is one product or one sum away from these two.
# </details>


# %% nbgrader={"grade": false, "grade_id": "mlp_gradients", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mlp_gradients(params, x, y):
    """Gradients of the mean squared error of a network with one sigmoid layer, by back-propagation.

    params: dict W1 (d, h), b1 (h,), W2 (h, k), b2 (k,); x: (n, d); y: (n, k).
    Returns a dict with the same keys and shapes.
    """
    ### BEGIN SOLUTION
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    y_hat = s @ params["W2"] + params["b2"]
    d_y_hat = 2 * (y_hat - y) / y.size
    d_a = (d_y_hat @ params["W2"].T) * sigmoid_derivative(a)
    return {
        "W1": x.T @ d_a,
        "b1": d_a.sum(axis=0),
        "W2": s.T @ d_y_hat,
        "b2": d_y_hat.sum(axis=0),
    }
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_mlp_gradients", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
checks.run("mlp_gradients")

# %% [markdown]
# ### And it learns
#
# Gradients are all that training needs: step against them, again and again. Here your function fits
# one period of a sine with 12 hidden units. No Keras involved.

# %% tags=["skip-execution"]
rng = np.random.default_rng(0)
x = np.linspace(-1, 1, 100).reshape(-1, 1)
y = np.sin(np.pi * x)
params = {
    "W1": rng.normal(scale=5, size=(1, 12)),
    "b1": rng.normal(scale=3, size=12),
    "W2": rng.normal(scale=0.1, size=(12, 1)),
    "b2": np.zeros(1),
}


def predict(params, x):
    return sigmoid(x @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]


figure, axes = plt.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
axes[0].plot(x, predict(params, x), ":", label="before training")
losses = []
for _ in range(5000):
    gradients = mlp_gradients(params, x, y)
    params = {key: params[key] - 0.2 * gradients[key] for key in params}
    losses.append(np.mean((predict(params, x) - y) ** 2))
axes[0].plot(x, y, "-", label="sine")
axes[0].plot(x, predict(params, x), "--", label="after 5,000 steps")
axes[0].set(xlabel="$x$", ylabel="$y$", title="The network's output")
axes[0].legend()
axes[1].semilogy(losses)
axes[1].set(xlabel="step", ylabel="mean squared error", title="Its loss")
print(f"loss after 1 step {losses[0]:.3f}, after 5,000 steps {losses[-1]:.5f}")

# %% [markdown]
# ## Check your understanding
#
# **Question 1.** A colleague replaces every ReLU of a ten-layer network by no activation at all. What
# can the network still learn?
#
# <details><summary>A. The same, only more slowly</summary>
#
# No. Without activations the ten kernels multiply to one. What cannot be said with a single linear
# layer cannot be learnt, however long it trains.
# </details>
# <details><summary>B. Only what one linear layer can</summary>
#
# Right. You saw it at the beginning: $(xW_1 + b_1)W_2 + b_2$ is one linear layer.
# </details>
# <details><summary>C. Nothing, because the gradients vanish</summary>
#
# No. Linear layers have slope 1 everywhere; it is saturation that makes gradients vanish.
# </details>
#
# **Question 2.** Why does softmax subtract the largest logit first?
#
# <details><summary>A. So that the probabilities sum to 1</summary>
#
# No. The division by the sum does that, with or without the subtraction.
# </details>
# <details><summary>B. So that the largest probability is exactly 1</summary>
#
# No. The largest *power* becomes $e^0 = 1$; the probability is that power divided by the sum.
# </details>
# <details><summary>C. So that no exponential overflows; the result does not change</summary>
#
# Right. The constant cancels in the fraction, and no exponent is positive any more.
# </details>
#
# **Question 3.** A hidden unit with ReLU gives 0 for every example of the training set. What happens to
# its incoming weights?
#
# <details><summary>A. They stay as they are</summary>
#
# Right. The slope is 0 for every example, so step 5 multiplies the error by 0, and step 6 gives
# gradients of 0. The unit is dead.
# </details>
# <details><summary>B. They grow until the unit is active again</summary>
#
# No. Growth would need a gradient, and the gradient is 0. Leaky ReLU was made for this case.
# </details>
# <details><summary>C. They shrink to 0</summary>
#
# No. Without weight decay nothing moves a weight whose gradient is 0.
# </details>

# %% [markdown]
# ## Then and now
#
# Older tutorials write some of this differently. Each line was run with TensorFlow 2.21 and Keras 3.
#
# | then | what happens today | now |
# |---|---|---|
# | `tf.VERSION` | `AttributeError` | `tf.__version__` |
# | `keras.activations.relu(x, alpha=0.2)` | `TypeError` | `keras.activations.relu(x, negative_slope=0.2)` |
# | `keras.layers.LeakyReLU(alpha=0.2)` | works, with a warning | `keras.layers.LeakyReLU(negative_slope=0.2)` |
# | the slope of ReLU at 0 "is" 1 | a convention; TensorFlow's tape says 0 | do not rely on it |
# | every function called `derivative` | the last one defined wins | a name of its own for each |

# %% [markdown]
# ## Summary
#
# * Without an activation function, layers collapse into one.
# * Sigmoid and tanh saturate: their slope goes to 0, and products of many slopes vanish. ReLU has
#   slope 1 on the right and can die on the left; leaky ReLU, ELU and SELU keep a slope there.
# * Call `exp` only with arguments that are not positive, and overflow cannot happen.
# * Central differences check any derivative with two calls.
# * Back-propagation is the chain rule, walked from the loss to the weights, one matrix product per
#   layer.
#
# ## Where to go next
#
# Lesson 03 stacks layers with the Sequential API, and lets Keras do the walking back. Lesson 08
# returns to vanishing gradients in networks of twenty layers. Lesson 12 uses `tf.GradientTape` to
# write a training loop.
#
# Go on with [02 · The Sequential API](../03_sequential/03_sequential.ipynb)
