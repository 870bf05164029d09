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
# # 14 · Bigger data, more devices
#
# **You will be able to**
#
# * build an input pipeline with `tf.data`, put its steps in the right order, and find out what each gains
# * say what workers exchange when they train one network together, and why the result is the same
# * train under a `tf.distribute` strategy: on several devices, and in several processes
# * change the learning rate with the batch size, and say where the rule breaks
# * tell what a cluster adds to all this, and when it is worth it
#
# **Before you start** You need the gradient tape and the training loop of lesson 12, `fit` on a
# `tf.data.Dataset` (lesson 03), and augmentation (lesson 08).
#
# **Running time** about 40 seconds on two cores with the sample data; reading and exercises, about 2 hours.

# %%
from helpers import checks, data, plots, widgets  # first, so that TensorFlow starts quietly

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

# Two devices on one processor, to practise with. TensorFlow takes this only before its first operation.
_cpu = tf.config.list_physical_devices("CPU")[0]
try:
    tf.config.set_logical_device_configuration(_cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
except RuntimeError:
    print(
        "TensorFlow is at work already, with one device. For two: Kernel, Restart, then run this cell."
    )
tf.get_logger().setLevel("ERROR")  # not a line for each exchange between the two

# %% [markdown]
# ## Predict
#
# **1.** A network is trained in batches of 128. Now two processes share the work: each computes the
# gradient of one half of every batch, they average the two gradients, and both take the same step. After
# four epochs, how does the loss compare with that of a single process?
#
# * the same, up to the last digits
# * similar, as with another random seed
# * higher, since each process sees only half of the images
#
# **2.** A second training uses batches of 2,048 instead of 32, with the same learning rate and the same
# number of epochs. Is its loss at the end lower, the same, or higher?
#
# **3.** A million examples lie in a file, sorted by class. The pipeline reads them, puts them into
# batches of 32, and then shuffles the batches thoroughly. What does each batch look like?
#
# Write your guesses down.

# %% [markdown]
# ## Data that come in a stream
#
# So far all examples lay in one array. That ends where they no longer fit into memory, or where each has
# to be read from a file and prepared first. `tf.data.Dataset` is a **recipe** for a stream of examples: where
# they come from, and what is done to each on the way. Nothing is read before somebody asks for the first
# example, and there are never more in memory than the recipe needs.
#
# Let us make something to prepare. Fashion-MNIST comes as arrays, so we turn pictures back into what
# they usually are: bytes of PNG files.

# %% tags=["skip-execution"]
fashion = data.load_fashion_mnist()
print(fashion)
files = [tf.io.encode_png(image[..., np.newaxis]).numpy() for image in fashion.x_train[:1024]]
file_labels = fashion.y_train[:1024].astype("int32")
print(f"{len(files)} files; the first has {len(files[0])} bytes and begins with {files[0][:4]}")

# %% [markdown]
# What happens to each of them is an ordinary function on tensors. This one decodes the file, enlarges the
# picture, and augments it at random, as one does before a large network.


# %% tags=["skip-execution"]
def prepare(png, label):
    """From the bytes of a file to a picture (84, 84, 1) between 0 and 1, flipped and cut at random."""
    picture = tf.io.decode_png(png, channels=1)
    picture = tf.image.resize(picture, (96, 96))
    picture = tf.image.random_flip_left_right(picture)
    picture = tf.image.random_crop(picture, (84, 84, 1))
    return picture / 255.0, label


dataset = (
    tf.data.Dataset.from_tensor_slices((files, file_labels))  # one element: a file and its label
    .shuffle(1024)  # in another order, in each epoch
    .map(prepare)  # one element: a picture and its label
    .batch(32)  # one element: 32 pictures and 32 labels
    .prefetch(1)  # make the next one while this one is used
)
print(dataset.element_spec)
print(len(dataset), "batches")
for pictures, labels in dataset.take(1):
    print("one batch:", pictures.shape, labels.shape)
plots.image_grid(pictures.numpy()[:8, ..., 0], labels.numpy()[:8], fashion.class_names, n_columns=8)

# %% [markdown]
# Each method gives a new dataset and leaves the old one as it was. `element_spec` tells what an element looks
# like; the `None` is the batch's size, since the last batch may be smaller. `fit` takes such a dataset in
# place of `x` and `y`.
#
# Files in a folder begin with `tf.data.Dataset.list_files("folder/*.png")` and `tf.io.read_file`, many
# examples in one file with `tf.data.TFRecordDataset`. The rest of the recipe stays the same.

# %% [markdown]
# ## What each step gains
#
# A training step needs a batch. If the batch is prepared only then, the processor works while the
# GPU waits, and then the GPU works while the processor waits. Three steps of the recipe help:
#
# * `map(prepare, num_parallel_calls=…)` prepares several examples at a time
# * `prefetch(…)` prepares the next batches while the present one is used
# * `cache()` keeps what has come so far; from the second epoch on it comes from memory
#
# We measure them. A **pause** stands for the training step: during a pause the processor is as free as while a
# GPU computes. It lasts half as long as it takes to prepare a batch. And since `tf.data` nowadays works ahead and
# tunes some numbers by itself, we switch that off: here we want to see what we do ourselves.
#
# There are two kinds of cost. Decoding keeps a core busy. Waiting for a file from a network folder keeps
# nothing busy. The second column adds such a wait, of a millisecond for each file.

# %% tags=["skip-execution"]
by_hand = tf.data.Options()
by_hand.autotune.enabled = False
by_hand.experimental_optimization.apply_default_optimizations = False


def wait_for_file(png):
    time.sleep(0.001)
    return png


def fetch_and_prepare(png, label):
    """As `prepare`, but each file takes a millisecond to arrive."""
    png = tf.ensure_shape(tf.numpy_function(wait_for_file, [png], tf.string), [])
    return prepare(png, label)


def seconds_per_epoch(dataset, pause):
    """Go through a dataset once, with a pause after each batch."""
    start = time.perf_counter()
    for _ in dataset:
        time.sleep(pause)
    return time.perf_counter() - start


def compare_pipelines(function, n_files, n_rounds=5):
    """Time five pipelines in turns; print how many times as fast as the first each of them is."""
    source = tf.data.Dataset.from_tensor_slices((files[:n_files], file_labels[:n_files]))
    pipelines = {
        "map, batch": source.map(function).batch(32),
        "map with 4 parallel calls, batch": source.map(function, num_parallel_calls=4).batch(32),
        "map, batch, prefetch": source.map(function).batch(32).prefetch(2),
        "both": source.map(function, num_parallel_calls=4).batch(32).prefetch(2),
        "map, cache, batch, prefetch": source.map(function).cache().batch(32).prefetch(2),
    }
    pipelines = {name: pipeline.with_options(by_hand) for name, pipeline in pipelines.items()}
    plain = pipelines["map, batch"]
    seconds_per_epoch(plain, 0)  # once without looking at the clock
    pause = seconds_per_epoch(plain, 0) / (n_files / 32) / 2
    seconds = {name: [] for name in pipelines}
    for _ in range(n_rounds):  # in turns, so that a busy moment of the computer hits all of them
        for name, pipeline in pipelines.items():
            seconds[name].append(seconds_per_epoch(pipeline, pause))
    # The first round is left out: it fills the cache.
    medians = {name: np.median(rounds[1:]) for name, rounds in seconds.items()}
    return {name: medians["map, batch"] / median for name, median in medians.items()}


decoding = compare_pipelines(prepare, n_files=1024)
waiting = compare_pipelines(fetch_and_prepare, n_files=256)
print(f"{'times as fast':34} decoding  decoding and waiting")
for name in decoding:
    print(f"{name:34} {decoding[name]:8.1f} {waiting[name]:21.1f}")

# %% [markdown]
# These figures depend on the computer, and on what else it is doing. On two cores with nothing else to do, in six
# runs, we saw:
#
# | | decoding | decoding and waiting |
# |---|---|---|
# | 4 parallel calls | 1.3 to 1.4 | 1.5 to 1.6 |
# | prefetch | 1.5 to 2.0 | 1.4 to 1.5 |
# | both | 2.0 to 2.3 | 2.4 to 2.5 |
# | cache | 2.4 to 2.7 | 2.8 to 3.0 |
#
# What can be had at best follows from the costs. A batch takes two parts of time to prepare and one part to
# train on, three together.
#
# * **Prefetch** can hide the shorter of the two sides behind the longer one, and no more: two parts instead of
#   three, 1.5 times as fast. We measured about that, and more where decoding itself went faster in the background.
# * **Parallel calls** can gain as much as there are *free* cores, if the work is decoding. On a busy processor that
#   is nothing. If the work is waiting, four calls wait at the same time, on any processor.
# * **Both** can bring it down to the training alone, 3 times as fast. Then the training sets the pace.
# * **The cache** comes close to that from the second epoch on, whatever the cores do. It needs the memory, and it
#   has a catch that we come to.
#
# Which numbers should one take? `tf.data.AUTOTUNE` for both, and TensorFlow finds them while it runs.
#
# The widget shows the same on a time line. Try these:
#
# * Switch prefetch on. The bars overlap. Which side sets the pace now?
# * Raise the parallel calls until training no longer waits. More of them gain nothing: why?
# * Switch all off, then the cache on. What does the second epoch look like, what the first?
# * Make training much slower than preparing. Is any of the three still worth the trouble?

# %% tags=["skip-execution"]
widgets.pipeline_explorer()

# %% [markdown]
# ### Batch first, if the function allows it
#
# Calling a function costs some microseconds by itself. If it does little, such as a division by 255, that is
# most of the cost. Then call it once for a whole batch.


# %% tags=["skip-execution"]
def scale(images, labels):
    return tf.cast(images, tf.float32) / 255.0, labels


source = tf.data.Dataset.from_tensor_slices((fashion.x_train[:8192], fashion.y_train[:8192]))
orders = {
    "map, then batch": source.map(scale).batch(64),
    "batch, then map": source.batch(64).map(scale),
}
seconds = {name: [] for name in orders}
for _ in range(5):
    for name, pipeline in orders.items():
        seconds[name].append(seconds_per_epoch(pipeline, 0))
gain = np.median(seconds["map, then batch"][1:]) / np.median(seconds["batch, then map"][1:])
print(f"batch first: {gain:.0f} times as fast")

# %% [markdown]
# In our runs it was 3 to 4 times as fast. The function must be able to take batches: an element-wise one always
# can, and so can Keras's augmentation layers of lesson 08, which draw another shift for each picture of the batch.

# %% [markdown]
# ## The order of the steps
#
# A wrong order raises no error. It only trains worse. To see what comes out, we send the numbers 0 to 239
# through four pipelines and draw which number came at which place, for two epochs.
#
# `shuffle(buffer_size)` works with a **buffer**: it holds that many elements, gives a random one of them
# away, and takes in the next. It cannot give away what it has not read yet.

# %% tags=["skip-execution"]
numbers = tf.data.Dataset.range(240)
pipelines = {
    "shuffle(240), batch": numbers.shuffle(240, seed=1).batch(24),
    "shuffle(24), batch": numbers.shuffle(24, seed=1).batch(24),
    "batch, shuffle(240)": numbers.batch(24).shuffle(240, seed=1),
    "shuffle(240), cache, batch": numbers.shuffle(240, seed=1).cache().batch(24),
}
figure, axes = plt.subplots(1, 4, figsize=(12, 3.4), layout="constrained", sharey=True)
for ax, (name, pipeline) in zip(axes, pipelines.items()):
    for epoch, marker, colour in [(1, "o", plots.BLUE), (2, "x", plots.VERMILLION)]:
        order = np.concatenate([batch.numpy() for batch in pipeline])
        ax.scatter(
            range(240),
            order,
            s=44 - 15 * epoch,
            marker=marker,
            color=colour,
            label=f"epoch {epoch}",
        )
    ax.set(title=name, xlabel="place in the epoch")
    for start in range(0, 240, 24):
        ax.axvline(start - 0.5, color=plots.GREY, linewidth=0.3)
axes[0].set_ylabel("number")
axes[0].set_ylim(-12, 300)
axes[0].legend(loc="upper left", ncols=2)
plt.show()

# %% [markdown]
# * **A buffer for all of them**: any number may come at any place, and each epoch has its own order. This is
#   what we want.
# * **A buffer too small**: the cloud becomes a band along the diagonal. Number 200 cannot come early. The last
#   batches hold large numbers only.
# * **Batch before shuffle**: the short lines are batches. Their order is random, but 24 neighbours stay together
#   for ever.
# * **Cache after shuffle**: the crosses lie on the dots. The first epoch's order is kept, and repeated.
#
# Does it matter? If the examples come in no particular order, little. Sorted by class, as files in folders
# often are, a great deal:

# %% tags=["skip-execution"]
n_train = 8192
x_few = (fashion.x_train[:n_train] / 255).astype("float32")
y_few = fashion.y_train[:n_train]
x_valid = (fashion.x_train[-1500:] / 255).astype("float32")
y_valid = fashion.y_train[-1500:]
by_class = np.argsort(y_few, kind="stable")
in_order = tf.data.Dataset.from_tensor_slices((x_few[by_class], y_few[by_class]))


def build_network(learning_rate=0.05):
    """784-100-10 for Fashion-MNIST, compiled."""
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(100, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(
        keras.optimizers.SGD(learning_rate),
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=32,
    )
    return model


for name, pipeline in {
    "shuffle all, batch": in_order.shuffle(n_train, seed=1).batch(32),
    "shuffle(512), batch": in_order.shuffle(512, seed=1).batch(32),
    "batch, shuffle all": in_order.batch(32).shuffle(n_train, seed=1),
    "batch": in_order.batch(32),
}.items():
    keras.utils.set_random_seed(0)
    model = build_network()
    history = model.fit(pipeline, epochs=2, shuffle=False, verbose=0)
    _, accuracy = model.evaluate(x_valid, y_valid, verbose=0)
    print(f"{name:20} validation accuracy {accuracy:.2f} after two epochs")

# %% [markdown]
# In our runs, for three seeds: shuffled properly 0.80 to 0.82, with a buffer of 512 examples 0.42 to 0.45, with
# shuffled batches 0.66 to 0.74, not at all 0.11 to 0.18.
#
# With batches of one class, each step teaches the network to say that class, whatever it sees. That is the
# answer to the third prediction.
#
# (`shuffle=False` in `fit` says: the order is the dataset's business. Without it Keras warns that it cannot
# shuffle a dataset.)
#
# Two more orders to remember. **Cache before random augmentation**, never after: what comes out of the
# cache is the same in each epoch, so the network would see one version of each picture. And **shuffle before
# `repeat`**, or the end of one epoch is mixed with the beginning of the next.
#
# So the usual order is
#
# > read and decode · `cache` if it fits into memory · `shuffle` · `batch` · random augmentation · `prefetch`
#
# A buffer for all examples is too much where an example is large. Then shuffle what is small, the names of the
# files, and read after that.

# %% [markdown]
# ### Exercise: `make_dataset(x, y, batch_size, shuffle_seed=None)` (2 points)
#
# Make the pipeline for arrays in memory.
#
# * `x`: (n, …), any shape after the first axis; `y`: (n,) or (n, k)
# * returns a `tf.data.Dataset` whose elements are pairs `(x, y)` of batches, with the dtypes of the arrays.
#   Each pass through it is an epoch: every example once, in batches of `batch_size`; the last one holds what
#   is left
# * **shuffled over the whole set**: any example may come at any place, for any n
# * in each epoch another order
# * the same `shuffle_seed`, such as 0 or 7, gives the same orders: two datasets made with it agree in
#   their first epoch, in their second, and so on. Another seed gives other orders. With `None` it
#   shuffles, too
#
# **Expected** `for images, labels in make_dataset(np.zeros((10, 28, 28)), np.arange(10), 4): print(labels.numpy())`
# prints three arrays, of 4, 4 and 2 numbers. Together they are 0 to 9, in no order; running it again
# gives another.
#
# <details><summary>Hint 1: the idea</summary>
#
# `tf.data.Dataset.from_tensor_slices((x, y))` gives one example after another, x and y together. Two
# steps are left.
# </details>
# <details><summary>Hint 2: the buffer</summary>
#
# `shuffle` needs to know how many elements it may hold. For the whole set that is `len(x)`. And which of
# the two steps comes first?
# </details>
# <details><summary>Hint 3: the seed</summary>
#
# `shuffle(buffer_size, seed=...)` takes `None` as well as a number, and reshuffles in each epoch unless it is
# told not to. `if shuffle_seed:` would be a trap: 0 is a seed.
# </details>


# %% nbgrader={"grade": false, "grade_id": "make_dataset", "locked": false, "schema_version": 3, "solution": true, "task": false}
def make_dataset(x, y, batch_size, shuffle_seed=None):
    """Batches (x, y) of all examples, in another order in each epoch; the same for the same seed."""
    ### BEGIN SOLUTION
    examples = tf.data.Dataset.from_tensor_slices((x, y))
    shuffled = examples.shuffle(len(x), seed=shuffle_seed)
    return shuffled.batch(batch_size).prefetch(tf.data.AUTOTUNE)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_make_dataset", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("make_dataset")

# %% [markdown]
# With your pipeline the sorted file does no harm any more:

# %% tags=["skip-execution"]
keras.utils.set_random_seed(0)
model = build_network()
model.fit(make_dataset(x_few[by_class], y_few[by_class], 32), epochs=2, shuffle=False, verbose=0)
_, accuracy = model.evaluate(x_valid, y_valid, verbose=0)
print(f"make_dataset         validation accuracy {accuracy:.2f} after two epochs")

# %% [markdown]
# ## Sharing the work: data parallelism by hand
#
# Now to more devices. The usual way to use several is **data parallelism**. Every worker has a copy of the
# whole network. For each step:
#
# 1. the batch is cut into parts, one for each worker
# 2. every worker computes the gradient of the loss of its part
# 3. the gradients are averaged, so that all workers know the same one
# 4. every worker takes the same step with it
#
# The copies begin equal and take equal steps, so they stay equal. And why is the average the right gradient?
# The loss of a batch of $n$ examples is a mean, and so is its gradient. Sort the examples by the worker $w$
# that has them, $n_w$ of them, and write $g_w$ for the mean gradient of that part:
#
# $$g = \frac{1}{n} \sum_{i=1}^{n} g_i = \frac{1}{n} \sum_{w} \; \sum_{i \text{ of } w} g_i
# = \frac{1}{n} \sum_{w} n_w \, g_w.$$
#
# That is a mean of the workers' gradients, **weighted by their numbers of examples**. Nothing is neglected in
# it. Only the order of the additions differs, and with it the last digits.
#
# First, who takes which examples?

# %% [markdown]
# ### Exercise: `shard(n_examples, n_workers, rank)` (1 point)
#
# Say which examples a worker has. Its part is called a **shard**.
#
# * `n_examples`, `n_workers`: how many there are of each; there may be fewer examples than workers
# * `rank`: the worker's number, 0 to `n_workers` − 1
# * returns an array of integers, the indices of that worker's examples, in any order
# * the workers' shards have no index in common, have all of them together, and differ in length by at most one.
#   Every worker calls the function for itself, so the same call always gives the same shard
#
# **Expected** the three shards of `shard(8, 3, rank)` have 3, 3 and 2 indices, for instance
# `[0, 3, 6]`, `[1, 4, 7]` and `[2, 5]`. Of `shard(1, 3, rank)` two are empty.
#
# <details><summary>Hint 1: the idea</summary>
#
# Deal the examples like cards: one to each worker in turn. Which index does worker 1 of 3 get first, and how far
# is it to its next?
# </details>
# <details><summary>Hint 2: nearly the answer</summary>
#
# `np.arange(start, stop, step)`. It gives an empty array of integers where there is nothing left. For one piece
# to each worker, look at `np.array_split`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "shard", "locked": false, "schema_version": 3, "solution": true, "task": false}
def shard(n_examples, n_workers, rank):
    """Indices of the examples that worker `rank` of `n_workers` has, an integer array."""
    ### BEGIN SOLUTION
    return np.arange(rank, n_examples, n_workers)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_shard", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
checks.run("shard")

# %% [markdown]
# ### Exercise: `average_gradients(worker_gradients, worker_sizes)` (2 points)
#
# Make one gradient of those of all workers.
#
# * `worker_gradients`: a list with an entry for each worker. That entry is a list with the gradient of each
#   variable, arrays or tensors of any shape: what `tape.gradient` returns. Leave them unchanged
# * `worker_sizes`: a list with each worker's number of examples, integers. Some may be 0, not all
# * returns a list with the averaged gradient of each variable, $\frac{1}{n} \sum_w n_w \, g_w$ with
#   $n = \sum_w n_w$, in the shape of the variable
#
# **Expected** two workers, two variables:
# `average_gradients([[np.array([1.0, 2.0]), np.array(4.0)], [np.array([5.0, 6.0]), np.array(0.0)]], [3, 1])`
# gives `[2.0, 3.0]` for the first variable and `3.0` for the second.
#
# <details><summary>Hint 1: the idea</summary>
#
# For one variable: multiply each worker's gradient by its number of examples, add up, divide by the number of
# all examples. Then the same for every variable.
# </details>
# <details><summary>Hint 2: from workers to variables</summary>
#
# `zip(*worker_gradients)` turns the nesting round. It gives, for each variable, the gradients that the workers
# have of it.
# </details>
# <details><summary>Hint 3: without changing anything</summary>
#
# `total += gradient` changes an array in place, perhaps one that is not yours. `sum(...)` over a generator
# builds new ones.
# </details>


# %% nbgrader={"grade": false, "grade_id": "average_gradients", "locked": false, "schema_version": 3, "solution": true, "task": false}
def average_gradients(worker_gradients, worker_sizes):
    """For each variable the mean of the workers' gradients, weighted by their numbers of examples."""
    ### BEGIN SOLUTION
    shares = [size / sum(worker_sizes) for size in worker_sizes]
    return [
        sum(share * gradient for share, gradient in zip(shares, gradients))
        for gradients in zip(*worker_gradients)
    ]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_average_gradients", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("average_gradients")

# %% [markdown]
# Try it on a network: 100 images, three workers. Each takes its shard and computes its gradient. Here they do
# so one after another, which changes nothing in the numbers.

# %% tags=["skip-execution"]
keras.utils.set_random_seed(0)
model = build_network()
loss_fn = keras.losses.SparseCategoricalCrossentropy()


def gradients_of(x, y):
    """The gradients of the mean loss of some examples."""
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=True))
    return tape.gradient(loss, model.trainable_variables)


