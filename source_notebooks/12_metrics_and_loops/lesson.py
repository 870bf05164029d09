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
# * compile a loop with `tf.function`, say when it is traced, and measure what it gains
#
# **Before you start** You need `fit` and `compile` (lesson 03), classes that derive from Keras's own
# (lesson 05), classification (lesson 06), and dropout and penalties (lesson 08). `tf.GradientTape` was
# introduced in lesson 01.
#
# **Running time** about 40 seconds on two cores with the sample data; reading and exercises, about 2 hours.

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
# **1.** A classifier is right in 9 of 10 pictures of the first batch and in neither of the 2 pictures of the
# second. **Is its accuracy 0.45 or 0.75?**
#
# **2.** `fit` does a lot behind the scenes. Below you write its loop yourself, a dozen lines of plain Python.
# **Is yours faster or slower than `fit`, and by what factor?** Then you add one line to it. **And now?**
#
# Write your guesses down.

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
print("probabilities of the first picture:", probabilities[0].round(2))
print("its class:", fashion.class_names[y_valid[0]])

# %% [markdown]
# ## A metric is a meter
#
# `fit` shows one figure for an epoch, but it never sees an epoch at once. It sees batches. So each metric is
# an object with a memory, like the electricity meter in a cellar. There are four things to do with it:
#
# | step | call | what happens |
# |---|---|---|
# | create | `meter = keras.metrics.Mean()` | a meter that has seen nothing |
# | feed | `meter.update_state(values)` | the values are added to what it has seen |
# | read | `meter.result()` | the figure for all it has seen; the memory stays as it is |
# | reset | `meter.reset_state()` | it has seen nothing again |
#
# The simplest one is `Mean`. We feed it the losses of the validation pictures, 100 pictures a batch.

# %% tags=["skip-execution"]
losses = np.array(keras.losses.sparse_categorical_crossentropy(y_valid, probabilities))

meter = keras.metrics.Mean(name="loss")  # create
batch_means = []
for start in range(0, len(losses), 100):
    batch = losses[start : start + 100]
    meter.update_state(batch)  # feed
    batch_means.append(batch.mean())
print("size of the last batch  ", len(batch))
print("the meter               ", float(meter.result()))  # read
print("mean of all losses      ", losses.mean())
print("mean of the batch means ", np.mean(batch_means))
print("the meter's memory      ", {v.name: float(v.value) for v in meter.variables})

meter.reset_state()  # reset
print("after the reset         ", float(meter.result()))

# %% [markdown]
# The memory of `Mean` is two numbers, the total and the count. It divides them only when it is read. With the
# sample the last batch has 8 pictures. In the mean of the batch means they count as much as a hundred
# others, and that figure is off. The meter is right.
#
# (If you feed it an array (n, d), it takes the mean of each row first: a row is an example.)
#
# That answers the first question: 9 right answers of 12 are 0.75. 0.45 is the mean of 0.9 and 0.

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
# Keep a total and a count as attributes: `self.total`, `self.count`. They start at 0 in `__init__`.
# </details>
# <details><summary>Hint 2: any shape</summary>
#
# `np.sum(values)` and `np.size(values)` work for numbers, lists and arrays of any shape, and for empty ones.
# </details>
# <details><summary>Hint 3: nothing seen</summary>
#
# 0 / 0 is no number. Ask for the count before you divide.
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
# ### When a mean is not enough
#
# Does all of this matter only for the last batch? No. Many figures are no means over examples at all. The
# root of the mean squared error is one. Here a straight line predicts house prices from the income alone
# (lesson 07). The batches are districts in the order of the file.

# %% tags=["skip-execution"]
housing = data.load_california_housing()
line = np.polyfit(housing.data[:, 0], housing.target, deg=1)
predicted = np.polyval(line, housing.data[:, 0])

meter = keras.metrics.RootMeanSquaredError()
batch_results = []
for start in range(0, len(predicted), 32):
    batch = slice(start, start + 32)
    meter.update_state(housing.target[batch], predicted[batch])
    batch_results.append(np.sqrt(np.mean((housing.target[batch] - predicted[batch]) ** 2)))
print(f"mean of {len(batch_results)} batch results  {np.mean(batch_results):.3f}")
print(f"the meter                   {meter.result():.3f}")
print(f"by the formula, at once     {np.sqrt(np.mean((housing.target - predicted) ** 2)):.3f}")

# %% [markdown]
# 0.747 against 0.837, although 20,640 divides by 32. The meter keeps the sum of the squares and takes the root
# at the end. **Keep sums and counts, and compute at the end.** That is the whole art of metrics.

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
# The first two agree. In our runs with three seeds 86 to 89 % of the first guesses were right with the full set, 84 to
# 85 % with the sample; the label was among the first three in 99 and in 97 to 98 % of the cases. Whoever sorts clothes by hand with this network's help has three
# boxes to look at.
#
# Now a mistake that stands in many tutorials: `Accuracy` fed one-hot labels. No error comes, only a figure.

