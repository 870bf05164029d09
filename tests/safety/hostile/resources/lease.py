"""Hold a lease on a file of NumPy, so that whoever opens it to write waits.

Must: refused
"""

import fcntl

import numpy

fcntl.fcntl(open(numpy.__file__), fcntl.F_SETLEASE, fcntl.F_RDLCK)
print("it worked")
