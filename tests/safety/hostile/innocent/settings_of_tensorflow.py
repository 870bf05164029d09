"""Change how TensorFlow and Keras work, where they offer it.

Must: full points
"""

import keras
import tensorflow as tf

keras.config.disable_traceback_filtering()
keras.config.disable_interactive_logging()
keras.config.set_floatx("float32")
keras.config.set_dtype_policy("float32")
keras.config.enable_unsafe_deserialization()
keras.saving.get_custom_objects()["Mine"] = dict
tf.config.run_functions_eagerly(True)
tf.config.run_functions_eagerly(False)
tf.get_logger().setLevel("ERROR")
tf.random.set_seed(3)
tf.autograph.set_verbosity(0)
tf.experimental.numpy.experimental_enable_numpy_behavior()

@keras.saving.register_keras_serializable()
class Mine(keras.layers.Dense):
    pass

@tf.custom_gradient
def clipped(x):
    return x, lambda upstream: tf.clip_by_norm(upstream, 0.5)

print(clipped(tf.ones(3)))