def largest_difference(some, others):
    """The largest difference between two lists of arrays."""
    return max(float(np.max(np.abs(np.subtract(a, b)))) for a, b in zip(some, others))


x_batch, y_batch = x_few[:100], y_few[:100]
whole = gradients_of(x_batch, y_batch)
parts = [shard(len(x_batch), 3, rank) for rank in range(3)]
worker_gradients = [gradients_of(x_batch[part], y_batch[part]) for part in parts]
worker_sizes = [len(part) for part in parts]
together = average_gradients(worker_gradients, worker_sizes)

print("examples of each worker:", worker_sizes)
print(f"largest element of the whole batch's gradient   {max(np.abs(g).max() for g in whole):.1e}")
print(
    f"difference of one worker's gradient from it     {largest_difference(worker_gradients[0], whole):.1e}"
)
print(f"difference of average_gradients from it         {largest_difference(together, whole):.1e}")

equal_shares = [np.mean(gradients, axis=0) for gradients in zip(*worker_gradients)]
print(
    f"difference if each worker counts alike          {largest_difference(equal_shares, whole):.1e}"
)

# %% [markdown]
# One worker alone has a rather different gradient. The weighted average is the whole batch's gradient, to
# `float32`'s last digits. If each worker counts alike, a small error remains, because one of them has 34
# examples and the others 33. Remember that line.
#
# What does it cost? In each step every worker sends and receives as many numbers as the network has weights,
# however large the batch is. So **large batches** make the exchange worth it: more arithmetic for each
# message. That is the reason for the next section.

