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
# # 04 · The functional API
#
# **You will be able to**
#
# * call layers on symbolic tensors, and make a model from its inputs and its outputs
# * build what no stack can be: branches, shortcuts, several inputs, several outputs, shared layers
# * train a model with several outputs, and say how much each of them counts
# * look at a model as a graph, and work out the shapes along it
# * take a model apart, and use what one of its layers has learnt
#
# **Before you start** You need dense layers, ReLU, sigmoid and softmax (lesson 01), and `Sequential`,
# `compile` and `fit` (lesson 03).
#
# **Running time** about 40 seconds on two cores with the sample data; reading about 60 minutes, exercises about 50.

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
# A network looks at **two** pictures of digits, 784 pixels each, and says whether they show the same digit.
# Each picture goes through a dense layer of 64 units. The two results are compared by their absolute
# difference, and one unit gives the answer.
#
# One builder gives each picture a dense layer of its own. Another sends both pictures through **one** dense
# layer. Commit to your answers. You will train both networks below.

# %% tags=["skip-execution"]
widgets.commit_box(
    "How many parameters does the network with one dense layer for both pictures have?",
    {
        "About half as many as the network with two": "A layer has its weights once, however often it is "
        "called. 784 × 64 weights and 64 biases serve both pictures.",
        "As many as the network with two": "That would be so if each call made new weights. The weights are made "
        "in the first call, and the second call uses them again.",
        "About a quarter as many": "One layer takes the place of two of the same size. That saves a half.",
    },
    answer="About half as many as the network with two",
)

# %% [markdown]
# And now swap the two pictures.

# %% tags=["skip-execution"]
widgets.commit_box(
    "In which of the two networks can the answer change when the pictures are swapped?",
    {
        "In the one with two dense layers only": "There each picture meets other weights after the swap. With one "
        "layer the two results are swapped, too, and their absolute difference is the same.",
        "In both": "With one layer for both pictures, the two results are merely swapped. Their absolute difference stays as it "
        "is, and so does the answer.",
        "In neither": "With two layers each picture meets other weights after the swap. Training may bring the two layers "
        "near each other, but nothing makes them equal.",
    },
    answer="In the one with two dense layers only",
)

# %% [markdown]
# How would you build them?

# %% tags=["skip-execution"]
widgets.commit_box(
    "Which of the two networks can `keras.Sequential` build?",
    {
        "Neither": "A stack has one input and one way through it. Both networks have two inputs.",
        "Only the one with one dense layer": "Its layer is called on two inputs, and a stack has only one.",
        "Both": "A stack has one input and one way through it. Here two ways have to meet.",
    },
    answer="Neither",
)

# %% [markdown]
# ## The data
#
# We use the handwritten digits again. Their pixels are laid out as rows and divided by 255. The last tenth of the
# training digits is for validation.

# %% tags=["skip-execution"]
digits = data.load_mnist()
rows = digits.x_train[:20000].reshape(-1, 784).astype("float32") / 255
labels = digits.y_train[:20000]
n_valid = len(rows) // 10
x_train, y_train = rows[:-n_valid], labels[:-n_valid]
x_valid, y_valid = rows[-n_valid:], labels[-n_valid:]
print(digits)
print("training", x_train.shape, " validation", x_valid.shape)

# %% [markdown]
# All numbers that we quote are for the sample of 8,000 digits. If the full set was found, the lesson takes
# 20,000 digits of it, to stay quick, and yours will be better.

# %% [markdown]
# ## A layer is a function
#
# In lesson 03 you called a layer on digits, and digits came out in another form. A layer can also be called on
# a **symbolic tensor**. That is a placeholder: it has a shape and a dtype, but no numbers in it.
# `keras.Input` makes one.

# %% tags=["skip-execution"]
inputs = keras.Input((784,), name="pixels")
hidden = keras.layers.Dense(64, activation="relu", name="hidden")(inputs)
outputs = keras.layers.Dense(10, activation="softmax", name="answer")(hidden)
for tensor in (inputs, hidden, outputs):
    print(type(tensor).__name__, tensor.shape, tensor.dtype)

# %% [markdown]
# Nothing was computed here. Keras only noted **what is to be done**: `pixels` go through `hidden`, and what
# comes out goes through `answer`. Look closely at the two pairs of parentheses.
#
# * `keras.layers.Dense(64)` **makes** a layer.
# * `(inputs)` behind it **calls** that layer.
#
# `keras.Model(inputs, outputs)` then makes a model of it. You name the two ends. Keras finds the layers
# between them by following the notes back from the outputs.

# %% tags=["skip-execution"]
keras.utils.set_random_seed(0)
model = keras.Model(inputs=inputs, outputs=outputs, name="digits")
model.summary()

# %% [markdown]
# This is the network that `Sequential` would have made, and everything you know works with it: `compile`, `fit`,
# `evaluate`, `predict`, `layers`, `weights`. Give both the same weights, and they give the same answers.

# %% tags=["skip-execution"]
stack = keras.Sequential([
    keras.Input((784,)),
    keras.layers.Dense(64, activation="relu"),
    keras.layers.Dense(10, activation="softmax"),
])  # fmt: skip
stack.set_weights(model.get_weights())
print("same answers:", np.allclose(model(x_valid[:100]), stack(x_valid[:100])))

# %% [markdown]
# ### What you can do with a symbolic tensor
#
# Call layers on it, use the operators `+ - * /` and slices, and use `keras.ops`, which is Keras's NumPy. What you
# cannot do is ask for its numbers, because there are none yet.

