"""Train in half precision.

Must: full points
"""

import keras

keras.mixed_precision.set_global_policy("mixed_float16")
