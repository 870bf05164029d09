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
# # 10 · Going further: pictures in TensorBoard, schedules, interruptions
#
# This notebook goes on where lesson 10 ends. It writes pictures and an embedding for TensorBoard and reads its files back, draws
# Keras's schedules, asks what a fixed order of the batches hides, and continues a training that was cut off. Nothing in
# it is graded, and it needs nothing of the lesson's notebook.

# %%
import tempfile
from pathlib import Path

from helpers import data, plots  # first, so that TensorFlow starts quietly

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

# %% [markdown]
# ## Pictures in TensorBoard
#
# The callback of Keras writes curves, histograms and the graph. Pictures you write yourself, with `tf.summary.image`. It takes a
# batch (n, height, width, channels) with values from 0 to 1, a name and a step. It writes to whichever writer is the default one
# at the moment.
#
# As a callback, it can show after each epoch which images the network is most sure of, and wrong.

# %%
fashion = data.load_fashion_mnist()
images = fashion.x_train[:5000].astype("float32") / 255
labels = fashion.y_train[:5000]


class WorstMistakes(keras.callbacks.Callback):
    """After each epoch, writes the images of which the network is most sure, and wrong."""

    def __init__(self, folder, images, labels, n=6):
        super().__init__()
        self.writer = tf.summary.create_file_writer(str(folder))
        self.images, self.labels, self.n = images, labels, n

    def on_epoch_end(self, epoch, logs=None):
        probabilities = self.model.predict(self.images, verbose=0)
        wrong = probabilities.argmax(axis=1) != self.labels
        confidence = np.where(wrong, probabilities.max(axis=1), 0)
        worst = np.argsort(-confidence)[: self.n]
        pictures = self.images[worst][..., np.newaxis]  # (n, 28, 28, 1)
        with self.writer.as_default():
            tf.summary.image("worst mistakes", pictures, step=epoch, max_outputs=self.n)
            tf.summary.scalar("mistakes", wrong.sum(), step=epoch)

    def on_train_end(self, logs=None):
        self.writer.close()


keras.utils.set_random_seed(0)
classifier = keras.Sequential(
    [
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu", name="hidden"),
        keras.layers.Dense(10, activation="softmax", name="classes"),
    ]
)
classifier.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
logs_folder = Path(tempfile.mkdtemp()) / "logs"
history = classifier.fit(
    images[:4000],
    labels[:4000],
    batch_size=64,
    epochs=6,
    validation_data=(images[4000:], labels[4000:]),
    verbose=0,
    callbacks=[
        keras.callbacks.TensorBoard(logs_folder, histogram_freq=1),
        WorstMistakes(logs_folder / "pictures", images[4000:], labels[4000:]),
    ],
)

# %% [markdown]
# ## Reading the log files
#
# The log files can be read without the page. Then you can make figures of your own, also where no browser can reach TensorBoard.

# %%
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

figure, ax = plt.subplots(figsize=(6, 3.6), layout="constrained")
for run, style, colour in (("train", "-", plots.BLUE), ("validation", "--", plots.VERMILLION)):
    events = EventAccumulator(str(logs_folder / run)).Reload().Tensors("epoch_loss")
    losses = [tf.make_ndarray(event.tensor_proto) for event in events]
    ax.plot(range(1, len(losses) + 1), losses, style, color=colour, marker="o", label=run)
ax.set(xlabel="epoch", ylabel="loss", title="Read from TensorBoard's files")
ax.grid(alpha=0.3)
ax.legend()
plt.show()

# %% [markdown]
# ## An embedding in the projector
#
# The *Projector* of TensorBoard shows vectors as points in space: the rows of an `Embedding`, or what a layer gives for each
# example. Here are the 64 hidden values of 300 validation images, coloured by class.
#
# It needs three files: a checkpoint with the vectors in a variable, a table with a line of text for each vector, and a small
# configuration that names both. The callback has arguments for it, `embeddings_freq` and `embeddings_metadata`, but they look for
# `Embedding` layers only. Writing the files yourself works for any vectors.

# %%
from tensorboard.plugins import projector

from helpers.tensorboard import Board

hidden = keras.Model(classifier.inputs, classifier.get_layer("hidden").output)
vectors = hidden.predict(images[4000:4300], verbose=0)
names = [fashion.class_names[label] for label in labels[4000:4300]]

(logs_folder / "words.tsv").write_text("\n".join(names) + "\n")
tf.train.Checkpoint(embedding=tf.Variable(vectors)).save(logs_folder / "embedding.ckpt")
config = projector.ProjectorConfig()
entry = config.embeddings.add()
entry.tensor_name = "embedding/.ATTRIBUTES/VARIABLE_VALUE"
entry.metadata_path = "words.tsv"
projector.visualize_embeddings(str(logs_folder), config)
print(sorted(path.name for path in logs_folder.iterdir() if path.is_file()))