# %% tags=["skip-execution"]
one_hot_labels = keras.utils.to_categorical(y_valid, 10)
one_hot_predictions = keras.utils.to_categorical(predictions, 10)
for what, fed in [
    ("probabilities", probabilities),
    ("rounded probabilities", probabilities.round()),
    ("one-hot predictions", one_hot_predictions),
    ("zeros, always", np.zeros_like(probabilities)),
]:
    meter = keras.metrics.Accuracy()
    meter.update_state(one_hot_labels, fed)
    print(f"one-hot labels, {what:21}  Accuracy {float(meter.result()):.3f}")

meter = keras.metrics.CategoricalAccuracy()
meter.update_state(one_hot_labels, probabilities)
print(f"one-hot labels, probabilities          CategoricalAccuracy {float(meter.result()):.3f}")

# %% [markdown]
# `Accuracy` compares **numbers**, all 10 of a row one by one. A probability is hardly ever exactly 0 or 1, so the
# first figure is close to 0. The third is far too good: a wrong prediction agrees with the label in 8
# places of 10. And a "classifier" that answers nothing but zeros scores 0.9.

# %% [markdown]
# ## A metric of your own
#
# A metric is a class derived from `keras.metrics.Metric`. It is built like a layer of lesson 05:
#
# * `__init__` makes the memory, with `self.add_weight(name=..., initializer="zeros")`
# * `update_state(y_true, y_pred, sample_weight=None)` adds to it, with `.assign_add(...)`
# * `result()` computes the figure
# * `reset_state()` is there already. It sets every weight to 0
#
# Why weights, and not simply `self.count = 0`? Because `fit` **compiles** what it does for a batch. It runs your
# Python once and records which operations happen; from then on only the operations run, and `self.count += 1`
# is not one of them. The section on `tf.function` shows this. For the same reason `update_state`
# gets tensors without values while it is recorded: compute with `keras.ops` or `tf`, not with NumPy.
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


classifier.compile(
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy", Confidence()],
)
for name, images, labels in [
    ("training", x_train[:2000], y_train[:2000]),
    ("test", x_test, y_test),
]:
    report = classifier.evaluate(images, labels, batch_size=256, verbose=0, return_dict=True)
    print(f"{name:9}", {key: round(value, 3) for key, value in report.items()})

# %% [markdown]
# `evaluate` reports the new metric under its name, and `fit` would do so after each epoch. Compare confidence and
# accuracy: a network that is right in 85 % of the cases should be
# about 85 % sure. Ours came within 0.03 of it on the test pictures.

# %% [markdown]
# ### Exercise: `class SparseAccuracy` (3 points)
#
# Write the accuracy as a metric of your own, derived from `keras.metrics.Metric`.
#
# * `y_true`: class numbers, (n,) or (n, 1), integers or floats such as `3.0`
# * `y_pred`: (n, n_classes), probabilities or logits; the largest of a row is the prediction
# * `sample_weight`: `None`, or (n,) with a weight $w_i \ge 0$ for each example
# * `result()`: over everything since the last reset, the share of right predictions; with weights
#   $\sum w_i h_i / \sum w_i$, where $h_i$ is 1 for a right prediction and 0 for a wrong one. Without weights
#   every $w_i$ is 1. Nothing seen yet: 0
# * `reset_state()`: nothing seen yet
# * NumPy arrays and tensors may come in, and it must work in `compile`, where `fit` and `evaluate` compile it
#
# **Expected** after `update_state([1, 0], [[0.1, 0.9], [0.2, 0.8]])` (as arrays) `result()` gives `0.5`. With
# `sample_weight=[3, 1]` it gives `0.75`.
#
# <details><summary>Hint 1: the memory</summary>
#
# Two weights as in `Confidence`: the sum of the weights of right predictions, and the sum of all weights.
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# Compare an array (n, 1) with one of shape (n,), and you get (n, n). So bring the labels to (n,) first:
# `keras.ops.reshape(y_true, (-1,))`. For the types, `keras.ops.cast(..., "int64")`.
# </details>
# <details><summary>Hint 3: nearly the answer</summary>
#
# Let `hits` be `keras.ops.equal(labels, keras.ops.argmax(y_pred, axis=-1))`, cast to `"float32"`. Without
# weights, use `keras.ops.ones_like(hits)` for them. In `result`, where the sum of all weights may be 0,
# `keras.ops.divide_no_nan(a, b)` gives 0.
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
# Give yours to `compile`, beside Keras's own. The sample weights are for the validation pictures this time,
# and say that a Shirt counts five times as much as anything else.

# %% tags=["skip-execution"]
classifier.compile(
    loss="sparse_categorical_crossentropy",
    metrics=[SparseAccuracy(name="yours")],
    weighted_metrics=[SparseAccuracy(name="yours_weighted"), "accuracy"],
)
shirts_count_five = np.where(y_valid == 6, 5.0, 1.0)
report = classifier.evaluate(
    x_valid, y_valid, sample_weight=shirts_count_five, verbose=0, return_dict=True
)
for name, value in report.items():
    print(f"{name:16} {value:.4f}")

# %% [markdown]
# The two weighted figures agree. They are lower than the other one, because shirts are what the network knows
# least about.

