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
# # 02 · How a network learns
#
# **You will be able to**
#
# * take a step of gradient descent, with and without momentum, and choose a learning rate from a loss curve
# * say what the size of a batch changes, and why the loss of small batches is noisy
# * send an error backwards through two layers by hand: back-propagation
# * build a network of dense layers in NumPy, check its gradients, and train it on handwritten digits
# * see in a plane what width, depth and the activation let a network draw
#
# **Before you start** You need lesson 01: the derivatives of the activation functions, and
# `numerical_gradient`. From school you need the chain rule and the product of two matrices.
#
# **Running time** about 1.5 minutes on two cores with the sample data; reading about 55 minutes, exercises about 65.

# %%
from helpers import checks, data, plots, widgets  # first, so that TensorFlow starts quietly

import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import tensorflow as tf

# %% [markdown]
# ## Predict
#
# Commit to an answer before you read on.

# %% tags=["skip-execution"]
widgets.commit_box(
    "A network is trained with learning rate 0.01, and its loss falls slowly but steadily. "
    "You make the rate ten times as large. What can happen?",
    {
        "The loss falls ten times as fast": "It may, as long as the steps stay small beside the "
        "curve of the loss. There is no guarantee, and no rate for which it goes on forever.",
        "The loss grows without end": "It may, where the steps are so long that each one lands "
        "higher up on the other side.",
        "Either of these, or something in between": "That depends on how strongly the loss curves. "
        "In this lesson you will see all of it, and a number that says where the limit is.",
    },
    answer="Either of these, or something in between",
)

# %% [markdown]
# ## A loss with one weight
#
# Training means: change the weights so that the loss gets smaller. Begin with the smallest case
# there is. Five points lie near a line through the origin, and the model $\hat y = w x$ has one
# weight. Its loss is the mean squared error, and that is a function of $w$:
#
# $$L(w) = \frac{1}{n} \sum_i (w x_i - y_i)^2, \qquad
# L'(w) = \frac{2}{n} \sum_i (w x_i - y_i)\, x_i.$$

# %% tags=["skip-execution"]
x_line = np.array([0.5, 1.0, 1.5, 2.0, 2.5])
y_line = np.array([0.9, 2.2, 2.8, 4.1, 4.9])


def line_loss(w):
    return np.mean((w * x_line - y_line) ** 2)


def line_slope(w):
    return np.mean(2 * (w * x_line - y_line) * x_line)


figure, axes = plt.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
grid = np.linspace(-0.5, 4.5, 201)
axes[0].plot(x_line, y_line, "o", label="data")
axes[1].plot(grid, [line_loss(w) for w in grid], color="black")
for w, style in ((0.5, ":"), (2.0, "-"), (3.2, "--")):
    axes[0].plot([0, 3], [0, 3 * w], style, label=f"w = {w}")
    axes[1].plot(w, line_loss(w), "o")
    words, place = f"slope {line_slope(w):.1f}", (w, line_loss(w))
    axes[1].annotate(words, place, (8, 6), textcoords="offset points")
axes[0].set(xlabel="$x$", ylabel="$y$", title="Three lines")
axes[1].set(xlabel="$w$", ylabel="loss", title="Their losses, on a parabola")
axes[0].legend()
plt.show()

# %% [markdown]
# The loss of this model is a parabola. Left of its lowest point the slope is negative, and $w$ should
# grow. Right of it the slope is positive, and $w$ should shrink. So take a step *against* the slope:
#
# $$w \leftarrow w - r \, L'(w).$$
#
# The number $r$ is the **learning rate**. Far from the lowest point the slope is steep and the step
# is long; near it the steps get short by themselves. Do this again and again, and you have
# **gradient descent**.
#
# A network has not one weight but arrays of them. The gradient of the loss with respect to an array
# has the shape of the array, and each element takes its own step, all at the same time.

# %% [markdown]
# ### Exercise: `gd_step(params, gradients, learning_rate)` (1 point)
#
# Take one step of gradient descent.
#
# * `params`: a dict from names to arrays, such as `{"W1": ..., "b1": ...}`
# * `gradients`: a dict with the same keys; each array has the shape of its parameter
# * `learning_rate`: a number
# * returns a **new** dict with the same keys; `params` and its arrays stay as they are
#
# **Expected** `gd_step({"w": np.array([1.0, 2.0])}, {"w": np.array([10.0, -10.0])}, 0.1)` gives
# `{"w": array([0., 3.])}`.
#
# <details><summary>Hint 1: the idea</summary>
#
# The same formula for each key. Whatever the number of parameters, each goes against its own gradient.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# A dict comprehension builds a new dict: `{key: ... for key in params}`. Beware of `-=`. On an array
# it changes the array in place, and that array is still the caller's.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# Doubling every array of a dict, without touching the old ones:
# `{key: 2 * value for key, value in params.items()}`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "gd_step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gd_step(params, gradients, learning_rate):
    """One step of gradient descent: dicts of arrays with the same keys; a new dict."""
    ### BEGIN SOLUTION
    return {key: params[key] - learning_rate * gradients[key] for key in params}
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_gd_step", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
checks.run("gd_step")

# %% [markdown]
# Ten steps on the parabola, with three rates:

