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
# # 11 · Saving, loading, serving
#
# **You will be able to**
#
# * save a whole model, its weights alone or its architecture alone, and say what each file lacks
# * interrupt a training and go on later, so exactly that no bit of the result differs
# * export a model so that a program without any of your Python code can use it
# * load files that others made without letting them run code on your computer
# * give a picture of your own to a network, in the form the network knows
#
# **Before you start** You need `Sequential`, `compile` and `fit` (lesson 03), the functional API
# (lesson 04), layers of your own (lesson 05) and callbacks (lesson 10).
#
# **Running time** about 30 seconds on two cores with the sample data; reading about 70 minutes, exercises about 45.

# %%
import json
import subprocess
import sys
import tempfile
import warnings
import zipfile
from pathlib import Path

from helpers import checks, data, plots, widgets  # first, so that TensorFlow starts quietly

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from PIL import Image

# %% [markdown]
# ## Predict
#
# A network is trained for four epochs. Its twin, with the same seed and the same data, is trained for two epochs and
# saved with `model.save`. The next day it is loaded and trained for two more. Commit to an answer.

# %% tags=["skip-execution"]
widgets.commit_box(
    "The two networks have had four epochs each. How far apart are their weights?",
    {
        "Equal to the last bit": "The file holds everything that the next step depends on. You will compare all weights below, "
        "and the largest difference is 0.",
        "Apart by rounding errors": "The numbers are written as they are, with all their bits. No rounding takes place.",
        "Clearly apart, but equally good": "That is so when the images come in another order, or when the optimizer begins anew. "
        "Here both are the same.",
    },
    answer="Equal to the last bit",
)

# %% [markdown]
# Now suppose that the twin's weights alone were saved, and copied into a new network.

# %% tags=["skip-execution"]
widgets.commit_box(
    "Both train with Adam. How do the networks differ after four epochs each?",
    {
        "Not at all: the weights are the whole network": "They are all that a prediction needs. A training step with Adam also "
        "needs averages of earlier gradients, and those were lost.",
        "In their weights and in a few answers": "Adam's averages of earlier gradients were lost, so the first steps after the break are "
        "others. They lead to a network that is about as good.",
        "By far: the twin has to learn everything again": "The weights hold what was learnt. Adam's averages were lost, but they fill "
        "up again within some steps.",
    },
    answer="In their weights and in a few answers",
)

# %% [markdown]
# And a question about pictures. A network recognises most of the handwritten digits that it has never seen. They are light
# on black. You write a clear 3 with a dark pen on white paper, photograph it and scale it to 28 × 28 pixels.

# %% tags=["skip-execution"]
widgets.commit_box(
    "What does the network say about your photograph?",
    {
        "3, but with less certainty": "It would, if it looked for lines. But it weighs pixels, and nearly all of them are "
        "bright where its own digits were black.",
        "It is unsure, about 0.1 for each digit": "A network has no answer for a picture unlike all others. Its outputs may be "
        "as large as for a true digit.",
        "Some digit, and it may be very sure": "The picture is unlike all training pictures, and there is no output for that. One of the ten "
        "wins, often by far. You will see the bars at the end of the lesson.",
    },
    answer="Some digit, and it may be very sure",
)

# %% [markdown]
# ## A network worth keeping
#
# We need a trained model. MNIST holds handwritten digits, 28 × 28 pixels each, light on black. A small
# network and four epochs are enough for this lesson.

# %% tags=["skip-execution"]
digits = data.load_mnist()
print(digits)
x_train, y_train = digits.x_train.astype("float32") / 255, digits.y_train
x_test, y_test = digits.x_test.astype("float32") / 255, digits.y_test


def build_digit_model():
    """A new compiled network (28, 28) -> 128 -> 10 probabilities."""
    network = keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Flatten(name="row"),
            keras.layers.Dense(128, activation="relu", name="hidden"),
            keras.layers.Dense(10, activation="softmax", name="digit"),
        ]
    )
    network.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return network


keras.utils.set_random_seed(0)
model = build_digit_model()
history = model.fit(x_train, y_train, batch_size=64, epochs=4, verbose=2)
test_loss, test_accuracy = model.evaluate(x_test, y_test, verbose=0)
print(f"test accuracy {test_accuracy:.3f}")

# %% [markdown]
# When this notebook is closed, the model is gone. These four epochs took seconds. There are networks whose training
# takes weeks.

# %% [markdown]
# ## What there is to save
#
# A compiled model consists of four things:
#
# | part | what it is | here |
# |---|---|---|
# | architecture | which layers, with which settings, connected how | `Flatten`, `Dense(128)`, `Dense(10)` |
# | weights | the numbers that training found | 101,770 floats |
# | compile settings | loss, metrics, the optimizer and its settings | Adam, rate 0.001, cross-entropy |
# | optimizer state | what the optimizer remembers between steps | two running averages for each weight |
#
# The fourth is easily forgotten. Adam keeps an average of the gradients and one of their squares, for
# each weight (lesson 06). So it remembers twice as many numbers as the network has weights, and a few more.

# %% tags=["skip-execution"]
n_weights = sum(int(np.prod(w.shape)) for w in model.weights)
n_remembered = sum(int(np.prod(v.shape)) for v in model.optimizer.variables)
print(f"{n_weights:,} weights; the optimizer remembers {n_remembered:,} numbers")
for variable in model.optimizer.variables:
    print(f"  {variable.path:48} {tuple(variable.shape)}")

# %% [markdown]
# And these are the ways to save, with what each of them keeps:
#
# | call | architecture | weights | compile settings | optimizer state | for |
# |---|---|---|---|---|---|
# | `model.save("m.keras")` | yes | yes | yes | yes | keeping a model, going on with its training |
# | `model.save_weights("m.weights.h5")` | no | yes | no | yes, if the model is compiled | another model with the same layers |
# | `model.to_json()` | yes | no | yes | no | starting afresh |
# | `tf.train.Checkpoint(...)` | no | yes | no | yes | long trainings that may be interrupted |
# | `model.export("folder")` | as a computation | yes | no | no | use in other programs |
#
# The lesson takes them one by one. Files go to a temporary folder, so that nothing is left lying
# about. To keep a model of yours, give a path of your own.

