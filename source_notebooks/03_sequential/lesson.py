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
# # 03 · The Sequential API
#
# **You will be able to**
#
# * build a network as a stack of layers, and count its parameters without building it
# * choose how its weights begin, and put a price on large ones
# * compile it: loss, optimizer, metric, and say where the softmax belongs
# * train it on arrays and on a `tf.data` dataset, and read its history
# * recognise handwritten digits with it
#
# **Before you start** You need arrays and broadcasting (lesson 00), activations and softmax (lesson 01), and
# gradient descent on mini-batches (lesson 02).
#
# **Running time** about 1 minute on two cores with the sample data; reading about 60 minutes, exercises about 50.

# %%
from helpers import checks, data, plots, widgets  # first, so that TensorFlow starts quietly

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

# %% [markdown]
# ## Predict
#
# A network is to read handwritten digits. Each picture is 784 pixels. They go into a layer of 512
# units, from there into another layer of 512, and from there into 10 outputs.
#
# Commit to an answer to both questions before you read on. You will meet the answers on the way.

# %% tags=["skip-execution"]
widgets.commit_box(
    "784 inputs, 512 units, 512 units, 10 outputs: how many numbers does training have to find?",
    {
        "About 1,800": "That is about how many inputs and units there are. But each unit has a number of its own for each of "
        "its inputs.",
        "About 67,000": "Multiply neighbours: 784 · 512 alone is about 401,000.",
        "About 670,000": "784 · 512, 512 · 512 and 512 · 10 make 668,672, and each unit has one number more. You will count "
        "them in the first exercise.",
    },
    answer="About 670,000",
)

# %% tags=["skip-execution"]
widgets.commit_box(
    "These numbers must begin somewhere. Suppose that all weights begin at 0.01. How does the network learn?",
    {
        "As well as ever": "Training moves weights away from where they begin. But here it moves all units of a layer in the "
        "same way.",
        "Slowly, but it gets there": "Time does not help. What is equal at the beginning stays equal.",
        "Hardly at all": "All units of a layer compute the same and get the same gradient. You will see it near the end of the "
        "lesson.",
    },
    answer="Hardly at all",
)

# %% [markdown]
# ## The data
#
# MNIST is a set of handwritten digits, 28 × 28 grey pixels each. A picture's **label** is the digit that
# was meant, 0 to 9. The digits are the **classes**.

# %% tags=["skip-execution"]
digits = data.load_mnist()
print(digits)
plots.image_grid(digits.x_train[:20], digits.y_train[:20], n_columns=10)

# %% [markdown]
# Where the full set cannot be had, you work with the sample that ships with the course: 8,000 digits for
# training and 2,000 for testing. All numbers that we quote in this lesson are for the sample. With the full
# set yours will be better.
#
# A layer wants one row of numbers for each picture, and it wants small numbers. So the rows of pixels are
# laid end to end, $28 \cdot 28 = 784$, and divided by 255.
#
# The network could learn its training digits by heart. So we keep the last tenth of them out of the
# training, and watch how the network does on those. They are called the **validation** digits. (Lesson 06
# says more about this, and about the test set.)

# %% tags=["skip-execution"]
rows = digits.x_train.reshape(-1, 784).astype("float32") / 255
n_valid = len(rows) // 10
x_train, y_train = rows[:-n_valid], digits.y_train[:-n_valid]
x_valid, y_valid = rows[-n_valid:], digits.y_train[-n_valid:]
for name, array in [("x_train", x_train), ("y_train", y_train), ("x_valid", x_valid)]:
    print(f"{name}  shape {array.shape!s:14} dtype {array.dtype}")

# %% [markdown]
# ## A layer
#
# In lesson 02 you wrote a dense layer by hand: $f(x W + b)$, with a kernel $W$, a bias $b$ and an activation
# function $f$. In Keras a **layer** is an object that holds $W$ and $b$. You call it like a function.

# %% tags=["skip-execution"]
layer = keras.layers.Dense(3, activation="relu")
print("before the first call:", layer.weights)

output = layer(x_train[:5])
print("after it:             ", [tuple(weight.shape) for weight in layer.weights])
print("five digits went in, out came an array of shape", output.shape)

# %% [markdown]
# `Dense(3)` has three **units**, that is, three outputs. We did not say how many inputs it has. It found
# out in the first call, and only then made its weights: a kernel of 784 × 3 and a bias of 3. The two
# kinds of numbers together are the layer's **weights**, or **parameters**.
#
# Here is the same by hand.

# %% tags=["skip-execution"]
kernel, bias = layer.get_weights()
by_hand = np.maximum(x_train[:5] @ kernel + bias, 0)
print("Keras   ", np.asarray(output)[0])
print("by hand ", by_hand[0])

# %% [markdown]
# What came out is a **tensor**, TensorFlow's kind of array. `np.asarray(output)` or `output.numpy()` turns it
# into a NumPy array.

# %% [markdown]
# ## A stack of layers
#
# A **model** is layers, put together so that they can be trained. The simplest way to put them together is
# one after the other. That is what `keras.Sequential` does. You hand it a list.

# %% tags=["skip-execution"]
keras.utils.set_random_seed(0)
model = keras.Sequential([
    keras.Input((784,)),
    keras.layers.Dense(512, activation="relu"),
    keras.layers.Dense(512, activation="relu"),
    keras.layers.Dense(10),
])  # fmt: skip
model.summary()

# %% [markdown]
# * `keras.Input((784,))` is no layer. It says what **one** example looks like: a row of 784 numbers. Mind the
#   comma: `(784,)` is a shape, `(784)` is just a number.
# * Thanks to it the weights exist from the start. Without it the model stays unfinished until it sees data.
# * `None` in *Output Shape* stands for the number of examples. The model takes any number at a time.
# * The two layers in the middle are called **hidden**, because their outputs are seen by nobody but the next
#   layer. The last layer has ten outputs, one for each class, and no activation. We come to that.
#
# *Param #* answers the first question of the beginning: **669,706** numbers. A layer with $m$ inputs and $n$ units has
# $m \cdot n$ numbers in its kernel and $n$ in its bias.