# %% tags=["skip-execution"]
print("ops ", keras.ops.abs(hidden - 1.0).shape, " slice", hidden[:, :3].shape)
for words, attempt in [
    ("np.abs(inputs)", lambda: np.abs(inputs)),
    ("tf.abs(inputs)", lambda: tf.abs(inputs)),
    ("if inputs > 0", lambda: "yes" if inputs > 0 else "no"),
    ("Dense(64)(input)", lambda: keras.layers.Dense(64)(input)),
]:
    try:
        attempt()
    except (ValueError, TypeError, AttributeError) as error:
        print(f"{words:17} {type(error).__name__}: {str(error).partition('.')[0][:90]}")

# %% [markdown]
# The last line is a trap that many fell into. `input` without an *s* is a function of Python's own, so Python finds
# the name and does not complain. Call your tensors `inputs`.
#
# The function style has one more habit. When the names in between do not matter, one name, `x`, is used over and
# over: `x = keras.layers.Dense(64)(x)`.

# %% [markdown]
# ### Exercise: `build_functional_mlp(n_features, hidden_units, n_classes)` (2 points)
#
# Build a classifier with the functional API.
#
# * `n_features`: the number of inputs
# * `hidden_units`: a **list** with the number of units of each hidden layer, possibly empty; leave it unchanged
# * hidden layers have ReLU; the output layer has `n_classes` units and a softmax; nothing else, no penalties,
#   no dropout
# * returns a new model each time; whether it is compiled does not matter. (A `Sequential` that computes the same
#   would be right, too. The exercise is worth more the other way.)
#
# **Expected** `build_functional_mlp(784, [64], 10).count_params()` gives `50890`, and
# `build_functional_mlp(4, [], 3).count_params()` gives `15`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Each layer takes what the one before it gave. So one name, `x`, is enough for the tensor that you have got so
# far. The input needs a second name, because the model is made from both ends. The empty list is no special case:
# then the output layer takes the input itself.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `keras.Input` takes a shape, a tuple with one number in it. A `for` loop goes through the list. In each round a
# new layer is made and called. `keras.Model` takes the two ends.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# A model that multiplies its three inputs by each number of a list, one after the other:
#
# ```python
# start = keras.Input((3,))
# x = start
# for factor in [2.0, 0.5, 10.0]:
#     x = keras.layers.Rescaling(factor)(x)
# model = keras.Model(start, x)
# ```
# </details>


# %% nbgrader={"grade": false, "grade_id": "build_functional_mlp", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_functional_mlp(n_features, hidden_units, n_classes):
    """A built model: n_features inputs, ReLU layers of these units (a list), a softmax output."""
    ### BEGIN SOLUTION
    inputs = keras.Input((n_features,))
    x = inputs
    for units in hidden_units:
        x = keras.layers.Dense(units, activation="relu")(x)
    return keras.Model(inputs, keras.layers.Dense(n_classes, activation="softmax")(x))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_build_functional_mlp", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("build_functional_mlp")

# %% [markdown]
# Up to here the functional API is just another way to write the same stack. These are the things that
# `Sequential` cannot do:
#
# | what | why a stack cannot be that |
# |---|---|
# | shortcuts (residual connections) | the output of one layer goes to **two** places |
# | several inputs | a stack has one bottom |
# | several outputs | a stack has one top |
# | shared layers | each layer stands in one place |
#
# We take them in this order.

# %% [markdown]
# ## Shortcuts: residual connections
#
# A layer's output may be used more than once. Here it takes two ways. One leads through two layers, the other
# around them, and `keras.layers.add` puts them together, element by element.

# %% tags=["skip-execution"]
inputs = keras.Input((32,), name="inputs")
x = keras.layers.Dense(32, activation="relu", name="first")(inputs)
x = keras.layers.Dense(32, name="second")(x)
total = keras.layers.add([inputs, x], name="sum")
outputs = keras.layers.ReLU(name="relu")(total)
block = keras.Model(inputs, outputs, name="block")
plots.model_graph(block)  # fmt: skip

# %% [markdown]
# A box is a layer, and an arrow is a tensor. `plots.model_graph` belongs to this course. Keras draws such figures with
# `keras.utils.plot_model`, if the program Graphviz is installed
# ([Going further](going_further/04_functional_going_further.ipynb)).
#
# `keras.layers.add([a, b])` and `keras.layers.Add()([a, b])` are the same, and `a + b` does it, too. Both must have the
# same shape.
#
# Why would one build that? The layers on the long way need not produce the output. They only produce the
# **difference** to the input, the *residue*. And if they have nothing to say, they can be silent: with weights of
# zero the block hands on what it was given.

# %% tags=["skip-execution"]
block.set_weights([np.zeros_like(weight) for weight in block.get_weights()])
signal = np.abs(np.random.default_rng(0).normal(size=(4, 32))).astype("float32")
print("handed on unchanged:", np.array_equal(block(signal), signal))

# %% [markdown]
# (The signal here has no negative numbers, like every signal that comes out of such a block. Negative ones would
# be cut off by the last ReLU.)
#
# The same holds on the way back. A gradient that arrives at the sum goes both ways, and the short way does not
# weaken it. In a plain stack every layer multiplies the gradient by something, often by something smaller than 1.
# You saw in lesson 01 what becomes of it.
#
# Where the block changes the number of features, from $d$ to *units*, the input does not fit to the sum. Then a
# dense layer without activation brings it to the right size on the short way:
#
# $$\text{block}(x) = \text{ReLU}\bigl(\text{Dense}(\text{ReLU}(\text{Dense}(x))) + s(x)\bigr), \qquad
# s(x) = \begin{cases} x & d = \text{units} \\ x W_s + b_s & \text{otherwise.} \end{cases}$$

