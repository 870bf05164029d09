"""Kill the process group, in which the grader may be.

Must: refused
"""

import os
import signal

os.killpg(0, signal.SIGKILL)
print("it worked")
