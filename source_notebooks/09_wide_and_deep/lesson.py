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
# # 09 · Wide & Deep
#
# **You will be able to**
#
# * cross two features, and say what a linear model can do with the cross and cannot do without it
# * tell memorisation from generalisation, and train embeddings that generalise
# * join a wide and a deep path in one network, in the functional API and as a class
# * build networks with several inputs and several outputs, and weigh their losses
# * prepare numbers inside the model with `Normalization`, `Discretization`, `HashedCrossing` and
#   `CategoryEncoding`, and compare the result fairly with gradient-boosted trees
#
# **Before you start** You need the functional API (lesson 04), subclassing (lesson 05), and the
# California houses with their split, scaling and outliers (lesson 07).
#
# **Running time** about 1 minute on two cores with the sample data; reading about 70 minutes, exercises about 50.

# %%
from helpers import checks, data, plots, widgets  # first, so that TensorFlow starts quietly

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

# %% [markdown]
# ## Predict
#
# What does a house cost? Five models look at a district in California:
#
# * **A** knows all eight features and adds them up, each with its weight: a linear model.
# * **B** knows only the place. The map is cut into 400 cells, 20 from south to north times 20 from west to
#   east. B has learnt the mean price of each cell.
# * **C** knows only the place, too. It has the same 20 bands from south to north and 20 from west to east.
#   Each band has a number, and C adds the two.
# * **D** is a small deep network on all eight features.
# * **E** is A and D together in one network.
#
# Commit to your answers. You will train all five.

# %% tags=["skip-execution"]
widgets.commit_box(
    "Which has the larger error, A with its eight features or B with its table of places?",
    {
        "A": "A place says much about a price, but not enough. The income of a district says more.",
        "B": "B has a validation MSE near 0.55, and A one near 0.47. The two know different things.",
        "They are equal": "They are some way apart: a map is not enough.",
    },
    answer="B",
)

# %% tags=["skip-execution"]
widgets.commit_box(
    "B and C use the same 20 + 20 bands. How do their errors compare?",
    {
        "Equal, since they know the same": "They do not. B has a number for each pair of bands, C for each band.",
        "That of B is smaller": "The coast runs at a slant. B can follow it cell by cell, and C cannot.",
        "That of C is smaller": "40 numbers can follow the coast less well than 400.",
    },
    answer="That of B is smaller",
)

# %% tags=["skip-execution"]
widgets.commit_box(
    "What does E gain over D?",
    {
        "It halves the error": "What the linear model says is not new to the deep network.",
        "Next to nothing": "The deep network learns the straight lines as well. The wide path needs other features.",
        "It loses: two models disturb each other": "They are trained as one, and each learns what the other leaves.",
    },
    answer="Next to nothing",
)

# %% [markdown]
# ## The data
#
# These are the houses of lesson 07 with the same split. We keep two versions. The features as they are
# (`raw_…`) are for the layers that do their own preparation. The features standardised by the training set and
# clipped at ±5 (`x_…`) are as lesson 07 had them in the end.

# %% tags=["skip-execution"]
from sklearn.model_selection import train_test_split

housing = data.load_california_housing()
raw_rest, raw_test, y_rest, y_test = train_test_split(
    housing.data, housing.target, test_size=0.25, random_state=7
)
raw_train, raw_valid, y_train, y_valid = train_test_split(
    raw_rest, y_rest, test_size=0.25, random_state=1
)
mean, std = raw_train.mean(axis=0), raw_train.std(axis=0)
x_train, x_valid, x_test = (
    np.clip((raw - mean) / std, -5, 5).astype("float32") for raw in (raw_train, raw_valid, raw_test)
)
print(housing)
for number, name in enumerate(housing.feature_names):
    low, middle, high = np.quantile(raw_train[:, number], [0, 0.5, 1])
    print(f"{number}  {name:10} from {low:8.2f} to {high:9.2f}, median {middle:8.2f}")
print(f"{len(x_train):,} training, {len(x_valid):,} validation and {len(x_test):,} test districts")

# %% [markdown]
# ## Dense features, sparse features
#
# The median income of a district is a **dense** feature. It is one number, and every district has one. A
# larger number means more of the same, so it makes sense to multiply it by a weight.
#
# A name is different. Take "cell 217", the film with number 31, the word "house": the number is only
# a label, and multiplying it makes no sense. Lesson 06 wrote labels one-hot, as a long row of
# zeros with a single 1. Such a feature is called **sparse**.
#
# A linear model on a one-hot feature has one weight for each label, so it can give each label its own
# answer. With two such features it **adds** the two answers:
#
# $$\hat{y} = u_a + v_b.$$
#
# That is often wrong. Sand is nice at the beach and not in the bed. The answer belongs to the *pair*.

# %% [markdown]
# ## Crossed features: one weight for each pair
#
# The remedy is a new sparse feature whose labels are the pairs. With $n_a$ labels and $n_b$ labels
# it has $n_a \cdot n_b$ labels. This is a **crossed feature**, and a linear model has one weight for each
# pair:
#
# $$\hat{y} = w_{(a, b)}.$$
#
# Each pair needs a number. Lay the pairs out as a table with $n_b$ columns, and count along the rows:
#
# | | b = 0 | b = 1 | b = 2 |
# |---|---|---|---|
# | **a = 0** | 0 | 1 | 2 |
# | **a = 1** | 3 | 4 | 5 |
# | **a = 2** | 6 | 7 | 8 |

# %% [markdown]
# ### Exercise: `cross(a, b, n_b)` (1 point)
#
# Number the pairs.
#
# * `a`, `b`: two Python integers, or two integer NumPy arrays of equal shape; a ≥ 0 and 0 ≤ b < n_b
# * `n_b`: how many different values `b` can have, an integer
# * returns the id $a \cdot n_b + b$: an integer, or an integer array of the same shape
# * the arrays may be of a small type such as `uint8` or `int8`, and the ids may be too large for it. They
#   must come out right all the same (all ids fit into `int64`)
#
# **Expected** `cross(2, 1, 3)` gives `7`. `cross(np.array([0, 1, 2]), np.array([2, 0, 1]), 3)` gives
# `[2, 3, 7]`.
#
# <details><summary>Hint 1: the idea</summary>
#
# The number of a pair is the number of cells that come before it in the table: all full rows above, and the
# cells to its left.
# </details>
# <details><summary>Hint 2: the small types</summary>
#
# A `uint8` holds 0 to 255. A product that does not fit is cut, and NumPy does not say so. Make the numbers
# larger *before* you multiply: `np.asarray` takes a `dtype`, and works for integers and for arrays.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# The minutes since midnight of a time h:m, from arrays of type `uint8`: `hours = np.asarray(h, dtype="int64")`,
# then 60 for each hour and the minutes added. Without the conversion 10:00 would give 600 − 512 = 88.
# </details>