# %% [markdown]
# ### Exercise: `residual_block(x, units)` (3 points)
#
# Write the block as a function of a symbolic tensor.
#
# * `x`: a symbolic tensor of shape (n, d), the input or the output of other layers
# * the long way: a Dense layer of `units` with ReLU, and a Dense layer of `units` without
# * the short way: if d equals `units`, `x` itself; otherwise a Dense layer of `units` **without** activation
#   (whether it has a bias does not matter)
# * returns the symbolic tensor of ReLU of the sum of both, of shape (n, units); new layers in each call
#
# **Expected** with `x = keras.Input((8,))`, `keras.Model(x, residual_block(x, 8)).count_params()` gives `144`;
# with `residual_block(x, 5)` it gives `120` (115 if the short way has no bias).
#
# <details><summary>Hint 1: the idea</summary>
#
# `x` is needed twice, at the beginning of the long way and for the sum. If `x` becomes the name of the first
# Dense layer's output, the input is lost. Use another name on the long way.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# A symbolic tensor knows its shape, and `x.shape[-1]` is d. There are two ReLUs. One belongs to the first Dense
# layer. The other comes last, after the sum; `keras.layers.ReLU` is a layer for it.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# A gate: one layer says, with numbers from 0 to 1, how much of each feature passes. If `signal` has four
# features, that is
#
# ```python
# gate = keras.layers.Dense(4, activation="sigmoid")(signal)
# passed = keras.layers.multiply([signal, gate])
# ```
#
# If `signal` has six features, the product does not fit. Then another layer comes first,
# `four = keras.layers.Dense(4)(signal)`, and `four` is multiplied by the gate.
# </details>


# %% nbgrader={"grade": false, "grade_id": "residual_block", "locked": false, "schema_version": 3, "solution": true, "task": false}
def residual_block(x, units):
    """Symbolic (n, d) -> (n, units): Dense-ReLU-Dense of x, plus x (or a linear Dense of it), ReLU."""
    ### BEGIN SOLUTION
    long_way = keras.layers.Dense(units, activation="relu")(x)
    long_way = keras.layers.Dense(units)(long_way)
    short_way = x if x.shape[-1] == units else keras.layers.Dense(units)(x)
    return keras.layers.ReLU()(keras.layers.add([long_way, short_way]))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_residual_block", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
checks.run("residual_block")

# %% [markdown]
# Now stack fifteen blocks, which makes 32 layers, and train them for two epochs. Then the same again
# without the shortcuts.


# %% tags=["skip-execution"]
def deep_network(shortcuts, n_blocks=15, units=32):
    inputs = keras.Input((784,))
    signal = keras.layers.Dense(units, activation="relu")(inputs)
    for _ in range(n_blocks):
        if shortcuts:
            signal = residual_block(signal, units)
        else:
            signal = keras.layers.Dense(units, activation="relu")(signal)
            signal = keras.layers.Dense(units, activation="relu")(signal)
    return keras.Model(inputs, keras.layers.Dense(10, activation="softmax")(signal))


for shortcuts in (True, False):
    keras.utils.set_random_seed(0)
    deep = deep_network(shortcuts)
    deep.compile(
        "adam", "sparse_categorical_crossentropy", metrics=["accuracy"], steps_per_execution=19
    )
    history = deep.fit(
        x_train, y_train, batch_size=128, epochs=2, validation_data=(x_valid, y_valid), verbose=0
    )
    accuracy = [round(value, 3) for value in history.history["val_accuracy"]]
    words = "with shortcuts   " if shortcuts else "without shortcuts"
    print(f"{words} {deep.count_params():,} parameters, validation accuracy {accuracy}")

# %% [markdown]
# | | validation accuracy after two epochs, three runs |
# |---|---|
# | with shortcuts | 0.73 to 0.84 |
# | without | 0.10 to 0.42 |
#
# One of the networks without shortcuts still answered at random. Depth without them can be made to work, too (lesson 08).

# %% [markdown]
# ## Several inputs
#
# A model is to estimate the prices of houses in California. It knows six numbers of each neighbourhood, such as the
# median income, and where it lies. The place is special. Twice the latitude is not twice of anything, and prices jump from
# one side of a mountain to the other. So the map is cut into 420 cells, and the cells are numbered. The number of its cell says
# where a neighbourhood is.
#
# A cell's number is only a name. Cell 210 is not ten times as much as cell 21, so it would be wrong to multiply it
# by a weight. It should be looked up. `keras.layers.Embedding(420, 4)` is a table of 420 rows, four numbers each. It
# takes a whole number and gives that row. The table's entries are weights: training finds them, like any other weight.

# %% tags=["skip-execution"]
lookup = keras.layers.Embedding(420, 4)
out = lookup(np.array([210, 21, 210]))
(table,) = lookup.get_weights()
print("table", table.shape, " output", out.shape)
print("the same as picking rows by hand:", np.array_equal(out, table[[210, 21, 210]]))

# %% [markdown]
# Now the model has two inputs: six numbers, and one id. `Concatenate` lays the two side by side, 6 + 4 = 10
# features. `keras.Model` gets the inputs as a list or, better, as a **dict** with a name for each.

# %% tags=["skip-execution"]
inputs = {
    "numbers": keras.Input((6,), name="numbers"),
    "cell": keras.Input((), dtype="int32", name="cell"),
}
place = keras.layers.Embedding(420, 4, name="place")(inputs["cell"])
x = keras.layers.Concatenate(name="side_by_side")([inputs["numbers"], place])
x = keras.layers.Dense(30, activation="relu", name="hidden")(x)
houses = keras.Model(inputs, keras.layers.Dense(1, name="price")(x), name="houses")
plots.model_graph(houses)  # fmt: skip

# %% [markdown]
# `keras.Input(())` has an empty shape: one example is a single number. Its shape in the plot is `(None,)`, any number of
# examples.
#
# The arrays come in a dict with the same names, for `predict` as for `fit`. So nobody has to remember their order.

