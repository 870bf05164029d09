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
# # 12 · Metrics and training loops of your own
#
# **You will be able to**
#
# * feed a metric batch by batch, read it and reset it, and say why a mean of batch results may be wrong
# * choose between accuracy, top-k, precision, recall and AUC by the question that each one answers
# * write a metric of your own and give it to `compile`
# * write the loop that `fit` hides, with penalties, dropout, metrics and validation
# * compile a step with `tf.function`, and say when it is traced
#
# **Before you start** You need `fit` and `compile` (lesson 03), classes that derive from Keras's own
# (lesson 05), classification (lesson 06), and dropout and penalties (lesson 08). `tf.GradientTape` was
# introduced in lesson 01.
#
# **Running time** about 40 seconds on two cores with the sample data; reading about 50 minutes, exercises about 70.

# %%
import time

from helpers import checks, data, plots, widgets  # first, so that TensorFlow starts quietly

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

# %% [markdown]
# ## Predict
#
# Commit to an answer before you read on.

# %% tags=["skip-execution"]
widgets.commit_box(
    "A classifier is right in 9 of the 10 pictures of one batch, and in neither of the 2 pictures of the next. "
    "What is its accuracy over both?",
    {
        "0.45": "That is the mean of 0.9 and 0. It lets the 2 pictures of one batch count as much as the 10 of the other.",
        "0.75": "It is right in 9 of 12. A metric has to keep 9 and 12, not 0.9 and 0.",
        "0.90": "That leaves the second batch out.",
    },
    answer="0.75",
)

# %% tags=["skip-execution"]
widgets.commit_box(
    "Later you write the loop of `fit` yourself, as a dozen lines of plain Python. How long does an epoch of it take?",
    {
        "About as long as in `fit`": "The computing is the same, but here Python asks for each operation by itself.",
        "Several times as long as in `fit`": "`fit` compiles its step. One line does the same for yours, as you will see.",
        "A fraction of the time of `fit`": "Yours does less around the steps, but the steps themselves are slower.",
    },
    answer="Several times as long as in `fit`",
)

# %% [markdown]
# ## The data and a first network
#
# Fashion-MNIST again, standardised as in lesson 06. The labels become `int64`, the type that TensorFlow
# counts with.

# %% tags=["skip-execution"]
fashion = data.load_fashion_mnist()
print(fashion)
n_valid = 1008 if fashion.is_sample else 5000
mean, std = fashion.x_train[n_valid:].mean(), fashion.x_train[n_valid:].std()


def standardised(images):
    return ((images - mean) / std).astype("float32")


x_train, y_train = standardised(fashion.x_train[n_valid:]), fashion.y_train[n_valid:].astype(int)
x_valid, y_valid = standardised(fashion.x_train[:n_valid]), fashion.y_train[:n_valid].astype(int)
x_test, y_test = standardised(fashion.x_test), fashion.y_test.astype(int)

# %% [markdown]
# The network is the one of lesson 06, 300-100-10. On demand it has dropout and an L2 penalty, because a
# loop of your own has to take care of both. Two epochs of training are enough for what we want to measure
# first.

# %% tags=["skip-execution"]


def build_network(dropout=0.0, l2=0.0):
    penalty = keras.regularizers.L2(l2) if l2 else None
    return keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(300, activation="relu", kernel_regularizer=penalty),
            keras.layers.Dropout(dropout),
            keras.layers.Dense(100, activation="relu", kernel_regularizer=penalty),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )


keras.utils.set_random_seed(0)
classifier = build_network()
classifier.compile(optimizer="adam", loss="sparse_categorical_crossentropy", steps_per_execution=16)
classifier.fit(x_train, y_train, batch_size=128, epochs=2, verbose=0)
probabilities = classifier.predict(x_valid, batch_size=512, verbose=0)
# %% [markdown]
# ## A metric is a meter
#
# `fit` shows one number for an epoch, but it never sees an epoch at once. It sees batches. So each metric is
# an object with a memory, like an electricity meter. There are four things to do with it:
#
# | step | call | what happens |
# |---|---|---|
# | create | `meter = keras.metrics.Mean()` | a meter that has seen nothing |
# | feed | `meter.update_state(values)` | the values are added to what it has seen |
# | read | `meter.result()` | the number for all it has seen; the memory stays as it is |
# | reset | `meter.reset_state()` | it has seen nothing again |
#
# The simplest one is `Mean`. We feed it the losses of the validation pictures, 100 pictures a batch.

# %% tags=["skip-execution"]
losses = np.array(keras.losses.sparse_categorical_crossentropy(y_valid, probabilities))
batches = [losses[start : start + 100] for start in range(0, len(losses), 100)]

meter = keras.metrics.Mean(name="loss")  # create
for batch in batches:
    meter.update_state(batch)  # feed
print("size of the last batch  ", len(batches[-1]))
print("the meter               ", float(meter.result()))  # read
print("mean of all losses      ", losses.mean())
print("mean of the batch means ", np.mean([batch.mean() for batch in batches]))
print("the meter's memory      ", {v.name: float(v.value) for v in meter.variables})
meter.reset_state()  # reset
print("after the reset         ", float(meter.result()))

# %% [markdown]
# The memory of `Mean` is two numbers, the total and the count. It divides them only when it is read. With the
# sample the last batch has 8 pictures. In the mean of the batch means these 8 count as much as a hundred
# others, and so it is off. The meter is right.
#
# Many metrics are no means over examples, and for them even batches of equal size do not help. The root of the mean
# squared error is one: the mean of many roots is not the root of a mean. What always works is to **keep sums and counts, and
# to compute at the end**.
#
# (Fed an array (n, d), `Mean` takes the mean of each row first.)

