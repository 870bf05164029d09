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
# # 10 · Callbacks and TensorBoard
#
# **You will be able to**
#
# * say at which moments `fit` calls a callback, what it hands over, and write one of your own
# * stop a training in time and keep the best network it went through
# * lower the learning rate by a plan, or when the validation loss stands still
# * follow a training in TensorBoard: curves, histograms, the graph, pictures
# * let a training end early when it has failed, and go on where an interrupted one was
#
# **Before you start** You need `compile` and `fit` (lesson 03), classes that inherit from Keras's
# (lesson 05), Fashion-MNIST (lesson 06) and the housing data with its early stopping (lesson 07).
#
# **Running time** about 1.5 minutes on two cores with the sample data; reading and exercises, about 2
# hours.

# %%
import tempfile
from pathlib import Path

from helpers import checks, data, plots, widgets  # first, so that TensorFlow starts quietly

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

# %% [markdown]
# ## Predict
#
# A training is planned for 8 epochs. Left alone, its validation losses would be
#
# | epoch | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 |
# |---|---|---|---|---|---|---|---|---|
# | validation loss | 0.50 | 0.40 | 0.36 | 0.37 | 0.36 | 0.38 | 0.33 | 0.32 |
#
# You give `fit` an `EarlyStopping(monitor="val_loss", patience=3)`.
#
# **After which epoch does the training stop? Which epoch's weights does the network have then?** Which
# would it have with `restore_best_weights=True`? And what if the patience were 4? Write your answers down.

# %% [markdown]
# ## The data and the network
#
# Most of this lesson uses California housing, split and standardised as in lesson 07. Features beyond 5
# standard deviations are clipped: a few districts with absurd household sizes would otherwise throw the
# curves about, and we want to see what the callbacks do.
#
# The test set stays in its drawer. Callbacks make choices, and choices are made on the validation set.

# %% tags=["skip-execution"]
from sklearn.model_selection import train_test_split

housing = data.load_california_housing()
rest, x_test, y_rest, y_test = train_test_split(housing.data, housing.target, random_state=7)
x_train_raw, x_valid_raw, y_train, y_valid = train_test_split(rest, y_rest, random_state=1)

mean, std = x_train_raw.mean(axis=0), x_train_raw.std(axis=0)
x_train = np.clip((x_train_raw - mean) / std, -5, 5).astype("float32")
x_valid = np.clip((x_valid_raw - mean) / std, -5, 5).astype("float32")
print(f"{len(x_train):,} districts for training, {len(x_valid):,} for validation")


# %% tags=["skip-execution"]
def new_model(optimizer="sgd", hidden_units=(30,), steps_per_execution=1, seed=0):
    """A fresh compiled network for the housing data, the same weights for the same seed."""
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.Input((8,))])
    for units in hidden_units:
        model.add(keras.layers.Dense(units, activation="relu"))
    model.add(keras.layers.Dense(1))
    model.compile(optimizer, loss="mean_squared_error", steps_per_execution=steps_per_execution)
    return model


# %% [markdown]
# `new_model` gives a **fresh** network each time. A second `fit` on the same network goes on from where the
# first one ended. Whoever shows a callback on a network that is trained already shows very little.

# %% [markdown]
# ## What a callback is
#
# `fit` is a loop over epochs, and inside it a loop over batches. At fixed moments it asks the objects in
# `callbacks=[...]` whether they have something to do. Such an object is a **callback**: you do not call it,
# it is called back.
#
# A callback is a subclass of `keras.callbacks.Callback`. Its methods are named after the moments. This one
# does nothing but say when it is called, and with what.


# %% tags=["skip-execution"]
class Moments(keras.callbacks.Callback):
    """Prints each moment at which `fit` calls, and the logs it hands over."""

    def say(self, moment, logs):
        values = ", ".join(f"{name} {value:.3f}" for name, value in (logs or {}).items())
        print(f"{moment:28} {values}")

    def on_train_begin(self, logs=None):
        self.say("on_train_begin", logs)

    def on_epoch_begin(self, epoch, logs=None):
        self.say(f"  on_epoch_begin {epoch}", logs)

    def on_train_batch_end(self, batch, logs=None):
        self.say(f"    on_train_batch_end {batch}", logs)

    def on_test_begin(self, logs=None):
        self.say("    on_test_begin", logs)

    def on_epoch_end(self, epoch, logs=None):
        self.say(f"  on_epoch_end {epoch}", logs)

    def on_train_end(self, logs=None):
        self.say("on_train_end", logs)


model = new_model()
history = model.fit(
    x_train[:96],
    y_train[:96],
    epochs=2,
    validation_data=(x_valid, y_valid),
    verbose=0,
    callbacks=[Moments()],
)

# %% [markdown]
# Read it line by line.
#
# * Epochs and batches count from 0. The progress bar counts epochs from 1, and so do file names (below).
# * `logs` is a dict. After a batch it holds the training loss (and the metrics); after an epoch it also
#   holds the values with `val_`. At the beginning of something there is nothing to report yet.
# * Validation runs **inside** the epoch, before `on_epoch_end`.
# * The loss falls in steps within an epoch and starts anew with the next. We come back to that.
#
# There is also a `…_begin` for batches and an `…_end` for the test, and the same for `predict`. What you do not
# define does nothing. Inside a method `self.model` is the network, with everything it has: weights,
# optimizer, `stop_training`.
#
# For something short, a class is not needed: `LambdaCallback` takes functions.

# %% tags=["skip-execution"]
model = new_model(steps_per_execution=11)
validation = (x_valid, y_valid)
shout = keras.callbacks.LambdaCallback(
    on_epoch_end=lambda epoch, logs: print(f"epoch {epoch}: {logs['val_loss']:.3f}")
)
history = model.fit(
    x_train, y_train, epochs=3, validation_data=validation, verbose=0, callbacks=[shout]
)

# %% [markdown]
# ## EarlyStopping
#
# A network that is too large for its data first learns what is general, then learns the training examples by
# heart. In lesson 07 you wrote the rule that stops it. Here is the effect of the rule on a training that
# really overfits: 300 districts, and two hidden layers of 100 units.

# %% tags=["skip-execution"]
x_few, y_few = x_train[:300], y_train[:300]