# %% tags=["skip-execution"]
curvature = np.mean(2 * x_line**2)
print(f"the parabola's curvature is {curvature:.2f}, so the limit is {2 / curvature:.3f}")
figure, axes = plt.subplots(1, 3, figsize=(9.5, 3), layout="constrained", sharey=True)
for ax, rate in zip(axes, (0.02, 0.15, 0.38), strict=True):
    w = {"w": np.array(0.0)}
    path = [0.0]
    for _ in range(10):
        w = gd_step(w, {"w": line_slope(w["w"])}, rate)
        path.append(float(w["w"]))
    ax.plot(grid, [line_loss(v) for v in grid], color="grey")
    ax.plot(path, [line_loss(v) for v in path], "o-", markersize=4)
    ax.set(title=f"rate {rate}", xlabel="$w$", xlim=(-0.5, 4.5), ylim=(-0.5, 20))
    print(f"rate {rate}: the loss after 10 steps is {line_loss(path[-1]):.3f}")
axes[0].set_ylabel("loss")
plt.show()

# %% [markdown]
# With 0.02 the point creeps. With 0.15 it is there after a few steps. With 0.38 every step jumps over
# the lowest point and lands higher up on the other side: the loss grows.
#
# Where is the limit? For a parabola it can be computed. One step multiplies the distance from the
# lowest point by $1 - r c$, where $c$ is the **curvature**, the second derivative of the loss.
# The distance shrinks only if $\lvert 1 - r c \rvert < 1$, and that means
#
# $$r < \frac{2}{c}.$$
#
# The cell above prints this limit. Strong curvature asks for small steps.

# %% [markdown]
# ## Two weights: a surface
#
# With two weights the loss is a surface, and its gradient is an arrow that points uphill. Here is a
# long valley. Its curvature is 1 along the valley and 12 across it.


# %% tags=["skip-execution"]
def valley(w1, w2):
    return 0.5 * (w1**2 + 12 * w2**2)


def valley_gradient(w):
    return np.array([w[0], 12 * w[1]])


def walk(start, rate, n_steps):
    path = [np.array(start)]
    for _ in range(n_steps):
        path.append(path[-1] - rate * valley_gradient(path[-1]))
    return np.array(path)


start = [-4.0, 1.0]
paths = {f"rate {rate}": walk(start, rate, 30) for rate in (0.01, 0.08, 0.16, 0.17)}
plots.descent(valley, paths, limits=(-4.5, 1.5, -1.6, 1.6))
for name, path in paths.items():
    print(f"{name}: the loss after 30 steps is {valley(*path[-1]):.3g}")
plt.show()

# %% [markdown]
# One learning rate must serve both directions. The steep direction sets the limit, 2/12 ≈ 0.167: with
# 0.16 the path zigzags across the valley, and with 0.17 it climbs out. Along the flat direction even the
# largest allowed rate makes slow progress. The ratio of the two curvatures is
# called the **condition number**. For real networks it is in the thousands, and that is the reason
# for standardised inputs, for momentum, and for optimizers such as Adam.
#
# Try it. Find the rate that brings the loss down fastest, then look how close to the limit it is.
# Leave the momentum at 0 for now.

# %% tags=["skip-execution"]
widgets.descent_explorer()

# %% [markdown]
# ### Exercise: `repair_descent(gradient, start, learning_rate, n_steps)` (2 points)
#
# The function below should walk down a surface and note where it has been. It runs, and it is wrong.
# Somebody who used it on the valley reports: *the path has the right length, but the loss gets larger
# from step to step, all rows of the result look the same, and my start vector is not what it was.*
# Mend it.
#
# * `gradient`: a function from a point (d,) to the gradient there (d,)
# * `start`: (d,), floats or integers; it stays as it is
# * `learning_rate`: a number; `n_steps`: how many steps
# * returns the path, an array (n_steps + 1, d), with the start first
#
# **Expected** with `gradient = lambda w: w`, `start = np.array([4.0, 8.0])`, `learning_rate = 0.5` and
# `n_steps = 2` the path is `[[4, 8], [2, 4], [1, 2]]`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Each of the three complaints has a cause of its own. Run two steps by hand on paper, and compare line
# by line with what the function does.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `path.append(point)` does not copy. If `point` is changed in place later, every entry of the list
# changes with it, since all of them are the same array. `point.copy()` and `point = point - ...` make
# new arrays.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# The powers of 2, all kept: `values = [1.0]`, then in a loop `values.append(2 * values[-1])`. Nothing that
# is in the list is changed any more.
# </details>


# %% nbgrader={"grade": false, "grade_id": "repair_descent", "locked": false, "schema_version": 3, "solution": true, "task": false}
def repair_descent(gradient, start, learning_rate, n_steps):
    """Path of gradient descent from start (d,): array (n_steps + 1, d), start first."""
    ### BEGIN SOLUTION
    path = [np.array(start, dtype=float)]
    for _ in range(n_steps):
        path.append(path[-1] - learning_rate * np.asarray(gradient(path[-1])))
    return np.array(path)
    ### HANDED OUT INSTEAD
    # point = start
    # path = [point]
    # for _ in range(n_steps):
    #     point += learning_rate * gradient(point)
    #     path.append(point)
    # return np.array(path)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_repair_descent", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("repair_descent")

