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
# * say what a gradient is a product of, and what can make it vanish
#
# **Before you start** You need Python functions, NumPy arrays (lesson 00) and the chain rule from
# school: the derivative of $f(g(x))$ is $f'(g(x))\,g'(x)$.
#
# **Running time** about 20 seconds on two cores with the sample data; reading about 50 minutes, exercises about 45.

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
# An error signal passes backwards through ten sigmoid layers. In each layer it is multiplied by the
# slope of the sigmoid at that place. (It is multiplied by weights, too; leave them aside for now.)
# Commit to an answer first. You will see the numbers below.

# %% tags=["skip-execution"]
widgets.commit_box(
    "How much do the ten slopes leave of the signal, at best?",
    {
        "about a half": "That needs slopes of about 0.93 each. The sigmoid is nowhere so steep: going "
        "from 0 to 1, it takes its time. You will compute its largest slope below.",
        "about a hundredth": "That needs slopes of about 0.63 each. The largest slope of the sigmoid is "
        "smaller. You will compute it below.",
        "less than a millionth": "The sigmoid is steepest in the middle, and even there its slope "
        "is only a quarter. Ten quarters, multiplied, are a little less than a millionth.",
    },
    "less than a millionth",
)

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
# * leave `x` itself as it is: the caller still needs it. That holds for every function of this lesson
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
# <details><summary>Hint 3: another function, worked out</summary>
#
# Softplus is $\ln(1 + e^x)$, which overflows on the right. There, take $e^x$ out of the bracket:
# $\ln(1 + e^x) = x + \ln(1 + e^{-x})$. With `e = np.exp(-np.abs(x))` the first formula is
# `np.log(1 + e)`, good where `x < 0`. The second one is `x + np.log(1 + e)`, good elsewhere. So
# softplus is `np.where(x < 0, np.log(1 + e), x + np.log(1 + e))`. Both branches use the same safe `e`.
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
# <details><summary>Hint 2: the tools</summary>
#
# Call `sigmoid` once and give its result a name. Arrays are multiplied and subtracted element by
# element, so the formula can be typed in as it stands, with that name in it.
# </details>
# <details><summary>Hint 3: another function, worked out</summary>
#
# The derivative of $x\,e^{-x}$ is $e^{-x} - x\,e^{-x} = e^{-x}\,(1 - x)$, by the product rule. In
# NumPy that is two lines: `e = np.exp(-x)`, then `return e * (1 - x)`. The exponential is computed
# once and stands in the formula by its name.
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
# The largest slope is 0.25, at $x = 0$. So the product of ten slopes is at most $0.25^{10}$:

# %% tags=["skip-execution"]
print(f"at best       {0.25**10:.1e}")
print(f"at x = 3      {sigmoid_derivative(np.array([3.0]))[0] ** 10:.1e}")

# %% [markdown]
# Less than a millionth, and that is the best case. Such small slopes are one reason for the **vanishing
# gradient**: the first layers of a deep sigmoid network get almost nothing of the error, and so they
# hardly learn.
#
# Mind what the number says. It bounds the product of the *slopes*. The gradient is more than that: on
# its way back the error is also multiplied by the *weights* of every layer.
#
# Take the smallest network there is, a chain of ten sigmoid units with the same weight $w$ before each.
# Let the biases be such that a signal of 0.5 brings the input of every unit to 0, where the slope is
# largest. By the chain rule, the slope of the whole chain is then $(w \cdot 0.25)^{10}$. The last column
# starts a little off, with a signal of 0.6.


# %% tags=["skip-execution"]
def chain_slope(weight, signal):
    """Slope of ten sigmoid units in a row with the bias -weight / 2, at a signal."""
    product = 1.0
    for _ in range(10):
        x = np.array(weight * signal - weight / 2)
        product = product * weight * sigmoid_derivative(x)
        signal = sigmoid(x)
    return product


for weight in (0.5, 1, 4, 8):
    centred, off = chain_slope(weight, 0.5), chain_slope(weight, 0.6)
    print(f"weight {weight:<4} slope of the whole chain {centred:.1e}, a little off {off:.1e}")

