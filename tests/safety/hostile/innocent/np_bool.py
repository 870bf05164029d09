"""Give NumPy back the names that old tutorials use.

Must: full points
"""

import numpy as np

np.bool = bool
np.float = float
np.int = int