# %% [markdown]
# ### Exercise: `top_k_accuracy(labels, probabilities, k)` (2 points)
#
# How often is the label among the k best guesses? This time as a plain function.
#
# * `labels`: (n,), integers; `probabilities`: (n, n_classes); n ≥ 1; leave both unchanged
# * `k`: from 1 to n_classes
# * returns one number, the fraction of examples whose label is among the k largest of its row
# * if several classes have equal probabilities at the k-th place, either of them may be taken
#
# **Expected** for the labels `[2, 0]`, both with the probabilities `[0.2, 0.5, 0.3]`: 0 for `k=1`, 0.5 for
# `k=2`, 1 for `k=3`.
#
# <details><summary>Hint 1: the idea</summary>
#
# `np.argsort(probabilities, axis=1)` has the classes of each row in rising order. The last k columns are the k best.
# </details>
# <details><summary>Hint 2: is the label among them?</summary>
#
# `best == labels[:, None]` compares each label with the k classes of its own row and gives (n, k) truths. At most one
# of a row is true: `.any(axis=1)`.
# </details>
# <details><summary>Hint 3: another way</summary>
#
# Count for each row how many probabilities are larger than that of the label. The label is among the k best if
# there are fewer than k of them.
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
ks = np.arange(1, 11)
yours = [top_k_accuracy(y_valid, probabilities, int(k)) for k in ks]
figure, ax = plt.subplots(figsize=(6, 3.4), layout="constrained")
ax.plot(ks, yours, "o-", color=plots.BLUE, label="the network")
ax.plot(ks, ks / 10, "--", color=plots.GREY, label="guessing")
ax.set(
    xlabel="k", ylabel="top-k accuracy", title="Is the label among the k best guesses?", xticks=ks
)
ax.grid(alpha=0.3)
ax.legend()
plt.show()
print("top 1, 2, 3:", [f"{value:.4f}" for value in yours[:3]])

# %% [markdown]
# The first three figures are those of Keras's meters above. Mind the grey line: a top-k accuracy says
# something only beside what guessing would reach, and k = 10 of 10 is always 1.

# %% [markdown]
# ## Yes or no: precision, recall and AUC
#
# Now another question: **is it a shirt?** One output is enough, with a sigmoid. One picture in ten is a shirt.

# %% tags=["skip-execution"]
keras.utils.set_random_seed(0)
shirt_finder = keras.Sequential(
    [
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ]
)
shirt_finder.compile(optimizer="adam", loss="binary_crossentropy", steps_per_execution=16)
shirt_finder.fit(x_train, y_train == 6, batch_size=64, epochs=4, verbose=0)
scores = shirt_finder.predict(x_test, batch_size=512, verbose=0)[:, 0]
is_shirt = (y_test == 6).astype(int)

meter = keras.metrics.BinaryAccuracy()
for name, answers in [("the network", scores), ("always 'no'", np.zeros_like(scores))]:
    meter.reset_state()
    meter.update_state(is_shirt, answers)
    print(f"{name:12} accuracy {float(meter.result()):.3f}")

# %% [markdown]
# Accuracy is of little use here. Whoever always says no is right nine times in ten, and finds no shirt.
#
# There are two ways to be right and two ways to be wrong:
#
# | | called a shirt | not called a shirt |
# |---|---|---|
# | is a shirt | true positive, TP | false negative, FN: missed |
# | is none | false positive, FP: false alarm | true negative, TN |
#
# Two fractions tell more than one:
#
# $$\text{precision} = \frac{TP}{TP + FP}, \qquad \text{recall} = \frac{TP}{TP + FN}.$$
#
# **Precision** asks: when it says shirt, how often is it one? **Recall** asks: of the shirts, how many does it
# find? You met recall in lesson 06.
#
# The score is a number between 0 and 1. It becomes a yes where it is above a **threshold**, usually 0.5. Move
# it.

# %% tags=["skip-execution"]
widgets.threshold_explorer(is_shirt, scores)

# %% [markdown]
# Try these:
#
# * Move the threshold to the right. Recall falls; precision rises, with some steps back. It is a trade, and the network does not take part in
#   it: its scores stay the same.
# * Nine of ten shirts shall be found. Which threshold does that take, and how many of those called a shirt are none?
#   (In our runs a threshold below 0.2, and more than half of them.)
# * At which threshold is the accuracy best? Try 0.3, 0.5 and 0.7: it hardly moves. Then look what precision
#   and recall do meanwhile.
# * Move to 0 and to 1. The mark on the right goes to the corners of the **ROC curve**, which draws recall against
#   the false-positive rate FP / (FP + TN), for all thresholds.
#
# The area under this curve, **AUC**, needs no threshold. It is the probability that a shirt, picked at random, has a
# higher score than something else picked at random. Guessing gives 0.5.
#
# Here are the meters, fed batch by batch.

# %% tags=["skip-execution"]
meters = [
    keras.metrics.Precision(name="precision"),
    keras.metrics.Recall(name="recall"),
    keras.metrics.Recall(thresholds=0.1, name="recall at 0.1"),
    keras.metrics.AUC(name="AUC"),
]
batch_precisions = []
for start in range(0, len(scores), 50):
    batch = slice(start, start + 50)
    for meter in meters:
        meter.update_state(is_shirt[batch], scores[batch])
    called = scores[batch] > 0.5
    batch_precisions.append(is_shirt[batch][called].mean() if called.any() else 0.0)
for meter in meters:
    print(f"{meter.name:14} {float(meter.result()):.4f}")
print(f"mean of the precisions of {len(batch_precisions)} batches: {np.mean(batch_precisions):.4f}")