# %% [markdown]
# ## Larger batches, larger steps
#
# With $k$ workers a batch can be $k$ times as large in the same time. An epoch then has $k$ times fewer steps.
# Should each step be $k$ times as long? Compare $k$ small steps at rate $\eta$, on batches $B_1, \dots, B_k$,
# with one large step on all of them at rate $k \eta$:
#
# $$-\eta \sum_{j=1}^{k} g_{B_j}(w_j) \qquad\text{and}\qquad
# -k\eta \cdot \frac{1}{k} \sum_{j=1}^{k} g_{B_j}(w_1).$$
#
# The only difference is **where** the gradients are taken: at the weights $w_j$, which have moved on, or all at
# $w_1$. As long as the gradient hardly changes on the way, the two agree. This gives the **linear scaling
# rule**: times $k$ for the batch, times $k$ for the learning rate.
#
# The formula says as well where the rule must break: where $k \eta$ is so long a way that the gradient at its
# end has nothing to do with the one at its beginning.

# %% [markdown]
# ### Exercise: `scaled_learning_rate(base, base_batch, batch)` (1 point)
#
# Write the linear scaling rule.
#
# * `base`: the learning rate that works for batches of `base_batch` examples
# * `batch`: the new batch size, larger or smaller, not always a multiple
# * returns the learning rate for it, a number
#
# **Expected** `scaled_learning_rate(0.01, 32, 128)` gives `0.04`, and `scaled_learning_rate(0.1, 64, 32)`
# gives `0.05`.
#
# <details><summary>Hint 1: the idea</summary>
#
# How many times as large is the new batch? So many times as large is the rate.
# </details>
# <details><summary>Hint 2: a trap</summary>
#
# `//` throws away what is behind the point: `48 // 32` is 1, and `16 // 32` is 0.
# </details>


