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
# # 05 · Layers and models of your own
#
# **You will be able to**
#
# * write a layer: settings in `__init__`, weights in `build`, the computation in `call`
# * say what Keras trains and saves of an object, and what it overlooks
# * write a layer that behaves differently in training, and one that learns from data without gradients
# * write a model as a class, and find the faults of a layer that somebody else has written
# * describe a layer by its configuration, make another one from it, and save and load a model that
#   contains it
#
# **Before you start** You need `Sequential`, `compile` and `fit` (lesson 03), models as functions of
# symbolic tensors (lesson 04), and classes in Python: methods, `self`, inheritance, `super()`.
#
# **Running time** about 50 seconds on two cores with the sample data; reading about 65 minutes, exercises about 50.

# %%
import tempfile
from pathlib import Path

from helpers import checks, data, plots, widgets  # first, so that TensorFlow starts quietly

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

# %% [markdown]
# ## Predict
#
# A colleague writes a network as a class. The output layer is made where it is used:
#
# ```python
# class Classifier(keras.Model):
#     def call(self, inputs):
#         return keras.layers.Dense(10)(inputs)
# ```
#
# The model is called twice on the same six pictures, and each time a table of (6, 10) numbers comes out. Commit to
# your answers. You will see all three below.

# %% tags=["skip-execution"]
widgets.commit_box(
    "Are the two tables equal?",
    {
        "Yes, because the pictures are the same": "They are, but the weights are not. `call` makes a new layer each time it runs.",
        "No, because the weights are different ones": "`call` makes a new layer each time it runs, and its weights are random.",
        "Yes, but for small rounding errors": "The differences are much larger than that. Each call makes a new layer, with new "
        "random weights.",
    },
    answer="No, because the weights are different ones",
)

# %% [markdown]
# Keras lists the weights of a model in `model.weights`.

# %% tags=["skip-execution"]
widgets.commit_box(
    "How many arrays are in `model.weights` after the two calls?",
    {
        "None": "Keras lists the weights of layers that are kept in attributes. These layers are kept nowhere.",
        "Two: a kernel and a bias": "That would be so if the layer were made once, in `__init__`, and kept in an attribute.",
        "Four: two for each call": "Two layers have been made, but neither of them is kept in an attribute.",
    },
    answer="None",
)

# %% [markdown]
# And then the colleague calls `compile` and `fit`.

# %% tags=["skip-execution"]
widgets.commit_box(
    "What does `fit` do?",
    {
        "It trains the last layer that was made": "That layer is gone. `fit` compiles `call`, and would make others.",
        "It runs, but the loss does not change": "It does not get so far. `fit` compiles `call`, and compiled code must not make "
        "new weights each time it runs.",
        "It stops with an error message": "`fit` compiles `call`, and compiled code must not make new weights each time it runs.",
    },
    answer="It stops with an error message",
)

# %% [markdown]
# ## The data
#
# This lesson uses two data sets. The handwritten digits (MNIST) you know. The California houses are eight
# numbers for each block of houses, with the median price as the target. To keep the lesson quick we take 8,000
# digits, 1,000 of them for validation. Of the houses a quarter is for validation.

# %% tags=["skip-execution"]
digits = data.load_mnist()
pixels, labels = digits.x_train[:8000].astype("float32") / 255, digits.y_train[:8000]
x_train, y_train, x_valid, y_valid = pixels[1000:], labels[1000:], pixels[:1000], labels[:1000]

