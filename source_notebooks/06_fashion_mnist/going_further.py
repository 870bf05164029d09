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
# # 06 · Going further: losses, batches and speed
#
# This notebook takes the classifier of lesson 06 further. It measures what squared error costs in practice, what the
# size of a batch changes, and how much time `steps_per_execution` saves. At the end it shows which loss belongs to
# which task. Nothing in it is graded.

# %%
import time

from helpers import data, plots  # first, so that TensorFlow starts quietly

import keras
import matplotlib.pyplot as plt
import numpy as np

# %% [markdown]
# ## The data and the network
#
# The images are standardised as in the lesson. The first 8,992 training images and five epochs are enough here. That
# is nearly the same experiment on the full set and on the sample.

# %%
fashion = data.load_fashion_mnist()
n_valid = 1008 if fashion.is_sample else 5000
mean, std = fashion.x_train[n_valid:].mean(), fashion.x_train[n_valid:].std()
scaled = ((fashion.x_train[: n_valid + 8992] - mean) / std).astype("float32")
x_valid, y_valid = scaled[:n_valid], fashion.y_train[:n_valid]
x_few, y_few = scaled[n_valid:], fashion.y_train[n_valid : n_valid + 8992]


def build(learning_rate=0.01, loss="sparse_categorical_crossentropy", **settings):
    """The network of the lesson, compiled with SGD, from the same starting weights each time."""
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(300, activation="relu"),
            keras.layers.Dense(100, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    sgd = keras.optimizers.SGD(learning_rate)
    model.compile(sgd, loss=loss, metrics=["accuracy"], **settings)
    return model


def quick_run(batch_size=32, learning_rate=0.01):
    """Train for five epochs; return the History and the seconds it took."""
    model = build(learning_rate)
    start = time.perf_counter()
    history = model.fit(
        x_few,
        y_few,
        batch_size=batch_size,
        epochs=5,
        validation_data=(x_valid, y_valid),
        verbose=0,
    )
    return history, time.perf_counter() - start


# %% [markdown]
# ## Squared error in practice
#
# The slopes in the lesson promised that squared error learns slowly. Squared error needs labels as vectors, so they
# are turned into one-hot rows first.

# %%
one_hot = keras.utils.to_categorical
history_squared = build(loss="mean_squared_error").fit(
    x_few,
    one_hot(y_few, 10),
    epochs=5,
    validation_data=(x_valid, one_hot(y_valid, 10)),
    verbose=0,
)
history_32, seconds_32 = quick_run()
curves = {"cross-entropy": history_32, "squared error": history_squared}
plots.compare_curves(curves)
plt.show()
for name, history in curves.items():
    print(f"{name}: validation accuracy {history.history['val_accuracy'][-1]:.3f}")

# %% [markdown]
# At the same learning rate, squared error is far behind after five epochs.

# %% [markdown]
# ## Batch size
#
# After each batch the weights take one step. Small batches mean many steps for an epoch, each on the evidence of a
# few images. Large batches mean few steps, each on the evidence of many images.

# %%
batch_runs = {}
print(" batch   rate  steps per epoch  time against 32  validation accuracy")
for batch_size, rate in [(8, 0.01), (32, 0.01), (128, 0.01), (512, 0.01), (512, 0.16)]:
    history, seconds = quick_run(batch_size, rate)
    batch_runs[f"batches of {batch_size}, rate {rate}"] = history
    steps = -(-len(x_few) // batch_size)  # rounded up
    last = history.history["val_accuracy"][-1]
    print(f"{batch_size:6} {rate:6} {steps:16,} {seconds / seconds_32:16.1f} {last:20.3f}")
plots.compare_curves(batch_runs)
plt.show()

# %% [markdown]
# * At the same rate, a larger batch learns less in an epoch, because it makes fewer steps.
# * An epoch with batches of 512 is faster than one with batches of 32, but by far less than 16 times.
# * A larger batch allows a larger rate. Sixteen times the images and sixteen times the rate bring most of the
#   accuracy back. Lesson 14 makes a rule of this.
#
# A batch size weighs the number of steps, time and noise against each other. 32 to 128 is a good place to start.
#
# **The last batch** of an epoch holds what is left over. With 9,000 images and batches of 32 that is 8 images, and
# their gradient is noisy. That is why the lesson cuts 1,008 images off the sample: 8,992 is 281 · 32.

# %% [markdown]
# ## `steps_per_execution`
#
# A step of so small a network is short, and a good part of the time goes by between the steps, in Python.
# `compile(steps_per_execution=64)` lets TensorFlow make 64 steps before Python is asked again. The
# arithmetic is the same.

# %%
few_steps = {steps: build(steps_per_execution=steps) for steps in (1, 16, 64)}
for model in few_steps.values():
    model.fit(x_few, y_few, verbose=0)  # the first epoch also prepares the computation

seconds = {steps: [] for steps in few_steps}
for _ in range(4):  # in turns, so that a busy moment of the computer hits all of them
    for steps, model in few_steps.items():
        start = time.perf_counter()
        model.fit(x_few, y_few, verbose=0)
        seconds[steps].append(time.perf_counter() - start)
for steps in seconds:
    gain = min(seconds[1]) / min(seconds[steps])
    print(f"{steps:3} steps at a time: {gain:.1f} times as fast as one at a time")

# %% [markdown]
# How much it gains depends on the computer and on what else it is doing. For a large network the gain is small,
# because the arithmetic takes nearly all the time. There is a price: callbacks and the progress bar hear of the training only
# once in 64 steps.

# %% [markdown]
# ## Which loss for which task?
#
# A loss says what the outputs mean. Three more are worth knowing.
#
# | loss | the target | the output | where it belongs |
# |---|---|---|---|
# | hinge | −1 or 1 | any number, its sign is the answer | classifiers that need a margin and no probability, such as support vector machines |
# | Kullback-Leibler (KL) | a probability for each class | probabilities, by softmax | targets that are themselves uncertain: several people's labels, another network's answers |
# | Poisson | a count: 0, 1, 2, … | an expected count, positive | visits per hour, calls per day |
#
# **Hinge** is $\max(0, 1 - y\,\hat y)$. It is 0 once the output is on the right side by at least 1. From there on, the example no
# longer changes the weights.

# %%
hinge = keras.losses.Hinge()
for output in (-1.0, 0.0, 0.5, 1.0, 3.0):
    print(f"target 1, output {output:4}: hinge {float(hinge([[1.0]], [[output]])):.1f}")

# %% [markdown]
# **KL** is $\sum_j y_j \ln (y_j / p_j)$. It is cross-entropy less a number that depends on the targets only. So both have the same
# gradient, but KL is 0 when the network says exactly what the target says.

# %%
target = np.array([[0.7, 0.2, 0.1]], dtype="float32")  # seven of ten people said class 0
for said in ([0.7, 0.2, 0.1], [0.8, 0.1, 0.1], [1 / 3, 1 / 3, 1 / 3]):
    output = np.array([said], dtype="float32")
    kl = float(keras.losses.KLDivergence()(target, output))
    entropy = float(keras.losses.CategoricalCrossentropy()(target, output))
    print(
        f"{np.round(said, 2)}: KL {kl:.3f}, cross-entropy {entropy:.3f}, difference {entropy - kl:.3f}"
    )

# %% [markdown]
# **Poisson** is $\hat y - y \ln \hat y$. Counts scatter more where they are large: by about the root of what is expected. This loss
# allows for that. Three calls too many matter more on a quiet day than on a busy one.

# %%
poisson = keras.losses.Poisson()
for count in (4.0, 100.0):
    costs = [float(poisson([[count]], [[expected]])) for expected in (count, count + 3)]
    print(f"count {count:5}: an expectation of 3 more costs {costs[1] - costs[0]:.3f} more")

# %% [markdown]
# The output of such a network must be positive. An exponential as the last activation, `activation="exponential"`, sees to that.

# %%
rates = keras.activations.exponential(np.array([-2.0, 0.0, 2.0]))
print("-2, 0 and 2 become", np.round(rates, 3))
