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
# * keep examples in record files, cut into shards, and read the shards interleaved
# * say what workers exchange when they train one network together, and why the result is the same
# * train under a `tf.distribute` strategy: on several devices, and in several processes
# * change the learning rate with the batch size, and say where the rule breaks
#
# **Before you start** You need the gradient tape and the training loop of lesson 12, `fit` on a
# `tf.data.Dataset` (lesson 03), and augmentation (lesson 08).
#
# **Running time** about 40 seconds on two cores with the sample data; reading about 60 minutes, exercises about 55.

# %%
from helpers import checks, data, plots, widgets  # first, so that TensorFlow starts quietly

import tempfile
import time
from pathlib import Path

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

# %%
# Two devices on one processor, to practise with. TensorFlow takes this only before its first operation.
_cpu = tf.config.list_physical_devices("CPU")[0]
try:
    tf.config.set_logical_device_configuration(_cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
except RuntimeError:
    print(
        "TensorFlow is at work already, with one device. For two: Kernel, Restart, then run from the top."
    )
tf.get_logger().setLevel("ERROR")  # not a line for each exchange between the two

# %% [markdown]
# ## Predict
#
# A network is trained in batches of 128. Now two processes share the work. Each computes the gradient of one half
# of every batch. They average the two gradients, and both take the same step.

# %% tags=["skip-execution"]
widgets.commit_box(
    "After four epochs, how does the loss compare with that of a single process?",
    {
        "It is the same, but for the last digits": "The average of the two gradients is the gradient of the whole batch. You will see both losses.",
        "It is similar, as with another random seed": "Nothing random is added: the two halves together are the batch that the single process has.",
        "It is higher, since each process sees half of the images": "Each sees half, but both take the step that the average of the two gradients asks for.",
    },
    answer="It is the same, but for the last digits",
)

# %% tags=["skip-execution"]
widgets.commit_box(
    "Batches of 2,048 instead of 32, the same learning rate, the same number of epochs: where is the loss at the end?",
    {
        "Higher than before": "There are 64 times fewer steps, and each has about the same length. You will measure it.",
        "About the same": "The network sees the same images as often, but it takes 64 times fewer steps.",
        "Lower than before": "Each gradient is more exact. That does not make up for 64 times fewer steps.",
    },
    answer="Higher than before",
)

# %% tags=["skip-execution"]
widgets.commit_box(
    "A file is sorted by class. A pipeline cuts it into batches of 32, then shuffles the batches. What is in a batch?",
    {
        "A mixture of all classes": "Shuffling moves whole batches. The 32 neighbours in each of them stay together.",
        "Mostly a single class": "32 neighbours of the file are one batch, and neighbours have the same class.",
        "It differs from batch to batch": "Only at the border between two classes does a batch hold two. All others hold one.",
    },
    answer="Mostly a single class",
)

# %% [markdown]
# ## Data that come in a stream
#
# So far all examples lay in one array. This no longer works when they do not fit into memory, or when each has
# to be read from a file and prepared first. A `tf.data.Dataset` is a **recipe** for a stream of examples. It says where
# they come from, and what is done to each on the way. Nothing is read before the first example is asked for.
#
# Let us make something to prepare. Fashion-MNIST comes as arrays. We turn some of its images into the bytes of PNG
# files.

# %% tags=["skip-execution"]
fashion = data.load_fashion_mnist()
print(fashion)
files = [tf.io.encode_png(image[..., np.newaxis]).numpy() for image in fashion.x_train[:1024]]
file_labels = fashion.y_train[:1024].astype("int32")
print(f"{len(files)} files; the first has {len(files[0])} bytes and begins with {files[0][:4]}")

# %% [markdown]
# Each file goes through a function on tensors. This one decodes it, enlarges the picture, and flips and crops it at
# random.


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
for pictures, labels in dataset.take(1):
    print("one batch:", pictures.shape, labels.shape)
plots.image_grid(pictures.numpy()[:8, ..., 0], labels.numpy()[:8], fashion.class_names, n_columns=8)

# %% [markdown]
# Each method gives a new dataset and leaves the old one as it was. `element_spec` tells what an element looks
# like. The `None` is the batch's size, since the last batch may be smaller. `fit` takes such a dataset in
# place of `x` and `y`.
#
# For files in a folder the recipe begins with `tf.data.Dataset.list_files("folder/*.png")` and `tf.io.read_file`.

# %% [markdown]
# ## What each step gains
#
# A training step needs a batch. If the batch is prepared only then, the GPU waits for the processor, and then the
# processor waits for the GPU. Three steps of the recipe help:
#
# * `map(prepare, num_parallel_calls=…)` prepares several examples at a time
# * `prefetch(…)` prepares the next batches while the present one is used
# * `cache()` keeps what has come so far; from the second epoch on it comes from memory
#
# We measure them. A **pause** stands for the training step: during a pause the processor is as free as while a
# GPU computes. It lasts half as long as it takes to prepare a batch. `tf.data` works ahead and tunes some numbers by
# itself. We switch that off, to see what each step does.

# %% tags=["skip-execution"]
by_hand = tf.data.Options()
by_hand.autotune.enabled = False
by_hand.experimental_optimization.apply_default_optimizations = False


def seconds_per_epoch(dataset, pause):
    """Go through a dataset once, with a pause after each batch."""
    start = time.perf_counter()
    for _ in dataset:
        time.sleep(pause)
    return time.perf_counter() - start


source = tf.data.Dataset.from_tensor_slices((files, file_labels))
pipelines = {
    "map, batch": source.map(prepare).batch(32),
    "map with 4 parallel calls, batch": source.map(prepare, num_parallel_calls=4).batch(32),
    "map, batch, prefetch": source.map(prepare).batch(32).prefetch(2),
    "both": source.map(prepare, num_parallel_calls=4).batch(32).prefetch(2),
    "map, cache, batch, prefetch": source.map(prepare).cache().batch(32).prefetch(2),
}
pipelines = {name: pipeline.with_options(by_hand) for name, pipeline in pipelines.items()}
plain = pipelines["map, batch"]
seconds_per_epoch(plain, 0)  # once without looking at the clock
pause = seconds_per_epoch(plain, 0) / len(plain) / 2
seconds = {name: [] for name in pipelines}
for _ in range(5):  # in turns, so that a busy moment of the computer hits all of them
    for name, pipeline in pipelines.items():
        seconds[name].append(seconds_per_epoch(pipeline, pause))
for name, rounds in seconds.items():  # without the first round, which fills the cache
    gain = np.median(seconds["map, batch"][1:]) / np.median(rounds[1:])
    print(f"{name:34} {gain:.1f} times as fast as the first")

# %% [markdown]
# The numbers depend on the computer, and on what else it is doing. On two cores with nothing else to do, in six
# runs, we saw:
#
# | | times as fast |
# |---|---|
# | 4 parallel calls | 1.3 to 1.4 |
# | prefetch | 1.5 to 2.0 |
# | both | 2.0 to 2.3 |
# | cache | 2.4 to 2.7 |
#
# A batch takes two parts of time to prepare and one part to train on, three together. From this follows what each step
# can gain.
#
# * **Prefetch** hides the shorter of the two sides behind the longer one. Two parts instead of three are 1.5 times as
#   fast. It was more where the decoding itself went faster in the background.
# * **Parallel calls** need free cores. On a busy processor they gain nothing.
# * **Both** can at best leave the training alone, 3 times as fast. Then the training sets the pace.
# * **The cache** comes close to that from the second epoch on. It needs the memory, and random steps must not
#   stand before it, as you will see.
#
# Which numbers should one take? Write `tf.data.AUTOTUNE` for both, and TensorFlow finds them while it runs.
#
# The widget shows the same on a time line. Try these:
#
# * Switch prefetch on. The bars overlap. Which side sets the pace now?
# * Raise the parallel calls until training no longer waits. More of them gain nothing: why?
# * Switch all off, then the cache on. How do the two epochs differ?

# %% tags=["skip-execution"]
widgets.pipeline_explorer()

# %% [markdown]
# ## The order of the steps
#
# A wrong order raises no error. The network only learns less. To see what comes out, we send the numbers 0 to 239
# through four pipelines and draw which number came at which place, for two epochs.
#
# `shuffle(buffer_size)` works with a **buffer**. It holds that many elements, hands on a random one of them, and
# takes in the next. It cannot hand on what it has not read yet.

# %% tags=["skip-execution"]
numbers = tf.data.Dataset.range(240)
pipelines = {
    "shuffle(240), batch": numbers.shuffle(240, seed=1).batch(24),
    "shuffle(24), batch": numbers.shuffle(24, seed=1).batch(24),
    "batch, shuffle(240)": numbers.batch(24).shuffle(240, seed=1),
    "shuffle(240), cache, batch": numbers.shuffle(240, seed=1).cache().batch(24),
}
orders = {
    name: [np.concatenate(list(pipeline.as_numpy_iterator())) for epoch in (1, 2)]
    for name, pipeline in pipelines.items()
}
plots.epoch_orders(orders, batch_size=24)

# %% [markdown]
# * **A buffer for all of them**: any number may come at any place, and each epoch has its own order. This is
#   what we want.
# * **A buffer too small**: the cloud becomes a band along the diagonal. Number 200 cannot come early. The last
#   batches hold large numbers only.
# * **Batch before shuffle**: the short lines are batches. Their order is random, but 24 neighbours always stay
#   together.
# * **Cache after shuffle**: the crosses lie on the dots. The order of the first epoch is kept and repeated.
#
# If the examples come in no particular order, this matters little. It matters a great deal if they are sorted by class,
# as files in folders often are:

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
# In our runs, with three seeds, the validation accuracy was
#
# | shuffled over the whole set | with a buffer of 512 | in shuffled batches | not shuffled |
# |---|---|---|---|
# | 0.80 to 0.82 | 0.42 to 0.45 | 0.66 to 0.74 | 0.11 to 0.18 |
#
# With batches of one class, each step teaches the network to name that class, whatever it sees. This answers the
# third prediction.
#
# (Without `shuffle=False`, `fit` warns that it cannot shuffle a dataset.)
#
# **Cache before random augmentation**, never after it. What comes out of the cache is the same in each epoch, so the
# network would see one version of each picture. And **shuffle before it**: after `keras.utils.set_random_seed`, a `map` draws
# the same random numbers in each epoch, in the same order. Shuffled examples meet other numbers each time.
#
# The usual order is
#
# > read and decode · `cache` if it fits into memory · `shuffle` · random augmentation · `batch` · `prefetch`
#
# Where examples are large, a buffer for all of them takes too much memory. Then shuffle the names of the files.

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
# One step makes a dataset that gives one example after another, x and y together. Two steps are left. Which of them has to see
# single examples?
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `tf.data.Dataset.from_tensor_slices` takes a pair of arrays, too. `shuffle(buffer_size, seed=…)` takes `None` as well as a
# number, and reshuffles in each epoch unless it is told not to. `if shuffle_seed:` would be a trap: 0 is a seed.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# `tf.data.Dataset.from_tensor_slices(([1, 2], ["a", "b"]))` has the elements `(1, "a")` and `(2, "b")`. With `.batch(2)`
# behind it, it has one element, `([1, 2], ["a", "b"])`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "make_dataset", "locked": false, "schema_version": 3, "solution": true, "task": false}
def make_dataset(x, y, batch_size, shuffle_seed=None):
    """Batches (x, y) of all examples, in another order in each epoch; the same for the same seed."""
    ### BEGIN SOLUTION
    pairs = tf.data.Dataset.from_tensor_slices((x, y))
    shuffled = pairs.shuffle(len(x), seed=shuffle_seed)
    return shuffled.batch(batch_size).prefetch(tf.data.AUTOTUNE)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_make_dataset", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("make_dataset")

# %% [markdown]
# With your pipeline the sorted examples do no harm:

# %% tags=["skip-execution"]
keras.utils.set_random_seed(0)
model = build_network()
model.fit(make_dataset(x_few[by_class], y_few[by_class], 32), epochs=2, shuffle=False, verbose=0)
_, accuracy = model.evaluate(x_valid, y_valid, verbose=0)
print(f"make_dataset         validation accuracy {accuracy:.2f} after two epochs")

# %% [markdown]
# ### Exercise: `repair_pipeline(x, y, augment, batch_size)` (2 points)
#
# The function below should feed a training with augmented examples. It runs, and it is wrong. Somebody who used it on
# files sorted by class reports: *the network overfits as if there were no augmentation. Each batch holds one class.
# The curves wobble in the same rhythm in every epoch. And I am told that some examples were never trained on.* Mend it.
#
# * `x`: (n, …); `y`: (n,); both stay as they are
# * `augment`: a function of TensorFlow operations. It takes **one** example, x[i] as a tensor, and gives the
#   changed one, at random
# * returns a `tf.data.Dataset` of batches (augmented x, y). Each pass is an epoch: every example once, in batches of
#   `batch_size`; the last one holds what is left
# * in each epoch, `augment` is called anew for every example
# * in each epoch, the examples come in another order, shuffled over the whole set
#
# **Expected** with `x = np.zeros((5, 2), "float32")`, `y = np.arange(5)`,
# `augment = lambda v: v + tf.random.uniform((2,))` and `batch_size = 2`, each epoch has batches of 2, 2 and 1, the labels
# 0 to 4 in some order, and ten different random numbers.
#
# <details><summary>Hint 1: the idea</summary>
#
# Write down what an element of the dataset is after each step: one example, or a batch? And which steps hand on
# something that is kept from an earlier epoch?
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# Look up the arguments of `batch` and `shuffle`, and what each of them is when it is left out. Send `x = y = np.arange(7.0)` through
# the function, with `augment = lambda v: v + tf.random.uniform(())`, and print two epochs.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# `tf.data.Dataset.range(7).map(square).batch(3)` calls `square` on the numbers 0 to 6, one at a time.
# `tf.data.Dataset.range(7).batch(3).map(square)` calls it on `[0, 1, 2]`, `[3, 4, 5]` and `[6]`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "repair_pipeline", "locked": false, "schema_version": 3, "solution": true, "task": false}
def repair_pipeline(x, y, augment, batch_size):
    """Batches (augmented x, y) of all examples; in each epoch another order, each augmented anew."""
    ### BEGIN SOLUTION
    shuffled = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x))
    augmented = shuffled.map(lambda example, label: (augment(example), label))
    return augmented.batch(batch_size).prefetch(tf.data.AUTOTUNE)
    ### HANDED OUT INSTEAD
    # examples = tf.data.Dataset.from_tensor_slices((x, y))
    # examples = examples.map(lambda example, label: (augment(example), label))
    # examples = examples.cache()
    # batches = examples.batch(batch_size, drop_remainder=True)
    # batches = batches.shuffle(len(x), reshuffle_each_iteration=False)
    # return batches.prefetch(tf.data.AUTOTUNE)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_repair_pipeline", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("repair_pipeline")