housing = data.load_california_housing()
order = np.random.default_rng(0).permutation(len(housing.data))
valid, train = order[: len(order) // 4], order[len(order) // 4 :]
houses_train, price_train = housing.data[train], housing.target[train]
houses_valid, price_valid = housing.data[valid], housing.target[valid]

print(digits)
print(housing)
print("digits:", x_train.shape, x_valid.shape, " houses:", houses_train.shape, houses_valid.shape)

# %% [markdown]
# ## A layer is a computation with a memory
#
# `Sequential` and the functional API put ready-made layers together. When the layer you need does not
# exist, you write it. A layer is two things:
#
# * a **computation**, from a batch of inputs to a batch of outputs
# * a **state**, the weights that the computation uses and that training changes
#
# In Keras that is a class with three methods.
#
# | method | when Keras runs it | what belongs there |
# |---|---|---|
# | `__init__(self, ...)` | when you make the layer | the settings: sizes, names, rates |
# | `build(self, input_shape)` | once, before the first call | the weights, because now the shape of the input is known |
# | `call(self, inputs)` | whenever the layer is called | the computation |
#
# You write `call`, but you use `layer(x)`. Before it runs `call`, Keras converts the inputs. If it is the first
# time, it also runs `build`.
#
# Here is a layer that does not exist in Keras. A `PixelGate` has one weight for each pixel and multiplies
# the picture with it. A weight of 1 lets the pixel through, a weight of 0 shuts it out.


# %% tags=["skip-execution"]
class PixelGate(keras.layers.Layer):
    """Multiplies each pixel with a weight of its own; an L1 penalty draws the weights towards 0."""

    def __init__(self, penalty=0.0, **kwargs):
        super().__init__(**kwargs)  # first of all; takes name=..., dtype=...
        self.penalty = penalty

    def build(self, input_shape):
        self.gate = self.add_weight(
            shape=input_shape[1:],  # without the batch axis
            initializer="ones",
            regularizer=keras.regularizers.L1(self.penalty),
            name="gate",
        )

    def call(self, inputs):
        return inputs * self.gate


layer = PixelGate(penalty=0.001)
print("made:  ", layer.weights)
outputs = layer(x_train[:6])
print("called:", [(weight.path, weight.shape) for weight in layer.weights])
print("input", x_train[:6].shape, "→ output", outputs.shape)

# %% [markdown]
# Three things to note.
#
# * `super().__init__(**kwargs)` comes first. It sets up the list in which Keras notes weights. `**kwargs` hands on
#   what every layer takes, such as `name="first"`.
# * `add_weight` makes a weight **and tells Keras of it**. That is how `fit`, `summary` and `save` know the
#   weight. Give all arguments by name. Without `initializer` the weight starts Glorot uniform, and without
#   `trainable` it is trainable.
# * `input_shape` is the whole shape, batch axis included: `(6, 28, 28)` here, `(None, 28, 28)` in a model. The
#   first element is the number of examples. The shape of a weight must not depend on it.
#
# The layer works wherever Keras's own layers work. Train it in front of a small network, once with and once
# without the penalty. Guess first what the gates will look like.

# %% tags=["skip-execution"]
figure, axes = plt.subplots(1, 3, figsize=(10, 3.4), layout="constrained")
plots.image(x_train.mean(axis=0), "mean of the digits", ax=axes[0])
for ax, penalty in zip(axes[1:], (0.0, 0.002), strict=True):
    keras.utils.set_random_seed(0)
    gate = PixelGate(penalty)
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            gate,
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(
        keras.optimizers.Adam(0.005),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=11,
    )
    history = model.fit(
        x_train, y_train, batch_size=128, epochs=8, verbose=0, validation_data=(x_valid, y_valid)
    )
    size = np.abs(gate.gate.numpy())
    shut = np.mean(size < 0.02)
    plots.image(size / size.max(), f"gates, penalty {penalty:g}", ax=ax)
    accuracy = history.history["val_accuracy"][-1]
    print(f"penalty {penalty:<6g} validation accuracy {accuracy:.3f}, gates shut: {shut:.0%}")
plt.show()

# %% [markdown]
# Without a penalty every pixel stays open, even in the corners, where no digit has ever been. There the gradient
# is 0, and nothing moves the weight away from its initial 1. The penalty shuts the gates of pixels that
# help little. More than half of the pixels are gone, and the network reads about as well as before. These are the runs
# with seeds 0, 1 and 2.
#
# | penalty | validation accuracy | gates shut |
# |---|---|---|
# | 0 | 0.932 to 0.948 | 0 % |
# | 0.002 | 0.939 to 0.942 | 60 to 61 % |
#
# We did nothing to make this work with `fit`. The layer called `add_weight`, and that was enough.

# %% [markdown]
# ### When does what run?
#
# The next exercise asks for a dense layer. Walk through its life line by line. Before each step guess
# which of the three methods will run, then look. Move *units* and *features of x*, too: which shapes depend
# on them?

# %% tags=["skip-execution"]
widgets.layer_life_cycle()

# %% [markdown]
# Look at line 6 again: 150 training steps, and `call` runs **once**. Keras runs your Python
# code to see which tensor operations it consists of. It compiles these, and from then on runs the compiled
# ones. So a `print` in `call` prints once. A random number from NumPy is drawn once and stays the same in all
# later steps. This matters for the noise below.

# %% [markdown]
# ### `keras.ops`: one notation for all tensors
#
# `call` gets real tensors (`layer(x)`) and symbolic ones (`layer(keras.Input(...))`, lesson 04). A function
# from TensorFlow cannot be applied to the output of `keras.Input`. The function of `keras.ops` can.

# %% tags=["skip-execution"]
symbolic = keras.Input((4,))
kernel = np.ones((4, 3), dtype="float32")
try:
    tf.matmul(symbolic, kernel)
except ValueError as error:
    print("tf.matmul:        ", str(error).partition(".")[0])
print("keras.ops.matmul: ", keras.ops.matmul(symbolic, kernel).shape)
print("the same on NumPy:", keras.ops.matmul(np.ones((2, 4), dtype="float32"), kernel).shape)
print("of rank 3:        ", keras.ops.matmul(keras.Input((7, 4)), kernel).shape)

# %% [markdown]
# `keras.ops` has the names of NumPy: `mean`, `square`, `maximum`, `reshape`, `where`. It takes NumPy arrays,
# TensorFlow tensors and symbolic tensors, and would run unchanged on JAX or PyTorch.
#
# *Inside* `call`, TensorFlow functions work as well, because Keras hands `call` tensors that TensorFlow
# understands. NumPy functions do not work there, because a tensor that is being recorded has no values yet. The
# simplest rule is to use `keras.ops` in `call`.

# %% [markdown]
# ### A layer describes itself: `get_config`
#
# A layer can be asked for its **configuration**: a dict of plain values from which the same kind of layer
# can be made again. It holds the settings, not the weights. Keras needs it to save a model, and you need it
# to make a fresh copy.
#
# `super().get_config()` gives what every layer has (name, dtype, trainable). You add the arguments
# of your own `__init__`. The way back is the class method `from_config`. As it stands in Keras, it
# calls `cls(**config)`. That is why `__init__` must accept every key: your own ones and, by `**kwargs`,
# the base class's.
#
# Values should be numbers, strings, lists or `None`, so that the dict can be written to a file. Of an
# activation keep the **name**: `keras.activations.get(name)` makes the function of it, and
# `keras.activations.serialize(function)` the name of the function.
#
# Some layers of Keras ask yours for the shape of its output before they call it, `TimeDistributed` for
# instance. `compute_output_shape(input_shape)` answers.


# %% tags=["skip-execution"]
class ConfigurableGate(PixelGate):
    """A PixelGate that can describe itself."""

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), "penalty": self.penalty}


gate = ConfigurableGate(penalty=0.001, name="first_gate")
config = gate.get_config()
for key, value in config.items():
    print(f"{key:10} {value}")
twin = ConfigurableGate.from_config(config)
print("\nthe same settings:", twin.name, twin.penalty, "  another object:", twin is not gate)

film = keras.Input((5, 28, 28))  # five pictures for each example
for kind in (PixelGate, ConfigurableGate):
    try:
        print(f"{kind.__name__:17}", keras.layers.TimeDistributed(kind())(film).shape)
    except NotImplementedError as error:
        print(f"{kind.__name__:17}", str(error).splitlines()[2])

# %% [markdown]
# Without `get_config` Keras 3 can help itself in simple cases. It notes the arguments with which a *layer* was
# made, as long as they are plain values, and the name if `__init__` takes it by `name` or `**kwargs`. For a
# class derived from `keras.Model`, further below, this does not work. So write the method. It is one line,
# and it tells the reader what the settings are.