# %% tags=["skip-execution"]
tf.get_logger().setLevel("ERROR")  # TensorFlow would note each export and each new graph in red
folder = Path(tempfile.mkdtemp(prefix="lesson-11-"))
print(folder)

# %% [markdown]
# ## The whole model: `.keras`
#
# One call saves everything, one call brings it back.

# %% tags=["skip-execution"]
model.save(folder / "digits.keras")
again = keras.models.load_model(folder / "digits.keras")

print("another object:       ", again is not model)
print(
    "same predictions:     ",
    np.array_equal(model.predict(x_test, verbose=0), again.predict(x_test, verbose=0)),
)
print("steps made so far:    ", int(model.optimizer.iterations), int(again.optimizer.iterations))

# %% [markdown]
# You did not have to write the layers or `compile` again. What does such a file look like inside? It is
# an ordinary zip archive. Rename it, and any program that opens zip files opens it.

# %% tags=["skip-execution"]
with zipfile.ZipFile(folder / "digits.keras") as archive:
    for member in archive.infolist():
        print(f"{member.filename:18} {member.file_size:10,} bytes")
    print()
    print("metadata.json:", archive.read("metadata.json").decode())
    config = json.loads(archive.read("config.json"))
print("config.json:  ", ", ".join(config))
print()
for layer in config["config"]["layers"]:
    settings = {k: v for k, v in layer["config"].items() if k in ("units", "activation", "name")}
    print(f"  {layer['class_name']:11} {settings}")
print("  compiled with", config["compile_config"]["optimizer"]["class_name"])

# %% [markdown]
# * `metadata.json` says which version of Keras wrote the file, and when.
# * `config.json` is the architecture together with the compile settings: for each layer what its
#   `get_config` gave (lesson 05). It is text, and holds no Python code.
# * `model.weights.h5` holds the numbers: 101,770 weights and twice as many for Adam, four bytes each, make
#   1.2 of its 1.24 million bytes.

# %% [markdown]
# ### Exercise: `save_and_reload(model, path)` (1 point)
#
# Save a model and load it again.
#
# * `model`: a compiled model made of Keras's own layers
# * `path`: `str` or `Path`, ends in `.keras`; a file that is already there is replaced
# * returns the **reloaded** model: another object with the same predictions and the same optimizer
#   state, so that the next training step is the same, too
#
# **Expected** `save_and_reload(model, folder / "mine.keras")` gives a model that predicts the same as
# `model`, and `folder / "mine.keras"` is a file.
#
# <details><summary>Hint 1: the idea</summary>
#
# Two calls. One is a method of the model, the other is in `keras.models`.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# It is in the file already. `compile` would make a new one, which remembers nothing. So do not
# compile after loading, and leave `compile=False` out.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# An array is written to a file and read again. What comes back is what stands in the file, not what was given:
#
# ```python
# def write_and_read(array, path):  # the path ends in .npy
#     np.save(path, array)
#     return np.load(path)
# ```
# </details>


# %% nbgrader={"grade": false, "grade_id": "save_and_reload", "locked": false, "schema_version": 3, "solution": true, "task": false}
def save_and_reload(model, path):
    """Save a compiled model at path (it ends in .keras), replacing a file; returns it reloaded."""
    ### BEGIN SOLUTION
    model.save(path)
    return keras.models.load_model(path)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_save_and_reload", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
checks.run("save_and_reload")

# %% [markdown]
# ### The old format: `.h5`
#
# Before 2023 models were saved as a single HDF5 file, and you will still be sent such files. Keras reads
# and writes them, but warns. The cell below warns on purpose.

# %% tags=["skip-execution", "shows-warning"]
model.save(folder / "digits.h5")
from_h5 = keras.models.load_model(folder / "digits.h5")
print(
    "same predictions:",
    np.array_equal(model.predict(x_test, verbose=0), from_h5.predict(x_test, verbose=0)),
)

# %% [markdown]
# The first warning says that the format is *legacy*: it is kept for old files and not developed any more. The
# second says that the metrics have no values until the model is trained or evaluated. Neither did harm
# here. But there are models that the old format does not bring back: compile with `loss="mse"`, and
# loading the `.h5` stops with an error. So read `.h5` files where you must, and save them again as
# `.keras`.

# %% [markdown]
# ## The architecture alone: JSON
#
# `to_json` gives the text that stood in `config.json`. It is small, you can read it, and two versions of
# it can be compared like any text. `keras.models.model_from_json` builds the model again. No weights are in it, so the
# new model starts with fresh random ones.

# %% tags=["skip-execution"]
text = model.to_json()
print(f"{len(text):,} characters, beginning with {text[:60]}...")
untrained = keras.models.model_from_json(text)
print("same weights:", np.array_equal(untrained.get_weights()[0], model.get_weights()[0]))
print(f"test accuracy of the copy: {untrained.evaluate(x_test, y_test, verbose=0)[1]:.3f}")

# %% [markdown]
# The copy guesses, because its weights are random. You need such a copy to train the same architecture several times: with
# several seeds, or on several parts of the data. Training the *same object* again would go on from where the first training
# ended. `keras.models.clone_model(model)` makes such a copy without the text.

# %% [markdown]
# ## The weights alone: `.weights.h5`
#
# This is the opposite: the numbers, without the architecture. The ending must be `.weights.h5`, and the folder
# must exist. To load them, build the model first. The cell tries five models.


# %% tags=["skip-execution"]
def stack(*layers):
    """A new network of these layers for pictures of 28 × 28 pixels."""
    return keras.Sequential([keras.Input((28, 28)), *layers])


Dense, Flatten = keras.layers.Dense, keras.layers.Flatten
weights_file = folder / "digits.weights.h5"
model.save_weights(weights_file)
kept = keras.saving.KerasFileEditor(str(weights_file)).weights_dict
print("with weights for:", ", ".join(kept["layers"]), "\n")

candidates = {
    "other names": stack(Flatten(), Dense(128, "relu", name="digit"), Dense(10, name="hidden")),
    "a Rescaling more": stack(
        keras.layers.Rescaling(1.0), Flatten(), Dense(128, "relu"), Dense(10)
    ),
    "a Dense more": stack(Flatten(), Dense(784), Dense(128, "relu"), Dense(10)),
    "5 outputs": stack(Flatten(), Dense(128, "relu"), Dense(5)),
    "no input shape": keras.Sequential([Flatten(), Dense(128, "relu"), Dense(10)]),
}
for name, candidate in candidates.items():
    try:
        candidate.load_weights(weights_file)
        right = np.mean(candidate.predict(x_test, verbose=0).argmax(axis=1) == y_test)
        print(f"{name:17} loaded, accuracy {right:.3f}")
    except ValueError as error:
        print(f"{name:17} ValueError: {' '.join(str(error).split())[:95]}...")

