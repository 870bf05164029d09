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
# # 08 · Deep networks: normalisation and regularisation
#
# **You will be able to**
#
# * say why a deep network learns slowly or not at all, and see it in the gradients of its layers
# * make twenty layers learn: with suitable initial weights, with batch normalisation, with SELU
# * tell from two curves what is wrong with a training
# * hold a network back from learning by heart: dropout, L1 and L2, early stopping, augmentation
# * put together a network of dense layers that reaches nearly 0.90 on Fashion-MNIST's test images
#
# **Before you start** You need back-propagation (lesson 02), initializers and regularizers (lesson 03),
# Fashion-MNIST and its learning curves (lesson 06), and early stopping (lesson 07).
#
# **Running time** about 2 minutes on two cores with the sample data; reading about 60 minutes, exercises about 60.

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
# In lesson 06 a network with two hidden layers recognised about 85 of 100 pictures when it was trained
# on the sample. Now you will give it **twenty** hidden layers of 100 units each. Commit to your answers
# first. You will train these networks below.

# %% tags=["skip-execution"]
widgets.commit_box(
    "Three networks of twenty layers differ in the activation function only. Which of them learns nothing at all?",
    {
        "The one with ReLU": "It has a slow start, and then it learns. ReLU has the slope 1 wherever a unit is on.",
        "The one with the sigmoid": "Its slope is 0.25 at most, and twenty such factors leave nothing of the gradient.",
        "The one with SELU": "It learns from the first epoch on: SELU was designed for deep stacks.",
    },
    answer="The one with the sigmoid",
)

# %% [markdown]
# And one layer that looks like sabotage.

# %% tags=["skip-execution"]
widgets.commit_box(
    "A layer throws away half of its values at random, anew for each picture. Why might a network be better for it?",
    {
        "It has fewer weights, so it trains faster": "All weights stay, and training even takes a few epochs longer.",
        "No unit can rely on one particular other unit": "So each has to be of use by itself, and less is learnt by heart.",
        "The values that are thrown away are mostly noise": "The layer draws them at random. It does not look at them.",
    },
    answer="No unit can rely on one particular other unit",
)

# %% [markdown]
# ## The data
#
# The images, the split and the scaling are those of lesson 06.

# %% tags=["skip-execution"]
fashion = data.load_fashion_mnist()
n_valid = 1008 if fashion.is_sample else 5000
mean, std = (
    fashion.x_train[n_valid:].mean(),
    fashion.x_train[n_valid:].std(),
)  # training images only


def standardised(images):
    """Scale pixels by the mean and the standard deviation of the training images."""
    return ((images - mean) / std).astype("float32")


x_train, y_train = standardised(fashion.x_train[n_valid:]), fashion.y_train[n_valid:]
x_valid, y_valid = standardised(fashion.x_train[:n_valid]), fashion.y_train[:n_valid]
x_test, y_test = standardised(fashion.x_test), fashion.y_test
x_few, y_few = x_train[:8992], y_train[:8992]
print(fashion)
print(f"{len(x_train):,} training, {len(x_valid):,} validation and {len(x_test):,} test images")

# %% [markdown]
# Many networks will be trained, and each of them should take seconds. So all experiments use the first
# 8,992 training images, `x_few`. With the sample, that is all there is. Only the last network, the best
# one, gets every training image.
#
# The tables below give ranges. They come from runs with several seeds, half of them with the sample, half
# with the first 8,992 training images of the full set.

# %% [markdown]
# ## Twenty layers
#
# A deep network is quickly written: the layers come from a loop.

# %% [markdown]
# ### Exercise: `build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0)` (3 points)
#
# Build a deep stack of dense layers. What normalisation and dropout are good for comes later in this
# lesson; here you only put the layers in their places.
#
# * input: images of shape (28, 28), already scaled
# * `n_layers` ≥ 1 hidden `Dense` layers of `width` units, each with a bias, and with the activation
#   function of the name `activation`; any initial weights, and nothing frozen
# * with `batch_norm=True`: a `BatchNormalization` layer with its usual settings **after each hidden
#   layer's activation**, the last one included, and nowhere else
# * with `dropout` > 0: **one** dropout layer of that rate, the last thing before the output layer. It
#   is `AlphaDropout` when the activation is `"selu"`, otherwise `Dropout`
# * output: 10 probabilities
# * returns a new model each time, built, **not compiled**
#
# **Expected** `build_deep(20, 100).count_params()` gives `271410`; with `batch_norm=True` it is
# `279410`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Begin with the input and a layer that makes rows of the images. A loop adds the hidden layers. What comes
# only once stands behind the loop.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `model.add(layer)` adds to a `keras.Sequential`. An `if` inside the loop decides about normalisation. Each
# turn makes layers of its own: a layer that is added twice has its weights once.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# A stack of 1-D convolutions, each followed by a pooling layer where it is asked for:
#
# ```
# model = keras.Sequential([keras.Input((64, 1))])
# for _ in range(n_blocks):
#     model.add(keras.layers.Conv1D(8, 3, padding="same", activation="tanh"))
#     if pooling:
#         model.add(keras.layers.MaxPooling1D(2))
# model.add(keras.layers.GlobalAveragePooling1D())
# ```
# </details>


# %% nbgrader={"grade": false, "grade_id": "build_deep", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    """(28, 28) -> n_layers of width units -> 10 probabilities; built, not compiled."""
    ### BEGIN SOLUTION
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for _ in range(n_layers):
        model.add(keras.layers.Dense(width, activation=activation))
        if batch_norm:
            model.add(keras.layers.BatchNormalization())
    if dropout > 0:
        kind = keras.layers.AlphaDropout if activation == "selu" else keras.layers.Dropout
        model.add(kind(dropout))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_build_deep", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
checks.run("build_deep")

# %% [markdown]
# ### The first three trainings
#
# Each network starts from the same seed and is trained by plain SGD with the same rate. Keras draws the
# initial kernels by Glorot's rule unless told otherwise. Since the initial weights will turn out to
# matter, `train_deep` draws them itself, by the rule we name.