# %% [markdown]
# ### Reading a loss curve
#
# The surface of a real network cannot be drawn. What one sees is the loss, step by step. One layer was trained
# on handwritten digits, five times, from the same weights and with the same batches. Only the learning rate differs. The largest curvature of this loss is 77.

# %% tags=["skip-execution"]
rates = pd.read_csv("rates.csv", index_col="step")
figure, axes = plt.subplots(1, 5, figsize=(13, 2.9), layout="constrained", sharey=True)
for ax, letter in zip(axes, rates, strict=True):
    ax.semilogy(rates[letter], color="black", linewidth=1)
    ax.set(title=letter, xlabel="step", ylim=(0.03, 3))
    ax.grid(alpha=0.3)
axes[0].set_ylabel("loss on all images")
print(rates.iloc[[0, 10, 30, 60]].to_string())
plt.show()

# %% [markdown]
# ### Exercise: `read_rates()` (1 point)
#
# Say of each curve what its learning rate is.
#
# * returns a dict from each of the letters A to E to one of four words; a word may be right for several
#   curves, and none need be
#
# | word | what one sees |
# |---|---|
# | `too low` | the loss falls steadily, and is still far from the best of the five at the end |
# | `good` | it falls quickly, and stays near the lowest value of all |
# | `too high` | it falls at first, then jumps up and down, and gets no lower |
# | `diverges` | it grows without end |
#
# **Expected** a dict such as `{"A": "good", "B": "good", "C": "good", "D": "good", "E": "good"}`, only right.
# The check in this notebook looks at the form. Which words are right, the grader knows.
#
# <details><summary>Hint 1: the idea</summary>
#
# Look at the end of each curve first: where is it, and does it still move? Then look at how it got there.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# The table below the figure has numbers at four steps. Compare the last row with the lowest number in it.
# The axis is logarithmic: the same distance is the same factor.
# </details>


# %% nbgrader={"grade": false, "grade_id": "read_rates", "locked": false, "schema_version": 3, "solution": true, "task": false}
def read_rates():
    """What the learning rate of each loss curve A to E is: too low, good, too high, or diverges."""
    ### BEGIN SOLUTION
    return dict(zip("ABCDE", ("too low", "too high", "good", "diverges", "too low"), strict=True))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_read_rates", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
checks.run("read_rates")

# %% [markdown]
# ## The whole batch, or a part of it
#
# The gradient of a mean over 8,000 images takes 8,000 images to compute. But a mean over 32 of them, drawn at
# random, is about the same, and 250 times cheaper. So instead of one exact step one takes 250 rough
# ones. This is **stochastic gradient descent**. The part is called a **mini-batch**, and a pass over all
# of the data is an **epoch**.
#
# How rough is rough? Here is the slope of the line's loss from above, at $w = 1$, with 2,000 points this time,
# estimated from batches of several sizes.

# %% tags=["skip-execution"]
rng = np.random.default_rng(0)
x_many = rng.uniform(0, 3, 2000)
y_many = 2 * x_many + rng.normal(0, 0.5, 2000)
slopes = 2 * (1.0 * x_many - y_many) * x_many  # of each example by itself

figure, ax = plt.subplots(figsize=(7, 3.2), layout="constrained")
for size, style in ((1, ":"), (10, "--"), (100, "-")):
    estimates = [rng.choice(slopes, size).mean() for _ in range(2000)]
    ax.hist(estimates, 60, (-16, 2), histtype="step", linestyle=style, label=f"batches of {size}")
    mean, spread = np.mean(estimates), np.std(estimates)
    print(f"batches of {size:3}: slope {mean:.2f}, give or take {spread:.2f}")
ax.axvline(slopes.mean(), color="black", linewidth=1, label="all 2,000")
ax.set(xlabel="slope at w = 1", ylabel="how often, of 2,000")
ax.legend()
plt.show()

# %% [markdown]
# All three are right on average. What differs is the spread: a hundred times as many examples make it ten times as
# small. That is the square root law of every mean. Towards the end of a training, when the slopes are small, the noise
# begins to matter, and one lowers the learning rate (lesson 10).
#
# One rule must be kept: each epoch uses every example once, and in a new order. Data often come sorted. Ten batches of
# nothing but zeros, then ten of nothing but ones, would pull the weights to and fro.

# %% [markdown]
# ### Exercise: `minibatches(n_examples, batch_size, rng)` (1 point)
#
# Deal the numbers 0 to `n_examples` − 1 out into mini-batches, in random order.
#
# * `n_examples`, `batch_size`: integers of at least 1
# * `rng`: a NumPy generator, the only source of randomness
# * returns a list of integer arrays: every number once, each array of length `batch_size`, but the last may be
#   shorter
#
# **Expected** `[len(b) for b in minibatches(10, 4, np.random.default_rng(0))]` gives `[4, 4, 2]`, and all
# numbers from 0 to 9 are there once.
#
# <details><summary>Hint 1: the idea</summary>
#
# Shuffle once, then cut.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `rng.permutation(n)` gives the numbers below n in random order. `range(0, n, step)` gives where each piece
# begins, and a slice that ends beyond the array is simply shorter.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# A word in pieces of three letters: `[word[i : i + 3] for i in range(0, len(word), 3)]`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "minibatches", "locked": false, "schema_version": 3, "solution": true, "task": false}
def minibatches(n_examples, batch_size, rng):
    """Integer index arrays that hold every example once, in an order drawn from rng."""
    ### BEGIN SOLUTION
    order = rng.permutation(n_examples)
    return [order[i : i + batch_size] for i in range(0, n_examples, batch_size)]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_minibatches", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
