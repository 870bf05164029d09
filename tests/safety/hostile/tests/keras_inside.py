"""Replace what Keras is built of, far below what it offers.

Must: 0 points
"""

import keras.src.backend.tensorflow.numpy as inside

kept = inside.matmul
inside.matmul = lambda *args, **kwargs: kept(*args, **kwargs)
