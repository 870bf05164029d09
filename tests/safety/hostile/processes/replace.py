"""Become another program, which the grader knows nothing of.

Must: refused
"""

import os

os.execv("/bin/sleep", ["sleep", "86399"])
