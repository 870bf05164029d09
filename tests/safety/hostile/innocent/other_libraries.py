"""Use the course's other libraries.

Must: full points
"""

import keras_tuner
import optuna
import pandas as pd
from scikeras.wrappers import KerasRegressor
from sklearn.base import clone
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from tensorflow import keras as older

study = optuna.create_study()
study.optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=2)
model = KerasRegressor(lambda: older.Sequential([older.layers.Dense(1)]), loss="mse", verbose=0)
clone(make_pipeline(StandardScaler(), model))
pd.DataFrame({"a": [1, 2]}).plot()
keras_tuner.HyperParameters().Int("units", 1, 3)
