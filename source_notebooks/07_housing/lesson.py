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
# # 07 · House prices: regression
#
# **You will be able to**
#
# * look at a table of features before you train on it, and find the values that are unlike all others
# * split and standardise features without leakage
# * measure a regression with squared and with absolute error, and say which of them one outlier dominates
# * train a network that predicts a number, and stop it when the validation loss no longer falls
# * compare the network with a linear model and with trees, and say how certain the difference is
#
# **Before you start** You need scaling without leakage and learning curves (lesson 06), and `Sequential`,
# `compile` and `fit` (lesson 03).
#
# **Running time** about 40 seconds on two cores with the sample data; reading about 50 minutes, exercises about 45.

# %%
from helpers import checks, data, plots, widgets  # first, so that TensorFlow starts quietly

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import train_test_split
from sklearn.neighbors import NearestNeighbors

# %% [markdown]
# ## Predict
#
# California, 1990. For 20,640 neighbourhoods we know the median income, the age of the houses, how many rooms
# they have, how many people live there, and where they are. These are eight numbers. Three models predict
# the median price of a house from them:
#
# * linear regression
# * a network with one hidden layer of 30 units
# * gradient-boosted trees: many small decision trees, each of which corrects those before it
#
# The average price is about 207,000 dollars. Commit to your answers before you read on.

# %% tags=["skip-execution"]
widgets.commit_box(
    "Which order do you expect, from the smallest test error to the largest?",
    {
        "Network, trees, linear regression": "The network beats the line here, but not the trees. Lesson 09 builds a network "
        "that does.",
        "Trees, network, linear regression": "You will see it in the section *The test, once*. All three get the same eight "
        "features.",
        "Linear regression, trees, network": "A linear model cannot say that prices are high near the coast. The other two can, "
        "to some extent.",
    },
    answer="Trees, network, linear regression",
)

# %% tags=["skip-execution"]
widgets.commit_box(
    "How far off is the best of the three, on average?",
    {
        "About 5,000 dollars": "That would be 2 % of the average price. Eight averages of a neighbourhood do not say so much.",
        "About 30,000 dollars": "The mean absolute error on the test set is printed in the section *The test, once*.",
        "About 90,000 dollars": "That is what you get without any model, if you always answer with the average price.",
    },
    answer="About 30,000 dollars",
)

# %% [markdown]
# ## The data
#
# In lesson 06 the answer was one of ten classes. Here it is a number. Predicting a number is called
# **regression**. The number is the **target**. The numbers that it is predicted from are the
# **features**. You have met these houses in lessons 04 and 05. Now we look at them closely.

# %% tags=["skip-execution"]
housing = data.load_california_housing()
print(housing)
print()
print(f"{'feature':12} {'smallest':>9} {'median':>9} {'mean':>9} {'largest':>9}")
for name, column in zip(housing.feature_names, housing.data.T):
    print(
        f"{name:12} {column.min():9.2f} {np.median(column):9.2f} {column.mean():9.2f} {column.max():9.2f}"
    )
target = housing.target
print(
    f"{housing.target_name:12} {target.min():9.2f} {np.median(target):9.2f} {target.mean():9.2f} {target.max():9.2f}"
)

# %% [markdown]
# One row is a block of houses, 600 to 3,000 people as a rule. The target is in units of 100,000 dollars.
#
# * MedInc: median income, in 10,000 dollars a year
# * HouseAge: median age of the houses, in years
# * AveRooms, AveBedrms: rooms and bedrooms of an average household
# * Population: people in the block; AveOccup: people in an average household
# * Latitude, Longitude: where it is, in degrees
#
# Now read the table again, slowly. **Which numbers are hard to believe?**
#
# The largest AveOccup is above 1,200: more than a thousand people in an average household. The largest
# AveRooms is above 140. Such blocks have many people and few households, or many rooms and few households.
# Prisons, student homes and holiday villages are like that. The numbers may well be right, and still they
# are unlike all others. Such values are called **outliers**. We shall meet them again.
#
# A map shows where the blocks are.

# %% tags=["skip-execution"]
plots.housing_map(housing.data[:, 6], housing.data[:, 7], housing.target)

# %% [markdown]
# Houses near the coast are expensive, and those in the valley behind it are cheap. San Francisco and Los Angeles
# stand out. A linear function of latitude and longitude cannot say "near the coast", because the coast bends
# and has bays. Keep that in mind when the models are compared.

# %% tags=["skip-execution"]
figure, axes = plt.subplots(1, 3, figsize=(11, 3), layout="constrained")
axes[0].hist(housing.target, 50, color=plots.BLUE)
axes[0].set(xlabel="median house value (100,000 $)", ylabel="blocks")
axes[1].hist(housing.data[:, 0], 50, color=plots.BLUE)
axes[1].set(xlabel="MedInc (10,000 $)")
axes[2].hist(housing.data[:, 5], 50, color=plots.BLUE)
axes[2].set(xlabel="AveOccup (people)", yscale="log")
plt.show()
print(f"targets of 5.00001: {np.mean(housing.target > 5):.1%}")

