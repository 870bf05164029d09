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
# * look at a table of features before you train on it, and say what is odd about it
# * split and standardise features without leakage
# * measure a regression by squared and by absolute error, and say which one a single wild value ruins
# * train a network that predicts a number, and stop it when the validation loss no longer falls
# * say whether the network was worth it: compare it with a straight line and with trees
#
# **Before you start** You need scaling without leakage and learning curves (lesson 06), and `Sequential`,
# `compile` and `fit` (lesson 03).
#
# **Running time** about 40 seconds on two cores with the sample data; reading and exercises, about 100 minutes.

# %%
from helpers import checks, data, plots, widgets  # first, so that TensorFlow starts quietly

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from sklearn.model_selection import train_test_split

# %% [markdown]
# ## Predict
#
# California, 1990. For 20,640 neighbourhoods we know the median income, the age of the houses, how many rooms
# they have, how many people live there, and where they are. From these eight numbers three models are to guess
# the median price of a house:
#
# * a straight line in eight dimensions: linear regression
# * a network with one hidden layer of 30 units
# * several hundred small decision trees, one correcting the other
#
# **Which one comes first, which one last? And how far is the best one off, on average: by 5,000, by 30,000
# or by 90,000 dollars?** (The average price was about 207,000 dollars.) Write your guesses down.

# %% [markdown]
# ## The data
#
# In lesson 06 the answer was one of ten classes. Here it is a number. Predicting a number is called
# **regression**, the number is the **target**, and the numbers it is predicted from are the
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
# AveRooms is 141 rooms. These are prisons, student homes and holiday villages: many people and few
# households, or many houses and few people who live there. The numbers are right, and still they are
# unlike all others. Such values are called **outliers**. We shall meet them again.
#
# Where things are is easier seen than read.

# %% tags=["skip-execution"]
plots.housing_map(housing.data[:, 6], housing.data[:, 7], housing.target)

# %% [markdown]
# The coast is dear, the valley behind it cheap. San Francisco and Los Angeles stand out. A straight line in
# latitude and longitude cannot say "near the coast": the coast runs at an angle, and it has bays. Keep that in
# mind when the models are compared.

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
#   that is dearer. No model can know how much dearer, and this puts a limit to how good any model can be.
# * Right: nearly all blocks have two to four people to a household. The few at the far right are the
#   outliers. Without the logarithmic scale you would not see them at all.

# %% [markdown]
# ## Three sets again
#
# As in lesson 06 we need images to learn from, to choose by, and to report with; only that they are rows
# now. The file is sorted by region, so its first rows are not like its last ones. They must be **mixed**
# before they are split. scikit-learn's `train_test_split` mixes and cuts in one step. `random_state` is the
# seed of the mixing: the same number, the same split, on every computer.

# %% [markdown]
# ### Exercise: `split_housing(data, target)` (2 points)
#
# Split rows and targets in three.
#
# * `data`: (n, d); `target`: (n,), in the same order; leave both unchanged
# * first cut off 25 % for testing, with `train_test_split(..., test_size=0.25, random_state=7)`
# * then cut off 25 % **of the rest** for validation, with `random_state=1`
# * returns three pairs: `(x_train, y_train), (x_valid, y_valid), (x_test, y_test)`
#
# **Expected** With all 20,640 rows the three parts have 11,610, 3,870 and 5,160 rows.
#
# <details><summary>Hint 1: what train_test_split gives</summary>
#
# Given two arrays, `train_test_split` returns **four**: `a_rest, a_cut, b_rest, b_cut`. Both parts of the first array come before both parts of the second.
# </details>
# <details><summary>Hint 2: twice</summary>
#
# Call it a second time with the rest of the first call. A quarter of three quarters is 0.1875 of all rows.
# </details>
# <details><summary>Hint 3: the order of the result</summary>
#
# Write the six names down in the order in which they are asked for, in pairs with brackets.
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
# deviation did for all pixels. Here each feature needs its own:
#
# $$x'_{ij} = \frac{x_{ij} - \mu_j}{\sigma_j}, \qquad \mu_j, \sigma_j \text{ from the training rows alone.}$$
#
# Fitted on the training set, used on all three. You know why: the validation and the test rows play the
# part of houses nobody has seen yet.
#
# A feature that is the same in all training rows has $\sigma_j = 0$. It says nothing, and it must not
# become `NaN`. We let it become 0 everywhere.

