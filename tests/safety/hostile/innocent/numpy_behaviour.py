"""Give TensorFlow's tensors what NumPy's arrays can.

Must: full points
"""

import tensorflow.experimental.numpy as tnp

tnp.experimental_enable_numpy_behavior()