checks.run("minibatches")

# %% [markdown]
# ## Momentum
#
# In the long valley the steps across change their sign each time. The steps along all point the same way. So add up the past steps, a little less of them each time: what goes to
# and fro cancels, and what goes on in one direction grows. Each parameter gets a **velocity** $v$:
#
# $$v \leftarrow m\,v - r\,g, \qquad p \leftarrow p + v.$$
#
# The **momentum** $m$ is mostly 0.9. With a constant gradient the velocity grows until $v = -r g / (1 - m)$, ten
# times a plain step. This is the form of Keras's `SGD(momentum=0.9)`, without Nesterov's variant.

# %% [markdown]
# ### Exercise: `momentum_step(params, gradients, velocities, learning_rate, momentum=0.9)` (2 points)
#
# Take one step with momentum.
#
# * `params`, `gradients`, `velocities`: dicts of arrays with the same keys and shapes
# * `learning_rate`, `momentum`: numbers
# * returns `(params, velocities)`, two **new** dicts; the arguments stay as they are
#
# **Expected** with `params = {"w": np.array([1.0])}`, `gradients = {"w": np.array([2.0])}`,
# `velocities = {"w": np.array([0.5])}` and rate 0.1 the result is `({"w": [1.25]}, {"w": [0.25]})`.
#
# <details><summary>Hint 1: the idea</summary>
#
# The new velocities first, for all keys. The new parameters need them.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# Two dict comprehensions, one after the other. Return both: `return a, b` makes a tuple.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# A running total with interest: `totals = {k: 1.05 * totals[k] + paid[k] for k in totals}`, then
# `left = {k: goal[k] - totals[k] for k in goal}`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "momentum_step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def momentum_step(params, gradients, velocities, learning_rate, momentum=0.9):
    """One step of SGD with momentum: dicts of arrays; returns new (params, velocities)."""
    ### BEGIN SOLUTION
    velocities = {
        key: momentum * velocities[key] - learning_rate * gradients[key] for key in params
    }
    return {key: params[key] + velocities[key] for key in params}, velocities
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_momentum_step", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("momentum_step")

# %% tags=["skip-execution"]
paths = {}
for momentum in (0.0, 0.5, 0.9):
    p, v = {"w": np.array(start)}, {"w": np.zeros(2)}
    path = [p["w"]]
    for _ in range(40):
        p, v = momentum_step(p, {"w": valley_gradient(p["w"])}, v, 0.03, momentum)
        path.append(p["w"])
    paths[f"momentum {momentum}"] = np.array(path)
    print(f"momentum {momentum}: the loss after 40 steps is {valley(*path[-1]):.2g}")
plots.descent(valley, paths, limits=(-4.5, 2.5, -1.6, 1.6))
plt.show()

# %% [markdown]
# Now go back to the explorer above, and give it momentum. Which pair of rate and momentum brings the loss
# down fastest? Too much momentum swings past the goal and back.

# %% [markdown]
# ## Back-propagation through two layers
#
# For a network the gradient must be computed. Here is a small one with one hidden layer, for $n$ examples with $d$ features, $h$ hidden units and $k$ outputs:
#
# $$a = x W_1 + b_1, \qquad s = \sigma(a), \qquad \hat y = s W_2 + b_2, \qquad
# L = \frac{1}{n k} \sum_{i,j} (\hat y_{ij} - y_{ij})^2.$$
#
# Start at the end and walk back. Each line uses the one before. Write $\partial_z$ for the gradient of $L$ with respect to $z$: it has the shape of $z$, and
# that tells you where a transpose must go.
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
# That is the whole of back-propagation. Step 4 multiplies with the weights and step 5 with the slopes of the
# activation: the product of both, layer after layer, is what vanished or exploded in lesson 01.

# %% [markdown]
# ### Exercise: `mlp_gradients(params, x, y)` (4 points)
#
# Write the forward pass and the six steps.
#
# * `params`: a dict with the arrays `W1` (d, h), `b1` (h,), `W2` (h, k), `b2` (k,); leave it unchanged
# * `x`: (n, d); `y`: (n, k)
# * returns a dict of gradients with the same keys, each in the shape of its parameter
# * the sigmoid may be written in the plain way here: $1 / (1 + e^{-a})$
#
# **Expected** With all parameters zero, `x = [[1.0]]` and `y = [[1.0]]`, the gradients are
# `W1 = [[0]]`, `b1 = [0]`, `W2 = [[-1]]` and `b2 = [-2]`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Compute `a`, `s` and the prediction first, and keep them: the way back needs them again. The slope of the
# sigmoid is $s\,(1 - s)$.
# </details>
# <details><summary>Hint 2: the usual slips</summary>
#
# The mean runs over all `n * k` elements: divide by `y.size`, not by `len(y)`. Steps 1 and 5 multiply
# element by element (`*`), the others are matrix products (`@`). Bias gradients are sums over `axis=0`.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# For one layer without an activation, $\hat y = x W$, steps 1 and 2 are all there is:
# `d_output = 2 * (x @ W - y) / y.size`, and the gradient with respect to `W` is `x.T @ d_output`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "mlp_gradients", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mlp_gradients(params, x, y):
    """Gradients of the mean squared error of a network with one sigmoid layer, by back-propagation.

    params: dict W1 (d, h), b1 (h,), W2 (h, k), b2 (k,); x: (n, d); y: (n, k).
    Returns a dict with the same keys and shapes.
    """
    ### BEGIN SOLUTION
    s = 1 / (1 + np.exp(-(x @ params["W1"] + params["b1"])))
    y_hat = s @ params["W2"] + params["b2"]
    d_y_hat = 2 * (y_hat - y) / y.size
    d_a = (d_y_hat @ params["W2"].T) * s * (1 - s)
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
# Here your two functions fit one period of a sine with 12 hidden units. No Keras involved.