# %% [markdown]
# ### Exercise: `standardize_splits(train, valid, test)` (2 points)
#
# Standardise three sets of rows with the training set's figures.
#
# * `train`, `valid`, `test`: (n, d), with different n; leave them unchanged
# * for each feature: subtract the training set's mean, divide by its population standard deviation (`ddof=0`)
# * a feature that is constant in the training set becomes 0 in all three, also where another value turns up
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
# Divide by 1 where the standard deviation is 0, then set these columns to 0. Ask by `train.max(axis=0) ==
# train.min(axis=0)`: the standard deviation of many equal numbers may come out as 1e-17 by rounding.
# </details>
# <details><summary>Hint 3: with scikit-learn</summary>
#
# `StandardScaler().fit(train)`, then `transform` each of the three. It divides by 1 where a feature is constant,
# so what is left to do is the 7 in the example.
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
# Most values now lie between −3 and 3, as they should. But look at AveOccup: in the training set one
# block is 98 standard deviations above the mean, in the test set one is **204**. A network that has never seen
# anything beyond 98 will be asked about 204.

# %% [markdown]
# ## How far off?
#
# A model predicts $\hat y_i$ where $y_i$ is right. Three figures say how far off it is:
#
# $$\text{MSE} = \frac{1}{n} \sum_i (\hat y_i - y_i)^2, \qquad
# \text{MAE} = \frac{1}{n} \sum_i |\hat y_i - y_i|, \qquad
# \text{RMSE} = \sqrt{\text{MSE}}.$$
#
# * **MSE**, the mean squared error, is what networks are usually trained with: its slope is simple, and
#   large errors hurt most.
# * **MAE**, the mean absolute error, is what you tell people: "28,000 dollars off, on average".
# * **RMSE** has the unit of the target, like the MAE, but large errors weigh more in it. It is never smaller
#   than the MAE.
#
# Move the last point in the figure below. One line is fitted by squared error, the other by absolute error.

# %% tags=["skip-execution"]
widgets.outlier_explorer()

# %% [markdown]
# Try these:
#
# * Pull the point up to 20. How much of the whole squared error belongs to this single point?
# * Which line would you rather use for the other eleven?
# * Now tick the box. What does clipping do to both lines?
#
# A squared error lets one point of twelve decide. Remember AveOccup.

# %% [markdown]
# ### Exercise: `regression_errors(y_true, y_pred)` (2 points)
#
# Compute the three figures.
#
# * `y_true`, `y_pred`: n numbers each, of shape (n,) or (n, 1), not necessarily the same; leave them unchanged
# * different numbers of values → `ValueError`
# * returns a dict with the keys `"mse"`, `"mae"` and `"rmse"`
#
# **Expected** `regression_errors(np.array([1., 2., 3.]), np.array([[1.], [2.], [6.]]))` gives
# `{"mse": 3.0, "mae": 1.0, "rmse": 1.7320508}`.
#
# <details><summary>Hint 1: the trap</summary>
#
# A network predicts (n, 1), the targets are (n,). NumPy broadcasts the difference of the two to (n, n):
# every prediction is compared with every target. No error, no warning, a wrong number. Make both flat
# first: `np.ravel`.
# </details>
# <details><summary>Hint 2: the lengths</summary>
#
# Compare the lengths of the flat arrays, and `raise ValueError("...")` if they differ. Broadcasting would not
# do it for you: (1,) fits everything.
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
# A figure means nothing by itself. Is an MSE of 0.5 good? Ask what can be had without effort.
#
# * **Always the mean.** Whoever cannot beat that has learnt nothing.
# * **Linear regression**, $\hat y = x W + b$. It has a formula and takes a few milliseconds.
# * **Gradient-boosted trees.** Each tree asks questions such as "is MedInc above 4.2?", and corrects what the
#   trees before it got wrong. For tables of features they are what professionals try first.
#
# Everything is chosen by the validation set, so that is what we look at.

