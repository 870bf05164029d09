"""Replace what TensorFlow is built of, far below what it offers.

Must: for a person
"""

from tensorflow.python.ops import math_ops

kept = math_ops.matmul
math_ops.matmul = lambda *args, **kwargs: kept(*args, **kwargs)
