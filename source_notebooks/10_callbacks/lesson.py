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
# * find a learning rate with a sweep, and lower it by a plan or when the validation loss stands still
# * follow a training in TensorBoard: curves, histograms, the graph
# * let a training end early when it has failed
#
# **Before you start** You need `compile` and `fit` (lesson 03), classes that inherit from Keras's
# (lesson 05), Fashion-MNIST (lesson 06) and the housing data with its early stopping (lesson 07).
#
# **Running time** about 1.5 minutes on two cores with the sample data; reading about 55 minutes, exercises about 60.

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
# `fit` is given `EarlyStopping(monitor="val_loss", patience=3)`. Commit to your answers.

# %% tags=["skip-execution"]
widgets.commit_box(
    "After which epoch does the training stop, and which epoch's weights does the network have then?",
    {
        "It stops after 6 and has the weights of 6": "The second 0.36 is no better than the first. Epochs 4, 5 and 6 bring no "
        "improvement. Stopping changes no weights: those of epoch 3 would need `restore_best_weights=True`.",
        "It stops after 6 and has the weights of 3": "It does stop there, but the default is `restore_best_weights=False`.",
        "It stops after 8 and has the weights of 8": "Epochs 4, 5 and 6 bring no improvement on 0.36, and the patience is 3.",
    },
    answer="It stops after 6 and has the weights of 6",
)

# %% tags=["skip-execution"]
widgets.commit_box(
    "And with `patience=4`: after which epoch does it end?",
    {
        "After 7": "The loss of epoch 7 is 0.33, which is an improvement. The count starts anew.",
        "After 8": "Epochs 4 to 6 bring no improvement, but epoch 7 does, before the patience is used up.",
        "After 6": "Only three epochs in a row without improvement have passed then. The patience is 4.",
    },
    answer="After 8",
)

# %% [markdown]
# ## The data and the network
#
# Most of this lesson uses California housing, split and standardised as in lesson 07. Features beyond 5
# standard deviations are clipped. A few districts with extreme household sizes would otherwise disturb the
# curves.
#
# The test set is not used here. Callbacks make choices, and choices are made on the validation set.

# %% tags=["skip-execution"]
from sklearn.model_selection import train_test_split

housing = data.load_california_housing()
rest, _, y_rest, _ = train_test_split(housing.data, housing.target, random_state=7)
x_train_raw, x_valid_raw, y_train, y_valid = train_test_split(rest, y_rest, random_state=1)

mean, std = x_train_raw.mean(axis=0), x_train_raw.std(axis=0)
x_train = np.clip((x_train_raw - mean) / std, -5, 5).astype("float32")
x_valid = np.clip((x_valid_raw - mean) / std, -5, 5).astype("float32")
validation = (x_valid, y_valid)
print(f"{len(x_train):,} districts for training, {len(x_valid):,} for validation")


# %% tags=["skip-execution"]
def new_model(optimizer="sgd", hidden_units=(30,), steps_per_execution=1, seed=0):
    """A fresh compiled network for the housing data, the same weights for the same seed."""
    keras.utils.set_random_seed(seed)
    hidden = [keras.layers.Dense(units, activation="relu") for units in hidden_units]
    model = keras.Sequential([keras.Input((8,)), *hidden, keras.layers.Dense(1)])
    model.compile(optimizer, loss="mean_squared_error", steps_per_execution=steps_per_execution)
    return model


# %% [markdown]
# `new_model` gives a **fresh** network each time. A second `fit` on the same network would go on from where the
# first one ended.

# %% [markdown]
# ## What a callback is
#
# `fit` is a loop over epochs, and inside it a loop over batches. At fixed moments it calls the methods of the objects in
# `callbacks=[...]`. Such an object is a **callback**: you do not call it, it is called back.
#
# A callback is a subclass of `keras.callbacks.Callback`. Its methods are named after the moments. This one
# only says when it is called, and with what.


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


model = new_model()
say = {"verbose": 0, "callbacks": [Moments()]}
history = model.fit(x_train[:96], y_train[:96], epochs=2, validation_data=validation, **say)

# %% [markdown]
# Read it line by line.
#
# * Epochs and batches count from 0. The progress bar and file names count epochs from 1.
# * `logs` is a dict. After a batch it holds the training loss and the metrics. After an epoch it also
#   holds the values with `val_`. At the beginning of something there is nothing to report yet.
# * Validation runs **inside** the epoch, before `on_epoch_end`.
# * All callbacks of a `fit` get the same dict. Read from it, and do not change it.
# * The loss changes in steps within an epoch and starts anew with the next. We come back to that.
#
# There is also a `…_begin` for batches and an `…_end` for the test and for the training. The same moments exist for
# `predict`. A method that you do not define does nothing. Inside a method `self.model` is the network, with its weights, its
# optimizer and `stop_training`.
#
# Something short needs no class: `LambdaCallback` takes functions.

