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
# # 13 · Hyper-parameter search
#
# **You will be able to**
#
# * say what a hyper-parameter is, and describe a space of them on the right scale
# * write grid, random and evolutionary search and successive halving yourself
# * compare methods of search fairly: at the same budget, and over many repetitions
# * say where the methods part company, and what several runs for each trial cost and bring
# * say why the winner of a search is not as good as its validation loss
#
# **Before you start** You need the housing data and its scaling (lesson 07) and a training loop with `GradientTape` and
# `tf.function` (lesson 12).
#
# **Running time** about 2 minutes on two cores with the sample data; reading about 65 minutes, exercises about 50.

# %%
import time

from helpers import checks, data, plots, widgets  # first, so that TensorFlow starts quietly

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

# %% [markdown]
# ## Predict
#
# You may train a network 16 times, no more. You have to find a good learning rate between 0.0001 and 1,
# and a good number of hidden units between 2 and 64. Here are six ways to spend the 16 trainings:
#
# * a **grid** of 4 learning rates × 4 layer sizes
# * 16 pairs drawn at **random**
# * **evolution**: try a few, cross and mutate the best, try their children
# * **successive halving**: begin many trainings, stop the bad ones early, carry on with the rest
# * **Hyperband**: several such halvings, which begin with fewer or more epochs
# * **Bayesian** search: after each training fit a surface through what is known, and try what looks best

# %% tags=["skip-execution"]
widgets.commit_box(
    "Each method is repeated 40 times. How far apart will the medians of their lowest validation losses be?",
    {
        "Less than 10 % between the best and the worst": "Two hyper-parameters are few. You will see that every "
        "method finds the good region with 16 trainings.",
        "About 30 % between the best and the worst": "This would be so if the good region were small. Here it "
        "takes up a good part of the plane.",
        "The worst is more than twice as high as the best": "A single unlucky run can be far off. The median of 40 is not.",
    },
    answer="Less than 10 % between the best and the worst",
)

# %% [markdown]
# Then the same with **six** hyper-parameters, of which three matter, and 64 trainings.

# %% tags=["skip-execution"]
widgets.commit_box(
    "Which method falls furthest behind when there are six hyper-parameters?",
    {
        "The grid": "64 trainings are two values for each of the six: 2 to the power of 6. Nothing between the two is ever tried.",
        "Random search": "It does worse than in two dimensions, but it tries 64 values of every hyper-parameter.",
        "Evolution": "It learns from its best trials in any number of dimensions.",
    },
    answer="The grid",
)

# %% [markdown]
# ## What there is to choose
#
# `fit` finds the weights. It does not find the learning rate, the number of layers, their size, the batch
# size, the number of epochs. These must be there before the training begins. They are called
# **hyper-parameters**.
#
# There is no gradient to follow here: the validation loss has no derivative with respect to the number of layers.
# All we can do is choose some values, train, look at the validation loss, and choose again. One such
# round is a **trial**. A trial is expensive, so a good method needs few of them.
#
# The simplest way is to write down a few values for each hyper-parameter and to try **all
# combinations**: a grid.

# %% [markdown]
# ### Exercise: `grid(space)` (1 point)
#
# List all combinations.
#
# * `space`: dict from a name to the list of its values, which may be anything: numbers, strings, `None`,
#   tuples; leave it unchanged
# * returns a list of dicts, one for each combination, with the values as they are: the integer 30 stays an
#   integer. Each is a dict of its own
# * order: the **last** key varies fastest, like the digits of a counter
# * no keys at all: there is exactly one way to choose nothing, so `{}` gives `[{}]`
#
# **Expected** `grid({"rate": [0.1, 0.01], "units": [8, 16]})` gives `[{"rate": 0.1, "units": 8},
# {"rate": 0.1, "units": 16}, {"rate": 0.01, "units": 8}, {"rate": 0.01, "units": 16}]`.
#
# <details><summary>Hint 1: from the standard library</summary>
#
# `itertools.product(*lists)` gives the combinations of any number of lists, the last one fastest. For no
# list at all it gives one empty tuple, as it should.
# </details>
# <details><summary>Hint 2: from tuples to dicts</summary>
#
# `dict(zip(names, values))` makes a dict of names and values. `space` itself gives the names,
# `space.values()` the lists.
# </details>
# <details><summary>Hint 3: without itertools, a similar example</summary>
#
# All words of three letters a or b, one place after another: begin with `words = [""]`, and do three times
# `words = [word + letter for word in words for letter in "ab"]`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "grid", "locked": false, "schema_version": 3, "solution": true, "task": false}
def grid(space):
    """All combinations of a dict of lists, as a list of dicts; the last key varies fastest."""
    ### BEGIN SOLUTION
    combinations = [{}]
    for name, values in space.items():
        combinations = [{**chosen, name: value} for chosen in combinations for value in values]
    return combinations
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_grid", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
checks.run("grid")

# %% [markdown]
# Count before you start a grid. With $v$ values for each of $k$ hyper-parameters there are $v^k$
# combinations.

# %% tags=["skip-execution"]
for n_parameters in range(1, 7):
    space = {f"parameter {i}": [1, 2, 3, 4] for i in range(n_parameters)}
    print(f"{n_parameters} hyper-parameters with 4 values each: {len(grid(space)):5,} trainings")

# %% [markdown]
# At a minute for each training the last line is nearly three days. There is a second difficulty. Look at
# what 16 trials of a grid really try, and what 16 random ones do.

# %% tags=["skip-execution"]
values = [0.125, 0.375, 0.625, 0.875]
points = {
    "grid: 4 learning rates": [list(p.values()) for p in grid({"x": values, "y": values})],
    "random: 16 learning rates": np.random.default_rng(0).random((16, 2)),
}
plots.projected_trials(points, "learning rate", "layer size")
plt.show()

# %% [markdown]
# The orange ticks show the trials as the learning rate sees them. Suppose that only the learning rate
# matters and the layer size hardly. Then the grid has wasted three trainings of four: it repeats the same
# four learning rates. Random search has tried sixteen.
#
# Usually one or two hyper-parameters matter most, and nobody knows beforehand which. That is why
# random search is the first thing to try.

# %% [markdown]
# ## Which values are likely?
#
# Random means: drawn from a distribution, and you choose it. For a learning rate between 0.0001 and 1, should
# every **number** be equally likely, or every **order of magnitude**?

