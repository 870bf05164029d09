"""Compile functions with TensorFlow, take gradients, read a dataset in parallel.

Must: full points
"""

import tensorflow as tf

@tf.function
def square(x):
    if tf.reduce_sum(x) > 0:
        x = x * 2
    for _ in tf.range(3):
        x = x + 1
    return x**2

with tf.GradientTape() as tape:
    x = tf.Variable([1.0, 2.0])
    y = square(x)
print(tape.gradient(y, x))
data = tf.data.Dataset.range(10).map(lambda i: i * 2, num_parallel_calls=tf.data.AUTOTUNE)
print(list(data.batch(3).prefetch(1).as_numpy_iterator()))
