"""Give memory back to the system.

Must: full points
"""

import ctypes

ctypes.CDLL("libc.so.6").malloc_trim(0)
