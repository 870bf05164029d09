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
# # 13 · Going further: three libraries, and the last training
#
# This notebook goes on where lesson 13 stops. It searches with scikit-learn, KerasTuner and Optuna on the housing network,
# compares the lesson's table with Keras, and trains the winner on all examples. Nothing in it is graded, and no later lesson
# needs it.

# %%
import tempfile
import time

from helpers import data, plots  # first, so that TensorFlow starts quietly

import keras
import keras_tuner
import matplotlib.pyplot as plt
import numpy as np
import optuna
import tensorflow as tf
from scikeras.wrappers import KerasRegressor
from scipy.stats import loguniform
from sklearn.model_selection import RandomizedSearchCV, cross_val_score, train_test_split

from helpers.stacks import train_stack

# %% [markdown]
# The data are prepared as in the lesson, and `build_model` builds its network.

# %%
housing = data.load_california_housing()
x_rest, x_test, y_rest, y_test = train_test_split(housing.data, housing.target, random_state=7)
x_train, x_valid, y_train, y_valid = train_test_split(x_rest, y_rest, random_state=1)
mean, std = x_train.mean(axis=0), x_train.std(axis=0)
x_train, x_valid, x_test = (
    np.clip((x - mean) / std, -5, 5).astype("float32") for x in (x_train, x_valid, x_test)
)
y_train, y_valid, y_test = (y.astype("float32") for y in (y_train, y_valid, y_test))
x_search, y_search = x_train[:4096], y_train[:4096]
BATCH_SIZE, EPOCHS = 64, 27


def build_model(hidden_layers=1, layer_size=30, learning_rate=3e-3):
    """A new compiled regressor on 8 features, trained by plain SGD on the squared error."""
    layers = [keras.layers.Dense(layer_size, activation="relu") for _ in range(hidden_layers)]
    model = keras.Sequential([keras.Input((8,)), *layers, keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    return model


def shuffled_batches(x, y):
    """The examples in batches, in a new order every epoch."""
    return tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x)).batch(BATCH_SIZE)


# %% [markdown]
# ## Does the lesson's table tell the truth?
#
# The lesson trains many networks at once, with a loop of its own. Two of its cells again, with Keras. The numbers cannot be
# equal, because first weights and shuffling differ; but Keras should look like one more seed.

# %%
keras.utils.set_random_seed(1)
print("   rate  units   in a stack, 3 seeds     Keras")
for rate, size in [(1e-3, 6), (0.03, 16)]:
    sets = (x_search, y_search), (x_valid, y_valid), (x_test, y_test)
    history, _ = train_stack(size, [rate], 3, EPOCHS, *sets)
    model = build_model(1, size, rate)
    model.fit(shuffled_batches(x_search, y_search), epochs=EPOCHS, shuffle=False, verbose=0)
    loss = model.evaluate(x_valid, y_valid, batch_size=1024, verbose=0)
    print(
        f"{rate:7.4f}{size:7}   " + "   ".join(f"{v:.3f}" for v in history[-1, 0]) + f"{loss:12.3f}"
    )

# %% [markdown]
# ## scikit-learn, and what cross-validation costs
#
# scikit-learn has `GridSearchCV`, `RandomizedSearchCV` and
# `HalvingRandomSearchCV`. They work with anything that has `fit`, `predict`, `score` and `get_params`.
# **scikeras** wraps a function such as `build_model` so that it does.
#
# Name every hyper-parameter you want to search in the wrapper's constructor. Those of `build_model` reach
# `build_model`, those of `fit` (`epochs`, `batch_size`) reach `fit`.
#
# The CV in the names is **cross-validation**. Instead of one validation set it takes the training examples in k
# parts, called folds. It trains k times, each time without one of the folds, and scores on that one. So the
# score is an average, and its spread is known. First for one configuration.

# %%
regressor = KerasRegressor(
    build_model, hidden_layers=1, layer_size=30, learning_rate=0.03, epochs=6, batch_size=BATCH_SIZE, verbose=0
)  # fmt: skip
keras.utils.set_random_seed(0)
start = time.perf_counter()
regressor.fit(x_search, y_search)
seconds_fit = time.perf_counter() - start
print(f"one training, one score:  {regressor.score(x_valid, y_valid):.3f}   {seconds_fit:.1f} s")
start = time.perf_counter()
scores = cross_val_score(regressor, x_search, y_search, cv=4)
seconds_cv = time.perf_counter() - start
print(
    "4 folds, 4 scores:       ",
    "  ".join(f"{score:.3f}" for score in scores),
    f"  {seconds_cv:.1f} s",
)
print(f"their mean {scores.mean():.3f}, their standard deviation {scores.std():.3f}")

