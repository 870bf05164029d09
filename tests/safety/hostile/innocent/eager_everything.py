"""Run everything eagerly, to debug it.

Must: full points
"""

import tensorflow as tf

tf.config.run_functions_eagerly(True)
tf.data.experimental.enable_debug_mode()
