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
# # 14 · Going further: waiting, other rules for the rate, uneven batches, clusters
#
# This notebook goes on where lesson 14 stops. It measures pipelines that wait for their files, and functions that are called for
# whole batches. It compares three rules for the learning rate of large batches, shows what happens to a batch that cannot be cut
# evenly, and says more about clusters. Nothing in it is graded.

# %%
from helpers import checks, data, plots, widgets  # first, so that TensorFlow starts quietly

import time

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

# %%
# Two devices on one processor, to practise with. TensorFlow takes this only before its first operation.
cpu = tf.config.list_physical_devices("CPU")[0]
try:
    tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
except RuntimeError:
    print(
        "TensorFlow is at work already, with one device. For two: Kernel, Restart, then run from the top."
    )
tf.get_logger().setLevel("ERROR")  # not a line for each exchange between the two

# %% [markdown]
# ## Files that one has to wait for
#
# There are two kinds of cost in preparing an example. Decoding keeps a core busy. Waiting for a file from a network folder keeps
# nothing busy. We measure the five pipelines of the lesson with both. In the second column each file takes a millisecond to
# arrive.

# %%
fashion = data.load_fashion_mnist()
files = [tf.io.encode_png(image[..., np.newaxis]).numpy() for image in fashion.x_train[:1024]]
file_labels = fashion.y_train[:1024].astype("int32")

by_hand = tf.data.Options()
by_hand.autotune.enabled = False
by_hand.experimental_optimization.apply_default_optimizations = False


def prepare(png, label):
    """From the bytes of a file to a picture (84, 84, 1) between 0 and 1, flipped and cut at random."""
    picture = tf.io.decode_png(png, channels=1)
    picture = tf.image.resize(picture, (96, 96))
    picture = tf.image.random_flip_left_right(picture)
    picture = tf.image.random_crop(picture, (84, 84, 1))
    return picture / 255.0, label


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
# On two cores with nothing else to do, in six runs, we saw:
#
# | | decoding | decoding and waiting |
# |---|---|---|
# | 4 parallel calls | 1.3 to 1.4 | 1.5 to 1.6 |
# | prefetch | 1.5 to 2.0 | 1.4 to 1.5 |
# | both | 2.0 to 2.3 | 2.4 to 2.5 |
# | cache | 2.4 to 2.7 | 2.8 to 3.0 |
#
# Parallel calls for decoding gain as much as there are free cores. If the work is waiting, four calls wait at the same time, on
# any processor. So the second column gains more from them.

# %% [markdown]
# ## Batch first, if the function allows it
#
# Calling a function costs some microseconds by itself. If it does little, such as a division by 255, that is
# most of the cost. Then call it once for a whole batch.


# %%
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
# In our runs it was 3 to 6 times as fast. The function must be able to take batches. An element-wise one always
# can, and so can Keras's augmentation layers of lesson 08, which draw another shift for each picture of the batch.

# %% [markdown]
# ## Three rules for the learning rate
#
# The lesson compares the same rate for all batch sizes with linear scaling. A third rule takes the square root of the factor:
# $k$ times the batch, $\sqrt{k}$ times the rate. And the largest batch here is the whole training set.
#
# The training loop is that of lesson 12. A whole epoch is one `tf.function`, so that the many small batches do not take long.
# Each run starts from the same weights and sees 8,192 images five times.

# %%
n_train = 8192
x_few = (fashion.x_train[:n_train] / 255).astype("float32")
y_few = fashion.y_train[:n_train]
loss_fn = keras.losses.SparseCategoricalCrossentropy()


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
    model.compile(keras.optimizers.SGD(learning_rate), "sparse_categorical_crossentropy")
    return model