# %% [markdown]
# ### Exercise: `dense_parameter_count(layer_sizes)` (1 point)
#
# Count the parameters of a stack of dense layers without building it.
#
# * `layer_sizes`: a list of two or more sizes: the number of inputs, the units of each hidden layer, the
#   number of outputs
# * returns how many weights and biases there are in all
#
# **Expected** `dense_parameter_count([784, 512, 10])` gives `407050`, and `dense_parameter_count([3, 2])` gives
# `8`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Each layer belongs to two neighbours in the list. `[3, 2]` is a single layer with 3 inputs and 2 units: 6 numbers in
# its kernel, 2 in its bias. The inputs are no layer.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `zip(layer_sizes[:-1], layer_sizes[1:])` gives the pairs of neighbours. Add up over them.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# How far it is along a list of stops on a line: `sum(abs(b - a) for a, b in zip(stops[:-1], stops[1:]))`. For
# `[0, 3, 1]` that is 3 + 2 = 5.
# </details>


# %% nbgrader={"grade": false, "grade_id": "dense_parameter_count", "locked": false, "schema_version": 3, "solution": true, "task": false}
def dense_parameter_count(layer_sizes):
    """Number of weights and biases of dense layers, e.g. [784, 512, 10] -> 407050."""
    ### BEGIN SOLUTION
    total = 0
    for i in range(1, len(layer_sizes)):
        total += layer_sizes[i - 1] * layer_sizes[i] + layer_sizes[i]
    return total
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_dense_parameter_count", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
checks.run("dense_parameter_count")

# %% [markdown]
# Where do the parameters sit? Move the sliders.

# %% tags=["skip-execution"]
widgets.layer_size_explorer()

# %% [markdown]
# Try these:
#
# * Halve both hidden layers. Layer 1 shrinks to a half, layer 2 to a quarter. Why?
# * Set hidden layer 1 to 16 and leave the second at 512. A narrow first layer saves nearly everything.
# * Set all hidden layers to 0. What is left, 784 → 10, has 7,850 parameters and already recognises nearly
#   nine digits in ten.
#
# The biases are there, but you can hardly see them. Nearly all parameters are in the kernels.

# %% [markdown]
# ### Building with `add`
#
# The list is fine when you know the layers in advance. When their number depends on something, begin with
# the input and `add` the layers in a loop.

# %% tags=["skip-execution"]
model = keras.Sequential()
model.add(keras.Input((784,)))
for units in [256, 128, 64]:
    model.add(keras.layers.Dense(units, activation="relu"))
model.add(keras.layers.Dense(10))
print([layer.units for layer in model.layers], model.count_params())

# %% [markdown]
# Pictures need not be laid out as rows beforehand. The layer `Flatten` does it inside the model. It has no
# weights.

# %% tags=["skip-execution"]
model_of_images = keras.Sequential([
    keras.Input((28, 28)),
    keras.layers.Flatten(),
    keras.layers.Dense(10),
])  # fmt: skip
print(model_of_images(digits.x_train[:5] / 255).shape)

# %% [markdown]
# ### Exercise: `build_mlp(layer_sizes, activation="relu")` (2 points)
#
# Build a stack of dense layers. Such a network is often called a *multi-layer perceptron*, MLP.
#
# * `layer_sizes`: as before, a list of two or more sizes; leave it unchanged
# * `activation`: the name of the activation function of the **hidden** layers, such as `"relu"` or `"tanh"`;
#   the last layer has none
# * returns a new model each time, built (its weights exist), not compiled; a `keras.Sequential`, or any
#   other Keras model that computes the same; no penalties, no dropout
#
# **Expected** `build_mlp([784, 512, 512, 10]).count_params()` gives `669706`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Ask of each size what it is. `layer_sizes[0]` is the number of features, `layer_sizes[1:-1]` are the hidden layers,
# `layer_sizes[-1]` is the last layer. With two sizes there is no hidden layer, and the slice is empty.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `model.add(layer)` in a loop, as above. `Dense` takes the name of an activation as `activation=`, and has none
# where you give none. Mind the comma in the shape of the input.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# A model that scales three inputs again and again: `model = keras.Sequential([keras.Input((3,))])`, then
# `for factor in factors:` `model.add(keras.layers.Rescaling(factor))`, and after the loop `return model`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "build_mlp", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_mlp(layer_sizes, activation="relu"):
    """A built stack of dense layers: hidden ones with the activation, a linear one at the end."""
    ### BEGIN SOLUTION
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    for units in layer_sizes[1:-1]:
        model.add(keras.layers.Dense(units, activation=activation))
    model.add(keras.layers.Dense(layer_sizes[-1]))
    return model
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_build_mlp", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("build_mlp")

# %% [markdown]
# ## Looking inside a model

# %% tags=["skip-execution"]
keras.utils.set_random_seed(0)
model = build_mlp([784, 512, 512, 10])
print("model.layers  ", [layer.name for layer in model.layers])
print("model.inputs  ", [tensor.shape for tensor in model.inputs])
print("model.outputs ", [tensor.shape for tensor in model.outputs])
print()
for weight in model.weights:
    print(f"{weight.path:32} {tuple(weight.shape)!s:11} {weight.dtype}")
print()
print("weights that training may change:", len(model.trainable_variables))
model.layers[0].trainable = False
print("the same with layer 0 frozen:    ", len(model.trainable_variables))
model.layers[0].trainable = True

# %% [markdown]
# * `model.layers` is the list of the layers; `model.layers[0].kernel` is a kernel.
# * `model.inputs` and `model.outputs` are symbols: they have a shape, but no numbers in them.
# * `model.weights` is everything the model remembers. `model.trainable_variables` is what training may
#   change. Here it is the same, unless you freeze a layer; in lesson 08 you will meet layers where it is not.
# * `weight.path` says to which layer a weight belongs. Its `name` is just `kernel` or `bias`.
#
# To look at what happens on the way, call the layers one after the other on real digits.

# %% tags=["skip-execution"]
signal = x_train[:1000]
for layer in model.layers:
    signal = layer(signal)
    values = np.asarray(signal)
    print(f"{layer.name:10} out {values.shape}, {np.mean(values == 0):.0%} of it exactly 0")

# %% [markdown]
# About half of all ReLU units are off for a given digit. Which half, depends on the digit.

