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
# # 05 · Going further: losses, penalties and limits of your own
#
# This notebook goes on where lesson 05 stops. It shows how a layer can add to the loss, how a weight can have a
# penalty and a limit of its own, and what happens to a model that stands in the body of a class. Nothing in it is
# graded, and no later lesson needs it.

# %%
from helpers import data  # first, so that TensorFlow starts quietly

import keras
import numpy as np

# %% [markdown]
# We use the digits of the lesson: 7,000 for training, 1,000 for validation, laid out as rows of 784 pixels.

# %%
digits = data.load_mnist()
pixels = digits.x_train[:8000].reshape(-1, 784).astype("float32") / 255
rows, y_train = pixels[1000:], digits.y_train[1000:8000]
rows_valid, y_valid = pixels[:1000], digits.y_train[:1000]
print(digits)
print("training", rows.shape, " validation", rows_valid.shape)

# %% [markdown]
# ## A loss of your own: `add_loss`
#
# The loss in `compile` compares outputs with targets. Sometimes something else should count as well. A
# regulariser adds a penalty for weights only. `self.add_loss(value)` inside `call` adds **any scalar** that
# `call` can compute. Keras adds it to the loss of the batch.
#
# In this example a hidden layer has to pay for every unit that is active. Then the network learns to describe a
# digit with few active units. The layer gives its inputs back unchanged, and adds a penalty for their size.


# %%
@keras.saving.register_keras_serializable(package="lesson05")
class ActivityPenalty(keras.layers.Layer):
    """Identity; adds price x (sum over the units of |activation|), averaged over the batch, to the loss."""

    def __init__(self, price, **kwargs):
        super().__init__(**kwargs)
        self.price = price

    def call(self, inputs):
        per_example = keras.ops.sum(keras.ops.abs(inputs), axis=-1)
        self.add_loss(self.price * keras.ops.mean(per_example))
        return inputs

    def get_config(self):
        return {**super().get_config(), "price": self.price}


def train_frugal(price, seed):
    """A classifier whose 128 hidden units have a price, trained for eight epochs."""
    keras.utils.set_random_seed(seed)
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(128, activation="relu", name="hidden"),
            ActivityPenalty(price),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(
        "adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"], steps_per_execution=11
    )
    model.fit(rows, y_train, batch_size=128, epochs=8, verbose=0)
    return model


for price in (0.0, 0.005):
    for seed in range(3):
        frugal = train_frugal(price, seed)
        report = frugal.evaluate(rows_valid, y_valid, batch_size=1000, verbose=0, return_dict=True)
        hidden = keras.Model(frugal.inputs[0], frugal.get_layer("hidden").output)(rows_valid)
        active = (np.asarray(hidden) > 0.01).sum(axis=1).mean()
        print(f"price {price}, seed {seed}: accuracy {report['accuracy']:.3f}, ", end="")
        print(f"active units per digit {active:.1f} of 128")

entropy = np.mean(keras.losses.sparse_categorical_crossentropy(y_valid, frugal(rows_valid)))
added = float(frugal.losses[0])
print(f"\ncross-entropy {entropy:.4f} + model.losses {added:.4f} = {entropy + added:.4f}")
print(f"the loss that evaluate reports: {report['loss']:.4f}")

# %% [markdown]
# With a price fewer units are active for a digit, and the accuracy is about the same. The last two lines show
# how the price enters the loss. The loss that Keras reports is the cross-entropy **plus** `model.losses`.
#
# `model.losses` holds what the **last** call has added, because each call begins with an empty list. `fit` adds the
# values to the loss by itself. In a training loop of your own (lesson 12) you do it.
#
# The penalties of regularisers are in the same list. `PixelGate`, the first layer of the lesson, put one there.