# %% nbgrader={"grade": false, "grade_id": "scaled_learning_rate", "locked": false, "schema_version": 3, "solution": true, "task": false}
def scaled_learning_rate(base, base_batch, batch):
    """The learning rate for batches of `batch`, if `base` works for batches of `base_batch`."""
    ### BEGIN SOLUTION
    return base * batch / base_batch
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_scaled_learning_rate", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
checks.run("scaled_learning_rate")

# %% [markdown]
# Now measure. The training loop of lesson 12, a whole epoch as one `tf.function`, so that the many small batches
# do not take long. Each run starts from the same weights and sees the 8,192 images five times.

# %% tags=["skip-execution"]
keras.utils.set_random_seed(0)
model = build_network()
start_weights = model.get_weights()
images, labels = tf.constant(x_few), tf.constant(y_few)


@tf.function
def train_epoch(order, batch_size, learning_rate):
    """Plain SGD through the examples in the given order."""
    for start in tf.range(0, len(order), batch_size):
        rows = order[start : start + batch_size]
        with tf.GradientTape() as tape:
            predictions = model(tf.gather(images, rows), training=True)
            loss = loss_fn(tf.gather(labels, rows), predictions)
        variables = model.trainable_variables
        for variable, gradient in zip(variables, tape.gradient(loss, variables)):
            variable.assign_sub(learning_rate * gradient)


