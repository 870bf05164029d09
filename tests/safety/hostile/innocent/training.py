"""Train a small network, with a callback and a validation set.

Must: full points
"""

import keras
import numpy as np

class Printer(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        print(epoch, logs)

model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3, "relu"), keras.layers.Dense(1)])
model.compile("adam", "mse", metrics=["mae"])
x = np.random.rand(32, 2)
model.fit(x, x.sum(axis=1), epochs=2, validation_split=0.25, callbacks=[Printer()])
model.save("model.keras")
keras.models.load_model("model.keras").summary()
