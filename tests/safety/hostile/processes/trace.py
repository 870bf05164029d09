"""Attach to the parent as a debugger does.

Must: no leak
"""

import ctypes
import os

if ctypes.CDLL(None).ptrace(16, os.getppid(), 0, 0) == 0:  # PTRACE_ATTACH
    print("it worked")