# %% [markdown]
# ## A penalty and a limit for each weight
#
# Keras's own layers take a penalty and a limit for each of their weights: `kernel_regularizer`,
# `bias_regularizer`, `kernel_constraint` and `bias_constraint`. In a layer of your own they are two arguments of
# `add_weight`.
#
# * `regularizer=`: a function of the weight. Its value is added to the loss, as above.
# * `constraint=`: a function from the weight to another one that is allowed. `fit` applies it after each
#   step of the optimizer.
#
# The layer below has weights that are never negative. So a brighter pixel can raise a score or leave it as it is, but
# never lower it. The bias has an L2 penalty.


# %%
class NonNegativeDense(keras.layers.Layer):
    """x @ kernel + bias, the kernel never below 0, the bias with an L2 penalty."""

    def __init__(self, units, penalty=0.001, **kwargs):
        super().__init__(**kwargs)
        self.units, self.penalty = units, penalty

    def build(self, input_shape):
        self.kernel = self.add_weight(
            shape=(input_shape[-1], self.units),
            initializer=keras.initializers.RandomUniform(0, 0.05),
            constraint=keras.constraints.NonNeg(),
            name="kernel",
        )
        self.bias = self.add_weight(
            shape=(self.units,),
            initializer="zeros",
            regularizer=keras.regularizers.L2(self.penalty),
            name="bias",
        )

    def call(self, inputs):
        return keras.ops.matmul(inputs, self.kernel) + self.bias

    def get_config(self):
        return {**super().get_config(), "units": self.units, "penalty": self.penalty}


ready_made = keras.layers.Dense(
    10,
    kernel_initializer=keras.initializers.RandomUniform(0, 0.05),
    kernel_constraint="non_neg",
    bias_regularizer=keras.regularizers.L2(0.001),
)
for layer in (keras.layers.Dense(10), ready_made, NonNegativeDense(10)):
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((784,)), layer])
    model.compile(
        "adam",
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
        steps_per_execution=11,
    )
    model.fit(rows, y_train, batch_size=128, epochs=8, verbose=0)
    accuracy = model.evaluate(rows_valid, y_valid, verbose=0, return_dict=True)["accuracy"]
    kernel, bias = layer.get_weights()
    penalties = sum(float(value) for value in model.losses)
    print(
        f"{type(layer).__name__:17} accuracy {accuracy:.3f}, smallest weight {kernel.min():.3f}, ",
        end="",
    )
    print(f"weights that are 0: {np.mean(kernel == 0):.0%}, penalty {penalties:.4f}")

# %% [markdown]
# The first line is a dense layer without any limit. The second and the third are the same layer, once ready-made
# and once written by hand. They start from different random weights, so their numbers differ slightly. The limit costs
# accuracy here, because a pixel can no longer count against a digit.

# %% [markdown]
# ## A model in the class body is shared by all
#
# This mistake is common in older tutorials. What stands in the body of a Python class, outside the methods, is made
# **once**, when the class is defined. All instances share it.


# %%
class Experiment:
    model = keras.Sequential([keras.Input((784,)), keras.layers.Dense(10, activation="softmax")])

    def run(self):
        self.model.compile("adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
        history = self.model.fit(rows, y_train, batch_size=128, epochs=3, verbose=0)
        return history.history["accuracy"]


for name in ("first", "second"):
    accuracy = " ".join(f"{value:.2f}" for value in Experiment().run())
    print(f"{name:6} experiment, training accuracy by epoch: {accuracy}")

# %% [markdown]
# The second experiment goes on where the first stopped. A comparison of "two fresh models" would compare one
# model with itself. In `__init__` each instance makes a model of its own.
#
# In the body of a class that derives from `keras.Model` the same line does more harm. Keras notes layers when they
# are set as attributes of the instance (`self.…`). It does not see those of the class body. So `model.weights` is
# empty, and `fit` trains nothing.


# %%
class LayersInBody(keras.Model):
    dense = keras.layers.Dense(10)

    def call(self, inputs):
        return self.dense(inputs)


model = LayersInBody()
model(rows[:6])
print("weights that Keras lists:", len(model.weights))
print("weights of the layer:    ", len(LayersInBody.dense.weights))