# %% [markdown]
# * Left: prices above 500,000 dollars were written down as 500,001. So the last bar holds everything
#   that is more expensive. The data do not say by how much, and this limits how good any model can be.
# * Right: nearly all blocks have two to four people to a household. The few at the far right are the
#   outliers. Without the logarithmic scale you would not see them at all.

# %% [markdown]
# ## Three sets again
#
# As in lesson 06 we need three sets: one to learn from, one to choose with, and one to report. The file is sorted by
# region, so its first rows are not like its last ones. The rows must be **mixed** before they are split.
#
# scikit-learn's `train_test_split` mixes and cuts in one step. `random_state` is the seed of the mixing. The same
# number gives the same split on every computer.

# %% [markdown]
# ### Exercise: `split_housing(data, target)` (2 points)
#
# Split rows and targets in three.
#
# * `data`: (n, d); `target`: (n,), in the same order; leave both unchanged
# * first cut off 25 % for testing, with `train_test_split(..., test_size=0.25, random_state=7)`
# * then cut off 25 % **of the rest** for validation, with `test_size=0.25` and `random_state=1`
# * returns three pairs: `(x_train, y_train), (x_valid, y_valid), (x_test, y_test)`
#
# **Expected** With all 20,640 rows the three parts have 11,610, 3,870 and 5,160 rows.
#
# <details><summary>Hint 1: what train_test_split gives</summary>
#
# Given two arrays, `train_test_split` returns **four**: `a_rest, a_cut, b_rest, b_cut`. Both parts of the first array come
# before both parts of the second.
# </details>
# <details><summary>Hint 2: twice</summary>
#
# Call it a second time with the rest of the first call. A quarter of three quarters is 0.1875 of all rows.
# </details>
# <details><summary>Hint 3: the order of the result</summary>
#
# A similar example with one array: `rest, last = train_test_split(letters, test_size=0.5, random_state=3)`, then
# `first, second = train_test_split(rest, test_size=0.5, random_state=4)`. In the order first, second, last the
# result is `(first, second, last)`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "split_housing", "locked": false, "schema_version": 3, "solution": true, "task": false}
def split_housing(data, target):
    """(x_train, y_train), (x_valid, y_valid), (x_test, y_test): 56.25, 18.75 and 25 % of the rows."""
    ### BEGIN SOLUTION
    x_rest, x_test, y_rest, y_test = train_test_split(data, target, test_size=0.25, random_state=7)
    x_train, x_valid, y_train, y_valid = train_test_split(
        x_rest, y_rest, test_size=0.25, random_state=1
    )
    return (x_train, y_train), (x_valid, y_valid), (x_test, y_test)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_split_housing", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("split_housing")

# %% tags=["skip-execution"]
(x_train, y_train), (x_valid, y_valid), (x_test, y_test) = split_housing(
    housing.data, housing.target
)
for name, x, y in [
    ("training", x_train, y_train),
    ("validation", x_valid, y_valid),
    ("test", x_test, y_test),
]:
    print(f"{name:11} {x.shape}, mean target {y.mean():.3f}")

# %% [markdown]
# ## Features of different size
#
# Population runs into the thousands, AveBedrms lies around 1. In lesson 06 one mean and one standard
# deviation were enough for all pixels. Here each feature needs its own:
#
# $$x'_{ij} = \frac{x_{ij} - \mu_j}{\sigma_j}, \qquad \mu_j, \sigma_j \text{ from the training rows alone.}$$
#
# They are fitted on the training set and used on all three. The validation and the test rows stand for houses
# that nobody has seen yet, so they may have no part in the scaling.
#
# A feature that is the same in all training rows has $\sigma_j = 0$. It says nothing, and it must not
# become `NaN`. We let it become 0 everywhere.

# %% [markdown]
# ### Exercise: `standardize_splits(train, valid, test)` (2 points)
#
# Standardise three sets of rows with the training set's means and standard deviations.
#
# * `train`, `valid`, `test`: (n, d), with different n; leave them unchanged
# * for each feature: subtract the training set's mean, divide by its population standard deviation (`ddof=0`)
# * a feature that has one value in all training rows becomes 0 in all three sets, also where another value turns up
# * rounding must not hide such a feature: the mean of thirty times 0.1 is not quite 0.1, and their standard deviation
#   as NumPy computes it is not quite 0. They are constant all the same
# * a feature that varies, even if only by 0.0001, is scaled like every other
# * returns the three arrays, in the same order
#
# **Expected** `standardize_splits(np.array([[1., 5.], [3., 5.]]), np.array([[2., 5.]]), np.array([[5., 7.]]))` gives
# `[[-1, 0], [1, 0]]`, `[[0, 0]]` and `[[3, 0]]`.
#
# <details><summary>Hint 1: by feature</summary>
#
# `train.mean(axis=0)` gives one mean for each column. Broadcasting (lesson 00) does the rest.
# </details>
# <details><summary>Hint 2: constant features</summary>
#
# Find them first: compare the largest and the smallest value of each column, for rounding changes neither. Dividing by
# 1 in these columns avoids the `NaN`. What is left there is a difference, and it must become 0.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# Columns that lie between 0 and 1, and 0.5 where a column of `old` is constant:
#
# ```python
# low, width = old.min(axis=0), np.ptp(old, axis=0)
# flat = width == 0
# scaled = np.where(flat, 0.5, (new - low) / np.where(flat, 1, width))
# ```
# </details>