board = Board(logs_folder)
board.show("projector")

# %% [markdown]
# Choose the label under *Color by*, then turn the cloud. Click on a point: its nearest neighbours are listed on the right. The tab
# *Images* has the worst mistakes.
#
# Here is a fallback that needs no page: the two directions in which the points spread most, as the projector's *PCA* finds them.

# %%
centred = vectors - vectors.mean(axis=0)
_, _, directions = np.linalg.svd(centred, full_matrices=False)
flat = centred @ directions[:2].T
figure, ax = plt.subplots(figsize=(7, 4.6), layout="constrained")
for number, name in enumerate(fashion.class_names):
    colour, marker = plots.COLOURS[number % len(plots.COLOURS)], "os^DvP*X<>"[number]
    ax.plot(*flat[labels[4000:4300] == number].T, marker, color=colour, markersize=5, label=name)
ax.set(xlabel="first direction", ylabel="second direction", title="Hidden values of 300 images")
ax.legend(loc="center left", bbox_to_anchor=(1, 0.5))
plt.show()
board.stop()

# %% [markdown]
# ## The schedules of Keras
#
# All count in batches. Here an epoch has 182 of them, and the training 30 epochs.

# %%
n_batches = 182
total = 30 * n_batches
kinds = keras.optimizers.schedules
schedules = {
    "ExponentialDecay": kinds.ExponentialDecay(0.05, 10 * n_batches, 0.3),
    "ExponentialDecay, staircase": kinds.ExponentialDecay(
        0.05, 10 * n_batches, 0.3, staircase=True
    ),
    "PiecewiseConstantDecay": kinds.PiecewiseConstantDecay(
        boundaries=[12 * n_batches, 24 * n_batches], values=[0.05, 0.01, 0.002]
    ),
    "InverseTimeDecay": kinds.InverseTimeDecay(0.05, n_batches, 0.5),
    "PolynomialDecay": kinds.PolynomialDecay(0.05, total, end_learning_rate=0.0005),
    "CosineDecay": kinds.CosineDecay(0.05, total),
    "CosineDecay with warm-up": kinds.CosineDecay(
        0.0, 25 * n_batches, warmup_target=0.05, warmup_steps=5 * n_batches
    ),
    "CosineDecayRestarts": kinds.CosineDecayRestarts(0.05, 5 * n_batches, t_mul=2.0, m_mul=0.7),
}
steps = np.arange(0, total, 26)
figure, axes = plt.subplots(2, 4, figsize=(12, 4.6), layout="constrained", sharex=True, sharey=True)
for ax, (name, schedule) in zip(axes.ravel(), schedules.items(), strict=True):
    ax.plot(steps / n_batches, [float(schedule(step)) for step in steps], color=plots.BLUE)
    ax.set_title(name, fontsize=10)
    ax.grid(alpha=0.3)
for ax in axes[1]:
    ax.set_xlabel("epoch")
for ax in axes[:, 0]:
    ax.set_ylabel("learning rate")
plt.show()

# %% [markdown]
# *Warm-up* begins with tiny steps and raises the rate over the first epochs. Large networks need it: their first
# gradients, from random weights, are not worth a long step. *Restarts* raise the rate again and again, in the hope of
# leaving a poor valley for a better one.

# %% [markdown]
# ## What a fixed order of the batches hides
#
# After `keras.utils.set_random_seed`, `fit` shuffles an array in the same order in every epoch. A data set of `tf.data` with
# `shuffle` draws a new order each time. The training below is that of the lesson: SGD with momentum, 30 epochs.

# %%
from sklearn.model_selection import train_test_split

housing = data.load_california_housing()
rest, _, y_rest, _ = train_test_split(housing.data, housing.target, random_state=7)
x_train, x_valid, y_train, y_valid = train_test_split(rest, y_rest, random_state=1)
mean, std = x_train.mean(axis=0), x_train.std(axis=0)
x_train = np.clip((x_train - mean) / std, -5, 5).astype("float32")
x_valid = np.clip((x_valid - mean) / std, -5, 5).astype("float32")


def new_model(optimizer, seed=0, steps_per_execution=26):
    """A fresh compiled network for the housing data."""
    keras.utils.set_random_seed(seed)
    model = keras.Sequential(
        [keras.Input((8,)), keras.layers.Dense(30, activation="relu"), keras.layers.Dense(1)]
    )
    model.compile(optimizer, "mean_squared_error", steps_per_execution=steps_per_execution)
    return model


def halve(epoch, rate):
    """Half the rate at epochs 10 and 20."""
    return rate / 2 if epoch in (10, 20) else rate


