"""Replace what TensorFlow offers.

Must: 0 points
"""

import tensorflow as tf

tf.reduce_sum = tf.reduce_mean
