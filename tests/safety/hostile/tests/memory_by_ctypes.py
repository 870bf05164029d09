"""Change Python's own objects by their addresses.

Must: for a person
"""

import ctypes

ctypes.memset(id(1.5) + 16, 0, 8)