# %% [markdown]
# The last line is wrong, for the reason you know. Batches in which hardly anything was called a shirt count as
# much as the others.
#
# One trap with `AUC`. It tries 200 thresholds **between 0 and 1**. Scores that lie outside, such as logits, are all
# counted as beyond the last threshold.

# %% tags=["skip-execution"]
p = np.clip(scores.astype(float), 1e-7, 1 - 1e-7)
logits = np.log(p / (1 - p))  # what goes into the sigmoid
for name, meter, fed in [
    ("probabilities, AUC()", keras.metrics.AUC(), scores),
    ("logits, AUC()", keras.metrics.AUC(), logits),
    ("logits, AUC(from_logits=True)", keras.metrics.AUC(from_logits=True), logits),
]:
    meter.update_state(is_shirt, fed)
    print(f"{name:30} {float(meter.result()):.4f}")

# %% [markdown]
# No error, no warning, and a figure that looks like a poor network. In our runs it was 0.72 to 0.81 in place of 0.95.
# `Precision` and `Recall` do not know `from_logits`. For logits give them `thresholds=0`, since the sigmoid of 0 is 0.5.

# %% [markdown]
# ### Directions: cosine similarity
#
# `CosineSimilarity` compares **vectors**. It is the cosine of the angle between them,
#
# $$\cos(a, b) = \frac{a \cdot b}{\lVert a \rVert\,\lVert b \rVert},$$
#
# so their length does not matter. 1 means the same direction, 0 a right angle, −1 opposite directions. It
# suits pictures whose brightness says nothing, and texts and words turned into vectors. It does not suit
# class numbers.

# %% tags=["skip-execution"]
pixels = fashion.x_train[:2000].reshape(-1, 784).astype("float32") / 255
first = {name: pixels[fashion.y_train[:2000] == c] for c, name in enumerate(fashion.class_names)}
boot = first["Ankle boot"][0]
meter = keras.metrics.CosineSimilarity()
for name, other in [
    ("the same boot, four tenths as bright", 0.4 * boot),
    ("another ankle boot", first["Ankle boot"][1]),
    ("a sneaker", first["Sneaker"][0]),
    ("a dress", first["Dress"][0]),
]:
    meter.reset_state()
    meter.update_state([boot], [other])
    squared = np.mean((boot - other) ** 2)
    print(f"{name:37} cosine {float(meter.result()):.3f}   squared error {squared:.3f}")

# %% [markdown]
# For the cosine the darkened boot is the same boot. The squared error finds a difference where there is only less
# light. Both compare pixel by pixel, and so a sneaker that lies in the same place may be nearer than a boot of another cut.
#
# Mind the sign: the **metric** grows with the similarity. The **loss** of the same name is its negative, so that
# `fit` can make it small.

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
# Twice the same in inference, twice something else in training. `fit` sets the mode for you: training in
# its steps, inference in validation, `evaluate` and `predict`.
#
# **2. Backward.** A gradient for each trainable weight, in the shape of the weight.

# %% tags=["skip-execution"]
gradients = tape.gradient(loss, model.trainable_variables)
for variable, gradient in zip(model.trainable_variables, gradients, strict=True):
    norm = float(tf.norm(gradient))
    print(f"{variable.path:30} {tuple(gradient.shape)!s:10} norm of the gradient {norm:.3f}")

# %% [markdown]
# **3. One step of the optimizer.** `optimizer.apply(gradients, variables)` is Keras 3. The older
# `optimizer.apply_gradients(zip(gradients, variables))` does the same, and you will see it in most code.

# %% tags=["skip-execution"]
kernel = model.trainable_variables[0]
kernel_before = kernel.numpy()
optimizer.apply(gradients, model.trainable_variables)
change = kernel.numpy() - kernel_before
print("plain SGD: change / gradient =", change[400, 7] / gradients[0].numpy()[400, 7])
print("loss of the same batch before", float(loss))
loss_after = tf.add_n([loss_fn(y_batch, model(x_batch, training=True)), *model.losses])
print("and after the step           ", float(loss_after))

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
# * `optimizer`: a Keras optimizer. Use this one, and change the model's trainable weights by it, once
# * `loss_fn`: call it as `loss_fn(y, outputs)`; a Keras loss or a function, it gives one number
# * `x`, `y`: a batch, arrays or tensors
# * the model works in **training mode**, and the loss includes everything in `model.losses`
# * returns the loss from which the update was made, as a Python or NumPy float (no tensor)
#
# **Expected** at a learning rate of 0 no weight changes, and the result is what
# `loss_fn(y, model(x, training=True)) + sum(model.losses)` gives.
#
# <details><summary>Hint 1: the order</summary>
#
# Inside `with tf.GradientTape() as …:` the outputs, then the loss with the penalties. After the block
# the gradients, then `optimizer.apply(...)`.
# </details>
# <details><summary>Hint 2: the penalties</summary>
#
# `model.losses` is a list, and it is made anew by each call of the model. Read it after the call and inside the
# block. `sum([])` is 0, so a model without penalties is no special case.
# </details>
# <details><summary>Hint 3: the float</summary>
#
# `float(loss)`. Do not compute the loss again for the return value: after the update it is another one.
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
# Does it agree with Keras? `train_on_batch` is one step of `fit`. Two networks with the same weights, one
# step each.

