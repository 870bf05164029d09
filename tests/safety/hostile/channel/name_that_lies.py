"""Return a tensor-like thing whose array is made up when it is asked for.

Must: 0 points
"""

import numpy as np


class Lazy:
    def __init__(self, images):
        self.images = images

    def __array__(self, dtype=None, copy=None):
        return np.zeros(self.images.shape, "float32")


def scale_pixels(images):
    return Lazy(images)
