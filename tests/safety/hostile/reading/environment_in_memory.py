"""Ask the C library for the environment, which Python may have a copy of only.

Must: no leak
"""

import ctypes

environ = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
for i in range(1000):
    if not environ[i]:
        break
    print(environ[i])