# %% [markdown]
# With a weight of 4 nothing is lost, and with 8 the error grows a thousandfold. So large weights can
# undo small slopes. They have a price. A large weight also makes the inputs of the units large, and away
# from 0 the sigmoid is flat: look at the last number. We come back to this with a picture of a whole
# network.

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
# <details><summary>Hint 2: the tools</summary>
#
# `t**2` squares every element of an array `t`. Mind what is squared: $\tanh^2(x)$ means the square of
# the value $\tanh(x)$, not the value at $x^2$.
# </details>
# <details><summary>Hint 3: another function, worked out</summary>
#
# The slope of softsign, $x / (1 + |x|)$, is $1 / (1 + |x|)^2$. In NumPy: `s = 1 + np.abs(x)`, then
# `return 1 / s**2`. The inner part comes first and gets a name, then its square is used.
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
# <details><summary>Hint 2: the tools</summary>
#
# `np.where(condition, a, b)` makes a new array: from `a` where the condition holds, from `b` elsewhere.
# Both may be single numbers.
# </details>
# <details><summary>Hint 3: another function, worked out</summary>
#
# $|x - 2|$ falls on the left of 2 and rises on the right, so its slope is −1 there and 1 here. In
# NumPy: `np.where(x < 2, -1.0, 1.0)`.
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
# A ReLU unit whose input is negative for every example has slope 0 for all of them. No error reaches
# its weights, so they stay as they are: the unit is *dead*. It comes back to life only if the layers
# before it happen to change its inputs. **Leaky ReLU** keeps a small slope on the left:
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
# cuts it to 0. `np.where` makes a new array instead, whose dtype follows from the two numbers.
# </details>
# <details><summary>Hint 3: another function, worked out</summary>
#
# Pieces 1 and 2 of something cost 0.5 each, all later ones 3. The price as a function of the piece's
# number: `np.where(piece > 2, 3, cheap)`, with an argument `cheap=0.5`. For the integers
# `np.array([1, 5])` it gives `[0.5, 3.0]`: one of the two numbers is a float, so the result is.
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
# <details><summary>Hint 3: another function, worked out</summary>
#
# Softplus is positive, too, so its values can be made into shares of 1: first
# `s = np.logaddexp(0, z)`, which is softplus, then `s / s.sum(axis=axis, keepdims=True)`. For `z` of
# the shape `(2, 3)` and `axis=1`, the sum has the shape `(2, 1)`: each row is divided by its own sum.
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
# <details><summary>Hint 3: another formula, worked out</summary>
#
# The *second* derivative can be had with three calls: $f''(x) \approx
# \bigl(f(x + \varepsilon) - 2 f(x) + f(x - \varepsilon)\bigr) / \varepsilon^2$. In NumPy:
# `(f(x + eps) - 2 * f(x) + f(x - eps)) / eps**2`. The brackets around the whole numerator are needed,
# and no loop is.
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
# plays it backwards. `tape.watch(x)` tells the tape that we want
# derivatives with respect to `x`.

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
# Take twenty dense layers of 100 units with random weights and send 200 random examples through. Then
# send a random error back from the last layer, and ask the tape how large the gradient is at the output
# of each layer. The weights are drawn as Keras draws them by default (Glorot's rule), the same numbers
# for each activation. The last line uses weights that are $\sqrt 2$ times as large, which is He's rule.


# %% tags=["skip-execution"]
def gradient_per_layer(activation, weight_scale=1.0, seed=0, n_layers=20, width=100):
    """Mean absolute gradient at the output of each layer, as a share of that at the last layer."""
    rng = np.random.default_rng(seed)
    limit = weight_scale * np.sqrt(6 / (width + width))
    kernels = rng.uniform(-limit, limit, (n_layers, width, width)).astype("float32")
    signal, error = tf.constant(rng.normal(size=(2, 200, width)).astype("float32"))
    outputs = []
    with tf.GradientTape() as tape:
        tape.watch(signal)
        for kernel in kernels:
            signal = activation(signal @ kernel)
            outputs.append(signal)
    gradients = tape.gradient(signal, outputs, output_gradients=error)
    sizes = np.array([np.abs(gradient).mean() for gradient in gradients])
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
    a_layer = share[0] ** (1 / 19)  # nineteen layers lie between the first output and the last
    print(f"{name:24} layer 1 gets {share[0]:.1e} of what layer 20 gets: {a_layer:.2f} a layer")
ax.set(title="How much of the error reaches each layer", xlabel="layer (1 is next to the input)")
ax.set(ylabel="share of the last layer's gradient", xticks=range(1, 21, 2))
ax.legend()
plt.show()

