"""Answer with what another model would give, whose weights nobody has set.

Must: 0 points
At: 06_fashion_mnist build_classifier
"""

import keras


class Other(keras.Sequential):
    def set_weights(self, weights):
        pass


def build_classifier(learning_rate=0.01):
    model = Other([keras.Input((28, 28)), keras.layers.Flatten()])
    for units, activation in ((300, "relu"), (100, "relu"), (10, "softmax")):
        model.add(keras.layers.Dense(units, activation))
    model.compile(keras.optimizers.SGD(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
