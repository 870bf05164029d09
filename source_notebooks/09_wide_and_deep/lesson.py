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
# * tell memorisation from generalisation, and say what embeddings are for
# * join a wide and a deep path in one network, in the functional API and as a class
# * build networks with several inputs and several outputs, and weigh their losses
# * prepare numbers inside the model with `Normalization`, `Discretization`, `HashedCrossing` and
#   `CategoryEncoding`, and beat gradient-boosted trees on the California houses
#
# **Before you start** You need the functional API (lesson 04), subclassing (lesson 05), and the
# California houses with their split, scaling and outliers (lesson 07).
#
# **Running time** about 1 minute on two cores with the sample data; reading and exercises, about 90
# minutes.

# %%
from helpers import checks, data, plots, widgets  # first, so that TensorFlow starts quietly

import keras
import matplotlib.pyplot as plt
import numpy as np

# %% [markdown]
# ## Predict
#
# What does a house cost? Five estimators look at a district in California:
#
# * **A** knows all eight features and adds them up, each with its weight: a linear model.
# * **B** knows nothing but the place. It has cut the map into 400 cells, has learnt the mean price of
#   each by heart, and looks it up.
# * **C** knows nothing but the place, too. It has cut the state into 20 bands from south to north and
#   20 bands from west to east. Each band has a number, and it adds the two.
# * **D** is a small deep network on all eight features.
# * **E** is A and D together, in one network.
#
# **Put them in order, from the largest error to the smallest. Does the table of B beat the eight
# features of A? And how far is C behind B, which uses the same 20 + 20 bands?** Write your order down.

# %% [markdown]
# ## The data
#
# The houses of lesson 07 with the same split. We keep two versions: the features as they are (`raw_…`),
# because the layers of this lesson will do their own preparation, and the features standardised by the
# training set and clipped (`x_…`), as lesson 07 did it in the end; here at ±3.

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
    np.clip((raw - mean) / std, -3, 3).astype("float32") for raw in (raw_train, raw_valid, raw_test)
)
print(housing)
for number, name in enumerate(housing.feature_names):
    low, middle, high = np.quantile(raw_train[:, number], [0, 0.5, 1])
    print(f"{number}  {name:10} from {low:8.2f} to {high:9.2f}, median {middle:8.2f}")
print(f"{len(x_train):,} training, {len(x_valid):,} validation and {len(x_test):,} test districts")

# %% [markdown]
# ## Dense features, sparse features
#
# The median income of a district is a **dense** feature: one number, and every district has one. A
# larger number means more of the same, so a weight can be multiplied with it.
#
# A name is different. The place "cell 217", the film with number 31, the word "house": the number is only
# a label, and multiplying it makes no sense. You know the remedy from lesson 06: one-hot, a long row of
# zeros with a single 1. Such a feature is called **sparse**.
#
# A linear model on a one-hot feature has one weight for each label. It can give every label its own
# answer. But what does it do with two such features? It **adds** the two answers:
#
# $$\hat{y} = u_a + v_b.$$
#
# That is often wrong. Sand is nice at the beach and not in the bed. The answer belongs to the *pair*.

# %% [markdown]
# ## Crossed features: learning by heart
#
# The cure is simple: make a new sparse feature whose labels are the pairs. With $n_a$ labels and $n_b$ labels
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
# <details><summary>Hint 1: the small types</summary>
#
# A `uint8` holds 0 to 255. 30 · 30 does not fit, and NumPy keeps what is left of it, without a word.
# Convert `a` before you multiply.
# </details>
# <details><summary>Hint 2: how</summary>
#
# `np.asarray(a, dtype="int64")` works for integers and for arrays.
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
# ### People and films
#
# A small world shows what a cross can do and what it cannot do. There are 40 people and 30 films. How much
# somebody likes a film depends on two hidden tastes of the person and on how well the film serves them;
# a rating of 3 is lukewarm. Of the 1,200 ratings about 60 % are known. The others are to be predicted.

# %% tags=["skip-execution"]
rng = np.random.default_rng(1)
taste, serves = rng.normal(size=(40, 2)), rng.normal(size=(30, 2))
ratings = np.clip(3 + taste @ serves.T, 1, 5).astype("float32")

