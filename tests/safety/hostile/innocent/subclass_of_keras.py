"""Override the methods of Keras in subclasses, as lessons do.

Must: full points
"""

import keras

class Scale(keras.layers.Layer):
    def call(self, inputs):
        return inputs / 255

class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.scale = Scale()

    def call(self, inputs):
        return self.scale(inputs)

def scale_pixels(images):
    return keras.ops.convert_to_numpy(Net()(keras.ops.cast(images, "float32")))