# %% tags=["skip-execution"]
rng = np.random.default_rng(0)
x_sine = np.linspace(-1, 1, 100).reshape(-1, 1)
y_sine = np.sin(np.pi * x_sine)
params = {"W1": rng.normal(scale=5, size=(1, 12)), "b1": rng.normal(scale=3, size=12)}
params |= {"W2": rng.normal(scale=0.1, size=(12, 1)), "b2": np.zeros(1)}


def predict_sine(params, x):
    return 1 / (1 + np.exp(-(x @ params["W1"] + params["b1"]))) @ params["W2"] + params["b2"]


figure, axes = plt.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
axes[0].plot(x_sine, predict_sine(params, x_sine), ":", label="before training")
losses = []
for _ in range(5000):
    params = gd_step(params, mlp_gradients(params, x_sine, y_sine), 0.2)
    losses.append(np.mean((predict_sine(params, x_sine) - y_sine) ** 2))
axes[0].plot(x_sine, y_sine, "-", label="sine")
axes[0].plot(x_sine, predict_sine(params, x_sine), "--", label="after 5,000 steps")
axes[0].set(xlabel="$x$", ylabel="$y$", title="The network's output")
axes[0].legend()
axes[1].semilogy(losses)
axes[1].set(xlabel="step", ylabel="mean squared error", title="Its loss")
print(f"loss after 1 step {losses[0]:.3f}, after 5,000 steps {losses[-1]:.5f}")
plt.show()

# %% [markdown]
# ## The loss of a classifier
#
# A classifier with $k$ classes ends in $k$ numbers for each example, the **logits** $z$. Softmax (lesson 01) turns
# them into probabilities $p$. The loss of one example is $-\ln p_t$, where $t$ is its true class: 0 when the
# network is sure and right, large when it is sure and wrong. This is **cross-entropy**, and the loss of a batch is the
# mean.
#
# Two things make it pleasant. First, it can be computed from the logits without ever taking the logarithm of a
# tiny number:
#
# $$-\ln p_t = \ln \sum_j e^{z_j} - z_t = \ln \sum_j e^{z_j - m} - (z_t - m), \qquad m = \max_j z_j.$$
#
# Second, softmax and logarithm undo each other on the way back. What is left is "what it said minus what it
# should have said":
#
# $$\partial_z = \frac{1}{n}\,(p - \text{one-hot}(t)).$$

# %% [markdown]
# ### Exercise: `softmax_cross_entropy(logits, labels)` (2 points)
#
# Write the loss and its gradient, in one function, since they share most of the work.
#
# * `logits`: (n, k), floats; right for logits of ±1000, too
# * `labels`: (n,), integers from 0 to k − 1
# * returns `(loss, gradient)`: the mean cross-entropy, a number, and its gradient with respect to the logits,
#   (n, k); the arguments stay as they are
#
# **Expected** `softmax_cross_entropy(np.zeros((1, 4)), np.array([2]))` gives the loss `1.3862944` and the gradient
# `[[0.25, 0.25, -0.75, 0.25]]`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Subtract the largest logit of each row first. From the shifted logits come the logarithm of the sum, the
# log-probabilities, and by `np.exp` of these the probabilities.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `table[np.arange(n), columns]` picks one element of each row, and can be assigned to as well.
# `keepdims=True` keeps a row's maximum or sum as a column, so that it can be subtracted.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# The mean of the squared element in each row's column, and its gradient: `picked = z[np.arange(n), t]`, the loss
# `np.mean(picked**2)`; then `g = np.zeros_like(z)`, `g[np.arange(n), t] = 2 * picked / n`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "softmax_cross_entropy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def softmax_cross_entropy(logits, labels):
    """Mean cross-entropy of logits (n, k) for integer labels (n,), and its gradient (n, k)."""
    ### BEGIN SOLUTION
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    rows = np.arange(len(labels))
    gradient = np.exp(log_p)
    gradient[rows, labels] -= 1
    return -log_p[rows, labels].mean(), gradient / len(labels)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_softmax_cross_entropy", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("softmax_cross_entropy")