# %% [markdown]
# ### Exercise: `class RunningMean` (2 points)
#
# Build such a meter in plain Python, without Keras.
#
# * `RunningMean()` has seen nothing
# * `update_state(values)` adds numbers to what it has seen. `values` is a number, a list of numbers, or an
#   array of any shape, of integers or floats; possibly empty. Leave it unchanged
# * `result()` returns the mean of all numbers seen, each of which counts the same; if there are none, 0.0
# * `reset_state()` forgets them all
# * reading changes nothing, and two meters know nothing of each other
#
# **Expected** after `update_state([1, 2, 3])` and `update_state(10)`, `result()` gives `4.0`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Keep a total and a count as attributes: `self.total`, `self.count`. Both are 0 at the beginning.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `np.sum(values)` and `np.size(values)` work for numbers, lists and arrays of any shape, and for empty ones.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# A class that keeps the largest number seen: `__init__` sets `self.largest = 0.0`, `update_state` does
# `self.largest = max(self.largest, np.max(values))`, and `result` returns `self.largest`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "RunningMean", "locked": false, "schema_version": 3, "solution": true, "task": false}
class RunningMean:
    """Mean of all numbers seen since the start or the last reset; 0.0 if there are none."""

    def __init__(self):
        ### BEGIN SOLUTION
        self.reset_state()

    def update_state(self, values):
        self.total += float(np.sum(values))
        self.count += np.size(values)

    def result(self) -> float:
        return self.total / self.count if self.count else 0.0

    def reset_state(self):
        self.total, self.count = 0.0, 0
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_RunningMean", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("RunningMean")

# %% [markdown]
# ## Meters for ten classes
#
# Several meters ask how often a classifier is right. They differ in what they want to be fed.
#
# | meter | labels | predictions | the question |
# |---|---|---|---|
# | `Accuracy` | class numbers | class numbers | how often are the two equal? |
# | `SparseCategoricalAccuracy` | class numbers | a row of probabilities or logits | how often is the largest one that of the label? |
# | `CategoricalAccuracy` | one-hot rows | a row of probabilities or logits | the same |
# | `SparseTopKCategoricalAccuracy(k=3)` | class numbers | a row of probabilities or logits | how often is the label among the three largest? |
#
# Where you write `metrics=["accuracy"]`, Keras looks at the shapes and takes the one that fits. Where you
# make the meter yourself, *you* choose.

# %% tags=["skip-execution"]
predictions = probabilities.argmax(axis=1)
for meter, fed in [
    (keras.metrics.Accuracy(), predictions),
    (keras.metrics.SparseCategoricalAccuracy(), probabilities),
    (keras.metrics.SparseTopKCategoricalAccuracy(k=2, name="top 2"), probabilities),
    (keras.metrics.SparseTopKCategoricalAccuracy(k=3, name="top 3"), probabilities),
]:
    meter.update_state(y_valid, fed)
    print(f"{meter.name:28} fed {fed.shape!s:10} gives {float(meter.result()):.4f}")

# %% [markdown]
# The first two agree. The label is much more often among the first three guesses than it is the first. Somebody who
# sorts clothes by hand with this network's help has three boxes to look at.
#
# A mistake that stands in many tutorials: `Accuracy` fed one-hot labels. There is no error, only a wrong number.

# %% tags=["skip-execution"]
one_hot_labels = keras.utils.to_categorical(y_valid, 10)
for meter, what, fed in [
    (keras.metrics.Accuracy(), "one-hot predictions", keras.utils.to_categorical(predictions, 10)),
    (keras.metrics.Accuracy(), "zeros, always", np.zeros_like(probabilities)),
    (keras.metrics.CategoricalAccuracy(), "probabilities", probabilities),
]:
    meter.update_state(one_hot_labels, fed)
    print(f"{meter.name:21} fed {what:20} gives {float(meter.result()):.3f}")

# %% [markdown]
# `Accuracy` compares **numbers**, all 10 of a row one by one. A wrong prediction agrees with the label in 8
# places of 10, so the first result is far too good. A "classifier" that answers nothing but zeros scores 0.9.

# %% [markdown]
# ## A metric of your own
#
# A metric is a class derived from `keras.metrics.Metric`. It is built like a layer of lesson 05:
#
# * `__init__` makes the memory, with `self.add_weight(name=..., initializer="zeros")`
# * `update_state(y_true, y_pred, sample_weight=None)` adds to it, with `.assign_add(...)`
# * `result()` computes the number
# * `reset_state()` is there already. It sets every weight to 0
#
# Why weights, and not simply `self.count = 0`? Because `fit` **compiles** what it does for a batch. It runs your
# Python once and records which operations happen; from then on only the operations run, and `self.count += 1`
# is not one of them. For the same reason `update_state` gets tensors without values while it is recorded: compute with
# `keras.ops` or `tf`, not with NumPy.
#
# An example: how sure is the network of its answers, on average?

# %% tags=["skip-execution"]