# %% [markdown]
# ## Records on disk
#
# A million small files are slow to open, and a network folder makes it worse. So examples are put together into a few
# large files. TensorFlow's own format is **TFRecord**: a file of records, one behind the other. A record is any string of
# bytes. Usually it is a `tf.train.Example`, which maps names to lists of bytes, integers or floats.
#
# Here are two weather stations, each with its name and three temperatures, written and read again.

# %% tags=["skip-execution"]
stations = {"Bern": [3, 9, 5], "Oslo": [-4, -1, -3]}
path = str(Path(tempfile.mkdtemp()) / "stations.tfrecord")
with tf.io.TFRecordWriter(path) as stations_file:
    for place, degrees in stations.items():
        name = tf.train.Feature(bytes_list=tf.train.BytesList(value=[place.encode()]))
        values = tf.train.Feature(int64_list=tf.train.Int64List(value=degrees))
        station = tf.train.Features(feature={"place": name, "degrees": values})
        stations_file.write(tf.train.Example(features=station).SerializeToString())

layout = {
    "place": tf.io.FixedLenFeature([], tf.string),  # one string
    "degrees": tf.io.FixedLenFeature([3], tf.int64),  # three integers
}
for record in tf.data.TFRecordDataset(path):
    station = tf.io.parse_single_example(record, layout)
    print(len(record.numpy()), "bytes:", station["place"].numpy(), station["degrees"].numpy())