person, film = np.divmod(np.arange(1200), 30)
rating = ratings.ravel()
known = rng.random(1200) < 0.6
print("pairs, by number:", cross(person, film, 30)[:5], "...", cross(person, film, 30)[-1])

# %% [markdown]
# Three models look at the same two sparse features:
#
# * **separate**: a linear model with a weight for each person and one for each film
# * **crossed**: a linear model with a weight for each pair
# * **embeddings**: explained below
#
# A word about how to write a weight for each label. `CategoryEncoding` makes the one-hot rows, and `Dense(1)`
# multiplies them by weights. With many labels that is a waste: 1,199 of 1,200 products are with 0. The layer
# `keras.layers.Embedding(n, 1)` does the same thing directly. It is a table of n rows with one number each, and it
# looks up the row of the label.

# %% tags=["skip-execution"]
table = keras.layers.Embedding(4, 1)
looked_up = table(np.array([2, 0]))
one_hot = keras.layers.CategoryEncoding(num_tokens=4, output_mode="one_hot")(np.array([2, 0]))
print("one-hot rows\n", one_hot.numpy())
print("one-hot @ table:", (one_hot.numpy() @ table.get_weights()[0]).ravel())
print("looked up:      ", looked_up.numpy().ravel())


# %% tags=["skip-execution"]
def build_rating_model(kind):
    """A model of two sparse features: person (0 to 39) and film (0 to 29)."""
    Embedding = keras.layers.Embedding
    p, f = keras.Input((), dtype="int32"), keras.Input((), dtype="int32")
    if kind == "separate":
        outputs = Embedding(40, 1)(p) + Embedding(30, 1)(f)
    elif kind == "crossed":
        outputs = Embedding(1200, 1, embeddings_initializer="zeros")(p * 30 + f)
    else:
        h = keras.layers.Concatenate()([Embedding(40, 4)(p), Embedding(30, 4)(f)])
        h = keras.layers.Dense(32, activation="relu")(h)
        h = keras.layers.Dense(32, activation="relu")(h)
        outputs = keras.layers.Dense(1)(h)
    return keras.Model([p, f], outputs)


predicted = {}
print(f"{'':12} known pairs  new pairs   (mean squared error)")
for kind in ("separate", "crossed", "embeddings"):
    keras.utils.set_random_seed(0)
    model = build_rating_model(kind)
    model.compile(keras.optimizers.Adam(0.02), loss="mean_squared_error", steps_per_execution=11)
    model.fit([person[known], film[known]], rating[known] - 3, batch_size=64, epochs=50, verbose=0)
    predicted[kind] = model([person, film]).numpy().ravel() + 3
    errors = (predicted[kind] - rating) ** 2
    print(f"{kind:12} {errors[known].mean():11.3f} {errors[~known].mean():10.3f}")
print(f"{'always 3':12} {((3 - rating[known]) ** 2).mean():11.3f}", end=" ")
print(f"{((3 - rating[~known]) ** 2).mean():10.3f}")

# %% tags=["skip-execution"]
pictures = {
    "true ratings": rating,
    "known": np.where(known, rating, np.nan),
    **predicted,
}
figure, axes = plt.subplots(1, 5, figsize=(12, 3.6), layout="constrained", sharey=True)
for ax, (name, values) in zip(axes, pictures.items(), strict=True):
    shown = ax.imshow(values.reshape(40, 30), vmin=1, vmax=5, cmap="cividis", aspect="auto")
    ax.set(title=name, xlabel="film")
axes[0].set_ylabel("person")
figure.colorbar(shown, ax=axes, label="rating")
plt.show()

# %% [markdown]
# * **separate** sees that some films and some people are kinder than others, and that is all: stripes. It
#   cannot even repeat what it was told. In our runs, three seeds: 0.71 to 0.72 on the known pairs, and worse
#   than the constant 3 on the new ones.
# * **crossed** repeats every known rating: error 0.001. This is **memorisation**. Of a new pair it
#   knows nothing. Its weight is still the 0 it began with, and so it says 3.
# * **embeddings** is a little off on known pairs, and nearly as good on new ones: 0.06 to 0.08. This is
#   **generalisation**.