# %% [markdown]
# ### Exercise: `class MyDense(units, activation=None)` (4 points)
#
# Write a dense layer, $y = f(x W + b)$, where $f$ is the activation function.
#
# * derived from `keras.layers.Layer`. The layer makes its weights itself, by `add_weight` in `build`: so
#   neither derive it from `keras.layers.Dense` nor keep a `Dense` inside
# * `units`: the number of outputs, u. `activation`: a name such as `"relu"`, or `None` for none
# * `weights` is empty before the layer is built; afterwards there are two, both trainable: the kernel $W$ of
#   shape (d, u), at first random, and the bias $b$ of shape (u,), at first 0
# * takes tensors of any rank ≥ 2, real or symbolic: from (n, …, d) to (n, …, u). The rank may change from call to
#   call, and the first call may be of any rank. d stays the same
# * `get_config` gives a dict that `json.dumps` can write. From this dict `from_config` makes a layer with the
#   same units, activation and name (also a name that Keras has chosen)
#
# **Expected**
#
# ```python
# layer = MyDense(3, activation="relu")
# len(layer.weights)                                         # 0
# layer(np.ones((5, 4), dtype="float32")).shape              # (5, 3)
# [tuple(weight.shape) for weight in layer.weights]          # [(4, 3), (3,)]
# MyDense.from_config(layer.get_config()).get_config() == layer.get_config()    # True
# ```
#
# <details><summary>Hint 1: what goes where</summary>
#
# `__init__`: keep `units` and `activation` in attributes. `build`: the number of
# inputs is `input_shape[-1]`. `call`: product, bias, activation.
# </details>
# <details><summary>Hint 2: the activation</summary>
#
# `keras.activations.get("relu")` is a function, and `keras.activations.get(None)` is the identity. Keep
# the name in an attribute of its own, and give the name to `get_config`.
# </details>
# <details><summary>Hint 3: the weights</summary>
#
# `PixelGate` shows how a weight is made. Its initialiser `"ones"` suits neither the kernel nor the bias: without an
# initialiser `add_weight` draws random numbers, and `"zeros"` gives zeros. `keras.ops.matmul` takes tensors of
# any rank.
# </details>


# %% nbgrader={"grade": false, "grade_id": "MyDense", "locked": false, "schema_version": 3, "solution": true, "task": false}
class MyDense(keras.layers.Layer):
    """activation(x @ kernel + bias), for x of shape (n, ..., d)."""

    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        ### BEGIN SOLUTION
        self.units = units
        self.activation = activation
        ### END SOLUTION

    def build(self, input_shape):
        ### BEGIN SOLUTION
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")
        ### END SOLUTION

    def call(self, inputs):
        ### BEGIN SOLUTION
        outputs = keras.ops.matmul(inputs, self.kernel) + self.bias
        return keras.activations.get(self.activation)(outputs)
        ### END SOLUTION

    def get_config(self):
        ### BEGIN SOLUTION
        return {**super().get_config(), "units": self.units, "activation": self.activation}
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_MyDense", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
checks.run("MyDense")

# %% [markdown]
# Give your layer and Keras's own the same weights, and compare them on pictures: once flattened, once row by
# row.

# %% tags=["skip-execution"]
rows = x_train[:100].reshape(100, 784)
for name, inputs in {"flattened": rows, "row by row": x_train[:100]}.items():
    mine, library = MyDense(64, activation="relu"), keras.layers.Dense(64, activation="relu")
    outputs = library(inputs)
    mine.build(inputs.shape)
    mine.set_weights(library.get_weights())
    difference = np.abs(mine(inputs) - outputs).max()
    print(f"{name:11} {inputs.shape} → {tuple(outputs.shape)}, largest difference {difference:.1e}")

# %% [markdown]
# ## What Keras tracks, and what it overlooks
#
# A layer's `weights` are those made by `add_weight`, and the weights of layers kept in attributes (also in
# lists, tuples and dicts). Other things you may keep in `self` are not weights. Here is a layer with three
# factors. All three should learn that the output is eight times the input.