# %% [markdown]
# Look at the names in the file. They are not the names that we gave the layers. Keras counts the layers of each
# class: `dense` is the first `Dense` of a model, `dense_1` the second. A layer of the new model gets the numbers of the entry
# with the same class and the same count. So the first two models load. A `Rescaling` is of another class and does not change the count of the
# `Dense` layers. In the third model the new `Dense` takes the place of the first one, and nothing fits any more.
#
# With `skip_mismatch=True` Keras loads what fits and leaves the other layers as they are. Its warning is long, so the cell prints the beginning only.

# %% tags=["skip-execution"]
five = candidates["5 outputs"]
with warnings.catch_warnings(record=True) as warned:
    five.load_weights(weights_file, skip_mismatch=True)
print("warning:", str(warned[-1].message)[:42], "...")
for mine, given in zip(five.layers, model.layers, strict=True):
    pairs = zip(mine.get_weights(), given.get_weights(), strict=True)
    print(f"{mine.name:12} equal: {[np.array_equal(a, b) for a, b in pairs]}")

# %% [markdown]
# Mind two things. For a `Dense` layer put in at the front, as in the third model, `skip_mismatch=True` loads nothing
# useful: every count is off by one. And where a wrong entry happens to have the right shape, it is loaded without a word.
#
# The file of a *compiled* model holds the optimizer's state as well. A fresh optimizer has no place for it before its
# first step, and Keras then warns that it skips those numbers. `network.optimizer.build(network.trainable_variables)` makes
# the place.
#
# Older versions could match by **name** instead, with `load_weights(..., by_name=True)`. That works for a model into which a layer was put.
# It is gone for the new files, but you can write it yourself.

# %% [markdown]
# ### Exercise: `copy_weights_by_name(source, target)` (3 points)
#
# Copy the weights of every layer that both models have.
#
# * `source`, `target`: built `Sequential` or functional models, without models inside them
# * a layer of `target` gets the weights of the layer of `source` that has the same name, if **all** its
#   weights have the same shapes there. Otherwise the whole layer stays as it is
# * changes `target`, leaves `source` unchanged; afterwards the two share nothing
# * returns the list of the names of the copied layers, in the order of `target.layers`. Layers without
#   weights (`Flatten`, `Dropout`, ...) are not in it
#
# **Expected** With `row`, `hidden`, `digit` in the source and `row`, `hidden`, `other` in the target, the
# result is `["hidden"]`.
#
# <details><summary>Hint 1: the idea</summary>
#
# For each layer of the target you need two things: whether the source has a layer of that name, and whether all shapes
# agree. Decide for the whole layer before you change any number. A layer without weights has nothing to copy.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `layer.get_weights()` gives a list of arrays, `layer.set_weights(list)` copies such a list into the layer.
# Make a list of shapes for each of the two layers, and compare the lists as a whole. `zip` stops at the end of the
# shorter one, and a layer with a kernel would agree with one that has a kernel and a bias.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# Prices are taken over from an old list, for the goods that are on both lists and come in boxes of the same size:
#
# ```python
# old = {"rice": (1.0, 2.5), "salt": (0.5, 0.8)}  # size, price
# new = {"salt": (0.5, None), "rice": (2.0, None), "tea": (0.1, None)}
# updated = []
# for name, (size, _) in new.items():
#     if name in old and old[name][0] == size:
#         new[name] = old[name]
#         updated.append(name)  # in the order of the new list
# ```
# </details>


# %% nbgrader={"grade": false, "grade_id": "copy_weights_by_name", "locked": false, "schema_version": 3, "solution": true, "task": false}
def copy_weights_by_name(source, target):
    """Copy into target the layers of equal name and weight shapes; returns their names in order."""
    ### BEGIN SOLUTION
    by_name = {layer.name: layer for layer in source.layers}
    copied = []
    for own in target.layers:
        if own.name not in by_name or not own.weights:
            continue
        values = by_name[own.name].get_weights()
        if [w.shape for w in values] == [tuple(w.shape) for w in own.weights]:
            own.set_weights(values)
            copied.append(own.name)
    return copied
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_copy_weights_by_name", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
checks.run("copy_weights_by_name")

# %% [markdown]
# Here is a use for it. Our network wants pixels from 0 to 1. Everybody who uses it must know that, and
# somebody will forget to divide by 255. It is better to put the division *into* the model.

# %% tags=["skip-execution"]
raw_model = keras.Sequential(
    [
        keras.Input((28, 28)),
        keras.layers.Rescaling(1 / 255, name="scale"),
        keras.layers.Flatten(name="row"),
        keras.layers.Dense(128, activation="relu", name="hidden"),
        keras.layers.Dense(10, activation="softmax", name="digit"),
    ]
)
print("copied:", copy_weights_by_name(model, raw_model))
raw_predictions = raw_model.predict(digits.x_test, verbose=0)
print(f"accuracy on pixels from 0 to 255: {np.mean(raw_predictions.argmax(axis=1) == y_test):.3f}")

# %% [markdown]
# ## Going on with a training, exactly
#
# Now to the questions at the beginning. One network is trained for four epochs at once. Others are trained for two epochs,
# saved, loaded and trained for two more. We compare their weights in the end: the largest difference between any two of them.
#
# Three ways to go on are tried:
#
# * **whole model**, reloaded from `.keras`
# * **whole model, other order**: the same, but the images come in another order than they would have
# * **weights only**: the weights copied into a new model, whose optimizer is new as well

# %% tags=["skip-execution"]
x_few, y_few = x_train[:8000], y_train[:8000]
halfway = folder / "halfway.keras"


def train(network, first, last):
    """Train from epoch `first` to epoch `last`; returns the loss of each epoch."""
    record = network.fit(x_few, y_few, batch_size=64, initial_epoch=first, epochs=last, verbose=0)
    return record.history["loss"]