# %% tags=["skip-execution"]
two_houses = {"numbers": np.zeros((2, 6), dtype="float32"), "cell": np.array([210, 21])}
print("two average houses in two cells:", houses.predict(two_houses, verbose=0).ravel())

# %% [markdown]
# These prices mean nothing yet. [Going further](going_further/04_functional_going_further.ipynb) trains the network on the
# houses, with the cells and without them, and draws a map of what the table has learnt.

# %% [markdown]
# ## Shared layers
#
# Now to the question at the top: do two pictures show the same digit? First we need pairs. Half of the second
# pictures are chosen to show the same digit as the first, the others at random.


# %% tags=["skip-execution"]
def make_pairs(labels, n_pairs, rng):
    """Indices of first and second pictures, and whether both show the same digit."""
    first, second = rng.integers(len(labels), size=(2, n_pairs))
    chosen = rng.random(n_pairs) < 0.5
    for digit in range(10):
        wanted = chosen & (labels[first] == digit)
        second[wanted] = rng.choice(np.flatnonzero(labels == digit), wanted.sum())
    return first, second, (labels[first] == labels[second]).astype("float32")


rng = np.random.default_rng(0)
first, second, same_train = make_pairs(y_train, 20000, rng)
pairs_train = [x_train[first], x_train[second]]
first, second, same_valid = make_pairs(y_valid, 4000, rng)
pairs_valid = [x_valid[first], x_valid[second]]
print(f"same digit in {same_train.mean():.0%} of the training pairs")

figure, axes = plt.subplots(2, 6, figsize=(8, 3.1), layout="constrained")
for i, (top, bottom) in enumerate(axes.T):
    plots.image(pairs_valid[0][i].reshape(28, 28), "same" if same_valid[i] else "different", top)
    plots.image(pairs_valid[1][i].reshape(28, 28), ax=bottom)
plt.show()

# %% [markdown]
# The validation pairs are made of digits that no training pair contains.
#
# Each picture goes through a dense layer that describes it with a few numbers, an **encoder**. Then the two
# descriptions are compared. Both pictures should be described in the same way. So both
# go through the **same** layer: make the layer once, call it twice.
#
# ```python
# encoder = keras.layers.Dense(units, activation="relu")
# a, b = encoder(left), encoder(right)
# ```
#
# Both calls use the same kernel and the same bias. In training both contribute to their gradient.
#
# The comparison is the absolute difference $|a - b|$, feature by feature. It does not care which picture comes first.

# %% [markdown]
# ### Exercise: `build_shared_encoder(n_features, units)` (3 points)
#
# Build the network that compares two inputs.
#
# * two inputs of `n_features` each; the model is called on a list of two arrays, `model([a, b])`
# * both go through **one** Dense layer of `units` with ReLU
# * then the absolute difference of the two results, feature by feature, and a Dense layer of one unit with a sigmoid
#   on it
# * returns a new model each time; the output has the shape (n, 1)
#
# **Expected** `build_shared_encoder(784, 64).count_params()` gives `50305`, and `model([a, b])` is equal to
# `model([b, a])`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Two ways, one layer. The layer for the pictures is made in one place of the function only, and it gets a name.
# That name is called twice.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# Symbolic tensors can be subtracted, with `-`. For the absolute value use `keras.ops.abs`; `np.abs` and `tf.abs`
# want numbers. `keras.Model` takes a list of inputs.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# Two words, each given by an id, are looked up in one table. The answer is the scalar product of the two rows:
#
# ```python
# one, other = keras.Input((), dtype="int32"), keras.Input((), dtype="int32")
# lookup = keras.layers.Embedding(100, 8)
# product = keras.ops.sum(lookup(one) * lookup(other), axis=1)
# model = keras.Model([one, other], product)
# ```
# </details>


# %% nbgrader={"grade": false, "grade_id": "build_shared_encoder", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_shared_encoder(n_features, units):
    """Two inputs through one ReLU Dense; sigmoid of one unit on the absolute difference."""
    ### BEGIN SOLUTION
    left = keras.Input((n_features,), name="left")
    right = keras.Input((n_features,), name="right")
    encoder = keras.layers.Dense(units, activation="relu", name="encoder")
    difference = keras.ops.abs(encoder(left) - encoder(right))
    same = keras.layers.Dense(1, activation="sigmoid", name="same")(difference)
    return keras.Model([left, right], same, name="pairs")
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_build_shared_encoder", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
checks.run("build_shared_encoder")

# %% [markdown]
# Train it, and beside it the network with two encoders.


# %% tags=["skip-execution"]
def build_two_encoders(n_features, units):
    left, right = keras.Input((n_features,)), keras.Input((n_features,))
    a = keras.layers.Dense(units, activation="relu")(left)
    b = keras.layers.Dense(units, activation="relu")(right)
    same = keras.layers.Dense(1, activation="sigmoid")(keras.ops.abs(a - b))
    return keras.Model([left, right], same)


for words, build in [("one encoder", build_shared_encoder), ("two encoders", build_two_encoders)]:
    keras.utils.set_random_seed(0)
    comparer = build(784, 64)
    comparer.compile("adam", "binary_crossentropy", metrics=["accuracy"], steps_per_execution=20)
    history = comparer.fit(
        pairs_train,
        same_train,
        batch_size=128,
        epochs=4,
        validation_data=(pairs_valid, same_valid),
        verbose=0,
    )
    forwards = comparer.predict(pairs_valid, batch_size=1000, verbose=0)
    backwards = comparer.predict(pairs_valid[::-1], batch_size=1000, verbose=0)
    changed = np.mean((forwards > 0.5) != (backwards > 0.5))
    print(f"{words:12} {comparer.count_params():7,} parameters,", end=" ")
    print(f"validation accuracy {history.history['val_accuracy'][-1]:.3f},", end=" ")
    print(f"{changed:.1%} of the answers change when the pictures are swapped")
    if build is build_shared_encoder:
        pairs = comparer  # for later

