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
# # 09 · Going further: the order of layers, collisions, and what the cells add
#
# This notebook goes on where lesson 09 stops. It shows why two versions of one model may begin with other weights, how often
# hashed pairs collide, what the weight of a crossed cell means, and what the cells of a wide path add to a price. Nothing in
# it is graded, and no later lesson needs it.

# %%
from helpers import data, plots  # first, so that TensorFlow starts quietly

import keras
import matplotlib.pyplot as plt
import numpy as np
from sklearn.model_selection import train_test_split

# %% [markdown]
# The data are the houses of the lesson with the same split: the raw features, and the features standardised and clipped at ±5.

# %%
housing = data.load_california_housing()
raw_rest, raw_test, y_rest, y_test = train_test_split(
    housing.data, housing.target, test_size=0.25, random_state=7
)
raw_train, raw_valid, y_train, y_valid = train_test_split(
    raw_rest, y_rest, test_size=0.25, random_state=1
)
mean, std = raw_train.mean(axis=0), raw_train.std(axis=0)
x_train, x_valid = (
    np.clip((raw - mean) / std, -5, 5).astype("float32") for raw in (raw_train, raw_valid)
)
print(housing)

# %% [markdown]
# ## The order in which layers are made
#
# Three networks compute the same thing: one in the functional API and two classes. The second class makes its last layer first.


# %%
def build_functional():
    """Two hidden layers of 30 units, joined with the eight features, and one linear output."""
    inputs = keras.Input((8,))
    h = keras.layers.Dense(30, activation="relu")(inputs)
    h = keras.layers.Dense(30, activation="relu")(h)
    return keras.Model(inputs, keras.layers.Dense(1)(keras.layers.Concatenate()([h, inputs])))


class InOrder(keras.Model):
    """The same as a class, its layers made in the order first, second, last."""

    def __init__(self):
        super().__init__()
        self.two = [keras.layers.Dense(30, activation="relu") for _ in range(2)]
        self.last = keras.layers.Dense(1)

    def call(self, x):
        first, second = self.two
        return self.last(keras.ops.concatenate([second(first(x)), x], axis=-1))


class OutputFirst(keras.Model):
    """The same as a class, its last layer made first."""

    def __init__(self):
        super().__init__()
        self.last = keras.layers.Dense(1)
        self.two = [keras.layers.Dense(30, activation="relu") for _ in range(2)]

    def call(self, x):
        first, second = self.two
        return self.last(keras.ops.concatenate([second(first(x)), x], axis=-1))


for build in (build_functional, InOrder, OutputFirst):
    keras.utils.set_random_seed(0)
    model = build()
    model.compile(keras.optimizers.SGD(0.01), loss="mean_squared_error", steps_per_execution=33)
    history = model.fit(
        x_train, y_train, epochs=2, validation_data=(x_valid, y_valid), verbose=0
    ).history
    losses = "  ".join(f"{loss:.7f}" for loss in history["val_loss"])
    print(f"{build.__name__:17} validation MSE {losses}")

# %% [markdown]
# The first two agree in every digit. The third is as good a network, but another one: its output layer got the seed that the first
# hidden layer has in the other two. So when you compare two *different* networks with "the same seed", they do not begin alike.

# %% [markdown]
# ## Collisions
#
# The map is cut into 20 × 20 cells, each bin with about the same number of districts. `HashedCrossing` numbers the cells that
# have districts, in tables of four sizes.

# %%
n_bins = 20
to_latitude_bin = keras.layers.Discretization(num_bins=n_bins)
to_longitude_bin = keras.layers.Discretization(num_bins=n_bins)
to_latitude_bin.adapt(raw_train[:, 6].astype("float32"))
to_longitude_bin.adapt(raw_train[:, 7].astype("float32"))


def cells_of(raw):
    """The number of the cell of each district, 0 to 399."""
    return to_latitude_bin(raw[:, 6]).numpy() * n_bins + to_longitude_bin(raw[:, 7]).numpy()


