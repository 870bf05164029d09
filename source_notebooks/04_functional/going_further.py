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
# # 04 · Going further: two inputs on real houses, and a look at features
#
# This notebook goes on where lesson 04 stops. It trains the network with two inputs and draws what its table has
# learnt, it draws a graph with Keras's own `plot_model`, it looks at features in a plane, and it shows what Keras refuses
# where there are two outputs. Nothing in it is graded, and no later lesson needs it.

# %%
import shutil
import tempfile
from pathlib import Path

from helpers import data, plots  # first, so that TensorFlow starts quietly

import keras
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import Image, display

# %% [markdown]
# ## Two inputs: numbers, and a place
#
# California housing has 20,640 neighbourhoods. Each row tells the median income, the age of the houses, rooms, people, and
# where the neighbourhood lies; the target is the median house price. As in the lesson, the map is cut into cells of half a
# degree, and the cells are numbered.

# %%
housing = data.load_california_housing()
order = np.random.default_rng(0).permutation(len(housing.data))
valid, train = order[: len(order) // 4], order[len(order) // 4 :]
price_train, price_valid = housing.target[train], housing.target[valid]

# The six other features: cut off the outermost values, then standardise. Fitted on training rows alone.
numbers = np.clip(housing.data[:, :6], None, np.percentile(housing.data[train, :6], 99, axis=0))
numbers = (numbers - numbers[train].mean(axis=0)) / numbers[train].std(axis=0)
numbers = numbers.astype("float32")

latitude, longitude = housing.data[:, 6], housing.data[:, 7]
row, column = ((latitude - 32.5) / 0.5).astype(int), ((longitude + 124.5) / 0.5).astype(int)
n_rows, n_columns = 20, 21
cell = (row * n_columns + column).astype("int32")
print(housing)
print("numbers", numbers.shape, numbers.dtype, " cell", cell.shape, cell.dtype)
print("rows", row.min(), "to", row.max(), " columns", column.min(), "to", column.max())
print(f"{len(np.unique(cell[train]))} of {n_rows * n_columns} cells have houses in them")

# %% [markdown]
# One network gets the cell, the other does not. `fit` gets a dict with the names of the inputs.


# %%
def build_house_model(with_cell=True):
    inputs = {"numbers": keras.Input((6,), name="numbers")}
    x = inputs["numbers"]
    if with_cell:
        inputs["cell"] = keras.Input((), dtype="int32", name="cell")
        place = keras.layers.Embedding(n_rows * n_columns, 4, name="place")(inputs["cell"])
        x = keras.layers.Concatenate(name="side_by_side")([x, place])
    x = keras.layers.Dense(30, activation="relu", name="hidden")(x)
    return keras.Model(inputs, keras.layers.Dense(1, name="price")(x), name="houses")


price_errors = {}
for with_cell in (False, True):
    keras.utils.set_random_seed(0)
    features_train, features_valid = {"numbers": numbers[train]}, {"numbers": numbers[valid]}
    if with_cell:
        features_train["cell"], features_valid["cell"] = cell[train], cell[valid]
    houses = build_house_model(with_cell)
    houses.compile(keras.optimizers.Adam(0.003), "mean_squared_error", steps_per_execution=30)
    history = houses.fit(
        features_train,
        price_train,
        validation_data=(features_valid, price_valid),
        batch_size=128,
        epochs=10,
        verbose=0,
    )
    price_errors["with the cell" if with_cell else "six numbers alone"] = history
plots.compare_curves(price_errors, "val_loss").set_ylabel("squared error on validation rows")
for name, history in price_errors.items():
    print(f"{name:18} {history.history['val_loss'][-1]:.3f}")

# %% [markdown]
# The place makes the error clearly smaller.
#
# What did the table learn? Ask the model for the price of one and the same average house, put into each cell.

# %%
everywhere = np.arange(n_rows * n_columns, dtype="int32")
average_house = np.zeros((len(everywhere), 6), dtype="float32")
prices = houses.predict({"numbers": average_house, "cell": everywhere}, verbose=0).ravel()
prices[~np.isin(everywhere, cell[train])] = np.nan  # nothing was learnt about empty cells

figure, ax = plt.subplots(figsize=(5.6, 4.8), layout="constrained")
picture = ax.imshow(
    prices.reshape(n_rows, n_columns),
    origin="lower",
    extent=(-124.5, -114, 32.5, 42.5),
    cmap="cividis",
    aspect=1.25,
)
figure.colorbar(picture, label="price of an average house (100,000 US$)")
for name, x, y in [("San Francisco", -122.4, 37.8), ("Los Angeles", -118.2, 34.1)]:
    ax.plot(x, y, "o", color="#D55E00", markeredgecolor="white")
    ax.annotate(
        name, (x, y), (-6, -4), textcoords="offset points", ha="right", va="top", fontsize=9
    )
ax.set(xlabel="longitude", ylabel="latitude", xlim=(-126, -114))
plt.show()

# %% [markdown]
# Houses on the coast are dear, those in the valley behind it are not. The network was not told which cells lie by the
# sea. White cells had no training rows.

# %% [markdown]
# ## Keras's own drawing: `plot_model`
#
# `plots.model_graph` belongs to this course. Keras has such a drawing of its own, `keras.utils.plot_model`. It
# needs the program `dot` of Graphviz, which may or may not be on your computer.

# %%
plots.model_graph(houses)  # fmt: skip

# %%
if shutil.which("dot"):
    with tempfile.TemporaryDirectory() as folder:  # plot_model writes a file
        file = Path(folder) / "houses.png"
        keras.utils.plot_model(houses, file, show_shapes=True, show_layer_names=True, dpi=60)
        display(Image(file.read_bytes()))
else:
    print("plot_model needs Graphviz. Install it from your system's packages or from graphviz.org.")

# %% [markdown]
# ## What features look like
#
# The lesson ends a model at a hidden layer to get **features**. Here is such a classifier again, with a hidden layer of
# 32 units, and the model that ends there.

# %%
digits = data.load_mnist()
rows = digits.x_train[:8000].reshape(-1, 784).astype("float32") / 255
x_train, y_train = rows[:7200], digits.y_train[:7200]
x_valid, y_valid = rows[7200:], digits.y_train[7200:8000]

keras.utils.set_random_seed(0)
inputs = keras.Input((784,))
first = keras.layers.Dense(128, activation="relu")(inputs)
second = keras.layers.Dense(32, activation="tanh")(first)
classifier = keras.Model(inputs, keras.layers.Dense(10, activation="softmax")(second))
classifier.compile(
    "adam", "sparse_categorical_crossentropy", metrics=["accuracy"], steps_per_execution=19
)
classifier.fit(x_train, y_train, batch_size=128, epochs=6, verbose=0)
features = keras.Model(inputs, second).predict(x_valid, verbose=0)
print("accuracy on validation digits:", classifier.evaluate(x_valid, y_valid, verbose=0)[1])
print("features", features.shape)

# %% [markdown]
# 32 dimensions cannot be drawn. So we turn the cloud of points such that its longest and its second longest direction
# lie in the plane of the paper. This is principal component analysis; NumPy's singular value decomposition finds the
# directions. On the left are the pixels, on the right the features.


# %%
def principal_components(points):
    """The points (n, d) in the plane of their two longest directions, and their share of the variance."""
    centred = points - points.mean(axis=0)
    _, lengths, directions = np.linalg.svd(centred, full_matrices=False)
    return centred @ directions[:2].T, np.sum(lengths[:2] ** 2) / np.sum(lengths**2)


def nearest_agree(plane):
    """In how many cases a point and its nearest neighbour in the plane are the same digit."""
    distances = np.linalg.norm(plane[:, None] - plane[None], axis=-1)
    np.fill_diagonal(distances, np.inf)
    return np.mean(y_valid[distances.argmin(axis=1)] == y_valid)


figure, axes = plt.subplots(1, 2, figsize=(11, 5.2), layout="constrained")
for ax, name, points in [(axes[0], "784 pixels", x_valid), (axes[1], "32 features", features)]:
    plane, share = principal_components(points)
    for digit in range(10):
        chosen = plane[y_valid == digit]
        colour = plots.COLOURS[digit % 7]
        ax.scatter(*chosen.T, marker=f"${digit}$", color=colour, s=32, linewidths=0.3)
    ax.set(title=f"{name}: two directions hold {share:.0%} of the variance", xticks=[], yticks=[])
    print(f"{name:11} the nearest neighbour is the same digit in {nearest_agree(plane):.0%}")
plt.show()

# %% [markdown]
# Among the pixels nearly everything overlaps. Among the features the digits gather in groups, though the labels were not
# used to choose the plane. What still overlaps here is mostly apart in the other 30 dimensions: the output layer is right for
# about nine digits in ten.

# %% [markdown]
# ## Two outputs: what is refused
#
# Old tutorials give one flat list of metrics, or one array of targets. With two outputs both are refused. (The
# second targets are made up here.)

# %%
shared = keras.layers.Dense(16, activation="relu")(inputs)
label = keras.layers.Dense(10, activation="softmax", name="label")(shared)
score = keras.layers.Dense(1, name="score")(shared)
small = keras.Model(inputs, {"label": label, "score": score})
losses = {"label": "sparse_categorical_crossentropy", "score": "mean_squared_error"}
targets = {"label": y_train[:100], "score": np.zeros(100, dtype="float32")}
for words, metrics, y in [
    ('metrics=["mae"]', ["mae"], targets),
    ("y=y_train", None, y_train[:100]),
]:
    try:
        small.compile("sgd", loss=losses, metrics=metrics)
        small.fit(x_train[:100], y, verbose=0)
    except (ValueError, KeyError) as error:
        print(f"{words:16} {type(error).__name__}: {str(error).splitlines()[0][:110]}")

# %% [markdown]
# Give both a dict with the names of the outputs, as the lesson does.