# %% [markdown]
# ## A layer that knows its own way back
#
# Back-propagation through two layers took six lines. Through twenty it would take sixty, all alike. So give each
# kind of layer two methods. `forward` computes the output, and keeps what the way back will need. `backward` is
# handed the gradient with respect to the output, keeps the gradients of its own weights, and returns the gradient with
# respect to its input. The next layer down takes it from there.
#
# For a dense layer $y = x K + b$ these are steps 2, 3 and 4 of the table. Its kernel begins with random numbers of
# standard deviation $\sqrt{2 / n_\text{in}}$: that is He's rule, and keeps signals from fading in networks with ReLU.

# %% [markdown]
# ### Exercise: `class Dense(n_in, n_out, rng)` (3 points)
#
# Write a dense layer by hand, without Keras.
#
# * `Dense(n_in, n_out, rng)` has `kernel` (n_in, n_out), normal with mean 0 and standard deviation √(2 / n_in), drawn from
#   the generator `rng`, and `bias` (n_out,), zeros
# * `forward(x)`: (n, n_in) → (n, n_out)
# * `backward(upstream)`: the gradient of the loss with respect to the output (n, n_out) → that with respect to the input of the last
#   `forward` (n, n_in); sets `kernel_gradient` and `bias_gradient`, sums over the batch, in the shapes of kernel and
#   bias
#
# **Expected** with `kernel = [[2.0]]` and `bias = [1.0]`, `forward([[3.0]])` gives `[[7]]`; then `backward([[10.0]])` gives
# `[[20]]`, and `kernel_gradient` is `[[30]]`, `bias_gradient` `[10]`.
#
# <details><summary>Hint 1: the idea</summary>
#
# `backward` needs the input again, so `forward` keeps it: `self.x = x`. The three gradients are three lines of the
# table above.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# Shapes decide which product it is. `kernel_gradient` is (n_in, n_out), made of (n, n_in) and (n, n_out): only one
# transpose fits. The bias was added to every example, so its gradient is a sum over them.
# `rng.normal(mean, deviation, shape)` draws the numbers.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# A layer that multiplies each feature by a number: in `forward`, `self.x = x` and `return x * self.scale`. In `backward`,
# `self.scale_gradient = (upstream * self.x).sum(axis=0)` and `return upstream * self.scale`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "Dense", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Dense:
    """A dense layer by hand: kernel (n_in, n_out), bias (n_out,), forward and backward."""

    def __init__(self, n_in, n_out, rng):
        ### BEGIN SOLUTION
        self.kernel = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.bias = np.zeros(n_out)

    def forward(self, x):
        self.x = np.asarray(x)
        return self.x @ self.kernel + self.bias

    def backward(self, upstream):
        upstream = np.asarray(upstream)
        self.kernel_gradient = self.x.T @ upstream
        self.bias_gradient = upstream.sum(axis=0)
        return upstream @ self.kernel.T
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_Dense", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
checks.run("Dense")

# %% [markdown]
# ## A network in NumPy
#
# Two more small pieces, and there is a network of any depth: ReLU as a layer, and a class that calls its layers in
# order, forwards and backwards.


# %% tags=["skip-execution"]
class ReLU:
    def forward(self, x):
        self.is_on = x > 0
        return x * self.is_on

    def backward(self, upstream):
        return upstream * self.is_on


class Network:
    """Dense layers of these sizes, with ReLU between them."""

    def __init__(self, sizes, rng):
        self.layers = []
        for i in range(len(sizes) - 1):
            self.layers += [Dense(sizes[i], sizes[i + 1], rng), ReLU()]
        self.layers.pop()  # the last layer gives logits

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def loss_and_backward(self, x, labels):
        loss, gradient = softmax_cross_entropy(self.forward(x), labels)
        for layer in reversed(self.layers):
            gradient = layer.backward(gradient)
        return loss

    def step(self, learning_rate):
        for layer in self.layers[::2]:
            layer.kernel = layer.kernel - learning_rate * layer.kernel_gradient
            layer.bias = layer.bias - learning_rate * layer.bias_gradient


def train(network, x, labels, epochs, batch_size, learning_rate, rng):
    """The mean loss of each epoch."""
    means = []
    for _ in range(epochs):
        losses = []
        for batch in minibatches(len(x), batch_size, rng):
            losses.append(network.loss_and_backward(x[batch], labels[batch]))
            network.step(learning_rate)
        means.append(float(np.mean(losses)))
    return means


def accuracy(network, x, labels):
    return float(np.mean(network.forward(x).argmax(axis=1) == labels))


# %% [markdown]
# Check the gradients first. Central differences take two forward passes for each weight, so check a few of them, in a
# small network.

# %% tags=["skip-execution"]
rng = np.random.default_rng(0)
small = Network([5, 4, 3], rng)
x_small, labels_small = rng.normal(size=(6, 5)), rng.integers(0, 3, 6)
small.loss_and_backward(x_small, labels_small)
for layer in small.layers[::2]:
    i, j = rng.integers(layer.kernel.shape[0]), rng.integers(layer.kernel.shape[1])
    exact, value, losses = layer.kernel_gradient[i, j], layer.kernel[i, j], []
    for nearby in (value + 1e-5, value - 1e-5):
        layer.kernel[i, j] = nearby
        losses.append(softmax_cross_entropy(small.forward(x_small), labels_small)[0])
    layer.kernel[i, j] = value
    by_differences = (losses[0] - losses[1]) / 2e-5
    print(f"kernel[{i}, {j}]: back-propagation {exact:+.8f}, differences {by_differences:+.8f}")