def overfit(callbacks=()):
    """Train a large network on few districts for up to 60 epochs; return it and its History."""
    model = new_model(keras.optimizers.Adam(0.003), (100, 100), steps_per_execution=5)
    history = model.fit(
        x_few,
        y_few,
        epochs=60,
        validation_data=(x_valid[:2000], y_valid[:2000]),
        verbose=0,
        callbacks=list(callbacks),
    )
    return model, history


to_the_end, history_to_the_end = overfit()
stopper = keras.callbacks.EarlyStopping(
    monitor="val_loss", patience=8, min_delta=1e-3, restore_best_weights=True
)
stopped, history_stopped = overfit([stopper])

figure = plots.learning_curves(history_to_the_end, "300 districts, 60 epochs")
ax = figure.axes[0]
ax.axvline(len(history_stopped.epoch), color="black", linestyle=":", label="EarlyStopping stops")
ax.set_ylim(0, 0.8)
ax.legend()
plt.show()

# %% [markdown]
# The training loss goes on falling, apart from a jump at the very end. The validation loss stops falling early, then gets
# restless and mostly worse; a lucky dip late in the training is nothing to wait for. Dotted: where the second training stopped.
# `patience=8` means that the validation loss failed to beat the best one in eight epochs in a row;
# `min_delta=1e-3` means that less than 0.001 does not count as better.
#
# When it stops, those eight epochs have already done their harm. That is why there is
# `restore_best_weights=True`. Is it true that the weights are those of the best epoch? Let us keep a copy of the
# weights of every epoch and look.


# %% tags=["skip-execution"]
def best_weights(restore):
    """Train with EarlyStopping; say which epoch's weights the network ends with."""
    weights_after = []
    model = new_model(keras.optimizers.Adam(0.003), (100, 100), steps_per_execution=5)
    keep = keras.callbacks.LambdaCallback(
        on_epoch_end=lambda epoch, logs: weights_after.append(model.get_weights())
    )
    stopper = keras.callbacks.EarlyStopping(
        patience=8, min_delta=1e-3, restore_best_weights=restore
    )
    validation = (x_valid[:2000], y_valid[:2000])
    model.fit(
        x_few, y_few, epochs=60, validation_data=validation, verbose=0, callbacks=[keep, stopper]
    )
    same = [
        epoch + 1
        for epoch, weights in enumerate(weights_after)
        if all(map(np.array_equal, weights, model.get_weights()))
    ]
    print(
        f"restore_best_weights={restore!s:5}: stopped after epoch {len(weights_after)}, has the "
        f"weights of epoch {same[0]}, validation loss {model.evaluate(*validation, verbose=0):.3f}"
    )


best_weights(restore=False)
best_weights(restore=True)
last = history_to_the_end.history["val_loss"][-1]
print(f"trained to the end: validation loss {last:.3f}")

# %% [markdown]
# The network with restored weights is bit for bit the one of the best epoch. Over three seeds we saw 0.44 to 0.50
# after 60 epochs, and 0.40 to 0.41 with early stopping, which stopped after 29 to 35 epochs.
#
# Keras restores the weights at the end of `fit`, whether it stopped early or ran through. It cannot do so if
# *you* interrupt: the last moment, `on_train_end`, is then never reached.
#
# **Your prediction.** A callback is an object with methods, so we may play `fit` and call them ourselves.

# %% tags=["skip-execution"]
predicted = [0.50, 0.40, 0.36, 0.37, 0.36, 0.38, 0.33, 0.32]
for patience in (3, 4):
    stopper = keras.callbacks.EarlyStopping(monitor="val_loss", patience=patience)
    stopper.set_model(new_model())
    stopper.model.stop_training = False
    stopper.on_train_begin()
    for epoch, loss in enumerate(predicted):
        stopper.on_epoch_end(epoch, {"val_loss": loss})
        if stopper.model.stop_training:
            break
    print(
        f"patience {patience}: stops after epoch {epoch + 1}, the best was {stopper.best_epoch + 1}"
    )

# %% [markdown]
# With patience 3 it stops after epoch 6. The second 0.36 is no better than the first, so three epochs have
# passed without improvement. The network has the weights of epoch 6, the worst of the last four, unless they are
# restored: then those of epoch 3. The better losses that follow are never seen. With patience 4 they are, and
# the training runs to its end at 0.32.
#
# Too little patience mistakes a bump for the end. Old examples with patience 1, or with the *training* accuracy
# as `monitor`, are of that kind, or worse: the training accuracy keeps improving while the network
# overfits.

# %% [markdown]
# ## ModelCheckpoint
#
# `EarlyStopping` keeps the best weights in memory. When the computer crashes they are gone. `ModelCheckpoint`
# writes to disk.

