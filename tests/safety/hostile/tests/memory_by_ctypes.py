"""Change Python's own objects by their addresses.

Must: 0 points
"""

import ctypes

ctypes.memset(id(1.5) + 16, 0, 8)