# %% [markdown]
# They agree. Now the real thing: MNIST's handwritten digits, 28 × 28 pixels each, as rows of 784 numbers between 0 and 1.

# %% tags=["skip-execution"]
digits = data.load_mnist()
x_train = (digits.x_train.reshape(-1, 784) / 255).astype("float32")[:8000]
x_test = (digits.x_test.reshape(-1, 784) / 255).astype("float32")[:2000]
y_train, y_test = digits.y_train[:8000].astype(int), digits.y_test[:2000].astype(int)
plots.image_grid(digits.x_train[:20], digits.y_train[:20], n_columns=10)

# %% tags=["skip-execution"]
for seed in range(3):
    rng = np.random.default_rng(seed)
    network = Network([784, 64, 10], rng)
    losses = train(network, x_train, y_train, epochs=5, batch_size=32, learning_rate=0.1, rng=rng)
    shown, right = np.round(losses, 3), accuracy(network, x_test, y_test)
    print(f"seed {seed}: loss by epoch {shown}; accuracy on test images {right:.3f}")

# %% [markdown]
# More than nine of ten digits that it has never seen are right, for each of three seeds, with some sixty lines of NumPy.
#
# ### One line for each rate
#
# Each line is a training of five epochs from the same weights.

# %% tags=["skip-execution"]
curves = {}
for rate in (0.001, 0.01, 0.1, 0.5, 2.0):
    rng = np.random.default_rng(0)
    network = Network([784, 64, 10], rng)
    with np.errstate(over="ignore", invalid="ignore"):
        curves[f"rate {rate}"] = train(network, x_train, y_train, 5, 32, rate, rng)
    last, right = curves[f"rate {rate}"][-1], accuracy(network, x_test, y_test)
    n_off = np.sum(~network.layers[1].is_on.any(axis=0))  # for the test images, which came last
    print(f"rate {rate:5}: loss {last:.3f}, accuracy {right:.3f}, {n_off:2} of 64 units always off")
plots.loss_curves(curves)
plt.xlabel("epoch, from 0")
plt.show()

# %% [markdown]
# 0.001 is too low: five epochs are not enough. 0.1 and 0.5 are good. With 2 the network hardly learns. The last column
# says why: the first steps were so long that most of the hidden units are off for every test image. Such a unit has no
# gradient, and stays off. In practice one tries rates that differ by factors of three or ten, and takes one a little below
# the best: the next data may be steeper.
#
# ### And one line for each batch size
#
# Same network, same rate, two epochs each. How many steps is that, and what do they bring?

# %% tags=["skip-execution"]
for size in (8000, 512, 32):
    rng = np.random.default_rng(0)
    network = Network([784, 64, 10], rng)
    losses = train(network, x_train, y_train, 2, size, 0.1, rng)
    steps, right = 2 * -(-len(x_train) // size), accuracy(network, x_test, y_test)
    print(f"batches of {size:4}: {steps:3} steps, loss {losses[-1]:.3f}, accuracy {right:.3f}")

# %% [markdown]
# Two exact steps bring next to nothing. Five hundred rough ones bring most of what there is to have, and each of them reads 250
# times less data.

# %% [markdown]
# ## The same in five lines of Keras
#
# Give Keras the same starting weights and the same first batch, and compare the first step.

# %% tags=["skip-execution"]
rng = np.random.default_rng(0)
by_hand = Network([784, 64, 10], rng)
batch = minibatches(len(x_train), 32, rng)[0]

layers = [keras.layers.Dense(64, "relu"), keras.layers.Dense(10)]
model = keras.Sequential([keras.Input((784,)), *layers])
model.set_weights([w for layer in by_hand.layers[::2] for w in (layer.kernel, layer.bias)])
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
model.compile(keras.optimizers.SGD(0.1), loss)
loss_of_keras = model.train_on_batch(x_train[batch], y_train[batch])

loss_by_hand = by_hand.loss_and_backward(x_train[batch], y_train[batch])
by_hand.step(0.1)
print(f"first loss: by hand {loss_by_hand:.5f}, Keras {np.ravel(loss_of_keras)[0]:.5f}")
for place, weight in (("first", 0), ("last", 2)):
    ours, theirs = by_hand.layers[weight].kernel, model.get_weights()[weight]
    print(f"{place} kernel after it: largest difference {np.abs(ours - theirs).max():.1e}")

# %% [markdown]
# The same loss to five digits, and after the step the same weights but for rounding: Keras computes in 32 bits.

# %% [markdown]
# ## What a network can draw
#
# With two inputs one can see what a network has learnt. It gives a probability to each point of the plane, and
# the line where that is one half is its **decision boundary**. The first data set is two moons. The second is XOR: two
# opposite quarters of the plane belong together. No straight line divides either.


# %% tags=["skip-execution"]
def moons_and_xor(n=200, seed=0):
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 2, n)
    angle = rng.uniform(0, np.pi, n)
    moons = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    moons[labels == 1] = [1.0, 0.4] - moons[labels == 1]
    moons += rng.normal(0, 0.15, moons.shape)
    corners = rng.uniform(-1, 1, (n, 2))
    return {"moons": (moons, labels), "XOR": (corners, (corners.prod(axis=1) > 0).astype(int))}