def loss_after(batch_size, learning_rate, seed=0):
    """Train from the start for five epochs; return the loss of all training images."""
    model.set_weights(start_weights)
    rng = np.random.default_rng(seed)
    for _ in range(5):
        order = tf.constant(rng.permutation(n_train))
        train_epoch(order, tf.constant(batch_size), tf.constant(learning_rate, tf.float32))
    return float(loss_fn(labels, model(images)))


base_rate, base_batch = 0.02, 32
batch_sizes = [32, 128, 512, 2048, 8192]
scaled = {size: scaled_learning_rate(base_rate, base_batch, size) for size in batch_sizes}
root = {size: base_rate * (size / base_batch) ** 0.5 for size in batch_sizes}
results = {"same rate": [], "linear scaling": [], "square root": []}
for size in batch_sizes:
    results["same rate"].append(loss_after(size, base_rate))
    results["linear scaling"].append(loss_after(size, scaled[size]))
    results["square root"].append(loss_after(size, root[size]))

print("batch  same rate      linear scaling         square root")
for size, same, linear, by_root in zip(batch_sizes, *results.values()):
    print(
        f"{size:5} {same:10.3f} {linear:9.3f} (rate {scaled[size]:4.2f}) {by_root:9.3f} (rate {root[size]:4.2f})"
    )

figure, ax = plt.subplots(figsize=(7, 4), layout="constrained")
for (name, losses), style in zip(results.items(), ["o-", "s--", "^:"]):
    colour = plots.COLOURS[len(ax.lines)]
    ax.plot(batch_sizes, losses, style, color=colour, label=name)
ax.axhline(np.log(10), color=plots.GREY, linewidth=1)
ax.text(350, 1.03 * np.log(10), "nothing learnt: ln 10", color=plots.GREY, va="bottom")
ax.set(xscale="log", yscale="log", xlabel="batch size", ylabel="training loss after five epochs")
ax.set_xticks(batch_sizes, batch_sizes, minor=False)
ax.minorticks_off()
ax.set_yticks([0.5, 1, 2, 4], [0.5, 1, 2, 4])
ax.set_ylim(0.42, 5)
ax.grid(alpha=0.3)
ax.legend(loc="upper left")
plt.show()

# %% [markdown]
# Ours, four runs, training loss after five epochs:
#
# | batch | same rate | linear scaling | square root |
# |---|---|---|---|
# | 32, rate 0.02 | 0.49 to 0.55 | | |
# | 128 | 0.68 to 0.70 | **0.50 to 0.53** | 0.57 to 0.59 |
# | 512 | 1.06 to 1.10 | **0.57 to 0.63** | 0.69 to 0.82 |
# | 2,048 | 1.71 to 1.74 | 2.25 to 2.35 | **0.93 to 1.00** |
# | 8,192, all at once | 2.15 | 3.5 to 155 | 1.5 to 2.0 |
#
# The column "same rate" answers the second prediction: fewer steps of the same length, higher loss.
#
# Linear scaling nearly makes up for it up to 512. At 2,048 it breaks: the loss is that of a network that has learnt
# nothing. Then the square root of the factor is the better rule, but it does not save everything either: four
# steps for each epoch are few, however long they are. (At 8,192 linear scaling may leave the picture.)
#
# In practice: scale linearly at first, measure, and take less where it breaks. Often a **warm-up** helps, a small
# rate in the beginning, when the gradient changes most. (Here it did not: we tried an eighth of the rate in
# the first epoch, and 2,048 still ended at 2.0 or above.) Beyond the break a larger batch gains nothing, and so
# do more workers. For Adam, whose steps hardly grow with the gradient, people often take the square root from
# the start.

# %% [markdown]
# ## The same with a strategy: `MirroredStrategy`
#
# Nobody sends gradients by hand. A `tf.distribute` **strategy** does it: it makes a copy of each variable on
# each device, cuts the batches, and adds up the gradients. Your part is to create the variables **under its
# scope**.
#
# `MirroredStrategy` is for several devices of one computer, usually GPUs. We have prepared something to
# practise with: in the import cell, `set_logical_device_configuration` has split the processor into two
# logical devices.

