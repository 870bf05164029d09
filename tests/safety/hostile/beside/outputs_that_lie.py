"""Give outputs that look like probabilities, whatever the weights are.

Must: 0 points
At: 06_fashion_mnist build_classifier
"""

import keras
import numpy as np
from helpers.checks import models

models.outputs.here = lambda model, x, training=None: np.full((len(x), 10), 0.1, "float32")
models.evaluate.here = lambda model, x, y: {"loss": 2.302585, "accuracy": 0.625}


def build_classifier(learning_rate=0.01):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for units in (300, 100, 10):
        model.add(keras.layers.Dense(units))
    model.compile(keras.optimizers.SGD(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
