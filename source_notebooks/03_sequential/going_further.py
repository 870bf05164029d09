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
# # 03 · Going further: optimizers, ways to feed a model, and details of layers
#
# This notebook goes on where lesson 03 stops. It compares nine optimizers, feeds a model from a generator and from a
# `PyDataset`, looks into `fit`, and says more about how weights begin and what can hold them back. Nothing in it is
# graded, and no later lesson needs it. After the cell that loads the data you may read its sections in any order; only
# the one on `PyDataset` needs the one before it.

# %%
import time
import warnings
from importlib.util import find_spec

from helpers import data, plots  # first, so that TensorFlow starts quietly

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

# %% [markdown]
# The data are the digits of the lesson, and the network is a small one, 784 → 64 → 10, with logits as its outputs.


# %%
digits = data.load_mnist()
rows = digits.x_train.reshape(-1, 784).astype("float32") / 255
n_valid = len(rows) // 10
x_train, y_train = rows[:-n_valid], digits.y_train[:-n_valid]
x_valid, y_valid = rows[-n_valid:], digits.y_train[-n_valid:]
x_few, y_few = x_train[:2000], y_train[:2000]
on_logits = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def build_small(**how):
    """A new network 784 -> 64 -> 10; `how` goes to its hidden layer."""
    keras.utils.set_random_seed(0)
    return keras.Sequential([
        keras.Input((784,)),
        keras.layers.Dense(64, activation="relu", **how),
        keras.layers.Dense(10),
    ])  # fmt: skip


print(digits)

# %% [markdown]
# ## Choosing an optimizer
#
# All optimizers walk downhill along the gradient $g$. They differ in how they make a step of it. With the learning
# rate $r$:
#
# | optimizer | the idea | default rate |
# |---|---|---|
# | `SGD` | step $-r g$, nothing else | 0.01 |
# | `SGD(momentum=0.9)` | a rolling ball: nine tenths of the last step are added to the new one | 0.01 |
# | `SGD(momentum=0.9, nesterov=True)` | the same, looking ahead to where the ball is rolling | 0.01 |
# | `Adagrad` | each weight's step is divided by the root of **all** its squared gradients so far; steps only get shorter | 0.001 |
# | `RMSprop` | the same with the **latest** squared gradients: a moving average | 0.001 |
# | `Adadelta` | like RMSprop, and the steps' own size takes the place of a rate; made for the rate 1 | 0.001 |
# | `Adam` | RMSprop and momentum together | 0.001 |
# | `Adamax` | Adam with the largest of the latest gradients in place of their mean square | 0.001 |
# | `Nadam` | Adam that looks ahead, as Nesterov does | 0.001 |
#
# Here they are on the same problem: 4,000 digits, batches of 32, the same initial weights. Two of them stand there
# with another rate as well.