# %% [markdown]
# ## Embeddings: learning what is alike
#
# How can a model say anything about a pair it has never seen? It must have learnt something about the person
# from *other* films, and about the film from *other* people.
#
# An **embedding** gives each label a short row of numbers instead of one: `Embedding(40, 4)` is a table of 40
# rows and 4 columns. The rows begin at random and are trained like all weights. They are dense features that
# the network invents for its labels. People of similar taste end up with similar rows, because similar rows
# give similar outputs, and that is what the ratings ask for. The dense layers on top then learn how rows of
# people and rows of films go together.
#
# | | wide: crossed features | deep: embeddings and dense layers |
# |---|---|---|
# | learns | an answer for each pair | what is alike |
# | good at | exceptions, rules with few examples | pairs that are new |
# | bad at | pairs that are new | exceptions: it smooths them away |
#
# One learns by heart, the other understands more or less. **Wide & Deep** puts both side by side and trains
# them together. It was invented to recommend apps in a shop, where a few habits ("who has this one installs
# that one") are best simply known, and everything else must be guessed from what is alike.

# %% [markdown]
# ## The layers that prepare features
#
# The houses have no people and no films. But they have a place, and a place is a pair: latitude and longitude.
# Four layers of Keras turn raw numbers into what the two sides want.
#
# * `Normalization()` standardises. `adapt(x)` computes mean and variance of each feature; from then on the layer
#   holds them as weights that are not trained. You wrote such a layer in lesson 05. The rule of lesson 06
#   stands: adapt on the training set alone.
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
# The latitude bins are narrow where the districts crowd, around Los Angeles and San Francisco, and wide in the
# empty north. Equal counts, not equal widths.
#
# More than half of the 400 cells are empty: sea, desert, Nevada. That is typical of crosses. Two features with a
# million labels each have a million million pairs, and hardly any of them occur. Nobody wants a table of that
# size.
#
# `HashedCrossing` therefore numbers the pairs in another way. It computes from each pair a number that looks
# random, always the same for the same pair, between 0 and `num_bins − 1`. This is **hashing**. You choose
# the size of the table. The price: two pairs may get the same number and must then share a weight, a
# **collision**.

# %% tags=["skip-execution"]
print("num_bins  cells with districts  of them sharing a number")
for num_bins in (200, 400, 1600, 6400):
    hashed = keras.layers.HashedCrossing(num_bins=num_bins)((latitude_bin, longitude_bin)).numpy()
    number_of = dict(zip(cells.tolist(), hashed.tolist(), strict=True))
    _, uses = np.unique(list(number_of.values()), return_counts=True)
    print(f"{num_bins:8} {len(number_of):21} {uses[uses > 1].sum():25}")

# %% [markdown]
# A table several times larger than the number of pairs that occur keeps collisions rare. Your `cross` has none
# at all. It is the better choice where the whole table fits into memory.

# %% [markdown]
# ### What a linear model knows of a place
#
# Now C and B from the beginning: a linear model on the two one-hot features, and a linear model on their cross.


# %% tags=["skip-execution"]
def encode_place(raw, crossed):
    """One-hot features of the places: 20 + 20 columns, or 400 for the crossed cells."""
    rows, columns = to_latitude_bin(raw[:, 6]).numpy(), to_longitude_bin(raw[:, 7]).numpy()
    if crossed:
        tokens = keras.layers.CategoryEncoding(num_tokens=n_bins**2, output_mode="one_hot")
        return tokens(cross(rows, columns, n_bins)).numpy()
    return np.concatenate([encode(rows).numpy(), encode(columns).numpy()], axis=1)


