"""Use a method that is called like a function of C.

Must: full points
"""

import tensorflow as tf

dataset = tf.data.Dataset.range(10).batch(2).prefetch(tf.data.AUTOTUNE)
print(len(list(dataset)))
