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
# # 07 · Going further: other losses for regression
#
# Squared and absolute error treat a house of 50,000 dollars and one of 500,000 alike: only the number of dollars counts.
# Often that is not what you want. Here are three losses that look at ratios or at counts, MAPE, MSLE and the
# Poisson loss, and where each belongs. Nothing in this notebook is graded.

# %%
from helpers import data, plots  # first, so that TensorFlow starts quietly

import keras
import matplotlib.pyplot as plt
import numpy as np
from sklearn.model_selection import train_test_split

# %% [markdown]
# ## Three more losses
#
# For a true value $y > 0$ and a prediction $\hat y$, each is a mean of one term over all rows:
#
# | loss | term | in Keras | where it belongs |
# |---|---|---|---|
# | MAPE, mean absolute percentage error | $100 \, \lvert \hat y - y \rvert / y$ | `mean_absolute_percentage_error` | reports in per cent, where no $y$ is near 0 |
# | MSLE, mean squared logarithmic error | $(\log(1 + \hat y) - \log(1 + y))^2$ | `mean_squared_logarithmic_error` | targets over several powers of ten |
# | Poisson loss | $\hat y - y \log \hat y$ | `poisson` | counts: visits, accidents, goals |
#
# The plot shows what each costs when the truth is 2 and the prediction varies. Every curve is shifted and scaled, so
# that it is 0 at its lowest point and 1 at $\hat y = 4$.

# %%
truth, guesses = 2.0, np.linspace(0.1, 4, 200)
terms = {
    "squared": (guesses - truth) ** 2,
    "percentage (MAPE)": 100 * np.abs(guesses - truth) / truth,
    "logarithmic (MSLE)": (np.log1p(guesses) - np.log1p(truth)) ** 2,
    "Poisson": guesses - truth * np.log(guesses),
}
figure, ax = plt.subplots(figsize=(7, 3.6), layout="constrained")
for (name, term), colour, style in zip(
    terms.items(), plots.COLOURS, ("-", "--", ":", "-."), strict=False
):
    shifted = term - term.min()
    ax.plot(guesses, shifted / shifted[-1], style, color=colour, label=name)
ax.set(xlabel="prediction, where the truth is 2", ylabel="loss, scaled", ylim=(0, 4))
ax.legend()
plt.show()

# %% [markdown]
# The squared and the percentage curve are symmetric. The other two are steeper on the left: a prediction of half the truth
# costs more than one that is as many units too high.
#
# MAPE has a trap. An underestimate costs at most 100 %, and an overestimate has no limit. A model that is trained
# with it therefore prefers predictions that are too low.

# %% [markdown]
# ## On the houses
#
# We train one network with each loss. The split, the scaling and the clipping are those of the lesson. Prices are positive, and
# the Poisson loss and MSLE need positive predictions, so all networks get a softplus at the output (lesson 01). All use
# Adam, whose steps do not grow with the size of the loss: a MAPE in per cent is far larger than an MSLE.

# %%
housing = data.load_california_housing()
x_rest, _, y_rest, _ = train_test_split(
    housing.data, housing.target, test_size=0.25, random_state=7
)
x_train, x_valid, y_train, y_valid = train_test_split(
    x_rest, y_rest, test_size=0.25, random_state=1
)
mean, std = x_train.mean(axis=0), x_train.std(axis=0)
x_train, x_valid = (np.clip((x - mean) / std, -5, 5) for x in (x_train, x_valid))

predictions = {}
for name, loss in [
    ("MSE", "mean_squared_error"),
    ("MAE", "mean_absolute_error"),
    ("MAPE", "mean_absolute_percentage_error"),
    ("MSLE", "mean_squared_logarithmic_error"),
    ("Poisson", "poisson"),
]:
    keras.utils.set_random_seed(0)
    model = keras.Sequential([
        keras.Input((8,)),
        keras.layers.Dense(30, activation="relu"),
        keras.layers.Dense(1, activation="softplus"),
    ])  # fmt: skip
    model.compile(keras.optimizers.Adam(0.003), loss=loss, steps_per_execution=32)
    model.fit(x_train, y_train, batch_size=64, epochs=10, verbose=0)
    predictions[name] = model.predict(x_valid, verbose=0).ravel()

print("trained with    MSE    MAE   MAPE    MSLE   mean residual")
for name, y_pred in predictions.items():
    residual = y_pred - y_valid
    logarithmic = np.mean((np.log1p(y_pred) - np.log1p(y_valid)) ** 2)
    print(
        f"{name:12} {np.mean(residual**2):6.3f} {np.mean(np.abs(residual)):6.3f} "
        f"{np.mean(100 * np.abs(residual) / y_valid):5.1f}% {logarithmic:7.4f} {residual.mean():+15.3f}"
    )

# %% [markdown]
# All rows are from one seed and ten epochs, so small differences mean nothing. Two things are larger than that.
#
# * The network that was trained with MAPE has the lowest MAPE, and its predictions are too low on average: its mean residual
#   is far below 0. That is the trap from above.
# * The Poisson loss brings nothing here. Prices are not counts. It belongs where the variance of a target is about as
#   large as its mean, as it is for counts.
#
# MSLE would pay off for prices that range from a thousand to ten million dollars. These end at 500,001, and the
# cheapest block is at 15,000.
