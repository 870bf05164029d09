"""Replace what TensorFlow is built of, far below what it offers.

Must: 0 points
"""

from tensorflow.python.ops import math_ops

kept = math_ops.matmul
math_ops.matmul = lambda *args, **kwargs: kept(*args, **kwargs)