# %% tags=["skip-execution"]
class ThreeFactors(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.weight = self.add_weight(shape=(), initializer="ones", name="weight")
        self.variable = tf.Variable(1.0)
        self.array = np.float32(1)

    def call(self, inputs):
        return inputs * self.weight * self.variable * self.array


layer = ThreeFactors()
model = keras.Sequential([keras.Input((1,)), layer])
model.compile(keras.optimizers.SGD(0.3), loss="mean_squared_error")
ones = np.ones((32, 1), dtype="float32")
model.fit(ones, 8 * ones, epochs=25, verbose=0)
print("weights:       ", [weight.path for weight in model.weights])
print("after training:", layer.weight.numpy(), layer.variable.numpy(), layer.array)

layer.array = np.float32(100)  # the layer has been compiled by fit
print("called:        ", model(ones[:1]).numpy())
layer.weight.assign(1.0)
model.fit(ones, 8 * ones, epochs=25, verbose=0)
print("a fit later:   ", layer.weight.numpy())

# %% [markdown]
# | kept as | trained | saved | change it later |
# |---|---|---|---|
# | `self.add_weight(...)`, or a layer | yes, unless `trainable=False` | yes | seen everywhere |
# | `tf.Variable(...)` | **no** | **no** | seen |
# | a NumPy array or a number | no | **no** | **not seen by what has been compiled**: `fit` and `predict` go on with the old value |
#
# The last line is easily overlooked. We set the array to 100, and the model, called directly, multiplies by
# 100. But `fit` was compiled while the array was 1, and goes on using that 1. So the weight became 8 once more, not
# 0.08.
#
# Some numbers change, although not by gradients. These belong in weights too: `add_weight(...,
# trainable=False)`. The moving averages of `BatchNormalization` are of this kind. So are the means that the next
# layer keeps.

# %% [markdown]
# ### A layer that looks at the data first
#
# The houses' features differ greatly in size: `Population` is in the thousands, `AveBedrms` is about 1. As
# they are, SGD cannot work with them. The remedy is to **standardise**: from each feature subtract its mean, and
# divide by its standard deviation,
#
# $$x'_{ij} = \frac{x_{ij} - \mu_j}{\sigma_j}, \qquad
# \mu_j = \frac{1}{n} \sum_{i=1}^{n} x_{ij}, \qquad
# \sigma_j = \sqrt{\frac{1}{n} \sum_{i=1}^{n} (x_{ij} - \mu_j)^2}.$$
#
# If this is done outside the model, it is easily forgotten when the model is used. As a layer it is part of the
# model and is saved with it. $\mu$ and $\sigma$ come from the training examples. A method `adapt` computes them,
# without gradients. Keras has such a layer, `Normalization`. You now write one yourself.

# %% [markdown]
# ### Exercise: `class Standardize` (3 points)
#
# Write a layer with a method `adapt`.
#
# * derived from `keras.layers.Layer`; `Standardize()` needs no arguments
# * `adapt(x)`: x is an array (n, d), n examples of d features. The layer keeps the mean and the population
#   standard deviation (divided by n) of each feature, as two weights of d numbers that are **not
#   trainable**. Called again, it replaces them: only the last x counts. Leave x unchanged
# * the layer called on (m, d): (inputs − mean) / std, `float32`, feature by feature, with the weights of the
#   last `adapt`
# * a feature that is constant in x, exactly or up to rounding, must not give `nan` or `inf`, nor huge
#   numbers: for inputs that differ from the constant by rounding only, numbers between −1 and 1. Any other
#   feature is standardised, however small its std is
# * called before any `adapt`, the layer changes nothing: mean 0, std 1. It has its two weights then, so
#   weights can be loaded into it (`set_weights`), and in a model `adapt` takes effect at any time, also
#   after `predict`
#
# **Expected**
#
# ```python
# layer = Standardize()
# layer.adapt(np.array([[1.0, 10.0], [3.0, 50.0]]))        # means 2 and 30, stds 1 and 20
# layer(np.array([[2.0, 30.0], [4.0, 0.0]]))               # [[0, 0], [2, -1.5]]
# len(layer.weights), len(layer.trainable_weights)         # 2, 0
# ```
#
# <details><summary>Hint 1: two ways into build</summary>
#
# Make both weights in `build(self, input_shape)`, with the initialisers `"zeros"` and `"ones"`. When
# `adapt` comes first, there are no weights yet: it must see to it, `if not self.built: self.build(x.shape)`.
# When a call or a model comes first, Keras has built the layer, and `adapt` must not make weights
# again.
# </details>
# <details><summary>Hint 2: new values</summary>
#
# A weight gets its values by `weight.assign(values)`. `self.mean = x.mean(axis=0)` would put an array in
# the weight's place, which Keras neither saves nor sees changing.
# </details>
# <details><summary>Hint 3: the zero</summary>
#
# `np.std([0.1, 0.3 - 0.2])` is not 0: rounding makes it about 7e-18. So do not ask whether a std is equal to 0. Ask
# whether it is tiny. A similar case is the relative change `(new - old) / old` of a number that may be 0 up to
# rounding: `(new - old) / np.maximum(np.abs(old), 1e-7)`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "Standardize", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Standardize(keras.layers.Layer):
    """(inputs - mean) / std, feature by feature; adapt(x) finds mean and std."""

    def build(self, input_shape):
        ### BEGIN SOLUTION
        d = input_shape[-1]
        self.mean = self.add_weight(shape=(d,), initializer="zeros", trainable=False, name="mean")
        self.std = self.add_weight(shape=(d,), initializer="ones", trainable=False, name="std")
        ### END SOLUTION

    def adapt(self, x):
        """Find mean and population standard deviation of each feature of x, (n, d)."""
        ### BEGIN SOLUTION
        if not self.built:
            self.build(x.shape)
        mean, std = np.mean(x, axis=0), np.std(x, axis=0)
        self.mean.assign(mean)
        self.std.assign(np.where(std > 1e-6 * np.abs(mean), std, 1))
        ### END SOLUTION

    def call(self, inputs):
        ### BEGIN SOLUTION
        return (inputs - self.mean) / self.std
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_Standardize", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
checks.run("Standardize")

# %% [markdown]
# Now a model that takes the houses' features **as they are**. It is made of your two layers alone. Beside it the
# same without `Standardize`: once at the same learning rate, once at a millionth of it.


# %% tags=["skip-execution"]
def house_model(*first):
    return keras.Sequential([keras.Input((8,)), *first, MyDense(30, activation="relu"), MyDense(1)])


standardize = Standardize()
standardize.adapt(houses_train)  # the training examples, and no others
for name, first, rate in [
    ("with Standardize", [standardize], 0.01),
    ("without", [], 0.01),
    ("without", [], 1e-8),
]:
    keras.utils.set_random_seed(0)
    model = house_model(*first)
    optimizer = keras.optimizers.SGD(rate)
    model.compile(optimizer, loss="mean_squared_error", steps_per_execution=32)
    history = model.fit(
        houses_train,
        price_train,
        epochs=5,
        verbose=0,
        validation_data=(houses_valid, price_valid),
    )
    losses = " ".join(f"{loss:6.2f}" for loss in history.history["val_loss"])
    print(f"{name:17} rate {rate:<6g} validation loss by epoch: {losses}")
    if first:
        price_model = model
print(f"always the mean price:                        {np.var(price_valid):.2f}")

library = keras.layers.Normalization()
library.adapt(houses_train)
difference = np.abs(library(houses_valid) - standardize(houses_valid)).max()
print(f"largest difference from keras.layers.Normalization: {difference:.1e}")

# %% [markdown]
# Raw features drive the loss to `nan` at the usual rate. At a rate so small that nothing explodes, the model
# learns very slowly. These are the validation losses after five epochs with seeds 0, 1 and 2.
#
# | features | rate | validation loss |
# |---|---|---|
# | standardised | 0.01 | 0.39 to 0.42 |
# | raw | 0.01 | `nan` |
# | raw | 1e-8 | 8 to 64 |
# | none: always the mean price | | 1.37 |

# %% [markdown]
# ## Training or inference?
#
# Some layers do one thing while the model learns and another when it is used: dropout, augmentation, noise.
# Keras tells them by the argument `training`.
#
# * `fit` calls the model with `training=True`; `evaluate` and `predict` with `training=False`.
# * Called by hand, `model(x)` is **inference**, unless you write `model(x, training=True)`.
# * A layer gets the argument if its `call` has it in the signature: `def call(self, inputs, training=None)`.
#   Keras hands it down from the model to all layers inside, whether or not you pass it on yourself.
#
# `None` means that the caller has not said which. Like `False` it means inference, and `if training:` treats both
# alike. The default `training=True` would be a mistake: then a bare call would count as training.
#
# The next layer adds noise to pictures. A network that sees its pictures with fresh noise in each epoch cannot
# rely on single pixels. Move the sliders. How much noise can there be before you cannot read the digit?

# %% tags=["skip-execution"]
widgets.noise_explorer(x_valid[:20].astype("float64"))

# %% [markdown]
# Try these:
#
# * Change the call number. The noise is another one each time, with the same mean and the same spread.
# * Untick *training=True*. Now stddev plays no part.
#
# Random numbers come from `keras.random.normal(shape, stddev=...)`. NumPy's would be drawn once, when `call`
# is recorded, and would stay the same (line 6 in the life of a layer). `keras.ops.shape(inputs)` gives the
# shape even while the number of examples is unknown.

# %% [markdown]
# ### Exercise: `class NoisyLayer(stddev)` (2 points)
#
# Write a layer that adds Gaussian noise in training.
#
# * derived from `keras.layers.Layer`. `stddev`: a number ≥ 0, possibly greater than 1
# * called with `training=True` on a `float32` tensor of any shape: inputs + noise, the noise normally
#   distributed with mean 0 and standard deviation `stddev`, drawn anew for each element and in each call,
#   also in the compiled calls that `fit` makes
# * otherwise, also in a bare call `layer(x)`, the inputs come back as they are
# * `get_config` gives a dict of plain values, such as `json.dumps` can write. From this dict `from_config` makes a
#   layer with the same `stddev`
#
# **Expected** With `x = np.zeros((1000, 100), dtype="float32")` and `layer = NoisyLayer(0.5)`, the standard
# deviation of `layer(x, training=True)` is about 0.5, and that of `layer(x)` is 0.
#
# <details><summary>Hint 1: the switch</summary>
#
# `def call(self, inputs, training=None):`, and in it `if training:`. Return something in either case.
# </details>
# <details><summary>Hint 2: the noise</summary>
#
# `keras.random.normal` takes a shape and a `stddev`. Do not give it a number as `seed`, or each call draws the same
# noise. A similar example, a layer that makes each number randomly smaller:
# `inputs * keras.random.uniform(keras.ops.shape(inputs))`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "NoisyLayer", "locked": false, "schema_version": 3, "solution": true, "task": false}
class NoisyLayer(keras.layers.Layer):
    """Adds Gaussian noise of a given standard deviation, in training only."""

    def __init__(self, stddev, **kwargs):
        super().__init__(**kwargs)
        ### BEGIN SOLUTION
        self.stddev = stddev
        ### END SOLUTION

    def call(self, inputs, training=None):
        ### BEGIN SOLUTION
        noise = keras.random.normal(keras.ops.shape(inputs), stddev=self.stddev)
        return inputs + noise if training else inputs
        ### END SOLUTION

    def get_config(self):
        ### BEGIN SOLUTION
        return {**super().get_config(), "stddev": self.stddev}
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_NoisyLayer", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("NoisyLayer")

# %% [markdown]
# Put the layer in front of a network that reads digits. Both networks below are trained on the same
# pictures, one of them with the noise of your layer. Then both are tested on pictures to which more and more noise
# is added.


# %% tags=["skip-execution"]
def train_reader(stddev, seed):
    keras.utils.set_random_seed(seed)
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            NoisyLayer(stddev),
            keras.layers.Flatten(),
            MyDense(128, activation="relu"),
            MyDense(10, activation="softmax"),
        ]
    )
    model.compile(
        "adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"], steps_per_execution=11
    )
    model.fit(x_train, y_train, batch_size=128, epochs=8, verbose=0)
    return model