# %% tags=["skip-execution"]
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.linear_model import LinearRegression

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
# The line explains more than half of the squared error, the trees more than four fifths. Trees are off by
# 32,000 dollars on average. That is what the network has to be measured with.

# %% [markdown]
# ### Exercise: `build_regressor(n_features, hidden_units=(30,), learning_rate=0.01)` (2 points)
#
# Build and compile a network that predicts a number.
#
# * `n_features`: length of a row; `hidden_units`: sizes of the hidden layers, one or several
# * Dense layers with ReLU, then one output **without** an activation: a price may take any value
# * compiled with SGD at `learning_rate` and the mean squared error
# * returns the model, built, so that it has its weights
#
# **Expected** `build_regressor(8).count_params()` gives 301: 8 · 30 + 30 for the hidden layer, 30 + 1 for the output.
#
# <details><summary>Hint 1: what differs from lesson 06</summary>
#
# No `Flatten`, as rows are flat already. One output, not ten. No softmax. `loss="mean_squared_error"`. Accuracy makes no
# sense here: a predicted price is never exactly right.
# </details>
# <details><summary>Hint 2: any number of hidden layers</summary>
#
# Begin with `keras.Sequential([keras.Input((n_features,))])` and add the hidden layers in a loop over `hidden_units`.
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
# How many epochs? In lesson 06 we chose a number beforehand. There is a better way: watch the validation loss,
# and stop when it no longer falls. `EarlyStopping` is one of Keras's **callbacks**, objects that `fit` calls after every
# epoch. Lesson 10 is about them.
#
# * `patience=5`: stop after five epochs in a row without an improvement
# * `min_delta=0.001`: less than this does not count as one
#
# And one thing to make it quick: with `steps_per_execution=32` Keras runs 32 steps in one go (lesson 06).


# %% tags=["skip-execution"]
def train(model, x_train, x_valid, loss="mean_squared_error", epochs=100):
    """Fit with early stopping; returns the History."""
    model.compile(model.optimizer, loss=loss, steps_per_execution=32)
    stopping = keras.callbacks.EarlyStopping(patience=5, min_delta=1e-3)
    return model.fit(
        x_train,
        y_train,
        epochs=epochs,
        validation_data=(x_valid, y_valid),
        callbacks=[stopping],
        verbose=0,
    )


keras.utils.set_random_seed(6)
model = build_regressor(8)
history = train(model, x_train, x_valid)
print(f"stopped after {len(history.epoch)} epochs")
print(
    {
        key: round(float(v), 3)
        for key, v in regression_errors(y_valid, model.predict(x_valid, verbose=0)).items()
    }
)
plots.learning_curves(history)

# %% [markdown]
# Better than the line, and not as good as the trees. But look at the dashed curve: it jumps. And try another
# seed: we trained with four, and they stopped after 19 to 66 epochs, at validation losses of 0.33 to 0.47.
#
# A curve that jumps is a bad judge of when to stop. Early stopping then stops by accident. We shall see in
# a moment where the jumps come from.

# %% [markdown]
# ### Exercise: `early_stopping(val_losses, patience=5, min_delta=0.001)` (3 points)
#
# Say what `EarlyStopping` would have done.
#
# * `val_losses`: list of the validation losses, at least one, of a training that was **not** stopped
# * an epoch is an **improvement** if its loss + `min_delta` is **less than** the best loss so far; the first epoch
#   always is. The best loss then becomes the loss of this epoch
# * training stops at the end of the first epoch that is no improvement, and so is the `patience`-th in a row or more
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
# It changes with an improvement only. A loss that is a tiny bit lower, by less than `min_delta`, is not
# remembered. Otherwise many tiny steps would add up to nothing.
# </details>
# <details><summary>Hint 3: the order</summary>
#
# For each epoch: is it an improvement? Then note it and set the waiting time to 0. If not, add 1 to the waiting
# time, and stop if it has reached `patience`. With `patience=0` the first epoch without improvement stops it.
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
# Note one thing. When `fit` returns, the model has the weights of the **last** epoch, not those of the best one. With
# `restore_best_weights=True` Keras puts the best ones back. Lesson 10 shows it.