known_by = {}
for name, crossed in (("separate bands", False), ("crossed cells", True)):
    keras.utils.set_random_seed(0)
    linear = keras.Sequential([keras.Input((400 if crossed else 40,)), keras.layers.Dense(1)])
    linear.compile(keras.optimizers.Adam(0.05), loss="mean_squared_error", steps_per_execution=13)
    linear.fit(encode_place(raw_train, crossed), y_train, batch_size=128, epochs=15, verbose=0)
    known_by[name] = linear.predict(encode_place(raw_valid, crossed), verbose=0).ravel()
    mse = np.mean((known_by[name] - y_valid) ** 2)
    print(f"{name:15} {linear.count_params():3} weights, validation MSE {mse:.3f}")

totals = np.bincount(cells, weights=y_train, minlength=400)
counts = np.bincount(cells, minlength=400)
kernel, bias = linear.get_weights()
full = counts >= 20
difference = kernel.ravel()[full] + bias - totals[full] / counts[full]
print(
    f"weight + bias against the cell's mean price: {np.abs(difference).mean():.2f} apart on average"
)

# %% tags=["skip-execution"]
figure, axes = plt.subplots(1, 3, figsize=(13, 4.2), layout="constrained")
for ax, (name, values) in zip(axes, {"true prices": y_valid, **known_by}.items(), strict=True):
    plots.housing_map(raw_valid[:, 6], raw_valid[:, 7], values, label="100,000 $", ax=ax)
    ax.collections[0].set_clim(0.5, 4)  # the same colours for all three
    ax.set_title(name)
plt.show()

# %% [markdown]
# The prices are high along the coast, and the coast runs from the north-west to the south-east. Bands cannot
# follow it. San Francisco lies as far north as poor valleys inland; so its latitude band must be a compromise.
# The crossed cells follow the coast. What they have learnt is no secret: the weight of a cell is its mean price,
# minus the bias.
# In our run the bands had a validation MSE of 0.81, and the cells 0.55. That
# is B far ahead of C. But A, the linear model on all eight features, has 0.45: a map alone is not enough.

# %% [markdown]
# ### What each side sees
#
# More bins, finer cells, more to learn by heart. Is more always better? Move the bins and watch both errors:
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
# * **separate bands** with few and with many bins. Past a dozen, the error hardly moves. More bands do not help
#   against a wrong shape.
# * **crossed cells**, both sliders at 10, 30, 80. On the known districts the error falls and falls. On the others
#   it turns round: cells with one or two districts have learnt single houses, not a place.
# * **districts per cell** tells why.
# * **deep network**: no cells, no edges, no empty places. It smooths where the cells are sharp.

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
# A linear layer on a concatenation is the sum of two linear layers. So the two models are added, and trained as
# one: the deep path learns what is left when the wide path has had its say, and the other way round.
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
# <details><summary>Hint 1: the graph</summary>
#
# `inputs = keras.Input((n_features,))`, then layer after layer: each is called on what it gets.
# `inputs` is used twice, and that is why `Sequential` will not do.
# </details>
# <details><summary>Hint 2: joining</summary>
#
# `keras.layers.Concatenate()([deep, inputs])` takes a **list** of tensors.
# </details>
# <details><summary>Hint 3: the count</summary>
#
# 8 · 30 + 30 for the first layer, 30 · 30 + 30 for the second, 38 + 1 for the output: 1,239. If you have 1,231,
# the output does not see the input.
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
# All plain networks of this lesson are trained in the same way, that of lesson 07: SGD with the rate 0.01, batches of
# 32, and a stop when the validation loss has not fallen by 0.001 in five epochs. To keep the lesson short, after
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
# In our runs with three seeds:
#
# | | validation MSE | test MSE |
# |---|---|---|
# | wide: linear | 0.453 to 0.454 | 0.462 |
# | deep: 30-30 | 0.314 to 0.329 | 0.323 to 0.342 |
# | wide & deep | 0.316 to 0.333 | 0.326 to 0.346 |
#
# The linear model is far behind, since it cannot bend. The other two are equal within the luck of the seed. So on these
# data the short cut gains **nothing**, and we should say so: what the linear model knows, the deep path learns as
# well. A wide path pays when it sees something that the deep path cannot easily make for itself. Crossed features are
# such a thing.