keras.utils.set_random_seed(0)
at_once = build_digit_model()
losses = {"at once": train(at_once, 0, 4)}

keras.utils.set_random_seed(0)
first_half = build_digit_model()
first_losses = train(first_half, 0, 2)
first_half.save(halfway)

resumed = {"whole model": keras.models.load_model(halfway)}
losses["whole model"] = train(resumed["whole model"], 2, 4)

resumed["weights only"] = build_digit_model()
resumed["weights only"].set_weights(first_half.get_weights())
losses["weights only"] = train(resumed["weights only"], 2, 4)

keras.utils.set_random_seed(1)
resumed["whole model, other order"] = keras.models.load_model(halfway)
losses["whole model, other order"] = train(resumed["whole model, other order"], 2, 4)

answers = at_once.predict(x_test, verbose=0).argmax(axis=1)
print(f"{'':26}largest difference   loss of epochs 3 and 4   answers changed")
for name, network in resumed.items():
    pairs = zip(network.get_weights(), at_once.get_weights(), strict=True)
    largest = max(float(np.abs(a - b).max()) for a, b in pairs)
    changed = np.sum(network.predict(x_test, verbose=0).argmax(axis=1) != answers)
    third, fourth = losses[name][-2:]
    print(f"{name:26}{largest:18.4f}   {third:12.4f} {fourth:10.4f}   {changed:15}")
print(f"{'at once':44}   {losses['at once'][2]:12.4f} {losses['at once'][3]:10.4f}")

# %% [markdown]
# * With the **whole model** the difference is exactly 0.
# * With the **weights only**, Adam begins with empty averages and makes other steps. The weights differ, and a few answers change.
#   Compare the loss of the third epoch with that of the training at once.
# * With another **order of the images** it is another training. More answers change than with the weights only.
#
# So you need the optimizer's state if a training is to be repeatable. To lose it is no disaster, as the loss of the
# fourth epoch shows. Plain SGD remembers only how many steps it made. That
# matters only where a schedule lowers the rate (lesson 10).
#
# Why was the order the same the first time? After `set_random_seed`, Keras goes through the images in the
# same order in each epoch (lesson 06). Without a seed each epoch has its own order. A resumed training is then as good,
# but not the same to the bit.
#
# One more thing is in no file: the state of the random numbers inside layers. A network with `Dropout` goes
# on with other random numbers than it would have used.

# %% [markdown]
# ### Checkpoints
#
# A training of three days should not begin again when the power fails on the second day. So its state is saved every so
# often, in **checkpoints**. Keras's `ModelCheckpoint` and
# `BackupAndRestore` (lesson 10) do it within `fit`.
#
# TensorFlow has a tool of its own for that. You need it when you write the training loop yourself (lesson 12).
# `tf.train.Checkpoint` saves whatever variables you name: a model, an optimizer, a counter. A
# `CheckpointManager` numbers the files and throws the oldest away.
#
# The function below can be stopped after any epoch. Called again, it goes on where the last checkpoint
# was made.


# %% tags=["skip-execution"]
def train_with_checkpoints(until):
    """Train up to epoch `until`, from the latest checkpoint if there is one; returns the model."""
    keras.utils.set_random_seed(0)
    network = build_digit_model()
    epoch = tf.Variable(0)
    checkpoint = tf.train.Checkpoint(model=network, optimizer=network.optimizer, epoch=epoch)
    manager = tf.train.CheckpointManager(checkpoint, str(folder / "checkpoints"), max_to_keep=2)
    checkpoint.restore(manager.latest_checkpoint)  # does nothing where there is none
    print(f"beginning at epoch {int(epoch)}, from {manager.latest_checkpoint}")
    while int(epoch) < until:
        train(network, int(epoch), int(epoch) + 1)
        epoch.assign_add(1)
        manager.save()
    return network


train_with_checkpoints(until=3)  # here the power fails
finished = train_with_checkpoints(until=4)

pairs = zip(finished.get_weights(), at_once.get_weights(), strict=True)
print("largest difference from four epochs at once:", max(np.abs(a - b).max() for a, b in pairs))
print(sorted(path.name for path in (folder / "checkpoints").iterdir()))

# %% [markdown]
# The second call built an untrained network and filled it. Because the optimizer was in the checkpoint, the
# result is again the same to the bit. Of four checkpoints the last two were kept.
#
# A checkpoint holds numbers only. To use it you need the code that builds the model. So use checkpoints *during*
# a training, and `.keras` for the result.
#
# In `fit`, a training can break off at any batch. What the unfinished epoch has changed must not be mixed with what comes
# after the restart. Otherwise some batches would be trained twice.

# %% [markdown]
# ### Exercise: `fit_resumably(build_model, dataset, folder, epochs)` (3 points)
#
# Train a model so that an interrupted training can go on.
#
# * `build_model`: a function without arguments. Each call gives a new model of Keras's own layers, built and
#   compiled. Its weights may begin with other numbers in each call
# * `dataset`: a `tf.data.Dataset` of batches `(x, y)`, the same in the same order in every epoch. Read it once for each
#   epoch that you train, and not otherwise; `len(dataset)` is the number of batches
# * `folder`: `str` or `Path` of a folder that belongs to this training alone; where it is missing, make it (the folder around it is there)
# * `epochs`: the number of epochs in **all** calls with this folder together, at least 1
# * The first call trains from the beginning. A later call goes on after the last epoch that was trained to its end, with the weights
#   and the optimizer's state of that moment. The call before may have ended, or an error may have cut it off
#   between two epochs or within one. An unfinished epoch does not count and is trained again from its beginning. If no
#   epoch was trained to its end, the training begins anew
# * returns `(model, n)`: the compiled model with its optimizer's state, and the number of epochs that **this** call
#   trained. If the folder holds `epochs` epochs or more, n is 0 and the model is that of the last one
#
# **Expected** Called with `epochs=3`, again with `epochs=3`, and then with `epochs=5`, it returns 3, 0 and 2 as n. If a
# training of 4 epochs breaks off in the third, the next call returns 2. In both cases the weights in the end are those of a training in
# one piece.
#
# <details><summary>Hint 1: the idea</summary>
#
# At the end of each epoch, two things go into the folder: the state of the model and the number of epochs made. At the beginning
# of a call, look whether they are there. Nothing may be saved within an epoch.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `keras.callbacks.BackupAndRestore` does both, and `fit` then knows where to begin. Read what its argument `delete_checkpoint`
# does by default, and think of a call after the training has ended. `fit` returns a history, and `history.epoch` is
# the list of the epochs that it trained. Or save by yourself, with a number in the name of each `.keras` file, and use
# `initial_epoch`. Then compare the numbers as numbers: as texts, `"9"` comes after `"10"`.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# A sum of squares that can be cut off. The next call goes on with what the file says:
#
# ```python
# def sum_resumably(path, until):
#     state = {"i": 0, "total": 0}
#     if path.exists():
#         state = json.loads(path.read_text())
#     n_before = state["i"]
#     while state["i"] < until:
#         state = {"i": state["i"] + 1, "total": state["total"] + state["i"] ** 2}
#         path.write_text(json.dumps(state))
#     return state["total"], state["i"] - n_before
# ```
# </details>


