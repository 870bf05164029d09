"""Slow the grader down.

Must: refused
"""

import os

os.setpriority(os.PRIO_PROCESS, os.getppid(), 19)
print("it worked")