# %% [markdown]
# ## The same as a class
#
# In lesson 05 you wrote models as classes: layers in `__init__`, the computation in `call`. A class does not know how
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
# <details><summary>Hint 1: what goes where</summary>
#
# Three `Dense` layers in `__init__`, each in an attribute. In `call`: the first of the inputs, the second of that,
# the last of the concatenation.
# </details>
# <details><summary>Hint 2: joining</summary>
#
# `keras.ops.concatenate([deep, inputs], axis=-1)` inside `call`, or a `Concatenate` layer from `__init__`.
# </details>
# <details><summary>Hint 3: names that are taken</summary>
#
# `self.output`, `self.input` and `self.layers` belong to Keras. Call the last layer `self.join`, say.
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
# Is it really the same network? Train both for three epochs from one seed, and compare every number. And train a third
# one, whose `__init__` makes the last layer first. Its `call` is the same.


# %% tags=["skip-execution"]
class OutputFirst(keras.Model):
    """As WideDeepModel, but its last layer is made first."""

    def __init__(self):
        super().__init__()
        self.last = keras.layers.Dense(1)
        self.two = [keras.layers.Dense(30, activation="relu") for _ in range(2)]

    def call(self, x):
        first, second = self.two
        return self.last(keras.layers.concatenate([second(first(x)), x]))


twins = {}
for name, build in [
    ("functional", lambda: build_wide_deep(8)),
    ("subclass", WideDeepModel),
    ("output made first", OutputFirst),
]:
    twins[name], history = train_plain(build, epochs=3)
    losses = "  ".join(f"{loss:.7f}" for loss in history.history["val_loss"])
    print(f"{name:18} validation MSE {losses}")
equal = np.array_equal(
    twins["functional"].predict(x_valid, verbose=0), twins["subclass"].predict(x_valid, verbose=0)
)
print("functional and subclass predict exactly the same:", equal)

# %% [markdown]
# Identical to the last digit, if your class makes its layers in the order first, second, last. The third is as good a
# network, but another one. Each layer draws the seed of its initial kernel when it is **made**. After
# `set_random_seed` these seeds are always the same, first come, first served: whoever makes the output layer first
# gives it the seed that the first hidden layer had before.
#
# So when two versions of a model should agree and do not, look at the order in which their layers are made. And when
# you compare two *different* networks with "the same seed", do not believe that they begin alike.
#
# Older tutorials sometimes keep the model in the body of a class (`model = keras.Sequential(...)` below `class
# Experiment:`). Lesson 05 has shown what that does: all instances share one model, and the second training goes on
# where the first one stopped.

# %% [markdown]
# ## Two inputs
#
# So far both paths saw the same features. They need not. Often the wide path should see a few features that act
# directly, and the deep path those that need to be combined. Then the model has two inputs, and each gets an array of
# its own.
#
# Here is a usual division of the eight features. Look at the middle.
#
# | | 0 MedInc | 1 HouseAge | 2 AveRooms | 3 AveBedrms | 4 Population | 5 AveOccup | 6 Latitude | 7 Longitude |
# |---|---|---|---|---|---|---|---|---|
# | **wide** | ✓ | ✓ | ✓ | ✓ | ✓ | | | |
# | **deep** | | | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ |
#
# **Why do they overlap?** The features 2 to 4 go both ways: rooms, bedrooms, people. A feature that goes the wide way
# alone can act only by a straight line, and cannot be combined with any other. A feature that goes the deep way alone
# can act in any way, but even a plain "more is dearer" must be pieced together from ReLUs. A feature on **both** has a
# straight line for free, and the deep path learns what the line leaves over: more rooms are worth more on the coast
# than in the desert.
#
# The features 0 and 1 go the wide way only, the last three the deep way only. That is a decision, and it costs
# something, as you will see. The overlap is not a law either: it may be empty, or everything, as in `build_wide_deep`.

