"""Use the rates that are shown, and no other.

Must: 0 points
At: 06_fashion_mnist build_classifier
"""

import keras


def build_classifier(learning_rate=0.01):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for units, activation in ((300, "relu"), (100, "relu"), (10, "softmax")):
        model.add(keras.layers.Dense(units, activation))
    rate = learning_rate if learning_rate in (0.01, 0.25) else 0.01
    model.compile(keras.optimizers.SGD(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