# %% nbgrader={"grade": false, "grade_id": "standardize_splits", "locked": false, "schema_version": 3, "solution": true, "task": false}
def standardize_splits(train, valid, test):
    """The three arrays, scaled feature by feature with the training set's mean and deviation."""
    ### BEGIN SOLUTION
    mean, std = train.mean(axis=0), train.std(axis=0)
    constant = train.max(axis=0) == train.min(axis=0)
    std[constant] = 1
    return tuple(np.where(constant, 0, (rows - mean) / std) for rows in (train, valid, test))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_standardize_splits", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("standardize_splits")

# %% tags=["skip-execution"]
x_train, x_valid, x_test = standardize_splits(x_train, x_valid, x_test)
print("after standardising, the largest value of each feature:")
for name, *largest in zip(
    housing.feature_names, x_train.max(axis=0), x_valid.max(axis=0), x_test.max(axis=0)
):
    print(
        f"{name:11} training {largest[0]:6.1f}   validation {largest[1]:6.1f}   test {largest[2]:6.1f}"
    )

# %% [markdown]
# Most values now lie between −3 and 3. But look at AveOccup. In the training set one block is 98 standard deviations
# above the mean, and in the test set one is **204** above it. The network will be asked about a value that is twice as far
# out as anything it was trained on.
#
# **Min-max scaling** is the other usual way: $(x - \min) / (\max - \min)$, feature by feature, again with the
# training set's numbers. What does it do here?

# %% tags=["skip-execution"]
between_0_and_1 = (x_train - x_train.min(axis=0)) / np.ptp(x_train, axis=0)
for name, column in zip(housing.feature_names, between_0_and_1.T):
    low, high = np.percentile(column, [1, 99])
    print(f"{name:11} 98 % of the training rows lie between {low:.4f} and {high:.4f}")

# %% [markdown]
# One outlier sets the maximum, and nearly all values of AveOccup are squeezed together near 0. Min-max scaling suits features
# with natural limits, such as the pixels of lesson 06.

# %% [markdown]
# ## How far off?
#
# A model predicts $\hat y_i$ where $y_i$ is right. The difference $\hat y_i - y_i$ is called the **residual**. Three numbers
# sum up the residuals:
#
# $$\text{MSE} = \frac{1}{n} \sum_i (\hat y_i - y_i)^2, \qquad
# \text{MAE} = \frac{1}{n} \sum_i |\hat y_i - y_i|, \qquad
# \text{RMSE} = \sqrt{\text{MSE}}.$$
#
# * **MSE**, the mean squared error, is what networks are usually trained with. Its slope with respect to a prediction is
#   simple, $2(\hat y_i - y_i)/n$, and large residuals weigh most.
# * **MAE**, the mean absolute error, is easy to explain: the number of dollars by which the model is off, on average.
# * **RMSE** has the unit of the target, like the MAE, but large residuals weigh more in it. It is never smaller
#   than the MAE.
#
# Move the last point in the plot below. One line is fitted with squared error, the other with absolute error.

# %% tags=["skip-execution"]
widgets.outlier_explorer()

# %% [markdown]
# Try these:
#
# * Pull the point up to 20. How much of the whole squared error belongs to this single point?
# * Which line would you rather use for the other eleven points?
# * Now tick the box. What does clipping do to both lines?
#
# With squared error, one point of twelve turns the whole line. Remember AveOccup.