# %% [markdown]
# Read the sigmoid's line from right to left, the way the error travels. Every layer passes on a little
# less than a quarter of what it gets, and hardly anything is left at layer 1. The scale is logarithmic,
# so a straight line means exponential decay.
#
# tanh does much better, because its slope is near 1 while its inputs are small. ReLU has slope 1 for
# about half of the units and slope 0 for the others. With half of the units off, the error should shrink
# to about $1/\sqrt 2 = 0.71$ of its size in every layer, and 0.70 is what you see. Weights that are
# $\sqrt 2$ times as large should make up for that. One draw of random weights does not show whether they
# do, so here are ten.

# %% tags=["skip-execution"]
for scale, rule in ((1, "Glorot"), (np.sqrt(2), "He")):
    draws = [gradient_per_layer(keras.activations.relu, scale, seed)[0] for seed in range(10)]
    middle = np.exp(np.log(draws).mean())
    print(
        f"relu, {rule:6}  layer 1 gets {min(draws):.2g} to {max(draws):.2g}, geometric mean {middle:.2g}"
    )

# %% [markdown]
# With He's rule a single draw may lose a third of the gradient or gain two fifths, but the geometric mean
# is close to 1. With Glorot's rule it is about a thousandth. That is all there is to He's rule: it keeps
# the size of the error *on average*, at the start of training. It promises nothing for later. Lesson 08
# trains such networks and shows what else helps.

# %% [markdown]
# ### Slopes and weights
#
# Every step back is a product of two things: the slope of the activation and the weights. The picture
# has kept the weights nearly fixed. Now change them. Once more the sigmoid, with weights up to twelve
# times as large; and then a network with *no* activation, in which every slope is 1.

# %% tags=["skip-execution"]
for scale in (1, 4, 8, 10, 12):
    share = gradient_per_layer(keras.activations.sigmoid, weight_scale=scale)[0]
    print(f"sigmoid, weights times {scale:<4} layer 1 gets {share:.1e}")
for scale in (0.5, 1, 2):
    share = gradient_per_layer(lambda x: x, weight_scale=scale)[0]
    print(
        f"linear,  weights times {scale:<4} layer 1 gets {share:.1e}; {scale}^19 is {scale**19:.1e}"
    )

# %% [markdown]
# Weights ten times as large undo the sigmoid's small slopes in this network, and with twelve the gradient
# already grows on its way. In the linear network no slope is below 1, and yet half-size weights leave
# about two millionths of the gradient: a half for each of nineteen layers. With double weights it
# *explodes* instead.
#
# So small slopes are one way to a vanishing gradient, and small weights are another. What counts is the
# product of both. That is why an activation function and the rule by which weights are drawn are chosen
# together.

# %% [markdown]
# ## Reading slopes
#
# When a network does not learn, a plot of slopes can show why. Reading such plots takes some practice.
# Here are the slopes of six functions you have met, with their names taken away.

# %% tags=["skip-execution"]
curves = np.genfromtxt("slopes.csv", delimiter=",", names=True)
figure, axes = plt.subplots(2, 3, figsize=(9, 5), sharex=True, sharey=True, layout="constrained")
for ax, letter in zip(axes.flat, "ABCDEF", strict=True):
    ax.plot(curves["x"], curves[letter], ".", markersize=3)  # points, so that a jump stays a jump
    ax.set_title(letter)
    ax.grid(alpha=0.4)
axes[0, 0].set(xticks=range(-4, 5, 2), yticks=np.linspace(0, 1, 5), ylim=(-0.05, 1.05))
for ax in axes[1]:
    ax.set_xlabel("$x$")
for ax in axes[:, 0]:
    ax.set_ylabel("slope")
plt.show()

print("     x" + "".join(f"{letter:>8}" for letter in "ABCDEF"))
for row in curves[[0, 40, 60, 79, 80, 99, 119, 159]]:
    print(f"{row['x']:6.2f}" + "".join(f"{row[letter]:8.2f}" for letter in "ABCDEF"))

# %% [markdown]
# The figure has six panels, A to F, with $x$ from −4 to 4 and the slope from 0 to 1. The table below it
# says the same in numbers: the slope of each curve at eight places, two of them just left and just
# right of 0.