levels = [0, 0.2, 0.4, 0.6, 0.8, 1.0]
noise = np.random.default_rng(0).normal(size=x_valid.shape).astype("float32")
figure, (left, right) = plt.subplots(
    1, 2, figsize=(10, 3.4), layout="constrained", width_ratios=[1.6, 1]
)
for stddev, colour, style in [(0.0, "#0072B2", "o-"), (0.5, "#D55E00", "s--")]:
    model = train_reader(stddev, seed=0)
    accuracy = [
        model.evaluate(x_valid + level * noise, y_valid, verbose=0, batch_size=500)[1]
        for level in levels
    ]
    print(f"trained with stddev {stddev}:", " ".join(f"{value:.3f}" for value in accuracy))
    left.plot(levels, accuracy, style, color=colour, label=f"trained with stddev {stddev:g}")
left.set(xlabel="stddev of the noise in the test", ylabel="accuracy", ylim=(0, 1))
left.grid(alpha=0.3)
left.legend()
strips = [
    np.concatenate([x_valid[i] + level * noise[i] for level in levels[::2]], 1) for i in (0, 1)
]
plots.image(np.clip(np.concatenate(strips), 0, 1), "noise 0, 0.4 and 0.8", ax=right)
plt.show()

# %% [markdown]
# On clean pictures the two are nearly equal. Learning through noise costs a little there, and helps much on noisy
# pictures. These are the accuracies with seeds 0, 1 and 2.
#
# | trained with stddev | clean pictures | noise of stddev 0.8 |
# |---|---|---|
# | 0 | 0.935 to 0.940 | 0.568 to 0.611 |
# | 0.5 | 0.920 to 0.931 | 0.748 to 0.763 |

# %% [markdown]
# ## A model as a class
#
# Most models are best written with `Sequential` or the functional API. Keras knows their graph, and can draw
# it and save it without your help. A class is useful when the computation does not fit a graph of layers: a
# loop, a recursion, a choice, several ways through the same parts.
#
# The class derives from `keras.Model`. A model is a layer, too. Settings and **sub-layers belong in
# `__init__`**, the computation in `call`. `build` is seldom needed, because the sub-layers are built at the
# first call. And a model has `compile`, `fit`, `evaluate`, `predict` and `save` besides.
#
# Here is a model that cleans pictures. It gets a digit with noise and should give the digit without it. The
# noise is part of the model. So the pictures are both inputs and targets: `fit(x_train, x_train)`.