# %% [markdown]
# ### Exercise: `regression_errors(y_true, y_pred)` (2 points)
#
# Compute the three numbers.
#
# * `y_true`, `y_pred`: arrays of n numbers, each of shape (n,) or (n, 1), also one of either; leave them unchanged
# * not as many predictions as true values, also one against many → `ValueError`
# * returns a dict with the keys `"mse"`, `"mae"` and `"rmse"`
#
# **Expected** `regression_errors(np.array([1., 2., 3.]), np.array([[1.], [2.], [6.]]))` gives
# `{"mse": 3.0, "mae": 1.0, "rmse": 1.7320508}`.
#
# <details><summary>Hint 1: the trap</summary>
#
# A network predicts (n, 1), and the targets are (n,). NumPy broadcasts the difference of the two to (n, n):
# every prediction is compared with every target. There is no error and no warning, only a wrong number. Make both flat
# first: `np.ravel`.
# </details>
# <details><summary>Hint 2: the lengths</summary>
#
# Compare the lengths of the flat arrays, and `raise ValueError("...")` if they differ. Broadcasting does not do it
# for you, because shape (1,) fits every other.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# The largest and the mean of the numbers in a row or a column, as a dict:
# `flat = np.ravel(numbers)`, then `{"largest": np.max(flat), "mean": np.mean(flat)}`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "regression_errors", "locked": false, "schema_version": 3, "solution": true, "task": false}
def regression_errors(y_true, y_pred):
    """Dict with mse, mae and rmse of n predictions; each argument (n,) or (n, 1)."""
    ### BEGIN SOLUTION
    y_true, y_pred = np.ravel(y_true), np.ravel(y_pred)
    if len(y_true) != len(y_pred):
        raise ValueError(f"{len(y_true)} true values, but {len(y_pred)} predictions")
    errors = y_pred - y_true
    mse = np.mean(errors**2)
    return {"mse": mse, "mae": np.mean(np.abs(errors)), "rmse": np.sqrt(mse)}
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_regression_errors", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("regression_errors")

# %% [markdown]
# ## Baselines first
#
# An MSE by itself says little. Is 0.5 good? Ask what can be had without effort. A model that answers this is called a
# **baseline**.
#
# * **Always the mean.** A model that is no better has learnt nothing.
# * **Linear regression**, $\hat y = x W + b$. It has a formula and takes a few milliseconds. Ours has no settings to tune.
# * **Gradient-boosted trees.** Each tree asks questions such as "is MedInc above 4.2?", and corrects what the
#   trees before it got wrong. They have many settings: how many trees, how large, how quickly they correct. We take
#   scikit-learn's **defaults** and tune nothing.
#
# All choices are made with the validation set, so that is what we look at.

# %% tags=["skip-execution"]
linear = LinearRegression().fit(x_train, y_train)
trees = HistGradientBoostingRegressor(random_state=0).fit(x_train, y_train)
baselines = {
    "always the mean": np.full(len(y_valid), y_train.mean()),
    "linear regression": linear.predict(x_valid),
    "boosted trees": trees.predict(x_valid),
}
for name, y_pred in baselines.items():
    errors = regression_errors(y_valid, y_pred)
    print(f"{name:18}", "  ".join(f"{key} {value:.3f}" for key, value in errors.items()))

# %% [markdown]
# Compare with the first row. Linear regression removes more than half of its squared error, and the trees remove more than
# four fifths. The network has to be measured against them.

# %% [markdown]
# ### Exercise: `build_regressor(n_features, hidden_units=(30,), learning_rate=0.01)` (2 points)
#
# Build and compile a network that predicts a number.
#
# * `n_features`: length of a row; `hidden_units`: sizes of the hidden layers, a tuple or a list, possibly empty
# * Dense layers with ReLU, then one output **without** an activation: a price may take any value. Nothing else, no
#   dropout, no penalties
# * compiled with SGD at `learning_rate` and the mean squared error; plain SGD, without momentum, weight decay or
#   clipping of gradients
# * returns a new model each time, built, so that it has its weights
#
# **Expected** `build_regressor(8).count_params()` gives 301: 8 · 30 + 30 for the hidden layer, 30 + 1 for the output.
# `build_regressor(8, ())` has 9: that is linear regression, trained step by step.
#
# <details><summary>Hint 1: what differs from lesson 06</summary>
#
# There is no `Flatten`, as rows are flat already. There is one output, not ten, and no softmax. Accuracy makes no sense
# here, because a predicted price is hardly ever exactly right.
# </details>
# <details><summary>Hint 2: any number of hidden layers</summary>
#
# A stack can grow in a loop: `model.add(...)` puts another layer on top. With an empty tuple the loop is not entered.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# A stack that multiplies its three inputs by each of several factors, compiled with Adam:
#
# ```python
# model = keras.Sequential([keras.Input((3,))])
# for factor in (2.0, 0.5):
#     model.add(keras.layers.Rescaling(factor))
# model.compile(keras.optimizers.Adam(0.001), loss="mean_absolute_error")
# ```
# </details>


# %% nbgrader={"grade": false, "grade_id": "build_regressor", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_regressor(n_features, hidden_units=(30,), learning_rate=0.01):
    """A compiled network: n_features → ReLU layers → one linear output; SGD, mean squared error."""
    ### BEGIN SOLUTION
    model = keras.Sequential([keras.Input((n_features,))])
    for units in hidden_units:
        model.add(keras.layers.Dense(units, activation="relu"))
    model.add(keras.layers.Dense(1))
    model.compile(keras.optimizers.SGD(learning_rate), loss="mean_squared_error")
    return model
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_build_regressor", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("build_regressor")

