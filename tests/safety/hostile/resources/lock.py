"""Lock a file that everybody reads.

Must: refused
"""

import fcntl

import numpy

fcntl.flock(open(numpy.__file__), fcntl.LOCK_EX)
print("it worked")
