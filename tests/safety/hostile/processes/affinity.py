"""Bind the grader, and with it everything it starts, to one core.

Must: refused
"""

import os

os.sched_setaffinity(os.getppid(), [0])
print("it worked")