# %% [markdown]
# A data set is cut into several such files, its **shards**. Several workers can then read at the same time, each its
# own files. And one program can read several files **interleaved**, one record of each in turn.
#
# Our records hold one image each. A record does not know shapes, so height and width go in as numbers:
#
# | name | list of | holds |
# |---|---|---|
# | `image` | bytes, one entry | the pixels as unsigned bytes, row after row: `image.tobytes()` |
# | `height`, `width` | integers, one each | the shape of the image |
# | `label` | integers, one entry | the label |

# %% [markdown]
# ### Exercise: `write_shards(images, labels, folder, n_shards)` (2 points)
#
# Write images into shards, in the format above.
#
# * `images`: (n, h, w), `uint8`; `labels`: (n,), of any type of integers; both stay as they are
# * `folder`: a folder that exists, as a text or a `Path`
# * writes `n_shards` TFRecord files into it, under names that you choose. Every example is in one of them, once. Their numbers
#   of examples differ by at most one. With fewer examples than shards some files are empty, but all exist
# * returns the list of the paths of all `n_shards` files, texts or `Path`s
#
# **Expected** `write_shards(np.zeros((5, 2, 3), "uint8"), np.arange(5), folder, 3)` writes three files, with 2, 2 and 1 records in
# some order, and returns a list of three paths.
#
# <details><summary>Hint 1: the idea</summary>
#
# Deal the examples like cards, one to each file in turn. Which indices does file 1 of 3 get? An outer loop goes through the
# files, an inner one through the examples of one file.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `array[start::step]` takes every `step`-th entry. `tf.io.TFRecordWriter` takes the path as a text, `str(path)`. It makes the
# file even if nothing is written to it.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# The weather stations above. There a record has one entry of bytes and three integers. A list with a single integer is written
# as `value=[7]`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "write_shards", "locked": false, "schema_version": 3, "solution": true, "task": false}
def write_shards(images, labels, folder, n_shards):
    """Write uint8 images (n, h, w) and labels (n,) as n_shards TFRecord files; returns their paths."""

    ### BEGIN SOLUTION
    def integer(value):
        return tf.train.Feature(int64_list=tf.train.Int64List(value=[value]))

    paths = []
    for part in range(n_shards):
        paths.append(str(Path(folder) / f"part-{part}-of-{n_shards}.tfrecord"))
        with tf.io.TFRecordWriter(paths[-1]) as writer:
            for image, label in zip(images[part::n_shards], labels[part::n_shards]):
                pixels = tf.train.BytesList(value=[image.tobytes()])
                content = {
                    "image": tf.train.Feature(bytes_list=pixels),
                    "height": integer(image.shape[0]),
                    "width": integer(image.shape[1]),
                    "label": integer(label),
                }
                example = tf.train.Example(features=tf.train.Features(feature=content))
                writer.write(example.SerializeToString())
    return paths
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_write_shards", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("write_shards")

