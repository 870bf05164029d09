"""Replace a function of NumPy while one's own code runs.

Must: full points
"""

from unittest import mock

import numpy as np

with mock.patch("numpy.random.rand", return_value=0.5):
    print(np.random.rand())