# %% [markdown]
# `binary_crossentropy` is the cross-entropy for a question with two answers: the output is the probability of *yes*.
#
# | three runs | accuracy | other answers when swapped |
# |---|---|---|
# | one encoder | 0.87 to 0.88 | 0 % |
# | two encoders | 0.87 to 0.89 | 7 to 9 % |
#
# Always answering "same" would be right for 55 %. So sharing costs hardly any accuracy. It halves the parameters, and the
# answer cannot depend on the order.

# %% [markdown]
# ## Several outputs
#
# A network can answer two questions at once. For a digit: which one is it, and how far does it **lean**? The
# slant can be computed from the pixels, so we have targets for free. It is the slope of the line that cuts each
# row of the ink in the middle, as well as it can.


# %% tags=["skip-execution"]
def slant(rows):
    """How far each digit leans to the right, in tens of degrees; rows (n, 784)."""
    ink = rows.reshape(-1, 28, 28)
    y, x = np.mgrid[:28, :28]
    weight = ink / ink.sum(axis=(1, 2), keepdims=True)
    dx = x - np.sum(weight * x, axis=(1, 2), keepdims=True)
    dy = y - np.sum(weight * y, axis=(1, 2), keepdims=True)
    slope = -np.sum(weight * dx * dy, axis=(1, 2)) / np.sum(weight * dy**2, axis=(1, 2))
    return (np.degrees(np.arctan(slope)) / 10).astype("float32")


slant_train, slant_valid = slant(x_train), slant(x_valid)
steps = np.argsort(slant_valid)[np.linspace(3, n_valid - 4, 8).astype(int)]
figure, axes = plt.subplots(1, 8, figsize=(9, 1.6), layout="constrained")
for ax, i in zip(axes, steps, strict=True):
    plots.image(x_valid[i].reshape(28, 28), f"{10 * slant_valid[i]:+.0f}°", ax)
plt.show()

# %% [markdown]
# We measure in tens of degrees, so that the targets are of the size of 1. They have a standard deviation of
# about 1.4.
#
# Two questions, two **heads** on one body. The body is shared: what helps one question may help the other. The
# outputs go into a dict, and its keys are the names by which everything else speaks of them.
#
# ```python
# model = keras.Model(inputs, {"label": label, "score": score})
# ```

# %% [markdown]
# ### Exercise: `build_two_heads(n_features, n_classes)` (2 points)
#
# Build a network with one input and two outputs.
#
# * one input of `n_features`
# * a dict of two outputs: `"label"`, (n, n_classes), the softmax of a Dense layer's logits; and `"score"`, (n, 1), a
#   Dense layer's output without activation, which may be any number
# * what stands between the input and the two heads, if anything, is up to you; both outputs must depend on the input
# * returns a new model each time; whether it is compiled does not matter
#
# **Expected** with `outputs = build_two_heads(784, 10)(x_valid[:5])`, `outputs["label"]` has the shape (5, 10) and its rows
# add up to 1, and `outputs["score"]` has the shape (5, 1).
#
# <details><summary>Hint 1: the idea</summary>
#
# One tensor may go to as many layers as you like. Here the last tensor that both answers share goes to two
# Dense layers, one for each answer. A single Dense layer with ReLU will do for what they share. (Ours has 16 units,
# so that the two heads have to share them.)
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `keras.Model` takes a dict as its outputs. Its keys are the names, its values are the symbolic tensors.
# A Dense layer without the argument `activation` has none.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# A model without any weights, which says of three numbers what their sum and their maximum are:
#
# ```python
# three = keras.Input((3,))
# total, largest = keras.ops.sum(three, axis=1), keras.ops.max(three, axis=1)
# model = keras.Model(three, {"total": total, "largest": largest})
# ```
# </details>


# %% nbgrader={"grade": false, "grade_id": "build_two_heads", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_two_heads(n_features, n_classes):
    """One input; outputs in a dict: label (n, n_classes) probabilities, score (n, 1) linear."""
    ### BEGIN SOLUTION
    inputs = keras.Input((n_features,), name="pixels")
    body = keras.layers.Dense(16, activation="relu", name="body")(inputs)
    label = keras.layers.Dense(n_classes, activation="softmax", name="label")(body)
    score = keras.layers.Dense(1, name="score")(body)
    return keras.Model(inputs, {"label": label, "score": score}, name="two_heads")
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_build_two_heads", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("build_two_heads")

# %% [markdown]
# ### Training two outputs
#
# Each output has a target and a loss of its own. Everything is said in dicts with the outputs' names. What training
# makes smaller is **one** number, the weighted sum
#
# $$L = w_\text{label} \, L_\text{label} + w_\text{score} \, L_\text{score},$$
#
# and `loss_weights` are the $w$.


# %% tags=["skip-execution"]
def train_two_heads(score_weight, epochs=5):
    keras.utils.set_random_seed(0)
    model = build_two_heads(784, 10)
    model.compile(
        optimizer="adam",
        loss={"label": "sparse_categorical_crossentropy", "score": "mean_squared_error"},
        loss_weights={"label": 1.0, "score": score_weight},
        metrics={"label": ["accuracy"], "score": ["mean_absolute_error"]},
        steps_per_execution=19,
    )
    model.fit(
        x_train, {"label": y_train, "score": slant_train}, batch_size=128, epochs=epochs, verbose=0
    )
    return model