# %% tags=["skip-execution"]
rng = np.random.default_rng(0)
draws = {
    "uniform": rng.uniform(1e-4, 1, 10_000),
    "log-uniform": np.exp(rng.uniform(np.log(1e-4), np.log(1), 10_000)),
}
plots.draws_on_log_axis(draws, 1e-4, 1)
plt.show()
for name, values in draws.items():
    low, high = np.mean(values < 1e-3), np.mean(values > 0.1)
    print(f"{name:12}{low:7.2%} below 0.001 {high:7.2%} above 0.1")

# %% [markdown]
# Of the uniform draws nine in ten land between 0.1 and 1. A rate below 0.001 is hardly ever tried. For
# learning rates, layer sizes and penalties the *factor* matters, so we draw the **logarithm**
# uniformly:
#
# $$x = e^u, \qquad u \text{ uniform between } \ln(\text{low}) \text{ and } \ln(\text{high}).$$
#
# For a dropout rate, or for a choice such as `"relu"` or `"selu"`, this would make no sense. So a
# space must say which kind each hyper-parameter is.

# %% [markdown]
# ### Exercise: `sample(space, rng)` (2 points)
#
# Draw one value for each hyper-parameter.
#
# * `space`: dict from a name to one of these; leave it unchanged
#   * a **list**: any of its elements, all equally likely, returned as it is (an `int` stays an `int`, a
#     tuple stays a tuple, `None` stays `None`)
#   * a tuple `(low, high)`: a float, uniform between them
#   * a tuple `(low, high, "log")`: a float, log-uniform between them, with 0 < low < high
# * `rng`: NumPy generator, as `np.random.default_rng(seed)` gives it. All randomness comes from it and from
#   nowhere else: the same seed gives the same draws
# * each name is drawn on its own
# * returns a dict with the same names
#
# **Expected** `sample({"rate": (1e-4, 1.0, "log"), "units": [8, 16, 32]}, rng)` gives for example
# `{"rate": 0.0237, "units": 16}`.
#
# <details><summary>Hint 1: which kind is it?</summary>
#
# `isinstance(values, list)` tells lists from tuples, `len(values)` the two kinds of tuples apart. A list
# of two numbers is still a list: one of the two, nothing between.
# </details>
# <details><summary>Hint 2: an element of a list</summary>
#
# `rng.choice` makes an array of the list first, which turns 8 into a `np.int64` and fails for tuples. Draw a place
# instead. `rng.integers(n)` gives one of 0, 1, ..., n - 1.
# </details>
# <details><summary>Hint 3: log-uniform</summary>
#
# The formula stands above the exercise: draw u, then return x. A similar example, a frequency between 20 and 20,000 Hz
# with equal chances for each octave: `octaves = rng.uniform(np.log2(20), np.log2(20000))`, then `2**octaves`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "sample", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sample(space, rng):
    """One random value for each name: from a list, from (low, high) or from (low, high, "log")."""
    ### BEGIN SOLUTION
    chosen = {}
    for name, values in space.items():
        if isinstance(values, list):
            chosen[name] = values[rng.integers(len(values))]
        elif len(values) == 2:
            chosen[name] = rng.uniform(*values)
        else:
            chosen[name] = np.exp(rng.uniform(np.log(values[0]), np.log(values[1])))
    return chosen
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_sample", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("sample")

# %% [markdown]
# The size of a layer may be drawn as a float, too. It is rounded where the model is built.
#
# ### A space with an if
#
# Suppose that each hidden layer may have a size of its own. Then there is one size to choose for a network with one
# hidden layer, and there are three for a network with three. Which hyper-parameters exist depends on the value of another
# one. Such a space is called **conditional**. Draw in two steps: first the number of layers, then a size for each.


# %% tags=["skip-execution"]
def sample_network(rng):
    """The sizes of one to three hidden layers."""
    n_layers = sample({"n_layers": [1, 2, 3]}, rng)["n_layers"]
    return sample({f"size {i}": (4, 64, "log") for i in range(1, n_layers + 1)}, rng)


rng = np.random.default_rng(2)
for _ in range(5):
    print([round(size) for size in sample_network(rng).values()])

sizes = [4, 8, 16, 32, 64]
flat = grid({"n_layers": [1, 2, 3], "size 1": sizes, "size 2": sizes, "size 3": sizes})
networks = {tuple(combination.values())[1 : 1 + combination["n_layers"]] for combination in flat}
print(f"a grid without the condition: {len(flat)} trainings, {len(networks)} networks")

# %% [markdown]
# The last line shows what happens when the condition is ignored. The grid lists a size for the second and third layer even
# where there is none, and so it trains the same network many times. Methods that learn from earlier trials suffer in
# another way: they look for an effect of numbers that have none.

# %% [markdown]
# ### Exercise: `random_search(objective, space, n_trials, rng)` (2 points)
#
# Try random hyper-parameters, and keep the best.
#
# * `objective`: a function; `objective(params)` takes a dict as `sample` gives it, and returns a loss: a
#   float, lower is better. Call it **exactly `n_trials` times**, each time with a new draw; a call may be
#   a whole training. It leaves the dict as it is
# * `space`, `rng`: as for `sample`, which you may use; leave `space` unchanged; `n_trials` ≥ 1
# * returns the pair `(best_params, best_score)`: the lowest loss, and the dict it was measured with; of
#   equal ones any
# * a training that diverges returns NaN. **NaN never wins**, wherever it comes. If all trials gave NaN, raise
#   `ValueError`
# * `inf` is a score like others: it wins where there is nothing but `inf` and NaN
#
# **Expected** `random_search(lambda p: (p["x"] - 3) ** 2, {"x": (0, 10)}, 200, rng)` gives a pair such as
# `({"x": 2.98}, 0.0004)`.
#
# <details><summary>Hint 1: the idea</summary>
#
# A loop of `n_trials` rounds. In each draw once, call `objective` once with it, and remember both if the
# score is the best so far. Begin with `best_params = None`.
# </details>
# <details><summary>Hint 2: what is odd about NaN</summary>
#
# Every comparison with NaN is false: `nan < 3` and `3 < nan`. A NaN that comes first is therefore never
# beaten. Ask `np.isnan(score)` before you compare.
# </details>
# <details><summary>Hint 3: traps of the short ways</summary>
#
# `np.argmin` picks NaN. `np.nanargmin` puts `inf` in the place of NaN, so among `nan` and `inf` it may pick
# the NaN. Starting with `best_score = inf` and asking `score < best_score` never accepts `inf`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "random_search", "locked": false, "schema_version": 3, "solution": true, "task": false}
def random_search(objective, space, n_trials, rng):
    """(best_params, best_score) of n_trials random draws; the lowest score wins, NaN never."""
    ### BEGIN SOLUTION
    best_params, best_score = None, np.nan
    for _ in range(n_trials):
        params = sample(space, rng)
        score = objective(params)
        if not np.isnan(score) and (best_params is None or score < best_score):
            best_params, best_score = params, score
    if best_params is None:
        raise ValueError(f"all {n_trials} trials gave NaN")
    return best_params, best_score
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_random_search", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("random_search")