# %% tags=["skip-execution"]
tell = keras.callbacks.LambdaCallback(
    on_epoch_end=lambda epoch, logs: print(f"epoch {epoch}: {logs['val_loss']:.3f}")
)
model = new_model(steps_per_execution=11)
history = model.fit(
    x_train, y_train, epochs=3, validation_data=validation, verbose=0, callbacks=[tell]
)

# %% [markdown]
# ## EarlyStopping
#
# A network that is too large for its data first learns general rules, and then learns the training examples by
# heart. In lesson 07 you wrote the rule that stops it. Here is its effect on a training that
# overfits: 300 districts, and two hidden layers of 100 units.


# %% tags=["skip-execution"]
def overfit(callbacks=()):
    """Train a large network on 300 districts for up to 60 epochs; return its History."""
    model = new_model(keras.optimizers.Adam(0.003), (100, 100), steps_per_execution=5)
    few = {
        "x": x_train[:300],
        "y": y_train[:300],
        "validation_data": (x_valid[:2000], y_valid[:2000]),
    }
    return model.fit(**few, epochs=60, verbose=0, callbacks=list(callbacks))


to_the_end = overfit()
stopper = keras.callbacks.EarlyStopping(
    monitor="val_loss", patience=8, min_delta=1e-3, restore_best_weights=True
)
stopped = overfit([stopper])
print(
    f"stopped after epoch {len(stopped.epoch)}, with the weights of epoch {stopper.best_epoch + 1}"
)
print(
    f"validation loss: restored {stopper.best:.3f}, after 60 epochs {to_the_end.history['val_loss'][-1]:.3f}"
)

figure = plots.learning_curves(to_the_end, "300 districts, 60 epochs")
ax = figure.axes[0]
ax.axvline(len(stopped.epoch), color="black", linestyle=":", label="EarlyStopping stops")
ax.set_ylim(0, 0.8)
ax.legend()
plt.show()

# %% [markdown]
# The training loss goes on falling, apart from a jump at the very end. The validation loss stops falling early, and is
# restless and mostly higher later on.
# The dotted line shows where the second training stopped.
#
# `patience=8` means: stop when eight epochs in a row have not beaten the best validation loss. `min_delta=1e-3` means: a gain
# of 0.001 or less does not count.
#
# At that moment eight epochs without improvement are in the weights. `restore_best_weights=True` puts back those of the best
# epoch. Keras restores them at the end of `fit`, whether it stopped early or ran through. If *you* interrupt `fit`, its last
# moment, `on_train_end`, is never reached, and nothing is restored.
#
# **Your prediction.** A callback is an object with methods, so we can play `fit` and call them ourselves.

# %% tags=["skip-execution"]
predicted = [0.50, 0.40, 0.36, 0.37, 0.36, 0.38, 0.33, 0.32]
for patience in (3, 4):
    rule = keras.callbacks.EarlyStopping(monitor="val_loss", patience=patience)
    rule.set_model(new_model())
    rule.model.stop_training = False
    rule.on_train_begin()
    for epoch, loss in enumerate(predicted):
        rule.on_epoch_end(epoch, {"val_loss": loss})
        if rule.model.stop_training:
            break
    print(f"patience {patience}: ends after epoch {epoch + 1}, the best was {rule.best_epoch + 1}")

# %% [markdown]
# With patience 3 it stops after epoch 6, and the better losses that follow are never seen. With patience 4 the training runs
# to its end at 0.32. Too little patience mistakes a bump for the end.
#
# Old examples often use patience 1, or watch the *training* accuracy. The training accuracy keeps improving while the network
# overfits.

# %% [markdown]
# ## ModelCheckpoint and CSVLogger
#
# `EarlyStopping` keeps the best weights in memory. If the computer crashes, they are lost. `ModelCheckpoint`
# writes to disk. `CSVLogger` does the same for the history: after each epoch it writes a line that any spreadsheet can read.

# %% tags=["skip-execution"]
import pandas as pd

folder = Path(tempfile.mkdtemp())
Checkpoint = keras.callbacks.ModelCheckpoint
writers = [
    # The whole network, whenever the validation loss is the best so far.
    Checkpoint(folder / "best.keras", monitor="val_loss", save_best_only=True),
    # The weights alone, after each epoch, with epoch and loss in the name.
    Checkpoint(folder / "{epoch:02d}-{val_loss:.2f}.weights.h5", save_weights_only=True),
    # Every 300 batches, whether an epoch ends there or not.
    Checkpoint(folder / "batch-{epoch:02d}-{batch:04d}.keras", save_freq=300),
    keras.callbacks.CSVLogger(folder / "log.csv"),
]
model = new_model(keras.optimizers.SGD(0.05, momentum=0.9))
fit = {"batch_size": 64, "validation_data": validation, "verbose": 0}
history = model.fit(x_train, y_train, epochs=5, callbacks=writers, **fit)
for path in sorted(folder.iterdir()):
    print(f"{path.name:26} {path.stat().st_size:7,} bytes")
best = keras.models.load_model(folder / "best.keras")
print(f"best.keras: validation loss {best.evaluate(*validation, verbose=0):.4f}")
print(f"the network: validation loss {model.evaluate(*validation, verbose=0):.4f}")
pd.read_csv(folder / "log.csv").round(4)

