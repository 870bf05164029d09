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
# # 12 · Going further: a step of your own inside `fit`, faster loops, and more meters
#
# This notebook goes on where lesson 12 stops. It puts a training step of your own inside `fit`, measures seven ways to run
# a training loop, counts traces, and shows meters that are no means over examples, a trap of AUC, and the cosine
# similarity. Nothing in it is graded, and no later lesson needs it.

# %%
import time

from helpers import data, plots  # first, so that TensorFlow starts quietly

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

# %% [markdown]
# ## The data and the network
#
# Fashion-MNIST and the network of the lesson, 300-100-10.

# %%
fashion = data.load_fashion_mnist()
print(fashion)
n_valid = 1008 if fashion.is_sample else 5000
mean, std = fashion.x_train[n_valid:].mean(), fashion.x_train[n_valid:].std()
x_all = ((fashion.x_train - mean) / std).astype("float32")
y_all = fashion.y_train.astype(int)
x_train, y_train = x_all[n_valid:], y_all[n_valid:]
x_valid, y_valid = x_all[:n_valid], y_all[:n_valid]


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


# %% [markdown]
# ## Your own step inside `fit`
#
# A loop of your own has no progress bar, no callbacks, no history. Often you want only a different *step*. Then
# derive from `keras.Model`, override `train_step(self, data)`, and leave the rest to `fit`. `fit` compiles it, too.
#
# As an example, a network that reports the norm of its gradient. Lesson 08 had to measure it from outside.

# %%


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
# The history, validation and the callback of lesson 10 work as ever, and the new number stands beside the others. Its
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
# Seven ways to train the same network with SGD, on the same 8,192 pictures:
#
# * `fit` as usual: batches of 32
# * a loop of your own, **eager**
# * a loop of your own over a **compiled step**
# * `fit` with `steps_per_execution=64`: 64 batches for each return to Python
# * a **whole epoch** as one compiled function: shuffling, cutting and the loop over the batches are in the graph
# * the two fast ones again with batches of 256
#
# Measuring needs care. Each way runs once beforehand, so that tracing does not count. Then they take turns,
# round by round, because a computer is not equally fast all the time. In each round we note how many times as fast as
# `fit` a way was. The result is the **median** of the rounds. The eager loop does only a quarter of the pictures, or you
# would wait.


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


# %%
times = measure_training(x_train[:8192], y_train[:8192])
usual = np.array(times["fit as usual, batch 32"])
gains = {name: np.median(usual / np.array(values)) for name, values in times.items()}
print(f"{'':34}  µs a picture   times as fast")
for name, values in times.items():
    print(f"{name:34} {np.median(values):8.1f}      {gains[name]:8.2f}")

# %%
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
# The plain loop is several times **slower** than `fit`. With one line, `tf.function`, it is at least as fast. With the
# whole epoch in a graph it leaves `fit` behind. `docs/figures.md` has the same measurement for three seeds, on two cores with
# little else to do. Each way was so many times as fast as `fit`:
#
# | way | mean | lowest and highest |
# |---|---|---|
# | your loop, eager | 0.22 | 0.18 to 0.26 |
# | your loop, compiled step | 1.3 | 1.0 to 1.5 |
# | `fit`, 64 steps per execution | 1.9 | 1.9 to 2.0 |
# | `fit`, batch 256, 32 steps | 2.3 | 1.9 to 3.1 |
# | whole epoch compiled | 2.9 | 2.8 to 2.9 |
# | whole epoch compiled, batch 256 | 5.2 | 4.6 to 6.2 |
#
# Yours will differ, and on a busy computer by a lot. The order stays nearly the same: **less Python, faster training**.
#
# The computing is the same in the rows of one batch size; only the way there differs. Around each batch Python takes its
# time: it asks for the batch, copies it, looks up the graph, counts, calls the callbacks. The eager loop pays for **each
# operation**, the compiled step and `fit` for each **batch**, `steps_per_execution` for each 64 batches, the compiled epoch
# once.
#
# Two remarks, before you compile everything:
#
# * Batches of 256 are no free gain. An epoch then has an eighth of the updates, and the learning rate needs another
#   look (lessons 06 and 14).
# * The bigger the network and the batch, the less there is to gain, because the computing takes most of the time anyway.
#
# For a compiled `fit`, `compile(run_eagerly=True)` goes back to eager, for debugging.

# %% [markdown]
# ## Counting traces
#
# Which calls make `tf.function` trace again, and what helps?

# %%


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

# %% [markdown]
# ## When a mean is not enough
#
# Many numbers are no means over examples. The root of the mean squared error is one. Here a straight line predicts house
# prices from the income alone (lesson 07). The batches are districts in the order of the file.

# %%
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
# The mean of the batch results is far off, although 20,640 divides by 32. The meter keeps the sum of the squares and takes
# the root at the end.

# %% [markdown]
# ## A trap of AUC
#
# `AUC` tries 200 thresholds **between 0 and 1**. Scores that lie outside, such as logits, are all counted as beyond the
# first or the last threshold. Here a small network says whether a picture is a shirt.

# %%
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
scores = shirt_finder.predict(x_valid, batch_size=512, verbose=0)[:, 0]
is_shirt = (y_valid == 6).astype(int)

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
# No error, no warning, and a number that looks like a poor network. `Precision` and `Recall` do not know `from_logits`. For
# logits give them `thresholds=0`, since the sigmoid of 0 is 0.5.

# %% [markdown]
# ## Directions: cosine similarity
#
# `CosineSimilarity` compares **vectors**. It is the cosine of the angle between them,
#
# $$\cos(a, b) = \frac{a \cdot b}{\lVert a \rVert\,\lVert b \rVert},$$
#
# so their length does not matter. 1 means the same direction, 0 a right angle, −1 opposite directions. It
# suits pictures whose brightness says nothing, and texts and words turned into vectors. It does not suit
# class numbers.

# %%
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