# %% [markdown]
# ### Exercise: `read_shards(paths, batch_size)` (2 points)
#
# Read such files.
#
# * `paths`: a list of texts, the paths of files in the format above. Some may be empty. All images have the same height and width
# * returns a `tf.data.Dataset` of pairs `(images, labels)`: `uint8` of shape (b, h, w), `int64` of shape (b,). Each pass gives
#   every example of all files once, in batches of `batch_size` that go across files; only the last one may be smaller
# * the files are read **interleaved**: an example of each file in turn, all files at once, however many there are.
#   When a file ends, the others go on
#
# **Expected** with two files that hold the labels 0, 1, 2 and 10, 11, 12, batches of 4 have the labels `[0, 10, 1, 11]` and
# `[2, 12]` (or with the two files the other way round).
#
# <details><summary>Hint 1: the idea</summary>
#
# Begin with a dataset of paths. Each path becomes a dataset of records, and these are interleaved. Each record becomes an
# image and a label. Batches come last.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `dataset.interleave(function, cycle_length=…)` calls `function` on each element, which gives a dataset. `cycle_length`
# says how many of these are open at once. Without it, that depends on the number of cores. `tf.io.decode_raw(text, tf.uint8)` gives
# the pixels in one row, and `tf.reshape` takes tensors in its shape, too.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# Three counters, interleaved: 0, 10, 20, 1, 11, 21.
#
# ```python
# starts = tf.data.Dataset.from_tensor_slices([0, 10, 20])
# starts.interleave(lambda start: tf.data.Dataset.range(start, start + 2), cycle_length=3)
# ```
# </details>