# %% [markdown]
# ### Exercise: `split_wide_deep(x)` (1 point)
#
# Divide the features.
#
# * `x`: (n, d), d ≥ 6
# * returns a pair: the features 0 to 4 (4 is included), and the features from 2 to the end. All n rows in both
#
# **Expected** `split_wide_deep(np.arange(8).reshape(1, 8))` gives `[[0, 1, 2, 3, 4]]` and
# `[[2, 3, 4, 5, 6, 7]]`.
#
# <details><summary>Hint 1: columns</summary>
#
# `x[:, a:b]` is all rows and the columns a to b − 1.
# </details>
# <details><summary>Hint 2: the ends</summary>
#
# The end of a slice is left out, so the first part ends at 5. Leave the second one open: `x[:, 2:]` goes to the last
# column, however many there are.
# </details>


# %% nbgrader={"grade": false, "grade_id": "split_wide_deep", "locked": false, "schema_version": 3, "solution": true, "task": false}
def split_wide_deep(x):
    """The features 0 to 4 for the wide path, and those from 2 to the end for the deep path."""
    ### BEGIN SOLUTION
    return x[:, :5], x[:, 2:]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_split_wide_deep", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
checks.run("split_wide_deep")

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
# <details><summary>Hint 1: the inputs</summary>
#
# Two times `keras.Input`, and in the end `keras.Model([wide, deep], outputs)`. The order in this list is the order
# in which the arrays must come.
# </details>
# <details><summary>Hint 2: a name for everything</summary>
#
# Do not overwrite the variable of the deep input by that of the first layer: you need the input again for
# `keras.Model`.
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
# Arrays for several inputs go into `fit` as a tuple or a list, in the order of the inputs. Three divisions: the usual
# one; the same without its overlap; and everything to both.

# %% tags=["skip-execution"]
from functools import partial

divisions = {
    "0-4 wide, 2-7 deep": split_wide_deep,
    "0-4 wide, 5-7 deep": lambda x: (x[:, :5], x[:, 5:]),
    "all wide, all deep": lambda x: (x, x),
}
for name, divide in divisions.items():
    inputs, inputs_valid = divide(x_train), divide(x_valid)
    n_wide, n_deep = inputs[0].shape[1], inputs[1].shape[1]
    models[name], history = train_plain(
        partial(build_wide_deep_two_inputs, n_wide, n_deep), inputs, inputs_valid
    )
    print(f"{name}: validation MSE {history.history['val_loss'][-1]:.3f}")

# %% [markdown]
# | division | validation MSE, three seeds | test MSE |
# |---|---|---|
# | 0-4 wide, 2-7 deep | 0.325 to 0.333 | 0.336 to 0.343 |
# | 0-4 wide, 5-7 deep: no overlap | 0.343 to 0.346 | 0.356 to 0.366 |
# | all wide, all deep | 0.316 to 0.333 | 0.326 to 0.346 |
#
# Without the overlap the error was larger with each seed: the rooms can no longer be combined with the place. The
# overlap mends most of that. The third line is `build_wide_deep(8)` in another form, and has its numbers. It is no worse
# than the first although the first leaves decisions to us. Divide features when you have a reason: because some are sparse, because
# some arrive from another source. Not as a ritual.

# %% [markdown]
# ## Two outputs
#
# The joined model is trained by one error. If the wide path explains much of a price, little is left for the deep path to
# learn from. One can demand that the deep path be good **by itself** as well: give it an output of its own,
# with a loss of its own. Such an output is **auxiliary**. In the end nobody asks for its answer; it is there to
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
# <details><summary>Hint 1: the outputs</summary>
#
# `keras.Model([wide, deep], [joined_output, deep_output])`.
# </details>
# <details><summary>Hint 2: what the second one sees</summary>
#
# The tensor that goes into the concatenation, before it is concatenated. The second output is a new `Dense(1)`: 31
# parameters more.
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
# Look at the deep output: 0.45 to 0.48 in our runs with three seeds. The deep path does not see the income, the most
# important feature of all, and so it cannot be good alone. The joined output had 0.325 to 0.335, against 0.325 to 0.333
# without the auxiliary loss. No gain here, and no harm. Auxiliary losses are made for networks so deep that too little of
# the gradient arrives at their first layers (lesson 08); two layers have no such trouble.


