"""Return an array that is another one each time it is looked at.

Must: 0 points
"""

import numpy as np


class Changing(np.ndarray):
    def tobytes(self, *args):
        return (np.asarray(self) / 255).astype("float32").tobytes()

    @property
    def dtype(self):
        return np.dtype("float32")


def scale_pixels(images):
    return images.view(Changing)
