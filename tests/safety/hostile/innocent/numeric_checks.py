"""Stop at the first NaN.

Must: full points
"""

import numpy as np
import tensorflow as tf

tf.debugging.enable_check_numerics()
np.seterr(all="raise")