def train(order, plan, seed):
    """Train for 30 epochs; return the validation losses."""
    model = new_model(keras.optimizers.SGD(0.05, momentum=0.9), seed)
    if order == "fixed":
        batches = {"x": x_train, "y": y_train, "batch_size": 64}
    else:
        examples = tf.data.Dataset.from_tensor_slices((x_train, y_train))
        batches = {"x": examples.shuffle(len(x_train), seed=seed).batch(64), "shuffle": False}
    callbacks = [keras.callbacks.LearningRateScheduler(halve)] if plan == "halved" else []
    valid = (x_valid, y_valid)
    history = model.fit(**batches, epochs=30, validation_data=valid, verbose=0, callbacks=callbacks)
    return np.array(history.history["val_loss"])


runs = {}
print("order    rate      seed  last five epochs: mean, range     mean change from epoch to epoch")
for order in ("fixed", "new"):
    for plan in ("constant", "halved"):
        for seed in range(3):
            losses = runs[order, plan, seed] = train(order, plan, seed)
            last, change = losses[-5:], np.abs(np.diff(losses[-10:])).mean()
            print(
                f"{order:8} {plan:9} {seed:4}  {last.mean():.3f}, {last.min():.3f} to {last.max():.3f}"
                f"            {change:.4f}"
            )

figure, axes = plt.subplots(1, 2, figsize=(11, 3.6), layout="constrained", sharey=True)
for ax, order in zip(axes, ("fixed", "new"), strict=True):
    curves = {plan: {"val_loss": runs[order, plan, 0]} for plan in ("constant", "halved")}
    plots.compare_curves(curves, "val_loss", ax=ax).set_title(
        f"{order} order in each epoch, seed 0"
    )
    ax.set_ylim(0.28, 0.5)
plt.show()

# %% [markdown]
# With the fixed order the constant rate looks calm. Each epoch repeats the steps of the one before, so its end
# shows the same place again. With a new order the loss jumps from epoch to epoch. Over the three seeds we saw:
#
# | order | rate | mean of the last five epochs | mean change from epoch to epoch |
# |---|---|---|---|
# | fixed | constant | 0.340 to 0.350 | 0.002 to 0.005 |
# | fixed | halved | 0.302 to 0.317 | 0.0003 to 0.0006 |
# | new | constant | 0.335 to 0.348 | 0.012 to 0.041 |
# | new | halved | 0.314 to 0.323 | 0.006 to 0.009 |
#
# Halving the rate lowers the mean in both cases and for each seed. The gain is larger with the fixed order. With a new
# order the halved rate still jumps, but less than the constant one.

# %% [markdown]
# ## Continuing an interrupted training
#
# A training of two days, and a power cut on the second. `BackupAndRestore(folder)` writes after each epoch what is needed to go
# on: weights, the optimizer's state, the number of the epoch. If `fit` finds such a backup, it goes on where it was.
# When a training ends regularly, the backup is deleted.
#
# We make the power cut ourselves, with a callback that raises an exception.


# %%
class PowerCut(keras.callbacks.Callback):
    """Breaks the training off at the beginning of epoch 4."""

    def on_epoch_begin(self, epoch, logs=None):
        if epoch == 4:
            raise RuntimeError("the lights go out")


def train_for_eight_epochs(callbacks):
    """The same training each time: fresh network, same seed; return its History."""
    model = new_model(keras.optimizers.Adam(0.003))
    valid = (x_valid, y_valid)
    return model.fit(
        x_train,
        y_train,
        batch_size=64,
        epochs=8,
        validation_data=valid,
        verbose=0,
        callbacks=callbacks,
    )


backup_folder = Path(tempfile.mkdtemp()) / "backup"
try:
    train_for_eight_epochs([keras.callbacks.BackupAndRestore(backup_folder), PowerCut()])
except RuntimeError as error:
    print("interrupted:", error)
    print("left behind:", sorted(path.name for path in backup_folder.iterdir()))

continued = train_for_eight_epochs([keras.callbacks.BackupAndRestore(backup_folder)])
print("epochs of the second fit:", continued.epoch)
print("backup still there:", backup_folder.exists())
uninterrupted = train_for_eight_epochs([])
print("validation losses of epochs 4 to 7")
print("  interrupted, continued", np.round(continued.history["val_loss"], 5))
print("  never interrupted     ", np.round(uninterrupted.history["val_loss"][4:], 5))

# %% [markdown]
# The losses are the same to the last digit printed. Weights and Adam's averages were in the backup, and here the fixed order of the
# batches helps. Without a seed, or with dropout, the continued training takes another course.
#
# `epochs=8` is the goal, not the number of epochs still to go. The memory of other callbacks is *not* in the backup: an
# `EarlyStopping` begins to count anew.
