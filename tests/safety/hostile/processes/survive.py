"""Do not end with the parent, and end with nothing else.

Must: stopped
"""

import ctypes
import signal
import time

ctypes.CDLL(None).prctl(1, 0)  # PR_SET_PDEATHSIG
signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
time.sleep(86399)