# %% tags=["skip-execution"]
def train_deep(build, initializer="glorot_uniform", epochs=10):
    """Train the network that build() returns on the few images; returns (model, History)."""
    keras.utils.set_random_seed(0)
    model = build()
    for layer in model.layers:
        if hasattr(layer, "kernel"):
            draw = getattr(keras.initializers, initializer)()
            layer.kernel.assign(draw(layer.kernel.shape))
    model.compile(
        keras.optimizers.SGD(learning_rate=0.02),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=16,
    )
    history = model.fit(
        x_few,
        y_few,
        batch_size=64,
        epochs=epochs,
        validation_data=(x_valid, y_valid),
        verbose=0,
    )
    return model, history


def compare(title, *names):
    """Print and draw the validation accuracy of these trainings, epoch by epoch."""
    for name in names:
        print(f"{name:20}", *(f"{a:.2f}" for a in deep[name].history["val_accuracy"]))
    plots.compare_curves({name: deep[name] for name in names}).set_title(title)
    plt.show()


deep = {}
model_relu, deep["ReLU"] = train_deep(lambda: build_deep(20, 100))
model_sigmoid, deep["sigmoid"] = train_deep(lambda: build_deep(20, 100, "sigmoid"), epochs=3)
model_he, deep["ReLU, He"] = train_deep(lambda: build_deep(20, 100), "he_normal")
compare("Twenty layers of 100 units", "ReLU", "sigmoid", "ReLU, He")

# %% [markdown]
# | validation accuracy | after one epoch | after the last |
# |---|---|---|
# | ReLU | 0.09 to 0.20 | 0.58 to 0.76 |
# | sigmoid | 0.10 | 0.10 |
# | ReLU, He | 0.69 (one seed) | 0.79 to 0.84 |
#
# * **ReLU** has a slow start. After the first epoch it knows little more than guessing, and after ten
#   it is far behind the two layers of lesson 06.
# * **sigmoid** stays where it was. More epochs would not help, and you are about to see why.
# * **ReLU, He** is the same network with larger initial weights, $\sigma = \sqrt{2/n}$ for $n$ inputs
#   (lesson 03). It learns at once, though its way is bumpy. Glorot's rule gives these layers
#   $\sigma = \sqrt{1/n}$. A factor of 1.4 in the initial weights decides.
#
# With the full 55,000 training images ReLU overcomes its slow start, and the sigmoid stays at 0.10 even
# there (docs/figures.md, "20 layers of 100").

# %% [markdown]
# ## What arrives at the first layer
#
# Back-propagation (lesson 02) goes through the layers from the last to the first. On its way through a
# layer the gradient is multiplied by the kernel and by the slope of the activation function:
#
# $$\delta_{l} = \bigl(\delta_{l+1} W_{l+1}^{\top}\bigr) \odot f'(z_l),
# \qquad \frac{\partial L}{\partial W_l} = h_{l-1}^{\top}\,\delta_{l}.$$
#
# Here $h_{l-1}$ is what layer $l$ receives, $z_l$ what it computes before its activation $f$, and
# $\delta_l$ the gradient at that place. With twenty layers there are twenty such factors. If each is
# 0.25, what is left is $0.25^{20} \approx 10^{-12}$: the gradient **vanishes**. If each is 4, it
# **explodes**.
#
# The second formula has a second factor, the values $h_{l-1}$ that come from the other side. They may
# shrink from layer to layer as well.
#
# One number says how much a layer can learn in a step: the length of the gradient of its kernel, the
# square root of the sum of its squares. This is its **norm**. The widget computes it for every layer of
# a fresh network with 100 units a layer. Its inputs are random numbers of mean 0 and variance 1, and so
# it needs no data.

# %% tags=["skip-execution"]
widgets.gradient_norm_explorer()

# %% [markdown]
# Mind the scale: each line of the grid is a factor of 100.
#
# Try these, in this order:
#
# * **sigmoid, Glorot, 20 layers.** The last layer gets a gradient of about 1, the first about
#   $10^{-12}$. Now make it shallower. With two or three layers hardly anything is wrong, which is why
#   the sigmoid was good enough for so long.
# * **ReLU, Glorot.** The line is level, but it lies low. ReLU halves the mean square of what passes
#   through it, forwards and backwards. A layer near the input lacks what the gradient has lost on its
#   way back; a layer near the output lacks what the values have lost on their way forward. Together it
#   is the same for all: about $10^{-3}$ with 20 layers. All of them start slowly.
# * **ReLU, He.** The doubled variance makes up for the half that ReLU takes away. Move the depth: the
#   line stays.
# * **SELU, LeCun.** Level, too. This pair was designed for it; see below.
# * **sigmoid, with batch normalisation.** The gradients are of the usual size. The next section says why.
# * **ReLU, with batch normalisation.** Now the line rises towards the *first* layer. Normalisation also
#   has its price in a very deep stack.

# %% [markdown]
# ## Batch normalisation
#
# If the trouble is that values shrink or grow from layer to layer, why not simply put them right after
# each layer? **Batch normalisation** standardises every feature (every unit's output), with the mean
# $\mu$ and the variance $v$ of the present batch:
#
# $$\hat{x} = \frac{x - \mu}{\sqrt{v + \varepsilon}}, \qquad y = \gamma\,\hat{x} + \beta.$$
#
# $\gamma$ and $\beta$ are weights of the layer, one of each for every feature, and they are trained.
# They begin with 1 and 0. If another mean or another spread suits the next layer better, the network
# can learn it. The small $\varepsilon$ keeps the division safe when a feature does not vary.

# %% [markdown]
# ### Exercise: `batch_norm(x, gamma, beta, epsilon=1e-3)` (2 points)
#
# Normalise a batch as it is done in training.
#
# * `x`: an array (n, d), n examples of d features; `gamma`, `beta`: arrays (d,); leave them unchanged
# * returns three arrays, `(y, mean, variance)`: y of shape (n, d) by the formula above; the batch's
#   mean and variance of each feature, each of shape (d,). It is the population variance: divide by n
#
# **Expected** for `x = [[1, 10], [3, 10]]`, `gamma = [2, 2]` and `beta = [0, 5]`, y is `[[-1.999, 5],
# [1.999, 5]]`, the mean `[2, 10]` and the variance `[1, 0]`.
#
# <details><summary>Hint 1: the idea</summary>
#
# A mean for each feature is a mean over the examples. So the axis of the examples disappears, and the
# axis of the features stays.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# NumPy's `mean` and `var` take an `axis`. An array (n, d) minus an array (d,) works by broadcasting, since
# the last axes agree.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# Scaling each feature of `x` to the range from 0 to 1, safely where it does not vary:
#
# ```
# low, span = x.min(axis=0), np.ptp(x, axis=0)
# y = (x - low) / np.maximum(span, 1e-3)
# ```
#
# In batch normalisation it is a mean and a root. Look at the formula for what stands under the root.
# </details>