# %% nbgrader={"grade": false, "grade_id": "fit_resumably", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fit_resumably(build_model, dataset, folder, epochs):
    """Train to `epochs` epochs in all, going on with what folder holds; (model, epochs trained now)."""
    ### BEGIN SOLUTION
    model = build_model()
    # By default the backup would be deleted at the end, and the next call would begin anew.
    backup = keras.callbacks.BackupAndRestore(str(folder), delete_checkpoint=False)
    history = model.fit(dataset, epochs=epochs, callbacks=[backup], verbose=0)
    return model, len(history.epoch)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_fit_resumably", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
checks.run("fit_resumably")

# %% [markdown]
# ## Layers of your own
#
# `config.json` holds names and settings, no code. For `Dense` that is enough, because Keras knows what a
# `Dense` is. It does not know your own classes.
#
# Here is one. Photographed paper is never quite white, nor a blackboard black. This layer makes everything
# up to a threshold exactly 0, and stretches the rest to the range from 0 to 1.


# %% tags=["skip-execution"]
class Blacken(keras.layers.Layer):
    """Values up to `threshold` become 0, the rest is stretched to 0...1."""

    def __init__(self, threshold, **kwargs):
        super().__init__(**kwargs)
        self.threshold = threshold

    def call(self, inputs):
        return keras.ops.clip((inputs - self.threshold) / (1 - self.threshold), 0, 1)

    def get_config(self):
        return {**super().get_config(), "threshold": self.threshold}


def build_raw_model(blacken):
    """A network that takes pixels from 0 to 255, with the weights of `model`."""
    network = keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Rescaling(1 / 255),
            blacken,
            keras.layers.Flatten(),
            keras.layers.Dense(128, activation="relu", name="hidden"),
            keras.layers.Dense(10, activation="softmax", name="digit"),
        ]
    )
    copy_weights_by_name(model, network)
    return network


build_raw_model(Blacken(0.25)).save(folder / "blacken.keras")

try:
    keras.models.load_model(folder / "blacken.keras")
except TypeError as error:
    print("TypeError: ... " + str(error)[str(error).find("Could not locate") :][:170] + " ...")

loaded = keras.models.load_model(folder / "blacken.keras", custom_objects={"Blacken": Blacken})
print("with custom_objects:", type(loaded.layers[1]).__name__, loaded.layers[1].threshold)

# %% [markdown]
# There are two ways to tell Keras of a class:
#
# * `custom_objects={"Blacken": Blacken}` says at each loading which class belongs to the name
# * `@keras.saving.register_keras_serializable` says it once, where the class is defined (lesson 05)
#
# Both need the class, so its code has to be kept together with the file. And both need `get_config`: what it
# leaves out is not saved.


# %% tags=["skip-execution"]
@keras.saving.register_keras_serializable(package="lesson_11")
class RegisteredBlacken(Blacken):
    """The same layer, known to Keras by name."""


build_raw_model(RegisteredBlacken(0.25)).save(folder / "registered.keras")
registered = keras.models.load_model(folder / "registered.keras")
print("registered:", type(registered.layers[1]).__name__, registered.layers[1].threshold)

# %% [markdown]
# ## Serving: a model without its code
#
# A web server or a program in another language should not need your Python files. `model.export` writes
# a folder in TensorFlow's format, called a **SavedModel**. It does not hold layers and settings but the
# finished computation: the graph of additions, products and so on, and the weights.

# %% tags=["skip-execution"]
registered.export(folder / "served", verbose=False)
for path in sorted((folder / "served").rglob("*")):
    if path.is_file():
        print(f"{path.relative_to(folder)!s:50} {path.stat().st_size:9,} bytes")

served = tf.saved_model.load(folder / "served")
probabilities = served.serve(digits.x_test[:3].astype("float32"))
print(type(probabilities).__name__, probabilities.numpy().argmax(axis=1), y_test[:3])

# %% [markdown]
# `serve` is the name under which `export` stores the model's prediction. It takes an array or a tensor of
# the right dtype and gives a tensor. `.numpy()` makes an array of it. Training is not possible any more, and
# `served(x)` fails: the loaded object is no function.
#
# Mind one trap. The loaded object owns the weights. Written in one line, `tf.saved_model.load(place).serve(x)`
# fails: the object has no name, so Python deletes it as soon as it has fetched `serve`, and the
# weights with it. Give the object a name, as above.
#
# Is no code needed, then? The cell starts a second Python program. It knows nothing of `Blacken`, and
# no line in it mentions Keras.

# %% tags=["skip-execution"]
program = """
import numpy as np, sys, tensorflow as tf
images = np.load(sys.argv[2]).astype("float32")
served = tf.saved_model.load(sys.argv[1])
print(served.serve(images).numpy().argmax(axis=1))
"""
np.save(folder / "images.npy", digits.x_test[:8])
finished_program = subprocess.run(
    [sys.executable, "-c", program, str(folder / "served"), str(folder / "images.npy")],
    capture_output=True,
    text=True,
    check=True,
)
print("the other program says:", finished_program.stdout.strip())
print("the labels are:        ", y_test[:8])

# %% [markdown]
# Can Keras read such a folder, too? `load_model` refuses it: there are no layers in it to bring back. As a
# *single* layer it can be used, with `keras.layers.TFSMLayer`. The layer can be called and put into a model; what
# happens inside it stays closed to you.

# %% tags=["skip-execution"]
try:
    keras.models.load_model(folder / "served")