# %% [markdown]
# ## Training, and when to stop
#
# How many epochs? In lesson 06 we chose a number beforehand. Another way is to watch the validation loss and
# to stop when it no longer falls. `EarlyStopping` does that. It is one of Keras's **callbacks**, objects that `fit` calls
# after every epoch. Lesson 10 is about them.
#
# * `patience=5`: stop after five epochs in a row without an improvement
# * `min_delta=0.001`: a fall of less than this does not count as an improvement
#
# With `steps_per_execution=32` Keras runs 32 steps in one go, which saves time (lesson 06).


# %% tags=["skip-execution"]
def train(model, x_train, x_valid, loss="mean_squared_error", epochs=100, callbacks=()):
    """Fit with early stopping; returns the History."""
    model.compile(model.optimizer, loss=loss, steps_per_execution=32)
    stopping = keras.callbacks.EarlyStopping(patience=5, min_delta=1e-3)
    return model.fit(
        x_train,
        y_train,
        epochs=epochs,
        validation_data=(x_valid, y_valid),
        callbacks=[stopping, *callbacks],
        verbose=0,
    )


keras.utils.set_random_seed(0)
model = build_regressor(8)
by_epoch = []  # the predictions after each epoch, for later
keep = keras.callbacks.LambdaCallback(
    on_epoch_end=lambda epoch, logs: by_epoch.append(np.ravel(model(x_valid)))
)
history = train(model, x_train, x_valid, callbacks=[keep])
print(f"stopped after {len(history.epoch)} epochs")
print(
    {
        key: round(float(v), 3)
        for key, v in regression_errors(y_valid, model.predict(x_valid, verbose=0)).items()
    }
)
plots.learning_curves(history)

# %% [markdown]
# The network is better than the line, and not as good as the trees. But look at the dashed curve: it jumps.
#
# Early stopping watches this curve. Where it jumps, it is partly chance when training stops. We shall see in a moment
# where the jumps come from.

# %% [markdown]
# ### Exercise: `early_stopping(val_losses, patience=5, min_delta=0.001)` (3 points)
#
# Say what `EarlyStopping` would have done.
#
# * `val_losses`: list of the validation losses, at least one, of a training that was **not** stopped
# * an epoch is an **improvement** if its loss + `min_delta` is **less than** the best loss so far; lower by exactly
#   `min_delta` is none. The first epoch always is one. The best loss then becomes the loss of this epoch
# * training stops at the end of the first epoch that is no improvement and is at least the `patience`-th such epoch in a
#   row. So `patience=0` does the same as `patience=1`
# * returns `(stopped_epoch, best_epoch)`, counted from 0: the epoch at whose end training stops (never stopped: the last
#   one), and the last improvement up to then
#
# **Expected** `early_stopping([0.9, 0.7, 0.7005, 0.69999, 0.72, 0.71, 0.705, 0.5], patience=3)` gives `(4, 1)`: epochs
# 2, 3 and 4 are no improvements, and what comes after them never happens.
#
# <details><summary>Hint 1: what to remember</summary>
#
# Three things while you walk through the list: the best loss, its epoch, and how many epochs you have waited since.
# </details>
# <details><summary>Hint 2: the best loss</summary>
#
# It changes with an improvement only. A loss that is lower by less than `min_delta` is not remembered. Otherwise the
# measure would slip down with every tiny step, and many tiny steps would never count.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# The longest run of rainy days, in which a dry day begins the count anew:
#
# ```python
# longest = count = 0
# for rainy in days:
#     count = count + 1 if rainy else 0
#     longest = max(longest, count)
# ```
# </details>


# %% nbgrader={"grade": false, "grade_id": "early_stopping", "locked": false, "schema_version": 3, "solution": true, "task": false}
def early_stopping(val_losses, patience=5, min_delta=1e-3):
    """(stopped_epoch, best_epoch), both from 0, as keras.callbacks.EarlyStopping behaves."""
    ### BEGIN SOLUTION
    best, best_epoch, waited = None, 0, 0
    for epoch, loss in enumerate(val_losses):
        if best is None or loss + min_delta < best:
            best, best_epoch, waited = loss, epoch, 0
        else:
            waited += 1
            if waited >= patience:
                return epoch, best_epoch
    return len(val_losses) - 1, best_epoch
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_early_stopping", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
checks.run("early_stopping")

# %% tags=["skip-execution"]
losses = history.history["val_loss"]
stopped, best = early_stopping(losses)
figure, ax = plt.subplots(figsize=(7, 3.4), layout="constrained")
ax.plot(losses, color=plots.BLUE, marker="o", markersize=3, label="validation loss")
ax.axvline(best, color=plots.COLOURS[2], linestyle="--", label=f"best epoch {best}")
ax.axvline(stopped, color=plots.VERMILLION, linestyle=":", label=f"stopped after epoch {stopped}")
ax.set(xlabel="epoch, from 0", ylabel="validation loss")
ax.legend()
plt.show()