# %% nbgrader={"grade": false, "grade_id": "batch_norm", "locked": false, "schema_version": 3, "solution": true, "task": false}
def batch_norm(x, gamma, beta, epsilon=1e-3):
    """Batch normalisation in training: (y (n, d), mean (d,), variance (d,)) of a batch x (n, d)."""
    ### BEGIN SOLUTION
    mean, variance = x.mean(axis=0), x.var(axis=0)
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta, mean, variance
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_batch_norm", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("batch_norm")

# %% [markdown]
# And here is Keras's layer beside yours, on a batch of three features.

# %% tags=["skip-execution"]
rng = np.random.default_rng(0)
batch = rng.normal([5, -2, 0], [10, 0.1, 1], (64, 3)).astype("float32")
layer = keras.layers.BatchNormalization()
theirs = layer(batch, training=True).numpy()
yours, batch_mean, batch_variance = batch_norm(batch, np.ones(3), np.zeros(3))
print("largest difference   ", np.abs(theirs - yours).max())
print("mean before and after", batch_mean.round(2), theirs.mean(axis=0).round(2) + 0.0)
print("std  before and after", np.sqrt(batch_variance).round(2), theirs.std(axis=0).round(2))
print()
print("weights of the layer:")
for weight in layer.weights:
    print(f"  {weight.name:16} {weight.numpy().round(3)}  trainable: {weight.trainable}")

# %% [markdown]
# ### Outside training
#
# There are four weights for each feature. `gamma` and `beta` you know. What are the other two?
#
# At the end you want a prediction for a single picture. A batch of one has no spread, and the answer
# must not depend on the other pictures in the pile anyway (lesson 06). So the layer keeps **moving
# averages** of the means and variances it meets in training, and uses *these* outside training:
#
# $$\text{moving} \leftarrow 0.99 \cdot \text{moving} + 0.01 \cdot \text{batch}.$$
#
# The layer computes one thing in training and another outside. Which of the two it is, `fit`,
# `evaluate` and `predict` decide for you. If you call a model yourself, say it: `model(x,
# training=True)`. A bare `model(x)` means outside training.
#
# The averages need a few hundred batches to arrive. After one batch they are still far off, as the last
# two lines of the output show. A network with batch normalisation can
# therefore look bad on the validation images for the first epoch or two, while its training goes well.

# %% [markdown]
# ### Twenty layers with normalisation

# %% tags=["skip-execution"]
model_norm, deep["ReLU, norm"] = train_deep(lambda: build_deep(20, 100, batch_norm=True))
_, deep["sigmoid, norm"] = train_deep(
    lambda: build_deep(20, 100, "sigmoid", batch_norm=True), epochs=5
)
compare("With and without", "ReLU", "ReLU, norm", "sigmoid", "sigmoid, norm")

# %% [markdown]
# All of them start from Glorot's weights. Only the normalisation differs.
#
# | validation accuracy | after one epoch | after ten |
# |---|---|---|
# | ReLU | 0.09 to 0.20 | 0.58 to 0.76 |
# | ReLU, norm | 0.25 to 0.56 | 0.77 to 0.81 |
#
# * With ReLU the slow start is over.
# * The sigmoid learns. It stays near 0.1 for two epochs, while the moving averages arrive, and then it jumps.
#   Twenty layers of sigmoid were hopeless, and now they are an ordinary network.
#
# Normalisation has its price. An epoch takes longer, and each picture's result depends a little on the
# others in its batch, which adds noise. It is not the best cure here, either: ReLU with He's weights, which
# cost nothing, does no worse.
#
# The inventors of batch normalisation put it *before* the activation. *Going further* compares both places.

# %% [markdown]
# ## Dropout
#
# Now to the second question of the prediction. **Dropout** sets each value of a layer to 0 with
# probability $r$, the **rate**. For every picture and in every step other values are hit. No unit can
# rely on a particular neighbour, so each has to be of use by itself. You can also see it as training
# very many thinned-out networks that share their weights, and using their average in the end.
#
# Only a share of $1 - r$ survives, and the next layer would get a smaller sum than it is used to. So
# the survivors are divided by $1 - r$, and the *average* stays as it was. This is **inverted dropout**,
# and it is what Keras does. Outside training nothing is dropped and nothing needs to be scaled.

# %% [markdown]
# ### Exercise: `dropout(x, rate, rng)` (2 points)
#
# Write inverted dropout.
#
# * `x`: a float array of any shape; leave it unchanged
# * `rate`: the probability of every element, by itself, to become 0
# * `rng`: a NumPy generator, as `np.random.default_rng(0)` makes it; the only source of chance that you
#   use
# * returns an array of the same shape: 0, or `x / (1 - rate)`
# * rate 0 → the values of x; a rate below 0, or of 1 or more → `ValueError`
#
# **Expected** for `x = np.ones((100, 100))` and rate 0.25, about a quarter of the result is 0, the rest
# is `1.3333`, and the mean is about 1.
#
# <details><summary>Hint 1: the idea</summary>
#
# Draw a random number for every element. It decides about that element alone.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `rng.random(shape)` gives numbers that are spread evenly from 0 to 1: a share of 0.3 of them is below 0.3.
# `np.where(mask, a, b)` takes from `a` where the mask is true, else from `b`. `raise ValueError("...")`
# refuses.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# Salt on a picture: each pixel becomes 255 with probability 0.1, by itself:
#
# ```
# salted = np.where(rng.random(picture.shape) < 0.1, 255, picture)
# ```
# </details>