# %% nbgrader={"grade": false, "grade_id": "read_shards", "locked": false, "schema_version": 3, "solution": true, "task": false}
def read_shards(paths, batch_size):
    """Batches (uint8 images (b, h, w), int64 labels (b,)) of all files, interleaved."""

    ### BEGIN SOLUTION
    def from_record(record):
        number, text = (tf.io.FixedLenFeature((), dtype) for dtype in (tf.int64, tf.string))
        kinds = {"image": text, "height": number, "width": number, "label": number}
        found = tf.io.parse_single_example(record, kinds)
        pixels = tf.io.decode_raw(found["image"], tf.uint8)
        return tf.reshape(pixels, (found["height"], found["width"])), found["label"]

    opened = tf.data.Dataset.from_tensor_slices(paths).interleave(
        tf.data.TFRecordDataset, cycle_length=len(paths)
    )
    return opened.map(from_record).batch(batch_size).prefetch(tf.data.AUTOTUNE)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_read_shards", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("read_shards")

# %% [markdown]
# Both together, on the sorted images of above. One shard for each class is the worst way to cut them. See what
# interleaving makes of it.

# %% tags=["skip-execution"]
with tempfile.TemporaryDirectory() as name:
    paths = []
    for number in range(10):
        folder = Path(name) / str(number)
        folder.mkdir()
        rows = np.flatnonzero(fashion.y_train[:1000] == number)
        paths += write_shards(fashion.x_train[rows], fashion.y_train[rows], folder, 1)
    images, labels = next(iter(read_shards(paths, 16)))
    print("interleaved:            ", labels.numpy())
    one_by_one = [label for path in paths for _, label in read_shards([path], 1)]
    print("one file after the other:", np.concatenate(one_by_one)[:16])
plots.image_grid(images.numpy()[:10], labels.numpy()[:10], fashion.class_names, n_columns=10)

# %% [markdown]
# Interleaving mixes the files, not the examples within a file. So large data sets are shuffled once before they are written,
# then the order of the files in each epoch, and then with a buffer.