# %% tags=["skip-execution"]
class Denoiser(keras.Model):
    """Pictures (n, 28, 28) in 0...1, made noisy in training, come out clean."""

    def __init__(self, n_hidden, noise=0.5, **kwargs):
        super().__init__(**kwargs)
        self.n_hidden, self.noise = n_hidden, noise
        self.spoil = NoisyLayer(noise)
        self.parts = [  # a list of layers is tracked as well
            keras.layers.Flatten(),
            keras.layers.Dense(n_hidden, activation="relu"),
            keras.layers.Dense(784, activation="sigmoid"),
            keras.layers.Reshape((28, 28)),
        ]

    def call(self, inputs, training=None):
        x = self.spoil(inputs, training=training)
        for layer in self.parts:
            x = layer(x)
        return x

    def get_config(self):
        return {**super().get_config(), "n_hidden": self.n_hidden, "noise": self.noise}


keras.utils.set_random_seed(0)
denoiser = Denoiser(128)
denoiser.compile("adam", loss="mean_squared_error", steps_per_execution=11)
history = denoiser.fit(x_train, x_train, batch_size=128, epochs=12, verbose=0)
noisy = x_valid[:10] + 0.5 * np.random.default_rng(1).normal(size=(10, 28, 28)).astype("float32")
clean = denoiser.predict(noisy, verbose=0)
print("squared error before:", np.mean((noisy - x_valid[:10]) ** 2))
print("squared error after: ", np.mean((clean - x_valid[:10]) ** 2))
plots.image_grid(np.concatenate([x_valid[:10], np.clip(noisy, 0, 1), clean]), n_columns=10)

# %% [markdown]
# Top: digits the model has never seen. Middle: what it was given. Bottom: what it made of it.
#
# `predict` and a bare call add no noise of their own. `call` passes `training` on to the noise layer. Keras would
# have done so by itself. Writing it down does no harm and tells the reader what is meant.

# %% [markdown]
# ### `summary` before and after the first call
#
# A model of this kind has no `keras.Input` from which it could learn a shape. Until it has been called it
# has no weights. Calling it on data or on a symbolic input builds it.

# %% tags=["skip-execution"]
fresh = Denoiser(16)
fresh.summary()
fresh(keras.Input((28, 28)))  # or any batch of pictures
fresh.summary()

# %% [markdown]
# A layer without weights may keep its question mark.
#
# Old tutorials call `model.build((None, 28, 28))` here. Without a `build` method of your own, Keras 3 warns and
# marks the model as built, although it has no weight. Call the model instead.

# %% [markdown]
# ### Why layers are made in `__init__`, never in `call`
#
# Now to your prediction. Here is the colleague's model. The pictures are laid out as rows first.


# %% tags=["skip-execution", "shows-warning"]
class LayersInCall(keras.Model):
    def call(self, inputs):
        return keras.layers.Dense(10)(inputs)


rows = x_train.reshape(-1, 784)
model = LayersInCall()
first, second = model(rows[:6]), model(rows[:6])
print("equal:", np.allclose(first, second), "  weights:", len(model.weights))

model.compile("sgd", loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
try:
    model.fit(rows, y_train, verbose=0)
except ValueError as error:
    print("fit:", str(error).splitlines()[2])

# %% [markdown]
# * The tables differ. Each call makes a new layer, with new random weights, and throws it away.
# * `model.weights` is empty. Nothing that lives for one call only can be trained or saved. `fit` warns of it.
# * `fit` fails. It compiles `call`, and compiled code must not make variables each time it runs.
#
# With `self.dense = keras.layers.Dense(10)` inside `call`, even the first call fails. Once a layer has been built, Keras
# takes no new weights or sub-layers for it.


# %% tags=["skip-execution"]
class AttributeInCall(keras.Model):
    def call(self, inputs):
        self.dense = keras.layers.Dense(10)
        return self.dense(inputs)


try:
    AttributeInCall()(rows[:6])
except ValueError as error:
    print(str(error).splitlines()[2])

# %% [markdown]
# The message names the places where weights and sub-layers may be made: `__init__` and `build`. The class body is not
# one of them. What stands there, outside the methods, is made once, and all instances share it (*Going further* shows
# what comes of that).

# %% [markdown]
# ### Exercise: `class MyModel(n_classes)` (3 points)
#
# Write a classifier as a class.
#
# * derived from `keras.Model`
# * on inputs (n, d), for any d: a hidden `Dense` layer of 32 units with ReLU, then `n_classes` units
#   with softmax. `call(inputs, training=None)` gives probabilities (n, n_classes)
# * trains with `compile` and `fit`; each instance has weights of its own, all trainable
# * `MyModel.from_config(model.get_config())` makes a new, untrained `MyModel` of the same architecture
#
# **Expected** After `model = MyModel(10)` and `model(np.zeros((2, 784), dtype="float32"))`,
# `model.count_params()` gives `25450`.
#
# <details><summary>Hint 1: what goes where</summary>
#
# In `__init__`: keep `n_classes` and make the two layers. In `call`: the second layer of the first layer of
# the inputs. `MyDense` or `keras.layers.Dense`, as you like.
# </details>
# <details><summary>Hint 2: the configuration</summary>
#
# As for a layer: `super().get_config()` and the key `"n_classes"`. Keras calls `MyModel(**config)` to get back.
# </details>
# <details><summary>Hint 3: names that are taken</summary>
#
# `self.output`, `self.input`, `self.layers`, `self.weights`, `self.metrics` and `self.losses` belong to Keras.
# Call your layers `self.hidden` and `self.classify`, say.
# </details>


# %% nbgrader={"grade": false, "grade_id": "MyModel", "locked": false, "schema_version": 3, "solution": true, "task": false}
class MyModel(keras.Model):
    """(n, d) -> 32 ReLU units -> n_classes probabilities."""

    def __init__(self, n_classes, **kwargs):
        super().__init__(**kwargs)
        ### BEGIN SOLUTION
        self.n_classes = n_classes
        self.hidden = keras.layers.Dense(32, activation="relu")
        self.classify = keras.layers.Dense(n_classes, activation="softmax")
        ### END SOLUTION

    def call(self, inputs, training=None):
        ### BEGIN SOLUTION
        return self.classify(self.hidden(inputs))
        ### END SOLUTION

    def get_config(self):
        ### BEGIN SOLUTION
        return {**super().get_config(), "n_classes": self.n_classes}
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_MyModel", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
checks.run("MyModel")

# %% [markdown]
# Try it on the digits.

# %% tags=["skip-execution"]
keras.utils.set_random_seed(0)
model = MyModel(10)
model.compile(
    "adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"], steps_per_execution=11
)
rows_valid = x_valid.reshape(-1, 784)
history = model.fit(
    rows, y_train, batch_size=128, epochs=8, verbose=0, validation_data=(rows_valid, y_valid)
)
plots.learning_curves(history)
model.summary()