# %% nbgrader={"grade": false, "grade_id": "dropout", "locked": false, "schema_version": 3, "solution": true, "task": false}
def dropout(x, rate, rng):
    """Inverted dropout: each element 0 with probability rate, otherwise x / (1 - rate)."""
    ### BEGIN SOLUTION
    if not 0 <= rate < 1:
        raise ValueError(f"rate must be at least 0 and below 1, not {rate}")
    return np.where(rng.random(x.shape) >= rate, x / (1 - rate), 0.0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_dropout", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("dropout")

# %% tags=["skip-execution"]
rng = np.random.default_rng(0)
picture = fashion.x_train[1] / 2  # half as bright: dropout doubles what it keeps
thinned = np.stack([picture, *(dropout(picture, 0.5, rng) for _ in range(5))])
plots.image_grid(thinned, n_columns=6).suptitle("One picture, and five times dropout of rate 0.5")
print("mean brightness:", thinned.mean(axis=(1, 2)).round(3))

# %% [markdown]
# Half of the pixels are gone and the others are twice as bright, so the mean brightness stays about the
# same. You still see what it is. A network that has learnt from such views cannot rely on one pixel.
#
# This was for the eye. Dropout is mostly used on hidden layers, with rates of 0.1 to 0.5.

# %% [markdown]
# ## SELU
#
# Instead of repairing the values after each layer, one can choose the activation function so that they
# do not get out of hand. **SELU** is such a function:
#
# $$\operatorname{selu}(x) = \lambda \begin{cases} x & x > 0 \\ \alpha\,(e^{x} - 1) & x \le 0 \end{cases}
# \qquad \lambda = 1.05070099, \quad \alpha = 1.67326324.$$
#
# The two constants solve two equations: if the input is
# standard normal, the output has **mean 0 and variance 1** again. Moreover, values that are a little
# off are drawn back towards 0 and 1 by each layer. The network normalises itself, if three conditions
# hold:
#
# * the inputs are standardised
# * the kernels are drawn with mean 0 and variance $1/n$: `lecun_normal`
# * the layers are dense, one after the other

# %% [markdown]
# ### Exercise: `selu(x)` (1 point)
#
# Write SELU.
#
# * `x`: a float array of any shape, or a float; leave it unchanged
# * returns SELU of every element, in the same shape
# * no overflow warning, neither at 1000 nor at −1000
#
# **Expected** `selu(np.array([-1000.0, -1.0, 0.0, 2.0]))` gives `[-1.758099, -1.111331, 0, 2.101402]`.
#
# <details><summary>Hint 1: the idea</summary>
#
# There are two branches, and the sign of each element chooses between them.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `np.where(condition, a, b)` chooses, but both `a` and `b` are computed everywhere. `np.minimum` and
# `np.maximum` keep a function away from numbers that it should not see.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# $\sqrt{x}$ for positive $x$ and $x$ for the others, without a warning for negative numbers:
#
# ```
# np.where(x > 0, np.sqrt(np.maximum(x, 0)), x)
# ```
# </details>


# %% nbgrader={"grade": false, "grade_id": "selu", "locked": false, "schema_version": 3, "solution": true, "task": false}
def selu(x):
    """SELU of every element of x (a float array of any shape, or a float); same shape."""
    ### BEGIN SOLUTION
    negative = 1.67326324 * np.expm1(np.minimum(x, 0))
    return 1.05070099 * np.where(x > 0, x, negative)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_selu", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
checks.run("selu")

# %% tags=["skip-execution"]
rng = np.random.default_rng(0)
functions = {"SELU": selu, "ReLU": lambda x: np.maximum(x, 0), "tanh": np.tanh}
print("mean and standard deviation of random values after 1, 5 and 20 layers, LeCun's weights")
for name, function in functions.items():
    x = rng.normal(size=(1000, 100))
    words = []
    for depth in range(1, 21):
        x = function(x @ rng.normal(0, np.sqrt(1 / 100), (100, 100)))
        if depth in (1, 5, 20):
            words.append(f"{x.mean():6.3f} ± {x.std():5.3f}")
    print(f"{name:5}", "   ".join(words))

# %% [markdown]
# After 20 layers SELU still has a mean near 0 and a spread near 1. Of ReLU's values a thousandth or so
# is left. Those of tanh shrink as well, more slowly.
#
# Now the training: SELU with LeCun's weights.

# %% tags=["skip-execution"]
model_selu, deep["SELU, LeCun"] = train_deep(lambda: build_deep(20, 100, "selu"), "lecun_normal")
compare("Twenty layers", "ReLU", "ReLU, norm", "ReLU, He", "SELU, LeCun")

# %% [markdown]
# | validation accuracy | after one epoch | after ten |
# |---|---|---|
# | ReLU, He | 0.69 (one seed) | 0.79 to 0.84 |
# | SELU, LeCun | 0.67 to 0.80 | 0.80 to 0.84 |
# | two layers (lesson 06) | – | 0.82 to 0.87 |
#
# SELU starts well. After ten epochs it is level with He's ReLU, without the costs of normalisation.
#
# Twenty layers are no better here than the two of lesson 06. For pictures laid out in a row, two or three dense
# layers are enough. We use twenty to see what goes wrong in depth.
#
# Dropout would upset SELU's balance: the mean stays, but the variance grows. **AlphaDropout** therefore
# does not set values to 0 but to the lowest value that SELU can give, $-\lambda\alpha = -1.758$, and then
# shifts and scales everything so that mean and variance are kept. *Going further* tries both.

# %% [markdown]
# ## Looking into your own network
#
# The widget computed its norms for networks of its own. With `tf.GradientTape` (lesson 01) you can look
# into any Keras model.

# %% [markdown]
# ### Exercise: `layer_gradient_norms(model, loss_fn, x, y)` (3 points)
#
# Measure how much gradient arrives at each layer.
#
# * `model`: a built model; `x`: a batch of its inputs; `y`: their labels
# * `loss_fn(y, outputs)` gives one number
# * the gradient is that of `loss_fn(y, model(x))` alone: **outside training** (nothing is dropped,
#   batch normalisation uses its moving averages) and **without the penalties** of regularizers
# * returns a list of floats, in the order of the layers: for each **trainable kernel** the L2 norm of
#   its gradient, $\sqrt{\sum g^2}$. Kernels are the weights of exactly the name `kernel`, whatever the
#   kind of the layer: `Dense`, `Conv2D`, ... A weight called `my_kernel` or `kernel_2` is none. Biases,
#   gamma and beta are left out, and so are the kernels of frozen layers (`trainable = False`)
# * the model stays as it is
#
# **Expected** one number for each `Dense` layer that is trained: for `build_deep(20, 100)` there are
# 21.
#
# <details><summary>Hint 1: the idea</summary>
#
# Compute the loss while a tape watches. Ask the tape for the gradient with respect to the kernels only. The
# length of an array is the root of the sum of its squares, whatever its shape.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `model.trainable_variables` lists the trainable weights in the order of the layers, and each has a `name`.
# `tape.gradient(loss, weights)` gives the list of gradients. `tf.norm` takes an array of any shape.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# The mean gradient of each bias of a model with one output, for the sum of its outputs:
#
# ```
# biases = [w for w in model.trainable_variables if w.name == "bias"]
# with tf.GradientTape() as tape:
#     total = tf.reduce_sum(model(x, training=False))
# means = [float(tf.reduce_mean(g)) for g in tape.gradient(total, biases)]
# ```
# </details>


# %% nbgrader={"grade": false, "grade_id": "layer_gradient_norms", "locked": false, "schema_version": 3, "solution": true, "task": false}
def layer_gradient_norms(model, loss_fn, x, y):
    """L2 norm of the gradient of loss_fn(y, model(x)) for each trainable kernel, in layer order."""
    ### BEGIN SOLUTION
    kernels = [weight for weight in model.trainable_variables if weight.name == "kernel"]
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=False))
    return [float(tf.norm(gradient)) for gradient in tape.gradient(loss, kernels)]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_layer_gradient_norms", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
