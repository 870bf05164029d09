"""Give tensors a method that a tutorial uses.

Must: full points
"""

import tensorflow as tf

tf.Tensor.mean = lambda self: tf.reduce_mean(self)
print(tf.constant([1.0, 3.0]).mean())