# %% [markdown]
# ## How the weights begin
#
# Before training the weights need values, and `kernel_initializer` says which. Take it by name,
# `kernel_initializer="he_normal"`, or as an object with settings, `keras.initializers.HeNormal(seed=1)`.
#
# Biases begin at 0, which is nearly always right. `bias_initializer` changes it.
#
# | initialiser | what it draws, for $m$ inputs and $n$ units |
# |---|---|
# | `glorot_uniform` (Keras's default), `glorot_normal` | standard deviation $\sqrt{2 / (m + n)}$ |
# | `he_uniform`, `he_normal` | standard deviation $\sqrt{2 / m}$ |
# | `orthogonal` | a random rotation: columns of length 1, at right angles (if $n \le m$) |
# | `Constant(c)`, `zeros`, `ones` | always the same number |
#
# *Uniform* and *normal* differ in the shape of the distribution, Glorot and He in its width.

# %% [markdown]
# ### Why the width matters
#
# Every layer multiplies. If the weights are too small, the signal shrinks from layer to layer; too large,
# and it explodes. He's $\sqrt{2/m}$ is made for ReLU: the 2 makes up for the half of the units that is off.
#
# We send 500 digits through ten ReLU layers of 256 units and measure the spread behind each of them.

# %% tags=["skip-execution"]
gains = {
    "he_normal": "he_normal",
    "glorot_uniform": "glorot_uniform",
    "normal, std 0.2": keras.initializers.RandomNormal(stddev=0.2),
}
figure, ax = plt.subplots(figsize=(7, 4), layout="constrained")
for (name, initialiser), line, colour in zip(gains.items(), ["o-", "s--", "v:"], plots.COLOURS):
    keras.utils.set_random_seed(0)
    signal, spreads = x_train[:500], []
    for _ in range(10):
        signal = keras.layers.Dense(256, "relu", kernel_initializer=initialiser)(signal)
        spreads.append(np.std(signal))
    ax.plot(range(1, 11), spreads, line, color=colour, label=name)
ax.set(yscale="log", xlabel="layer", ylabel="standard deviation of its outputs (log scale)")
ax.grid(alpha=0.3)
ax.legend()
plt.show()

# %% [markdown]
# With He the signal keeps its size. With Glorot a ReLU network loses about a third of it in each layer. Over two or
# three layers that does not matter. Over twenty it does, and then the gradients on the way back suffer in the same way
# (lesson 08).

# %% [markdown]
# ## A price on large weights
#
# A network with 670,000 parameters can learn 8,000 digits by heart. One way to hold it back: weights
# cost something. A **regulariser** adds a penalty to the loss,
#
# $$\text{L2:} \quad \lambda \sum_i w_i^2, \qquad\qquad \text{L1:} \quad \lambda \sum_i |w_i|.$$
#
# L2 makes large weights smaller. L1 charges the same for the last step to 0 as for the first, so it drives many
# weights all the way to (nearly) 0. Biases are left alone as a rule: they are few, and they do no harm.
#
# Every layer reports its penalty, and `model.losses` is the list of them.

# %% tags=["skip-execution"]
model = keras.Sequential([
    keras.Input((784,)),
    keras.layers.Dense(16, activation="relu", kernel_regularizer=keras.regularizers.L2(0.01)),
    keras.layers.Dense(10, kernel_regularizer=keras.regularizers.L1(0.001),
                       bias_initializer=keras.initializers.Constant(-1.0)),
])  # fmt: skip
first, second = (layer.get_weights()[0] for layer in model.layers)
print("Keras   ", [round(float(penalty), 5) for penalty in model.losses])
by_hand = [0.01 * np.sum(first**2), 0.001 * np.sum(np.abs(second))]
print("by hand ", [round(float(penalty), 5) for penalty in by_hand])
print("biases  ", model.layers[1].get_weights()[1])

# %% [markdown]
# In training Keras adds `sum(model.losses)` to the loss by itself. What the penalties do to the weights you
# will see at the end of the lesson, when you can train.

# %% [markdown]
# ### Exercise: `build_regularised_mlp(layer_sizes, l2)` (2 points)
#
# Build the network of `build_mlp` with ReLU again, with two changes:
#
# * **every** kernel, the last one too, is drawn by Keras's `he_normal`
# * every kernel has the penalty $l_2 \cdot \sum w^2$; the biases have none
#
# `l2` is a number ≥ 0. Everything else is as in `build_mlp`.
#
# **Expected** for `model = build_regularised_mlp([784, 512, 512, 10], 0.001)`, `len(model.losses)` is 3 and
# `sum(model.losses)` is about 2.07. Why 2.07? He's weights have the mean square 2 / m. A kernel has m · n of them, so
# $\sum w^2$ is about 2 n: two for each unit. For 512 + 512 + 10 units that makes 2,068, and times 0.001 it is 2.07.
#
# <details><summary>Hint 1: the idea</summary>
#
# Both changes belong to layers, not to the model. Each `Dense` needs them, and the last one needs them too. Only the
# activation makes a difference between the last layer and the others.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `Dense` has the arguments `kernel_initializer=` and `kernel_regularizer=`. The class `L2` of `keras.regularizers`
# computes exactly the formula, without a factor ½, for the number that you give it. The string `"l2"` would always
# mean 0.01.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# A layer with an orthogonal kernel, and with a penalty of another kind on its biases:
# `keras.layers.Dense(3, kernel_initializer="orthogonal", bias_regularizer=keras.regularizers.L1(0.1))`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "build_regularised_mlp", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_regularised_mlp(layer_sizes, l2):
    """As build_mlp with ReLU; he_normal kernels, each with the penalty l2 * sum of squares."""
    ### BEGIN SOLUTION
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    for i, units in enumerate(layer_sizes[1:], start=1):
        model.add(
            keras.layers.Dense(
                units,
                activation="relu" if i < len(layer_sizes) - 1 else None,
                kernel_initializer="he_normal",
                kernel_regularizer=keras.regularizers.L2(l2),
            )
        )
    return model
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_build_regularised_mlp", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("build_regularised_mlp")

# %% [markdown]
# ## Compile: what to aim for
#
# A model with random weights answers at random. Before it can be trained you must say three things, and
# `compile` is where you say them.
#
# * The **loss**: a number that tells how wrong the outputs are. Training makes it smaller.
# * The **optimizer**: the rule by which gradients change the weights. The simplest is SGD, which subtracts the
#   gradient times a **learning rate**. We use RMSprop, which also divides by the gradient's usual size, for each
#   weight on its own.
# * **Metrics**: numbers for people. The **accuracy** is the share of right answers. It cannot be trained on,
#   because it moves in jumps and has no slope.