# %%
optimizers = {
    "SGD": keras.optimizers.SGD(),
    "SGD, momentum": keras.optimizers.SGD(momentum=0.9),
    "SGD, Nesterov": keras.optimizers.SGD(momentum=0.9, nesterov=True),
    "Adagrad": keras.optimizers.Adagrad(),
    "Adagrad, rate 0.05": keras.optimizers.Adagrad(learning_rate=0.05),
    "RMSprop": keras.optimizers.RMSprop(),
    "Adadelta": keras.optimizers.Adadelta(),
    "Adadelta, rate 1": keras.optimizers.Adadelta(learning_rate=1.0),
    "Adam": keras.optimizers.Adam(),
    "Adamax": keras.optimizers.Adamax(),
    "Nadam": keras.optimizers.Nadam(),
}
histories = {}
print("                   rate    loss  val. accuracy  numbers kept for each weight")
for name, optimizer in optimizers.items():
    small = build_small()
    # steps_per_execution saves time (lesson 06) and changes nothing else.
    small.compile(optimizer, on_logits, metrics=["accuracy"], steps_per_execution=25)
    histories[name] = small.fit(
        x_train[:4000], y_train[:4000], epochs=5, validation_data=(x_valid, y_valid), verbose=0
    )
    last = {key: values[-1] for key, values in histories[name].history.items()}
    kept = sum(int(np.prod(v.shape)) for v in optimizer.variables) // small.count_params()
    rate = float(optimizer.learning_rate)
    print(f"{name:18} {rate:5.3g} {last['loss']:7.3f} {last['val_accuracy']:12.3f} {kept:14}")

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4.2), layout="constrained", sharey=True)
for ax, names in [
    (left, ["SGD", "SGD, momentum", "SGD, Nesterov", "Adagrad", "Adadelta"]),
    (right, ["RMSprop", "Adam", "Nadam", "Adamax", "Adagrad, rate 0.05", "Adadelta, rate 1"]),
]:
    plots.compare_curves({name: histories[name] for name in names}, "loss", ax=ax)
    ax.set(yscale="log", ylabel="training loss (log scale)", ylim=(0.07, 3))
    ax.set_yticks([0.1, 0.2, 0.5, 1, 2], ["0.1", "0.2", "0.5", "1", "2"])
    ax.minorticks_off()
    ax.legend(loc="lower left", ncols=2, fontsize=9)
plt.show()

# %% [markdown]
# * With momentum SGD is further after two epochs than without it after five. The price is one more number for each
#   weight.
# * RMSprop, Adam and Nadam are close together. Any of them is a good first choice.
# * Adadelta with Keras's default rate hardly moves. With the rate 1, for which it was designed, it is as
#   good as the others. Adagrad, too, wants a larger rate than its default.
#
# So the figure does **not** say which optimizer is the best. It compares their *default rates* on one problem. A fair
# comparison looks for the best rate of each (lesson 13).

# %% [markdown]
# ## A generator
#
# A generator is a Python function that `yield`s one batch after another. It goes on for ever, and `steps_per_epoch`
# says how many batches make an epoch. We train on the same 2,000 digits in the same order, first from arrays and then
# from a generator.


# %%
def feed(*source, **how):
    """Train a fresh small model for two epochs and print its losses."""
    small = build_small()
    small.compile("rmsprop", on_logits)
    losses = small.fit(*source, epochs=2, shuffle=False, verbose=0, **how).history["loss"]
    print([round(loss, 6) for loss in losses])


def batches(x, y, batch_size):
    """Yield batches of x and y in order, over and over."""
    while True:
        for start in range(0, len(x), batch_size):
            yield x[start : start + batch_size], y[start : start + batch_size]


feed(x_few, y_few, batch_size=100)
feed(batches(x_few, y_few, 100), steps_per_epoch=20)

# %% [markdown]
# Without the `while True` the data would be used up after one epoch, and the second would have nothing to
# train on. Keras only warns of it. A generator has no length, and nobody can ask it for its seventh batch.

# %% [markdown]
# ## A `PyDataset`
#
# A `PyDataset` can be asked. It says how many batches there are, and hands out the one with a given number. So
# Keras can shuffle the batches, and have several workers prepare them. This one keeps the digits as bytes,
# a quarter of the memory, and divides by 255 only when a batch is wanted.