# %% tags=["skip-execution"]
devices = [device.name for device in tf.config.list_logical_devices("CPU")]
print(devices)
one_adds_up = tf.distribute.ReductionToOneDevice()
mirrored = tf.distribute.MirroredStrategy(devices, cross_device_ops=one_adds_up)
print(mirrored.num_replicas_in_sync, "replicas")

with mirrored.scope():
    variable = tf.Variable([1.0, 2.0])
print(variable)

# %% [markdown]
# One variable, and a copy of it on each device. `ReductionToOneDevice` says how gradients are added up: one of
# the devices does it for all. GPUs have a faster way, all-reduce, in which each device adds up a part. It is the
# default, so on GPUs `MirroredStrategy()` will do. On the processor it gets mixed up when a notebook makes more
# than one such strategy, and ours does.
#
# (If you see a single device, TensorFlow had begun to work
# before the import cell was run. Restart the kernel; the lesson runs with one device, too, but there is less to
# see.)
#
# With `fit` nothing else changes. `batch_size` is the size of the **whole** batch, and each replica gets its
# share.

# %% [markdown]
# ### Exercise: `train_distributed(strategy, build_model, dataset, epochs)` (3 points)
#
# Train a model under any strategy.
#
# * `strategy`: a `tf.distribute` strategy. `tf.distribute.get_strategy()` is one as well: the usual, with one
#   device
# * `build_model`: a function without arguments that returns a new, compiled model. Call it once, under the scope of
#   the strategy
# * `dataset`: a `tf.data.Dataset` of batches `(x, y)`
# * train with `fit` on the dataset as it is, for `epochs` epochs
# * returns `(model, history)`: the trained model, and the dict that maps `"loss"` and the names of the metrics to
#   lists, one value for each epoch
#
# **Expected** with a `build_model` that always makes the same weights, and a dataset that always has the same
# order, the history is the same under each strategy, to about six digits.
#
# <details><summary>Hint 1: the scope</summary>
#
# `with strategy.scope():` and, indented below it, what has to happen under it.
# </details>
# <details><summary>Hint 2: the dict</summary>
#
# `fit` returns a `History` object. Its attribute `history` is the dict.
# </details>


# %% nbgrader={"grade": false, "grade_id": "train_distributed", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_distributed(strategy, build_model, dataset, epochs):
    """Build under the strategy's scope, fit on the dataset; returns (model, history dict)."""
    ### BEGIN SOLUTION
    with strategy.scope():
        model = build_model()
    history = model.fit(dataset, epochs=epochs, shuffle=False, verbose=0)
    return model, history.history
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_train_distributed", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
checks.run("train_distributed")

# %% tags=["skip-execution"]
histories, final_weights, seconds = {}, {}, {}
for name, strategy in [("one device", tf.distribute.get_strategy()), ("two devices", mirrored)]:
    keras.utils.set_random_seed(0)  # the same weights
    dataset = tf.data.Dataset.from_tensor_slices((x_few, y_few)).batch(128)
    start = time.perf_counter()
    model, histories[name] = train_distributed(strategy, build_network, dataset, epochs=4)
    seconds[name] = time.perf_counter() - start
    final_weights[name] = model.get_weights()

print("epoch  loss on one device  loss on two devices")
for epoch, losses in enumerate(zip(*(h["loss"] for h in histories.values())), start=1):
    print("{:5} {:19.7f} {:20.7f}".format(epoch, *losses))
difference = largest_difference(*final_weights.values())
print(f"largest difference of the final weights: {difference:.0e}")
print(f"two devices took {seconds['two devices'] / seconds['one device']:.1f} times as long")

# %% [markdown]
# The numbers agree: the losses to six digits, the weights to the rounding of `float32`.
#
# Why not `make_dataset`? Under a strategy, `fit` takes a look at the dataset before it begins. One that
# reshuffles has then used up its first order, and the two trainings see different ones. With `make_dataset` our
# losses were 1.268 and 1.266 after one epoch: neither better nor worse, but no proof. So here the order is fixed.
#
# And nothing is gained in time: ours took about 4 times as long on two devices. That is no surprise: the two devices are one processor, which
# now has to cut, copy and add as well. With two GPUs the same lines are faster.

# %% [markdown]
# ### When a batch cannot be cut evenly
#
# 8,192 images make 64 full batches. What if the last batch has an odd number of examples? `fit` averages the
# replicas' gradients so that **each replica counts alike**. You know that line from above. A small test,
# with 5 batches of 16 examples and one of 3, of which one replica gets 2 and the other 1:

# %% tags=["skip-execution"]
for n_examples in (80, 83):
    few_weights = []
    for strategy in (tf.distribute.get_strategy(), mirrored):
        keras.utils.set_random_seed(0)
        some = tf.data.Dataset.from_tensor_slices((x_few[:n_examples], y_few[:n_examples])).batch(
            16
        )
        model, _ = train_distributed(strategy, build_network, some, epochs=1)
        few_weights.append(model.get_weights())
    print(f"{n_examples} examples: weights differ by {largest_difference(*few_weights):.0e}")

# %% [markdown]
# So "the same numbers" holds for batches that are cut evenly. One crooked batch in an epoch harms nobody, but it
# can make you doubt your code. `batch(16, drop_remainder=True)` leaves the rest out, and with reshuffling it is
# another rest each time. A *first* batch that is crooked makes `fit` stop with an `InvalidArgumentError`.

# %% [markdown]
# ## Several workers
#
# Devices of one computer share a process. Several computers do not: on each of them runs a program of its own,
# a **worker**. All of them run *the same* program, and each is told by an environment variable, `TF_CONFIG`,
# who takes part and which of them it is itself:
#
# ```json
# {"cluster": {"worker": ["host-a:2222", "host-b:2222"]}, "task": {"type": "worker", "index": 0}}
# ```
#
# The strategy is `tf.distribute.MultiWorkerMirroredStrategy`. It reads `TF_CONFIG`, connects the workers, and
# then adds up gradients over the network. Two things are special:
#
# * It must be made at the very start of a program. This notebook is too far on for that.
# * Keras's `fit` does not work under it at present. So there is a loop of our own, as in lesson 12.
#
# The program lies beside this lesson, in `worker.py`. Read it: it is what you would take to a cluster.