two_heads = train_two_heads(score_weight=0.1)
report = two_heads.evaluate(
    x_valid, {"label": y_valid, "score": slant_valid}, verbose=0, return_dict=True
)
for name, value in report.items():
    print(f"{name:26} {value:.4f}")
print("1.0 · label_loss + 0.1 · score_loss =", report["label_loss"] + 0.1 * report["score_loss"])

# %% [markdown]
# `loss` is the weighted sum; the two parts are reported as they are, without their weights. (The last digits may differ: `evaluate` averages them over batches, each in its own way.)
#
# How much should each output count? The body has only 16 units, so the two questions compete for them.

# %% tags=["skip-execution"]
score_weights = [0.0, 0.01, 0.1, 1.0, 100.0]
accuracies, errors = [], []
for score_weight in score_weights:
    trained = two_heads if score_weight == 0.1 else train_two_heads(score_weight)
    answers = trained.predict(x_valid, batch_size=1000, verbose=0)
    accuracies.append(np.mean(answers["label"].argmax(axis=1) == y_valid))
    errors.append(10 * np.mean(np.abs(answers["score"].ravel() - slant_valid)))
    print(
        f"weight {score_weight:6}   accuracy {accuracies[-1]:.3f}   slant off by {errors[-1]:4.1f}°"
    )

# %% [markdown]
# With a weight of 0 the score is not trained at all, and its output means nothing. A weight of 0.1 already gives a useful
# slant, off by about 3.5°, and the digits are recognised nearly as well as without it. A weight of 100 gives the best
# slant, about 2.3°, and a network that recognises fewer than four digits in ten.
#
# Only the **ratio** of the weights steers the compromise. Their size acts like a learning rate. The
# losses have sizes of their own, too: a squared error in degrees instead of tens of degrees would be a hundred times as
# large, and would drown the cross-entropy. So scale the targets first, then choose the weights.

# %% [markdown]
# ## Models in parts
#
# A model is a piece of graph between inputs and outputs. You choose the ends, and you may choose others. The
# tensors in the middle are still there, as each layer's `output`.

# %% tags=["skip-execution"]
keras.utils.set_random_seed(0)
classifier = keras.Sequential([
    keras.Input((784,), name="pixels"),
    keras.layers.Dense(128, activation="relu", name="first"),
    keras.layers.Dense(32, activation="tanh", name="second"),
    keras.layers.Dense(10, activation="softmax", name="answer"),
])  # fmt: skip
classifier.compile(
    "adam", "sparse_categorical_crossentropy", metrics=["accuracy"], steps_per_execution=19
)
classifier.fit(x_train, y_train, batch_size=128, epochs=6, verbose=0)
print("accuracy on validation digits:", classifier.evaluate(x_valid, y_valid, verbose=0)[1])
print("in the middle:", classifier.get_layer("second").output)

# %% [markdown]
# The last hidden layer describes each digit with 32 numbers between −1 and 1, and the output layer needs nothing else to
# tell the digits apart. Such numbers are called **features**. A model that ends there extracts them. No layer is
# copied: both models use the same layers with the same weights.

# %% [markdown]
# ### Exercise: `feature_extractor(model, layer_name)` (2 points)
#
# Make a model that ends at a given layer.
#
# * `model`: a functional model with one input or a list of inputs, or a `Sequential` that begins with
#   `keras.Input`; leave it as it is
# * `layer_name`: the name of one of the layers of the model
# * returns a `keras.Model` from the same input (or the same list of inputs) to that layer's output; it **shares** the
#   weights: when those of `model` change, its outputs change, too
# * raises `ValueError` if the model has no layer of that name
#
# **Expected** `feature_extractor(classifier, "second")(x_valid[:5])` has the shape (5, 32), and
# `feature_extractor(classifier, "answer")` gives the same as `classifier`.
#
# <details><summary>Hint 1: the idea</summary>
#
# No layer has to be made and no weight copied. The symbolic tensors of the model are still there. Choose the
# two ends among them.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `model.get_layer(name)` finds a layer. What does it do if there is none of that name? Try it. The cell above
# shows how a layer tells the tensor that it gave. The other end is in `model.inputs`, with an *s*: a list of
# symbolic tensors. (`model.input` exists for functional models only.)
#
# A model made from a *list* of one input expects a list of one array. It takes the array itself, too, but
# warns each time. `model.inputs[0]` avoids that where there is only one.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# A model from the input of `block`, the residual block above, to twice its output. It shares the weights of
# `block`:
#
# ```python
# doubled = keras.Model(block.inputs[0], 2 * block.outputs[0])
# ```
# </details>


# %% nbgrader={"grade": false, "grade_id": "feature_extractor", "locked": false, "schema_version": 3, "solution": true, "task": false}
def feature_extractor(model, layer_name):
    """A model from the same input to the output of the layer of that name, weights shared."""
    ### BEGIN SOLUTION
    inputs = model.inputs if len(model.inputs) > 1 else model.inputs[0]
    return keras.Model(inputs, model.get_layer(layer_name).output)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_feature_extractor", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("feature_extractor")

# %% [markdown]
# Such features are useful beyond the task they were trained for: to find similar pictures, or as inputs of
# another network. For a model can be called on a tensor as a layer can: **a model can be called like a layer**.
# (*Going further* draws the features in a plane.)

# %% tags=["skip-execution"]
encoder = feature_extractor(classifier, "second")
left, right = keras.Input((784,), name="left"), keras.Input((784,), name="right")
distance = keras.ops.sum(keras.ops.abs(encoder(left) - encoder(right)), axis=1)
similar = keras.Model([left, right], distance)

shown = []
for query in x_valid[:6]:
    queries = np.repeat(query[None], len(x_train), axis=0)
    distances = similar.predict([queries, x_train], batch_size=4096, verbose=0)
    shown += [query, *x_train[np.argsort(distances)[:5]]]