# %% [markdown]
# ## The model
#
# Now a real network: that of lesson 07, with three hyper-parameters as arguments.

# %% [markdown]
# ### Exercise: `build_model(hidden_layers=1, layer_size=30, learning_rate=3e-3)` (2 points)
#
# Build and compile the network.
#
# * input: 8 features
# * `hidden_layers` layers of `layer_size` units each, with ReLU; `hidden_layers=0` is allowed and gives a
#   linear model
# * output: one unit, linear
# * plain SGD, without momentum or anything else added, with the given `learning_rate`; loss: mean squared error, nothing
#   added to it
# * returns a new model each time, built (its weights exist) and compiled
#
# **Expected** `build_model().count_params()` gives `301`, and `build_model(hidden_layers=2).count_params()`
# gives `1231`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Begin with an empty `keras.Sequential()`, and add one layer after another. What depends on a number is a loop.
# </details>
# <details><summary>Hint 2: a trap</summary>
#
# `[keras.layers.Dense(30, activation="relu")] * 2` is a list with one layer in two places. It has one
# kernel, not two. Make the layer inside the loop.
# </details>


# %% nbgrader={"grade": false, "grade_id": "build_model", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_model(hidden_layers=1, layer_size=30, learning_rate=3e-3):
    """A new compiled regressor on 8 features, trained by plain SGD on the squared error."""
    ### BEGIN SOLUTION
    model = keras.Sequential([keras.Input((8,))])
    for _ in range(hidden_layers):
        model.add(keras.layers.Dense(layer_size, activation="relu"))
    model.add(keras.layers.Dense(1))
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    return model
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_build_model", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("build_model")

# %% [markdown]
# ## A real search, timed
#
# The data are split and standardised as in lesson 07, and clipped at ±5 standard deviations because of the
# few absurd rows. The test set stays closed until the end of the lesson.

# %% tags=["skip-execution"]
from sklearn.model_selection import train_test_split

housing = data.load_california_housing()
x_rest, x_test, y_rest, y_test = train_test_split(housing.data, housing.target, random_state=7)
x_train, x_valid, y_train, y_valid = train_test_split(x_rest, y_rest, random_state=1)
mean, std = x_train.mean(axis=0), x_train.std(axis=0)
x_train, x_valid, x_test = (
    np.clip((x - mean) / std, -5, 5).astype("float32") for x in (x_train, x_valid, x_test)
)
y_train, y_valid, y_test = (y.astype("float32") for y in (y_train, y_valid, y_test))
x_search, y_search = x_train[:4096], y_train[:4096]
print("training", x_train.shape, "validation", x_valid.shape, "search on", len(x_search))

# %% [markdown]
# Note the last number. **We search on 4,096 of the training examples.** A search does not need the best
# possible networks, it only needs to rank them. On a third of the data every trial takes a third of the
# time. ([Going further](going_further/13_hyperparameter_search_going_further.ipynb) trains the winner on all of them.)
#
# The objective is a function from hyper-parameters to a validation loss. Here it trains a Keras model for
# nine epochs, and rounds the layer size, because the draws are floats.
#
# `fit` gets a `tf.data` dataset (lesson 03) instead of arrays, for this reason: after `keras.utils.set_random_seed`,
# `fit` on arrays draws one order and uses it again in every epoch. A dataset with `shuffle` takes a new order each time.
# `shuffle=False` says that `fit` need not shuffle as well.

# %% tags=["skip-execution"]
BATCH_SIZE = 64
SPACE = {"learning_rate": (1e-4, 1.0, "log"), "layer_size": (2, 64, "log")}


def objective(params, epochs=9):
    """Validation loss of the housing network with these hyper-parameters after training."""
    model = build_model(1, round(params["layer_size"]), params["learning_rate"])
    examples = tf.data.Dataset.from_tensor_slices((x_search, y_search))
    batches = examples.shuffle(len(x_search)).batch(BATCH_SIZE)
    model.fit(batches, epochs=epochs, shuffle=False, verbose=0)
    loss = model.evaluate(x_valid, y_valid, batch_size=1024, verbose=0)
    print(f"{params['learning_rate']:9.5f}{params['layer_size']:7.1f}{loss:9.3f}")
    return loss


keras.utils.set_random_seed(0)
print("     rate  units     loss")
start = time.perf_counter()
best_params, best_score = random_search(objective, SPACE, 8, np.random.default_rng(3))
seconds_per_trial = (time.perf_counter() - start) / 8
print(f"best: {best_score:.3f}, {seconds_per_trial:.1f} s a trial")

# %% [markdown]
# That is a complete hyper-parameter search, and it has found something. Look at the
# column of losses: the learning rate alone decides between a fair network and a useless one.
#
# Was it a good search? Would a grid have been better? One run cannot tell. A random search depends
# on luck, and so does each single training, through its first weights and its shuffling. To compare six methods we
# must repeat each of them, say 40 times with 16 trainings of 27 epochs. At the speed of the cell above that takes hours.

# %% [markdown]
# ## Train everything once, search as often as you like
#
# Divide the plane of learning rates and layer sizes into cells. Train a network for **each cell**, once, with several
# seeds, and write down the validation loss after each epoch. Afterwards a "training" is a look into the table. The losses
# are real; only the waiting is gone. This is called a **tabular benchmark**, and research uses it, too.
#
# Our table has 17 learning rates × 11 layer sizes × 3 seeds: 561 networks. A small network leaves the processor idle most
# of the time. So `train_stack` trains the 51 networks of one layer size **at once**, stacked along a new first axis: the
# first kernels together are an array (51, 8, units). `@` multiplies stacks of matrices pair by pair. It is the training
# loop of lesson 12 with one more axis; `train_stack??` shows it.

# %% tags=["skip-execution"]
from helpers.stacks import train_stack

