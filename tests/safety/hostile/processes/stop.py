"""Stop, as with Ctrl-Z, instead of ending.

Must: stopped
"""

import os
import signal

os.kill(os.getpid(), signal.SIGSTOP)