plots.image_grid(np.reshape(shown, (-1, 28, 28)), n_columns=6)

# %% [markdown]
# In each row, a validation digit stands on the left, and beside it the five training digits with the nearest features.
# `similar` was never trained.
# It is the trained encoder, called twice, and a sum. If you went on training `classifier`, `similar` would change with it.

# %% [markdown]
# ## All of them as graphs
#
# Choose a model and a layer. The chosen layer has an orange frame. Thick blue arrows bring what it takes, dashed green
# ones carry away what it gives.

# %% tags=["skip-execution"]
inputs = keras.Input((784,), name="pixels")
x = residual_block(residual_block(inputs, 32), 32)
residual = keras.Model(inputs, keras.layers.Dense(10, activation="softmax", name="answer")(x))

widgets.graph_viewer({
    "a shared layer: pairs": pairs,
    "stack: classifier": classifier,
    "shortcuts: two residual blocks": residual,
    "two inputs: houses": houses,
    "two outputs: digit and slant": two_heads,
    "a shared model: similar": similar,
})  # fmt: skip

# %% [markdown]
# Try these:
#
# * *houses*, layer `side_by_side`: two blue arrows, 6 + 4 = 10 features. Has it parameters? And `place`?
# * *pairs*, layer `encoder`: how often is it called, and how many parameters has it?
# * *shortcuts*: which of the two blocks has a Dense layer on its short way, and why?
# * *a shared model*: the whole classifier, up to its second layer, is a single box.

# %% [markdown]
# ## Shapes along a graph
#
# The drawings above tell the shape of every tensor. Keras works it out while the graph is made, before there
# is any number in it. Where two shapes do not fit, it stops with an error. If you can work the shapes out on paper, you see why.
#
# Here are the layers that you know, each called on something small. An example need not be a row of numbers. Here it is
# a table, six rows with four numbers each.

# %% tags=["skip-execution"]
small_table = keras.Input((6, 4))
three_rows, two_columns = keras.Input((3, 4)), keras.Input((6, 2))
seven_ids = keras.Input((7,), dtype="int32")
for words, tensor in {
    "the table": small_table,
    "Dense(5) of the table": keras.layers.Dense(5)(small_table),
    "Flatten of the table": keras.layers.Flatten()(small_table),
    "add, the table and itself": keras.layers.add([small_table, small_table]),
    "Concatenate(axis=1), with three rows": keras.layers.Concatenate(axis=1)(
        [small_table, three_rows]
    ),
    "Concatenate(axis=-1), with two columns": keras.layers.Concatenate(axis=-1)(
        [small_table, two_columns]
    ),
    "Embedding(20, 2) of seven ids": keras.layers.Embedding(20, 2)(seven_ids),
}.items():
    print(f"{words:39} {tensor.shape}")

# %% [markdown]
# The first entry is the number of examples. It is left open, so it is `None`, and none of these layers changes it.
#
# * `Dense` works on the last axis. Its units take the place of that axis, and the other axes stay. Each row of the table goes
#   through the same weights.
# * `Flatten` makes one axis of all but the first. Its size is their product.
# * `add`, or `Add` as a layer, wants equal shapes, and gives that shape again.
# * `Concatenate` adds up the sizes along its axis. The other sizes must be equal. Axis 0 is that of the examples, axis 1
#   the next, and −1 the last.
# * `Embedding` gives a row of numbers for each id: the shape gets one more axis, at its end.
#
# Now the graph of a model with two inputs, a picture and a text of five words. Six of its layers have letters instead of
# names.

# %% tags=["skip-execution"]
graph = pd.read_csv("shapes.csv", index_col="layer", keep_default_na=False)
print(graph[["kind", "settings", "takes"]].to_string())
plots.lettered_graph(graph)  # fmt: skip

# %% [markdown]
# The table says the same in words: what each layer is, how it is set, and which layers it takes its inputs from, in that order.

# %% [markdown]
# ### Exercise: `output_shapes()` (1 point)
#
# Say which shape the output of each lettered layer has.
#
# * returns a dict from each of the letters A to F to a shape, a tuple
# * the first entry of each shape is `None`, for the number of examples; the others are whole numbers
#
# **Expected** a dict such as `{"A": (None, 2), "B": (None, 2), "C": (None, 2), "D": (None, 2), "E": (None, 2), "F": (None, 2)}`,
# only right. The check in this notebook looks at the form. Which shapes are right, the grader knows. All six are needed.
#
# <details><summary>Hint 1: the idea</summary>
#
# Go from the inputs down. For each layer write its shape beside its box, before you look at the next one. The layers without
# letters need a shape, too, since others take their outputs.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# The list of rules above has one for each kind of layer. At a `Concatenate`, write the shapes one below the other, and mark the axis along
# which they are put together. You may check yourself by calling layers on `keras.Input`, as in the cell above.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# A table of 3 rows with 7 numbers is `(None, 3, 7)`. A Dense layer of 2 units makes `(None, 3, 2)` of it. With another
# `(None, 4, 2)`, concatenated along axis 1, that is `(None, 7, 2)`. Flattened it is `(None, 14)`, and a Dense layer of
# 5 units makes `(None, 5)` of that.
# </details>


# %% nbgrader={"grade": false, "grade_id": "output_shapes", "locked": false, "schema_version": 3, "solution": true, "task": false}
def output_shapes():
    """The shape of what each of the layers A to F gives: dict from letter to tuple, None first."""
    ### BEGIN SOLUTION
    rows, words = (None, 14, 8), (None, 5, 8)
    both = (None, 14 + 5, 8)
    return {
        "A": rows,
        "B": words,
        "C": both,
        "D": (None, 19 * 8),
        "E": (None, 16),
        "F": (None, 16 + 5 * 8),
    }
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_output_shapes", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
checks.run("output_shapes")