# %% [markdown]
# ## From configuration to copy, from copy to file
#
# You have met `get_config` and `from_config`. One line makes a fresh layer of any kind, without knowing its
# class or its arguments.

# %% tags=["skip-execution"]
for layer in (standardize, NoisyLayer(0.3), MyDense(3, activation="tanh")):
    fresh = type(layer).from_config(layer.get_config())
    print(f"{type(fresh).__name__:12} {fresh.name:14} weights: {len(fresh.weights)}")

# %% [markdown]
# `standardize` had been adapted, and its copy has not. The configuration holds the settings. What was learnt is
# in the weights.
#
# ### Registering for saving
#
# A file made by `model.save` holds the configuration of each layer, and the weights. It does not hold your
# **code**. When the file is loaded, Keras must find the class that belongs to the name `Standardize`. It finds
# only classes that have been registered.

# %% tags=["skip-execution"]
folder = tempfile.TemporaryDirectory()
path = Path(folder.name) / "houses.keras"
price_model.save(path)
try:
    keras.models.load_model(path)
except TypeError as error:
    print(str(error).partition("\n\nException encountered: ")[2].partition(". ")[0])

# %% [markdown]
# The decorator `@keras.saving.register_keras_serializable(package=...)` above a class enters it under the name
# `package>class`. The package is a word of yours, so that two projects can both have a `MyDense`. A class
# that exists already is registered by calling the decorator like a function.

# %% tags=["skip-execution"]
for kind in (Standardize, MyDense):
    keras.saving.register_keras_serializable(package="lesson05")(kind)
    print(keras.saving.get_registered_name(kind))

price_model.save(path)  # anew: the file names classes as they are called when it is written
loaded = keras.models.load_model(path)
for name, one in {"saved": price_model, "loaded": loaded}.items():
    print(f"{name:6} model, four prices:", one.predict(houses_valid[:4], verbose=0).ravel())
folder.cleanup()

# %% [markdown]
# The loaded model takes raw features, as before. The means and standard deviations are in the file. A
# scaler outside the model would have to be saved, found and applied separately.
#
# Two rules follow. A program that loads the file must import your classes first. And `get_config` must be complete,
# or the file cannot be read. When you have written a layer, save a model with it and load it again. Lesson 11 says
# more.

# %% [markdown]
# ## A block to repair
#
# The last exercise brings the parts together. The layer that you are given has several faults.
#
# ### Exercise: `class RepairedBlock(units)` (2 points)
#
# The block below should be a dense layer with ReLU, and after it dropout. It runs, and it is wrong. Somebody who put it
# into a network reports: *`weights` is empty. `fit` stops with an error. Two calls on the same inputs give different
# numbers, and far more than half of them are 0. I named the block `"first"`, and Keras calls it something else.
# Making a copy from its configuration fails.* Mend it.
#
# * a `keras.layers.Layer`. `units`: the number of ReLU units, u
# * called with `training=True` on inputs (n, d): a dense layer of u units with ReLU; then each number of its
#   output is dropped (set to 0) with probability one half, and doubled otherwise. It is drawn anew for each
#   number and in each call, also in the compiled calls that `fit` makes
# * otherwise, also in a bare call `block(x)`, the output (n, u) of the ReLU layer as it is
# * once called, it has two weights, both trainable, and keeps them: a kernel (d, u) and a bias (u,). Before that it has
#   none
# * takes `name=`. `get_config` gives a dict of plain values, such as `json.dumps` can write. From this dict
#   `from_config` makes a new block with the same units and name. It has no weights before it is called, and shares none
#
# **Expected**
#
# ```python
# block = RepairedBlock(16, name="first")
# x = np.ones((1000, 4), dtype="float32")
# np.array_equal(block(x), block(x))                     # True
# len(block.weights)                                     # 2
# RepairedBlock.from_config(block.get_config()).name     # 'first'
# ```
#
# <details><summary>Hint 1: the idea</summary>
#
# Take the complaints one by one, and look for the line behind each. Two of them share a cause. For each line of the program ask which method it stands in,
# and how often Keras runs that method.
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `block.get_config()` shows the keys, and `from_config` hands them to `__init__` by name. Everything that Keras itself
# knows of a layer, such as its name, it learns from the arguments of `super().__init__`.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# `Denoiser` above is a larger case: see where it makes its layers, what it does with `training`, and how
# the keys of its configuration compare with the arguments of its `__init__`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "RepairedBlock", "locked": false, "schema_version": 3, "solution": true, "task": false}
class RepairedBlock(keras.layers.Layer):
    """A dense layer of ReLU units; in training, half of what it gives is dropped."""

    ### BEGIN SOLUTION
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.dense = keras.layers.Dense(units, activation="relu")
        self.dropout = keras.layers.Dropout(0.5)

    def call(self, inputs, training=None):
        return self.dropout(self.dense(inputs), training=training)

    def get_config(self):
        return {**super().get_config(), "units": self.units}

    ### HANDED OUT INSTEAD
    # def __init__(self, units, **kwargs):
    #     super().__init__()
    #     self.width = units
    #     self.drop = keras.layers.Dropout(0.5)
    #
    # def call(self, inputs, training=None):
    #     hidden = keras.layers.Dense(self.width, activation="relu")(inputs)
    #     return self.drop(hidden, training=True)
    #
    # def get_config(self):
    #     return {**super().get_config(), "width": self.width}
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_RepairedBlock", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("RepairedBlock")

# %% [markdown]
# This cell shows what the report describes. Run it with the program as it was handed out, and again when the check
# passes.