# %% [markdown]
# ## Sharing the work: data parallelism by hand
#
# Now to more devices. The usual way to use several is **data parallelism**. Every worker has a copy of the
# whole network. For each step:
#
# 1. the batch is cut into parts, one for each worker
# 2. every worker computes the gradient of the loss of its part
# 3. the gradients are averaged, so that all workers have the same one
# 4. every worker takes the same step with it
#
# The copies begin equal and take equal steps, so they stay equal. And why is the average the right gradient?
# The loss of a batch of $n$ examples is a mean, and so is its gradient. Sort the examples by the worker $w$
# that has them, $n_w$ of them, and write $g_w$ for the mean gradient of that part:
#
# $$g = \frac{1}{n} \sum_{i=1}^{n} g_i = \frac{1}{n} \sum_{w} \; \sum_{i \text{ of } w} g_i
# = \frac{1}{n} \sum_{w} n_w \, g_w.$$
#
# This is a mean of the workers' gradients, **weighted by their numbers of examples**. It is exact. Only the order of the
# additions differs, and with it the last digits.
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
# You have dealt examples to files already, in `write_shards`. Here only their indices are asked for.
# </details>
# <details><summary>Hint 2: the tool</summary>
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
# Take one variable first: multiply each worker's gradient by its number of examples, add up, divide by the number of
# all examples. Then do the same for every variable.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `zip(*worker_gradients)` turns the nesting round. It gives, for each variable, the gradients that the workers
# have of it. `total += gradient` would change an array in place, perhaps one that is not yours.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# Two shops sell apples and pears, at the prices `[[2.0, 5.0], [4.0, 3.0]]`, one list for each shop. The sums of the
# prices, fruit by fruit: `[sum(prices) for prices in zip(*shops)]` gives `[6.0, 8.0]`.
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
# Try it on a network, with 100 images and three workers. Each takes its shard and computes its gradient. Here they do
# so one after another. The numbers are the same.

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
# One worker alone has a rather different gradient. The weighted average is the whole batch's gradient, to the
# last digits of `float32`. If each worker counts alike, a small error remains, because one of them has 34
# examples and the others 33.
#
# What does it cost? In each step every worker sends and receives as many numbers as the network has weights,
# however large the batch is. With **large batches** there is more arithmetic for each message. But what do large batches do to
# the training?

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
# rule**: $k$ times the batch, $k$ times the learning rate.
#
# The formula also says where the rule must break: where the way is so long that the gradient at its
# end has little to do with the one at its beginning. We measure both. Each run sees the 8,192 images five times.


# %% tags=["skip-execution"]
def final_loss(batch_size, learning_rate):
    """The loss of all training images after five epochs."""
    keras.utils.set_random_seed(0)
    model = build_network(learning_rate)
    model.fit(x_few, y_few, batch_size=batch_size, epochs=5, verbose=0)
    return model.evaluate(x_few, y_few, batch_size=1024, verbose=0)[0]


base_rate, base_batch = 0.02, 32
print("batch  the same rate  linear scaling")
for size in (32, 128, 512, 2048):
    rate = base_rate * size / base_batch
    same, scaled = final_loss(size, base_rate), final_loss(size, rate)
    print(f"{size:5} {same:14.3f} {scaled:15.3f} (rate {rate:.2f})")

# %% [markdown]
# In four runs, with other seeds, we saw these losses:
#
# | batch | the same rate | linear scaling |
# |---|---|---|
# | 32 | 0.49 to 0.51 | |
# | 128 | 0.68 to 0.71 | 0.51 to 0.56 |
# | 512 | 1.05 to 1.09 | 0.59 to 0.63 |
# | 2,048 | 1.73 to 1.76 | 2.22 to 2.35 |
#
# The second column answers the second prediction: fewer steps of the same length, higher loss. Linear scaling nearly makes up
# for it up to 512. At 2,048 it breaks. A network that gives each class the same probability has the loss ln 10, about 2.30.
#
# So scale linearly at first, measure, and take less where it breaks. The second notebook measures the square root of the
# factor, a gentler rule, and a warm-up.

# %% [markdown]
# ## The same with a strategy: `MirroredStrategy`
#
# Nobody sends gradients by hand. A `tf.distribute` **strategy** does it. It makes a copy of each variable on
# each device, cuts the batches, and adds up the gradients. Your part is to create the variables **under its
# scope**.
#
# `MirroredStrategy` is for several devices of one computer, usually GPUs. To practise, the second cell of this notebook has
# split the processor into two logical devices with `set_logical_device_configuration`.

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
# the devices does it for all. On GPUs the default is faster, so `MirroredStrategy()` will do there.
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
# <details><summary>Hint 1: the idea</summary>
#
# Only what makes variables has to happen under the scope. Training can stand behind it.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `strategy.scope()` is used with `with`. `fit` returns a `History` object, and its attribute `history` is the dict.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# The cell above makes a variable under the scope of `mirrored`. What stands behind the indented line is outside of it.
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
# The losses agree to six digits, and the weights to the rounding of `float32`.
#
# We did not use `make_dataset` here. Under a strategy, `fit` looks at the dataset before it begins, which uses up the first order.
#
# Two devices were slower here, since they are one processor, which now has to cut, copy and add as well.
#
# 8,192 images make 64 full batches. If a batch cannot be cut evenly, `fit` counts each replica alike, and the results
# differ a little. The second notebook shows it.