# %% tags=["skip-execution"]
folder = Path(tempfile.mkdtemp())
checkpoints = [
    # The whole network, whenever the validation loss is the best so far.
    keras.callbacks.ModelCheckpoint(folder / "best.keras", monitor="val_loss", save_best_only=True),
    # The weights alone, after each epoch, with epoch and loss in the name.
    keras.callbacks.ModelCheckpoint(
        folder / "{epoch:02d}-{val_loss:.2f}.weights.h5", save_weights_only=True
    ),
    # Every 300 batches, whether an epoch ends there or not.
    keras.callbacks.ModelCheckpoint(folder / "batch-{epoch:02d}-{batch:04d}.keras", save_freq=300),
]
model = new_model(keras.optimizers.SGD(0.05, momentum=0.9))
history = model.fit(
    x_train,
    y_train,
    batch_size=64,
    epochs=5,
    validation_data=validation,
    verbose=0,
    callbacks=checkpoints,
)
print("validation losses", np.round(history.history["val_loss"], 4))
print(-(-len(x_train) // 64), "batches an epoch")
for path in sorted(folder.iterdir()):
    print(f"{path.name:26} {path.stat().st_size:7,} bytes")

best = keras.models.load_model(folder / "best.keras")
assert isinstance(best, keras.Model)
print(f"\nbest.keras: validation loss {best.evaluate(*validation, verbose=0):.4f}")
print(f"the network: validation loss {model.evaluate(*validation, verbose=0):.4f}")

# %% [markdown]
# * **`save_best_only=True`** overwrites one and the same file, so that there is always exactly one: the best.
#   After the training the network itself still has the weights of the last epoch; the best ones are in the file.
#   `monitor` must be a validation value. With the test set there, the test would choose the network, and its
#   result would no longer be a test.
# * **`save_weights_only=True`** needs the ending `.weights.h5`. Such a file is of use only to somebody who can
#   build the same network (lesson 11).
# * **The file name** is a pattern. `{epoch:02d}` is the epoch, counted from 1, with two digits;
#   `{val_loss:.2f}` and any other name in `logs` can stand there too.
# * **`save_freq=300`** counts batches, not epochs, and counts on from epoch to epoch. In the middle of an epoch there
#   is no validation loss. `{val_loss}` in the name is a `KeyError` then, and `save_best_only` does not save.

# %% [markdown]
# ## CSVLogger
#
# `history` is gone when the kernel is. `CSVLogger` writes a line for each epoch to a file, at once, that any
# spreadsheet can read; `append=True` adds to an existing file.

# %% tags=["skip-execution"]
import pandas as pd

log_file = folder / "log.csv"
model = new_model("adam", steps_per_execution=11)
history = model.fit(
    x_train,
    y_train,
    epochs=4,
    validation_data=validation,
    verbose=0,
    callbacks=[keras.callbacks.ReduceLROnPlateau(), keras.callbacks.CSVLogger(log_file)],
)
pd.read_csv(log_file).round(4)

# %% [markdown]
# Where does the column `learning_rate` come from? `ReduceLROnPlateau`, of which more below, puts the rate into
# `logs`. The callbacks are called in the order of the list, and all get the same dict. Had `CSVLogger` stood first,
# the column would be missing: it had already written its line.

# %% [markdown]
# ## TensorBoard
#
# A list of numbers after the training is one thing. Watching a training while it runs, comparing it with
# yesterday's, looking into the layers: for that there is TensorBoard. It has two halves.
#
# 1. The **callback** `keras.callbacks.TensorBoard` writes log files during training.
# 2. The **program** TensorBoard reads the folder with the log files and shows them as a page in the browser. It
#    may run before, during or after the training.
#
# Pictures make better examples than districts, so for this section we take Fashion-MNIST: 4,000 images for
# training and 1,000 for validation.

# %% tags=["skip-execution"]
fashion = data.load_fashion_mnist()
print(fashion)
images_train = fashion.x_train[:4000].astype("float32") / 255
images_valid = fashion.x_train[4000:5000].astype("float32") / 255
labels_train, labels_valid = fashion.y_train[:4000], fashion.y_train[4000:5000]


def new_classifier(learning_rate=0.001):
    """A fresh compiled classifier for Fashion-MNIST."""
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Flatten(name="row"),
            keras.layers.Dense(64, activation="relu", name="hidden"),
            keras.layers.Dense(10, activation="softmax", name="classes"),
        ],
        name="classifier",
    )
    adam = keras.optimizers.Adam(learning_rate)
    model.compile(adam, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% [markdown]
# **Curves, histograms and the graph** come from the callback that Keras brings along. `histogram_freq=1` records
# after each epoch how the weights of each layer are distributed; `write_graph=True`, the default, draws the
# network.
#
# **Pictures** you write yourself, with `tf.summary.image`. It takes a batch (n, height, width, channels) with
# values from 0 to 1, a name and a step, and writes to whichever writer is the default one at the moment. As a
# callback, it can show what the network is most wrong about after each epoch.


# %% tags=["skip-execution"]
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


logs_folder = Path(tempfile.mkdtemp()) / "logs"
classifier_histories = {}
for rate in (0.0003, 0.003, 0.03):
    run = logs_folder / f"rate {rate}"
    classifier = new_classifier(rate)
    classifier_histories[f"rate {rate}"] = classifier.fit(
        images_train,
        labels_train,
        batch_size=64,
        epochs=8,
        validation_data=(images_valid, labels_valid),
        verbose=0,
        callbacks=[
            keras.callbacks.TensorBoard(run, histogram_freq=1, write_graph=True),
            WorstMistakes(run / "pictures", images_valid, labels_valid),
        ],
    )
    accuracies = classifier_histories[f"rate {rate}"].history["val_accuracy"]
    print(f"rate {rate}: validation accuracy {accuracies[-1]:.3f}")

# %% [markdown]
# Each training writes into a folder of its own below `logs`, and each folder becomes a **run** that TensorBoard
# can show or hide. Two trainings in the same folder become one tangle. That is the most common mistake with
# TensorBoard; many people put the date and time into the folder's name.
#
# Now the program. `Board`, a helper of this course, starts it on a free port, waits until it answers, and ends it
# together with the notebook's kernel. In a terminal you would type `tensorboard --logdir logs`.

# %% tags=["skip-execution"]
from helpers.tensorboard import Board

board = Board(logs_folder)
board.show("scalars")

# %% [markdown]
# Take a walk. Everything in the page can be clicked.
#
# * **Scalars**: one chart for each quantity, one line for each run. Set *Smoothing* to 0: with eight epochs you want the
#   numbers themselves. Which rate is too small, which too large? Compare `epoch_loss` of training and
#   validation. `mistakes` is the line we wrote ourselves.
# * **Histograms** and **Distributions**: `hidden/kernel`. With the small rate it keeps its shape; with the large
#   one it spreads.
# * **Graphs**: choose a run that ends in *train*, then *Conceptual graph* under *Graph type*; a double click opens
#   the box, and the network is drawn as you built it. Until then the page says *Graph visualization failed*. It looks for an *Op graph*, the single
#   operations, which Keras 3 does not write.
# * **Images**: drag the slider of *worst mistakes* from the first epoch to the last.
#
# If the frame is empty, JupyterLab probably runs on another computer than your browser, and the address
# `127.0.0.1` means *this computer*. The figure below shows the most important curves without any
# browser.
#
# The log files hold nothing mysterious. This reads them back, so that you can make your own figures of them.

# %% tags=["skip-execution"]
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

figure, ax = plt.subplots(figsize=(6, 3.6), layout="constrained")
styles = zip(("-", "--", "-."), plots.COLOURS, strict=False)
for run, (line, colour) in zip(sorted(logs_folder.glob("rate *")), styles, strict=True):
    events = EventAccumulator(str(run / "validation")).Reload()
    losses = [tf.make_ndarray(event.tensor_proto) for event in events.Tensors("epoch_loss")]
    ax.plot(range(1, len(losses) + 1), losses, line, color=colour, marker="o", label=run.name)
ax.set(xlabel="epoch", ylabel="validation loss", title="Read from TensorBoard's files")
ax.grid(alpha=0.3)
ax.legend()
plt.show()

# %% [markdown]
# The smallest rate is still on its way down after eight epochs. The middle one is ahead early, then slows down or turns
# upwards: it begins to learn by heart. The largest jumps about. We saw that with three seeds.

# %% [markdown]
# ### Exercise: `make_callbacks(folder, patience=5)` (3 points)
#
# Collect the three callbacks that nearly every training should have.
#
# * `folder`: a `str` or a `Path`; it is made if it is missing, with all folders above it
# * returns a list with
#     * a `TensorBoard` whose logs go to `folder/logs`
#     * a `ModelCheckpoint` that keeps at `folder/best.keras` the whole network with the lowest `val_loss`
#     * an `EarlyStopping` that watches `val_loss`, with the given `patience`, takes nothing less than
#       1e-3 for an improvement, and restores the best weights
# * the order does not matter, and other callbacks may be there too, as long as they disturb neither training nor
#   files
#
# **Expected** Given `folder="runs/first"`, after a training there are the folder `runs/first/logs` and the file
# `runs/first/best.keras`.
#
# <details><summary>Hint 1: paths</summary>
#
# `folder = Path(folder)` takes both a string and a path. Then `folder / "logs"` is the path of what is inside.
# </details>
# <details><summary>Hint 2: making the folder</summary>
#
# `folder.mkdir(parents=True, exist_ok=True)`. Without `parents` it makes one level only; without `exist_ok`
# the second call fails.
# </details>
# <details><summary>Hint 3: the arguments</summary>
#
# `save_best_only=True` for the checkpoint; `patience`, `min_delta` and `restore_best_weights=True` for early
# stopping. All three classes are in `keras.callbacks`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "make_callbacks", "locked": false, "schema_version": 3, "solution": true, "task": false}
def make_callbacks(folder, patience=5):
    """TensorBoard in folder/logs, the best network in folder/best.keras, EarlyStopping; a list."""
    ### BEGIN SOLUTION
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    best = keras.callbacks.ModelCheckpoint(place / "best.keras", save_best_only=True)
    stop = keras.callbacks.EarlyStopping(
        monitor="val_loss", patience=patience, min_delta=0.001, restore_best_weights=True
    )
    return [keras.callbacks.TensorBoard(place / "logs"), best, stop]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_make_callbacks", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
checks.run("make_callbacks")

# %% tags=["skip-execution"]
run = logs_folder / "your callbacks"
_, history = overfit(make_callbacks(run))
val_losses = history.history["val_loss"]
print(f"stopped after epoch {len(val_losses)}, lowest validation loss {min(val_losses):.3f}")
print(sorted(path.name for path in run.iterdir()))

# %% [markdown]
# Go back to TensorBoard's page and press the reload arrow at its top right: the new run is there.
#
# A small thing that the tests of this exercise make use of: `ModelCheckpoint` knows no `min_delta`. To it 0.4992 is
# better than 0.5, and it saves. `EarlyStopping` with `min_delta=1e-3` does not think so. After slow progress
# `best.keras` and the restored weights can be those of different epochs.

# %% [markdown]
# ## The learning rate, by plan
#
# At the beginning long steps save time. Near the minimum they jump across it. So nearly everybody lowers
# the rate during training, and the simplest way is a plan.
#
# `LearningRateScheduler(schedule)` calls your function `schedule(epoch, learning_rate)` at the **beginning** of
# each epoch. `epoch` counts from 0, `learning_rate` is the rate in force, and what you return becomes the new one.

# %% [markdown]
# ### Exercise: `step_decay(epoch, learning_rate)` (1 point)
#
# A plan: half the rate every 10 epochs.
#
# * `epoch`: the number of the epoch, from 0
# * `learning_rate`: the rate in force so far, a float
# * returns half of it if `epoch` is 10, 20, 30 …, otherwise the same rate; a float (NumPy's are fine), which is
#   what `LearningRateScheduler` demands
#
# **Expected** `step_decay(10, 0.1)` gives `0.05`; `step_decay(0, 0.1)` and `step_decay(11, 0.1)` give `0.1`.
#
# <details><summary>Hint 1: the idea</summary>
#
# The remainder `epoch % 10` is 0 for 0, 10, 20 … One of these must be left out.
# </details>
# <details><summary>Hint 2: a trap</summary>
#
# `learning_rate` is not the rate from the beginning. Once it has been halved, you get the halved rate. So
# a formula such as `learning_rate * 0.5 ** (epoch // 10)` halves again and again.
# </details>


# %% nbgrader={"grade": false, "grade_id": "step_decay", "locked": false, "schema_version": 3, "solution": true, "task": false}
def step_decay(epoch, learning_rate):
    """Half the rate at epochs 10, 20, 30 ..., otherwise the rate as it is; a float."""
    ### BEGIN SOLUTION
    return learning_rate / 2 if epoch > 0 and epoch % 10 == 0 else learning_rate
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_step_decay", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
checks.run("step_decay")

# %% [markdown]
# Let us try it. All trainings in this section are the same but for the rate: SGD with momentum, beginning at 0.05,
# which is rather much.


# %% tags=["skip-execution"]
def train(learning_rate=0.05, callbacks=(), seed=0):
    """Train a fresh network for 30 epochs with SGD and momentum; return its History."""
    sgd = keras.optimizers.SGD(learning_rate, momentum=0.9)
    model = new_model(sgd, steps_per_execution=26, seed=seed)
    return model.fit(
        x_train,
        y_train,
        batch_size=64,
        epochs=30,
        validation_data=(x_valid, y_valid),
        verbose=0,
        callbacks=list(callbacks),
    )


rate_runs = {
    "constant": train(),
    "step_decay": train(callbacks=[keras.callbacks.LearningRateScheduler(step_decay)]),
}
rates = rate_runs["step_decay"].history["learning_rate"]
print("rates:", *(f"{rates[epoch]:.4f} (epoch {epoch})" for epoch in (0, 9, 10, 19, 20, 29)))
plots.compare_curves(rate_runs, "val_loss").set_title("Validation loss")
plt.show()

# %% [markdown]
# The constant rate keeps the network jumping about. Each halving calms it.
#
# The callback's plan has one value for each epoch. Keras has schedules of its own, objects that take the
# callback's place: you give them to the optimizer **instead of a number**. They set the rate anew for every
# **batch**, and are saved with the network.

# %% tags=["skip-execution"]
n_batches = -(-len(x_train) // 64)  # of one epoch
total = 30 * n_batches
schedules = {
    "ExponentialDecay": keras.optimizers.schedules.ExponentialDecay(
        0.05, decay_steps=10 * n_batches, decay_rate=0.3
    ),
    "ExponentialDecay, staircase": keras.optimizers.schedules.ExponentialDecay(
        0.05, decay_steps=10 * n_batches, decay_rate=0.3, staircase=True
    ),
    "PiecewiseConstantDecay": keras.optimizers.schedules.PiecewiseConstantDecay(
        boundaries=[12 * n_batches, 24 * n_batches], values=[0.05, 0.01, 0.002]
    ),
    "InverseTimeDecay": keras.optimizers.schedules.InverseTimeDecay(
        0.05, decay_steps=n_batches, decay_rate=0.5
    ),
    "PolynomialDecay": keras.optimizers.schedules.PolynomialDecay(
        0.05, decay_steps=total, end_learning_rate=0.0005, power=1.0
    ),
    "CosineDecay": keras.optimizers.schedules.CosineDecay(0.05, decay_steps=total),
    "CosineDecay with warm-up": keras.optimizers.schedules.CosineDecay(
        0.0, decay_steps=25 * n_batches, warmup_target=0.05, warmup_steps=5 * n_batches
    ),
    "CosineDecayRestarts": keras.optimizers.schedules.CosineDecayRestarts(
        0.05, first_decay_steps=5 * n_batches, t_mul=2.0, m_mul=0.7
    ),
}
batches = np.arange(0, total, 13)
figure, axes = plt.subplots(2, 4, figsize=(12, 4.6), layout="constrained", sharex=True, sharey=True)
for ax, (name, schedule) in zip(axes.ravel(), schedules.items(), strict=True):
    ax.plot(batches / n_batches, [float(schedule(step)) for step in batches], color="#0072B2")
    ax.set_title(name, fontsize=10)
    ax.grid(alpha=0.3)
for ax in axes[1]:
    ax.set_xlabel("epoch")
for ax in axes[:, 0]:
    ax.set_ylabel("learning rate")
plt.show()

# %% [markdown]
# All `steps` in these schedules are **batches**. `decay_steps=10` would be ten batches, over in a fraction of a second:
# that is the usual mistake. Multiply the epochs by the batches of an epoch.
#
# *Warm-up* begins with tiny steps and raises the rate over the first epochs. Large networks need it: their first
# gradients, from random weights, are not worth a long step. *Restarts* raise the rate again and again, in the hope of
# leaving a poor valley for a better one.

# %% tags=["skip-execution"]
rate_runs["cosine"] = train(schedules["CosineDecay"])
for name, history in rate_runs.items():
    losses = history.history["val_loss"]
    print(
        f"{name:11} best {min(losses):.3f}, mean of the last five epochs {np.mean(losses[-5:]):.3f}"
    )

# %% [markdown]
# | rate | mean validation loss of the last five epochs, three seeds |
# |---|---|
# | constant 0.05 | 0.340 to 0.351 |
# | `step_decay` | 0.302 to 0.317 |
# | `CosineDecay` | 0.302 to 0.317 |
#
# An optimizer that was given a schedule lets nobody else set its rate. `LearningRateScheduler` and
# `ReduceLROnPlateau` end with a `TypeError` then. Decide for one or the other.

# %% [markdown]
# ## A callback of your own
#
# Remember the moments. To write a callback: decide at which moment it has to act, what it must remember between
# moments, and when the memory begins anew.
#
# Keras's `History` records one value for each epoch. Here is one that records each batch.

# %% [markdown]
# ### Exercise: `class BatchLossHistory` (2 points)
#
# A callback, a subclass of `keras.callbacks.Callback`, made by `BatchLossHistory()`. It has the attribute
#
# * `losses`: a list with, for each **training batch** of the latest `fit`, the value `logs["loss"]` that Keras
#   reports after the batch, as a float; empty before the first `fit`
#
# The same object may be used for several calls of `fit`; each begins with an empty list. Two objects have
# nothing in common.
#
# **Expected** After `fit` with 3 batches and 2 epochs `losses` has 6 numbers. After another `fit` with 3 batches and
# 1 epoch it has 3.
#
# <details><summary>Hint 1: the moments</summary>
#
# `on_train_begin(self, logs=None)` comes once for each `fit`, `on_train_batch_end(self, batch, logs=None)` after
# each training batch.
# </details>
# <details><summary>Hint 2: the beginning</summary>
#
# Before the first `fit` the list must be there already: make it in `__init__`, after `super().__init__()`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "BatchLossHistory", "locked": false, "schema_version": 3, "solution": true, "task": false}
class BatchLossHistory(keras.callbacks.Callback):
    """Records in `losses` what Keras reports as the loss after each batch of the latest fit."""

    def __init__(self):
        ### BEGIN SOLUTION
        super().__init__()
        self.losses = []

    def on_train_begin(self, logs=None):
        self.losses = []

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(float(logs["loss"]))
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_BatchLossHistory", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("BatchLossHistory")

# %% tags=["skip-execution"]
batch_history = BatchLossHistory()
model = new_model(keras.optimizers.Adam(0.003))
history = model.fit(x_train[:3200], y_train[:3200], epochs=4, verbose=0, callbacks=[batch_history])

reported = np.reshape(batch_history.losses, (4, 100))  # four epochs of 100 batches
counts = np.arange(1, 101)
single = np.diff(reported * counts, prepend=0, axis=1)  # undoes the mean
figure, ax = plt.subplots(figsize=(8, 3.6), layout="constrained")
ax.plot(single.ravel(), color="0.7", linewidth=0.8, label="loss of the single batch")
ax.plot(reported.ravel(), color="#0072B2", label='logs["loss"], as Keras reports it')
for start in (100, 200, 300):
    ax.axvline(start, color="black", linestyle=":", linewidth=1)
ax.set(xlabel="batch", ylabel="loss", ylim=(0, 4), title="The reported loss is a running mean")
ax.legend()
plt.show()

# %% [markdown]
# Blue is what you recorded. It is smooth within an epoch and jumps at the dotted lines, where the next one begins. The
# reason: `logs["loss"]` is **not the loss of the batch**. It is the mean over all examples of the epoch so far. At the
# end of the epoch it is the value that `history` and the progress bar show, and that is what it is made for.
#
# This is the most common misreading of batch-wise logs. A "loss that falls fast at first and then hardly moves" may be
# nothing but the mean getting heavier. The grey line undoes the mean.

# %% [markdown]
# ### Exercise: `class StopAtAccuracy(target)` (2 points)
#
# A callback that ends the training as soon as it is good enough.
#
# * `target`: a number between 0 and 1
# * at the end of an epoch (`on_epoch_end`) it looks at `val_accuracy`; where this epoch's `logs` have no
#   `val_accuracy`, at `accuracy`
# * if that is `target` **or more**, `fit` stops after this epoch, otherwise it goes on
# * `logs` may be `None`, or have neither of the two: then it goes on
#
# **Expected** With `StopAtAccuracy(0.9)` and the validation accuracies 0.7, 0.85, 0.9, 0.95 `fit` stops after the
# third epoch.
#
# <details><summary>Hint 1: stopping</summary>
#
# `self.model.stop_training = True`. `fit` looks at it after each epoch.
# </details>
# <details><summary>Hint 2: what is there?</summary>
#
# `"val_accuracy" in logs` says whether there is one. With `fit(validation_freq=2)` only every second epoch
# has one. `logs = logs or {}` makes a dict of `None`.
# </details>
# <details><summary>Hint 3: a trap</summary>
#
# `logs.get("val_accuracy") or logs.get("accuracy")` looks elegant. But an accuracy of 0.0 counts as
# "nothing there" for `or`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "StopAtAccuracy", "locked": false, "schema_version": 3, "solution": true, "task": false}
class StopAtAccuracy(keras.callbacks.Callback):
    """Stops fit after the first epoch whose val_accuracy (or else accuracy) reaches the target."""

    def __init__(self, target):
        ### BEGIN SOLUTION
        super().__init__()
        self.target = target

    def on_epoch_end(self, epoch, logs=None):
        logs = logs or {}
        accuracy = logs.get("val_accuracy", logs.get("accuracy"))
        if accuracy is not None and accuracy >= self.target:
            self.model.stop_training = True
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_StopAtAccuracy", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("StopAtAccuracy")

# %% tags=["skip-execution"]
classifier = new_classifier()
history = classifier.fit(
    images_train,
    labels_train,
    epochs=30,
    validation_data=(images_valid, labels_valid),
    verbose=0,
    callbacks=[StopAtAccuracy(0.8)],
)
print("validation accuracy", np.round(history.history["val_accuracy"], 3))

# %% [markdown]
# It stops at the first epoch that reaches 0.8. Such a target is useful for comparing how *long* two methods take. As a
# way of choosing a network it is a poor one: it stops when it may still be getting better.

# %% [markdown]
# ## The learning rate, when nothing moves
#
# A plan must be made before one knows the training. `ReduceLROnPlateau` watches instead: when the validation loss has
# not improved for `patience` epochs, it multiplies the rate by `factor`.

# %% tags=["skip-execution"]
plateau = keras.callbacks.ReduceLROnPlateau(
    monitor="val_loss", factor=0.2, patience=4, min_delta=1e-3, min_lr=1e-5
)
rate_runs["on plateau"] = train(callbacks=[plateau])

figure, (left, right) = plt.subplots(1, 2, figsize=(11, 3.8), layout="constrained")
chosen = {name: rate_runs[name] for name in ("constant", "step_decay", "on plateau")}
plots.compare_curves(chosen, "val_loss", ax=left)
styles = zip(("-", "--", "-."), plots.COLOURS, strict=False)
for (name, history), (line, colour) in zip(chosen.items(), styles, strict=True):
    rates = history.history.get("learning_rate", [0.05] * 30)
    right.step(range(1, 31), rates, line, color=colour, where="mid", label=name)
right.set(xlabel="epoch", ylabel="learning rate", yscale="log", title="rate during the epoch")
right.grid(alpha=0.3)
right.legend()
plt.show()
losses = rate_runs["on plateau"].history["val_loss"]
print(f"mean validation loss of the last five epochs {np.mean(losses[-5:]):.3f}")

# %% [markdown]
# With each cut the loss takes a step down. Three seeds ended between 0.304 and 0.309, against 0.334 to 0.352 with
# the constant rate.
#
# The patience must fit the number of epochs. The default is 10. In a training of 10 epochs it can never act: the
# first epoch is always the best so far, and only nine are left. And where `EarlyStopping` is in the list too, it needs
# the **longer** patience, or it stops before a cut could help.
#
# `history.history["learning_rate"]` has the rate *during* each epoch. The cut happens at its end and shows up one epoch
# later.
#
# Move the sliders. The curve is a recording, of the training with a constant rate or of the overfitted one, so it
# does not react to the cuts; what you see is when the two callbacks would have acted.

# %% tags=["skip-execution"]
widgets.plateau_explorer(
    {
        "constant rate": rate_runs["constant"].history["val_loss"],
        "300 districts": history_to_the_end.history["val_loss"],
        "Predict": predicted,
    },
    learning_rate=0.05,
)

# %% [markdown]
# Try these:
#
# * The curve *Predict*: let it stop after epoch 6, then not at all. What is the smallest patience for that?
# * The constant rate with patience 1: every bump is a cut, and soon the rate is so small that the training would
#   stand still.
# * A large `min_delta`: only the first epochs count as improvements, and the rest is a plateau.
# * Is there a patience with which `EarlyStopping` stops the curve *300 districts* at its best epoch? Why not?

# %% [markdown]
# ### Exercise: `reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=10, min_delta=1e-4, min_lr=0.0)` (3 points)
#
# Write the rule, as `keras.callbacks.ReduceLROnPlateau` follows it (without `cooldown`). Go through the epochs, and
# remember the best loss so far and how many epochs in a row have not improved on it:
#
# * the first epoch is the best so far. A later one is an **improvement** if its loss is below `best - min_delta`; it
#   becomes the best, and the count goes back to 0
# * otherwise the count rises by 1. If it has reached `patience`, the rate is multiplied by `factor` but does not
#   go below `min_lr`, and the count goes back to 0. **The best loss stays what it was.** `patience=0` acts like 1
# * a rate that is at or below `min_lr` already is left alone, never raised
#
# Arguments and result:
#
# * `val_losses`: a list of numbers, one for each epoch; leave it unchanged
# * `learning_rate`: the rate in the first epoch
# * returns a list of the same length: the rate in force **after** each epoch, that is, after a cut at its end
#
# **Expected** `reduce_on_plateau([1.0, 0.8, 0.9, 0.8, 0.7, 0.75, 0.71, 0.72], 0.1, factor=0.5, patience=2)`
# gives `[0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.025, 0.025]`.
#
# <details><summary>Hint 1: the idea</summary>
#
# It is the loop of `early_stopping` in lesson 07. Instead of stopping, it cuts the rate and goes on. Three
# variables change: `best`, `wait`, `learning_rate`.
# </details>
# <details><summary>Hint 2: the beginning</summary>
#
# Start with `best = float("inf")` (`np.inf`): then the first epoch is an improvement by itself.
# </details>
# <details><summary>Hint 3: the cut</summary>
#
# `max(learning_rate * factor, min_lr)`, but only where `learning_rate > min_lr`. Append the rate to the result at
# the end of each turn, after a cut.
# </details>


# %% nbgrader={"grade": false, "grade_id": "reduce_on_plateau", "locked": false, "schema_version": 3, "solution": true, "task": false}
def reduce_on_plateau(
    val_losses, learning_rate, factor=0.1, patience=10, min_delta=1e-4, min_lr=0.0
):
    """The rate in force after each epoch, as ReduceLROnPlateau without cooldown sets it; a list."""
    ### BEGIN SOLUTION
    best, wait, rates = np.inf, 0, []
    for loss in val_losses:
        if loss < best - min_delta:
            best, wait = loss, 0
        else:
            wait += 1
            if wait >= patience and learning_rate > min_lr:
                learning_rate, wait = max(learning_rate * factor, min_lr), 0
        rates.append(learning_rate)
    return rates
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_reduce_on_plateau", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
checks.run("reduce_on_plateau")

# %% [markdown]
# The proof of it: your rule, given the validation losses of the training above, should find the rates that Keras used.
# They are shifted by one epoch, because Keras notes the rate during the epoch.

# %% tags=["skip-execution"]
record = rate_runs["on plateau"].history
yours = reduce_on_plateau(
    record["val_loss"], 0.05, factor=0.2, patience=4, min_delta=1e-3, min_lr=1e-5
)
print("the same as Keras:", np.allclose(yours[:-1], record["learning_rate"][1:]))

# %% [markdown]
# ## When things go wrong
#
# ### TerminateOnNaN
#
# Raw features, unscaled, and a rate of 0.01: the population of a district is in the thousands, the steps are enormous, and
# the loss is infinite before the epoch is over. From then on nothing can be learnt. `TerminateOnNaN` looks after each
# batch and stops at the first loss that is `nan` or infinite.

# %% tags=["skip-execution"]
batch_history = BatchLossHistory()
model = new_model(keras.optimizers.SGD(0.01))
history = model.fit(
    x_train_raw,
    y_train,
    epochs=20,
    verbose=0,
    callbacks=[keras.callbacks.TerminateOnNaN(), batch_history],
)
planned = 20 * -(-len(x_train_raw) // 32)
print(f"{len(batch_history.losses)} of {planned:,} batches were trained")
print("reported losses", *(f"{loss:.2g}" for loss in batch_history.losses[:4]), "...")

# %% [markdown]
# It ended after 7 to 36 batches, with three seeds, instead of 20 epochs. On a rented computer that is money. It says *that* something
# is wrong; to find out *what* is left to you: unscaled inputs, too high a rate, a logarithm of 0.
#
# `EarlyStopping` would also stop in the end: `nan` is never an improvement. But it waits for whole epochs.

# %% [markdown]
# ### BackupAndRestore
#
# A training of two days, and a power cut on the second. `BackupAndRestore(folder)` writes after each epoch what is needed to go
# on: weights, the optimizer's state, the number of the epoch. If `fit` finds such a backup, it goes on where it was.
# When a training ends regularly, the backup is deleted.
#
# We make the power cut ourselves: a callback that raises an exception.


# %% tags=["skip-execution"]
class PowerCut(keras.callbacks.Callback):
    """Breaks the training off at the beginning of epoch 4."""

    def on_epoch_begin(self, epoch, logs=None):
        if epoch == 4:
            raise RuntimeError("the lights go out")


def train_for_eight_epochs(callbacks):
    """The same training each time: fresh network, same seed."""
    model = new_model(keras.optimizers.Adam(0.003), steps_per_execution=13)
    history = model.fit(
        x_train,
        y_train,
        batch_size=64,
        epochs=8,
        validation_data=(x_valid, y_valid),
        verbose=0,
        callbacks=callbacks,
    )
    return model, history


backup_folder = Path(tempfile.mkdtemp()) / "backup"
try:
    train_for_eight_epochs([keras.callbacks.BackupAndRestore(backup_folder), PowerCut()])
except RuntimeError as error:
    print("interrupted:", error)
    print("left behind:", sorted(path.name for path in backup_folder.iterdir()))

model, history = train_for_eight_epochs([keras.callbacks.BackupAndRestore(backup_folder)])
print("epochs of the second fit:", history.epoch)
print("backup still there:", backup_folder.exists())

uninterrupted, history_uninterrupted = train_for_eight_epochs([])
print("validation losses of epochs 4 to 7")
print("  interrupted, continued", np.round(history.history["val_loss"], 5))
print("  never interrupted     ", np.round(history_uninterrupted.history["val_loss"][4:], 5))

# %% [markdown]
# To the last digit. Weights and Adam's averages were in the backup, and after `set_random_seed` the order of the examples
# is the same in every epoch. Without a seed, or with dropout, the continued training would be another one, but
# just as good.
#
# `epochs=8` is the goal, not the number of epochs still to go. And note what is *not* in the backup: the memory of other
# callbacks. An `EarlyStopping` begins to count anew.

# %% [markdown]
# ### Putting TensorBoard away
#
# TensorBoard ends with the kernel. To end it now, stop it. (If you have run all cells at once, it is stopped by now; run
# the cell with `board.show` again, and it comes back.)

# %% tags=["skip-execution"]
board.stop()
print(board)

# %% [markdown]
# ## Check your understanding
#
# **Question 1.** `EarlyStopping(patience=5)` stops a training after epoch 20, without `restore_best_weights`. Which
# weights does the network have?
#
# <details><summary>A. Those of epoch 15, the best one</summary>
#
# No. They are the best, but nobody has put them back.
# </details>
# <details><summary>B. Those of epoch 20</summary>
#
# Right. Stopping changes no weights. Five epochs without improvement are in them.
# </details>
# <details><summary>C. Those that `ModelCheckpoint` has saved</summary>
#
# No. `ModelCheckpoint` writes files. The network itself it leaves alone; you would have to load the file.
# </details>
#
# **Question 2.** 10 epochs, `ReduceLROnPlateau(patience=10)` and `EarlyStopping(patience=3)`. What does the first of
# the two do?
#
# <details><summary>A. It cuts the rate once, in the last epoch</summary>
#
# No. The first epoch is an improvement, so at most nine are left without one.
# </details>
# <details><summary>B. Nothing</summary>
#
# Right. Its patience cannot run out in 10 epochs, and `EarlyStopping` would end the training long before.
# </details>
# <details><summary>C. It cuts the rate whenever the loss rises</summary>
#
# No. That would be `patience=1`, and even then only if the loss rises above its best value so far.
# </details>
#
# **Question 3.** With batches of 64 an epoch has 182 of them. You give the optimizer
# `ExponentialDecay(0.1, decay_steps=10, decay_rate=0.5)` because the rate should halve every 10 epochs. What happens?
#
# <details><summary>A. The rate halves every 10 epochs</summary>
#
# No. Steps are batches. `LearningRateScheduler` counts epochs; schedules do not.
# </details>
# <details><summary>B. It halves every 10 batches, and the training stands still before the first epoch is over</summary>
#
# Right. After 182 batches it has halved 18 times: 0.1 has become 0.0000003. `decay_steps=1820` was meant.
# </details>
# <details><summary>C. Keras raises an error</summary>
#
# No. It cannot know what you meant.
# </details>
#
# **Question 4.** In a callback you print `logs["loss"]` after each batch. It falls from 2.0 to 0.8 in the first
# epoch, then jumps to 0.5 at the first batch of the second. What has happened?
#
# <details><summary>A. The network has learnt a lot between the two epochs</summary>
#
# No. Between two epochs no weight changes.
# </details>
# <details><summary>B. The first batch of the second epoch was an easy one</summary>
#
# Possible, but it is not needed as an explanation, and it would not happen in every epoch.
# </details>
# <details><summary>C. The running mean began anew</summary>
#
# Right. 0.8 was the mean over the whole first epoch, with its bad beginning. 0.5 is the mean of a single batch.
# </details>

# %% [markdown]
# ## Then and now
#
# Older tutorials write some of this differently. Each line was run with TensorFlow 2.21 and Keras 3.
#
# | then | what happens today | now |
# |---|---|---|
# | `ModelCheckpoint("best.keras", period=5)` | `TypeError` | `save_freq=`, a number of batches, or `"epoch"` |
# | `ModelCheckpoint("w.h5", save_weights_only=True)` | `ValueError` | `"w.weights.h5"` |
# | `ModelCheckpoint("{val_acc:.2f}.keras")` with `metrics=["accuracy"]` | `KeyError` | `"{val_accuracy:.2f}.keras"` |
# | `EarlyStopping(monitor="val_acc")` with `metrics=["accuracy"]` | `ValueError` | `monitor="val_accuracy"` |
# | `K.set_value(model.optimizer.lr, 0.1)` | `AttributeError` | `model.optimizer.learning_rate = 0.1` |
# | `history.history["lr"]` after `ReduceLROnPlateau` | `KeyError` | `history.history["learning_rate"]` |
# | `SGD(0.1, decay=0.001)` | ignored, with a warning | a schedule, such as `InverseTimeDecay(0.1, 1, 0.001)` |
# | `TensorBoard("logs", write_grads=True)` | `TypeError` | `histogram_freq=1` for the weights; gradients in a callback of your own |
# | `tf.summary.FileWriter("logs")` | `AttributeError` | `tf.summary.create_file_writer("logs")` |

# %% [markdown]
# ## Summary
#
# * A callback is an object whose methods `fit` calls at fixed moments, with what is known then in `logs`. Setting
#   `self.model.stop_training = True` ends the training.
# * `EarlyStopping` needs `restore_best_weights=True`, a patience longer than the bumps of the curve, and a validation value to
#   watch. `ModelCheckpoint` keeps the best on disk.
# * A falling rate turns a training that jumps about into one that arrives: by plan, epoch by epoch or batch by batch,
#   or on a plateau.
# * `logs["loss"]` after a batch is the mean of the epoch so far.
# * TensorBoard compares runs, one folder each, and shows what a curve does not: weights, graphs, pictures.
# * `TerminateOnNaN` saves time when all is lost, `BackupAndRestore` when it is not.
#
# ## Where to go next
#
# Lesson 11 is about the files: what is in `best.keras`, in a `.weights.h5`, and how to go on exactly where a training
# ended. Lesson 12 opens `fit` itself: you write the loop that has called your callbacks.
#
# Go on with [11 · Saving, loading, serving](../11_saving/11_saving.ipynb)