except ValueError as error:
    print("ValueError:", str(error).partition(":")[0])

closed_box = keras.layers.TFSMLayer(folder / "served", call_endpoint="serve")
inputs = keras.Input((28, 28))
surest = keras.layers.Lambda(lambda p: keras.ops.max(p, axis=1))(closed_box(inputs))
confidence_model = keras.Model(inputs, surest)
print("how sure:", confidence_model.predict(digits.x_test[:3], verbose=0).round(3))

# %% [markdown]
# ### Exercise: `export_and_call(model, folder, x)` (2 points)
#
# Export a model, load what was written, and let that predict.
#
# * `model`: a built model with one input and one output
# * `folder`: `str` or `Path` of the folder for the SavedModel; it may exist already or not
# * `x`: `float32`, (n, ...), n ≥ 1, in the model's input form
# * returns the outputs of the **loaded SavedModel** for `x` as an array (n, ...)
# * the SavedModel is written with `model.export`, so that it has the endpoint `serve`
#
# **Expected** `export_and_call(model, folder / "mine", x_test[:5])` has the shape `(5, 10)` and equals
# `model.predict(x_test[:5])`; the folder holds a file `saved_model.pb`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Three steps, all shown above: write the folder, load it, and let the loaded object predict. The model itself is not
# asked.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `serve` gives a tensor; `.numpy()` makes an array of it. *Called a function referencing variables which have been
# deleted* means that the loaded object has no name: see above.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# A module that doubles its input, saved, loaded and called:
#
# ```python
# class Doubler(tf.Module):
#     @tf.function(input_signature=[tf.TensorSpec((None,), tf.float32)])
#     def double(self, x):
#         return 2 * x
#
# tf.saved_model.save(Doubler(), "doubler")
# loaded = tf.saved_model.load("doubler")
# doubled = loaded.double(np.array([1.0, 2.5], "float32"))
# ```
# </details>


# %% nbgrader={"grade": false, "grade_id": "export_and_call", "locked": false, "schema_version": 3, "solution": true, "task": false}
def export_and_call(model, folder, x):
    """Export the model to folder; returns what the SavedModel, loaded again, gives for x (n, ...)."""
    ### BEGIN SOLUTION
    model.export(folder, verbose=False)
    exported = tf.saved_model.load(folder)  # kept in a name: its weights must not be thrown away
    return exported.serve(x).numpy()
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_export_and_call", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("export_and_call")

# %% [markdown]
# ## Files from strangers
#
# A model is a **program**: it says what to compute. So a model from a stranger may do harm. How much it can do depends on
# the format.
#
# A `Lambda` layer wraps a Python function. To save it, Keras has to put the function's *code* into the
# file, and whoever loads the file would have to run it. Here the code does nothing but print a line. It could
# just as well have read your files and sent them away.

# %% tags=["skip-execution"]
stranger = keras.layers.Lambda(lambda t: [print("  code from the file is running"), 2 * t][1])
print("building the model:")
trojan = keras.Sequential([keras.Input((3,)), stranger])
trojan.save(folder / "trojan.keras")

print("loading it:")
try:
    keras.models.load_model(folder / "trojan.keras")
except ValueError as error:
    print("  ValueError:", str(error)[:195], "...")

print("loading it with safe_mode=False:")
opened = keras.models.load_model(folder / "trojan.keras", safe_mode=False)

# %% [markdown]
# `safe_mode` is on unless you switch it off, and it refuses such a layer. With `safe_mode=False` the code ran
# **while the file was loaded**. Nobody had called the model yet.
#
# The error message suggests `safe_mode=False` as the way out. It is one for your own files only. Better:
# do without `Lambda` in models that you mean to pass on. A layer class with a name (lesson 05) is saved
# without any code.
#
# A SavedModel needs no Python code to do harm. TensorFlow's operations can read and write files, and a graph
# may hold any of them. This one writes a file whenever it is asked for a prediction:

# %% tags=["skip-execution"]
visited = folder / "somebody_was_here.txt"


class Visitor(tf.Module):
    """Gives back what it gets, and writes a file."""

    @tf.function(input_signature=[tf.TensorSpec((None, 3), tf.float32)])
    def serve(self, x):
        tf.io.write_file(str(visited), "This file was written by a model.")
        return x


tf.saved_model.save(Visitor(), str(folder / "visitor"))
guest = tf.saved_model.load(str(folder / "visitor"))
print("after loading:  is the file there?", visited.exists())
guest.serve(np.ones((1, 3), "float32"))
print("after one call: is the file there?", visited.exists())

# %% [markdown]
# What follows from this:
#
# * Weights alone are the safest thing to accept: numbers for an architecture that **you** build.
# * Load `.keras` files with `safe_mode` on, which is the default, and with an up-to-date Keras: holes in
#   it have been found and closed before. Some older versions did not look at `.h5` files at all.
# * SavedModels, and Python's `pickle` files, can do anything the user who loads them may do. Take them only
#   from people whose programs you would run. Where you must try one, do it on a machine or in a container
#   that holds nothing of value.

# %% [markdown]
# ## Your own pictures
#
# Back to the question about pictures. Beside this lesson is a folder `digits` with six pictures. We drew them for
# this course, with the short program `draw_digits.py` that lies there, too. Each file's name begins with the
# digit it shows.

# %% tags=["skip-execution"]
pictures = sorted(Path("digits").glob("*.png"))
figure, axes = plt.subplots(1, len(pictures), figsize=(12, 2.6), layout="constrained")
for ax, path in zip(axes, pictures, strict=True):
    with Image.open(path) as picture:
        plots.picture(
            path, f"{path.stem}\n{picture.size[0]} × {picture.size[1]}, {picture.mode}", ax
        )
    ax.title.set_fontsize(9)
plt.show()