# %% tags=["skip-execution"]
ours, keras_own = build_network(l2=1e-3), build_network(l2=1e-3)
keras_own.set_weights(ours.get_weights())
keras_own.compile(
    optimizer=keras.optimizers.Adam(), loss=keras.losses.SparseCategoricalCrossentropy()
)
print("train_step    ", train_step(ours, keras.optimizers.Adam(), loss_fn, x_batch, y_batch))
print("train_on_batch", float(keras_own.train_on_batch(x_batch, y_batch)))
differences = [
    np.abs(a - b).max() for a, b in zip(ours.get_weights(), keras_own.get_weights(), strict=True)
]
print("largest difference of a weight", max(differences))

# %% [markdown]
# ## Epochs
#
# Around the step go two loops: over the batches, and over the epochs. For the batches we use a
# `tf.data.Dataset` (lesson 03), which shuffles and cuts.

# %% [markdown]
# ### Exercise: `fit_loop(model, optimizer, loss_fn, dataset, epochs)` (3 points)
#
# Train for some epochs, and report the loss of each.
#
# * `model`, `optimizer`, `loss_fn`: as for `train_step`, which you may call
# * `dataset`: batches `(x, y)`, a `tf.data.Dataset` or a list; all epochs take the batches as they come. Go through
#   it once an epoch and no more: reading may be expensive
# * batches may differ in size; the last one is often smaller
# * `epochs`: how many; may be 0
# * returns a list with one float (Python's or NumPy's) for each epoch: the mean of the steps' losses, **weighted by the number
#   of examples** in each batch
#
# **Expected** if an epoch's steps have the losses 1.0, with 30 examples, and 2.0, with 10, its mean is 1.25.
#
# <details><summary>Hint 1: the idea</summary>
#
# Two loops, one inside the other. `for x, y in dataset:` works for both kinds of dataset.
# </details>
# <details><summary>Hint 2: the mean</summary>
#
# Start a total and a count at the beginning of **each** epoch. `len(x)` is the number of examples.
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
keras.utils.set_random_seed(0)
model = build_network(dropout=0.3, l2=1e-3)
start = time.perf_counter()
history = fit_loop(model, keras.optimizers.SGD(0.05), loss_fn, dataset, epochs=3)
print("your loop:", [round(value, 3) for value in history], f"{time.perf_counter() - start:.1f} s")

# %% [markdown]
# Your own `fit` runs. It takes surprisingly long for so few pictures; we come back to that.

# %% [markdown]
# ### Metrics and validation in the loop
#
# A usable loop also reports its accuracy, and looks at the validation set after each epoch. Nothing new is
# needed. Reset the meters at the start of an epoch, feed them in every step, and run the validation set through
# the model **in inference mode and without a tape**.

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


def validate(model):
    """Loss and accuracy on the validation set, in inference mode."""
    for meter in (loss_meter, accuracy_meter):
        meter.reset_state()
    for x, y in valid_set:
        outputs = model(x, training=False)
        loss_meter.update_state(loss_fn(y, outputs), sample_weight=len(x))
        accuracy_meter.update_state(y, outputs)
    return float(loss_meter.result()), float(accuracy_meter.result())


keras.utils.set_random_seed(0)
model, optimizer = build_network(dropout=0.3, l2=1e-3), keras.optimizers.SGD(0.05)
for epoch in range(3):
    for meter in (loss_meter, accuracy_meter):
        meter.reset_state()
    for x, y in dataset:
        update(model, optimizer, x, y)
    loss, accuracy = float(loss_meter.result()), float(accuracy_meter.result())
    valid_loss, valid_accuracy = validate(model)
    print(
        f"epoch {epoch + 1}: loss {loss:.3f}, accuracy {accuracy:.3f}; "
        f"validation loss {valid_loss:.3f}, accuracy {valid_accuracy:.3f}"
    )

# %% [markdown]
# Why is the validation loss so much lower than the training loss? The training loss here includes the penalties,
# and dropout makes the training harder. In ours the validation loss has no penalties. (In `fit`, `val_loss`
# includes them.)
#
# The loop is **eager**: Python goes through each line for each batch, and sends every product and every sum to TensorFlow
# one by one.

# %% [markdown]
# ## `tf.function`: record once, run often
#
# `tf.function` takes a Python function and makes a **graph** of it. At the first call Python runs through the function
# once, with symbolic tensors that have a shape but no values, and every TensorFlow operation is
# recorded. This is called **tracing**. Later calls run the recorded graph, without Python.
#
# A `print` shows the difference: it is Python, so it happens while tracing, and only then. `tf.print` is an operation.

# %% tags=["skip-execution"]
traces = []


@tf.function
def square(x):
    traces.append(x.shape)
    print("   Python is here, tracing for", x)
    return x * x


for value in (1.0, 2.0, 3.0):
    print("call with a tensor:", float(square(tf.constant(value))))

# %% [markdown]
# Three calls, one trace. TensorFlow keeps a graph for each **signature**: the dtypes and shapes of the tensors, and the
# *values* of everything else. A new signature means tracing anew. That is slow, often slower than a hundred calls.

# %% tags=["skip-execution"]