class Confidence(keras.metrics.Metric):
    """Mean of the largest probability: how sure the network is, whether right or wrong."""

    def __init__(self, name="confidence", **kwargs):
        super().__init__(name=name, **kwargs)
        self.total = self.add_weight(name="total", initializer="zeros")
        self.count = self.add_weight(name="count", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        largest = keras.ops.max(y_pred, axis=-1)
        self.total.assign_add(keras.ops.sum(largest))
        self.count.assign_add(keras.ops.cast(keras.ops.size(largest), "float32"))

    def result(self):
        return self.total / keras.ops.maximum(self.count, 1)


classifier.compile(loss="sparse_categorical_crossentropy", metrics=["accuracy", Confidence()])
report = classifier.evaluate(x_test, y_test, batch_size=256, verbose=0, return_dict=True)
print({key: round(value, 3) for key, value in report.items()})

# %% [markdown]
# `evaluate` reports the new metric under its name, and `fit` would do so after each epoch. Compare the confidence with the
# accuracy: a network that is right in 85 % of the cases should be about 85 % sure.

# %% [markdown]
# ### Exercise: `class SparseAccuracy` (3 points)
#
# Write the accuracy as a metric of your own, derived from `keras.metrics.Metric`.
#
# * `y_true`: class numbers, (n,) or (n, 1), integers or floats such as `3.0`
# * `y_pred`: (n, n_classes), probabilities or logits; the largest of a row is the prediction
# * `sample_weight`: `None`, or (n,) with a weight $w_i \ge 0$ for each example
# * `result()`: over everything since the last reset, the share of right predictions; with weights
#   $\sum w_i r_i / \sum w_i$, where $r_i$ is 1 for a right prediction and 0 for a wrong one. Without weights
#   every $w_i$ is 1. Nothing seen yet: 0
# * `reset_state()`: nothing seen yet
# * NumPy arrays and tensors may come in, and it must work in `compile`, where `fit` and `evaluate` compile it
#
# **Expected** after `update_state([1, 0], [[0.1, 0.9], [0.2, 0.8]])` (as arrays) `result()` gives `0.5`. With
# `sample_weight=[3, 1]` it gives `0.75`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Two weights as in `Confidence`: the sum of the weights of right predictions, and the sum of all weights.
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# Compare an array (n, 1) with one of shape (n,), and you get (n, n). So bring the labels to (n,) first:
# `keras.ops.reshape(y_true, (-1,))`. To compare them with `keras.ops.argmax(...)`, give both one type:
# `keras.ops.cast(..., "int64")`. `keras.ops.divide_no_nan(a, b)` is 0 where b is 0.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# The weighted share of examples that are larger than 2: `large = keras.ops.cast(x > 2, "float32")`, and where there are no
# weights, `weights = keras.ops.ones_like(large)`. Then the numerator grows by `keras.ops.sum(weights * large)`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "SparseAccuracy", "locked": false, "schema_version": 3, "solution": true, "task": false}
class SparseAccuracy(keras.metrics.Metric):
    """Weighted share of rows whose largest entry is that of the label, over all updates."""

    def __init__(self, name="sparse_accuracy", **kwargs):
        ### BEGIN SOLUTION
        super().__init__(**kwargs, name=name)
        self.right = self.add_weight(name="right", initializer="zeros")
        self.all = self.add_weight(name="all", initializer="zeros")

    def update_state(self, labels, outputs, sample_weight=None):
        guesses = keras.ops.cast(keras.ops.argmax(outputs, axis=-1), "int32")
        truths = keras.ops.cast(keras.ops.reshape(labels, (-1,)), "int32")
        hits = keras.ops.cast(truths == guesses, "float32")
        if sample_weight is None:
            sample_weight = keras.ops.ones_like(hits)
        sample_weight = keras.ops.cast(sample_weight, "float32")
        self.right.assign_add(keras.ops.sum(keras.ops.multiply(sample_weight, hits)))
        self.all.assign_add(keras.ops.sum(sample_weight))

    def result(self):  # for all updates
        return keras.ops.divide_no_nan(self.right, self.all)
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_SparseAccuracy", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
checks.run("SparseAccuracy")

# %% [markdown]
# Give yours to `compile`, beside Keras's own. The sample weights say that a Shirt counts five times as much as anything else.

# %% tags=["skip-execution"]
ours = [SparseAccuracy(name="yours"), "accuracy"]
classifier.compile(loss="sparse_categorical_crossentropy", weighted_metrics=ours)
weights = np.where(y_valid == 6, 5.0, 1.0)
print(classifier.evaluate(x_valid, y_valid, sample_weight=weights, verbose=0, return_dict=True))

# %% [markdown]
# ### Exercise: `top_k_accuracy(labels, probabilities, k)` (2 points)
#
# How often is the label among the k best guesses? This time as a plain function.
#
# * `labels`: (n,), integers; `probabilities`: (n, n_classes); n ≥ 1; leave both unchanged
# * `k`: from 1 to n_classes
# * returns one number, the fraction of examples whose label is among the k largest of its row
# * if several classes have equal probabilities at the k-th place, any of them may be taken
#
# **Expected** for the labels `[2, 0]`, both with the probabilities `[0.2, 0.5, 0.3]`: 0 for `k=1`, 0.5 for
# `k=2`, 1 for `k=3`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Either look for the k best classes of each row, and ask whether the label is one of them. Or count how many
# probabilities of the row are larger than that of the label.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `np.argsort(probabilities, axis=1)` has the classes of each row in rising order of their probabilities.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# Is the label the worst or the second worst guess? `worst = np.argsort(p, axis=1)[:, :2]` has shape (n, 2), and
# `(worst == labels[:, None]).any(axis=1)` is a truth for each example.
# </details>


# %% nbgrader={"grade": false, "grade_id": "top_k_accuracy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def top_k_accuracy(labels, probabilities, k):
    """Fraction of rows (n, n_classes) in which the label (n,) is among the k largest."""
    ### BEGIN SOLUTION
    of_label = np.take_along_axis(probabilities, labels[:, None].astype(int), axis=1)
    n_larger = (probabilities > of_label).sum(axis=1)
    return np.mean(n_larger < k)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_top_k_accuracy", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("top_k_accuracy")

# %% tags=["skip-execution"]
for k in (1, 2, 3, 10):
    print(f"top {k:2}: {top_k_accuracy(y_valid, probabilities, k):.4f}   guessing: {k / 10}")

# %% [markdown]
# The first three agree with Keras's meters above. Look at the column on the right, too: a top-k accuracy means
# something only beside that of guessing.

# %% [markdown]
# ## Yes or no: precision, recall and AUC
#
# Now another question: **is it a shirt?** One picture in ten is. The probability that the classifier gives to the class
# Shirt is a score for that.

# %% tags=["skip-execution"]
scores = classifier.predict(x_test, batch_size=512, verbose=0)[:, 6]
is_shirt = (y_test == 6).astype(int)
print("accuracy of the network    ", np.mean((scores > 0.5) == is_shirt))
print("accuracy of 'no' every time", np.mean(is_shirt == 0))

# %% [markdown]
# Accuracy is of little use here. Somebody who always says no is right nine times in ten, and finds no shirt.
#
# There are two ways to be right and two ways to be wrong:
#
# | | called a shirt | not called a shirt |
# |---|---|---|
# | is a shirt | true positive, TP | false negative, FN: missed |
# | is none | false positive, FP: false alarm | true negative, TN |
#
# Two fractions say more than one:
#
# $$\text{precision} = \frac{TP}{TP + FP}, \qquad \text{recall} = \frac{TP}{TP + FN}.$$
#
# **Precision** asks: when it says shirt, how often is it one? **Recall** asks: of the shirts, how many does it
# find? Another word for recall is **sensitivity**. The **specificity** TN / (TN + FP) asks the same of the rest: of what is
# no shirt, how much is not called one?
#
# The score is a number between 0 and 1. It becomes a yes where it is above a **threshold**, usually 0.5. Move it.

# %% tags=["skip-execution"]
widgets.threshold_explorer(is_shirt, scores)

# %% [markdown]
# Try these:
#
# * Move the threshold to the right. Recall falls; precision rises, with some steps back. The network takes no part in
#   this trade: its scores stay the same.
# * Nine of ten shirts shall be found. Which threshold does that take, and how many of those called a shirt are none?
# * Move to 0 and to 1. The mark on the right goes to the corners of the **ROC curve**, which draws recall against
#   the false-positive rate FP / (FP + TN), for all thresholds.
#
# The area under this curve, **AUC**, needs no threshold. It is the probability that a shirt, picked at random, has a
# higher score than something else picked at random. Guessing gives 0.5.
#
# Here are the meters, fed batch by batch.

# %% tags=["skip-execution"]
meters = [
    keras.metrics.TruePositives(),
    keras.metrics.FalsePositives(),
    keras.metrics.Precision(),
    keras.metrics.Recall(),
    keras.metrics.SensitivityAtSpecificity(0.95),
    keras.metrics.AUC(name="AUC"),
]
for start in range(0, len(scores), 50):
    for meter in meters:
        meter.update_state(is_shirt[start : start + 50], scores[start : start + 50])
for meter in meters:
    print(f"{meter.name:26} {float(meter.result()):.4f}")

# %% [markdown]
# `SensitivityAtSpecificity(0.95)` answers a question that comes up with medical tests: if at most 5 % of the healthy may be
# alarmed, how many of the ill are found? It looks for the threshold by itself.
#
# `AUC` and its relatives expect scores from 0 to 1. For logits, `AUC(from_logits=True)`; without it there is no error, only
# a wrong number.

# %% [markdown]
# ## The loop inside `fit`
#
# `fit` does the same few things for every batch. We do them one at a time, for one batch, with a
# network that has dropout and an L2 penalty.

# %% tags=["skip-execution"]
keras.utils.set_random_seed(0)
model = build_network(dropout=0.3, l2=1e-3)
optimizer = keras.optimizers.SGD(learning_rate=0.05)
loss_fn = keras.losses.SparseCategoricalCrossentropy()
x_batch, y_batch = x_train[:32], y_train[:32]

# %% [markdown]
# **1. Forward, and the loss, while the tape records.** The tape needs to know how the loss came about. What is
# computed outside the `with` block has no gradient.

# %% tags=["skip-execution"]
with tf.GradientTape() as tape:
    outputs = model(x_batch, training=True)
    data_loss = loss_fn(y_batch, outputs)
    penalties = model.losses  # one for each layer with a regulariser
    loss = tf.add_n([data_loss, *penalties])
print("outputs  ", outputs.shape)
print("data loss", float(data_loss))
print("penalties", [round(float(penalty), 3) for penalty in penalties])
print("loss     ", float(loss))

# %% [markdown]
# Two things are easily forgotten here, and nothing breaks when they are:
#
# * **`training=True`**. A bare `model(x)` is inference: dropout does nothing, and batch normalisation uses
#   its stored statistics and does not renew them.
# * **`model.losses`**. `kernel_regularizer=` alone changes nothing. It only puts a penalty into this list,
#   and `fit` adds the list to the loss. In your own loop nobody does, unless you do.
#
# What dropout makes of the first picture:

# %% tags=["skip-execution"]
for mode in (False, False, True, True):
    row = np.array(model(x_batch[:1], training=mode))[0]
    print(f"training={mode!s:5}", row.round(3)[:6], "...")

# %% [markdown]
# In inference the same picture gives the same result twice, in training another one each time. `fit` sets the mode for you:
# training in its steps, inference in validation, `evaluate` and `predict`.
#
# **2. Backward.** A gradient for each trainable weight, in the shape of the weight. **3. One step of the optimizer.**
# `optimizer.apply(gradients, variables)` is Keras 3. The older
# `optimizer.apply_gradients(zip(gradients, variables))` does the same, and you will see it in most code.

# %% tags=["skip-execution"]
gradients = tape.gradient(loss, model.trainable_variables)
kernel = model.trainable_variables[0]
kernel_before = kernel.numpy()
optimizer.apply(gradients, model.trainable_variables)
change = kernel.numpy() - kernel_before
print("plain SGD: change / gradient =", change[400, 7] / gradients[0].numpy()[400, 7])

# %% [markdown]
# The change is −0.05 times the gradient, which is all that plain SGD does. The optimizer counts its steps in
# `optimizer.iterations`, and others, such as Adam, keep averages of past gradients. So **one optimizer object lives
# as long as the training**, and belongs to one model.

# %% [markdown]
# ### Exercise: `train_step(model, optimizer, loss_fn, x, y)` (3 points)
#
# Put the three steps together, for any model.
#
# * `model`: built, not compiled; it may have dropout, batch normalisation, frozen weights, penalties, or none of these
# * `optimizer`: a Keras optimizer. Use this one to change the model's trainable weights, once
# * `loss_fn`: call it as `loss_fn(y, outputs)`; a Keras loss or a function, it gives one number
# * `x`, `y`: a batch, arrays or tensors
# * the model works in **training mode**, and the loss includes everything in `model.losses`
# * returns the loss from which the update was made, as a Python or NumPy float (no tensor)
#
# **Expected** at a learning rate of 0 no weight changes, and the result is what
# `loss_fn(y, model(x, training=True)) + sum(model.losses)` gives.
#
# <details><summary>Hint 1: the idea</summary>
#
# While the tape records: the outputs, then the loss with the penalties. After the block the gradients, then the
# optimizer. Do not compute the loss again for the return value: after the update it is another one.
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `model.losses` is a list, and it is made anew by each call of the model. Read it after the call and inside the
# block. `sum([])` is 0, so a model without penalties is no special case. `float(...)` makes a float of a tensor.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# One step on $w^2$, for a variable `w`: `with tf.GradientTape() as tape:` and in the block `height = w * w`; then
# `optimizer.apply(tape.gradient(height, [w]), [w])`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "train_step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_step(model, optimizer, loss_fn, x, y):
    """One update in training mode; returns its loss, penalties included, as a float."""
    ### BEGIN SOLUTION
    with tf.GradientTape() as recording:
        cost = loss_fn(y, model(x, training=True)) + sum(model.losses)
    slopes = recording.gradient(cost, model.trainable_variables)
    optimizer.apply(slopes, model.trainable_variables)
    return float(cost)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_train_step", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
checks.run("train_step")

# %% [markdown]
# ## Epochs
#
# Around the step go two loops: over the epochs, and in each of them over the batches. For the batches we use a
# `tf.data.Dataset` (lesson 03), which shuffles and cuts.

# %% [markdown]
# ### Exercise: `fit_loop(model, optimizer, loss_fn, dataset, epochs)` (3 points)
#
# Train for some epochs, and report the loss of each.
#
# * `model`, `optimizer`, `loss_fn`: as for `train_step`, which you may call
# * `dataset`: a `tf.data.Dataset` of batches `(x, y)`. Take the batches as they come, and read it anew in each epoch, because
#   it may shuffle; but only once an epoch, because reading may be expensive
# * batches may differ in size; the last one is often smaller
# * `epochs`: how many; may be 0
# * returns a list with one float (Python's or NumPy's) for each epoch: the mean of the steps' losses, **weighted by the number
#   of examples** in each batch
#
# **Expected** if an epoch's steps have the losses 1.0, with 30 examples, and 2.0, with 10, its mean is 1.25.
#
# <details><summary>Hint 1: the idea</summary>
#
# Two loops, one inside the other. The mean needs a total and a count, which start at the beginning of **each** epoch.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `for x, y in dataset:` goes through the batches, and `len(x)` is the number of examples.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# The mean age of two groups, 30 people of 20 years on average and 10 of 40: `(30 * 20 + 10 * 40) / (30 + 10)` is 25.
# </details>


# %% nbgrader={"grade": false, "grade_id": "fit_loop", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fit_loop(model, optimizer, loss_fn, dataset, epochs):
    """Train for some epochs; returns each epoch's mean loss, weighted by examples."""
    ### BEGIN SOLUTION
    history = []
    for _ in range(epochs):
        total, n_seen = 0.0, 0
        for inputs, targets in dataset:
            total += len(inputs) * train_step(model, optimizer, loss_fn, inputs, targets)
            n_seen += len(inputs)
        history.append(total / n_seen)
    return history
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_fit_loop", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
checks.run("fit_loop")

# %% tags=["skip-execution"]


def shuffled_batches():
    """2,048 training pictures in batches of 64, in another order each epoch."""
    pictures = tf.data.Dataset.from_tensor_slices((x_train[:2048], y_train[:2048]))
    return pictures.shuffle(2048, seed=0).batch(64)


dataset = shuffled_batches()
model = build_network(dropout=0.3, l2=1e-3)
print(fit_loop(model, keras.optimizers.SGD(0.05), loss_fn, dataset, epochs=2))

# %% [markdown]
# ### Metrics and validation in the loop
#
# A usable loop also reports its accuracy, and looks at the validation set after each epoch. Reset the meters at the start of
# an epoch, and feed them in every step. Run the validation set through the model **in inference mode and without a tape**.

# %% tags=["skip-execution"]
valid_set = tf.data.Dataset.from_tensor_slices((x_valid, y_valid)).batch(512)
loss_meter, accuracy_meter = keras.metrics.Mean(), keras.metrics.SparseCategoricalAccuracy()


def update(model, optimizer, x, y):
    """One update. Feeds the two meters and returns nothing."""
    with tf.GradientTape() as tape:
        outputs = model(x, training=True)
        loss = tf.add_n([loss_fn(y, outputs), *model.losses])
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply(gradients, model.trainable_variables)
    loss_meter.update_state(loss, sample_weight=len(x))
    accuracy_meter.update_state(y, outputs)


model, optimizer = build_network(dropout=0.3, l2=1e-3), keras.optimizers.SGD(0.05)
for epoch in (1, 2):
    loss_meter.reset_state()
    accuracy_meter.reset_state()
    for x, y in dataset:
        update(model, optimizer, x, y)
    words = f"loss {loss_meter.result():.3f}, accuracy {accuracy_meter.result():.3f}"
    accuracy_meter.reset_state()
    for x, y in valid_set:
        accuracy_meter.update_state(y, model(x, training=False))
    print(f"epoch {epoch}: {words}, validation accuracy {accuracy_meter.result():.3f}")

# %% [markdown]
# ### Exercise: `repair_loop(model, optimizer, loss_fn, metric, dataset)` (2 points)
#
# The function below should train for one epoch and report a metric of it. It runs, and it is wrong. Somebody who used it
# on a network with dropout and L2 penalties reports: *the network learns its training images by heart, as if it had
# neither dropout nor penalties; and the accuracy changes so little from epoch to epoch that it looks like an average of
# all that has been before.* Mend it.
#
# * `model`, `optimizer`, `loss_fn`: as for `train_step`
# * `metric`: a Keras metric that is fed as `metric.update_state(y, outputs)`. It may have been fed before
# * `dataset`: a `tf.data.Dataset` of batches `(x, y)`, which may differ in size
# * each batch gives one update, in training mode, of a loss that includes the penalties. The metric is fed with the
#   outputs from which the update was made
# * returns, as a Python or NumPy float, what the metric says of all examples of this epoch, and of nothing else
#
# **Expected** with `SparseCategoricalAccuracy`, and two batches in which 5 of 6 and 1 of 2 outputs were right, it gives
# `0.75`, whatever the metric had seen before.
#
# <details><summary>Hint 1: the idea</summary>
#
# The report names two things that are not there, and one that is there too long. Then compare what is returned with
# what a meter is for: when is it read?
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# Go through the three steps of `train_step` and the four of a meter, and tick off each one that you find.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# A meter that has seen the batches `[1, 1]` and `[4]` says 1 after the first and 2 after the second. The mean of what it
# said is 1.5. The mean of what it saw is 2.
# </details>


# %% nbgrader={"grade": false, "grade_id": "repair_loop", "locked": false, "schema_version": 3, "solution": true, "task": false}
def repair_loop(model, optimizer, loss_fn, metric, dataset):
    """One epoch of updates over batches (x, y); what the metric says of it, as a float."""
    ### BEGIN SOLUTION
    metric.reset_state()
    for images, labels in dataset:
        with tf.GradientTape() as recording:
            answers = model(images, training=True)
            cost = loss_fn(labels, answers) + sum(model.losses)
        slopes = recording.gradient(cost, model.trainable_variables)
        optimizer.apply(slopes, model.trainable_variables)
        metric.update_state(labels, answers)
    return float(metric.result())
    ### HANDED OUT INSTEAD
    # results = []
    # for x, y in dataset:
    #     with tf.GradientTape() as tape:
    #         outputs = model(x)
    #         loss = loss_fn(y, outputs)
    #     gradients = tape.gradient(loss, model.trainable_variables)
    #     optimizer.apply(gradients, model.trainable_variables)
    #     metric.update_state(y, outputs)
    #     results.append(float(metric.result()))
    # return float(np.mean(results))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_repair_loop", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("repair_loop")

# %% [markdown]
# ## `tf.function`: record once, run often
#
# The loops so far are **eager**: Python goes through each line for each batch, and sends every product and every sum to
# TensorFlow one by one.
#
# `tf.function` takes a Python function and makes a **graph** of it. At the first call Python runs through the function
# once, with symbolic tensors that have a shape but no values, and every TensorFlow operation is
# recorded. This is called **tracing**. Later calls run the recorded graph, without Python.
#
# A `print` shows the difference: it is Python, so it happens while tracing, and only then.

# %% tags=["skip-execution"]
traced = []


@tf.function
def double(x):
    traced.append(x)
    print("   Python is here, tracing for", x)
    return x * 2


for argument in (1, 2, tf.constant(1.0), tf.constant(2.0), tf.ones(3), tf.ones(4), tf.ones(3)):
    print(double(argument))
print(len(traced), "traces in 7 calls; the list holds", traced[-1])

# %% [markdown]
# TensorFlow keeps a graph for each **signature**: the dtypes and shapes of the tensors, and the
# *values* of everything else. A new signature means **retracing**, which is often slower than a hundred calls. Three rules
# follow.
#
# * **Pass tensors, not Python numbers**, where the value changes from call to call.
# * **Keep shapes alike.** A smaller last batch costs one more trace; batches of all lengths cost many, unless you ask for
#   `tf.function(reduce_retracing=True)`.
# * **Python side effects happen once for each trace.** The list above holds symbolic tensors, leftovers from tracing without
#   values. A `print`, counting with `self.n += 1`, your `RunningMean`: none of them happens while the graph runs. Memory
#   that works in a graph is a variable, and that is why Keras's meters keep theirs in weights.
#
# ### `if` and `for` on tensors
#
# A graph has no Python in it, and yet it can branch and repeat. `tf.function` rewrites an `if` or a loop that depends on a
# **tensor** into an operation of the graph. One that depends on a Python value is settled while tracing.

# %% tags=["skip-execution"]


@tf.function
def count_large(values, limit):
    print("   tracing")
    count = 0
    for value in values:  # a loop over a tensor
        if value > limit:  # a tensor decides
            count += 1
    return count


for values in ([0.5, 2.0, 3.0], [0.5, 0.1, 3.0], [0.5, 0.1, 0.2]):
    print("larger than 1:", int(count_large(tf.constant(values), 1.0)))


def graph_size(rounds):
    @tf.function
    def grow(x):
        for _ in rounds:
            x = x * 1.01
        return x

    return len(grow.get_concrete_function(tf.constant(1.0)).graph.get_operations())


print("operations for range(100)   ", graph_size(range(100)))
print("operations for tf.range(100)", graph_size(tf.range(100)))

# %% [markdown]
# One trace served three arrays, for which the `if` went different ways. And a loop over Python's `range` is **unrolled**: each of
# its rounds is recorded. Over `tf.range` it becomes a loop in the graph, which stays small.
#
# ### The training step, compiled
#
# Compiling the step takes one line. No line of `update` changes.

# %% tags=["skip-execution"]
compiled_update = tf.function(update, reduce_retracing=True)

for name, step in [("eager", update), ("compiled", compiled_update), ("fit", None)]:
    keras.utils.set_random_seed(0)
    model, optimizer = build_network(dropout=0.3, l2=1e-3), keras.optimizers.SGD(0.05)
    model.compile(optimizer=optimizer, loss=loss_fn, metrics=["accuracy"])
    dataset, seconds = shuffled_batches(), []
    for _ in range(3):
        start = time.perf_counter()
        if name == "fit":
            model.fit(dataset, shuffle=False, verbose=0)
        else:
            for x, y in dataset:
                step(model, optimizer, x, y)
        seconds.append(time.perf_counter() - start)
    print(f"{name:9} seconds by epoch {np.round(seconds, 2)}")

# %% [markdown]
# The first epoch contains the tracing. From the second on the compiled loop takes a fraction of the time of the eager one,
# and it keeps up with `fit`, which compiles its step in the same way. *Going further* measures with more care, and finds
# ways that are faster still.
#
# Write a loop eagerly first, where you can print and use a debugger. Compile it when it is right.

# %% [markdown]
# ### Exercise: `make_clipped_step(model, optimizer, loss_fn, max_norm)` (3 points)
#
# A single batch with a huge gradient can ruin a training. So one limits the length of the gradient: all arrays are taken
# together as one long vector $g$, and where its norm $\lVert g \rVert$ exceeds `max_norm`, all are multiplied by the same
# factor, $\text{max\_norm} / \lVert g \rVert$. The direction stays. Make a compiled step that does this.
#
# * `model`, `optimizer`, `loss_fn`: as for `train_step`; `max_norm`: a float above 0
# * returns a function `step(x, y)`; making it changes no weight
# * a call of `step` makes one update in training mode, of a loss that includes the penalties. If the norm is at most
#   `max_norm`, the gradient stays as it is
# * `step` returns the loss from which the update was made, as a tensor or a number
# * `step` is compiled with `tf.function`: Python runs through it at the first batch of a shape, and not again for
#   batches of the same shape
# * `x`, `y`: arrays or tensors
#
# **Expected** with the gradients `[3, 0]` and `[4]` the norm is 5. For `max_norm=1` the optimizer gets `[0.6, 0]` and `[0.8]`,
# for `max_norm=10` it gets `[3, 0]` and `[4]`.
#
# <details><summary>Hint 1: the idea</summary>
#
# A function inside a function. The inner one is your `train_step` with a line more. The outer one returns it,
# compiled.
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `tf.linalg.global_norm(gradients)` is the norm of all arrays together, and `tf.clip_by_global_norm` does the scaling as
# well. Adam and others make variables at their first update: `optimizer.build(variables)` makes them beforehand, so that
# one trace is enough.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# `def make_adder(n):` with, inside, `@tf.function`, `def add(x):`, `return x + n`; and at the end of the outer function
# `return add`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "make_clipped_step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def make_clipped_step(model, optimizer, loss_fn, max_norm):
    """A compiled step(x, y): one update, the gradient's global norm at most max_norm; its loss."""
    ### BEGIN SOLUTION
    weights = model.trainable_variables
    optimizer.build(weights)

    def clipped_step(images, labels):
        with tf.GradientTape() as recording:
            cost = loss_fn(labels, model(images, training=True)) + sum(model.losses)
        slopes, _ = tf.clip_by_global_norm(recording.gradient(cost, weights), max_norm)
        optimizer.apply(slopes, weights)
        return cost

    return tf.function(clipped_step)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_make_clipped_step", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
checks.run("make_clipped_step")

# %% [markdown]
# Twenty steps at a learning rate that is far too high for this network, without and with a limit:

# %% tags=["skip-execution"]
for max_norm in (1e9, 1.0):
    keras.utils.set_random_seed(0)
    step = make_clipped_step(build_network(), keras.optimizers.SGD(1.0), loss_fn, max_norm)
    steps = [f"{step(x, y):.3g}" for x, y in shuffled_batches().take(20)]
    print(f"max_norm {max_norm:g}: losses", *steps[::3])

# %% [markdown]
# Without a limit the loss explodes. With one the network learns even at this rate. (Keras's optimizers can do the same by
# themselves: `keras.optimizers.SGD(0.1, global_clipnorm=1.0)`.)
#
# ### A step of your own inside `fit`
#
# A loop of your own has no progress bar, no callbacks, no history. If only the step is different, derive from `keras.Model`,
# override `train_step(self, data)`, and leave the rest to `fit`, which compiles it, too. *Going further*
# does this.

# %% [markdown]
# ## Check your understanding
#
# Commit first. The explanations appear when you do.
#
# **Question 1.** A loop that gives no error

# %% tags=["skip-execution"]
widgets.commit_box(
    "A network with dropout and L2 penalties, in a loop of your own, learns its training images to 99 % and is no better on "
    "validation images than without both. The code says `outputs = model(x)` and `loss = loss_fn(y, outputs)`. Why?",
    {
        "Dropout and penalties do not help on every problem": "That may be, but here they have not been tried: both were off.",
        "A bare call is inference, and nobody adds `model.losses`": "Both are easily forgotten. Neither gives an error.",
        "The step is eager, and `tf.function` switches both on": "Compiling changes the speed, not the result.",
    },
    answer="A bare call is inference, and nobody adds `model.losses`",
)

# %% [markdown]
# **Question 2.** A test for a rare illness

# %% tags=["skip-execution"]
widgets.commit_box(
    "One person in a hundred is ill. A test has an accuracy of 99 %. Is it a good test?",
    {
        "Yes, it is wrong for one person in a hundred only": '"Nobody is ill" is wrong for one in a hundred, too, and finds no illness.',
        "No, an accuracy as high as that is a sign of overfitting": "Overfitting shows in the distance between training and validation.",
        "One cannot say without its precision and its recall": "With 99 % accuracy both may be 0, and both may be above one half.",
    },
    answer="One cannot say without its precision and its recall",
)

# %% [markdown]
# **Question 3.** A count that stays at 2

# %% tags=["skip-execution"]
widgets.commit_box(
    "You count the steps of a compiled loop with `self.n_steps += 1` inside the function. After 1,000 steps the count is 2. Why?",
    {
        "Steps that do not change the loss are skipped": "All 1,000 updates took place.",
        "Two threads ran at once and overwrote the count": "The line was run by one thread, while tracing.",
        "The line ran while tracing, and there were two traces": "Count with a `tf.Variable`, or read `optimizer.iterations`.",
    },
    answer="The line ran while tracing, and there were two traces",
)

# %% [markdown]
# ## Then and now
#
# Older tutorials write some of this differently. Each line was run with TensorFlow 2.21 and Keras 3.
#
# | then | what happens today | now |
# |---|---|---|
# | `keras.backend.set_learning_phase(1)` | `AttributeError` | `model(x, training=True)` |
# | `meter.reset_states()` | `AttributeError` | `meter.reset_state()` |
# | `keras.metrics.Accuracy()` on one-hot labels and probabilities | works, and compares single numbers | `CategoricalAccuracy()`, or `SparseCategoricalAccuracy()` on class numbers |
# | `self.add_weight("hits", initializer="zeros")` | `ValueError` | `self.add_weight(name="hits", initializer="zeros")` |
# | `optimizer.minimize(loss, variables)` | `AttributeError` | `tf.GradientTape`, then `optimizer.apply(gradients, variables)` |
# | `self.compiled_loss(y, outputs)` in `train_step` | works, with a warning | `self.compute_loss(x=x, y=y, y_pred=outputs)` |
# | `self.compiled_metrics.update_state(y, outputs)` | works, with a warning | `metric.update_state(y, outputs)` for each of `self.metrics` |
# | `model.metrics_names` to read what `evaluate` gives | `["loss", "compile_metrics"]` | `evaluate(..., return_dict=True)` |

# %% [markdown]
# ## Summary
#
# * A metric keeps sums and counts and divides when it is read: create, `update_state`, `result`, `reset_state`. The mean of
#   batch results is something else.
# * Accuracy says little when classes are rare. Precision and recall depend on the threshold, AUC does not. Feed each
#   meter what it expects; few of them complain.
# * A step of training is: forward with `training=True`, loss plus `model.losses`, gradients,
#   `optimizer.apply`. Validation is forward only, in inference mode.
# * `tf.function` records operations once for each signature. Python inside runs while tracing, and only then.
#
# ## Where to go next
#
# Lesson 13 searches for good hyper-parameters, which takes many trainings and makes their speed matter. Lesson 14 prepares
# data with `tf.data` so that the loop never waits, and spreads the training step over several devices.
#
# [Going further](going_further/12_metrics_and_loops_going_further.ipynb) puts a step of your own inside `fit`, measures seven
# ways to run a training loop, and shows more meters and their traps.
#
# Go on with [13 · Hyper-parameter search](../13_hyperparameter_search/13_hyperparameter_search.ipynb)