# %% [markdown]
# The chequered ground of the 4 means: here the picture is transparent. `RGB` and `RGBA` are **modes**: three
# numbers for each pixel, or four, the last of which says how opaque it is. There are more: `L`
# is grey, `LA` grey and opacity, `1` black and white, `P` a number into a list of colours, `CMYK` the colours
# of printers.
#
# All of this must become what the network was trained on: a float32 array of shape (28, 28), values from 0 to
# 1, **light digit on black**. Step by step:
#
# 1. **Lay it on white.** What a transparent pixel hides under its transparency is arbitrary, mostly black.
#    Without this step the 4 would be black on black.
# 2. **Make it grey**, by how bright colours look: $0.299\,R + 0.587\,G + 0.114\,B$. This is the standard
#    ITU-R 601, and what Pillow's mode `L` means. Green looks brighter than blue.
# 3. **Stretch it to 28 × 28.** After the greys, because the numbers of a `P` picture cannot be averaged:
#    between colour 3 and colour 5 of a list there is not colour 4.
# 4. **Divide by 255.**
# 5. **Invert it**, if it is dark on light: $1 - x$. This comes last. To invert first and then lay the result
#    on white is the same as to lay it on black: the white ground would stay white.
#
# A half-transparent pixel becomes half white in the first step. It lies at the edge of a stroke, and after
# inverting it is a soft grey edge. That is what it should be.

# %% [markdown]
# ### Exercise: `prepare_image(path, invert=False)` (3 points)
#
# Turn a picture file into an input for the digit model.
#
# * `path`: `str` or `Path` of a picture of any size and mode (`1`, `L`, `LA`, `P`, `RGB`, `RGBA`,
#   `CMYK`, with 8 bits for each number at most)
# * returns `float32`, (28, 28), values from 0 (black) to 1 (white): the picture laid on **white**, made
#   grey by the formula above, stretched to 28 × 28 (both sides, nothing cut off or added; which filter
#   does not matter), and inverted last if `invert` is true
# * no such file → `FileNotFoundError`; a file that is no picture, or one that is cut short → `ValueError`
#
# **Expected** For a plain red picture (255, 0, 0) of any size every value is 0.298, with `invert=True` 0.702. For a
# fully transparent one every value is 1, with `invert=True` 0.
#
# <details><summary>Hint 1: the tools</summary>
#
# `Image.open(path)`, `picture.convert("RGBA")`, `Image.new("RGBA", picture.size, "white")`,
# `Image.alpha_composite(ground, picture)`, `picture.convert("L")`, `picture.resize((28, 28))`, and
# `np.asarray(picture, dtype="float32")`. Every picture can be converted to `RGBA`, whatever its mode.
# </details>
# <details><summary>Hint 2: the errors</summary>
#
# Pillow raises `UnidentifiedImageError` for what is no picture and `OSError` for one that is cut short. The first is
# a kind of `OSError`, and so is `FileNotFoundError`, which must get through. So: `except
# FileNotFoundError: raise`, then `except OSError as error: raise ValueError(...) from error`.
# </details>
# <details><summary>Hint 3: a picture that is cut short</summary>
#
# `Image.open` reads the first bytes only. The pixels are read when they are first needed, by `convert` for
# instance. So `convert` belongs inside the `try`, too.
# </details>


# %% nbgrader={"grade": false, "grade_id": "prepare_image", "locked": false, "schema_version": 3, "solution": true, "task": false}
def prepare_image(path, invert=False):
    """A picture file as float32 (28, 28) in 0...1: on white, grey, stretched, inverted if asked."""
    ### BEGIN SOLUTION
    try:
        with Image.open(path) as opened:
            picture = opened.convert("RGBA")
    except FileNotFoundError:
        raise
    except (OSError, SyntaxError) as error:
        raise ValueError(f"{path} is no picture, or is cut short: {error}") from error
    ground = Image.new("RGBA", picture.size, "white")
    grey = Image.alpha_composite(ground, picture).convert("L").resize((28, 28))
    pixels = np.asarray(grey, dtype="float32") / 255
    return 1 - pixels if invert else pixels
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_prepare_image", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
checks.run("prepare_image")

# %% [markdown]
# Now show each picture to the network twice, as it is and inverted.

# %% tags=["skip-execution"]
keeper = keras.models.load_model(folder / "digits.keras")  # the model from the beginning
names = [str(i) for i in range(10)]


def predict_one(image):
    """The ten probabilities for one prepared picture (28, 28)."""
    return keeper.predict_on_batch(image[None])[0]


figure, axes = plt.subplots(
    len(pictures), 5, figsize=(12, 2.5 * len(pictures)), layout="constrained"
)
for row, path in zip(axes, pictures, strict=True):
    true_digit = int(path.name[0])
    plots.picture(path, path.name, row[0])
    for column, invert in [(1, False), (3, True)]:
        prepared = prepare_image(path, invert=invert)
        plots.image(prepared, "inverted" if invert else "as it is", row[column])
        row[column].spines[:].set(visible=True, color=plots.GREY)
        plots.prediction_bars(predict_one(prepared), names, true_digit, row[column + 1])
        row[column + 1].tick_params(labelsize=7)
        row[column + 1].set_xlabel("")
plt.show()

# %% [markdown]
# Look at the bars of the right answer, hatched. Four pictures are dark on light. The network should recognise them
# **inverted**. The chalk and the orange 8 are light on dark already, so look at them **as they are**.
#
# Now look at the pictures that are the wrong way round. The network is **not** puzzled by a dark digit on white. It
# gives an answer, often a very sure one. Most of the pixels are bright, and there was no such picture in its training.
# But there is no output that says "this is no digit as I know them".
#
# Can the program find out whether to invert? Most of the picture is paper. So it inverts where the median is light.

# %% tags=["skip-execution"]
for path in sorted(Path("digits").glob("*.*")):
    try:
        invert = bool(np.median(prepare_image(path)) > 0.5)
        probabilities = predict_one(prepare_image(path, invert=invert))
    except ValueError:
        continue  # not a picture
    best = int(probabilities.argmax())
    print(f"{path.name:24} inverted: {invert!s:5}  {best}  ({probabilities[best]:.2f})")

# %% [markdown]
# **Your turn.** Write a digit, take a photograph or draw it with any program, and put the file into the
# folder `digits` beside this notebook: in JupyterLab, open that folder in the file browser on the left
# and drag the file into it. Then run the cell above again. If the file's name begins with the digit, the
# figure below knows it, too.
#
# Or use the button *your own*, which takes a file straight from your computer.

# %% tags=["skip-execution"]
own_and_ours = [
    p
    for p in sorted(Path("digits").glob("*.*"))
    if p.suffix.lower() in Image.registered_extensions()
]
widgets.picture_explorer(own_and_ours, prepare_image, predict_one, names)