def count_traces(calls, **options):
    """How many times a function is traced for a list of arguments."""
    traced = []

    @tf.function(**options)
    def double(x):
        traced.append(1)  # Python, so once for each trace
        return x * 2

    for argument in calls:
        double(argument)
    return len(traced)


for name, calls, options in [
    ("six Python numbers", [1, 2, 3, 4, 5, 6], {}),
    ("six tensors of one shape", [tf.constant(i) for i in range(6)], {}),
    ("tensors of six lengths", [tf.ones(n) for n in range(1, 7)], {}),
    (
        "the same, reduce_retracing=True",
        [tf.ones(n) for n in range(1, 7)],
        {"reduce_retracing": True},
    ),
    (
        "the same, with an input signature",
        [tf.ones(n) for n in range(1, 7)],
        {"input_signature": [tf.TensorSpec([None], tf.float32)]},
    ),
]:
    print(f"{name:34} {count_traces(calls, **options)} traces")

# %% [markdown]
# TensorFlow counts, too, and warns of functions that are traced again and again. In this course `helpers` keeps
# these warnings quiet, because `predict` of several models in a row sets them off as well. Outside it, a warning of
# "retracing" means: look at what you pass.
#
# Three rules follow.
#
# * **Pass tensors, not Python numbers**, where the value changes from call to call.
# * **Keep shapes alike.** A smaller last batch costs one more trace; batches of all lengths cost many.
# * **Python side effects happen once for each trace.** Appending to a list, counting with `self.n += 1`, a `print`,
#   your `RunningMean`: all of them sleep while the graph runs. Memory that works in a graph is a variable, and
#   that is why Keras's meters keep theirs in weights.

# %% tags=["skip-execution"]
python_list, python_meter, keras_meter = [], RunningMean(), keras.metrics.Mean()


@tf.function
def remember(x):
    python_list.append(x)
    python_meter.update_state([1.0])
    keras_meter.update_state(x)


for value in (1.0, 2.0, 6.0):
    remember(tf.constant(value))
print("the list holds", python_list)
print("your meter was fed", python_meter.count if hasattr(python_meter, "count") else "?", "time")
print("Keras's meter has", [float(v.value) for v in keras_meter.variables], "as total and count")

# %% [markdown]
# The list holds a single symbolic tensor, a leftover from tracing that has no value. This is the mistake behind most of the
# puzzling bugs in compiled loops.
#
# Compiling the training step takes one line. No line of `update` changes.

# %% tags=["skip-execution"]
compiled_update = tf.function(update, reduce_retracing=True)

for name, step in [("eager", update), ("compiled", compiled_update)]:
    keras.utils.set_random_seed(0)
    model, optimizer = build_network(dropout=0.3, l2=1e-3), keras.optimizers.SGD(0.05)
    dataset, seconds = shuffled_batches(), []
    for _ in range(3):
        loss_meter.reset_state()
        start = time.perf_counter()
        for x, y in dataset:
            step(model, optimizer, x, y)
        seconds.append(time.perf_counter() - start)
    print(f"{name:9} loss {loss_meter.result():.4f}, seconds by epoch {np.round(seconds, 2)}")

# %% [markdown]
# The first compiled epoch contains the tracing. From the second on it is several times as fast, with the same
# loss.

# %% [markdown]
# ## Your own step inside `fit`
#
# A loop of your own has no progress bar, no callbacks, no history. Often you want only a different *step*. Then
# derive from `keras.Model`, override `train_step(self, data)`, and leave the rest to `fit`. `fit` compiles it, too.
#
# As an example, a network that reports the norm of its gradient. Lesson 08 had to measure it from outside.

# %% tags=["skip-execution"]


class WatchedNetwork(keras.Model):
    """A network that reports the mean norm of its gradient as a metric."""

    def __init__(self, network, **kwargs):
        super().__init__(**kwargs)
        self.network = network
        self.norm_meter = keras.metrics.Mean(name="gradient_norm")

    def call(self, inputs, training=None):
        return self.network(inputs, training=training)

    def train_step(self, data):
        x, y = data  # what fit took out of the dataset: one batch
        with tf.GradientTape() as tape:
            outputs = self(x, training=True)
            loss = self.compute_loss(
                x=x, y=y, y_pred=outputs
            )  # the compiled loss and the penalties
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply(gradients, self.trainable_variables)
        for metric in self.metrics:  # fit has reset them at the start of the epoch
            if metric.name == "loss":
                metric.update_state(loss, sample_weight=tf.shape(x)[0])
            elif metric is self.norm_meter:
                metric.update_state(tf.linalg.global_norm(gradients))
            else:
                metric.update_state(y, outputs)
        return self.get_metrics_result()


keras.utils.set_random_seed(0)
watched = WatchedNetwork(build_network(dropout=0.3, l2=1e-3))
watched.compile(
    optimizer=keras.optimizers.SGD(0.05),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
    steps_per_execution=16,
)
history = watched.fit(
    x_train,
    y_train,
    batch_size=128,
    epochs=4,
    validation_data=(x_valid, y_valid),
    callbacks=[keras.callbacks.EarlyStopping(patience=2)],
    verbose=0,
)
for key in ("loss", "accuracy", "val_accuracy", "gradient_norm"):
    print(f"{key:14}", np.round(history.history[key], 3))