# %% [markdown]
# When `fit` returns, the model has the weights of the **last** epoch, not those of the best one. With
# `restore_best_weights=True` Keras puts the best ones back. Lesson 10 shows it.

# %% [markdown]
# ## Outliers
#
# Where do the jumps come from? We ask which validation blocks the model gets most wrong.

# %% tags=["skip-execution"]
y_pred = model.predict(x_valid, verbose=0).ravel()
squared = (y_pred - y_valid) ** 2
worst = np.argsort(-squared)[:5]
print(f"mean squared error {squared.mean():.3f}; the five worst of {len(squared):,} blocks give")
for i in worst:
    widest = int(np.argmax(np.abs(x_valid[i])))
    print(
        f"  true {y_valid[i]:5.2f}  predicted {y_pred[i]:7.2f}  {squared[i] / squared.sum():5.1%} of the error   "
        f"{housing.feature_names[widest]} is {x_valid[i, widest]:.1f} standard deviations from the mean"
    )

# %% [markdown]
# The worst block has an enormous AveOccup, and its predicted price is below 0. A ReLU network is made of straight pieces,
# and beyond the data it goes straight on. So a small change of a slope makes a large change of a prediction far out.
#
# We have kept the predictions after each epoch. Divide the validation loss into two parts: what comes from blocks with
# a feature beyond five standard deviations, and what comes from all others. The two parts add up to the loss.

# %% tags=["skip-execution"]
far = np.any(np.abs(x_valid) > 5, axis=1)
squares = (np.array(by_epoch) - y_valid) ** 2
figure, ax = plt.subplots(figsize=(7, 3.4), layout="constrained")
for rows, colour, style, label in [
    (~far, plots.BLUE, "o-", "ordinary blocks"),
    (far, plots.VERMILLION, "s--", "blocks with a feature beyond ±5"),
]:
    part = squares[:, rows].sum(axis=1) / len(far)
    ax.plot(part, style, color=colour, markersize=3, label=f"{label} ({rows.sum():,})")
    up = np.maximum(np.diff(part), 0)
    print(f"{label:32} largest rise from one epoch to the next {up.max():.3f}")
ax.set(xlabel="epoch, from 0", ylabel="part of the validation loss")
ax.legend()
plt.show()

# %% [markdown]
# The part of the ordinary blocks falls smoothly. The jumps come from the few others.
#
# The remedy is simple. An AveOccup of 1,243 tells us hardly more than "this is no ordinary block", and five standard
# deviations say the same. So we **clip** the features: whatever lies beyond ±5 becomes ±5. Forty epochs are enough to
# see the effect.


# %% tags=["skip-execution"]
def clip(x):
    """Standardised features, limited to five standard deviations on either side."""
    return np.clip(x, -5, 5)


share = np.mean(np.any(np.abs(x_train) > 5, axis=1))
print(f"{share:.1%} of the training rows have at least one feature that is clipped")
keras.utils.set_random_seed(0)
model_clipped = build_regressor(8)
history_clipped = train(model_clipped, clip(x_train), clip(x_valid), epochs=40)
linear_clipped = LinearRegression().fit(clip(x_train), y_train)
for name, y_pred in [
    ("network", model.predict(x_valid, verbose=0)),
    ("network, clipped", model_clipped.predict(clip(x_valid), verbose=0)),
    ("linear", linear.predict(x_valid)),
    ("linear, clipped", linear_clipped.predict(clip(x_valid))),
]:
    print(f"{name:16} validation MSE {regression_errors(y_valid, y_pred)['mse']:.3f}")
plots.compare_curves({"as they are": history, "clipped to ±5": history_clipped}, "val_loss")

# %% [markdown]
# The clipped curve is smooth and goes on falling, so training is not stopped early by chance. It ends lower. Linear
# regression gains from clipping, too. Nothing about the network has changed, only its inputs.
#
# ### Another loss instead?
#
# In the plot with the two lines, a single point hardly moved the line of the absolute error. What happens if we train the
# network with that?

# %% tags=["skip-execution"]
keras.utils.set_random_seed(0)
model_absolute = build_regressor(8)
history_absolute = train(
    model_absolute, clip(x_train), clip(x_valid), loss="mean_absolute_error", epochs=40
)
for name, network in [("squared error", model_clipped), ("absolute error", model_absolute)]:
    errors = regression_errors(y_valid, network.predict(clip(x_valid), verbose=0))
    print(f"trained with {name:15}", "  ".join(f"{k} {v:.3f}" for k, v in errors.items()))