# %% [markdown]
# Try these:
#
# * The blackboard: its ground is 0.20, not 0. Raise the *threshold* to 0.25. This is what the layer
#   `Blacken` did.
# * *Invert* the 3 and change its *size*. The digits of MNIST were all scaled to about 20 pixels. At which sizes
#   does the network err?
# * *Invert* the 7 and move it with *lower*: −2, −3, then 2. The digits of MNIST have their *centre of mass* in the
#   middle of the picture, and most of a 7's ink is at its top.
#
# Size, place, thickness of the stroke: the training images decide which of these may vary. Either prepare new
# pictures as the training pictures were prepared, or train with shifted and scaled ones (lesson 08).
#
# One trap that the exercise left out: scanners write grey pictures with 16 bits (mode `I;16`). `convert`
# cuts these at 255, and nearly everything becomes white. Divide by 257 first. And photographs of a telephone
# may lie on their side; `ImageOps.exif_transpose` puts them upright.

# %% [markdown]
# ## Check your understanding
#
# **Question 1.** A break of a week

# %% tags=["skip-execution"]
widgets.commit_box(
    "You want to go on with a long training next week, with Adam, as if there had been no break. What do you keep?",
    {
        "What `model.get_weights()` gives, in an array file": "The weights are there, Adam's averages are not. Its first steps next week "
        "would be others.",
        "The file that `model.save` writes, as `.keras`": "Architecture, weights, compile settings and the optimizer's state are in it. Do not "
        "compile again after loading.",
        "The folder that `model.export` writes": "An export is for predictions. There are no layers to train in it, and no optimizer.",
        "The text that `model.to_json()` gives": "The network would start from random weights.",
    },
    answer="The file that `model.save` writes, as `.keras`",
)

# %% [markdown]
# **Question 2.** A weights file and a changed model

# %% tags=["skip-execution"]
widgets.commit_box(
    "A model is Flatten, Dense(64), Dense(64), Dense(10). You load its weights file into Flatten, Dense(64), Dense(10), "
    "with `skip_mismatch=True`. Which layers get their weights?",
    {
        "The first Dense only": "It is the first of its class in both models. The second one of the file has 64 outputs, "
        "but the model's second one has 10, so it is left as it is.",
        "Both: the layer in the middle is left out": "Keras does not look for the entry that fits best. It counts the layers of each class, "
        "and the second entry is that of the layer in the middle.",
        "None: the number of layers is not the same": "Each layer is looked up on its own. The first one finds an entry of the right shape.",
    },
    answer="The first Dense only",
)

# %% [markdown]
# **Question 3.** A file from a colleague

# %% tags=["skip-execution"]
widgets.commit_box(
    "A colleague sends `model.keras`. Loading stops: *Requested the deserialization of a `Lambda` layer*. What now?",
    {
        "Load it with `safe_mode=False`, as the message says": "That switch runs code from the file. Use it only where you would run "
        "a program of the same origin.",
        "Ask for the file again, because it is damaged": "The file is whole. Keras refuses to run code that came with it.",
        "Ask for a version with a layer class instead": "Then you can read the class before you use it, and there is no code in the file. The "
        "weights alone would do, too.",
    },
    answer="Ask for a version with a layer class instead",
)

# %% [markdown]
# **Question 4.** A wrong answer

# %% tags=["skip-execution"]
widgets.commit_box(
    "A network for digits says 3, with 0.97, for a photograph of a dark 8 on white paper. What is the most likely reason?",
    {
        "The network is badly trained": "On inputs unlike those it was trained on, a good network may say anything, and with a large "
        "output.",
        "The picture was not inverted": "The network was trained on light digits on black.",
        "The photograph has too many pixels": "After stretching it has 28 × 28, as all others.",
    },
    answer="The picture was not inverted",
)

# %% [markdown]
# ## Then and now
#
# Older tutorials write some of this differently. Each line was run with TensorFlow 2.21 and Keras 3.
#
# | then | what happens today | now |
# |---|---|---|
# | `model.save("folder")` | `ValueError` | `model.save("m.keras")` to keep it, `model.export("folder")` to serve it |
# | `keras.models.load_model("folder")` of a SavedModel | `ValueError` | `keras.layers.TFSMLayer("folder", call_endpoint="serve")` |
# | `tf.saved_model.load("folder")(x)` | `TypeError`: the loaded object is no function | `served = tf.saved_model.load("folder")`, then `served.serve(x)` |
# | `model.save_weights("weights.h5")`, `("weights.ckpt")` | `ValueError` | `model.save_weights("m.weights.h5")` |
# | `load_weights("m.weights.h5", by_name=True)` | `ValueError`; by name works for old `.h5` files only | copy layer by layer, as in `copy_weights_by_name` |
# | `load_weights` into a model that has no input shape yet | `ValueError` | `keras.Input(...)` first |
# | `model.to_yaml()` | `AttributeError` | `model.to_json()` |
# | `compile(loss="mse")`, saved as `m.h5` | `ValueError` when it is loaded | `m.keras` |
# | `picture.resize((28, 28), Image.ANTIALIAS)` | `AttributeError` | `picture.resize((28, 28), Image.Resampling.LANCZOS)` |

# %% [markdown]
# ## Summary
#
# * A model is architecture, weights, compile settings and optimizer state. `.keras` keeps all four, in a zip
#   archive that you can look into.
# * `.weights.h5` and checkpoints hold numbers, JSON holds the architecture. Each needs the rest from you. A weights file finds its
#   layers by class and count, not by name.
# * A resumed training is the same to the bit only with the optimizer's state, the same order of images
#   and no random layers. It goes on after the last whole epoch.
# * `export` writes the finished computation, which runs without your code.
# * A model is a program. Leave `safe_mode` on, and take SavedModels only from people you trust.
# * A network knows the kind of picture it was trained on. New ones have to be brought into that form: ground,
#   greys, size, place, and which of the two is light.
#
# ## Where to go next
#
# Lesson 12 opens `fit`: metrics and training loops of your own, for which `tf.train.Checkpoint` is made.
# Lesson 14 trains on several devices, where a machine may fail at any time, and checkpoints are needed.
#
# Go on with [12 · Metrics and training loops of your own](../12_metrics_and_loops/12_metrics_and_loops.ipynb)