# %% [markdown]
# ## Check your understanding
#
# Commit first. The explanations appear when you do.
#
# **Question 1.** A layer that is called twice

# %% tags=["skip-execution"]
widgets.commit_box(
    "`layer = Dense(64)` is called on `a` and then again on `b`, both with 784 features: `p = layer(a)`, `q = layer(b)`. "
    "How many parameters is that?",
    {
        "50,240": "There is one layer, with one kernel and one bias. It is used twice.",
        "100,480": "That would be two layers, `Dense(64)(a)` and `Dense(64)(b)`. Calling a layer makes no new weights, except "
        "the first time.",
        "It is an error: the layer has been called already": "A layer may be called as often as you like, as long as the "
        "inputs have as many features as the first.",
    },
    answer="50,240",
)

# %% [markdown]
# **Question 2.** What a stack can be

# %% tags=["skip-execution"]
widgets.commit_box(
    "Which of these can `keras.Sequential` build from Keras's own layers?",
    {
        "A residual block": "Its input goes to two places, and a stack has only one way. A stack may contain the block as one "
        "layer, if somebody has made a layer or a model of it.",
        "A network with 32 layers, each feeding the next": "Depth is no difficulty for a stack. Whether it trains well is "
        "another question.",
        "A network with an output for the digit and another for its slant": "A stack has one output, that of its last layer.",
    },
    answer="A network with 32 layers, each feeding the next",
)

# %% [markdown]
# **Question 3.** A feature extractor, and the model it comes from

# %% tags=["skip-execution"]
widgets.commit_box(
    '`features = feature_extractor(classifier, "second")`. Then `classifier` is trained for another epoch. What does '
    "`features` give now?",
    {
        "The same as before: it is a model of its own": "It is an object of its own, but its layers are the classifier's, "
        "weights and all.",
        "Other numbers, those of the classifier after the epoch": "Both use the same layers. To keep the old numbers, copy: "
        "`keras.models.clone_model` and then `set_weights`.",
        "An error, because the weights do not belong to it": "Weights may belong to any number of models.",
    },
    answer="Other numbers, those of the classifier after the epoch",
)

# %% [markdown]
# **Question 4.** Two losses of different sizes

# %% tags=["skip-execution"]
widgets.commit_box(
    "A network has two outputs, with losses of about 0.3 and about 4,000. Both have the weight 1. What will happen?",
    {
        "Both are trained alike, because both weights are 1": "The gradient of the sum is nearly the gradient of the second loss "
        "alone.",
        "The second is learnt, the first hardly": "The gradient of the sum is nearly that of the second loss. Scale the targets of "
        "the second so that its loss is of the size of 1, then choose the weights.",
        "Keras scales the losses by itself": "It adds them up as they are, times their weights.",
    },
    answer="The second is learnt, the first hardly",
)

# %% [markdown]
# ## Then and now
#
# Older tutorials write some of this differently. Each line was run with TensorFlow 2.21 and Keras 3.
#
# | then | what happens today | now |
# |---|---|---|
# | `Model(input=a, output=b)` | `ValueError` | `keras.Model(inputs=a, outputs=b)` |
# | `Dense(64)(input)`, where `input` is Python's own function | `ValueError` | `inputs = keras.Input((4,))`, then `Dense(64)(inputs)` |
# | `keras.layers.merge([a, b], mode="concat")` | `AttributeError` | `keras.layers.concatenate([a, b])`, `keras.layers.add([a, b])` |
# | `tf.matmul(inputs, w)`, `tf.abs(inputs)` on a symbolic tensor | `ValueError` | `keras.ops.matmul(inputs, w)`, `keras.ops.abs(inputs)` |
# | `from keras.utils.vis_utils import plot_model` | `ModuleNotFoundError` | `keras.utils.plot_model` |
# | `K.function([model.input], [layer.output])` | `AttributeError` | `keras.Model(model.inputs[0], layer.output)` |
# | `keras.Model(stack.input, layer.output)` for a `Sequential` | `AttributeError`: it has no `input` | `keras.Model(stack.inputs[0], layer.output)` |
# | two outputs, `metrics=["mae"]` for both | `ValueError` when `fit` begins | `metrics={"label": ["accuracy"], "score": ["mae"]}` |
# | two outputs, `fit(x, y)` with one array of targets | `ValueError` | `fit(x, {"label": y, "score": z})` |

# %% [markdown]
# ## Summary
#
# * A layer called on a symbolic tensor gives another one and notes what is to be done. `keras.Model(inputs, outputs)` makes a
#   model of everything between its two ends.
# * An output may go to several places. `keras.layers.add` and `Concatenate` bring ways together: shortcuts, several inputs.
# * Inputs and outputs in a dict have names. `fit` takes dicts with the same names, `loss_weights` says what counts how much.
# * Calling one layer twice shares its weights, and training uses both calls.
# * The shape of every tensor follows from the settings of the layers. `None` stands for the number of examples.
# * Any tensor of a model can be the end of another model, with the same weights. A model can be called like a layer.
#
# ## Where to go next
#
# Lesson 05 goes one step further: layers and models that you write yourself, as classes. Lesson 08 uses more means to train
# deep networks. Lesson 09 takes up two inputs, embeddings and two outputs in a network that was built for recommendations.
#
# [Going further](going_further/04_functional_going_further.ipynb) trains the network with two inputs, draws with
# `plot_model`, looks at features in a plane, and shows what old tutorials write for two outputs.
#
# Go on with [05 · Layers and models of your own](../05_subclassing/05_subclassing.ipynb)