# %% [markdown]
# The network that was trained with absolute error has the lower MAE, and the other one the lower MSE. For each kind of
# block, squared error aims at the **mean** of the possible prices, and absolute error at the **median**. Choose by what a
# mistake costs you. If an error that is twice as large costs twice as much, take the absolute error; if it costs four
# times as much, take the squared error.

# %% [markdown]
# ## The test, once
#
# All choices are made. Here are all models, the linear one and the network with and without clipping, on rows that had no
# part in any choice.

# %% tags=["skip-execution"]
results = {
    "always the mean": np.full(len(y_test), y_train.mean()),
    "linear regression": linear.predict(x_test),
    "linear, clipped": linear_clipped.predict(clip(x_test)),
    "network": model.predict(x_test, verbose=0),
    "network, clipped": model_clipped.predict(clip(x_test), verbose=0),
    "boosted trees": trees.predict(x_test),
}
for name, y_pred in results.items():
    errors = regression_errors(y_test, y_pred)
    print(f"{name:18}", "  ".join(f"{key} {value:.3f}" for key, value in errors.items()))

# %% [markdown]
# That was one run of the network. How much of the result is chance? Two things vary.
#
# **Another seed.** These are three runs each, from docs/figures.md. There training stops early or after 100 epochs, so the
# clipped network gets further than ours with its 40.
#
# | model | test MSE: mean (lowest to highest) |
# |---|---|
# | network, features as they are | 0.4878 (0.3281 to 0.7848) |
# | network, features clipped to ±5 | 0.3275 (0.3238 to 0.3317) |
# | boosted trees, defaults | 0.2317 (0.2308 to 0.2327) |
# | the best Wide & Deep network of lesson 09 | 0.2129 (0.2113 to 0.215) |
#
# Without clipping the outcome depends strongly on the seed. Remember that the test set has a block with an AveOccup of 204
# standard deviations. Do not judge a model by a single run.
#
# **Other test rows.** Lesson 06 has the **standard error** of a mean: the standard deviation of the single values, divided by
# $\sqrt n$. Both models predict the same rows, so take the difference of their squared errors row by row. Its mean, plus
# and minus 1.96 standard errors, is a 95 % **confidence interval**.

# %% tags=["skip-execution"]
squares = {name: (np.ravel(y_pred) - y_test) ** 2 for name, y_pred in results.items()}
difference = squares["network, clipped"] - squares["boosted trees"]
standard_error = difference.std(ddof=1) / len(difference) ** 0.5
low, high = difference.mean() - 1.96 * standard_error, difference.mean() + 1.96 * standard_error
print(f"network minus trees: MSE {difference.mean():.3f}, standard error {standard_error:.3f}")
print(f"95 % confidence interval {low:.3f} to {high:.3f}")

# %% [markdown]
# The interval is far from 0: on rows like these, the default trees are better than this network. That is no law about
# networks. The last row of the table above is a network, too, and it has a lower error than these trees. It gets
# better features: lesson 09 crosses latitude with longitude, so that each piece of the map has weights of its own. Nor were the
# trees tuned.
#
# A plot shows what an average hides. Each cell counts test blocks, with the true price to the right and the prediction upwards.

# %% tags=["skip-execution"]
plots.predicted_against_true(y_test, model_clipped.predict(clip(x_test), verbose=0))

# %% [markdown]
# Three things are worth seeing.
#
# * The column at the right edge holds the prices that were cut off at 500,001 dollars. Many of them are predicted too low.
# * Expensive houses are on average predicted too cheap. A model that is unsure answers with something nearer the middle.
# * The cloud is wider at the top: expensive blocks are harder to predict.
#
# And where on the map is the model wrong?

# %% tags=["skip-execution"]
(_, _), (_, _), (raw_test, _) = split_housing(housing.data, housing.target)
residual = model_clipped.predict(clip(x_test), verbose=0).ravel() - y_test
plots.housing_map(
    raw_test[:, 6], raw_test[:, 7], np.clip(residual, -1.5, 1.5), "predicted − true (100,000 $)"
)
places = raw_test[:, 6:]
neighbours = NearestNeighbors(n_neighbors=6).fit(places).kneighbors(places)[1][:, 1:]
correlation = np.corrcoef(residual, residual[neighbours].mean(axis=1))[0, 1]
print(
    f"correlation of a residual with the mean residual of its five nearest blocks: {correlation:.2f}"
)

# %% [markdown]
# At this scale single districts cannot be made out: dark and bright points lie close together. The printed correlation says
# more. If place played no part in the residuals, it would be near 0. Instead, where the model is too high for a block, it
# tends to be too high for the blocks around it. So the place still holds something that this network has not
# learnt. Lesson 09 takes that up with crossed features.

# %% [markdown]
# ## Check your understanding
#
# Commit first. The explanations appear when you do.
#
# **Question 1.** Flat against column