checks.run("layer_gradient_norms")

# %% [markdown]
# Now look at the networks of this lesson as they were before training.

# %% tags=["skip-execution"]
loss_fn = keras.losses.SparseCategoricalCrossentropy()
figure, ax = plt.subplots(figsize=(7, 4), layout="constrained")
for (name, activation, initializer), marker, colour in zip(
    [
        ("ReLU", "relu", "glorot_uniform"),
        ("sigmoid", "sigmoid", "glorot_uniform"),
        ("ReLU, He", "relu", "he_normal"),
        ("SELU, LeCun", "selu", "lecun_normal"),
    ],
    "os^D",
    plots.COLOURS,
):
    fresh, _ = train_deep(lambda a=activation: build_deep(20, 100, a), initializer, epochs=0)
    norms = layer_gradient_norms(fresh, loss_fn, x_few[:512], y_few[:512])
    ax.plot(range(1, 22), norms, marker=marker, markersize=4, color=colour, label=name)
ax.set(
    xlabel="layer (1 is next to the input)", ylabel="norm of the kernel's gradient", yscale="log"
)
ax.set_xticks(range(1, 22, 4))
ax.grid(alpha=0.3)
ax.legend(loc="lower right")
plt.show()

# %% [markdown]
# You see what the widget showed, now with pictures of clothes. ReLU's gradients are more than a hundred
# times shorter than those of ReLU with He's weights, in all layers. The sigmoid's first layer gets about
# $10^{-12}$. A step with a rate of 0.02 moves its weights in the fourteenth decimal place at most, and
# 32-bit numbers have seven. **That is why more epochs do not help**: the first layers stay exactly as they
# are, and they pass on noise.
#
# One trap. A *fresh* network with batch normalisation would show the same line as one without. Outside
# training the layer uses its moving averages, and at first these are 0 and 1: it does nothing.

# %% [markdown]
# ## Learning by heart
#
# From here on we have the opposite problem: a network that learns too well. Three layers of 256 ReLU
# units and Adam know most of 8,992 training images by heart after fifteen epochs.
#
# Remedies against overfitting are called **regularisation**. `build_small` can use one at a time. In
# contrast to `build_deep`, it drops after *every* hidden layer.


# %% tags=["skip-execution"]
def build_small(dropout=0.0, penalty=None):
    """(28, 28) -> 256 -> 256 -> 256 -> 10 with ReLU, and with the remedies asked for."""
    model = keras.Sequential([keras.Input(shape=(28, 28)), keras.layers.Flatten()])
    for _ in range(3):
        model.add(
            keras.layers.Dense(
                256, "relu", kernel_initializer="he_normal", kernel_regularizer=penalty
            )
        )
        if dropout:
            model.add(keras.layers.Dropout(dropout))
    model.add(keras.layers.Dense(10, "softmax"))
    return model


def train_small(epochs=15, callbacks=None, **remedies):
    """Train a fresh small network with Adam on the few images; returns (model, History)."""
    keras.utils.set_random_seed(0)
    model = build_small(**remedies)
    model.compile(
        "adam", "sparse_categorical_crossentropy", metrics=["accuracy"], steps_per_execution=16
    )
    history = model.fit(
        x_few,
        y_few,
        batch_size=128,
        epochs=epochs,
        validation_data=(x_valid, y_valid),
        callbacks=callbacks,
        verbose=0,
    )
    return model, history


small_models, small = {}, {}
small_models["no remedy"], small["no remedy"] = train_small()
plots.learning_curves(small["no remedy"], "No remedy")

# %% [markdown]
# The training loss falls and falls. The validation loss turns upwards after a few epochs, and the gap
# opens. You have seen it in lesson 06; here it is wider, because the network is larger and the images
# are fewer.

# %% [markdown]
# ### Reading curves
#
# Here are eight pairs of curves, A to H. All are from real trainings of dense networks on pictures of
# Fashion-MNIST, with the losses that `fit` recorded. What lies above 2.5 is cut off.

# %% tags=["skip-execution"]
curves = pd.read_csv("curves.csv", index_col="epoch")
pairs = {
    letter: {"loss": curves[f"{letter} training"], "val_loss": curves[f"{letter} validation"]}
    for letter in "ABCDEFGH"
}
plots.curve_panels(pairs, top=2.5)