# %% [markdown]
# * **`save_best_only=True`** overwrites one and the same file, which always holds the best network so far.
#   After the training the network itself still has the weights of the last epoch.
#   `monitor` must be a validation value. With the test set there, the test would choose the network, and its
#   result would no longer be a test.
# * **`save_weights_only=True`** needs the ending `.weights.h5`. Such a file is of use only to somebody who can
#   build the same network (lesson 11).
# * **The file name** is a pattern. `{epoch:02d}` is the epoch, counted from 1, with two digits.
#   `{val_loss:.2f}` and any other name in `logs` can stand there too.
# * **`save_freq=300`** counts batches, not epochs, and counts on from epoch to epoch. In the middle of an epoch there
#   is no validation loss. `{val_loss}` in the name is a `KeyError` then, and `save_best_only` does not save.

# %% [markdown]
# ## TensorBoard
#
# TensorBoard shows a training while it runs, beside yesterday's, and looks into the layers. It has two halves.
#
# 1. The **callback** `keras.callbacks.TensorBoard` writes log files during training.
# 2. The **program** TensorBoard reads the folder with the log files and shows them as a page in the browser. It
#    may run before, during or after the training.
#
# For this section we take Fashion-MNIST: 4,000 images for training and 1,000 for validation.

# %% tags=["skip-execution"]
fashion = data.load_fashion_mnist()
print(fashion)
images, labels = fashion.x_train[:5000].astype("float32") / 255, fashion.y_train[:5000]
fashion_fit = {
    "x": images[:4000],
    "y": labels[:4000],
    "validation_data": (images[4000:], labels[4000:]),
    "batch_size": 64,
    "verbose": 0,
}