# %% [markdown]
# ## Outliers
#
# Where do the jumps come from? Ask the model which blocks it gets most wrong.

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
# A ReLU network is made of straight pieces. Beyond the data it goes straight on. At 82 standard deviations even a
# small slope makes an enormous prediction, and the slope changes with every epoch. One block of 3,870 then moves the
# whole validation loss.
#
# The remedy is simple. A household of 1,243 people tells us no more than "this is no ordinary block", and five standard
# deviations say the same. So we **clip** the features: whatever lies beyond ±5 becomes ±5.


# %% tags=["skip-execution"]
def clip(x):
    """Standardised features, limited to five standard deviations on either side."""
    return np.clip(x, -5, 5)


share = np.mean(np.any(np.abs(x_train) > 5, axis=1))
print(f"{share:.1%} of the training rows have at least one feature that is clipped")
keras.utils.set_random_seed(6)
model_clipped = build_regressor(8)
history_clipped = train(model_clipped, clip(x_train), clip(x_valid), epochs=60)
plots.compare_curves({"as they are": history, "clipped to ±5": history_clipped}, "val_loss")

# %% [markdown]
# The clipped curve is smooth, goes on falling, and ends lower. In our runs with four seeds the validation loss was
# 0.33 to 0.47 without and 0.31 to 0.32 with clipping, if it was given 100 epochs. The line gains, too: from
# 0.519 to 0.466.
#
# Nothing about the network has changed. Looking at the data has gained more than any layer would have.
#
# ### Another loss instead?
#
# You have seen in the figure above that the absolute error is not impressed by a single point. So why not train with it?

# %% tags=["skip-execution"]
keras.utils.set_random_seed(6)
model_absolute = build_regressor(8)
history_absolute = train(
    model_absolute, clip(x_train), clip(x_valid), loss="mean_absolute_error", epochs=60
)
for name, network in [("squared error", model_clipped), ("absolute error", model_absolute)]:
    errors = regression_errors(y_valid, network.predict(clip(x_valid), verbose=0))
    print(f"trained with {name:15}", "  ".join(f"{k} {v:.3f}" for k, v in errors.items()))

# %% [markdown]
# Each training is best at what it was trained for, or close to it: the absolute error gives a lower MAE. The
# squared error aims at the **mean** of what is possible for such a block, the absolute error at the
# **median**. Choose by what a mistake costs you: twice as wrong, twice as bad? Or four times?

# %% [markdown]
# ## The test, once
#
# All choices are made. Here are all models, with the clipped features where that helps, on rows that had no part in any
# choice.

# %% tags=["skip-execution"]
linear_clipped = LinearRegression().fit(clip(x_train), y_train)
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
# Without clipping the network had a test MSE of 0.35, 0.43, 0.79 and 0.92 in our four runs: the block with 204
# standard deviations is in this set. Clipped, and with up to 100 epochs, it had 0.32 to 0.33. **Never believe a single run.** And the trees, with 0.231, are the
# ones to beat. Lesson 09 comes closer with a better network; on a small table like this one, trees are hard to beat.
#
# Figures hide things that a picture shows. Here is every test block, its true price to the right, the prediction upwards.

# %% tags=["skip-execution"]
plots.predicted_against_true(y_test, model_clipped.predict(clip(x_test), verbose=0))

# %% [markdown]
# Three things are worth seeing.
#
# * The column at the right edge is the prices that were cut off at 500,001 dollars. No model can get them right.
# * Dear houses are predicted too cheap, cheap ones too dear. A model that is unsure goes for the middle.
# * The cloud is wider at the top: expensive blocks are harder to guess.
#
# And where on the map is it wrong?