# %% [markdown]
# ### Exercise: `read_curves()` (2 points)
#
# Say of each pair what it tells.
#
# * returns a dict from each of the letters A to H to one of six words; a word may be right for several
#   pairs. All eight right: 2 points; six or seven: 1 point
#
# | word | what one sees |
# |---|---|
# | `overfitting` | the training loss falls towards 0; the validation loss turns round and **rises** |
# | `underfitting` | both fall calmly, close together, and at the end both are still **far above** what others reach |
# | `rate too high` | **both** get stuck early, at a height that others pass in the first epochs, and jump up and down there |
# | `good` | both fall calmly and level off where the validation loss of a network of this size can be, about 0.4; the gap stays small |
# | `leak` | the validation loss **follows** the training loss with no gap, far below what any other validation loss reaches: the validation images are among the training images |
# | `unstable` | the training loss gets low, and the **validation** loss jumps up and down from epoch to epoch, with no direction |
#
# **Expected** a dict such as `{"A": "leak", "B": "leak", "C": "leak", "D": "leak", "E": "leak", "F": "leak",
# "G": "leak", "H": "leak"}`, only right. The check in this notebook looks at the form. Which words are
# right, the grader knows.
#
# <details><summary>Hint 1: the idea</summary>
#
# Look at the dashed curve first: where does it end, and does it get there calmly? Then look at how far the
# solid one is from it.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `curves[["A training", "A validation"]]` shows the numbers of one pair. Compare the last row with the lowest
# one.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# In the figure above the table, *No remedy*, the solid loss falls and falls while the dashed one turns round
# after a few epochs. Its word is `overfitting`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "read_curves", "locked": false, "schema_version": 3, "solution": true, "task": false}
def read_curves():
    """What each pair of curves A to H tells: one of the six words of the table."""
    ### BEGIN SOLUTION
    words = "good", "overfitting", "leak", "underfitting", "unstable", "rate too high"
    return dict(zip("ABCDEFGH", (*words, "underfitting", "overfitting"), strict=True))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_read_curves", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("read_curves")

# %% [markdown]
# ## Remedies
#
# ### L1 and L2: a price on weights
#
# A penalty is added to the loss (lesson 03):
#
# $$L_2:\; \lambda \sum w^2 \qquad\qquad L_1:\; \lambda \sum |w|.$$
#
# L2 makes large weights expensive, so the network uses many inputs a little. The slope of
# $w^2$ shrinks together with $w$: weights become small, but hardly ever 0. The slope of $|w|$ is the
# same everywhere, so L1 pushes the unimportant ones all the way to 0, or as near as the steps of Adam
# allow.
#
# ### Early stopping
#
# `EarlyStopping` (lesson 07) ends the training when the validation loss has not improved for `patience`
# epochs, and can bring back the best weights. It is the only remedy that makes training *shorter*.

# %% tags=["skip-execution"]
stopping = keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True)
for name, remedy in {
    "dropout 0.3": {"dropout": 0.3},
    "L2": {"penalty": keras.regularizers.L2(0.001)},
    "L1": {"penalty": keras.regularizers.L1(0.0001)},
    "early stopping": {"callbacks": [stopping]},
}.items():
    small_models[name], small[name] = train_small(**remedy)


def show_small(names):
    """Print how well each network knows the training and the validation images."""
    print(f"{'':16}epochs   training   validation")
    for name in names:
        _, known = small_models[name].evaluate(x_few, y_few, verbose=0)
        _, unseen = small_models[name].evaluate(x_valid, y_valid, verbose=0)
        print(f"{name:16}{len(small[name].epoch):6}{known:11.3f}{unseen:13.3f}")


show_small(small)
plots.curve_panels(
    {name: small[name] for name in ("no remedy", "dropout 0.3", "L2", "L1")}, "accuracy"
)

# %% [markdown]
# In our runs:
#
# | | training | validation | last validation loss |
# |---|---|---|---|
# | no remedy | 0.91 to 0.95 | 0.83 to 0.86 | 0.49 to 0.65 |
# | dropout 0.3 | 0.90 to 0.92 | 0.85 to 0.87 | 0.35 to 0.43 |
# | L2 | 0.91 to 0.93 | 0.84 to 0.86 | contains the penalty |
# | L1 | 0.90 to 0.94 | 0.83 to 0.87 | contains the penalty |
# | early stopping | 0.89 to 0.92 | 0.84 to 0.87 | the best weights: 0.38 to 0.46 |
#
# Every remedy narrows the gap, mostly by lowering the *training* accuracy. That alone is no gain.
# Dropout raises the validation accuracy most, and it keeps the validation loss from rising. Early stopping
# gets about as far in fewer epochs.
#
# Two things to know when you read such curves:
#
# * **With dropout the training curve lies too low.** It was recorded with thinned-out networks; the
#   validation curve belongs to the whole one. So it may well lie *above* the training curve, and the
#   table, which evaluates both in the same way, says how things really stand.
# * **With a penalty the loss contains the penalty.** Compare accuracies, not losses.

# %% [markdown]
# ## More data without new pictures: augmentation
#
# A mirrored shirt is a shirt. A shirt that lies two pixels further to the left is a shirt, too. If the
# training images are changed in such ways, at random and anew in each epoch, the network never sees
# quite the same picture twice, and there is less to learn by heart. This is **data augmentation**.
#
# In Keras it is a matter of layers:
#
# | layer | what it does |
# |---|---|
# | `RandomFlip("horizontal")` | mirrors half of the images, left to right |
# | `RandomTranslation(0.1, 0.1)` | shifts by up to a tenth of the height and of the width |
# | `RandomRotation(0.05)` | turns by up to 0.05 **of a full turn**, 18° |
# | `RandomCrop(28, 28)` | cuts a window of that size out of a larger image, at a random place |
#
# They want images with a channel axis, (n, 28, 28, 1). An array (n, 28, 28) would be taken for *one*
# picture, n high and 28 wide, with 28 channels. There is no error, but the pictures are mixed up.
#
# **What may be changed depends on the meaning.** A mirrored shirt is a shirt, but a mirrored 3 is no 3,
# and a 6 upside down is a 9. With flipped digits the network learns wrong labels: another sign carries
# the old one. Ask for each change: would a person still give the same label?