# %% tags=["skip-execution"]
print(Path("worker.py").read_text())

# %% [markdown]
# Look at `train`. It is the loop of lesson 12 with four differences, and all of them would be there with a
# hundred GPUs:
#
# * model and optimizer are made **under the scope**
# * `experimental_distribute_dataset` gives each worker its part of each batch
# * `strategy.run(step, …)` runs the step on each device
# * the loss is the **sum** of the examples' losses divided by the size of the **whole** batch. When the gradients
#   of all parts are added up, each example counts alike. No crooked batch here
#
# `train` does not know which strategy it runs under. So we can call it here for one and for two devices, and
# start two workers to do the same. `free_ports` asks the system for two ports that nobody uses.


# %% tags=["skip-execution"]
def free_ports(n):
    """Numbers of n network ports of this machine that are free now."""
    sockets = [socket.socket() for _ in range(n)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def run_workers(n_workers, folder, time_limit=180):
    """Start workers on this machine and wait for them. Returns what went wrong, or None.

    Whatever happens, none of them is left running.
    """
    addresses = [f"127.0.0.1:{port}" for port in free_ports(n_workers)]
    workers = []
    try:
        for rank in range(n_workers):
            task = {"cluster": {"worker": addresses}, "task": {"type": "worker", "index": rank}}
            told = {"TF_CONFIG": json.dumps(task), "no_proxy": "127.0.0.1"}
            with open(folder / f"worker-{rank}.log", "w") as log:
                command = [sys.executable, "worker.py", str(folder)]
                workers.append(
                    subprocess.Popen(command, env=os.environ | told, stdout=log, stderr=log)
                )
        deadline = time.monotonic() + time_limit
        while any(worker.poll() is None for worker in workers):
            # When one has failed, the others would wait for it for ever.
            if any(worker.poll() for worker in workers):
                break
            if time.monotonic() > deadline:
                return f"The workers were stopped: they took more than {time_limit} seconds."
            time.sleep(0.2)
        failed = [rank for rank, worker in enumerate(workers) if worker.poll()]
        if failed:
            log = (folder / f"worker-{failed[0]}.log").read_text()
            return f"Worker {failed[0]} failed. The end of what it wrote:\n{log[-1500:]}"
    finally:
        for worker in workers:
            worker.kill()  # does nothing to one that has ended
            worker.wait()


# %% [markdown]
# Now all three. The workers take a while: each has to import TensorFlow first.

# %% tags=["skip-execution"]
import worker

runs = {
    "one device": worker.train(tf.distribute.get_strategy(), x_few[:2048], y_few[:2048]),
    "MirroredStrategy": worker.train(mirrored, x_few[:2048], y_few[:2048]),
}
with tempfile.TemporaryDirectory() as name:
    folder = Path(name)
    np.savez(folder / "data.npz", x=x_few[:2048], y=y_few[:2048])
    problem = run_workers(2, folder)
    if problem is None:
        print((folder / "worker-0.log").read_text())
        for rank in (0, 1):
            with np.load(folder / f"worker-{rank}.npz") as saved:
                weights = [saved[f"weight_{i}"] for i in range(4)]
                runs[f"MultiWorkerMirroredStrategy, worker {rank}"] = (saved["losses"], weights)
                fit_says = str(saved["fit"])
    else:
        print(problem)
        fit_says = "not tried"

for name, (losses, _) in runs.items():
    print(f"{name:38}", " ".join(f"{loss:.7f}" for loss in losses))
print("\nlargest difference of the final weights from those of one device")
for name, (_, weights) in runs.items():
    print(f"{name:38} {largest_difference(weights, runs['one device'][1]):.0e}")
print("\nKeras's fit under MultiWorkerMirroredStrategy:", fit_says)

# %% [markdown]
# Two processes, which shared nothing but their gradients, end with the weights of the single one. That is
# the answer to the first prediction.
#
# The last line shows why `worker.py` has a loop of its own. Keras 3.15 does not expect that a batch may
# consist of parts in other processes.
#
# If it did not work on your machine, the message says how it ended. The usual reasons: a firewall between a
# machine and itself, or a computer so busy that the time limit was reached. The rest of the lesson needs no
# workers.
#
# What if a worker dies? The others wait for its gradient. So `run_workers` stops all as soon as one has failed,
# has a time limit, and kills what is left in any case. On a cluster, save a checkpoint regularly
# (`BackupAndRestore`, lesson 10; `tf.train.Checkpoint`, lesson 11) and start all again.

# %% [markdown]
# ## What replaced Estimators
#
# Books of the years 2016 to 2019 train on clusters with `tf.estimator`. It was removed from TensorFlow in version
# 2.16. What it did is done elsewhere now:
#
# | with Estimators | today |
# |---|---|
# | `tf.estimator.Estimator(model_fn=…)` | a compiled `keras.Model` |
# | `DNNClassifier`, `DNNLinearCombinedRegressor` | a few layers of your own; Wide & Deep is lesson 09 |
# | `input_fn` | a function that returns a `tf.data.Dataset`, like your `make_dataset` |
# | feature columns | preprocessing layers: `Normalization`, `Discretization`, `HashedCrossing` (lesson 09) |
# | `train_and_evaluate(…)` | `fit(…, validation_data=…)` |
# | `RunConfig(train_distribute=strategy)` | `with strategy.scope():` |
# | `SessionRunHook` | a callback (lesson 10) |
# | `export_saved_model` | `model.export` (lesson 11) |
# | `TF_CONFIG` | `TF_CONFIG`, unchanged |

# %% [markdown]
# ## Where clusters come in
#
# Nearly every model you will train fits on one machine. Before you reach for a second one, in this order:
#
# 1. **Measure where the time goes.** If the GPU waits for batches, more GPUs will wait as well. The first half
#    of this lesson costs nothing.
# 2. **Use the device you have**: larger batches, `steps_per_execution` or `jit_compile` (lesson 06), mixed precision
#    on GPUs.
# 3. **One larger GPU**, rented by the hour, is cheaper than your week of work.
# 4. **Several GPUs of one machine**: `MirroredStrategy` and `fit`. Change the scope, the batch size and the
#    learning rate, nothing else.
# 5. **Several machines**, when all that is not enough.
#
# On several machines somebody has to start the workers, one on each, with the right `TF_CONFIG`, and start them
# again if one falls over. That is the business of a **scheduler**. On a university's cluster it is often
# Slurm: a job file asks for four nodes, `srun` starts `worker.py` on each, and
# `tf.distribute.cluster_resolver.SlurmClusterResolver` reads who they are from the variables that Slurm sets.
# In a company it is often Kubernetes: a training operator starts a container for each worker and writes
# `TF_CONFIG` itself. In both cases the program stays the one you have read.
#
# The data must come from a place that all workers reach, best as many files of the same size: each worker
# reads its own files, its shard. And the network between them matters, since each step sends as many
# numbers as the model has weights.
#
# Workers that wait for each other in each step are called **synchronous**. The other way is a **parameter
# server** (`tf.distribute.ParameterServerStrategy`): some machines hold the weights, workers fetch them and send
# gradients whenever they are ready, and nobody waits. Slow or dying workers do less harm. But gradients arrive
# that were computed with weights of some steps ago, and the result is no longer that of a single device. It is
# used for very large tables of embeddings; for most networks synchronous training has won.
#
# A model too large for one device is another matter: then the *weights* have to be distributed, which is called
# **model parallelism**. Keras has `keras.distribution` for it, which works with JAX as the backend. With TensorFlow
# it is accepted and does nothing useful.

# %% [markdown]
# ## Check your understanding
#
# **Question 1.** Training is slow. The GPU is busy 30 % of the time, the processor all of the time. What helps most?
#
# <details><summary>A. A second GPU with MirroredStrategy</summary>
#
# No. Then two GPUs wait for the same batches.
# </details>
# <details><summary>B. A cache after the decoding, if there is memory for it</summary>
#
# Right. The preparation sets the pace, so it has to become cheaper. A cache removes it from the second epoch on; a
# map over whole batches may help as well.
# </details>
# <details><summary>C. A larger prefetch buffer</summary>
#
# No. A buffer evens out batches that take longer than others. If preparing is slower on average, the buffer
# is empty, whatever its size.
# </details>
#
# **Question 2.** A pipeline reads `images.map(augment).cache().shuffle(n).batch(32)`, and `augment` shifts pictures at
# random. What is wrong?
#
# <details><summary>A. Nothing</summary>
#
# It runs, and it is fast. But look at what is kept in the cache.
# </details>
# <details><summary>B. The order of the examples is the same in each epoch</summary>
#
# No. The shuffling comes after the cache, so it is done anew each time.
# </details>
# <details><summary>C. Each picture has the same shift in all epochs</summary>
#
# Right. The shift was drawn in the first epoch and kept. Put the cache before the random part.
# </details>
#
# **Question 3.** Two workers with 24 and 8 examples have the gradients 1.0 and 3.0. What is the gradient of the
# batch of 32?
#
# <details><summary>A. 2.0</summary>
#
# No. That counts the workers alike. An example of the second would count three times as much as one of the
# first.
# </details>
# <details><summary>B. 1.5</summary>
#
# Right: (24 · 1.0 + 8 · 3.0) / 32.
# </details>
# <details><summary>C. 4.0</summary>
#
# No. Gradients are added up only if each was divided by the size of the whole batch before, as in `worker.py`.
# </details>
#
# **Question 4.** A network trains well with batches of 64 at the rate 0.1. On 32 GPUs the batch is 2,048, the rate
# 3.2, and the loss rises from the first step on. What is the most likely reason?
#
# <details><summary>A. Linear scaling has reached its limit</summary>
#
# Right. The step is so long that the gradient at its end has nothing to do with the one at its beginning. Try a
# warm-up, the square root (about 0.57), or fewer GPUs.
# </details>
# <details><summary>B. The gradients are averaged in the wrong way</summary>
#
# Not likely: the strategy does it. Try one GPU with batches of 2,048 at 3.2. It will diverge as well.
# </details>
# <details><summary>C. The batch is too large to learn anything from</summary>
#
# No. Its gradient is better founded than that of a small batch. With a rate that fits it, the loss goes down; only
# there are few steps.
# </details>

# %% [markdown]
# ## Then and now
#
# Older tutorials write some of this differently. Each line was run with TensorFlow 2.21 and Keras 3.
#
# | then | what happens today | now |
# |---|---|---|
# | `tf.estimator.Estimator(model_fn)` | `AttributeError` | a compiled `keras.Model`, built under `strategy.scope()` |
# | `tf.keras.estimator.model_to_estimator(model)` | `AttributeError` | the model itself, with `fit` |
# | `tf.contrib.distribute.MirroredStrategy()` | `AttributeError` | `tf.distribute.MirroredStrategy()` |
# | `keras.utils.multi_gpu_model(model, gpus=2)` | `AttributeError` | `tf.distribute.MirroredStrategy()`, the model built under its scope |
# | `strategy.experimental_run_v2(step)` | `AttributeError` | `strategy.run(step)` |
# | `fit(dataset.make_one_shot_iterator())` | `AttributeError` | `fit(dataset)` |
# | `fit(dataset)` of single examples | `ValueError` | `fit(dataset.batch(32), shuffle=False)` |
# | `fit(dataset, batch_size=64)` | works, and `batch_size` is ignored | `fit(dataset)`: the dataset has its batches |
# | `dataset.output_shapes` | `AttributeError` | `dataset.element_spec` |

# %% [markdown]
# ## Summary
#
# * A `tf.data.Dataset` is a recipe. Read, cache, shuffle the examples, batch, augment, prefetch: in this order.
# * Prefetch hides the shorter side behind the longer one, parallel calls divide the preparation, a cache saves it from
#   the second epoch on. Measure before you choose.
# * Data parallelism computes the gradient of the whole batch in parts. Weighted by examples, it is the
#   same gradient to rounding.
# * Strategies do it for you: create the variables under the scope. `MirroredStrategy` with `fit` for the devices of
#   one machine, `MultiWorkerMirroredStrategy` with a loop of your own for several.
# * More devices mean larger batches, and larger batches need larger rates: linearly, up to where it breaks.
#
# ## Where to go next
#
# You have all the tools. Lesson 15 has one open task: your own classifier, as good as you can make it in a given
# time.
#
# Go on with [15 · Capstone: from a table to a model in service](../15_capstone/15_capstone.ipynb)