# %% nbgrader={"grade": false, "grade_id": "cross", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cross(a, b, n_b):
    """The number a * n_b + b of the pair (a, b), for integers or integer arrays of any type."""
    ### BEGIN SOLUTION
    return np.asarray(a, dtype="int64") * n_b + np.asarray(b, dtype="int64")
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_cross", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
checks.run("cross")

# %% [markdown]
# ## People and films
#
# A small table of ratings shows what a cross can do and what it cannot do. **It is made, by the cell below.** So
# we know what is behind the ratings. There are 40 people and 30 films of three kinds. Each person has two hidden
# tastes, and each film serves these tastes more or less; films of one kind are similar. Some people are kinder than others, some
# films better made. The ratings are whole numbers from 1 to 5. About 60 % of the 1,200 are known, and the others
# are to be predicted.

# %% tags=["skip-execution"]
rng = np.random.default_rng(1)
kinds = ["comedy", "thriller", "romance"]
kind = np.repeat([0, 1, 2], 10)
centres = np.array([[1.2, 0.0], [-0.6, 1.0], [-0.6, -1.0]])
serves = centres[kind] + 0.25 * rng.normal(size=(30, 2))
taste = rng.normal(size=(40, 2))
kindness, quality = 0.5 * rng.normal(size=(40, 1)), 0.5 * rng.normal(size=30)
ratings = np.clip(np.round(3 + taste @ serves.T + kindness + quality), 1, 5)

person, film = np.divmod(np.arange(1200), 30)
rating = ratings.ravel().astype("float32")
known = rng.random(1200) < 0.6
middle = rating[known].mean()
print("pairs, by number:", cross(person, film, 30)[:5], "...", cross(person, film, 30)[-1])
print(f"{known.sum()} known ratings, {middle:.2f} on average")

# %% [markdown]
# How does a model hold a weight for each label? One-hot rows times weights would do it, but nearly all products
# are with 0. The layer `keras.layers.Embedding(n, 1)` does the same directly. It is a table of n rows, and it looks up the
# row of the label.

# %% [markdown]
# ## Embeddings: learning what is alike
#
# A model with a weight for each pair knows nothing of a pair that it has never seen. To say something about it, a model
# must learn about the person from *other* films, and about the film from *other* people.
#
# An **embedding** gives each label a short row of numbers instead of one. `Embedding(40, 8)` is a table of 40
# rows and 8 columns. The rows begin at random and are trained like all weights. They are dense features that
# the network finds for its labels.
#
# The simplest model of ratings multiplies the row $p_a$ of the user and the row $q_b$ of the item number by number, and sums
# up. That is a dot product, large where the two rows point the same way. Each user and each item also has a
# bias of its own, for kindness and for quality:
#
# $$\hat{y} = p_a^{\top} q_b + u_a + v_b.$$

# %% [markdown]
# ### Exercise: `build_ratings_model(n_users, n_items, dim=8)` (3 points)
#
# Build this model, for any numbers of users and items.
#
# * inputs, in this order: the ids of the users, 0 to n_users − 1, and the ids of the items, 0 to n_items − 1; both integers, (n,)
#   or (n, 1). The model takes them as a list: `model([users, items])`
# * the output, (n, 1), is the dot product of two embeddings with `dim` columns, plus a bias for the user, plus a
#   bias for the item. Nothing is done to it: no activation
# * nothing else has weights, so there is no bias for all
# * returns a new `keras.Model` each time, with its weights made, all of them trainable
#
# **Expected** `build_ratings_model(7, 4).count_params()` gives `99`, and
# `build_ratings_model(5, 9, 3).count_params()` gives `56`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Four tables: two with `dim` columns, two with one column. Each is looked up by one of the inputs.
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `keras.Input((), dtype="int32")` is for one id in each example. Such an input takes (n,), and Keras turns
# (n, 1) into it. For the sum over an axis there are `keras.layers.Dot` and `keras.ops.sum` with `keepdims=True`.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# The squared distance of two points that have numbers, `xy = keras.layers.Embedding(50, 2)`:
# `keras.ops.sum((xy(a) - xy(b)) ** 2, axis=1, keepdims=True)`, with `a` and `b` two inputs, has the shape (n, 1).
# </details>


# %% nbgrader={"grade": false, "grade_id": "build_ratings_model", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_ratings_model(n_users, n_items, dim=8):
    """User ids and item ids -> dot product of two embeddings + bias of the user + bias of the item, (n, 1)."""
    ### BEGIN SOLUTION
    user, item = keras.Input((), dtype="int32"), keras.Input((), dtype="int32")
    Embedding = keras.layers.Embedding
    product = keras.layers.Dot(axes=1)(
        [Embedding(n_users, dim)(user), Embedding(n_items, dim)(item)]
    )
    biases = [Embedding(n_users, 1)(user), Embedding(n_items, 1)(item)]
    return keras.Model([user, item], keras.layers.Add()([product, *biases]))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_build_ratings_model", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
checks.run("build_ratings_model")

# %% [markdown]
# Your model meets two linear ones: **separate** has a weight for each person and one for each film, **crossed** has a
# weight for each pair. All of them learn by how much a rating differs from the mean of the known ones.


# %% tags=["skip-execution"]
def build_linear(crossed):
    """A linear model of two sparse features: person (0 to 39) and film (0 to 29)."""
    p, f = keras.Input((), dtype="int32"), keras.Input((), dtype="int32")
    if crossed:
        outputs = keras.layers.Embedding(1200, 1, embeddings_initializer="zeros")(p * 30 + f)
    else:
        outputs = keras.layers.Embedding(40, 1)(p) + keras.layers.Embedding(30, 1)(f)
    return keras.Model([p, f], outputs)