# %% [markdown]
# ## Several workers
#
# Devices of one computer share a process. Several computers do not: on each of them runs a program of its own,
# a **worker**. All of them run *the same* program. An environment variable, `TF_CONFIG`, tells each of them
# who takes part and which of them it is itself:
#
# ```json
# {"cluster": {"worker": ["host-a:2222", "host-b:2222"]}, "task": {"type": "worker", "index": 0}}
# ```
#
# The strategy is `tf.distribute.MultiWorkerMirroredStrategy`. It reads `TF_CONFIG`, connects the workers, and
# then adds up gradients over the network. Two things are special:
#
# * It must be made at the very start of a program. It is too late for that in this notebook.
# * Keras's `fit` does not work under it at present. So there is a loop of our own, as in lesson 12.
#
# The program lies beside this lesson, in `worker.py`. Read it. You would take the same one to a cluster.

# %% tags=["skip-execution"]
print(Path("worker.py").read_text())

# %% [markdown]
# Look at `train`. It is the loop of lesson 12 with four differences, and they are the same with a hundred GPUs:
#
# * model and optimizer are made **under the scope**
# * `experimental_distribute_dataset` gives each worker its part of each batch
# * `strategy.run(step, …)` runs the step on each device
# * the loss is the **sum** of the examples' losses divided by the size of the **whole** batch. When the gradients
#   of all parts are added up, each example counts alike, even in a batch that is not cut evenly
#
# `train` does not know which strategy it runs under. So we call it here for one and for two devices, and
# let two workers do the same. `launch.py`, also beside this lesson, starts them on this machine and waits for them. They take a
# while, since each has to import TensorFlow first.

# %% tags=["skip-execution"]
import launch
import worker

x_share, y_share = x_few[:2048], y_few[:2048]
runs = {
    "one device": worker.train(tf.distribute.get_strategy(), x_share, y_share),
    "MirroredStrategy": worker.train(mirrored, x_share, y_share),
}
with tempfile.TemporaryDirectory() as name:
    folder = Path(name)
    np.savez(folder / "data.npz", x=x_share, y=y_share)
    problem = launch.run_workers(2, folder)
    print(problem or (folder / "worker-0.log").read_text())
    for rank in (0, 1) if problem is None else ():
        with np.load(folder / f"worker-{rank}.npz") as saved:
            weights = [saved[f"weight_{i}"] for i in range(4)]
            runs[f"MultiWorkerMirroredStrategy, worker {rank}"] = (saved["losses"], weights)
            fit_says = str(saved["fit"])

for name, (losses, weights) in runs.items():
    difference = largest_difference(weights, runs["one device"][1])
    print(
        f"{name:38}",
        " ".join(f"{loss:.6f}" for loss in losses),
        f" weights differ by {difference:.0e}",
    )
if problem is None:
    print("\nKeras's fit under MultiWorkerMirroredStrategy:", fit_says)

# %% [markdown]
# Two processes, which shared nothing but their gradients, end with the weights of the single one. This answers the
# first prediction. The last line shows why `worker.py` has a loop of its own: Keras 3.15 does not expect a batch with parts in other
# processes.
#
# If it did not work on your machine, the message says how it ended. A firewall may stand between a machine and itself, or a
# busy computer reached the time limit. The rest of the lesson needs no workers.
#
# What if a worker dies? The others wait for its gradient. So `run_workers` stops all as soon as one has failed. On a cluster,
# save a checkpoint regularly (`BackupAndRestore`, lesson 10) and start all again.

# %% [markdown]
# ## What replaced Estimators
#
# Books of the years 2016 to 2019 train on clusters with `tf.estimator`. It was removed from TensorFlow in version
# 2.16.
#
# | with Estimators | today |
# |---|---|
# | `tf.estimator.Estimator(model_fn=…)`, `DNNClassifier` | a compiled `keras.Model` |
# | `input_fn` | a function that returns a `tf.data.Dataset`, like your `make_dataset` |
# | feature columns | preprocessing layers such as `Normalization` and `HashedCrossing` (lesson 09) |
# | `train_and_evaluate(…)` | `fit(…, validation_data=…)` |
# | `RunConfig(train_distribute=strategy)` | `with strategy.scope():` |
# | `SessionRunHook` | a callback (lesson 10) |
# | `export_saved_model` | `model.export` (lesson 11) |
# | `TF_CONFIG` | `TF_CONFIG`, unchanged |