# %%
class DigitBatches(keras.utils.PyDataset):
    """Batches of scaled rows from images in bytes."""

    def __init__(self, images, labels, batch_size, **kwargs):
        super().__init__(**kwargs)  # workers=4, for example
        self.images, self.labels, self.batch_size = images, labels, batch_size

    def __len__(self):
        return -(-len(self.images) // self.batch_size)  # rounded up

    def __getitem__(self, index):
        part = slice(index * self.batch_size, (index + 1) * self.batch_size)
        return self.images[part].reshape(-1, 784).astype("float32") / 255, self.labels[part]


feed(DigitBatches(digits.x_train[:2000], digits.y_train[:2000], 100))

# %% [markdown]
# The losses are the same again.

# %% [markdown]
# ## Validating less often
#
# When validation takes long, `validation_freq=2` does it after every second epoch only.

# %%
dataset = tf.data.Dataset.from_tensor_slices((x_few, y_few)).batch(100)
small = build_small()
small.compile("rmsprop", on_logits, metrics=["accuracy"])
every_second = small.fit(
    dataset.shuffle(20),
    epochs=6,
    shuffle=False,  # the dataset shuffles its batches itself
    validation_data=tf.data.Dataset.from_tensor_slices((x_valid, y_valid)).batch(500),
    validation_freq=2,
    verbose=0,
)
print({name: len(values) for name, values in every_second.history.items()})
plots.learning_curves(every_second, validation_freq=2)

# %% [markdown]
# There are six training losses and three validation losses. If you plot such lists yourself, mind which epochs they
# belong to.

# %% [markdown]
# ## Looking into `fit`: `run_eagerly`
#
# `fit` does not run your Python code for every batch. It runs it to find out what is to be computed, makes a
# TensorFlow **graph** of it, and runs that. Here is a loss that prints what it sees, for six batches.


# %%
def talking_loss(y_true, y_pred):
    """Cross-entropy on logits that says what it was called with."""
    print("   the loss sees:", type(y_pred).__name__)
    return keras.losses.sparse_categorical_crossentropy(y_true, y_pred, from_logits=True)


for eagerly in (False, True):
    small = build_small()
    small.compile("rmsprop", loss=talking_loss, run_eagerly=eagerly)
    print("run_eagerly =", eagerly)
    small.fit(x_train[:96], y_train[:96], batch_size=16, verbose=0)

# %% [markdown]
# As a graph, the loss was called twice, both times with symbols: first to find out the shapes, then to make the
# graph. The six batches ran without it. `print` shows no numbers there, and a debugger finds none. With
# `run_eagerly=True` it is called for every batch, with numbers. That is what you want when a loss or a layer of your
# own does something strange. It has its price.

# %%
seconds = {}
for eagerly in (False, True):
    small = build_small()
    small.compile("rmsprop", on_logits, run_eagerly=eagerly)
    small.fit(x_few[:320], y_few[:320], verbose=0)  # the first time also builds the graph
    start = time.perf_counter()
    small.fit(x_few, y_few, verbose=0)
    seconds[eagerly] = time.perf_counter() - start
print(f"run_eagerly takes {seconds[True] / seconds[False]:.1f} times as long")

# %% [markdown]
# So switch it on to find a mistake, and off again to train.

# %% [markdown]
# ## What the initialisers draw
#
# An initialiser can be called by itself, with a shape. Here is what each of them draws for a layer with 512 inputs and
# 128 units.

# %%
initialisers = {
    "glorot_uniform": keras.initializers.GlorotUniform(seed=0),
    "glorot_normal": keras.initializers.GlorotNormal(seed=0),
    "he_uniform": keras.initializers.HeUniform(seed=0),
    "he_normal": keras.initializers.HeNormal(seed=0),
    "orthogonal": keras.initializers.Orthogonal(seed=0),
    "Constant(0.05)": keras.initializers.Constant(0.05),
}
figure, axes = plt.subplots(2, 3, figsize=(10, 4.6), layout="constrained", sharex=True)
for ax, (name, initialiser) in zip(axes.T.ravel(), initialisers.items(), strict=True):
    kernel = np.asarray(initialiser((512, 128)))
    ax.hist(kernel.ravel(), bins=np.linspace(-0.2, 0.2, 81), color="#0072B2")
    ax.axvspan(-kernel.std(), kernel.std(), color="#E69F00", alpha=0.25)
    ax.set(title=f"{name}: std {kernel.std():.3f}", yticks=[])
for ax in axes[1]:
    ax.set_xlabel("weight")
plt.show()

# %% [markdown]
# The shaded band is one standard deviation to either side. Uniform and normal differ in shape; Glorot and
# He in width. The normal ones are cut off at two standard deviations (of the normal distribution before
# the cut), so that no weight begins far out. The single bar at the bottom right is the constant.
#
# An orthogonal kernel keeps lengths, but ReLU switches off half of what comes out. So in a ReLU network it is stretched
# by $\sqrt 2$. Here are ten layers of 256 units, as in the lesson.

# %%
for name, gain in [("orthogonal", 1.0), ("orthogonal, gain √2", 2**0.5)]:
    keras.utils.set_random_seed(0)
    signal = x_train[:500]
    for _ in range(10):
        stretched = keras.initializers.Orthogonal(gain=gain)
        signal = keras.layers.Dense(256, "relu", kernel_initializer=stretched)(signal)
    print(f"{name:20} standard deviation behind the tenth layer {np.std(signal):.4f}")

# %% [markdown]
# ## Penalties on biases, and on outputs
#
# The lesson puts a price on kernels. `bias_regularizer` puts one on biases, and `activity_regularizer` on what a layer
# gives. Biases are few, so a penalty on them is rarely needed. Old tutorials show it, and it still works.

# %%
layer = keras.layers.Dense(
    3,
    kernel_regularizer=keras.regularizers.L1(0.01),
    bias_initializer=keras.initializers.Constant(2.0),
    bias_regularizer=keras.regularizers.L2(0.1),
)
layer(x_train[:5])
print("kernel and bias     ", [round(float(penalty), 4) for penalty in layer.losses])
print("the bias by hand    ", round(0.1 * 3 * 2.0**2, 4))

# %% [markdown]
# ## Limits: constraints
#
# A penalty is a price. A **constraint** is a limit: after every step, weights beyond it are brought back to it.
# `kernel_constraint` is for kernels, `bias_constraint` for biases. `MaxNorm(0.5)` limits the length of each
# unit's column of weights, and `NonNeg()` sets negative weights to 0.

# %%
for name, constraint in [
    ("no limit", None),
    ("MaxNorm(0.5)", keras.constraints.MaxNorm(0.5)),
    ("NonNeg()", keras.constraints.NonNeg()),
]:
    small = build_small(kernel_constraint=constraint)
    small.compile("rmsprop", on_logits, metrics=["accuracy"])
    small.fit(x_train[:4000], y_train[:4000], epochs=3, verbose=0)
    kernel = small.layers[0].get_weights()[0]
    longest = np.linalg.norm(kernel, axis=0).max()
    accuracy = small.evaluate(x_valid, y_valid, verbose=0)[1]
    print(f"{name:13} longest column {longest:.3f}, smallest weight {kernel.min():+.3f}, ", end="")
    print(f"validation accuracy {accuracy:.3f}")

# %% [markdown]
# ## `hard_sigmoid`
#
# Old tutorials list `hard_sigmoid` among the activations: a sigmoid made of three straight lines, which needs no
# exponential. Keras 3 computes $\min(\max(x / 6 + 1/2,\ 0),\ 1)$, so it is 0 up to −3 and 1 from 3 on. Keras 2 had the
# slope 0.2 and the corners ±2.5. A network that was trained with the old one would give slightly different answers today.

# %%
x = np.linspace(-5, 5, 201)
figure, ax = plt.subplots(figsize=(6, 3.2), layout="constrained")
for name, y, style in [
    ("sigmoid", keras.activations.sigmoid(x), "-"),
    ("hard_sigmoid in Keras 3", keras.activations.hard_sigmoid(x), "--"),
    ("hard_sigmoid in Keras 2", np.clip(0.2 * x + 0.5, 0, 1), ":"),
]:
    ax.plot(x, np.asarray(y), style, label=name)
ax.set(xlabel="$x$", ylabel="$f(x)$")
ax.legend()
plt.show()
by_hand = np.clip(x / 6 + 0.5, 0, 1)
print("the formula is right:", np.allclose(keras.activations.hard_sigmoid(x), by_hand, atol=1e-6))

# %% [markdown]
# ## Softmax twice
#
# The lesson says: the softmax belongs either into the model or into the loss. Here is a model that ends in a softmax,
# with `from_logits=True`. Keras notices, because the outputs come straight out of a softmax. It warns and computes the
# right loss.

# %%
mended = keras.Sequential([keras.Input((784,)), keras.layers.Dense(10, activation="softmax")])
mended.compile("sgd", on_logits)
p = np.asarray(mended(x_valid))
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    evaluated = mended.evaluate(x_valid, y_valid, verbose=0)
print("warning:", *{str(warning.message) for warning in caught})
print("what it should be              ", np.mean(-np.log(p[np.arange(len(p)), y_valid])))
print("evaluate                       ", evaluated)
print("the loss, with p as plain array", float(mended.compute_loss(y=y_valid, y_pred=p)))

# %% [markdown]
# Do not rely on it. In the last line the probabilities come from an array. Keras cannot know that they have been
# through a softmax, and the loss applies another one. Its result barely depends on what the network says:
# ten probabilities between 0 and 1 are ten very similar logits.

# %% [markdown]
# ## How sure is a network?
#
# The largest probability says how sure a network is of its answer. Is it less sure of its mistakes?

# %%
small = build_small()
small.compile("rmsprop", on_logits, metrics=["accuracy"])
small.fit(x_train, y_train, batch_size=128, epochs=10, verbose=0)
x_test = digits.x_test.reshape(-1, 784).astype("float32") / 255
probabilities = np.asarray(keras.ops.softmax(small.predict(x_test, verbose=0)))
predictions, confidence = probabilities.argmax(axis=1), probabilities.max(axis=1)
wrong = np.flatnonzero(predictions != digits.y_test)
right = np.flatnonzero(predictions == digits.y_test)
print(f"largest probability, on average: right answers {confidence[right].mean():.2f},", end=" ")
print(f"mistakes {confidence[wrong].mean():.2f}")
print(f"{np.sum(confidence[wrong] > 0.9)} of {len(wrong)} mistakes with more than 0.9")
show = wrong[np.argsort(-confidence[wrong])[:24]]
plots.image_grid(
    digits.x_test[show], digits.y_test[show], predictions=predictions[show], n_columns=8
)

# %% [markdown]
# These are the mistakes of which it is most sure. "4, not 9" reads: it is a 4, and was taken for a 9. On average the
# network is less sure of its mistakes, but some of them it makes with a high probability. The probability
# from a network is no promise.

# %% [markdown]
# ## Backends, and `tf.keras`
#
# Keras does not compute by itself. It hands the work to a **backend**: TensorFlow, JAX or PyTorch. (Old tutorials name
# Theano and CNTK, which are no longer developed.) The environment variable `KERAS_BACKEND` chooses the backend, and it is read
# when Keras is imported for the first time. This course uses TensorFlow.

# %%
print("in use:", keras.config.backend(), " numbers are", keras.config.floatx())
for package in ("tensorflow", "jax", "torch"):
    print(f"{package:10}", "installed" if find_spec(package) else "not installed")

# %% [markdown]
# What is written with `keras.ops` runs on each of them. What is written with `tf.` runs on TensorFlow alone.

# %%
numbers = np.array([[3.0, 4.0], [6.0, 8.0]], dtype="float32")
print("keras.ops ", np.asarray(keras.ops.sqrt(keras.ops.sum(keras.ops.square(numbers), axis=1))))
print("tf        ", tf.sqrt(tf.reduce_sum(tf.square(numbers), axis=1)).numpy())

# %% [markdown]
# There used to be two packages: `keras`, with several backends, and `tf.keras`, a version of it inside TensorFlow. Since
# TensorFlow 2.16 both are the same Keras 3, and you may write either. In this course it is `keras`.

# %%
print("the same class:", tf.keras.layers.Dense is keras.layers.Dense)
print("versions:", tf.keras.__version__, keras.__version__)
