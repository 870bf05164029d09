"""Kill the process from which this one was forked.

Must: refused
"""

import os
import signal

os.kill(os.getppid(), signal.SIGKILL)
print("it worked")