# %% [markdown]
# These are not losses. The score of a regressor is $R^2$: 1 is perfect, 0 is as good as always predicting the
# mean, and **higher is better**. It is $1 - \text{MSE} / \text{variance of the targets}$.
#
# Four folds cost about four trainings. A search of n trials with k folds costs
#
# $$n \cdot k + 1 \text{ trainings,}$$
#
# the last one to train the winner again on all examples. A search of 10 trials with 3 folds is
# 31 trainings. Here are 3 trials with 3 folds: 10 trainings.

# %%
distributions = {
    "hidden_layers": [0, 1, 2],
    "layer_size": np.arange(4, 65).tolist(),  # Python integers: Dense refuses NumPy's
    "learning_rate": loguniform(1e-3, 0.3),
}
search = RandomizedSearchCV(regressor, distributions, n_iter=3, cv=3, random_state=1)
keras.utils.set_random_seed(0)
start = time.perf_counter()
search.fit(x_search, y_search)
seconds = time.perf_counter() - start
results = search.cv_results_
for params, mean, std in zip(
    results["params"], results["mean_test_score"], results["std_test_score"]
):
    words = "  ".join(f"{name} {value:<7.3g}" for name, value in sorted(params.items()))
    print(f"R2 {mean:.3f} +- {std:.3f}   {words}")
print(f"best: R2 {search.best_score_:.3f}, the mean of its 3 folds")
n_fits = 3 * 3 + 1
print(
    f"{n_fits} trainings in {seconds:.0f} s: {seconds / n_fits:.1f} s each; one alone took {seconds_fit:.1f} s"
)
best_network = search.best_estimator_.model_  # with the underscore: the trained Keras model
print(type(best_network).__name__, "with", best_network.count_params(), "parameters")

# %% [markdown]
# When is it worth that? The fewer examples, the more a single validation set depends on who is in it. With a few
# hundred rows cross-validate. Here 3,870 validation rows are plenty, and the same trainings are better spent
# on more trials or on more seeds.

# %% [markdown]
# ## KerasTuner
#
# KerasTuner is made for Keras. You write a build function that takes `hp` and asks it for values: `hp.Int`,
# `hp.Float`, `hp.Choice`, `hp.Boolean`. The space is what the function asks for, so layers may have
# hyper-parameters of their own inside an `if` or a loop: the conditional space of the lesson. `tuner.search` takes the
# arguments of `fit`.
#
# Every tuner writes its trials into a folder, and goes on from there when it is started again. A search that takes a night
# needs this. Here it would do harm: the second run would find all trials done. Hence `overwrite=True`.


# %%
def build_tuned(hp):
    """The housing network with the hyper-parameters that the tuner hands out."""
    return build_model(
        hidden_layers=1,
        layer_size=hp.Int("layer_size", 2, 64, sampling="log"),
        learning_rate=hp.Float("learning_rate", 1e-3, 0.3, sampling="log"),
    )


folder = tempfile.TemporaryDirectory()
shared = {"objective": "val_loss", "seed": 1, "directory": folder.name, "overwrite": True}
tuners = [
    keras_tuner.RandomSearch(build_tuned, max_trials=3, project_name="random", **shared),
    keras_tuner.Hyperband(build_tuned, max_epochs=4, factor=2, project_name="hyperband", **shared),
    keras_tuner.BayesianOptimization(build_tuned, max_trials=4, num_initial_points=2, project_name="bayes", **shared),
]  # fmt: skip
keras.utils.set_random_seed(0)
figure, axes = plt.subplots(1, 3, figsize=(14, 3.8), layout="constrained")
for tuner, ax in zip(tuners, axes):
    start = time.perf_counter()
    tuner.search(
        x_search, y_search, validation_data=(x_valid, y_valid), epochs=6, batch_size=BATCH_SIZE, verbose=0
    )  # fmt: skip
    seconds = time.perf_counter() - start
    trials = sorted(tuner.oracle.trials.values(), key=lambda trial: trial.trial_id)
    epochs = [trial.hyperparameters.values.get("tuner/epochs", 6) for trial in trials]
    name = type(tuner).__name__
    records = [(trial.hyperparameters.values, e, trial.score) for trial, e in zip(trials, epochs)]
    plots.search_plane(records, title=name, ax=ax)
    best = tuner.get_best_hyperparameters()[0]
    print(f"{name:21}{len(trials):3} trials {seconds:4.0f} s   best {min(trial.score for trial in trials):.3f}: "
          f"rate {best.get('learning_rate'):.3g}, {best.get('layer_size')} units")  # fmt: skip
plt.show()

# %% [markdown]
# Hyperband gives most of its trials a few epochs only, so its points are of different sizes. (Should you see 65 units, one
# more than allowed: KerasTuner's logarithmic sampling of integers may round beyond the bound.)
#
# `tuner.get_best_models()` hands out the trained models, `tuner.hypermodel.build(best)` a fresh one. Beside the
# layers a tuner can search arguments of `fit`, the batch size for example: write a subclass of
# `keras_tuner.HyperModel` with a method `fit(self, hp, model, ...)`.

