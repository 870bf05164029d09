"""Replace what TensorFlow offers.

Must: for a person
"""

import tensorflow as tf

tf.reduce_sum = tf.reduce_mean