# %% [markdown]
# ### Exercise: `build_augmenter(shift=0.1, rotation=0.05)` (2 points)
#
# Put the first three layers together.
#
# * returns a `keras.Sequential` that takes images (n, 28, 28, 1), floats, and returns the same shape
# * with `training=True`, **for each image anew and at random**: mirrored left to right or not, with
#   equal chances; shifted along **both** axes by up to `shift` of the size, in either direction; turned
#   by up to `rotation` of a full turn, in either direction
# * how the border is filled, and the order of the three, is up to you
# * with `training=False` it leaves the images as they are
#
# **Expected** of 100 calls with `shift=0` and `rotation=0`, about half of the images come back mirrored
# and the others unchanged.
#
# <details><summary>Hint 1: the idea</summary>
#
# Three layers, one for each change. Layers of this kind are active in training only, so the rest comes by
# itself.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# The first three rows of the table above. Look up what `RandomFlip` does when it is not told a direction, what
# the two factors of `RandomTranslation` are, and in which unit `RandomRotation` takes its factor.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# An augmenter that zooms by up to a tenth and makes pictures brighter or darker:
#
# ```
# keras.Sequential([keras.layers.RandomZoom(0.1), keras.layers.RandomBrightness(0.2, value_range=(0, 255))])
# ```
# </details>


# %% nbgrader={"grade": false, "grade_id": "build_augmenter", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_augmenter(shift=0.1, rotation=0.05):
    """A Sequential that flips, shifts and turns images (n, 28, 28, 1) at random, in training only."""
    ### BEGIN SOLUTION
    return keras.Sequential(
        [
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomTranslation(shift, shift),
            keras.layers.RandomRotation(rotation),
        ]
    )
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_build_augmenter", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("build_augmenter")

# %% [markdown]
# Each row shows one change: a flip, a shift, a turn, a crop, and your augmenter. `RandomCrop` needs a larger
# picture to cut from: here three black pixels are laid around it first.

# %% tags=["skip-execution"]
keras.utils.set_random_seed(0)
changes = [
    keras.layers.RandomFlip(mode="horizontal"),
    keras.layers.RandomTranslation(0.1, 0.1, fill_mode="constant"),
    keras.layers.RandomRotation(0.05, fill_mode="constant"),
    keras.Sequential([keras.layers.ZeroPadding2D(3), keras.layers.RandomCrop(28, 28)]),
    build_augmenter(),
]
original = fashion.x_train[[0]][..., None].astype("float32")
rows = [change(original, training=True) for change in changes for _ in range(8)]
plots.image_grid(np.clip(rows, 0, 255)[:, 0, ..., 0], n_columns=8)

# %% [markdown]
# Three things to know about these layers:
#
# * **A bare call changes the images.** All other layers take a bare call for "outside training"; these
#   take it for training. Inside a model `fit`, `evaluate` and `predict` say what is meant. In your own
#   code, say it yourself.
# * **`RandomCrop` cuts at the same place in a whole batch**, and with `training=False` it does not cut
#   at all: images of 34 × 34 pixels stay that size. So it belongs into a data pipeline (lesson 14), not
#   in front of a Dense layer.
# * **Border.** A shift lays something bare. With `fill_mode="constant"` it is filled with 0: black for
#   pixels as they are, but grey for standardised ones! `fill_mode="nearest"` repeats the edge and is
#   right for both. The default, `"reflect"`, mirrors what is next to it.

# %% [markdown]
# Does it help here? *Going further* trains with it. The gap nearly closes, but the validation accuracy hardly
# rises. To a dense layer a shirt shifted by two pixels is a completely different set of numbers. And
# Fashion-MNIST is tidy: the pictures are centred, and nearly all shoes point to the left, in the test set as
# well. Augmentation pays when the images met later really vary in that way, and with networks made for
# pictures.

# %% [markdown]
# ## The best network of dense layers
#
# This network uses what has proved useful, and leaves out what has not:
#
# * two wide hidden layers, 512 and 256 units, ReLU with He's weights; the twenty layers above gained
#   nothing from their depth
# * after each of them batch normalisation
# * dropout of 0.3 after each of them
# * no augmentation, since it did not pay here
# * Adam with a rate that falls: from 0.001 along half a cosine wave down to 0 in the last step. Large
#   steps find the region, small steps settle in it. A rate that changes by plan is called a
#   **schedule**; lesson 10 has more of them
#
# With a falling rate the last epoch is normally the best, so there is no early stopping.