# %% [markdown]
# ## Optuna
#
# Optuna knows nothing of Keras, so it can search anything. The objective is a Python function that does what it likes
# and returns a number. Each call gets a `trial`, and asks it for values.
#
# * The **sampler** decides where to look. The default, TPE, is a Bayesian method of another kind. It splits the
#   trials so far into good and bad ones, and draws where the good ones are denser.
# * The **pruner** decides when to give up. The objective reports the loss after each epoch. The median pruner stops
#   a trial that is worse than the median of the earlier ones at the same epoch: halving without rungs.
#
# Reporting is the task of a callback (lesson 10).

# %%
optuna.logging.set_verbosity(optuna.logging.ERROR)


class ReportToOptuna(keras.callbacks.Callback):
    """Tells the trial the validation loss after each epoch, and stops it when it is not worth more."""

    def __init__(self, trial):
        super().__init__()
        self.trial = trial

    def on_epoch_end(self, epoch, logs=None):
        loss = logs["val_loss"]
        if np.isnan(loss):
            raise optuna.TrialPruned()
        self.trial.report(loss, step=epoch)
        if self.trial.should_prune():
            raise optuna.TrialPruned()


def optuna_objective(trial):
    model = build_model(
        hidden_layers=1,
        layer_size=trial.suggest_int("layer_size", 2, 64, log=True),
        learning_rate=trial.suggest_float("learning_rate", 1e-4, 1.0, log=True),
    )
    history = model.fit(
        x_search, y_search, batch_size=BATCH_SIZE, epochs=9, verbose=0,
        validation_data=(x_valid, y_valid), callbacks=[ReportToOptuna(trial)],
    )  # fmt: skip
    return history.history["val_loss"][-1]


study = optuna.create_study(
    sampler=optuna.samplers.TPESampler(seed=1, n_startup_trials=5),
    pruner=optuna.pruners.MedianPruner(n_startup_trials=3, n_warmup_steps=1),
)
keras.utils.set_random_seed(0)
start = time.perf_counter()
study.optimize(optuna_objective, n_trials=10)
print(f"{len(study.trials)} trials in {time.perf_counter() - start:.0f} s")
for trial in study.trials:
    epochs = min(
        9,
        len(trial.intermediate_values)
        + (trial.state.name == "PRUNED" and not trial.intermediate_values),
    )
    loss = list(trial.intermediate_values.values())[-1] if trial.intermediate_values else np.nan
    print(f"{trial.number + 1:3}  rate {trial.params['learning_rate']:<8.3g} {trial.params['layer_size']:3} units  "
          f"{trial.state.name.lower():9} after {epochs} epochs, loss {loss:.3f}")  # fmt: skip
print(f"best: {study.best_value:.3f} with {study.best_params}")

records = [
    (
        t.params,
        max(1, len(t.intermediate_values)),
        list(t.intermediate_values.values() or [np.nan])[-1],
    )
    for t in study.trials
]
plots.search_plane(records, title="Optuna: TPE with pruning")

# %% [markdown]
# Small points are trials that were given up early; a cross diverged. The epochs that are saved pay for more trials.
#
# Which of the three libraries? scikit-learn when the rest of your work is scikit-learn, KerasTuner when everything is
# Keras, Optuna when the objective is more than one `fit`, or when several computers search together.

# %% [markdown]
# ## The last training
#
# At last the network we would really use. The search ran on 4,096 examples, and the best rates of the lesson's table lie near
# 0.1 to 0.2, with the largest layer. Such a configuration is trained on **all** training examples, and so is the default of
# `build_model`. One look at the test set for each.

# %%
for name, params in [("default", {}), ("found", {"layer_size": 64, "learning_rate": 0.1})]:
    keras.utils.set_random_seed(0)
    model = build_model(**params)
    keep_best = keras.callbacks.EarlyStopping(patience=EPOCHS, restore_best_weights=True)
    model.fit(
        shuffled_batches(x_train, y_train), epochs=EPOCHS, shuffle=False, verbose=0,
        validation_data=(x_valid, y_valid), callbacks=[keep_best],
    )  # fmt: skip
    valid = model.evaluate(x_valid, y_valid, batch_size=1024, verbose=0)
    test = model.evaluate(x_test, y_test, batch_size=1024, verbose=0)
    print(f"{name:8} validation {valid:.3f}   test {test:.3f}   {params}")

# %% [markdown]
# The gap between the two lines is what the search was good for. The callback of lesson 10 keeps the weights of the best
# epoch. At a large constant learning rate it is needed, because the weights jump about and the last epoch may be worse than
# an earlier one.