cells = cells_of(raw_train)
latitude_bin, longitude_bin = np.divmod(cells, n_bins)
print("num_bins  cells with districts  of them sharing a number")
for num_bins in (200, 400, 1600, 6400):
    hashed = keras.layers.HashedCrossing(num_bins=num_bins)((latitude_bin, longitude_bin)).numpy()
    number_of = dict(zip(cells.tolist(), hashed.tolist(), strict=True))
    _, uses = np.unique(list(number_of.values()), return_counts=True)
    print(f"{num_bins:8} {len(number_of):21} {uses[uses > 1].sum():25}")

# %% [markdown]
# With a table as large as the number of pairs, many cells share a number. Cells that share a number share a weight. With larger tables
# collisions get rare.
#
# ## What the weight of a cell means
#
# A linear model has one weight for each cell and a bias. The bias here is the mean of all prices. We train the weights, and compare
# weight plus bias with the mean price of the training districts in the cell.

# %%
keras.utils.set_random_seed(0)
cell_id = keras.Input((), dtype="int32")
weight = keras.layers.Embedding(n_bins**2, 1, embeddings_initializer="zeros")(cell_id)
linear = keras.Model(cell_id, weight)
linear.compile(keras.optimizers.Adam(0.05), loss="mean_squared_error", steps_per_execution=13)
linear.fit(cells, y_train - y_train.mean(), batch_size=128, epochs=15, verbose=0)

totals = np.bincount(cells, weights=y_train, minlength=n_bins**2)
counts = np.bincount(cells, minlength=n_bins**2)
full = counts >= 20
learnt = linear.predict(np.arange(n_bins**2), verbose=0).ravel() + y_train.mean()
apart = np.abs(learnt[full] - totals[full] / counts[full])
print(f"{full.sum()} cells with 20 districts or more")
print(f"weight + bias against the mean price of the cell: {apart.mean():.3f} apart on average")

# %% [markdown]
# The two are close. The model has learnt the mean price of each cell, and nothing else.
#
# ## What the cells add
#
# A Wide & Deep model is a sum of its two paths. So we can ask what the cells contribute, district by district. Here is a small one: its
# wide path has the cells only, and its deep path has the eight features without any cell.

# %%
keras.utils.set_random_seed(0)
features, cell_id = keras.Input((8,)), keras.Input((), dtype="int32")
h = keras.layers.Dense(64, activation="relu")(features)
h = keras.layers.Dense(64, activation="relu")(h)
deep = keras.layers.Dense(1)(h)
wide = keras.layers.Embedding(n_bins**2, 1, embeddings_initializer="zeros")(cell_id)
joined = keras.Model([features, cell_id], deep + wide)
joined.compile(keras.optimizers.Adam(0.003), loss="mean_squared_error", steps_per_execution=13)
joined.fit([x_train, cells], y_train, batch_size=128, epochs=12, verbose=0)

answer = joined.predict([x_valid, cells_of(raw_valid)], verbose=0).ravel()
added = keras.Model(cell_id, wide).predict(cells_of(raw_valid), verbose=0).ravel()
print(f"validation MSE {np.mean((answer - y_valid) ** 2):.3f}")
print("from the cells, lowest, median, highest:", np.quantile(added, [0, 0.5, 1]).round(2))

figure, axes = plt.subplots(1, 3, figsize=(13, 4.2), layout="constrained")
for ax, title, values, limits in [
    (axes[0], "prediction", answer, (0.5, 4)),
    (axes[1], "of it from the cells", added, (-1, 1)),
    (axes[2], "prediction − true price", answer - y_valid, (-1, 1)),
]:
    plots.housing_map(raw_valid[:, 6], raw_valid[:, 7], values, label="100,000 $", ax=ax)
    ax.collections[0].set_clim(*limits)
    ax.set_title(title)
plt.show()

# %% [markdown]
# The middle map shows what the cells know that the deep path has not made of latitude and longitude. It is only a part of what
# the model knows of the place, since the deep path sees the place, too.