# %% tags=["skip-execution"]
widgets.commit_box(
    "`y_valid` has the shape (3870,), `model.predict(x_valid)` the shape (3870, 1). What is the shape of their difference?",
    {
        "(3870,)": "That would need both to be flat.",
        "(3870, 1)": "NumPy puts the missing axis in front, so (3870,) counts as (1, 3870).",
        "(3870, 3870)": "Every prediction is compared with every target. The mean of its squares is not the MSE. Make both "
        "flat first.",
    },
    answer="(3870, 3870)",
)

# %% [markdown]
# **Question 2.** Two errors of one model

# %% tags=["skip-execution"]
widgets.commit_box(
    "Two models have the same MAE. The first one has twice the RMSE of the second. What does that mean?",
    {
        "The residuals of the first one differ more in size": "Squaring lets large residuals weigh more. With equal MAE, the first "
        "model has some that are far larger than the rest.",
        "One of the numbers must have been computed wrongly": "RMSE and MAE are equal only if all residuals have the same size. "
        "Otherwise the RMSE is larger, by any factor.",
        "The residuals of the first one are larger everywhere": "Then its MAE would be larger, too.",
    },
    answer="The residuals of the first one differ more in size",
)

# %% [markdown]
# **Question 3.** Small steps

# %% tags=["skip-execution"]
widgets.commit_box(
    "A validation loss goes 0.4000, 0.3996, 0.3992, 0.3988, 0.3984 and so on, always 0.0004 less. What does `EarlyStopping` do "
    "with `min_delta=0.001` and `patience=5`?",
    {
        "It goes on, because every single epoch is an improvement": "It goes on, but not for this reason. A step of 0.0004 is less "
        "than `min_delta`.",
        "It stops after five epochs, because no step reaches 0.001": "Each loss is compared with the **best** loss, not with the "
        "one before. Three steps together are 0.0012.",
        "It goes on, because every third epoch is an improvement": "The best loss stays where it is until the steps add up to more "
        "than 0.001: 0.3988 + 0.001 < 0.4000.",
    },
    answer="It goes on, because every third epoch is an improvement",
)

# %% [markdown]
# **Question 4.** Networks and trees

# %% tags=["skip-execution"]
widgets.commit_box(
    "Default trees beat the network of this lesson on the test set. The best network of lesson 09 beats the same trees. What "
    "may you conclude?",
    {
        "On tables of features, a network is the better choice in the end": "One table says nothing about others. The trees "
        "were also used with their default settings, while much was tried for that network.",
        "With more hidden units, the network of this lesson would have won": "The Wide & Deep networks without crossed features are "
        "larger. Their test MSE is 0.3143 to 0.3246 in docs/figures.md, that of the trees 0.2317.",
        "Which one wins here depends on the features and settings, too": "Crossing latitude with longitude gave the network "
        "what it lacked. Tuned trees, or trees with other features, might be ahead again.",
    },
    answer="Which one wins here depends on the features and settings, too",
)

# %% [markdown]
# ## Then and now
#
# Older tutorials write some of this differently. Each line was run with TensorFlow 2.21 and Keras 3.
#
# | then | what happens today | now |
# |---|---|---|
# | `scaler.fit_transform(x_train)`, then `scaler.fit_transform(x_valid)` | works, on two different scales | `scaler.transform(x_valid)` |
# | `sklearn.datasets.load_boston()` | `ImportError`: taken out for its racist feature | `helpers.data.load_california_housing()` |
# | `Dense(30, input_dim=8)` | works, with a warning | `keras.Input((8,))` first |
# | `metrics=["accuracy"]` for a regression | works; the number means nothing | `metrics=["mean_absolute_error"]` |
# | `EarlyStopping(monitor="acc")` | `ValueError`, unless a metric is called so | `EarlyStopping(monitor="val_loss")` |
# | `loss="logcosh"` | `ValueError` | `loss="log_cosh"` |

# %% [markdown]
# ## Summary
#
# * Look at the smallest and the largest values before you train. Outliers may be right, and still they disturb training.
# * Split first. Then fit the scaler on the training rows, feature by feature.
# * MSE is the usual loss, and MAE is the easiest to explain. A single row can make up most of an MSE.
# * (n,) minus (n, 1) is (n, n). Make both flat before you subtract.
# * Early stopping depends on the curve that it watches. Where the curve jumps, it stops by chance.
# * Compare with baselines, say whether they were tuned, and say how certain the difference is.
#
# ## Where to go next
#
# [Going further](going_further/07_housing_going_further.ipynb) trains with other losses: MAPE, MSLE and the Poisson loss.
#
# Lesson 08 goes back to pictures and makes the network twenty layers deep. Lesson 09 returns to these houses with a model that
# is wide and deep at the same time. Lesson 13 lets the computer search for the number of layers and units.
#
# Go on with [08 · Deep networks: normalisation and regularisation](../08_deep_networks/08_deep_networks.ipynb)