# %% [markdown]
# ### Where does the softmax go?
#
# The last layer gives ten numbers. They may be anything, and they are called **logits**. Softmax
# (lesson 01) makes probabilities of them. The usual loss for classes is the **cross-entropy** (lesson 02): $-\ln p$,
# with $p$ the probability of the true class. If $p = 1$ it costs nothing; if $p$ is near 0 it costs a lot.
#
# There are two ways to put this together:
#
# | | last layer | loss | `predict` gives |
# |---|---|---|---|
# | on logits | `Dense(10)` | `SparseCategoricalCrossentropy(from_logits=True)` | logits |
# | on probabilities | `Dense(10, activation="softmax")` | `SparseCategoricalCrossentropy()` | probabilities |
#
# `from_logits=True` says: the softmax has not been done yet, do it inside the loss. There it is safer, because
# softmax and logarithm together need no $\ln 0$. "Sparse" means that the labels are class numbers, 0 to 9.
#
# The string `"sparse_categorical_crossentropy"` is the second line, on probabilities. In this lesson we use the
# first.

# %% tags=["skip-execution"]
label, logits = np.array([0]), np.array([[2.0, -1.0, 0.5]], dtype="float32")
p = np.asarray(keras.ops.softmax(logits))
on_logits = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
on_probabilities = keras.losses.SparseCategoricalCrossentropy()
print("softmax       ", p.round(3))
print("-ln p[0]      ", -np.log(p[0, 0]))
print("from logits   ", float(on_logits(label, logits)))
print("probabilities ", float(on_probabilities(label, p)))
print("logits, but the loss takes them for probabilities:", float(on_probabilities(label, logits)))

# %% [markdown]
# The last line is the classic mistake. There is no error; the number looks like a loss. We shall see below what
# it does to training.

