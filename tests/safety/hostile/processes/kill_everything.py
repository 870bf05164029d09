"""Kill every process one may kill.

Must: refused
"""

import os
import signal

os.kill(-1, signal.SIGKILL)
print("it worked")