predicted, rating_models = {}, {}
print(f"{'':20} known pairs  new pairs   (mean squared error)")
for name, build in [
    ("separate", lambda: build_linear(False)),
    ("crossed", lambda: build_linear(True)),
    ("embeddings, dim=2", lambda: build_ratings_model(40, 30, 2)),
    ("embeddings, dim=8", lambda: build_ratings_model(40, 30, 8)),
]:
    keras.utils.set_random_seed(0)
    model = rating_models[name] = build()
    model.compile(keras.optimizers.Adam(0.02), loss="mean_squared_error", steps_per_execution=12)
    model.fit(
        [person[known], film[known]], rating[known] - middle, batch_size=64, epochs=60, verbose=0
    )
    predicted[name] = model([person, film]).numpy().ravel() + middle
    errors = (predicted[name] - rating) ** 2
    print(f"{name:20} {errors[known].mean():11.3f} {errors[~known].mean():10.3f}")
constant = (middle - rating) ** 2
print(f"{'always the mean':20} {constant[known].mean():11.3f} {constant[~known].mean():10.3f}")

# %% tags=["skip-execution"]
pictures = {"true ratings": rating, "known": np.where(known, rating, np.nan), **predicted}
del pictures["embeddings, dim=8"]
figure, axes = plt.subplots(1, 5, figsize=(12, 3.6), layout="constrained", sharey=True)
for ax, (name, values) in zip(axes, pictures.items(), strict=True):
    shown = ax.imshow(values.reshape(40, 30), vmin=1, vmax=5, cmap="cividis", aspect="auto")
    ax.set(title=name, xlabel="film")
axes[0].set_ylabel("person")
figure.colorbar(shown, ax=axes, label="rating")
plt.show()

# %% [markdown]
# * **separate** sees that some films and some people get or give more than others, and no more: stripes. It cannot
#   even repeat the ratings that it was told.
# * **crossed** repeats every known rating. This is **memorisation**. Of a new pair it knows nothing: the weight
#   is still the 0 it began with, and so it says the mean.
# * **embeddings** with two columns are a little off on known pairs, and not much worse on new ones. This is
#   **generalisation**.
# * With eight columns the error on known pairs is smaller and that on new pairs larger. Such a large table has room to
#   memorise.
#
# What have the embeddings learnt? The model was never told which film is a comedy. With `dim=2` the rows of the films can be drawn as
# points.

# %% tags=["skip-execution"]
weights = rating_models["embeddings, dim=2"].get_weights()
film_rows = next(w for w in weights if w.ndim == 2 and len(w) == 30 and w.shape[1] > 1)
figure, ax = plt.subplots(figsize=(4.6, 4), layout="constrained")
for number, marker in enumerate("os^"):
    points = film_rows[kind == number]
    ax.scatter(
        points[:, 0], points[:, 1], marker=marker, color=plots.COLOURS[number], label=kinds[number]
    )
    print(f"{kinds[number]:9} centre", points.mean(axis=0).round(2))
ax.set(xlabel="column 0", ylabel="column 1", title="the rows of the films", aspect="equal")
ax.legend()
plt.show()

# %% [markdown]
# Films of one kind lie together, because the same people like them. The axes themselves mean nothing. If you turn the
# rows of all films and of all people by the same angle, every dot product stays as it is; another seed gives
# another angle. What has a meaning is which rows lie near each other, and in which direction rows differ.
#
# The same holds for words. An embedding that was trained to predict a word from its neighbours puts words near each other
# that are used alike. Some directions then carry a meaning: the way from "man" to "woman" is
# about the same as that from "king" to "queen". So the row of "king", minus that of "man", plus that of "woman", lies near the row
# of "queen". Such analogies hold for many pairs of words and fail for others. They also repeat the prejudices of the texts.
#
# | | wide: crossed features | deep: embeddings and dense layers |
# |---|---|---|
# | learns | an answer for each pair | what is alike |
# | good at | exceptions, rules with few examples | pairs that are new |
# | bad at | pairs that are new | exceptions: it smooths them away |
#
# **Wide & Deep** puts both side by side and trains them together. It was invented to recommend apps in a shop. A
# few habits there ("who has this one installs that one") are best memorised, and everything else must be guessed
# from what is alike.

# %% [markdown]
# ## The layers that prepare features
#
# The houses have no people and no films. But they have a place, and a place is a pair: latitude and longitude.
# Four layers of Keras turn raw numbers into what the two paths need.
#
# * `Normalization()` standardises. `adapt(x)` computes mean and variance of each feature; from then on the layer
#   holds them as weights that are not trained. You wrote such a layer in lesson 05. As in lesson 06, adapt on the
#   training set alone.
# * `Discretization(num_bins=20)` cuts a number into bins. `adapt(x)` chooses the boundaries so that each bin
#   gets about the same number of examples. With `bin_boundaries=[...]` you give them yourself.
# * `CategoryEncoding(num_tokens=20, output_mode="one_hot")` makes one-hot rows of bin numbers.
# * `HashedCrossing(num_bins=1000)` crosses. We come to its name in a moment.

# %% tags=["skip-execution"]
place = raw_train[:, 6:8].astype("float32")
normalise = keras.layers.Normalization()
normalise.adapt(place)
print("Normalization:  mean", normalise.mean.numpy().round(2), end=" ")
print("variance", normalise.variance.numpy().round(2))
print("  two places   ", place[:2].ravel(), "→", normalise(place[:2]).numpy().round(2).ravel())

n_bins = 20
to_latitude_bin = keras.layers.Discretization(num_bins=n_bins)
to_longitude_bin = keras.layers.Discretization(num_bins=n_bins)
to_latitude_bin.adapt(place[:, 0])
to_longitude_bin.adapt(place[:, 1])
print("Discretization: latitudes", np.round(to_latitude_bin.bin_boundaries, 2))
latitude_bin = to_latitude_bin(place[:, 0]).numpy()
longitude_bin = to_longitude_bin(place[:, 1]).numpy()
print("  two places    latitude bins", latitude_bin[:2], "longitude bins", longitude_bin[:2])
print("  districts in each latitude bin:", np.bincount(latitude_bin))

encode = keras.layers.CategoryEncoding(num_tokens=n_bins, output_mode="one_hot")
print("CategoryEncoding:", encode(latitude_bin[:1]).numpy().astype(int)[0])
cells = cross(latitude_bin, longitude_bin, n_bins)
print(
    "your cross:     ", cells[:2], f"; {len(np.unique(cells))} of {n_bins**2} cells have districts"
)

