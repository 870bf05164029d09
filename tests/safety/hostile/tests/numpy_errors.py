"""Have every floating-point error of NumPy call a function of one's own.

Must: 0 points
"""

import numpy as np

np.seterrcall(lambda *args: None)
np.seterr(all="call")