# %% [markdown]
# ### Exercise: `compile_classifier(model, learning_rate)` (2 points)
#
# Compile a model whose outputs are **logits**, one for each class.
#
# * optimizer: RMSprop with the given learning rate
# * loss: cross-entropy for labels that are class numbers, computed from logits
# * metrics: the accuracy, under any name
# * returns the same model, compiled; its layers stay as they are
#
# **Expected** after `model = compile_classifier(build_mlp([784, 64, 10]), 0.005)`, the learning rate of
# `model.optimizer` is 0.005, and `model.evaluate(x_valid, y_valid)` reports a loss of about 2.4 and an accuracy of
# about 0.1: the model is not trained yet.
#
# <details><summary>Hint 1: the idea</summary>
#
# Three things are asked for, and two of them have a setting that is not Keras's default: the rate of the optimizer,
# and that the loss is given logits. A string can carry no setting: `"rmsprop"` always has the rate 0.001.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `model.compile(optimizer=..., loss=..., metrics=[...])`, with objects from `keras.optimizers` and `keras.losses`. The
# metrics are a list, even if there is only one. `compile` itself returns nothing.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# For a model that predicts prices: `model.compile(optimizer=keras.optimizers.SGD(learning_rate=0.1),`
# `loss=keras.losses.Huber(delta=2.0), metrics=["mae"])`, and then `return model`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "compile_classifier", "locked": false, "schema_version": 3, "solution": true, "task": false}
def compile_classifier(model, learning_rate):
    """Compile a model with logits: RMSprop, sparse cross-entropy, accuracy; returns the model."""
    ### BEGIN SOLUTION
    model.compile(
        optimizer=keras.optimizers.RMSprop(learning_rate=learning_rate),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_compile_classifier", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("compile_classifier")

# %% [markdown]
# ## Fit
#
# `fit` trains. It cuts the examples into **batches**, and after each batch the optimizer takes one step. When
# all examples have had their turn, an **epoch** is over. The network is small for a start: one hidden layer
# of 64 units.

# %% tags=["skip-execution"]
keras.utils.set_random_seed(0)
model = compile_classifier(build_mlp([784, 64, 10]), 0.001)

loss, accuracy = model.evaluate(x_valid, y_valid, verbose=0)
print(f"untrained: loss {loss:.2f}, accuracy {accuracy:.2f}")

history = model.fit(
    x_train, y_train, batch_size=128, epochs=4, validation_data=(x_valid, y_valid), verbose=2
)

# %% [markdown]
# * Untrained, about one answer in ten is right, and the loss is a little above $\ln 10 = 2.30$. That is what you pay for giving
#   each of ten classes the probability 0.1. Remember the number: a loss that stays there means that nothing is
#   learnt.
# * 7,200 digits in batches of 128 make 57 steps for an epoch; the last batch is smaller.
# * `loss` and `accuracy` are averages over the epoch, while the network was changing. `val_loss` and
#   `val_accuracy` are measured on the `validation_data` at the end of the epoch. Nothing is learnt from those.
#
# What `fit` prints it also returns, as a `History`. Its `history` is a dictionary of lists, one number for each
# epoch.

# %% tags=["skip-execution"]
for name, values in history.history.items():
    print(f"{name:13}", [round(value, 3) for value in values])
plots.learning_curves(history, "784 → 64 → 10")

# %% [markdown]
# The training points stand in the middle of their epoch, because they are averages over it.
#
# **Calling `fit` again goes on training.** The weights are where the last `fit` left them. For a fresh start
# build a fresh model. `keras.utils.set_random_seed` before it makes the run repeatable.

# %% [markdown]
# ## Evaluate and predict
#
# `evaluate` measures loss and metrics, as it did above. `predict` gives the outputs.

# %% tags=["skip-execution"]
print(model.evaluate(x_valid, y_valid, verbose=0, return_dict=True))

outputs = model.predict(x_valid[:3], verbose=0)
print("shape", outputs.shape)
with np.printoptions(precision=1, suppress=True):
    print(outputs)
print("labels", y_valid[:3])

# %% [markdown]
# A row for each digit, ten logits in it. The place of the largest is the network's answer. No softmax is
# needed for that: it keeps the order.
#
# **A single digit** is a batch of one. `x_valid[0]` has the shape (784,) and the model refuses it.
# `x_valid[:1]` has the shape (1, 784).

# %% tags=["skip-execution"]
try:
    model(x_valid[0])
except ValueError as error:
    message = str(error)  # it prints the whole digit; we want its end
    print("x_valid[0]  ValueError:", message[message.index("Expected shape") :].splitlines()[0])
print("x_valid[:1]", model(x_valid[:1]).shape)

# %% [markdown]
# ### Exercise: `predict_labels(model, images)` (1 point)
#
# Say which class the model chooses for each image.
#
# * `model`: any classifier with one output for each class, logits or probabilities
# * `images`: n ≥ 1 images, in the form that the model takes: rows of pixels, or (n, height, width), already
#   scaled
# * returns (n,) integers: for each image the number of the class with the largest output
#
# **Expected** where `model.predict(images)` gives `[[0.1, 2, -1], [3, 0, 1]]`, the labels are `[1, 0]`.
#
# <details><summary>Hint 1: the idea</summary>
#
# The model gives a row of outputs for each image. In each row you want the place of the largest, not its size.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `predict` gives an array of shape (n, number of classes). An array's `argmax` gives places, and `axis` says along
# which axis to look: along the classes, not along the images.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# The warmest month of each year, where `degrees` has a row for each of 12 months and a column for each year:
# `degrees.argmax(axis=0)` has one number for each year.
# </details>


# %% nbgrader={"grade": false, "grade_id": "predict_labels", "locked": false, "schema_version": 3, "solution": true, "task": false}
def predict_labels(model, images):
    """Class numbers (n,) of the model's largest outputs, for n images in the form it takes."""
    ### BEGIN SOLUTION
    return model.predict(images, verbose=0).argmax(axis=-1)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_predict_labels", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
checks.run("predict_labels")

# %% [markdown]
# ### What the classic mistakes do
#
# First: logits, and a loss that takes them for probabilities. Everything else is the same.

# %% tags=["skip-execution"]
print("validation accuracy after 2 epochs")
for name, loss in [
    ("from_logits=True", keras.losses.SparseCategoricalCrossentropy(from_logits=True)),
    ("forgotten", "sparse_categorical_crossentropy"),
]:
    keras.utils.set_random_seed(0)
    wrong = build_mlp([784, 64, 10])
    wrong.compile(keras.optimizers.RMSprop(0.001), loss=loss, metrics=["accuracy"])
    wrong_history = wrong.fit(
        x_train, y_train, batch_size=128, epochs=2, validation_data=(x_valid, y_valid), verbose=0
    )
    print(f"{name:17} {wrong_history.history['val_accuracy'][-1]:.3f}")

# %% [markdown]
# | | validation accuracy, three runs |
# |---|---|
# | `from_logits=True` | 0.88 to 0.91 |
# | forgotten | 0.15 to 0.67 |
#
# Negative numbers taken for probabilities are raised to nearly 0, and there the slope is 0: many units get no gradient
# at all.
#
# Second, the other way round: a model that ends in a softmax, and `from_logits=True`. Keras notices when the
# outputs come straight out of a softmax. It warns, and computes the right loss. Do not rely on it: *Going
# further* shows a case that it cannot notice. There a second softmax is applied, and the loss barely depends on the outputs.

# %% [markdown]
# ## The whole thing: 512-512-10

# %% [markdown]
# ### Exercise: `train_digits(model, images, labels, epochs, batch_size)` (2 points)
#
# Train on digits as they come from the file.
#
# * `model`: compiled, takes rows of 784 features; train it as it is, do not compile it again
# * `images`: `uint8`, (n, 28, 28), 0 to 255; `labels`: (n,); leave both unchanged
# * lay each image out as a row, line by line, and divide by 255
# * hold a tenth of the examples out for validation, whichever (if n / 10 is no whole number, round as you like), and
#   validate after every epoch
# * train on all the others, each once in an epoch, for `epochs` epochs, in batches of `batch_size` (the last may be
#   smaller)
# * returns the `History`
#
# **Expected** with `epochs=5`, the history has the lists `loss` and `val_loss`, with five numbers each, and those
# of the model's metrics.
#
# <details><summary>Hint 1: the idea</summary>
#
# Three steps: rows out of the images, small numbers out of bytes, and `fit`. The model comes compiled, so nothing is
# left to say about loss and optimizer. `images /= 255` would change the caller's array (and fails for bytes);
# `images / 255` makes a new one.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `reshape` lays out line by line. `fit` can hold a share of the examples out, the last ones, if you give it
# `validation_split`. Or cut images and labels yourself, at the same place, and use `validation_data=`.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# Sounds in stereo, whole numbers up to 32,768, of shape (n, 2, 8000), a third of them held out:
# `x = sounds.reshape(len(sounds), 16000) / 32768`, then
# `history = model.fit(x, y, batch_size=50, epochs=2, validation_split=1 / 3)`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "train_digits", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_digits(model, images, labels, epochs, batch_size):
    """Fit a compiled model to (n, 28, 28) bytes, a tenth held out; returns the History."""
    ### BEGIN SOLUTION
    rows = images.reshape(len(images), 784).astype("float32") / 255
    return model.fit(
        rows, labels, batch_size=batch_size, epochs=epochs, validation_split=0.1, verbose=0
    )
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_train_digits", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("train_digits")

# %% tags=["skip-execution"]
keras.utils.set_random_seed(1)
model = compile_classifier(build_mlp([784, 512, 512, 10]), 0.001)
print(f"{model.count_params():,} parameters")

history = train_digits(model, digits.x_train, digits.y_train, epochs=5, batch_size=128)
print("validation accuracy", [round(a, 3) for a in history.history["val_accuracy"]])
plots.learning_curves(history, "784 → 512 → 512 → 10, RMSprop, rate 0.001")

# %% [markdown]
# The training accuracy climbs steadily. The validation accuracy does not: in our run it fell back in the last epoch, from
# 0.925 to 0.908. Another seed is luckier. So the result depends on where the training happens to stop.
#
# The steps are too long for the end of a training. RMSprop divides each gradient by its usual size, so its steps do not
# get shorter by themselves when the gradients do. A lower rate makes them shorter from the start, but then the network
# gets less far in five epochs. Try 0.0003 in the cell above.
#
# So let the rate fall: long steps first, short ones at the end. A **schedule** takes the place of the number.
# `CosineDecay(0.002, n)` begins at 0.002 and reaches 0 after n steps, along half a wave of the cosine. As the rate
# falls, it may begin at twice the old one. Nothing else is changed. (Lesson 10 says more about schedules.)

# %% tags=["skip-execution"]
n_steps = 5 * -(-len(x_train) // 128)  # five epochs
schedule = keras.optimizers.schedules.CosineDecay(0.002, n_steps)
rates = [float(schedule(epoch * n_steps // 5)) for epoch in range(6)]
print("rate at the ends of the epochs", [round(rate, 5) for rate in rates])

trained = []
for seed in range(3):
    keras.utils.set_random_seed(seed)
    model = compile_classifier(build_mlp([784, 512, 512, 10]), schedule)
    history = train_digits(model, digits.x_train, digits.y_train, epochs=5, batch_size=128)
    trained.append(model)
    by_epoch = [round(a, 3) for a in history.history["val_accuracy"]]
    print(f"seed {seed}: validation accuracy by epoch", by_epoch)

# %% [markdown]
# The three seeds end close together, and the last epochs hardly differ: what is left of the rate moves the weights only a
# little. Seed 1, which fell back to 0.908 above, now ends at 0.961 in our run.
#
# The **test** digits come last. The networks have not been trained on them.

# %% tags=["skip-execution"]
x_test = digits.x_test.reshape(-1, 784).astype("float32") / 255
for seed, model in enumerate(trained):
    test_loss, test_accuracy = model.evaluate(x_test, digits.y_test, verbose=0)
    print(f"seed {seed}: test loss {test_loss:.3f}, test accuracy {test_accuracy:.4f}")
predictions = predict_labels(model, x_test)
print(f"the last one by hand:           {np.mean(predictions == digits.y_test):.4f}")

# %% [markdown]
# docs/figures.md has both ways with the seeds 1, 2 and 3:
#
# | rate | test accuracy |
# |---|---|
# | fixed at 0.001 | 0.8835 to 0.949 |
# | falling from 0.002 to 0 | 0.9605 to 0.9625 |
#
# Now some single digits, read by the last of the three networks. Softmax turns the logits into probabilities.

# %% tags=["skip-execution"]
probabilities = np.asarray(keras.ops.softmax(model.predict(x_test, verbose=0)))
right = np.flatnonzero(predictions == digits.y_test)
wrong = np.flatnonzero(predictions != digits.y_test)
chosen = [*right[:2], *wrong[:2]]

figure = plots.new_figure(11, 5)
pictures, bars = figure.subplots(2, 4, height_ratios=[1, 1.3])
for i, number in enumerate(chosen):
    plots.image(digits.x_test[number], f"test digit {number}", ax=pictures[i])
    plots.prediction_bars(
        probabilities[number], digits.class_names, digits.y_test[number], ax=bars[i]
    )
plt.show()

# %% [markdown]
# The first two were read correctly. The other two are the first mistakes in the test set. Would you have read
# them?

# %% [markdown]
# ## Other optimizers
#
# RMSprop is one optimizer of many. Others are `SGD`, with and without momentum, `Adagrad`, `Adadelta`, `Adam`, `Adamax`
# and `Nadam`. They differ in how they make a step of a gradient. RMSprop and Adam are good first choices.
# [Going further](going_further/03_sequential_going_further.ipynb) compares them on the digits.

# %% [markdown]
# ## What the penalties do
#
# The small network is trained on 4,000 digits for ten epochs: without a penalty, with L2 and with L1. Then we look at
# the kernel of its first layer.

# %% tags=["skip-execution"]
penalties = {
    "no penalty": None,
    "L2(0.001)": keras.regularizers.L2(0.001),
    "L1(0.001)": keras.regularizers.L1(0.001),
}
figure, axes = plt.subplots(1, 3, figsize=(10.5, 3.2), layout="constrained", sharey=True)
print("             training acc.  val. acc.   val. loss  of it penalty")
for ax, (name, penalty) in zip(axes, penalties.items(), strict=True):
    keras.utils.set_random_seed(0)
    small = keras.Sequential([
        keras.Input((784,)),
        keras.layers.Dense(64, activation="relu", kernel_regularizer=penalty),
        keras.layers.Dense(10, kernel_regularizer=penalty),
    ])  # fmt: skip
    small_history = compile_classifier(small, 0.001).fit(
        x_train[:4000], y_train[:4000], batch_size=64, epochs=10,
        validation_data=(x_valid, y_valid), verbose=0,
    )  # fmt: skip
    last = {key: values[-1] for key, values in small_history.history.items()}
    share = float(sum(small.losses))
    print(f"{name:12} {last['accuracy']:12.3f} {last['val_accuracy']:12.3f} "
          f"{last['val_loss']:11.3f} {share:12.3f}")  # fmt: skip
    kernel = small.layers[0].get_weights()[0]
    ax.hist(kernel.ravel(), bins=np.linspace(-0.3, 0.3, 121), color="#0072B2")
    tiny = np.mean(np.abs(kernel) < 0.001)
    ax.set(title=f"{name}: {tiny:.0%} below 0.001", xlabel="weight", yscale="log")
axes[0].set_ylabel("number of weights (log scale)")
plt.show()

# %% [markdown]
# | three seeds | validation accuracy | weights below 0.001 |
# |---|---|---|
# | no penalty | 0.921 to 0.929 | |
# | L2(0.001) | 0.921 to 0.924 | |
# | L1(0.001) | 0.908 to 0.915 | 67 to 72 % |
#
# * Both penalties bring training and validation accuracy closer together: less is learnt by heart. With L2 the
#   validation accuracy stays about the same. This L1 is too strong.
# * L1 leaves most of the weights practically at 0. These are pixels at which a unit no longer looks. L2 has a
#   peak at 0, too: some pixels are black in every digit, the loss does not care for their weights, and the penalty
#   has them to itself.
# * The losses cannot be compared: where there is a penalty, it is contained in `loss` and in `val_loss`. Compare
#   accuracies, or subtract `sum(model.losses)`.

# %% [markdown]
# ## All weights equal
#
# Now the second question of the beginning. All weights begin at 0.01.

# %% tags=["skip-execution"]
keras.utils.set_random_seed(0)
equal = keras.Sequential([keras.Input((784,))])
for units, activation in [(64, "relu"), (10, None)]:
    constant = keras.initializers.Constant(0.01)
    equal.add(keras.layers.Dense(units, activation=activation, kernel_initializer=constant))
equal_history = compile_classifier(equal, 0.001).fit(
    x_train, y_train, batch_size=128, epochs=4, validation_data=(x_valid, y_valid), verbose=0
)
print("validation accuracy", [round(a, 3) for a in equal_history.history["val_accuracy"]])
kernel = equal.layers[0].get_weights()[0]
print("the 64 columns of the first kernel differ by at most", np.ptp(kernel, axis=1).max())

# %% [markdown]
# It learns hardly at all. All 64 units compute the same, so all get the same gradient, and they stay the same for
# ever. The network behaves as if it had a single hidden unit. Random weights make the units different: they break the
# **symmetry**. Biases may all begin at 0, because the kernels already differ.

# %% [markdown]
# ## Two ways to feed a model
#
# Arrays are the simplest way, as long as everything fits into memory. A dataset of TensorFlow's is another. To see that
# they differ in nothing but where the batches come from, we train the same network on the same 2,000 digits in the
# same order.

# %% tags=["skip-execution"]
x_few, y_few = x_train[:2000], y_train[:2000]


def feed(*source, **how):
    """Train a fresh small model for two epochs and print its losses."""
    keras.utils.set_random_seed(0)
    small = compile_classifier(build_mlp([784, 64, 10]), 0.001)
    losses = small.fit(*source, epochs=2, shuffle=False, verbose=0, **how).history["loss"]
    print([round(loss, 6) for loss in losses])


feed(x_few, y_few, batch_size=100)

# %% [markdown]
# **`tf.data`** A `Dataset` is a recipe for a stream of examples. It can read files, and prepare the next batch
# while the model works on this one (lesson 14). You must cut it into batches yourself.

# %% tags=["skip-execution"]
dataset = tf.data.Dataset.from_tensor_slices((x_few, y_few)).batch(100)
print(dataset.element_spec)
feed(dataset)

# %% [markdown]
# `None` is the size of a batch again. To shuffle, write `.shuffle(2000)` before `.batch(100)`. The `shuffle` of
# `fit` is for arrays; with a dataset it is ignored, with a warning, unless you say `shuffle=False` as we do.

# %% [markdown]
# The losses are the same. There are two more ways. Choose by where your data lives:
#
# | your data | use |
# |---|---|
# | fits into memory | arrays |
# | files, or much preparation that TensorFlow can do | `tf.data` |
# | files, and preparation in Python | a `PyDataset` (in *Going further*) |
# | a stream without an end or an index | a generator (in *Going further*) |
#
# `validation_split=0.1` cuts the **last** tenth off arrays, before any shuffling. For the other
# three, and when you have a set of your own, there is `validation_data`. It may be a pair of arrays, a dataset or a
# `PyDataset`.

# %% [markdown]
# ## A program to repair
#
# You know the parts now, and what it looks like when one of them is wrong. Here is somebody else's program.

# %% [markdown]
# ### Exercise: `repair_classifier(n_features, n_classes)` (2 points)
#
# The function below should build and compile a classifier. It runs, and `fit` trains the model without an error. It is
# wrong all the same. Somebody who used it on the digits, with three seeds, reports: *the loss of a new model is between 8.8
# and 10.7, far from ln 10 = 2.30; about half of its outputs are exactly 0; after two epochs the metric says 0.23, but I count
# 0.13 to 0.15 right answers.* Mend it.
#
# * `n_features`: how many numbers an example has; `n_classes`: how many classes there are, 2 or more
# * one hidden layer of 64 units with ReLU, then one output for each class; both layers have a kernel and a bias
# * the output fits its loss: either probabilities and a loss that expects probabilities, or logits and a loss with
#   `from_logits=True`
# * loss: cross-entropy for labels that are class numbers, 0 to `n_classes - 1`
# * metrics: the accuracy, under any name; optimizer: whichever you like
# * returns a new model each time, built and compiled, not trained; no penalties, no dropout
#
# **Expected** `repair_classifier(784, 10).count_params()` gives `50890`. With Keras's own
# initial weights, the loss of a new model on the validation digits is about 2.4.
#
# <details><summary>Hint 1: the idea</summary>
#
# Take the complaints one by one: what does the loss expect, and what does it get? What does the metric expect as labels?
# Not every fault need show in the report. So compare the program with the list above, too, line by line.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# Give the model a single digit, and print what each layer makes of it, as in *Looking inside a model*. Say of the last
# row: are these probabilities, are they logits, or neither? Then look into the table in *Where does the softmax go?*
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# Two outputs, and neither goes with its loss: `Dense(1, activation="tanh")` with `"binary_crossentropy"`, where a
# probability is expected and tanh gives numbers down to -1; right would be `activation="sigmoid"`. And
# `Dense(1, activation="relu")` with `"mse"` for temperatures, which may be negative; right would be no activation.
# </details>


# %% nbgrader={"grade": false, "grade_id": "repair_classifier", "locked": false, "schema_version": 3, "solution": true, "task": false}
def repair_classifier(n_features, n_classes):
    """A built and compiled classifier with 64 hidden ReLU units, for labels that are class numbers."""
    ### BEGIN SOLUTION
    layers = [keras.layers.Dense(64, "relu"), keras.layers.Dense(n_classes, "softmax")]
    model = keras.Sequential([keras.Input((n_features,)), *layers])
    model.compile("rmsprop", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
    ### HANDED OUT INSTEAD
    # model = keras.Sequential()
    # model.add(keras.Input((n_features,)))
    # model.add(keras.layers.Dense(64))
    # model.add(keras.layers.Dense(n_classes, activation="relu"))
    # model.compile(
    #     optimizer="rmsprop",
    #     loss="sparse_categorical_crossentropy",
    #     metrics=["categorical_accuracy"],
    # )
    # return model
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_repair_classifier", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("repair_classifier")

# %% [markdown]
# This cell makes the numbers of the report. Run it with the program as it was handed out, and again when the check
# passes.

# %% tags=["skip-execution"]
for seed in range(3):
    keras.utils.set_random_seed(seed)
    repaired = repair_classifier(784, 10)
    new = repaired.evaluate(x_valid, y_valid, verbose=0)
    zeros = np.mean(repaired.predict(x_valid, verbose=0) == 0)
    repaired.fit(x_train, y_train, batch_size=128, epochs=2, verbose=0)
    trained = repaired.evaluate(x_valid, y_valid, verbose=0)
    counted = np.mean(predict_labels(repaired, x_valid) == y_valid)
    print(
        f"seed {seed}: new, loss {new[0]:.2f}, {zeros:.0%} of the outputs exactly 0; "
        f"after 2 epochs, metric {trained[1]:.3f}, right answers counted {counted:.3f}"
    )

# %% [markdown]
# ## Check your understanding
#
# Commit first. The explanations appear when you do.
#
# **Question 1.** The softmax and the loss

# %% tags=["skip-execution"]
widgets.commit_box(
    'A model ends in `Dense(10, activation="softmax")`. Which loss is right for labels from 0 to 9?',
    {
        "`SparseCategoricalCrossentropy(from_logits=True)`": "The softmax is done already. Keras will often notice, warn and "
        "mend it, but not always.",
        "`sparse_categorical_crossentropy`": "By its name the loss expects probabilities, and class numbers as labels.",
        "`categorical_crossentropy`": "That one wants each label as a row of ten numbers, a 1 among nine 0s (lesson 06).",
    },
    answer="`sparse_categorical_crossentropy`",
)

# %% [markdown]
# **Question 2.** `fit`, a second time

# %% tags=["skip-execution"]
widgets.commit_box(
    "You run the cell with `model.fit(..., epochs=5)` a second time. What happens?",
    {
        "The same five epochs once more, with the same result": "`fit` does not reset the weights.",
        "Training goes on: now the model has had ten epochs": "For a fresh start build the model again, after "
        "`set_random_seed` if it is to be the same.",
        "Keras refuses to train a trained model": "Training on is quite usual. It only must not happen by accident.",
    },
    answer="Training goes on: now the model has had ten epochs",
)

# %% [markdown]
# **Question 3.** Twice as many units

# %% tags=["skip-execution"]
widgets.commit_box(
    "A layer has 100 inputs and 50 units. You double its units. What becomes of its parameters, and of those of the layer "
    "behind it?",
    {
        "Both double, or nearly": "The layer goes from 5,050 to 10,100. The layer behind has twice as many inputs, so its "
        "kernel doubles; only its biases stay as they were.",
        "The first doubles, the other stays the same": "The outputs of one layer are the inputs of the next, and each input "
        "has a weight for every unit.",
        "The first grows by a factor of four": "That would be so if inputs and units both doubled.",
    },
    answer="Both double, or nearly",
)

# %% [markdown]
# **Question 4.** A loss with a penalty in it

# %% tags=["skip-execution"]
widgets.commit_box(
    "Training loss 0.28 and accuracy 0.96 with `L2(0.001)`; 0.13 and 0.967 without. Is the network with the penalty much worse "
    "at its training digits?",
    {
        "Yes, its loss is more than twice as high": "The penalty itself is part of that loss, here about 0.11 of it.",
        "The losses cannot be compared like that": "Subtract `sum(model.losses)` first, or compare accuracies.",
        "No, the loss does not matter": "It is what training makes smaller. It only has to be read with the penalty in mind.",
    },
    answer="The losses cannot be compared like that",
)

# %% [markdown]
# ## Then and now
#
# Older tutorials write some of this differently. Each line was run with TensorFlow 2.21 and Keras 3.
#
# | then | what happens today | now |
# |---|---|---|
# | `Dense(512, input_shape=(784,))` as first layer | works, with a warning | `keras.Input((784,))` first, then `Dense(512)` |
# | `Dense(3, input_shape=(10))` as first layer | `ValueError`: `(10)` is a number, not a shape | `keras.Input((10,))` |
# | `Dense(64, kernel_initializer="Glorot uniform")` | `ValueError` | `kernel_initializer="glorot_uniform"` |
# | `Dense(64, init="uniform", W_regularizer="l2")` | `ValueError` | `kernel_initializer=`, `kernel_regularizer=` |
# | `tf.train.RMSPropOptimizer(0.001)` | `AttributeError` | `keras.optimizers.RMSprop(0.001)` |
# | `RMSprop(0.001, decay=1e-6)` | `decay` is ignored, with a warning | `RMSprop(keras.optimizers.schedules.InverseTimeDecay(0.001, 1, 1e-6))` |
# | `model.fit(x, y, nb_epoch=5)` | `TypeError` | `epochs=5` |
# | `model.fit_generator(batches)` | `AttributeError` | `model.fit(batches)` |
# | `fit(x, y, workers=4)` | `TypeError` | `workers=4` in the `PyDataset`, which used to be called `Sequence` |

# %% [markdown]
# ## Summary
#
# * A layer holds a kernel and a bias and is called like a function. `Sequential` stacks layers; `keras.Input`
#   says what goes in, so that the weights exist from the start.
# * A dense layer with $m$ inputs and $n$ units has $m n + n$ parameters.
# * Initial weights must be random, and as wide as the layer wants: He's for ReLU. A penalty keeps them small.
# * `compile` says what to aim for: loss, optimizer with its rate, metrics. The softmax belongs either into the model
#   or into the loss, once.
# * A rate that falls, along a schedule, makes the end of a training calm, and its result depends less on the seed.
# * `fit` takes arrays and datasets, and returns a `History`. It trains on from where the weights are.
# * `predict` wants a batch, even for one picture, and the largest output is the answer.
#
# ## Where to go next
#
# Not every network is a stack. Lesson 04 builds networks with branches, several inputs and several outputs. Lesson 06
# trains on clothes instead of digits, and looks at scaling, validation and mistakes more closely. Where the weights begin
# and what holds them back comes up again in lesson 08, in networks twenty layers deep.
#
# [Going further](going_further/03_sequential_going_further.ipynb) compares nine optimizers, shows the other ways of feeding
# data, and looks into `fit` with `run_eagerly`. It has more on initialisers, penalties and limits, and on Keras's backends.
#
# Go on with [04 · The functional API](../04_functional/04_functional.ipynb)