figure, axes = plt.subplots(2, 3, figsize=(10, 6), layout="constrained")
for row, (name, (points, labels)) in zip(axes, moons_and_xor().items(), strict=True):
    for ax, sizes in zip(row, ([2, 2], [2, 4, 2], [2, 32, 2]), strict=True):
        rng = np.random.default_rng(0)
        network = Network(sizes, rng)
        train(network, points, labels, 400, 20, 0.1, rng)

        def probability(plane, network=network):
            logits = network.forward(plane)
            return 1 / (1 + np.exp(logits[:, 0] - logits[:, 1]))

        plots.decision_boundary(probability, points, labels, ax)
        hidden = f"{sizes[1]} hidden units" if len(sizes) == 3 else "no hidden layer"
        ax.set_title(f"{name}, {hidden}: {accuracy(network, points, labels):.2f}")
        if ax is not axes[0, 0]:  # one legend says it for all
            ax.get_legend().remove()
plt.show()

# %% [markdown]
# Without a hidden layer the boundary is a straight line, however long the training. With ReLU it is made of straight
# pieces, and each hidden unit can add a bend. Four units have few bends to place, and where they end up depends on
# the start. With 32 there are bends enough.
#
# The explorer trains while you watch. Find the smallest network that gets XOR right. Then give it no activation, and see
# what a deep network without one can draw. Then add the penalty: it pulls the weights towards 0, and makes the boundary
# smoother.

# %% tags=["skip-execution"]
widgets.boundary_explorer()

# %% [markdown]
# ## Check your understanding
#
# Commit first. The explanations appear when you do.
#
# **Question 1.** The learning rate and the curvature

# %% tags=["skip-execution"]
widgets.commit_box(
    "The largest curvature of a loss is 50. Which learning rates can plain gradient descent use on it?",
    {
        "Any below 0.04": "The limit is 2 / curvature = 0.04. Above it, the error along the steepest direction "
        "grows with every step.",
        "Any below 0.02": "1 / curvature is the rate that jumps to the bottom of the steepest direction in one step. "
        "Up to twice that it still gets closer, zigzagging.",
        "Any below 50": "A strong curvature asks for small steps, not large ones.",
    },
    answer="Any below 0.04",
)

# %% [markdown]
# **Question 2.** The noise of small batches

# %% tags=["skip-execution"]
widgets.commit_box(
    "You make the batches four times as large. What happens to the spread of the gradient's estimates?",
    {
        "It becomes a quarter": "That would be so if errors did not partly cancel by chance. They do, and the spread of a "
        "mean falls with the square root of the number of examples.",
        "It becomes half": "The spread of a mean falls with the square root of the number: the square root of 4 is 2.",
        "It stays as it is": "The average of the estimates stays. Their spread does not: more examples, less chance.",
    },
    answer="It becomes half",
)

# %% [markdown]
# **Question 3.** What `backward` returns

# %% tags=["skip-execution"]
widgets.commit_box(
    "Why must `backward` of a layer return the gradient with respect to its input?",
    {
        "Because the input is changed by the step": "Inputs are data, or the output of the layer below. Only weights are "
        "changed.",
        "Because the layer below needs it: it is the gradient with respect to that layer's output": "Each layer can do its part "
        "knowing only this. That is what makes layers exchangeable.",
        "To check it against central differences": "One can, and should. But training needs it in every step.",
    },
    answer="Because the layer below needs it: it is the gradient with respect to that layer's output",
)

# %% [markdown]
# ## Then and now
#
# Older tutorials write some of this differently. Each line was run with TensorFlow 2.21 and Keras 3.
#
# | then | what happens today | now |
# |---|---|---|
# | `tf.placeholder(tf.float32)` | `AttributeError` | `keras.Input`, or a plain function argument |
# | `keras.optimizers.SGD(lr=0.01)` | `ValueError` | `SGD(learning_rate=0.01)` |
# | `tf.train.GradientDescentOptimizer(0.01)` | `AttributeError` | `keras.optimizers.SGD(0.01)` |
# | `optimizer.minimize(loss, variables)` | `AttributeError` | `tf.GradientTape`, then `optimizer.apply(gradients, variables)` |

# %% [markdown]
# ## Summary
#
# * Gradient descent steps against the gradient. The learning rate must stay below 2 / curvature, and the steepest direction
#   decides.
# * Mini-batches give rough gradients, cheaply. Their spread falls with the square root of their size.
# * Momentum adds up past steps: what goes to and fro cancels, what goes on grows.
# * Back-propagation walks from the loss to the weights. Each layer needs only its own input and the gradient from above.
# * The gradient of softmax with cross-entropy is probabilities minus one-hot labels, divided by the batch size.
# * Check gradients by central differences before you train.
#
# ## Where to go next
#
# Lesson 03 builds networks with Keras's Sequential API. Lesson 08 returns to the starting weights and to deep networks,
# lesson 10 lets the learning rate fall during training, and lesson 12 writes the training loop with
# TensorFlow's tape.
#
# Go on with [03 · The Sequential API](../03_sequential/03_sequential.ipynb)