# %% [markdown]
# The latitude bins are narrow where there are many districts, around Los Angeles and San Francisco, and wide in the
# empty north: equal counts, not equal widths.
#
# About half of the 400 cells are empty: sea, desert, Nevada. That is typical of crosses. Two features with a
# million labels each have a million million pairs, and hardly any of them occur. A table of that size is of no use.
#
# `HashedCrossing` therefore numbers the pairs in another way. It computes from each pair a number that looks
# random, always the same for the same pair, between 0 and `num_bins − 1`. This is **hashing**. You choose
# the size of the table. But two pairs may get the same number and must then share a weight, a
# **collision**. A table several times larger than the number of pairs that occur keeps collisions rare. Your `cross` has none
# at all. It is the better choice where the whole table fits into memory.
# *Going further* counts collisions.

# %% [markdown]
# ### What a linear model knows of a place
#
# Here are C and B of the beginning: a linear model on the two one-hot features, and a linear model on their cross.


# %% tags=["skip-execution"]
def encode_place(raw, crossed):
    """One-hot features of the places: 20 + 20 columns, or 400 for the crossed cells."""
    rows, columns = to_latitude_bin(raw[:, 6]).numpy(), to_longitude_bin(raw[:, 7]).numpy()
    if crossed:
        tokens = keras.layers.CategoryEncoding(num_tokens=n_bins**2, output_mode="one_hot")
        return tokens(cross(rows, columns, n_bins)).numpy()
    return np.concatenate([encode(rows).numpy(), encode(columns).numpy()], axis=1)


for name, crossed in (("separate bands", False), ("crossed cells", True)):
    keras.utils.set_random_seed(0)
    linear = keras.Sequential([keras.Input((400 if crossed else 40,)), keras.layers.Dense(1)])
    linear.compile(keras.optimizers.Adam(0.05), loss="mean_squared_error", steps_per_execution=13)
    linear.fit(encode_place(raw_train, crossed), y_train, batch_size=128, epochs=15, verbose=0)
    mse = linear.evaluate(encode_place(raw_valid, crossed), y_valid, verbose=0)
    print(f"{name:15} {linear.count_params():3} weights, validation MSE {mse:.3f}")

# %% [markdown]
# The prices are high along the coast, and the coast runs from the north-west to the south-east. Bands cannot
# follow it. San Francisco lies as far north as poor valleys inland, so its latitude band must be a compromise.
# The crossed cells follow the coast, and B is far ahead of C. The next widget shows both. The linear model on all
# eight features, A, comes after it.

# %% [markdown]
# ### What each side sees
#
# With more bins the cells are finer, and there is more to memorise. Is more always better? Move the bins and watch both errors:
# the one for the districts whose prices went into the table, and the one for the others. The last view shows a
# small deep network that was given latitude and longitude as two dense numbers. We train it first.

# %% tags=["skip-execution"]
keras.utils.set_random_seed(0)
from_place = keras.Sequential(
    [
        keras.Input((2,)),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(1),
    ]
)
from_place.compile(keras.optimizers.Adam(0.005), loss="mean_squared_error", steps_per_execution=13)
from_place.fit(x_train[:, 6:], y_train, batch_size=128, epochs=15, verbose=0)

both = np.concatenate([raw_train, raw_valid])
widgets.wide_deep_explorer(
    both[:, 6],
    both[:, 7],
    np.concatenate([y_train, y_valid]),
    known=np.arange(len(both)) < len(raw_train),
    deep=from_place.predict(np.concatenate([x_train, x_valid])[:, 6:], verbose=0).ravel(),
)

# %% [markdown]
# Try these:
#
# * **separate bands** with few and with many bins. The error falls slowly. Even with 80 + 80 bands it is larger than
#   that of 20 × 20 crossed cells: more bands do not mend a wrong shape.
# * **crossed cells**, both sliders at 10, 30, 80. With 10 both errors are alike. With 80 the error on the known districts has
#   fallen much further than that on the others: cells with one or two districts have learnt single districts, not a place.
# * **districts per cell** shows why.
# * **deep network**: it has no cells, no edges and no empty places. It smooths where the cells are sharp.

# %% [markdown]
# ## Wide & Deep
#
# In the joined model the wide path is nothing but the input itself, handed on to the last layer. The deep path is
# a stack of layers. The last layer sees both:
#
# $$\hat{y} = \underbrace{w_\text{deep}^{\top} h_2}_{\text{deep}}
# + \underbrace{w_\text{wide}^{\top} x}_{\text{wide}} + b,
# \qquad h_2 = \mathrm{ReLU}\bigl(W_2\,\mathrm{ReLU}(W_1 x + b_1) + b_2\bigr).$$
#
# A linear layer on a concatenation is the sum of two linear layers. So the two models are added and trained as
# one: each learns what the other leaves over.
#
# We begin with the plain form. Its wide path sees the eight features as they are, without any cross. Many
# tutorials stop here and call it Wide & Deep. Strictly, it is a network with a short cut: what the linear model
# can say need not pass through the layers. The crosses follow at the end of the lesson.

# %% [markdown]
# ### Exercise: `build_wide_deep(n_features)` (2 points)
#
# Build the joined network.
#
# * input: rows of `n_features` numbers
# * deep path: two `Dense` layers of 30 units with ReLU, one after the other
# * the output of the deep path and **the raw input** are concatenated, in either order; one `Dense` unit
#   without an activation makes the output, (n, 1), of it
# * every `Dense` layer has its bias, and there are no other layers with weights
# * returns a new `keras.Model` each time, built, **not compiled**
#
# **Expected** `build_wide_deep(8).count_params()` gives `1239`.
#
# <details><summary>Hint 1: the idea</summary>
#
# The input goes to two places: to the first hidden layer and to the concatenation. That is why `Sequential` will not do.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `keras.layers.Concatenate()` is called on a **list** of tensors. If you have 1,231 parameters, the output does not
# see the input.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# A hidden layer of 5 units joined with the *first hidden layer* of 7: `a = keras.layers.Dense(7)(x)`,
# `b = keras.layers.Dense(5)(a)`, `keras.layers.Concatenate()([a, b])` has 12 columns.
# </details>


# %% nbgrader={"grade": false, "grade_id": "build_wide_deep", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_wide_deep(n_features):
    """(n, n_features) -> Dense 30 -> Dense 30, joined with the input -> one linear output."""
    ### BEGIN SOLUTION
    inputs = keras.Input((n_features,))
    deep = keras.layers.Dense(30, activation="relu")(inputs)
    deep = keras.layers.Dense(30, activation="relu")(deep)
    joined = keras.layers.Concatenate()([deep, inputs])
    return keras.Model(inputs, keras.layers.Dense(1)(joined))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_build_wide_deep", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("build_wide_deep")