RATES = np.geomspace(1e-4, 1, 17)
SIZES = np.array([2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64])
N_SEEDS, EPOCHS = 3, 27
sets = (x_search, y_search), (x_valid, y_valid), (x_test, y_test)
start = time.perf_counter()
stacks = [train_stack(int(units), RATES, N_SEEDS, EPOCHS, *sets) for units in SIZES]
table = np.stack([history for history, _ in stacks], axis=1)  # (epochs, sizes, rates, seeds)
envelope = np.stack([test for _, test in stacks])  # test losses, sealed until the end
milliseconds = 1000 * (time.perf_counter() - start) / table.size
print(f"{table[0].size} networks, {EPOCHS} epochs each: {milliseconds:.2f} ms an epoch")
print(f"one by one, with Keras: {1000 * seconds_per_trial / 9:.0f} ms an epoch, start included")

# %% [markdown]
# The test losses went into an envelope, which nobody opens until the end.

# %% [markdown]
# Now the whole plane, which a search usually never sees. Both axes are logarithmic. Each cell shows the mean of
# its three seeds; grey cells diverged for at least one of them.

# %% tags=["skip-execution"]
landscape = (RATES, SIZES, table[-1].mean(axis=-1))
figure, axes = plt.subplots(1, 2, figsize=(11, 4), layout="constrained")
plots.search_plane([], (RATES, SIZES, table[2].mean(axis=-1)), "after 3 epochs", axes[0])
plots.search_plane([], landscape, "after 27 epochs", axes[1])
plt.show()

mean_loss, lowest = landscape[2], np.nanmin(landscape[2])
size, rate = np.argwhere(mean_loss == lowest)[0]
print(f"best cell after 27 epochs: rate {RATES[rate]:.3g}, {SIZES[size]} units, loss {lowest:.3f}")
good = mean_loss < 1.1 * lowest
print(f"diverged: {np.isnan(mean_loss).mean():.0%} of the cells")
print(f"within 10 % of the best: {good.mean():.0%} of the cells")
spread = np.median(table[-1].std(axis=-1)[good])
print(f"spread over the seeds in these (standard deviation): {spread:.3f}")

# %% [markdown]
# Three things to remember from this figure:
#
# * **The learning rate matters most.** From left to right the loss falls, until training diverges. The best rates lie close
#   to those that diverge.
# * **The best cells lie at or near the upper edge.** When the best is at the border of a space, the space was too
#   small. Larger layers may be better still, at a higher price.
# * **After 3 epochs the figure looks much the same.** A bad rate shows early. Two of the methods below
#   rely on that.
#
# And one number: the spread over the seeds. Differences between trials smaller than that mean nothing.

# %% [markdown]
# ## A bench for methods
#
# A method of search may ask one thing only: "train this, for so many epochs; what is the validation loss?"
# The class below answers from the table, takes one of the three seeds at random, and writes down
# each trial as `(params, epochs, loss)`.
#
# The **epochs** are what we pay with. One full training costs 27. A method gets a budget of n full trainings, at first
# 16, which is 432 epochs.


# %% tags=["skip-execution"]
class Bench:
    """Answers "train this" from the table, and keeps a record of every trial."""

    space = SPACE

    def __init__(self, seed):
        self.rng = np.random.default_rng([seed, 1])
        self.trials, self.networks = [], []

    def train(self, params, epochs=EPOCHS):
        """Validation loss of the nearest cell after so many epochs, with a random seed of the three."""
        size = np.abs(np.log(SIZES / params["layer_size"])).argmin()
        rate = np.abs(np.log(RATES / params["learning_rate"])).argmin()
        seed = self.rng.integers(N_SEEDS)
        loss = float(table[epochs - 1, size, rate, seed])
        cell = {"learning_rate": RATES[rate], "layer_size": SIZES[size]}
        self.trials.append((cell, epochs, loss))
        self.networks.append((size, rate, seed))
        return loss


def search_grid(bench, rng, n=16):
    """A grid with equal distances on every axis; where the first cell lies is drawn at random."""
    n_values = round(n ** (1 / len(bench.space)))
    axes = {}
    for name, (low, high, _) in bench.space.items():
        places = (np.arange(n_values) + rng.random()) / n_values
        axes[name] = (low * (high / low) ** places).tolist()
    for params in grid(axes):
        bench.train(params)


def search_random(bench, rng, n=16):
    random_search(bench.train, bench.space, n, rng)


def try_method(search, bench, n=16):
    """Run a method once on a new bench; returns the bench with its records."""
    search(bench, np.random.default_rng(bench.rng.integers(1 << 30)), n)
    return bench


figure, axes = plt.subplots(1, 2, figsize=(11, 4), layout="constrained")
for ax, search, name in zip(axes, (search_grid, search_random), ("grid search", "random search")):
    plots.search_plane(try_method(search, Bench(seed=0)).trials, landscape, name, ax)
plt.show()

# %% [markdown]
# The numbers give the order of the trials, the ring marks the best, a cross is a training that diverged. Neither
# method learns anything on the way. Trial 16 is drawn as blindly as trial 1, although fifteen losses
# are known by then. All the other methods use these.
#
# ## Evolution
#
# Write the hyper-parameters of a trial as a vector of floats. A handful of such vectors is a **population**. Then,
# as breeders do:
#
# * keep the best as they are; these are the **elites**
# * take the better half as parents; a child inherits each element from one of its two parents, by the toss
#   of a coin. This is **uniform crossover**
# * add a little noise to each child: **mutation**. Without it no new value would ever appear

# %% [markdown]
# ### Exercise: `evolve(population, scores, rng, n_elite=2, mutation=0.1)` (3 points)
#
# Make the next generation.
#
# * `population`: floats, (p, d) with p ≥ 3: a vector in each row; `scores`: (p,), **lower is better**, no NaN.
#   Leave both unchanged
# * `n_elite`: 0 to p
# * returns an array (p, d). **First** the `n_elite` best rows, the best one first, unchanged
# * **then** children until there are p rows. For each child draw two parents from the best ⌈p/2⌉ rows of
#   `population`, all of these equally likely (the two may or may not be allowed to be the same row). Each
#   **element** of the child comes from one parent or the other with probability ½, independently. Then
#   Gaussian noise with standard deviation `mutation` is added to each element, independently
# * `rng`: NumPy generator; all randomness comes from it
# * nothing is clipped, the values may be anywhere
#
# **Expected** For `population = [[0, 0], [1, 10], [5, 50], [3, 30]]`, `scores = [9, 1, 5, 3]`, `n_elite=1`
# and `mutation=0`, the first row is `[1, 10]`. The others are made of the rows 1 and 3, for example
# `[3, 10]`.
#
# <details><summary>Hint 1: who is best</summary>
#
# `order = np.argsort(scores)` lists the rows, best first. Half of p, rounded up, is 2 for p = 3 and 3 for p = 5: try what
# `//` does with p and with p + 1.
# </details>
# <details><summary>Hint 2: crossover, a similar example</summary>
#
# `np.where(mask, left, right)` takes an element from `left` where the mask is true, from `right` elsewhere. To hide about
# a tenth of the letters of an array: `np.where(rng.random(len(letters)) < 0.1, "_", letters)`.
# </details>
# <details><summary>Hint 3: noise</summary>
#
# `rng.normal(0, mutation, size)` needs the size of the child; without a size it is one number for all
# elements. Only children get noise.
# </details>