# %%
def train_best(x_train, y_train, x_valid, y_valid, epochs=20, batch_size=256, seed=0):
    """Train the best network of dense layers on standardised images; returns (model, History)."""
    keras.utils.set_random_seed(seed)
    inputs = keras.Input((28, 28))
    x = keras.layers.Flatten()(inputs)
    for units in (512, 256):
        x = keras.layers.Dense(units, "relu", kernel_initializer="he_normal")(x)
        x = keras.layers.BatchNormalization()(x)
        x = keras.layers.Dropout(0.3)(x)
    model = keras.Model(inputs, keras.layers.Dense(10, "softmax")(x))

    steps = epochs * -(-len(x_train) // batch_size)  # rounded up: the last batch may be smaller
    falling = keras.optimizers.schedules.CosineDecay(initial_learning_rate=0.001, decay_steps=steps)
    model.compile(
        keras.optimizers.Adam(falling),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=16,
    )
    history = model.fit(
        x_train,
        y_train,
        batch_size=batch_size,
        epochs=epochs,
        validation_data=(x_valid, y_valid),
        verbose=0,
    )
    return model, history


# %% tags=["skip-execution"]
model, history = train_best(
    x_train, y_train, x_valid, y_valid, batch_size=128 if fashion.is_sample else 256
)
print(f"validation accuracy {history.history['val_accuracy'][-1]:.3f}")
plots.learning_curves(history, "512-256, batch normalisation, dropout 0.3, falling rate")

# %% [markdown]
# All choices were made on validation images. Now the test, once.

# %% tags=["skip-execution"]
_, test_accuracy = model.evaluate(x_test, y_test, verbose=0)
uncertainty = 2 * np.sqrt(test_accuracy * (1 - test_accuracy) / len(y_test))
print(f"test accuracy {test_accuracy:.3f} ± {uncertainty:.3f}")

# %% [markdown]
# | | validation | test |
# |---|---|---|
# | full set (docs/figures.md) | 0.905 to 0.907 | 0.897 to 0.899 |
# | sample, three seeds | 0.865 to 0.880 | 0.870 to 0.877 |
# | lesson 06, full set (docs/figures.md) | 0.887 to 0.892 | 0.873 to 0.881 |
# | lesson 06, sample | 0.82 to 0.87 | 0.833 to 0.865 |
#
# On the full set that is two points better than lesson 06, with the same kind of layers. In terms of mistakes
# it is a sixth fewer. Which of the parts brings how much, this table does not say: many things have changed
# since lesson 06. Take them out one at a time, and you will know.

# %% [markdown]
# ## Check your understanding
#
# Commit first. The explanations appear when you do.
#
# **Question 1.** A larger rate

# %% tags=["skip-execution"]
widgets.commit_box(
    "A network of 30 sigmoid layers does not learn. Somebody suggests a learning rate a hundred times as large. What do you expect?",
    {
        "It learns, if the rate is only large enough": "The layers' gradients differ by many powers of ten. A rate that moves the first layer throws the last ones off.",
        "Nothing good: one rate cannot serve all layers": "The remedy must bring the layers' gradients to the same size: another activation, other weights, or normalisation.",
        "It learns, because all gradients are too small": "That would be ReLU with Glorot's weights. The sigmoid's last layer has gradients of the usual size.",
    },
    answer="Nothing good: one rate cannot serve all layers",
)

# %% [markdown]
# **Question 2.** Better on new pictures than on known ones

# %% tags=["skip-execution"]
widgets.commit_box(
    "Validation accuracy is higher than training accuracy in every epoch, and the network has dropout of 0.5. What is the matter?",
    {
        "The training was measured with dropout, the validation without": "Evaluate the trained network on the training images, and the order turns round.",
        "The validation images have leaked into the training images": "That is worth a check, but a leak makes both alike, not validation better.",
        "Dropout makes a network better on new images than on known ones": "It narrows the gap. It does not turn it round.",
    },
    answer="The training was measured with dropout, the validation without",
)

# %% [markdown]
# **Question 3.** A batch of one

# %% tags=["skip-execution"]
widgets.commit_box(
    "You call a network with batch normalisation as `model(x, training=True)` to predict for one picture. What happens?",
    {
        "The same as with `training=False`, up to a little noise": "The layer takes the batch's own mean, and in a batch of one each value is that mean.",
        "The answer is the same for all pictures, and the model changes": "Every normalised value becomes 0, so each layer gives its beta. And the moving averages have moved.",
        "Keras reports an error, because a batch of one has no variance": "Its variance is 0, and epsilon keeps the division safe. There is no error, which makes it dangerous.",
    },
    answer="The answer is the same for all pictures, and the model changes",
)

# %% [markdown]
# **Question 4.** What made the difference

# %% tags=["skip-execution"]
widgets.commit_box(
    "Network A: ReLU with batch normalisation, 0.80. Network B: SELU with AlphaDropout, 0.85. What do you know about dropout?",
    {
        "That it brings about 0.05": "The activation and the normalisation have changed as well.",
        "Nothing at all as yet": "Train SELU without dropout, too. Then repeat both with other seeds before you believe in a small difference.",
        "That AlphaDropout beats Dropout": "Plain dropout was not among them.",
    },
    answer="Nothing at all as yet",
)

# %% [markdown]
# ## Then and now
#
# Older tutorials write some of this differently. Each line was run with TensorFlow 2.21 and Keras 3.
#
# | then | what happens today | now |
# |---|---|---|
# | `keras.layers.Dense(10, init="he_normal")` | `ValueError` | `Dense(10, kernel_initializer="he_normal")` |
# | `keras.layers.Dense(10, W_regularizer=...)` | `ValueError` | `Dense(10, kernel_regularizer=keras.regularizers.L2(0.001))` |
# | `keras.layers.Dropout(p=0.5)` | `TypeError` | `keras.layers.Dropout(0.5)`: the share that is dropped |
# | `tf.nn.dropout(x, keep_prob=0.8)` | `TypeError` | `tf.nn.dropout(x, rate=0.2)` |
# | `from keras.layers.normalization import BatchNormalization` | `ModuleNotFoundError` | `keras.layers.BatchNormalization` |
# | `keras.layers.BatchNormalization(fused=True)` | `ValueError` | leave it out |
# | `tf.layers.batch_normalization(x, training=True)` | `AttributeError` | `keras.layers.BatchNormalization()(x, training=True)` |
# | `keras.backend.set_learning_phase(1)` | `AttributeError` | `model(x, training=True)` |
# | `keras.preprocessing.image.ImageDataGenerator(horizontal_flip=True)` | `AttributeError` | `keras.layers.RandomFlip("horizontal")` in the model |

# %% [markdown]
# ## Summary
#
# * In a deep stack values and gradients are multiplied layer by layer. With unsuitable weights or
#   activations they vanish or explode; the norms of the kernels' gradients show it.
# * Three cures: initial weights that suit the activation (He for ReLU, LeCun for SELU), batch
#   normalisation, and SELU. The first costs nothing, so use it always.
# * Look at both curves. A gap, a height, a jump, or no gap at all: each tells something else.
# * Batch normalisation uses the batch in training and moving averages outside. Dropout works in
#   training only. Augmentation layers even take a bare call for training.
# * Against learning by heart: dropout, L2 or L1, early stopping, augmentation that keeps the meaning.
# * Change one thing at a time, compare on validation images, repeat with other seeds, and use the test
#   set once.
#
# ## Where to go next
#
# [Going further](going_further/08_deep_networks_going_further.ipynb) changes one thing at a time: the place of
# normalisation, the kind of dropout, the penalty, the augmentation. Lesson 09 leaves the simple stack: it joins a wide path and a deep path in one network. Lesson 10 is
# about callbacks and schedules of learning rates, and lesson 14 puts augmentation into a data pipeline.
# Pictures are better served by convolutional layers, which look at neighbouring pixels; they are not
# part of this course, but you now have everything to build them with.
#
# Go on with [09 · Wide & Deep](../09_wide_and_deep/09_wide_and_deep.ipynb)