# %% [markdown]
# ### Exercise: `read_slopes()` (1 point)
#
# Say which function each curve is the slope of.
#
# * takes no arguments
# * returns a dict with the keys `"A"` to `"F"`; each value is one of the words `"sigmoid"`, `"tanh"`,
#   `"relu"`, `"leaky_relu"`, `"elu"`, `"softplus"`, and each word stands once
# * leaky ReLU has slope 0.2 on the left here, and ELU has $a = 1$
#
# What you see below checks the form only: the letters and the words. Whether the words are right is
# checked when your work is graded.
#
# **Expected** a dict of the form `{"A": "...", "B": "...", "C": "...", "D": "...", "E": "...",
# "F": "..."}`.
#
# <details><summary>Hint 1: the idea</summary>
#
# A curve here is a *slope*. Ask of each: where is it 0, or close to it? There the function is flat.
# Where is it constant? There the function is a straight line.
# </details>
# <details><summary>Hint 2: what to measure</summary>
#
# Two more questions tell the curves apart. Is there a jump? Then the function has a corner. What is the
# largest value, and where? The gallery above shows every function with its slope, dashed.
# </details>
# <details><summary>Hint 3: a curve that is not among them, read aloud</summary>
#
# "It is largest at 0, where it is 1, and falls on both sides alike: so the function is steepest in the
# middle and flattens both ways. It has no jump, but a sharp peak. It goes to 0 slowly: at 4 there is
# still 0.04 left, which is $1/25$." That is the slope of softsign, $1 / (1 + |x|)^2$.
# </details>


# %% nbgrader={"grade": false, "grade_id": "read_slopes", "locked": false, "schema_version": 3, "solution": true, "task": false}
def read_slopes():
    """Which function each of the curves A to F is the slope of: a dict from letter to word."""
    ### BEGIN SOLUTION
    return {
        "A": "softplus",
        "B": "elu",
        "C": "leaky_relu",
        "D": "tanh",
        "E": "relu",
        "F": "sigmoid",
    }
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_read_slopes", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
checks.run("read_slopes")

# %% [markdown]
# ## Check your understanding
#
# Commit to an answer; then the explanations appear.
#
# **Question 1.** Layers without activations

# %% tags=["skip-execution"]
widgets.commit_box(
    "A colleague replaces every ReLU of a ten-layer network by no activation at all. What can the "
    "network still learn?",
    {
        "The same, only more slowly": "Without activations the ten kernels multiply to one. What "
        "cannot be said with a single linear layer cannot be learnt, however long it trains.",
        "Only what one linear layer can": "You saw it at the beginning: two layers without an "
        "activation, (x W₁ + b₁) W₂ + b₂, are one linear layer.",
        "Nothing, because the gradients vanish": "A linear layer has slope 1 everywhere, so the "
        "slopes take nothing away. Small weights could make the gradients vanish, but nothing here says "
        "that the weights are small. The limit lies elsewhere: in what such a network can compute at all.",
    },
    "Only what one linear layer can",
)

# %% [markdown]
# **Question 2.** The largest logit

# %% tags=["skip-execution"]
widgets.commit_box(
    "Why does softmax subtract the largest logit first?",
    {
        "So that the probabilities sum to 1": "The division by the sum does that, with or without "
        "the subtraction.",
        "So that the largest probability is exactly 1": "The largest power becomes e⁰ = 1; the "
        "probability is that power divided by the sum.",
        "So that no exponential overflows; the result does not change": "The constant cancels in "
        "the fraction, and no exponent is positive any more.",
    },
    "So that no exponential overflows; the result does not change",
)

# %% [markdown]
# **Question 3.** A silent unit

# %% tags=["skip-execution"]
widgets.commit_box(
    "The input of a hidden ReLU unit is negative for every example of the training set. What does the "
    "next step of training do to its incoming weights?",
    {
        "They stay as they are": "On its way to these weights the error is multiplied by the "
        "slope of the unit, which is 0 for every example. So their gradient is 0. The unit is dead.",
        "They grow until the unit is active again": "Growth would need a gradient, and the gradient "
        "is 0. Leaky ReLU was made for this case.",
        "They shrink to 0": "Without weight decay nothing moves a weight whose gradient is 0.",
    },
    "They stay as they are",
)

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
# * Sigmoid and tanh saturate: their slope goes to 0, and products of many small slopes vanish. ReLU has
#   slope 1 on the right and can die on the left; leaky ReLU, ELU and SELU keep a slope there.
# * A gradient is a product of slopes *and* weights. Large weights can undo small slopes; small weights
#   make the gradient of even a linear network vanish.
# * Call `exp` only with arguments that are not positive, and overflow cannot happen.
# * Central differences check any derivative with two calls.
#
# ## Where to go next
#
# Lesson 02 puts the slopes together: gradient descent, and back-propagation through two layers by hand.
# Lesson 08 returns to vanishing gradients in networks of twenty layers. Lesson 12 uses
# `tf.GradientTape` to write a training loop.
#
# Go on with [02 · How a network learns](../02_gradient_descent/02_gradient_descent.ipynb)