# %% nbgrader={"grade": false, "grade_id": "evolve", "locked": false, "schema_version": 3, "solution": true, "task": false}
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    """The next generation (p, d): elites first, then mutated children of the better half."""
    ### BEGIN SOLUTION
    population = np.asarray(population, dtype=float)
    p, d = population.shape
    ranked = population[np.argsort(scores)]
    n_children = p - n_elite
    parents = ranked[rng.integers((p + 1) // 2, size=(2, n_children))]
    children = np.where(rng.random((n_children, d)) < 0.5, parents[0], parents[1])
    children += rng.normal(0, mutation, children.shape)
    return np.concatenate([ranked[:n_elite], children])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_evolve", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
checks.run("evolve")

# %% [markdown]
# On our plane the vector has two elements, each from 0 to 1: how far along the (logarithmic) axis. Six vectors
# begin. Two generations follow, each with the best as elite and five children. The elite is not
# trained again: 6 + 5 + 5 = 16 trainings.
#
# A training that diverges returns NaN. NaN has no place in an order, so it becomes infinite.


# %% tags=["skip-execution"]
def to_params(vector, space):
    """From a vector in the unit square (or cube) to hyper-parameters on the logarithmic axes of a space."""
    pairs = zip(space.items(), np.clip(vector, 0, 1).tolist())
    return {name: low * (high / low) ** u for (name, (low, high, _)), u in pairs}


def finite(loss):
    """The loss, or infinity where it is NaN."""
    return np.inf if np.isnan(loss) else loss


def search_evolution(bench, rng, n=16):
    """Random vectors, then n // 8 generations with one elite; n trainings in all."""
    n_generations = n // 8
    population = rng.random((n // (n_generations + 1) + 1, len(bench.space)))
    scores = [finite(bench.train(to_params(vector, bench.space))) for vector in population]
    for _ in range(n_generations):
        population = evolve(population, np.array(scores), rng, n_elite=1, mutation=0.1)
        children = [finite(bench.train(to_params(v, bench.space))) for v in population[1:]]
        scores = [min(scores), *children]


bench = try_method(search_evolution, Bench(seed=0))
plots.search_plane(bench.trials, landscape, "evolution: 1-6, children 7-11, their children 12-16")

# %% [markdown]
# The children gather where the best parents were. That is the strength of evolution, and its weakness: when
# the first six miss the good region, it takes a while to wander there.

# %% [markdown]
# ## Stop the bad ones early: successive halving
#
# You have seen that a bad learning rate shows after three epochs. So why train it for 27? Begin with
# **many** configurations and a small budget for each. Keep the better part, give each of these more, and
# so on:
#
# 1. train all n configurations with the smallest budget
# 2. keep the best ⌊n/η⌋
# 3. multiply the budget by η, and go on with those
#
# With η = 2 the number halves, hence the name. Each round, or **rung**, costs the same: half as many, twice
# as long.

# %% [markdown]
# ### Exercise: `successive_halving(configs, evaluate, min_budget, eta=2)` (3 points)
#
# Find the winner.
#
# * `configs`: a list with at least one configuration; these may be anything, dicts for example, and the
#   same one may stand there twice. Leave the list unchanged
# * `evaluate`: a function; `evaluate(config, budget)` gives a loss, lower is better, never NaN
# * `min_budget`: budget of the first rung; `eta`: whole number ≥ 2
# * in each rung call `evaluate` **once for every configuration that is left**, all with the same budget;
#   keep the best ⌊n/eta⌋ of these n, but **at least one**; multiply the budget by `eta`
# * judge each rung by its own losses: an early leader may fall behind later. Of equal losses, any
# * as soon as **one** is left, return it. So a list with one configuration returns that one, and `evaluate` is
#   not called
#
# **Expected** For 8 configurations, `min_budget=1` and `eta=2`, `evaluate` is called 8 times with budget 1,
# 4 times with 2 and 2 times with 4. For 10 with `eta=3`: 10 times with 1, 3 times with 3.
#
# <details><summary>Hint 1: the idea</summary>
#
# Each rung does the same with a shorter list and a larger budget, as long as more than one configuration is left: a
# `while` loop.
# </details>
# <details><summary>Hint 2: sorting</summary>
#
# `sorted(zip(losses, configs))` compares the configurations where two losses are equal, and dicts cannot
# be compared. `np.argsort` gives places instead. The two shortest words: `[words[i] for i in
# np.argsort([len(word) for word in words])[:2]]`.
# </details>
# <details><summary>Hint 3: at least one</summary>
#
# `7 // 3` is 2, but `2 // 3` is 0. The larger of two numbers is `max(a, b)`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "successive_halving", "locked": false, "schema_version": 3, "solution": true, "task": false}
def successive_halving(configs, evaluate, min_budget, eta=2):
    """The configuration that survives rungs of growing budget, of which each keeps one in eta."""
    ### BEGIN SOLUTION
    budget = min_budget
    while len(configs) > 1:
        losses = [evaluate(config, budget) for config in configs]
        order = np.argsort(losses)[: max(1, len(configs) // eta)]
        configs = [configs[i] for i in order]
        budget *= eta
    return configs[0]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_successive_halving", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
checks.run("successive_halving")

# %% [markdown]
# In our bench an `evaluate` is a training. 48 configurations begin with 3 epochs each: 144 epochs. Then 16 with
# 9 epochs, another 144, and 5 with 27 epochs, 135. Together 423 epochs, a little less than the budget.
# (Each evaluation starts a training from the beginning. Those who carry on from saved weights, lesson 11, get the
# first epochs for nothing.)


# %% tags=["skip-execution"]
def search_halving(bench, rng, n=16):
    """For every 16 trainings a halving of 48 random configurations; rungs of 3, 9 and 27 epochs."""
    for _ in range(n // 16):
        configs = [sample(bench.space, rng) for _ in range(48)]
        successive_halving(configs, lambda p, epochs: finite(bench.train(p, epochs)), 3, eta=3)


bench = try_method(search_halving, Bench(seed=0))
plots.search_plane(bench.trials, landscape, "successive halving: the larger, the longer")
spent = [sum(trial[1] for trial in bench.trials if trial[1] == epochs) for epochs in (3, 9, 27)]
print("epochs spent in the rungs:", spent, "together", sum(spent))

# %% [markdown]
# ### Hyperband
#
# Halving has a hyper-parameter of its own: how early to judge. Three epochs are too few when good configurations
# start slowly, a small learning rate for example. **Hyperband** avoids the decision. It runs several
# halvings, called **brackets**: from many configurations with 1 epoch to a few with all 27.


# %% tags=["skip-execution"]
def search_hyperband(bench, rng, n=16):
    """For every 16 trainings four brackets of successive halving, which begin with 1, 3, 9 and 27 epochs."""
    for n_configs, min_epochs in [(27, 1), (12, 3), (6, 9), (4, 27)] * (n // 16):
        configs = [sample(bench.space, rng) for _ in range(n_configs)]
        winner = successive_halving(
            configs, lambda p, epochs: finite(bench.train(p, epochs)), min_epochs, eta=3
        )
        if bench.trials[-1][1] < EPOCHS:  # a lone survivor has not been trained to the end
            bench.train(winner)


bench = try_method(search_hyperband, Bench(seed=0))
plots.search_plane(bench.trials, landscape, "Hyperband: the larger, the longer")
print("epochs spent:", sum(epochs for _, epochs, _ in bench.trials))

# %% [markdown]
# ## Learn the landscape: Bayesian search
#
# Random search makes no use of earlier trials, and evolution uses the best. Bayesian search uses **all**: after each trial
# it fits a smooth model of the validation loss over the whole plane. This *surrogate* costs milliseconds, so it
# can be asked anywhere. It answers with two numbers: the loss it **expects**, and how **unsure** it is.
#
# The next trial goes where expectation minus uncertainty is lowest. That is a place which is either promising or
# unknown. With expectation alone the search would stay near its first good trial. With uncertainty alone it would visit
# the worst corners, too.
#
# The usual surrogate is a *Gaussian process*. It assumes that near points have near losses, and grows unsure with
# the distance from all trials. scikit-learn has one. A quarter of the trials is random. We give it the logarithm of the loss,
# and call everything above 2 a 2, divergence included, so that one huge loss does not bend the whole surface.

# %% tags=["skip-execution"]
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import Matern


def surrogate(vectors, losses, places):
    """Expected log loss and its uncertainty at some places, learnt from the trials so far."""
    targets = np.log(np.minimum(np.nan_to_num(losses, nan=2.0), 2.0))
    kernel = Matern(length_scale=0.2 * np.sqrt(len(vectors[0])), nu=2.5)
    process = GaussianProcessRegressor(kernel, alpha=0.02, optimizer=None, normalize_y=True)
    return process.fit(vectors, targets).predict(places, return_std=True)


def search_bayes(bench, rng, n=16):
    """n / 4 random trainings, then those where expectation minus uncertainty is lowest."""
    vectors = list(rng.random((n // 4, len(bench.space))))
    losses = [bench.train(to_params(vector, bench.space)) for vector in vectors]
    while len(losses) < n:
        places = rng.random((500, len(bench.space)))
        expected, unsure = surrogate(vectors, losses, places)
        vectors.append(places[np.argmin(expected - 1.5 * unsure)])
        losses.append(bench.train(to_params(vectors[-1], bench.space)))


bench = try_method(search_bayes, Bench(seed=0))
plots.search_plane(bench.trials, landscape, "Bayesian search: 1-4 random, then chosen")

# %% [markdown]
# What did it believe on the way? Here is the surrogate after 4, 8 and 16 trials: above what it expects, below how
# unsure it is.

# %% tags=["skip-execution"]
cells = np.array([(i / 16, np.log(size / 2) / np.log(32)) for size in SIZES for i in range(17)])
steps = []
for n in (4, 8, 16):
    vectors = [cells[17 * size + rate] for size, rate, _ in bench.networks[:n]]
    expected, unsure = surrogate(vectors, [loss for _, _, loss in bench.trials[:n]], cells)
    steps.append((np.exp(expected).reshape(11, 17), unsure.reshape(11, 17), bench.trials[:n]))
plots.surrogate_panels(steps, RATES, SIZES)
plt.show()

# %% [markdown]
# After 4 trials with similar losses the surrogate believes that the whole plane is alike, and it is wrong. Later the
# uncertainty is low around the trials and high elsewhere. The expected loss comes to resemble the true landscape in the good
# region first. Elsewhere it stays rough, and there it does not matter.

# %% [markdown]
# ## The same budget for all
#
# Now the fair comparison. Each method gets 432 epochs, and each is repeated 40 times: new draws, new seeds
# from the table. The curves show the **median** of the lowest loss so far; the bands hold the middle half of the
# repetitions for two of the methods.

# %% tags=["skip-execution"]
METHODS = {
    "grid": search_grid, "random": search_random, "evolution": search_evolution,
    "halving": search_halving, "Hyperband": search_hyperband, "Bayesian": search_bayes,
}  # fmt: skip
benches = {
    name: [try_method(search, Bench(seed)) for seed in range(40)] for name, search in METHODS.items()
}  # fmt: skip
found = {name: [bench.trials for bench in repeated] for name, repeated in benches.items()}
ax = plots.search_race(found, 16 * EPOCHS, bands=["random", "Bayesian"])
ax.set_ylim(0.33, 0.6)
plt.show()

# %% [markdown]
# Every method ends with a network: the one with the lowest validation loss among its **full** trainings.
# Here is what they chose.


# %% tags=["skip-execution"]
def choice_of(bench):
    """Place in the table of the network a search ends with, and its validation loss."""
    full = [i for i, trial in enumerate(bench.trials) if trial[1] == EPOCHS]
    best = min(full, key=lambda i: finite(bench.trials[i][2]))
    return bench.networks[best], bench.trials[best][2]


print("             lowest loss so far, median     validation loss of the choice")
print("             after 108    216    324         median   5 % to 95 %")
for name, repeated in benches.items():
    low, middle, high = np.quantile([choice_of(bench)[1] for bench in repeated], [0.05, 0.5, 0.95])
    early = np.median([plots.best_after(trials, [108, 216, 324]) for trials in found[name]], axis=0)
    words = "  ".join(f"{loss:.3f}" for loss in early)
    print(f"{name:11}     {words}          {middle:.3f}   {low:.3f} to {high:.3f}")

# %% [markdown]
# What we see in this table, and in a second one that we made with other seeds:
#
# * **In the end all six are close together.** A plane with a good region of a sixth of its cells is easy, and 16 trainings
#   are enough for it.
# * **On the way they differ.** After 108 epochs, a quarter of the budget, Hyperband is in front and the grid is last by far:
#   it walks from the small learning rates to the large ones. A random search can be stopped at any time, a grid cannot.
# * **Look at the bad luck**, the upper ends of the ranges. Successive halving was the most dependable in both tables, for
#   it sees the most configurations. Evolution and Bayesian search had the worst luck: after an unlucky start they learn the
#   wrong thing.
# * Most differences at the end are no larger than the spread over the seeds. A single run of each method would have told us
#   **nothing** about which is better.
#
# Watch the methods at work. Choose one, and move the slider from left to right.

# %% tags=["skip-execution"]
widgets.search_explorer({name: found[1].trials for name, found in benches.items()}, landscape)

# %% [markdown]
# Try these:
#
# * *grid*: in which order does it walk, and when does it find its best?
# * *Bayesian*: which trials go to a promising place, which to an unknown one? Look for a jump into an empty region.
# * *halving* and *Hyperband*: watch the size of the points.
#
# ## Six hyper-parameters
#
# With six hyper-parameters no table can hold all cells. So we take a **known function** in place of a training; it costs
# microseconds. It is a bowl over the unit cube, with its lowest point somewhere else in each repetition:
#
# $$\text{loss} = 0.3 + \sum_i w_i \, (u_i - c_i)^2.$$
#
# Of the two hyper-parameters both matter. Of the six, three matter, and three hardly do. A training that is stopped early
# has a higher loss than at the end, by an amount that differs from one to the next. Each method gets **64** full trainings,
# which are 8 × 8 cells of a grid in two dimensions and $2^6$ in six, and is repeated 20 times.


# %% tags=["skip-execution"]
class CheapBench(Bench):
    """A bowl with a known lowest point takes the place of the trainings."""

    def __init__(self, seed, weights):
        super().__init__(seed)
        self.weights, self.centre = weights, self.rng.random(len(weights))
        self.space = {f"parameter {i}": (1, 10, "log") for i in range(len(weights))}

    def train(self, params, epochs=EPOCHS):
        u = np.log10(list(params.values()))
        unfinished = 0.3 * self.rng.random() * (1 / epochs - 1 / EPOCHS)
        loss = 0.3 + self.weights @ (u - self.centre) ** 2 + unfinished
        self.trials.append((params, epochs, loss))
        return loss


WEIGHTS = {"two": np.array([1, 0.5]), "six": np.array([1, 0.5, 0.3, 0.01, 0.01, 0.01])}
figure, axes = plt.subplots(1, 2, figsize=(11, 4.2), layout="constrained", sharey=True)
for ax, (title, weights) in zip(axes, WEIGHTS.items()):
    cheap = {
        name: [try_method(search, CheapBench(seed, weights), 64).trials for seed in range(20)]
        for name, search in METHODS.items()
    }
    plots.search_race(cheap, 64 * EPOCHS, lowest_possible=0.3, ax=ax)
    ax.set_title(f"{title} hyper-parameters")
    for name, found_cheap in cheap.items():
        end = np.median([min(loss for _, _, loss in trials) for trials in found_cheap]) - 0.3
        print(f"{title}, {name:9} {end:.5f}")
axes[0].set_yscale("log")
plt.show()

# %% [markdown]
# The scale is logarithmic, and the printed lines give the ends of the curves. Here the methods part company.
#
# * **In two dimensions** the grid and random search end close together. Those that learn or stop early are better, and
#   Bayesian search finds the lowest point almost exactly.
# * **In six** all methods end several times further from the lowest point, with the same budget. The **grid** is last by a
#   factor of two: it has two values for each hyper-parameter, and three of the six hardly matter. Random search comes next.
#   Evolution and the two kinds of halving are close together, and Bayesian search is in front.
# * A bowl is smooth, and a full training has no noise here. Both suit Bayesian search. In our two tables, with the noise
#   of real trainings, it was first once, and once no better than random search.

# %% [markdown]
# ## Libraries, and what cross-validation costs
#
# You will rarely write a search yourself. scikit-learn has `GridSearchCV` and `RandomizedSearchCV`, KerasTuner searches Keras
# models, and Optuna minimises any Python function. The second notebook,
# [Going further](going_further/13_hyperparameter_search_going_further.ipynb), uses all three on the housing network.
#
# The CV in scikit-learn's names is **cross-validation**. Instead of one validation set it takes the training examples in k
# parts, called folds. It trains k times, each time without one of the folds, and scores on that one. A search of n trials
# with k folds costs $n \cdot k + 1$ trainings, the last one to train the winner again on all examples.
#
# ## Opening the envelope
#
# All choices are made. How good are the chosen networks on the **test** set? And how good is the winner's *configuration*,
# when it is trained again? The table knows: each cell was trained with two other seeds.

# %% tags=["skip-execution"]
print("                   the chosen network        its configuration, other seeds")
print("             validation        test          validation        test")
for name, found in benches.items():
    rows = []
    for bench in found:
        (size, rate, seed), loss = choice_of(bench)
        others = [other for other in range(N_SEEDS) if other != seed]
        again = table[-1, size, rate, others].mean()
        rows.append((loss, envelope[size, rate, seed], again, envelope[size, rate, others].mean()))
    a, b, c, d = np.nanmedian(rows, axis=0)
    print(f"{name:11}{a:12.3f}{b:12.3f}{c:18.3f}{d:12.3f}")

# %% [markdown]
# Read the columns from left to right. With other seeds the very same configurations are worse on the validation set, in
# every line. Nothing has changed but the luck. Each search looked at 16 or more noisy numbers and took the smallest; its
# noise was favourable. This is the **winner's curse**, and it grows with the number of trials.
#
# The test losses of these configurations are higher still, by about 0.01. Here the reason is another one: the test set is
# a little harder, for all networks alike.
#
# So report the test loss of the chosen network, never the validation loss it was chosen by.
#
# ## Several runs for each trial
#
# The noise of the seed can be made smaller: train each configuration three times, with three seeds, and judge it by the
# mean. Then the same budget is enough for a third of the configurations. Is it worth that? Each line below is the median of
# 400 random searches in our table.

# %% tags=["skip-execution"]
rng = np.random.default_rng(0)
print("trainings   runs a trial   score it won by   test loss, mean of the seeds")
for n_trainings in (15, 45, 135):
    for n_runs in (1, 3):
        rows = []
        for _ in range(400):
            size, rate = rng.integers((11, 17), size=(n_trainings // n_runs, 2)).T
            scores = rng.permuted(table[-1, size, rate], axis=1)[:, :n_runs].mean(axis=1)
            best = np.argmin(np.where(np.isfinite(scores), scores, np.inf))
            rows.append((scores[best], envelope[size[best], rate[best]].mean()))
        score, test = np.median(np.nan_to_num(rows, nan=np.inf), axis=0)
        print(f"{n_trainings:9}{n_runs:15}{score:18.3f}{test:18.3f}")

# %% [markdown]
# With 15 trainings, one run for each configuration is the better plan: seeing three times as many is worth more than knowing
# each of them better. With 45 and with 135 trainings the lead shrinks or is gone. In both tables that we made, three runs
# were as good or better with 135. And in every pair of lines their score is more honest: it lies nearer to the test loss.
#
# So search with one run for each trial, as long as trials are few. Then train the best few again with several seeds, before
# you believe that one of them is better than another.

# %% [markdown]
# ## Check your understanding
#
# Commit first. The explanations appear when you do.
#
# **Question 1.** What a search costs

# %% tags=["skip-execution"]
widgets.commit_box(
    "A grid has 5 values for each of 3 hyper-parameters, and `GridSearchCV` works with `cv=4`. How many trainings are that?",
    {
        "125": "That is the number of combinations, 5 · 5 · 5. Each of them is trained once for every fold.",
        "61": "The numbers of values are multiplied, not added: 5 · 5 · 5 combinations.",
        "501": "125 combinations with 4 folds are 500, and one more trains the winner on all examples.",
    },
    answer="501",
)

# %% [markdown]
# **Question 2.** The winner's loss

# %% tags=["skip-execution"]
widgets.commit_box(
    "A search over 200 configurations ends with a validation loss of 0.332. The winner is trained again with another seed. "
    "Which validation loss do you expect?",
    {
        "0.332, and it may be off to either side": "The smallest of 200 noisy numbers is small partly because of its noise.",
        "Somewhat more than 0.332": "This is the winner's curse. The more trials, the more of the winner's lead is luck.",
        "Somewhat less, because 200 trials are many": "More trials make a better choice, but they also make the winner's own "
        "loss more flattering.",
    },
    answer="Somewhat more than 0.332",
)

# %% [markdown]
# **Question 3.** Slow starters

# %% tags=["skip-execution"]
widgets.commit_box(
    "After 3 epochs the ranking of your networks has hardly anything to do with the ranking at the end. Which method suffers "
    "most?",
    {
        "Random search": "It compares full trainings only.",
        "Successive halving that begins with 3 epochs": "It throws most configurations away by a ranking that means nothing. "
        "Begin with more epochs, or use Hyperband, which begins with several numbers.",
        "Bayesian search with full trainings": "It learns from final losses. What hurts it is noise, and many hyper-parameters.",
    },
    answer="Successive halving that begins with 3 epochs",
)

# %% [markdown]
# ## Then and now
#
# Older tutorials write some of this differently. Each line was run with Keras 3.15, scikit-learn 1.9, scikeras 0.13,
# KerasTuner 1.4 and Optuna 5.
#
# | then | what happens today | now |
# |---|---|---|
# | `keras.wrappers.scikit_learn.KerasRegressor(build_fn)` | `AttributeError`: the module is gone | `scikeras.wrappers.KerasRegressor(build_model)`, or Keras's own `keras.wrappers.SKLearnRegressor` |
# | `KerasRegressor(build_model)`, then a search over `layer_size` | `ValueError`: no such parameter | `KerasRegressor(build_model, layer_size=30)`: name what is searched |
# | `search.best_estimator_.model` | is the build function; no `predict`, no `save` | `search.best_estimator_.model_` |
# | `{"layer_size": np.arange(1, 100)}` as the space | `ValueError`: `Dense` refuses the `np.int64` it draws | `np.arange(1, 100).tolist()` |
# | `scoring="mean_squared_error"` | `ValueError`: scikit-learn maximises its scores | `scoring="neg_mean_squared_error"` |
# | `GridSearchCV(estimator, space, iid=False)` | `TypeError` | `GridSearchCV(estimator, space)` |
# | `import kerastuner` | works, with a warning | `import keras_tuner` |
# | `trial.suggest_loguniform("rate", 1e-4, 1)` | works, with a warning; to be removed in Optuna 6 | `trial.suggest_float("rate", 1e-4, 1, log=True)` |
# | `optuna.integration.KerasPruningCallback` | `ModuleNotFoundError`: it has moved to a package of its own | `trial.report` and `trial.should_prune()` in a callback |

# %% [markdown]
# ## Summary
#
# * Hyper-parameters are set before the training. There is no gradient for them: choose, train, look, choose again.
# * Describe each on its own scale. Learning rates, sizes and penalties are log-uniform.
# * Grids repeat the same few values of what matters. Random search does not, and it can be stopped at any time. Halving and
#   Hyperband stop bad trainings early; Bayesian search and evolution learn from earlier ones.
# * Compare methods at the same budget, counted in epochs, and over many repetitions. One run of each says nothing.
# * With two hyper-parameters the methods end close together. With six they do not.
# * A diverged training returns NaN. It must lose, wherever it comes.
# * Cross-validation costs trials × folds + 1 trainings.
# * The winner's validation loss is flattering. Report the test loss, and look at it once.
#
# ## Where to go next
#
# [Going further](going_further/13_hyperparameter_search_going_further.ipynb) uses scikit-learn, KerasTuner and Optuna, and
# trains the winner on all examples.
#
# Lesson 14 trains on more data and on several devices; trials of a search are the easiest work of all to share out. To read
# on: Bergstra and Bengio on random search (2012), Li and others on Hyperband (2018).
#
# Go on with [14 · Bigger data, more devices](../14_distributed/14_distributed.ipynb)
