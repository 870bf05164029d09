"""Compute on all cores for ever, in TensorFlow's own threads.

Must: stopped
"""

import tensorflow as tf

x = tf.random.normal((2000, 2000))
while True:
    x = tf.matmul(x, x)