# %% [markdown]
# ## Where clusters come in
#
# Nearly every model you will train fits on one machine. Before you use a second one, in this order:
#
# 1. **Measure where the time goes.** If the GPU waits for batches, more GPUs will wait as well.
# 2. **Use the device you have**: larger batches, `steps_per_execution` or `jit_compile` (lesson 06), mixed precision
#    on GPUs.
# 3. **Try a larger GPU**, rented by the hour.
# 4. **Several GPUs of one machine**: `MirroredStrategy` and `fit`. Change the scope, the batch size and the
#    learning rate, nothing else.
# 5. **Several machines**, when all that is not enough.
#
# On several machines a **scheduler** starts the workers, one on each, with the right `TF_CONFIG`, and starts them
# again when one has failed. Slurm and Kubernetes are two of them. The program stays the one you have read. The data must lie
# where all workers can read them, best in shards of equal size. The second notebook says more.

# %% [markdown]
# ## Check your understanding
#
# **Question 1.** Where the time goes

# %% tags=["skip-execution"]
widgets.commit_box(
    "Training is slow. The GPU is busy 30 % of the time, the processor all of the time. What helps most?",
    {
        "A second GPU with `MirroredStrategy`": "Then two GPUs wait for the same batches.",
        "A cache after the decoding": "Preparing sets the pace, so it has to become cheaper. From the second epoch on the cache saves it, if there is memory for it.",
        "A larger buffer for `prefetch`": "If preparing is slower than training on average, the buffer is empty, whatever its size.",
    },
    answer="A cache after the decoding",
)

# %% [markdown]
# **Question 2.** The order of the steps

# %% tags=["skip-execution"]
widgets.commit_box(
    "`images.map(augment).cache().shuffle(n).batch(32)`, and `augment` shifts pictures at random. What is wrong?",
    {
        "The order of the examples is the same in each epoch": "The shuffling comes after the cache, so it is done anew each time.",
        "Each picture has the same shift in all epochs": "The shift was drawn in the first epoch and kept. Put the cache before the random part.",
        "Nothing: it runs, and it is fast": "Look at what is kept in the cache.",
    },
    answer="Each picture has the same shift in all epochs",
)

# %% [markdown]
# **Question 3.** Averaging

# %% tags=["skip-execution"]
widgets.commit_box(
    "Two workers with 24 and 8 examples have the gradients 1.0 and 3.0. What is the gradient of the batch of 32?",
    {
        "1.5": "(24 · 1.0 + 8 · 3.0) / 32 is 1.5.",
        "2.0": "That counts the workers alike. An example of the second would count three times as much as one of the first.",
        "4.0": "Gradients are added up only if each was divided by the size of the whole batch before, as in `worker.py`.",
    },
    answer="1.5",
)

# %% [markdown]
# **Question 4.** Many GPUs

# %% tags=["skip-execution"]
widgets.commit_box(
    "Batches of 64 at the rate 0.1 train well. On 32 GPUs the batch is 2,048, the rate 3.2, and the loss rises from the first step on. What is the likely reason?",
    {
        "The gradients are averaged in the wrong way": "The strategy does that. Try one GPU with batches of 2,048 at 3.2. Its loss will rise as well.",
        "Linear scaling has reached its limit": "The step is so long that the gradient at its end has little to do with the one at its beginning. Take a smaller rate.",
        "The batch is too large to learn from": "Its gradient is more exact than that of a small batch. With a rate that fits it, the loss falls.",
    },
    answer="Linear scaling has reached its limit",
)

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
# | `tf.python_io.TFRecordWriter(path)` | `AttributeError` | `tf.io.TFRecordWriter(path)` |
# | `dataset.output_shapes` | `AttributeError` | `dataset.element_spec` |

# %% [markdown]
# ## Summary
#
# * A `tf.data.Dataset` is a recipe. Read, cache, shuffle the examples, augment, batch, prefetch: in this order.
# * Prefetch hides the shorter side behind the longer one, parallel calls divide the preparation, a cache saves it from
#   the second epoch on. Measure before you choose.
# * Record files hold many examples, shards divide them, and interleaving reads several files at once.
# * Data parallelism computes the gradient of the whole batch in parts. Weighted by examples, it is the
#   same gradient to rounding.
# * Create the variables under a strategy's scope. `MirroredStrategy` with `fit` is for the devices of
#   one machine, `MultiWorkerMirroredStrategy` with a loop of your own for several.
# * Larger batches need larger rates: linearly, up to where it breaks.
#
# ## Where to go next
#
# You have all the tools. Lesson 15 has one open task: your own classifier, as good as you can make it in a given
# time.
#
# [Going further](going_further/14_distributed_going_further.ipynb) measures what waiting for files costs, other rules for
# the learning rate, and batches that cannot be cut evenly, and says more about clusters.
#
# Go on with [15 · Capstone: from a table to a model in service](../15_capstone/15_capstone.ipynb)
