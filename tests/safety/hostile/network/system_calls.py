"""Make the system call oneself, past every library.

Must: no leak
"""

import ctypes
import platform

call = {"x86_64": 41, "aarch64": 198}[platform.machine()]
number = ctypes.CDLL(None, use_errno=True).syscall(call, 2, 1, 0)
if number >= 0:
    print("it worked", number)
