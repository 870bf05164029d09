"""Take more memory than any machine has, in one array.

Must: full points
"""

import numpy as np

np.ones(1 << 45)