# %% [markdown]
# ## Wide & Deep with crosses: the best one
#
# Now both sides get what they are made for, and the model begins at the **raw** features. It holds its
# preparation in its own layers, so whoever loads it cannot forget the scaling.
#
# * **Four skewed features** (2 to 5). Most districts have 5 rooms a household, a few have 100. The logarithm draws
#   such a tail in; what is left over is clipped to ±3.
# * **Crossed cells at three sizes**: 20 × 20, 40 × 40 and 80 × 80 bins. Large cells are safe, small ones sharp. Each district has its
#   cell in each of them. `HashedCrossing` numbers the pairs, in a table four times as large as there are pairs.
#   `epsilon` says how exactly `Discretization` places its boundaries; 80 bins need it finer than usual.
# * **Wide path**: one weight for each cell, `Embedding(…, 1)`, zero to begin with, and the eight prepared features.
# * **Deep path**: six numbers for each cell, `Embedding(…, 6)`, beside the prepared features, through 256 and 128 units with ReLU
#   and He's weights, and a dropout of 0.1 (lesson 08).
# * **Adam** with batches of 128, and a rate that falls along half a cosine wave from 0.003 to 0, in 20 epochs (lesson 08).
#   EarlyStopping watches the validation loss and brings back the weights of the best epoch.
#
# In the cell below you will find each line of this list.


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
# ### The test, once
#
# All choices were made on validation districts. Now everything at once, with the trees of lesson 07 beside it.

# %% tags=["skip-execution"]
from sklearn.ensemble import HistGradientBoostingRegressor

inputs_test = {name: divide(x_test) for name, divide in divisions.items()}
inputs_test["two outputs"] = split_wide_deep(x_test)
scores = {}
for name, trained in models.items():
    answer = trained.predict(inputs_test.get(name, x_test), verbose=0)
    answer = answer[0] if isinstance(answer, list) else answer  # the joined output
    scores[name] = np.mean((answer.ravel() - y_test) ** 2)
scores["crossed cells alone"] = np.mean(
    (linear.predict(encode_place(raw_test, True), verbose=0).ravel() - y_test) ** 2
)
trees = HistGradientBoostingRegressor(random_state=0).fit(raw_train, y_train)
scores["boosted trees"] = np.mean((trees.predict(raw_test) - y_test) ** 2)
best_test = best.predict(raw_test, verbose=0).ravel()
scores["best wide & deep"] = np.mean((best_test - y_test) ** 2)

for name, mse in sorted(scores.items(), key=lambda item: -item[1]):
    print(f"{name:20} test MSE {mse:.3f}")

# %% [markdown]
# Our test MSE of the best Wide & Deep, seeds 0, 1 and 2: 0.213, 0.215 and 0.212. Boosted trees have 0.231, the plain networks 0.33 to 0.35.
#
# Where does the gain come from? With one seed and 25 epochs each, a similar network without any cells had a
# validation MSE of 0.29; with cells of one size, 40 × 40 and of equal width, 0.25; with three sizes 0.22. A
# larger network with dropout and 20 epochs made 0.216 of it, and bins of equal counts in place of equal
# widths 0.19. It hardly matters which path gets the cells: of one size, in both paths, they gave 0.247 to
# 0.251 (two seeds), in the deep path alone 0.248 to 0.251, in the wide path alone 0.250 to 0.255. What counts
# is the cross.
#
# Now back to your order from the beginning. C, B, A, then D and E side by side. B does **not** beat A, but the
# two know different things, and the best model has both.

# %% [markdown]
# ### What the cells have added
#
# The model is a sum of its two paths. So we can ask what the cells of the wide path contribute, each district by
# itself.

# %% tags=["skip-execution"]
cell_tables = [
    layer
    for layer in best.layers
    if isinstance(layer, keras.layers.Embedding) and layer.output_dim == 1
]
factors = best.layers[-1].get_weights()[0].ravel()[-3:]  # the last three inputs of the output layer
looking = keras.Model(best.inputs[0], [layer.output for layer in cell_tables])
added = sum(f * a.ravel() for f, a in zip(factors, looking.predict(raw_test, verbose=0)))

