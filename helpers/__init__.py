"""What a lesson needs besides Keras: data, plots, widgets and checks.

Importing this package loads no TensorFlow. It sets two of TensorFlow's environment variables,
which has to happen before TensorFlow is first imported; a value set by the user wins.

* The log level: notes about the processor would appear in red under the first cell of every lesson.
  Errors are still shown.
* oneDNN's kernels are off: with them the rounding differs between processors, and TensorFlow says so
  at every start. Networks of dense layers train as fast without them.

And it keeps TensorFlow's remarks on retracing quiet. They are meant for functions that are traced again
and again by mistake; `predict` of several small models in a row, as in a comparison, sets them off, too.
"""

import logging
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
logging.getLogger("tensorflow").addFilter(
    lambda record: "triggered tf.function retracing" not in record.getMessage()
)