# %% [markdown]
# The history, validation and the callback of lesson 10 work as ever, and the new figure stands beside the others. Its
# name can be given to a callback's `monitor`, too. Two remarks:
#
# * A metric that is an attribute of the model is found and reset by Keras. You need not list it anywhere.
# * If the step returns something else than `get_metrics_result()`, that is what the progress bar shows: any dict of
#   tensors.
#
# For validation there is `test_step(self, data)`, overridden in the same way. Here we left Keras's, which does not know
# `gradient_norm` and reports `val_gradient_norm` as 0.

# %% [markdown]
# ## What a compiled loop gains
#
# Now the second question. Seven ways to train the same network, 300-100-10 with SGD, on the same 8,192 pictures:
#
# * `fit` as usual: batches of 32
# * your loop, **eager**
# * your loop over a **compiled step**
# * `fit` with `steps_per_execution=64`: 64 batches for each return to Python
# * a **whole epoch** as one compiled function: shuffling, cutting and the loop over the batches are in the graph
# * the two fast ones again with batches of 256
#
# Measuring needs care. Each way runs once beforehand, so that tracing does not count. Then they take turns,
# round by round, because a computer is not equally fast all the time. In each round we note how many times as fast as
# `fit` a way was. The result is the **median** of the rounds. The eager loop does only a
# quarter of the pictures, or you would wait.


