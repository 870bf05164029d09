"""Have TensorFlow, which brings its own network code, listen.

Must: refused
"""

import tensorflow as tf

tf.distribute.Server.create_local_server()
print("it worked")