# %% [markdown]
# ### The wide, the deep, and both
#
# All plain networks of this lesson are trained as in lesson 07: SGD with the rate 0.01, batches of
# 32, and a stop when the validation loss has not fallen by 0.001 in five epochs. To keep the lesson short, they stop after
# 25 epochs at the latest.


# %% tags=["skip-execution"]
def train_plain(build, inputs=x_train, inputs_valid=x_valid, seed=0, epochs=25, **compiling):
    """Train the network that build() returns by plain SGD; returns (model, History)."""
    keras.utils.set_random_seed(seed)
    model = build()
    compiling = {"loss": "mean_squared_error"} | compiling
    model.compile(keras.optimizers.SGD(learning_rate=0.01), steps_per_execution=33, **compiling)
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=5, min_delta=1e-3)
    y, y_v = y_train, y_valid
    if isinstance(compiling["loss"], list):  # a loss for each of two outputs
        y, y_v = (y_train, y_train), (y_valid, y_valid)
    history = model.fit(
        inputs,
        y,
        epochs=epochs,
        validation_data=(inputs_valid, y_v),
        validation_batch_size=1000,
        callbacks=[stop],
        verbose=0,
    )
    return model, history


def build_wide_only():
    return keras.Sequential([keras.Input((8,)), keras.layers.Dense(1)])


def build_deep_only():
    hidden = [keras.layers.Dense(30, activation="relu") for _ in range(2)]
    return keras.Sequential([keras.Input((8,)), *hidden, keras.layers.Dense(1)])


models, histories = {}, {}
for name, build in [
    ("wide: linear", build_wide_only),
    ("deep: 30-30", build_deep_only),
    ("wide & deep", lambda: build_wide_deep(8)),
]:
    models[name], histories[name] = train_plain(build)
    print(f"{name:12} validation MSE {histories[name].history['val_loss'][-1]:.3f}")
plots.compare_curves(histories, "val_loss")
plt.show()

# %% [markdown]
# The linear model is far behind, since it cannot bend. The other two are close together. So on these
# data the short cut gains **next to nothing**: what the linear model knows, the deep path learns as
# well. A wide path pays when it sees something that the deep path cannot easily make for itself. Crossed features are
# such a thing.
#
# One seed and 25 epochs are little to judge by. docs/figures.md has the runs of three seeds with up to 100 epochs;
# the table at the end of the lesson shows them.

# %% [markdown]
# ## The same as a class
#
# In lesson 05 you wrote models as classes: layers in `__init__`, the computation in `call`. A class is not told how
# many features will come. That is why it has no `Input`: the weights are made at the first call.