# %%
def measure_training(images, labels, n_rounds=5):
    """Microseconds for a picture, for each way to train a 300-100-10 network, round by round."""
    n = len(images)
    loss_fn = keras.losses.SparseCategoricalCrossentropy()

    def new_network():
        layers = [keras.layers.Dense(300, activation="relu"), keras.layers.Dense(100, "relu")]
        shape = keras.Input(images.shape[1:])
        return keras.Sequential(
            [shape, keras.layers.Flatten(), *layers, keras.layers.Dense(10, "softmax")]
        )

    def with_fit(batch_size, steps):
        model = new_network()
        model.compile(keras.optimizers.SGD(0.01), loss_fn, steps_per_execution=steps)
        return lambda: model.fit(images, labels, batch_size=batch_size, verbose=0)

    def new_step():
        model, optimizer = new_network(), keras.optimizers.SGD(0.01)
        optimizer.build(model.trainable_variables)

        def step(x, y):
            with tf.GradientTape() as tape:
                loss = loss_fn(y, model(x, training=True))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply(gradients, model.trainable_variables)
            return loss

        return step

    def with_loop(compiled, n_pictures):
        step = tf.function(new_step()) if compiled else new_step()
        batches = tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(n).batch(32)

        def epoch():
            losses = [step(x, y) for x, y in batches.take(n_pictures // 32)]
            return float(sum(losses))

        return epoch

    def with_whole_epochs(batch_size):
        step, x_all, y_all = new_step(), tf.constant(images), tf.constant(labels)
        n_batches = n // batch_size

        @tf.function
        def epoch():
            order = tf.reshape(tf.random.shuffle(tf.range(n)), (n_batches, batch_size))
            total = 0.0
            for i in tf.range(n_batches):  # a loop over a tensor becomes a loop in the graph
                loss = step(tf.gather(x_all, order[i]), tf.gather(y_all, order[i]))
                total = tf.add(total, loss)
            return total

        return lambda: float(epoch())

    ways = {
        "fit as usual, batch 32": (with_fit(32, 1), n),
        "your loop, eager": (with_loop(False, n // 4), n // 4),
        "your loop, compiled step": (with_loop(True, n), n),
        "fit, 64 steps per execution": (with_fit(32, 64), n),
        "whole epoch compiled": (with_whole_epochs(32), n),
        "fit, batch 256, 32 steps": (with_fit(256, 32), n),
        "whole epoch compiled, batch 256": (with_whole_epochs(256), n),
    }
    times = {name: [] for name in ways}
    for _ in range(1 + n_rounds):  # one round to warm up
        for name, (train, n_pictures) in ways.items():
            start = time.perf_counter()
            train()
            times[name].append(1e6 * (time.perf_counter() - start) / n_pictures)
    return {name: values[1:] for name, values in times.items()}


# %% tags=["skip-execution"]
times = measure_training(x_train[:8192], y_train[:8192])
usual = np.array(times["fit as usual, batch 32"])
gains = {name: np.median(usual / np.array(values)) for name, values in times.items()}
print(f"{'':34}  µs a picture   times as fast")
for name, values in times.items():
    print(f"{name:34} {np.median(values):8.1f}      {gains[name]:8.2f}")

# %% tags=["skip-execution"]
figure, ax = plt.subplots(figsize=(8, 3.6), layout="constrained")
colours = [plots.GREY if "usual" in name else plots.BLUE for name in gains]
bars = ax.barh(list(gains), list(gains.values()), color=colours)
for bar, name in zip(bars, gains, strict=True):
    bar.set_hatch("///" if "256" in name else "")
    bar.set_edgecolor("white")
ax.bar_label(bars, [f"{gain:.1f} ×" for gain in gains.values()], padding=3)
ax.axvline(1, color="black", linewidth=1)
ax.invert_yaxis()
ax.set_xlim(0, 1.15 * max(gains.values()))
ax.set(xlabel="times as fast as fit", title="One epoch, 300-100-10 (hatched: batches of 256)")
plt.show()

# %% [markdown]
# That answers the second question. The plain loop is several times **slower** than `fit`; with one line,
# `tf.function`, it is at least as fast; and with its whole epoch in a graph it leaves `fit` behind. Ours:
#
# | way | busy cores, three runs | with less to do, three runs |
# |---|---|---|
# | your loop, eager | 0.14 to 0.23 | 0.18 to 0.26 |
# | your loop, compiled step | 1.1 to 1.6 | 1.0 to 1.5 |
# | `fit`, 64 steps per execution | 1.8 to 2.7 | 1.9 to 2.0 |
# | `fit`, batch 256, 32 steps | 2.6 to 2.9 | 1.9 to 3.1 |
# | whole epoch compiled | 2.3 to 5.7 | 2.8 to 2.9 |
# | whole epoch compiled, batch 256 | 4.4 to 13 | 4.6 to 6.2 |
#
# Both columns are for 8,192 pictures on two cores. The left one comes from a computer with much other work to do,
# and the ranges show how far one can trust such figures. The order is the same each time, or nearly so: **less Python, faster training**.
#
# The computing is the same in the rows of one batch size; only the way there differs. A batch of 32 pictures keeps this
# small network busy for about a millisecond, and around it Python takes its time: it asks for the batch, copies it,
# looks up the graph, counts, calls the callbacks. The eager loop pays for **each operation**, the compiled step and
# `fit` for each **batch**, `steps_per_execution` for each 64 batches, the compiled epoch once.
#
# Three remarks, before you compile everything:
#
# * Batches of 256 are no free gain. An epoch then has an eighth of the updates, and the learning rate needs another
#   look (lessons 06 and 14).
# * The bigger the network and the batch, the less there is to gain. On large models `fit` costs nothing worth
#   mentioning.
# * Write a loop eagerly first, where you can print and use a debugger. Compile it when it is right. For a compiled
#   `fit`, `compile(run_eagerly=True)` goes back to eager.

# %% [markdown]
# ## Check your understanding
#
# **Question 1.** In a loop of your own a network with dropout and L2 penalties learns its training images to 99 %, but is
# no better on validation images than without both. The code says `outputs = model(x)` and
# `loss = loss_fn(y, outputs)`. What is wrong?
#
# <details><summary>A. Nothing. Dropout and penalties do not always help</summary>
#
# That may be, but here they have not been tried: both were off.
# </details>
# <details><summary>B. `training=True` and `model.losses` are missing</summary>
#
# Right. A bare call is inference, without dropout; and the penalties are in no loss. Neither gives an error.
# </details>
# <details><summary>C. The loop has to be compiled with `tf.function` first</summary>
#
# No. Compiling changes the speed, not the result.
# </details>
#
# **Question 2.** A test for a rare illness has an accuracy of 99 %. One person in a hundred is ill. Is it a good test?
#
# <details><summary>A. Yes. It is wrong for one person in a hundred only</summary>
#
# "Nobody is ill" is wrong for one person in a hundred, too, and finds no illness.
# </details>
# <details><summary>B. That cannot be said without precision and recall</summary>
#
# Right. Recall says how many of the ill are found, precision how many of those found are ill. With 99 % accuracy both may be
# 0, and both may be above one half.
# </details>
# <details><summary>C. No. An accuracy so high is a sign of overfitting</summary>
#
# No. Overfitting shows in the distance between training and validation, not in one figure.
# </details>
#
# **Question 3.** You count the steps of a compiled loop with `self.n_steps += 1` inside the function. After 1,000 steps the count
# is 2. Why?
#
# <details><summary>A. `tf.function` skips steps that do not change the loss</summary>
#
# No. All 1,000 updates took place.
# </details>
# <details><summary>B. The function was traced twice; the counting is Python and ran only then</summary>
#
# Right. Probably the last, smaller batch of an epoch brought the second trace. Count with a `tf.Variable`, or
# read `optimizer.iterations`.
# </details>
# <details><summary>C. Two threads ran at once and overwrote each other's count</summary>
#
# No. The Python code did not run at all after tracing.
# </details>
#
# **Question 4.** Somebody computes the recall of each batch and averages over the batches. When is the result equal to
# the recall over all examples?
#
# <details><summary>A. If all batches have the same size</summary>
#
# That does it for accuracy. Recall divides by the number of positive examples, which differs from batch to batch.
# </details>
# <details><summary>B. Always, up to rounding</summary>
#
# No. A batch with one shirt would count as much as a batch with ten.
# </details>
# <details><summary>C. In general only if each batch has equally many positive examples</summary>
#
# Right. Only then do all fractions have the same denominator. A meter adds up numerators and denominators instead, and needs
# no such luck.
# </details>

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
# * Override `train_step` where you want another step but the comfort of `fit`. Compile a whole epoch where small batches
#   must be fast.
#
# ## Where to go next
#
# Lesson 13 searches for good hyper-parameters, which takes many trainings and makes their speed matter. Lesson 14 prepares
# data with `tf.data` so that the loop never waits, and spreads the training step over several devices.
#
# Go on with [13 · Hyper-parameter search](../13_hyperparameter_search/13_hyperparameter_search.ipynb)