def new_classifier(learning_rate=0.001):
    """A fresh compiled classifier for Fashion-MNIST."""
    keras.utils.set_random_seed(0)
    hidden = keras.layers.Dense(64, activation="relu", name="hidden")
    classes = keras.layers.Dense(10, activation="softmax", name="classes")
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten(), hidden, classes])
    adam = keras.optimizers.Adam(learning_rate)
    model.compile(adam, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


logs_folder = Path(tempfile.mkdtemp()) / "logs"
fashion_runs = {}
for rate in (0.0003, 0.003, 0.03):
    name = f"rate {rate}"
    board_writer = keras.callbacks.TensorBoard(
        logs_folder / name, histogram_freq=1, write_graph=True
    )
    fashion_runs[name] = new_classifier(rate).fit(**fashion_fit, epochs=8, callbacks=[board_writer])
plots.compare_curves(fashion_runs, "val_loss")
plt.show()

# %% [markdown]
# `histogram_freq=1` records after each epoch how the weights of each layer are distributed. `write_graph=True`, the default,
# draws the network.
#
# Each training writes into a folder of its own below `logs`, and each folder becomes a **run** that TensorBoard
# can show or hide. Two trainings in the same folder become one tangle. Many people put the date and time into the folder's name.
#
# `Board`, a helper of this course, starts the program on a free port, waits until it answers, and ends it
# together with the notebook's kernel. In a terminal you would type `tensorboard --logdir logs`.

# %% tags=["skip-execution"]
from helpers.tensorboard import Board

board = Board(logs_folder)
board.show("scalars")

# %% [markdown]
# Everything in the page can be clicked.
#
# * **Scalars**: one chart for each quantity, one line for each run. Set *Smoothing* to 0: with eight epochs you want the
#   numbers themselves. Which rate is too small, which too large? Compare `epoch_loss` of training and
#   validation.
# * **Histograms** and **Distributions**: `hidden/kernel`. With the small rate it keeps its shape. With the large
#   one it spreads.
# * **Graphs**: choose a run that ends in *train*, then *Conceptual graph* under *Graph type*. A double click opens
#   the box, and the network is drawn as you built it. Until then the page says *Graph visualization failed*: it looks for an
#   *Op graph*, the single operations, which Keras 3 does not write.
#
# If the frame is empty, JupyterLab probably runs on another computer than your browser, and the address
# `127.0.0.1` means *this computer*. The figure above the page shows the most important curves without it.
#
# In the figure the smallest rate is still on its way down after eight epochs. The middle one is below the others in every epoch.
# The largest jumps about.
#
# TensorBoard also shows pictures, and embeddings in its projector. *Going further* (at the end) writes both.

# %% [markdown]
# ### Exercise: `make_callbacks(folder, patience=5)` (3 points)
#
# Collect the three callbacks that nearly every training should have.
#
# * `folder`: a `str` or a `Path`. It is made if it is missing, with all folders above it. If it is there already, that is no
#   error
# * returns a list with
#     * a `TensorBoard` whose logs go to `folder/logs`
#     * a `ModelCheckpoint` that keeps at `folder/best.keras` the whole network with the lowest `val_loss`
#     * an `EarlyStopping` that watches `val_loss`, with the given `patience`, a `min_delta` of 1e-3, and the best weights
#       restored
# * the order does not matter, and other callbacks may be there too, as long as they disturb neither training nor
#   files
#
# **Expected** Given `folder="runs/first"`, after a training there are the folder `runs/first/logs` and the file
# `runs/first/best.keras`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Make the folder first, then the three callbacks with paths inside it. Each bullet of the task is one argument of a class in
# `keras.callbacks`.
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `Path(p)` takes a string and a path. `p / "name"` is a path inside. `help(Path.mkdir)` says what its two switches
# are good for: folders above that are missing, and a folder that exists.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# Highest accuracy, for a folder that is there: `ModelCheckpoint(Path("runs") / "top.keras", monitor="val_accuracy",
# mode="max", save_best_only=True)`. A loss is better when it is lower. Keras knows that from the name.
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
val_losses = overfit(make_callbacks(run)).history["val_loss"]
print(f"stopped after epoch {len(val_losses)}, lowest validation loss {min(val_losses):.3f}")
print(sorted(path.name for path in run.iterdir()))

# %% [markdown]
# Press the reload arrow at the top right of TensorBoard's page: the new run is there.
#
# `ModelCheckpoint` knows no `min_delta`. To it 0.4992 is better than 0.5, and it saves. `EarlyStopping` with
# `min_delta=1e-3` does not count that. After slow progress `best.keras` and the restored weights can be those of
# different epochs.

# %% [markdown]
# ## The learning rate, by plan
#
# At the beginning long steps save time. Near the minimum they jump across it. So the rate is usually lowered during
# training, and the simplest way is a plan.
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
# * returns half of it if `epoch` is 10, 20, 30 …, otherwise the same rate. A float (NumPy's are fine): that is
#   what `LearningRateScheduler` demands
#
# **Expected** `step_decay(10, 0.1)` gives `0.05`. `step_decay(0, 0.1)` and `step_decay(11, 0.1)` give `0.1`.
#
# <details><summary>Hint 1: the idea</summary>
#
# There are two cases only. Which epochs belong to the first? Look at 0 with care. `learning_rate` has been halved
# before: it is not the rate of the first epoch.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `a % b` is the remainder of a division.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# Every third day from day 3 on, a plant gets water: `day >= 3 and day % 3 == 0`.
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
# Let us try it, with SGD and momentum at 0.05, which is a high rate here.
#
# The batches come from `tf.data`, which shuffles them anew in each epoch. After `set_random_seed`, `fit` shuffles an array too,
# but in **the same order in every epoch**. Each epoch then repeats the same steps, and the loss at its end hides how far a
# constant rate jumps about. *Going further* compares the two.


# %% tags=["skip-execution"]
def train(learning_rate=0.05, callbacks=(), seed=0):
    """Train a fresh network for 30 epochs with SGD and momentum; return its History."""
    model = new_model(
        keras.optimizers.SGD(learning_rate, momentum=0.9), steps_per_execution=26, seed=seed
    )
    examples = tf.data.Dataset.from_tensor_slices((x_train, y_train))
    batches = examples.shuffle(len(x_train), seed=seed).batch(64)
    own = {"shuffle": False, "validation_data": validation, "verbose": 0}  # shuffled already
    return model.fit(batches, epochs=30, callbacks=list(callbacks), **own)


step_callback = keras.callbacks.LearningRateScheduler(step_decay)
rate_runs = {"constant": train(), "step_decay": train(callbacks=[step_callback])}
plots.compare_curves(rate_runs, "val_loss").set_title("Validation loss")
plt.show()

# %% [markdown]
# The constant rate keeps the network jumping about. Each halving calms it.
#
# This plan has one value for each epoch. Keras has **schedules** of its own, which set the rate anew for every **batch**. They
# are given to the optimizer **instead of a number**, and are saved with the network. `CosineDecay` falls along half a
# wave: slowly, then fast, then slowly. *Going further* draws the others.

# %% tags=["skip-execution"]
n_batches = -(-len(x_train) // 64)  # of one epoch, the last one smaller
cosine = keras.optimizers.schedules.CosineDecay(0.05, decay_steps=30 * n_batches)
print("rates:", *(f"epoch {e}: {float(cosine(e * n_batches)):.4f}" for e in (0, 10, 20, 30)))
rate_runs["cosine"] = train(cosine)
for name, history in rate_runs.items():
    losses = history.history["val_loss"][-5:]
    print(
        f"{name:11} validation loss of the last five epochs {min(losses):.3f} to {max(losses):.3f}"
    )

# %% [markdown]
# The steps of all schedules are **batches**. `decay_steps=30` would be over in a fraction of a second.
# Multiply the epochs by the batches of an epoch.
#
# An optimizer that was given a schedule lets nobody else set its rate. `LearningRateScheduler` and
# `ReduceLROnPlateau` end with a `TypeError` then. Decide for one or the other.

# %% [markdown]
# ### Exercise: `repair_schedule(n_examples, batch_size, epochs, rate)` (1 point)
#
# The function below should make a schedule for a training: a cosine that falls from `rate` to 0 and arrives at the end
# of the last epoch. It runs, and it is wrong. Somebody who used it reports: *after the training the rate is far from 0. It also
# arrives at its lowest value too early. With 640 examples in batches of 64 it is early by a whole epoch, with 650 by
# more than that.* Mend it.
#
# * `n_examples`, `batch_size`, `epochs`: whole numbers from 1. An epoch goes through all examples, and its last batch may be smaller
# * `rate`: the rate of the first batch
# * returns a schedule of `keras.optimizers.schedules`. After s of S batches in all its rate is rate · (1 + cos(π s / S)) / 2
#
# **Expected** For `repair_schedule(100, 20, 4, 0.1)` the rate is 0.1 at step 0, 0.05 at step 10 and 0 at step 20. For
# `repair_schedule(110, 20, 1, 0.1)` it is 0 at step 6.
#
# <details><summary>Hint 1: the idea</summary>
#
# Count the batches of the whole training on paper, for 100 and for 110 examples, and compare with what the function counts.
# Then ask where the rate ends, and why.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `help(keras.optimizers.schedules.CosineDecay)` says what each of its arguments does.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# 25 people in boats for 10: `25 // 10` is 2, and five people are left on the shore. `math.ceil(25 / 10)` is 3, and so is
# `-(-25 // 10)`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "repair_schedule", "locked": false, "schema_version": 3, "solution": true, "task": false}
def repair_schedule(n_examples, batch_size, epochs, rate):
    """A schedule: cosine from rate to 0, reached at the end of the last epoch."""
    ### BEGIN SOLUTION
    per_epoch = -(-n_examples // batch_size)
    return keras.optimizers.schedules.CosineDecay(rate, decay_steps=per_epoch * epochs)
    ### HANDED OUT INSTEAD
    # per_epoch = n_examples // batch_size
    # last_epoch = epochs - 1
    # return keras.optimizers.schedules.CosineDecay(
    #     rate, decay_steps=max(per_epoch * last_epoch, 1), alpha=0.1
    # )
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_repair_schedule", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
checks.run("repair_schedule")

# %% [markdown]
# ## A callback of your own
#
# To write a callback, decide three things: at which moment it has to act, what it must remember between
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
# The same object may be used for several calls of `fit`, and each begins with an empty list. Two objects have
# nothing in common. Validation, `evaluate` and `predict` leave the list as it is. `logs` is only read.
#
# **Expected** After `fit` with 3 batches and 2 epochs `losses` has 6 numbers. After another `fit` with 3 batches and
# 1 epoch it has 3.
#
# <details><summary>Hint 1: the idea</summary>
#
# The list must be there as soon as the object is, be emptied at one moment, and grow at another. Look for the two moments in the
# output of `Moments`.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# A method of your own with the name of a moment and the arguments that it has in `Moments`. A class with an `__init__` of its
# own calls `super().__init__()` there.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# A callback that counts the epochs of the latest `fit`: `self.n = 0` in `__init__` and in `on_train_begin`, and
# `self.n += 1` in `on_epoch_end`.
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
model.fit(x_train[:3200], y_train[:3200], epochs=4, verbose=0, callbacks=[batch_history])

reported = np.reshape(batch_history.losses, (4, 100))  # four epochs of 100 batches
single = np.diff(reported * np.arange(1, 101), prepend=0, axis=1)  # undoes the mean
figure, ax = plt.subplots(figsize=(8, 3.6), layout="constrained")
ax.plot(single.ravel(), color="0.7", linewidth=0.8, label="loss of the single batch")
ax.plot(reported.ravel(), color=plots.BLUE, label='logs["loss"], as Keras reports it')
for start in (100, 200, 300):
    ax.axvline(start, color="black", linestyle=":", linewidth=1)
ax.set(xlabel="batch", ylabel="loss", ylim=(0, 4), title="The reported loss is a running mean")
ax.legend()
plt.show()

# %% [markdown]
# Blue is what you recorded. It is smooth within an epoch and jumps at the dotted lines, where the next one begins. The
# reason: `logs["loss"]` is **not the loss of the batch**. It is the mean over all examples of the epoch so far. At the
# end of the epoch it is the value that `history` and the progress bar show.
#
# A blue curve that falls fast at first and then hardly moves may only be a mean over more and more batches.
# The grey line undoes the mean.

# %% [markdown]
# ### Finding a rate with a sweep
#
# Which learning rate should one begin with? A short experiment tells. Train on a few hundred batches and raise the rate
# a little after each, from far too low to far too high. Plot the loss of each batch against its rate.
#
# The running mean is of no use for that. It still contains the first batches when the loss explodes, and hides where it
# happens. So the callback needs the loss of each batch **alone**. There are two ways.
#
# * Recover it: a mean times its number of examples is a sum, and the difference of two sums belongs to the last batch. The last
#   batch of an epoch may have fewer examples.
# * Keep the mean from growing: `self.model.reset_metrics()` starts Keras's means anew, at any moment you like.

# %% [markdown]
# ### Exercise: `class LearningRateSweep(low, high, n_batches)` (3 points)
#
# A callback, a subclass of `keras.callbacks.Callback`, that trains one `fit` with a growing rate.
#
# * `low`, `high`: the first and the last rate, both above 0; `n_batches`: how many batches, at least 2
# * batch i of the `fit` is trained at the rate `low * (high / low) ** (i / (n_batches - 1))`. i counts from 0, and on from
#   epoch to epoch
# * after `n_batches` batches the training stops, in the middle of an epoch too. A `fit` may also be shorter
# * after the `fit`, `rates` and `losses` are lists with one float for each batch that was trained: its rate, and the loss of **that
#   batch alone**, with the weights before the step
# * the batches of an epoch are of one size, except that the last may be smaller
# * the same object may be used for several calls of `fit`, and each begins anew. `logs` is only read
#
# **Expected** `LearningRateSweep(0.01, 1.0, 3)` trains three batches, at the rates 0.01, 0.1 and 1.0.
#
# <details><summary>Hint 1: the idea</summary>
#
# The rate must be set *before* a batch, the loss is there *after* it. How many losses have been recorded so far says which batch is
# next. The argument `batch` does not, since it begins anew with each epoch.
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `self.model.optimizer.learning_rate` can be set. `self.model.stop_training` is looked at after each batch as well. For the
# loss, choose one of the two ways above.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# Counting all batches of a `fit`, whatever the epoch: `self.seen = 0` in `on_train_begin`, `self.seen += 1` in
# `on_train_batch_end`. And a mean undone: the means 4 (of 2 numbers) and 5 (of 3) belong to the sums 8 and 15, so the
# third number is 7.
# </details>


# %% nbgrader={"grade": false, "grade_id": "LearningRateSweep", "locked": false, "schema_version": 3, "solution": true, "task": false}
class LearningRateSweep(keras.callbacks.Callback):
    """Trains n_batches at rates from low to high; `rates` and `losses` hold one float for each."""

    def __init__(self, low, high, n_batches):
        ### BEGIN SOLUTION
        super().__init__()
        self.low, self.high, self.n_batches = low, high, n_batches

    def on_train_begin(self, logs=None):
        self.rates, self.losses = [], []

    def on_train_batch_begin(self, batch, logs=None):
        self.model.reset_metrics()  # so that the mean is that of one batch
        share = len(self.rates) / (self.n_batches - 1)
        self.rates.append(self.low * (self.high / self.low) ** share)
        self.model.optimizer.learning_rate = self.rates[-1]

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(float(logs["loss"]))
        if len(self.losses) >= self.n_batches:
            self.model.stop_training = True
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_LearningRateSweep", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
checks.run("LearningRateSweep")

# %% tags=["skip-execution"]
sweep = LearningRateSweep(1e-4, 3.0, 300)
model = new_model(keras.optimizers.SGD(0.05, momentum=0.9))
model.fit(x_train, y_train, batch_size=64, epochs=2, verbose=0, callbacks=[sweep])
plots.rate_sweep(sweep.rates, sweep.losses)
plt.show()

# %% [markdown]
# Read it from left to right. At first the steps are too short for quick progress. Up to a rate of about 1e-3 the loss falls fast. Between
# 0.01 and 0.2 it stays low. Above 0.3 it rises, and before the rate is 1 it explodes.
#
# A usual choice lies well below the rise, here between 0.01 and 0.1. The sweep is also a training, so the low loss in the
# middle is partly the work of the rates before. It shows limits, not the best rate.

# %% [markdown]
# ### Exercise: `class StopAtAccuracy(target)` (2 points)
#
# A callback, a subclass of `keras.callbacks.Callback`, that ends the training as soon as it is good enough.
#
# * `target`: a number above 0, at most 1
# * at the end of an epoch (`on_epoch_end`) it looks at `val_accuracy`. Where this epoch's `logs` have no
#   `val_accuracy`, it looks at `accuracy`. With `fit(validation_freq=2)`, for example, only every second epoch has a `val_accuracy`
# * if that is `target` **or more**, `fit` stops after this epoch, otherwise it goes on
# * where `logs` have neither of the two, it goes on. `logs` is only read
# * the same object may be used for several calls of `fit`
#
# **Expected** With `StopAtAccuracy(0.9)` and the validation accuracies 0.7, 0.85, 0.9, 0.95 `fit` stops after the
# third epoch.
#
# <details><summary>Hint 1: the idea</summary>
#
# First find the number that counts in this epoch, if there is one. Then compare it.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `"name" in d` says whether a dict has an entry, `d.get("name", other)` gives another value where it has not.
# `d.get("name") or other` does not do the same: an accuracy of 0.0 is there, and yet false.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# A callback that ends a training whose loss is at 0.1 or below: in `on_epoch_end`, if `"loss" in logs and
# logs["loss"] <= 0.1`, it sets `stop_training` of `self.model`.
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
history = classifier.fit(**fashion_fit, epochs=30, callbacks=[StopAtAccuracy(0.8)])
print("validation accuracy", np.round(history.history["val_accuracy"], 3))

# %% [markdown]
# It stops at the first epoch that reaches 0.8. Such a target is useful for comparing how *long* two methods take. It is a poor
# way of choosing a network, since the training may still be improving.

# %% [markdown]
# ## The learning rate, when nothing moves
#
# A plan must be made before one knows the training. `ReduceLROnPlateau` watches instead. When the validation loss has
# not improved for `patience` epochs, it multiplies the rate by `factor`.

# %% tags=["skip-execution"]
plateau = keras.callbacks.ReduceLROnPlateau(
    monitor="val_loss", factor=0.2, patience=4, min_delta=1e-3, min_lr=1e-5
)
rate_runs["on plateau"] = train(callbacks=[plateau])

figure, (left, right) = plt.subplots(1, 2, figsize=(11, 3.8), layout="constrained")
plots.compare_curves(
    {name: rate_runs[name] for name in ("constant", "on plateau")}, "val_loss", ax=left
)
right.step(range(1, 31), rate_runs["on plateau"].history["learning_rate"], where="mid")
right.set(
    xlabel="epoch", ylabel="learning rate", yscale="log", title="on plateau: rate during the epoch"
)
right.grid(alpha=0.3)
plt.show()

# %% [markdown]
# The first cut calms the curve.
#
# The patience must fit the number of epochs. The default is 10. In a training of 10 epochs it can never act: the
# first epoch is always the best so far, and only nine are left. And where `EarlyStopping` is in the list too, it needs
# the **longer** patience, or it stops before a cut can help.
#
# `history.history["learning_rate"]` has the rate *during* each epoch. The cut happens at its end and shows up one epoch
# later.
#
# Move the sliders. The curve is a recording, so it does not react to the cuts. You see when the two callbacks would have
# acted.

# %% tags=["skip-execution"]
recordings = {
    "constant rate": rate_runs["constant"].history["val_loss"],
    "300 districts": to_the_end.history["val_loss"],
    "Predict": predicted,
}
widgets.plateau_explorer(recordings, learning_rate=0.05)

# %% [markdown]
# Try these:
#
# * The curve *Predict*: let it stop after epoch 6, then not at all. What is the smallest patience for that?
# * The constant rate with patience 1: how small is the rate at the end?
# * A large `min_delta`: only the first epochs count as improvements, and the rest is a plateau.
# * Is there a patience with which `EarlyStopping` stops the curve *300 districts* at its best epoch? Why not?

# %% [markdown]
# ### Exercise: `reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=10, min_delta=1e-4, min_lr=0.0)` (3 points)
#
# Write the rule, as `keras.callbacks.ReduceLROnPlateau` follows it (without `cooldown`). Go through the epochs, and
# remember the best loss so far and how many epochs in a row have not improved on it:
#
# * the first epoch is the best so far. A later one is an **improvement** if its loss is below `best - min_delta`. It
#   becomes the best, and the count goes back to 0
# * otherwise the count rises by 1. If it has reached `patience`, the rate is multiplied by `factor` but does not
#   go below `min_lr`, and the count goes back to 0. **The best loss stays what it was.** `patience=0` acts like 1
# * a rate that is at or below `min_lr` already is left alone, never raised
#
# Arguments and result:
#
# * `val_losses`: a list of at least one number, one for each epoch; leave it unchanged
# * `learning_rate`: the rate in the first epoch
# * returns a list of the same length: the rate in force **after** each epoch, that is, after a cut at its end
#
# **Expected** `reduce_on_plateau([1.0, 0.8, 0.9, 0.8, 0.7, 0.75, 0.71, 0.72], 0.1, factor=0.5, patience=2)`
# gives `[0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.025, 0.025]`.
#
# <details><summary>Hint 1: the idea</summary>
#
# It is the loop of `early_stopping` in lesson 07. Instead of stopping, it cuts the rate and goes on. Three
# variables change from epoch to epoch.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# With `float("inf")` as the best loss so far, the first epoch needs no case of its own. `max(a, b)` keeps a number from
# going below another, but it can also raise one.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# The longest run without a record, for high jumps: `best, wait, longest = 0.0, 0, 0`. For each jump, either it is above `best`:
# then it becomes the best and `wait` is 0. Or `wait` rises by 1, and `longest = max(longest, wait)`.
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
# Compare with Keras: your rule, given the validation losses of the training above, should find the rates that Keras used.
# They are shifted by one epoch, because Keras notes the rate during the epoch.

# %% tags=["skip-execution"]
record = rate_runs["on plateau"].history
yours = reduce_on_plateau(record["val_loss"], 0.05, 0.2, patience=4, min_delta=1e-3, min_lr=1e-5)
print("the same as Keras:", np.allclose(yours[:-1], record["learning_rate"][1:]))

# %% [markdown]
# ## When things go wrong
#
# Here are raw features, unscaled, and a rate of 0.01. The population of a district is in the thousands, the steps are enormous,
# and the loss is infinite before the epoch is over. `TerminateOnNaN` looks after each batch and stops at the first loss that is
# `nan` or infinite.

# %% tags=["skip-execution"]
batch_history = BatchLossHistory()
stops = [keras.callbacks.TerminateOnNaN(), batch_history]
new_model(keras.optimizers.SGD(0.01)).fit(
    x_train_raw, y_train, epochs=20, verbose=0, callbacks=stops
)
planned = 20 * -(-len(x_train_raw) // 32)
print(f"{len(batch_history.losses)} of {planned:,} batches were trained")
print("reported losses", *(f"{loss:.2g}" for loss in batch_history.losses[:4]), "...")

# %% [markdown]
# It says *that* something is wrong. Finding out *what* is left to you: unscaled inputs, too high a rate, a logarithm of 0.
# `EarlyStopping` would also stop in the end, since `nan` is never an improvement. But it waits for whole epochs.
#
# Against a power cut there is `BackupAndRestore(folder)`. It writes after each epoch what is needed to go on: weights, the
# optimizer's state, the number of the epoch. If `fit` finds such a backup, it goes on where it was. *Going further* tries it.
#
# TensorBoard ends with the kernel. To end it now, stop it. The cell with `board.show` brings it back.

# %% tags=["skip-execution"]
board.stop()
print(board)

# %% [markdown]
# ## Check your understanding
#
# Commit first. The explanations appear when you do.
#
# **Question 1.** Weights after a stop

# %% tags=["skip-execution"]
widgets.commit_box(
    "`EarlyStopping(patience=5)` stops a training after epoch 20; nothing else is set. Which weights does the network have?",
    {
        "Those of epoch 15, the best one": "They are the best, but nobody has put them back.",
        "Those of epoch 20, the last one": "Stopping changes no weights. Five epochs without improvement are in them.",
        "Those of the last `ModelCheckpoint`": "It writes files, and leaves the network alone. You would have to load the file.",
    },
    answer="Those of epoch 20, the last one",
)

# %% [markdown]
# **Question 2.** Two patiences

# %% tags=["skip-execution"]
widgets.commit_box(
    "10 epochs, `ReduceLROnPlateau(patience=10)` and `EarlyStopping(patience=3)`. What does the first of the two do?",
    {
        "It cuts the rate once, in the last epoch": "The first epoch is an improvement, so at most nine are left without one.",
        "It never cuts the rate": "Its patience cannot run out in 10 epochs, and `EarlyStopping` may end the training before.",
        "It cuts the rate when the loss rises": "That would be `patience=1`, and then a loss that stays the same is enough.",
    },
    answer="It never cuts the rate",
)

# %% [markdown]
# **Question 3.** The steps of a schedule

# %% tags=["skip-execution"]
widgets.commit_box(
    "An epoch has 182 batches. The optimizer is given `ExponentialDecay(0.1, decay_steps=10, decay_rate=0.5)`, so that the rate "
    "halves every 10 epochs. What happens?",
    {
        "The rate halves every 10 epochs": "Steps are batches. `LearningRateScheduler` counts epochs, schedules do not.",
        "The rate is near 0 before one epoch is over": "It halves every 10 batches, 18 times in the first epoch: 0.1 becomes "
        "0.0000003. `decay_steps=1820` was meant.",
        "Keras ends with an error, since 10 is less than 182": "Any number above 0 is allowed. Keras cannot know what was meant.",
    },
    answer="The rate is near 0 before one epoch is over",
)

# %% [markdown]
# **Question 4.** A loss that jumps

# %% tags=["skip-execution"]
widgets.commit_box(
    'A callback prints `logs["loss"]` after each batch. It falls from 2.0 to 0.8 in the first epoch, and is 0.5 after the first '
    "batch of the second. Why?",
    {
        "The network has learnt between the two epochs": "Between two epochs no weight changes.",
        "The first batch of the second epoch was easy": "Possible, but it would not happen in every epoch.",
        "The running mean has begun anew": "0.8 was the mean over the whole first epoch, with its bad beginning. 0.5 is that of a "
        "single batch.",
    },
    answer="The running mean has begun anew",
)

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
# * A sweep shows which rates are too low and which too high. A falling rate calms the end of a training: by plan, epoch by epoch or
#   batch by batch, or on a plateau.
# * `logs["loss"]` after a batch is the mean of the epoch so far.
# * TensorBoard compares runs, one folder each, and shows what a curve does not: weights, graphs, pictures.
# * `TerminateOnNaN` ends a training that has failed. `BackupAndRestore` continues one that was interrupted.
#
# ## Where to go next
#
# [Going further](going_further/10_callbacks_going_further.ipynb) writes pictures and an embedding for TensorBoard, draws Keras's
# schedules, compares fixed and fresh orders of the batches, and continues an interrupted training.
#
# Lesson 11 is about the files: what is in `best.keras`, in a `.weights.h5`, and how to go on exactly where a training
# ended. Lesson 12 opens `fit` itself: you write the loop that has called your callbacks.
#
# Go on with [11 · Saving, loading, serving](../11_saving/11_saving.ipynb)