# %% [markdown]
# ### Exercise: `class WideDeepModel` (3 points)
#
# Write the same network as a class.
#
# * derived from `keras.Model`; `WideDeepModel()` takes no arguments
# * called on (n, d), for any d ≥ 1, it gives (n, 1): what `build_wide_deep(d)` computes with equal weights
# * the weights exist after the first call and belong to this instance alone; later calls make no new ones
# * trains with `compile` and `fit`
#
# **Expected** After `model = WideDeepModel()` and `model(np.zeros((2, 8), dtype="float32"))`,
# `model.count_params()` gives `1239`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Layers are made once, in `__init__`, each kept in an attribute. `call` says how the numbers flow through them.
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `keras.ops.concatenate` takes a list and an axis. `self.output`, `self.input` and `self.layers` belong to Keras: choose
# other names.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# A class that doubles its input and puts a layer beside it has `self.one = keras.layers.Dense(4)` in `__init__`, and in `call`
# `return keras.ops.concatenate([2 * x, self.one(x)], axis=-1)`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "WideDeepModel", "locked": false, "schema_version": 3, "solution": true, "task": false}
class WideDeepModel(keras.Model):
    """Two Dense 30 ReLU, joined with the input, one linear output; for any number of features."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        ### BEGIN SOLUTION
        self.hidden1 = keras.layers.Dense(30, activation="relu")
        self.hidden2 = keras.layers.Dense(30, activation="relu")
        self.join = keras.layers.Dense(1)
        ### END SOLUTION

    def call(self, inputs):
        ### BEGIN SOLUTION
        deep = self.hidden2(self.hidden1(inputs))
        return self.join(keras.ops.concatenate([deep, inputs], axis=-1))
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_WideDeepModel", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
checks.run("WideDeepModel")

# %% [markdown]
# It is the same network. From one seed both give the same numbers to the last digit, if the class makes its
# layers in the order first, second, last.
#
# The order matters. Each layer draws the seed of its initial weights when it is **made**. After
# `set_random_seed` these seeds are always the same, first come, first served. A class that makes its output layer first
# gives it the seed that the first hidden layer had before. So when two versions of a model should agree and do not, look at the order in
# which their layers are made. *Going further* shows it.

# %% tags=["skip-execution"]
for name, build in [("functional", lambda: build_wide_deep(8)), ("subclass", WideDeepModel)]:
    _, history = train_plain(build, epochs=2)
    print(f"{name:10} validation MSE {history.history['val_loss'][-1]:.7f}")

# %% [markdown]
# ## Two inputs
#
# So far both paths saw the same features. Often the wide path should see a few features that act
# directly, and the deep path those that need to be combined. Then the model has two inputs, each with an array of
# its own.
#
# Here is a usual division of the eight features.
#
# | | 0 MedInc | 1 HouseAge | 2 AveRooms | 3 AveBedrms | 4 Population | 5 AveOccup | 6 Latitude | 7 Longitude |
# |---|---|---|---|---|---|---|---|---|
# | **wide** | ✓ | ✓ | ✓ | ✓ | ✓ | | | |
# | **deep** | | | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ |
#
# The two overlap. A feature that goes the wide way
# alone acts only by a straight line, and cannot be combined with any other. A feature that goes the deep way alone
# can act in any way, but even a straight line must be pieced together from ReLUs. A feature on **both** has its
# straight line, and the deep path learns what the line leaves over: more rooms are worth more on the coast
# than in the desert.


# %%
def split_wide_deep(x):
    """The features 0 to 4 for the wide path, and those from 2 to the end for the deep path."""
    return x[:, :5], x[:, 2:]


# %% [markdown]
# ### Exercise: `build_wide_deep_two_inputs(n_wide=5, n_deep=6)` (2 points)
#
# Build the network with an input for each path.
#
# * inputs, in this order: rows of `n_wide` numbers, rows of `n_deep` numbers. The model takes them as a list or tuple:
#   `model([x_wide, x_deep])`. Their names are free
# * deep path: as before, two `Dense` layers of 30 units with ReLU, on the **deep** input
# * its output and the **wide** input are concatenated, in either order; one linear `Dense` unit makes the output
# * every `Dense` layer has its bias, and there are no other layers with weights
# * returns a new `keras.Model` each time, built, **not compiled**
#
# **Expected** `build_wide_deep_two_inputs().count_params()` gives `1176`.
#
# <details><summary>Hint 1: the idea</summary>
#
# There are two inputs, and only one of them goes through the hidden layers. Give every tensor a name of its own: you need both inputs
# again at the end.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `keras.Model` takes a list of inputs. The order in this list is the order in which the arrays must come.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# A model that adds a number to rows: `rows, number = keras.Input((3,)), keras.Input((1,))`,
# `keras.Model([rows, number], keras.layers.Dense(1)(rows) + number)`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "build_wide_deep_two_inputs", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_wide_deep_two_inputs(n_wide=5, n_deep=6):
    """Inputs (n, n_wide) and (n, n_deep); Dense 30 -> Dense 30 of the deep one, joined with the wide."""
    ### BEGIN SOLUTION
    wide_inputs, deep_inputs = keras.Input((n_wide,)), keras.Input((n_deep,))
    deep = keras.layers.Dense(30, activation="relu")(deep_inputs)
    deep = keras.layers.Dense(30, activation="relu")(deep)
    joined = keras.layers.Concatenate()([deep, wide_inputs])
    return keras.Model([wide_inputs, deep_inputs], keras.layers.Dense(1)(joined))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_build_wide_deep_two_inputs", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("build_wide_deep_two_inputs")

# %% [markdown]
# Arrays for several inputs go into `fit` as a tuple or a list, in the order of the inputs. Two divisions: the usual
# one, and the same without its overlap.

# %% tags=["skip-execution"]
divisions = {
    "0-4 wide, 2-7 deep": split_wide_deep,
    "0-4 wide, 5-7 deep": lambda x: (x[:, :5], x[:, 5:]),
}
for name, divide in divisions.items():
    inputs, inputs_valid = divide(x_train), divide(x_valid)
    models[name], history = train_plain(
        lambda n=inputs[1].shape[1]: build_wide_deep_two_inputs(5, n), inputs, inputs_valid
    )
    print(f"{name}: validation MSE {history.history['val_loss'][-1]:.3f}")

# %% [markdown]
# Without the overlap the rooms can no longer be combined with the place, and the error is larger in this run. Neither division is better than
# `build_wide_deep(8)`, which has everything on both paths. Divide features when you have a reason: because some are sparse, or
# because some come from another source.

# %% [markdown]
# ## Two outputs
#
# The joined model is trained by one error. If the wide path explains much of a price, little is left for the deep path to
# learn from. One can ask that the deep path be good **by itself** as well: give it an output of its own,
# with a loss of its own. Such an output is **auxiliary**. Its answer is not used in the end; it is there to
# train the layers below it.
#
# `fit` lowers one number. So the losses are added, each with its weight:
#
# $$L = 0.9\,L_\text{joined} + 0.1\,L_\text{deep}.$$
#
# The weights are yours to choose, as `loss_weights` in `compile`.

# %% [markdown]
# ### Exercise: `build_wide_deep_two_outputs(n_wide=5, n_deep=6)` (2 points)
#
# Add the second output.
#
# * inputs, deep path and joined output as in `build_wide_deep_two_inputs`
# * a second output: one linear `Dense` unit on the output of the deep path **alone**, with a bias
# * `model([x_wide, x_deep])` gives a list or tuple of two, each (n, 1): the joined output first
# * returns a new `keras.Model` each time, built, **not compiled**
#
# **Expected** `build_wide_deep_two_outputs().count_params()` gives `1207`.
#
# <details><summary>Hint 1: the idea</summary>
#
# The tensor that goes into the concatenation can go into another layer as well.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `keras.Model` takes a list of outputs, too. The second output is 31 parameters more.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# One input, its double and its square: `keras.Model(x, [2 * x, x * x])` gives two arrays, the double first.
# </details>


# %% nbgrader={"grade": false, "grade_id": "build_wide_deep_two_outputs", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_wide_deep_two_outputs(n_wide=5, n_deep=6):
    """As build_wide_deep_two_inputs, with a second, linear output on the deep path alone."""
    ### BEGIN SOLUTION
    wide_inputs, deep_inputs = keras.Input((n_wide,)), keras.Input((n_deep,))
    deep = keras.layers.Dense(30, activation="relu")(deep_inputs)
    deep = keras.layers.Dense(30, activation="relu")(deep)
    joined = keras.layers.Concatenate()([deep, wide_inputs])
    outputs = [
        keras.layers.Dense(1, name="joined")(joined),
        keras.layers.Dense(1, name="deep_alone")(deep),
    ]
    return keras.Model([wide_inputs, deep_inputs], outputs)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_build_wide_deep_two_outputs", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("build_wide_deep_two_outputs")

# %% [markdown]
# Two outputs need two targets and two losses, as lists in the order of the outputs. Here both targets are the same
# prices. `train_plain` passes `(y_train, y_train)`.

# %% tags=["skip-execution"]
name = "two outputs"
models[name], history = train_plain(
    build_wide_deep_two_outputs,
    split_wide_deep(x_train),
    split_wide_deep(x_valid),
    loss=["mean_squared_error", "mean_squared_error"],
    loss_weights=[0.9, 0.1],
)
for key, values in history.history.items():
    if key.startswith("val_"):
        print(f"{key:20} {values[-1]:.3f}")
total, joined_loss, deep_loss = models[name].evaluate(
    split_wide_deep(x_valid), (y_valid, y_valid), verbose=0
)
print(
    f"0.9 · {joined_loss:.4f} + 0.1 · {deep_loss:.4f} = {0.9 * joined_loss + 0.1 * deep_loss:.4f}"
)
print(f"the loss that evaluate reports:  {total:.4f}")

# %% [markdown]
# The deep output alone has the larger error. The deep path does not see the income, the most
# important feature of all. The joined output is about as good as without the auxiliary loss: no gain here, and no
# harm. Auxiliary losses are made for networks so deep that too little of
# the gradient arrives at their first layers (lesson 08). Two layers have no such trouble.


# %% [markdown]
# ## Wide & Deep with crosses
#
# Now both paths get the features that suit them, and the model begins at the **raw** features. It holds its
# preparation in its own layers, so whoever loads it cannot forget the scaling.
#
# * **Four skewed features** (2 to 5). Most districts have 5 rooms a household, a few have 100. The logarithm draws
#   such a tail in; what is left over is clipped to ±3.
# * **Crossed cells at three sizes**: 20 × 20, 40 × 40 and 80 × 80 bins. Large cells hold many districts, small ones show details. Each
#   district has its cell in each of them. `HashedCrossing` numbers the pairs, in a table four times as large as there are pairs.
#   `epsilon` says how exactly `Discretization` places its boundaries; 80 bins need it finer than usual.
# * **Wide path**: one weight for each cell, `Embedding(…, 1)`, zero to begin with, and the eight prepared features.
# * **Deep path**: six numbers for each cell, `Embedding(…, 6)`, beside the prepared features, through 256 and 128 units with ReLU
#   and He's weights, and a dropout of 0.1 (lesson 08).
# * **Adam** with batches of 128, and a rate that falls along half a cosine wave from 0.003 to 0, in 20 epochs (lesson 08).
#   EarlyStopping watches the validation loss and brings back the weights of the best epoch.
#
# Each line of this list stands in the cell below.


# %%
def build_best_wide_deep(raw):
    """Wide & Deep on raw features, with crossed cells; `raw` (n, 8), of training, is for adapting."""

    def draw_in(x):  # the logarithm of the skewed features, the others as they are
        return keras.ops.concatenate([x[:, :2], keras.ops.log1p(x[:, 2:6]), x[:, 6:]], axis=1)

    inputs = keras.Input((8,))
    normalise = keras.layers.Normalization()
    normalise.adapt(keras.ops.convert_to_numpy(draw_in(raw)))
    features = keras.ops.clip(normalise(draw_in(inputs)), -3, 3)

    wide, deep = [features], [features]
    for n_bins in (20, 40, 80):
        to_latitude_bin = keras.layers.Discretization(num_bins=n_bins, epsilon=0.001)
        to_longitude_bin = keras.layers.Discretization(num_bins=n_bins, epsilon=0.001)
        to_latitude_bin.adapt(raw[:, 6])
        to_longitude_bin.adapt(raw[:, 7])
        table = 4 * n_bins**2
        cell = keras.layers.HashedCrossing(num_bins=table)(
            (to_latitude_bin(inputs[:, 6]), to_longitude_bin(inputs[:, 7]))
        )
        wide.append(keras.layers.Embedding(table, 1, embeddings_initializer="zeros")(cell))
        deep.append(keras.layers.Embedding(table, 6)(cell))

    h = keras.layers.Concatenate()(deep)
    for units in (256, 128):
        h = keras.layers.Dense(units, activation="relu", kernel_initializer="he_normal")(h)
        h = keras.layers.Dropout(0.1)(h)
    return keras.Model(inputs, keras.layers.Dense(1)(keras.layers.Concatenate()([h, *wide])))


def train_best_wide_deep(train, valid, seed=0, epochs=20, batch_size=128):
    """Train the best Wide & Deep; `train`, `valid` are pairs of raw features (n, 8) and prices (n,)."""
    (raw, y), (raw_valid, y_valid) = train, valid
    raw, raw_valid = np.asarray(raw, dtype="float32"), np.asarray(raw_valid, dtype="float32")
    keras.utils.set_random_seed(seed)
    model = build_best_wide_deep(raw)
    steps = epochs * -(-len(raw) // batch_size)  # rounded up: the last batch may be smaller
    falling = keras.optimizers.schedules.CosineDecay(initial_learning_rate=0.003, decay_steps=steps)
    model.compile(keras.optimizers.Adam(falling), loss="mean_squared_error", steps_per_execution=16)
    stop = keras.callbacks.EarlyStopping(patience=8, restore_best_weights=True)
    model.fit(
        raw,
        y,
        batch_size=batch_size,
        epochs=epochs,
        validation_data=(raw_valid, y_valid),
        callbacks=[stop],
        verbose=0,
    )
    return model


# %% tags=["skip-execution"]
best = train_best_wide_deep((raw_train, y_train), (raw_valid, y_valid), seed=0)
print(f"validation MSE {best.evaluate(raw_valid, y_valid, verbose=0):.3f}")
print(f"{best.count_params():,} weights, most of them for cells that no district is in")

# %% [markdown]
# ### A fair comparison, and the test, once
#
# The network's settings were chosen on the validation districts, in many runs. The trees of lesson 07 had their default settings.
# It would not be fair to compare these two, so the trees are tuned as well: three settings, and the best one on the validation
# districts. That is a small search, much smaller than the network had.

# %% tags=["skip-execution"]
from sklearn.ensemble import HistGradientBoostingRegressor

tried = {}
for rate, leaves, n_trees in [(0.1, 31, 400), (0.05, 63, 400), (0.1, 15, 800)]:
    trees = HistGradientBoostingRegressor(
        learning_rate=rate,
        max_leaf_nodes=leaves,
        max_iter=n_trees,
        early_stopping=False,
        random_state=0,
    ).fit(raw_train, y_train)
    mse = np.mean((trees.predict(raw_valid) - y_valid) ** 2)
    tried[mse] = trees
    print(f"rate {rate}, {leaves} leaves, {n_trees} trees: validation MSE {mse:.4f}")

default_trees = HistGradientBoostingRegressor(random_state=0).fit(raw_train, y_train)
answers = {
    "trees, default settings": default_trees.predict(raw_test),
    "trees, tuned": tried[min(tried)].predict(raw_test),
    "wide & deep with crosses": best.predict(raw_test, verbose=0),
    "crossed cells alone": linear.predict(encode_place(raw_test, True), verbose=0),
}
inputs_test = {name: divide(x_test) for name, divide in divisions.items()}
inputs_test["two outputs"] = split_wide_deep(x_test)
for name, trained in models.items():
    answer = trained.predict(inputs_test.get(name, x_test), verbose=0)
    answers[name] = answer[0] if isinstance(answer, list) else answer  # the joined output
scores = {name: np.mean((answer.ravel() - y_test) ** 2) for name, answer in answers.items()}
for name, mse in sorted(scores.items(), key=lambda item: -item[1]):
    print(f"{name:25} test MSE {mse:.3f}")

# %% [markdown]
# docs/figures.md has these test errors for three seeds. Its plain networks train for up to 100 epochs.
#
# | row of the figures | test MSE | lowest to highest |
# |---|---|---|
# | Wide & Deep, functional API | 0.3143 | 0.3093 to 0.323 |
# | Wide & Deep, subclass API | 0.3143 | 0.3093 to 0.323 |
# | Wide & Deep, two inputs | 0.3246 | 0.321 to 0.3278 |
# | Wide & Deep, two outputs: the joined one | 0.3173 | 0.3152 to 0.3194 |
# | gradient-boosted trees (default settings) | 0.2317 | 0.2308 to 0.2327 |
# | the course's best Wide & Deep | 0.2129 | 0.2113 to 0.215 |
#
# The best network has the crosses. It is also larger than the plain ones and has another optimizer, so the crosses need not be the
# only reason. It beats the trees with their default settings. Against the tuned trees above it does **not** win: on the test
# districts the two are about level, and the trees need less work. On the validation districts the network was ahead. It was
# chosen on them, in many runs, and that flatters it.
#
# On a table of a few dense numbers, tuned trees are strong rivals. The network has its place where features are sparse and have many labels,
# as people and films have, or where it is a part of a larger one.
#
# The order from the beginning is C, B, A, then D and E side by side. B does **not** beat A, but the
# two know different things, and the best model has both.

# %% [markdown]
# ## Check your understanding
#
# **Question 1.** Ice cream

# %% tags=["skip-execution"]
widgets.commit_box(
    "A linear model has a one-hot feature for the country and one for the month. Ice cream sells well in the north in July "
    "and in the south in January. What can it learn?",
    {
        "Both peaks, with a weight for each country and month": "It adds a number for the country and one for the "
        "month. The same July must serve both halves of the world.",
        "Neither, unless it gets the cross country × month": "With a weight for each pair, July in the north has its "
        "own answer.",
        "Both peaks, once it is trained for long enough": "No values of the weights give both peaks, so no training can "
        "find them.",
    },
    answer="Neither, unless it gets the cross country × month",
)

# %% [markdown]
# **Question 2.** A cell without districts

# %% tags=["skip-execution"]
widgets.commit_box(
    "You cross latitude and longitude into 80 × 80 cells. What does a linear model say in a cell with no training district?",
    {
        "Its bias plus the initial weight of the cell": "No example has moved that weight. Larger cells or a deep path must help.",
        "Something like the mean of the cells around it": "For one-hot features, cell 217 and cell 218 have nothing in common.",
        "Nothing, since Keras reports an error for it": "The weight exists, as it was made.",
    },
    answer="Its bias plus the initial weight of the cell",
)

# %% [markdown]
# **Question 3.** Embeddings

# %% tags=["skip-execution"]
widgets.commit_box(
    "You train `build_ratings_model` twice, with two seeds. Both are equally good on new pairs. Are the rows of the films the same?",
    {
        "Yes, since both have learnt the same tastes": "The tastes are the same, but the axes that describe them are free.",
        "No, but films of one kind are near each other": "Turning all rows of users and films by one angle changes no "
        "dot product, so the rows may differ. Which are alike is learnt from the ratings.",
        "No, they have nothing in common at all": "Films of one kind lie together in both.",
    },
    answer="No, but films of one kind are near each other",
)

# %% [markdown]
# **Question 4.** Two losses

# %% tags=["skip-execution"]
widgets.commit_box(
    "Two outputs, `loss_weights=[0.9, 0.1]`. `evaluate` reports a loss of 0.30, and 0.29 for the joined output. What is the loss "
    "of the deep output?",
    {
        "0.01": "The total is not a plain sum. Each loss is multiplied by its weight.",
        "0.31": "That would be so if the total were the plain mean of the two.",
        "0.39": "0.9 · 0.29 + 0.1 · 0.39 = 0.30.",
    },
    answer="0.39",
)

# %% [markdown]
# ## Then and now
#
# Older tutorials write some of this differently. Each line was run with TensorFlow 2.21 and Keras 3.
#
# | then | what happens today | now |
# |---|---|---|
# | `keras.layers.merge([a, b], mode="concat")` | `AttributeError` | `keras.layers.concatenate([a, b])`, `keras.layers.add([a, b])` |
# | `tf.estimator.DNNLinearCombinedRegressor(...)` | `AttributeError` | two paths in a functional model |
# | `tf.keras.experimental.WideDeepModel(...)` | `AttributeError` | two paths in a functional model |
# | `keras.layers.DenseFeatures(columns)` | `AttributeError` | `Normalization`, `Discretization`, `CategoryEncoding` |
# | `keras.layers.experimental.preprocessing.CategoryCrossing()` | `AttributeError` | `keras.layers.HashedCrossing(num_bins=1000)` |
# | `keras.layers.Discretization(bins=[34.0, 38.0])` | `TypeError` | `Discretization(bin_boundaries=[34.0, 38.0])` |
# | `CategoryEncoding(max_tokens=4, output_mode="binary")` | `ValueError` | `CategoryEncoding(num_tokens=4, output_mode="multi_hot")` |
# | two outputs, `loss="mse", loss_weights=[0.9, 0.1]` | `ValueError` in `fit` | a loss for each: `loss=["mse", "mse"]` |
# | layers in the class body of a `keras.Model` | works, but `weights` is empty: nothing is trained | layers in `__init__` |

# %% [markdown]
# ## Summary
#
# * A linear model adds what it knows of each feature. A crossed feature has a weight for each pair: it memorises pairs,
#   and knows nothing of new ones.
# * Embeddings give each label a few trained numbers. Labels that behave alike get similar rows, and so a network can
#   generalise to new pairs.
# * Wide & Deep joins both and trains them as one. Features may go one way, the other, or both.
# * The functional model and the class are the same network. Equal seeds give equal weights only if the
#   layers are made in the same order.
# * An auxiliary output trains a part of the network by a loss of its own; `loss_weights` says how much it counts.
# * `Normalization`, `Discretization`, `HashedCrossing`, `CategoryEncoding` and `Embedding` put the preparation into the
#   model. Adapt them on training data.
# * A comparison is fair when both sides were tuned.
#
# ## Where to go next
#
# [Going further](going_further/09_wide_and_deep_going_further.ipynb) shows what the order of layers does, how often hashed pairs collide,
# and what the cells of the wide path add to a price.
#
# Lesson 10 watches a training and acts on it: callbacks, checkpoints, schedules, TensorBoard. Lesson 11 saves a model
# together with its preparation. Lesson 13 searches for good hyper-parameters, such as the number of bins, by method.
#
# Go on with [10 · Callbacks and TensorBoard](../10_callbacks/10_callbacks.ipynb)