# %%
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
scaled = {size: base_rate * size / base_batch for size in batch_sizes}
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
# In eight runs, with other seeds, we saw these losses after five epochs:
#
# | batch | same rate | linear scaling | square root |
# |---|---|---|---|
# | 32, rate 0.02 | 0.49 to 0.55 | | |
# | 128 | 0.68 to 0.71 | **0.50 to 0.53** | 0.57 to 0.59 |
# | 512 | 1.05 to 1.10 | **0.57 to 0.63** | 0.69 to 0.82 |
# | 2,048 | 1.71 to 1.76 | 1.86 to 2.42 | **0.93 to 1.01** |
# | 8,192, all at once | 2.15 to 2.18 | 3.1 to 3,550 | **1.3 to 2.0** |
#
# At 2,048 linear scaling breaks: it is worse than the same rate. There the square root is the better rule.
# But it does not save everything. Four steps for each epoch are few, however long they are. (At 8,192 the line of linear
# scaling may leave the plot.)
#
# Often a **warm-up** helps, a small rate in the beginning, when the gradient changes most. Try it: an eighth of the rate in the
# first epoch.


# %%
def loss_with_warm_up(batch_size, learning_rate):
    """As `loss_after`, with an eighth of the rate in the first epoch."""
    model.set_weights(start_weights)
    rng = np.random.default_rng(0)
    for epoch in range(5):
        order = tf.constant(rng.permutation(n_train))
        rate = learning_rate / 8 if epoch == 0 else learning_rate
        train_epoch(order, tf.constant(batch_size), tf.constant(rate, tf.float32))
    return float(loss_fn(labels, model(images)))


for size in (512, 2048):
    print(f"batch {size}: {loss_with_warm_up(size, scaled[size]):.3f} with a warm-up")

# %% [markdown]
# It did not help here. In four runs we saw 0.60 to 0.62 at 512 and 2.1 to 3.7 at 2,048. For Adam, whose steps hardly grow with the gradient, people often take the square root from the start.

# %% [markdown]
# ## When a batch cannot be cut evenly
#
# `fit` averages the replicas' gradients so that **each replica counts alike**, whatever its number of examples. With 80 examples
# and batches of 16 that is right. With 83 there is a last batch of 3, of which one replica gets 2 and the other 1.

# %%
devices = [device.name for device in tf.config.list_logical_devices("CPU")]
one_adds_up = tf.distribute.ReductionToOneDevice()
mirrored = tf.distribute.MirroredStrategy(devices, cross_device_ops=one_adds_up)

for n_examples in (80, 83):
    few_weights = []
    for strategy in (tf.distribute.get_strategy(), mirrored):
        keras.utils.set_random_seed(0)
        some = tf.data.Dataset.from_tensor_slices((x_few[:n_examples], y_few[:n_examples]))
        with strategy.scope():
            model = build_network()
        model.fit(some.batch(16), epochs=1, shuffle=False, verbose=0)
        few_weights.append(model.get_weights())
    difference = max(np.abs(a - b).max() for a, b in zip(*few_weights))
    print(f"{n_examples} examples: weights differ by {difference:.0e}")

# %% [markdown]
# So "the same numbers" holds for batches that are cut evenly. One uneven batch in an epoch does no harm, but it
# can make you doubt your code. `batch(16, drop_remainder=True)` leaves the rest out, and with reshuffling it is
# another rest each time. If the *first* batch is uneven, `fit` stops with an `InvalidArgumentError`.

# %% [markdown]
# ## More about clusters
#
# On a university's cluster the scheduler is often **Slurm**. A job file asks for four nodes, `srun` starts `worker.py` on each, and
# `tf.distribute.cluster_resolver.SlurmClusterResolver` reads who they are from the variables that Slurm sets.
# In a company it is often **Kubernetes**. A training operator starts a container for each worker and writes
# `TF_CONFIG` itself. In both cases the program stays the one of the lesson.
#
# The network between the machines matters, since each step sends as many numbers as the model has weights.
#
# Workers that wait for each other in each step are called **synchronous**. The other way is a **parameter
# server** (`tf.distribute.ParameterServerStrategy`). Some machines hold the weights, workers fetch them and send
# gradients whenever they are ready, and nobody waits. Slow or dying workers do less harm. But gradients arrive
# that were computed with weights of some steps ago, and the result is no longer that of a single device. It is
# used for very large tables of embeddings. Most networks are trained synchronously.
#
# A model that is too large for one device is another matter. Then the *weights* have to be distributed, which is called
# **model parallelism**. Keras has `keras.distribution` for it, which works with JAX as the backend. With TensorFlow
# it is accepted and does nothing useful.
#
# Back to [14 · Bigger data, more devices](../14_distributed.ipynb).