# %% tags=["skip-execution"]
block = RepairedBlock(16, name="first")
once, again = np.asarray(block(rows[:500])), np.asarray(block(rows[:500]))
print(f"name {block.name!r}, {len(block.weights)} weights, {np.mean(once == 0):.0%} zeros")
print("twice the same:", np.array_equal(once, again))
model = keras.Sequential([keras.Input((784,)), block, keras.layers.Dense(10, activation="softmax")])
model.compile("adam", loss="sparse_categorical_crossentropy")
for what, run in {
    "fit": lambda: model.fit(rows, y_train, batch_size=128, verbose=0).history["loss"],
    "copy": lambda: RepairedBlock.from_config(block.get_config()).name,
}.items():
    try:
        print(f"{what}:", run())
    except (ValueError, TypeError) as error:
        print(f"{what}: {type(error).__name__}")

# %% [markdown]
# ## Check your understanding
#
# **Question 1.** How often a layer is built

# %% tags=["skip-execution"]
widgets.commit_box(
    "`layer = MyDense(3)` was called on inputs (6, 4), then on (9, 4). How often has `build` run, and what is the kernel's shape?",
    {
        "Twice, and the second kernel is (9, 3)": "9 is the number of examples, and no weight depends on it. `build` looks at the last "
        "element of the shape.",
        "Once, and the kernel is (4, 3)": "The first call builds the layer. In the second call it is already built, and the inputs have 4 "
        "features again.",
        "Never, because `__init__` made the kernel": "In `__init__` the number of inputs is not known. A layer whose weights do "
        "not depend on it may make them there, as `ThreeFactors` did.",
    },
    answer="Once, and the kernel is (4, 3)",
)

# %% [markdown]
# **Question 2.** A number that is changed later

# %% tags=["skip-execution"]
widgets.commit_box(
    "A layer keeps `self.threshold = np.float32(0.5)` and uses it in `call`. After `fit` you set `layer.threshold = 0.9` and go on "
    "with `fit`. Which threshold is used?",
    {
        "0.5, the old one": "`call` was recorded with 0.5, and the compiled code keeps it. `model(x)`, which runs `call` itself, would use "
        "0.9. Use `add_weight(..., trainable=False)` and `assign`.",
        "0.9, the new one": "That would be so if `fit` ran your Python code for each batch. It runs what was compiled from it.",
        "Another: it is trained": "Only trainable weights are trained, and an array is no weight.",
    },
    answer="0.5, the old one",
)

# %% [markdown]
# **Question 3.** A default

# %% tags=["skip-execution"]
widgets.commit_box(
    "A noise layer has `def call(self, inputs, training=True)`. What goes wrong?",
    {
        "Nothing: `fit` and `predict` pass it": "They do, and so the mistake is easily overlooked. But `layer(x)` and `model(x)` do not, "
        "and then the default decides.",
        "A bare call `layer(x)` adds noise": "A bare call should be inference. Write `training=None` or `training=False`.",
        "`predict` adds noise to the inputs": "`predict` passes `training=False`, and that counts more than the default.",
    },
    answer="A bare call `layer(x)` adds noise",
)

# %% [markdown]
# **Question 4.** A file that cannot be loaded

# %% tags=["skip-execution"]
widgets.commit_box(
    "`load_model` fails with \"Could not locate class 'MyDense'\". What helps?",
    {
        "Calling the model before it is saved": "That builds the weights. What is missing is the code of the class.",
        "Writing the method `get_config`": "Without it the message would name missing arguments. Here Keras does not even know the class.",
        "Registering the class in both programs": "In the one that saves and in the one that loads. Or, when loading, "
        '`load_model(path, custom_objects={"MyDense": MyDense})`.',
    },
    answer="Registering the class in both programs",
)

# %% [markdown]
# ## Then and now
#
# Older tutorials write some of this differently. Each line was run with TensorFlow 2.21 and Keras 3.
#
# | then | what happens today | now |
# |---|---|---|
# | `from keras.engine.topology import Layer` | `ModuleNotFoundError` | `keras.layers.Layer` |
# | `self.add_weight("w", (4,))` | `ValueError`: the name goes by keyword | `self.add_weight(shape=(4,), name="w")` |
# | `input_shape[-1].value` in `build` | `AttributeError`: it is an `int` | `input_shape[-1]` |
# | `self.w = tf.Variable(...)` in a layer | works, but is not tracked | `self.w = self.add_weight(...)` |
# | `tf.matmul(inputs, kernel)` with `inputs = keras.Input((4,))` | `ValueError` | `keras.ops.matmul(inputs, kernel)` |
# | `K.dot(x, kernel)` with `from keras import backend as K` | `AttributeError` | `keras.ops.matmul(x, kernel)` |
# | `K.in_train_phase(noisy, x)` | `AttributeError` | `call(self, inputs, training=None)` |
# | `self.output = keras.layers.Dense(1)` in a model | `AttributeError`: the name is taken | `self.score = keras.layers.Dense(1)` |
# | `model.build((None, 4))` of a subclass, then `summary()` | warns, and shows 0 parameters | `model(keras.Input((4,)))`, or a call on data |

# %% [markdown]
# ## Summary
#
# * A layer: settings in `__init__`, weights by `add_weight` in `build`, the computation in `call`, with
#   `keras.ops`.
# * Keras trains and saves what `add_weight` has made, and the weights of sub-layers. A `tf.Variable` or an
#   array in `self` is neither trained nor saved.
# * `fit` and `predict` compile `call`. Values that change belong in weights, and random numbers come from
#   `keras.random`.
# * `training=None` in the signature of `call` tells training from inference. A bare call is inference.
# * Sub-layers are made in `__init__`, not in `call`, where they live for one call, nor in the class body,
#   where all instances share them.
# * `get_config` holds the settings, and the weights hold what was learnt. `from_config` gives a fresh copy. A
#   model with a registered class can be loaded from a file.
#
# ## Where to go next
#
# [Going further](going_further/05_subclassing_going_further.ipynb) adds losses of your own (`add_loss`), penalties and
# limits for weights, and shows what happens to a model in a class body. Nothing in it is graded.
#
# Lesson 06 takes a data set from its raw pixels to a tested classifier. Lesson 09 writes one and the same
# model with the functional API and as a class. Lesson 11 is about saving, lesson 12 about metrics and training
# loops of your own.
#
# Go on with [06 · Fashion-MNIST: a first classifier](../06_fashion_mnist/06_fashion_mnist.ipynb)