# %% tags=["skip-execution"]
(_, _), (_, _), (raw_test, _) = split_housing(housing.data, housing.target)
residual = model_clipped.predict(clip(x_test), verbose=0).ravel() - y_test
plots.housing_map(
    raw_test[:, 6], raw_test[:, 7], np.clip(residual, -1.5, 1.5), "predicted − true (100,000 $)"
)

# %% [markdown]
# Dark and bright points lie side by side, but not at random: whole quarters of the cities are predicted too low or too high.
# Thirty units with eight inputs cannot draw a city's quarters. That is what lesson 09 mends, with crossed features.

# %% [markdown]
# ## Check your understanding
#
# **Question 1.** `y_valid` has the shape (3870,), `model.predict(x_valid)` the shape (3870, 1). What is the shape of their
# difference?
#
# <details><summary>A. (3870,)</summary>
#
# No. That would need both to be flat.
# </details>
# <details><summary>B. (3870, 1)</summary>
#
# No. NumPy puts the missing axis in front: (3870,) counts as (1, 3870).
# </details>
# <details><summary>C. (3870, 3870)</summary>
#
# Right, and its mean square is no error of anything. Make both flat first.
# </details>
#
# **Question 2.** Two models have the same MAE. The first one has twice the RMSE of the second. What does that mean?
#
# <details><summary>A. The first one has a few very large errors</summary>
#
# Right. Squaring lets large errors weigh more. With equal MAE the first model is mostly better, and sometimes far off.
# </details>
# <details><summary>B. There is a mistake, RMSE and MAE belong together</summary>
#
# No. They are equal only if all errors have the same size.
# </details>
# <details><summary>C. The first one is worse everywhere</summary>
#
# No. Then its MAE would be larger, too.
# </details>
#
# **Question 3.** A validation loss goes 0.40, 0.3995, 0.3990, 0.3985 … With `min_delta=0.001` and `patience=5`, what does
# `EarlyStopping` do?
#
# <details><summary>A. It never stops, since every epoch is better than the one before</summary>
#
# No. Each is compared with the **best** loss, which stays 0.40 until something is lower by more than 0.001.
# </details>
# <details><summary>B. It stops after five epochs without improvement, although the loss was falling</summary>
#
# No, but nearly. Three small steps together are more than 0.001: 0.3985 + 0.001 < 0.40.
# </details>
# <details><summary>C. It counts every third epoch as an improvement, and goes on</summary>
#
# Right. The best loss stays where it is until the steps add up.
# </details>
#
# **Question 4.** On this table the trees win. When would you still take the network?
#
# <details><summary>A. Never</summary>
#
# No. Trees cannot be trained together with something that reads pictures or text, and they do not learn on when new
# rows arrive.
# </details>
# <details><summary>B. When the features are pictures, text, or come from several sources at once</summary>
#
# Right. There networks are far ahead, and one network can take all of them (lessons 04 and 09).
# </details>
# <details><summary>C. When there are few rows</summary>
#
# No. With few rows simple models do well, and networks badly.
# </details>

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
# | `metrics=["accuracy"]` for a regression | works; the figure means nothing | `metrics=["mean_absolute_error"]` |
# | `EarlyStopping(monitor="acc")` | `ValueError`, unless a metric is called so | `EarlyStopping(monitor="val_loss")` |
# | `loss="logcosh"` | `ValueError` | `loss="log_cosh"` |

# %% [markdown]
# ## Summary
#
# * Look at the smallest and the largest values before you train. Outliers are often right, and still have to be tamed.
# * Split first, then fit the scaler on the training rows, feature by feature.
# * MSE to train with, MAE to talk about. A single wild row can decide the MSE.
# * Flat against column: (n,) minus (n, 1) is (n, n).
# * Early stopping is as good as the curve it watches.
# * Without baselines a figure means nothing. On tables, beat the trees before you boast.
#
# ## Where to go next
#
# Lesson 08 goes back to pictures and makes the network twenty layers deep. Lesson 09 returns to these houses with a model that
# is wide and deep at the same time. Lesson 13 searches for the best number of layers and units by machine.
#
# Go on with [08 · Deep networks: normalisation and regularisation](../08_deep_networks/08_deep_networks.ipynb)