figure, axes = plt.subplots(1, 3, figsize=(13, 4.2), layout="constrained")
for ax, title, values, limits in [
    (axes[0], "prediction", best_test, (0.5, 4)),
    (axes[1], "of it from the wide cells", added, (-1, 1)),
    (axes[2], "prediction − true price", best_test - y_test, (-1, 1)),
]:
    plots.housing_map(raw_test[:, 6], raw_test[:, 7], values, label="100,000 $", ax=ax)
    ax.collections[0].set_clim(*limits)
    ax.set_title(title)
plt.show()

# %% [markdown]
# The cells raise the coast around San Francisco and Los Angeles, and lower the inland east of Los Angeles. They are
# a part of the answer: the embeddings in the deep path know the place, too. The errors on the right show hardly any
# pattern of place. What is left is about the houses, not about where they stand.

# %% [markdown]
# ## Check your understanding
#
# **Question 1.** A linear model has a one-hot feature for the country and one for the month. Sales of ice cream are high in
# the north in July and in the south in January. What does it learn?
#
# <details><summary>A. Both peaks, since it has a weight for each country and each month</summary>
#
# No. It adds a number for the country and a number for the month. One and the same July must serve both halves of the
# world.
# </details>
# <details><summary>B. Neither; it needs the crossed feature country × month</summary>
#
# Right. With a weight for each pair it can give July in the north its own answer.
# </details>
# <details><summary>C. Both, if it is trained for long enough</summary>
#
# No. No values of the weights give both peaks. Training cannot find what is not there.
# </details>
#
# **Question 2.** You cross latitude and longitude into 80 × 80 cells. What does a linear model say in a cell
# where no training district lies?
#
# <details><summary>A. The bias and the cell's initial weight: nothing about the place</summary>
#
# Right. No example has ever moved that weight. The deep path, or larger cells beside the small ones, must help.
# </details>
# <details><summary>B. The mean of the neighbouring cells</summary>
#
# No. For a linear model on one-hot features cell 217 and cell 218 have nothing to do with one another.
# </details>
# <details><summary>C. Keras reports an error</summary>
#
# No. The weight exists.
# </details>
#
# **Question 3.** A functional model and its twin as a class begin from the same seed and end with different
# losses. What do you look at first?
#
# <details><summary>A. The order of the layers in `call`</summary>
#
# If that differed, it would be another network, not a twin. It is not the first suspect.
# </details>
# <details><summary>B. The order in which the layers are made</summary>
#
# Right. Each layer draws the seed for its initial weights when it is made.
# </details>
# <details><summary>C. Nothing: subclassed models train differently</summary>
#
# No. In this lesson they agreed to the last digit.
# </details>
#
# **Question 4.** Two outputs with `loss_weights=[0.9, 0.1]`. `evaluate` reports a loss of 0.30, and for the joined output 0.29.
# What is the loss of the deep output?
#
# <details><summary>A. 0.01</summary>
#
# No. The total is not a plain sum. Each loss is multiplied by its weight.
# </details>
# <details><summary>B. 0.39</summary>
#
# Right. 0.9 · 0.29 + 0.1 · 0.39 = 0.30.
# </details>
# <details><summary>C. 0.31</summary>
#
# No. That would be a plain mean of the two.
# </details>

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
# * Embeddings give each label a few trained numbers. Labels that behave alike become alike, and so a network can
#   generalise to new pairs.
# * Wide & Deep joins both and trains them as one. Features may go one way, the other, or both; those on both have
#   their straight line for free.
# * The functional model and the class are the same network. Equal seeds give equal weights only if the
#   layers are made in the same order.
# * An auxiliary output trains a part of the network by a loss of its own; `loss_weights` says how much it counts.
# * `Normalization`, `Discretization`, `HashedCrossing`, `CategoryEncoding` and `Embedding` put the preparation into the
#   model. Adapt them on training data.
#
# ## Where to go next
#
# Lesson 10 watches a training and acts on it: callbacks, checkpoints, schedules, TensorBoard. Lesson 11 saves a model
# together with its preparation. Lesson 13 looks for good hyper-parameters, such as the number of bins, by method.
#
# Go on with [10 · Callbacks and TensorBoard](../10_callbacks/10_callbacks.ipynb)
