"""Have the kernel send a signal to the process it was forked from, when a pipe is written to.

Must: refused
"""

import fcntl
import os

ready, written = os.pipe()
fcntl.fcntl(ready, fcntl.F_SETOWN, os.getppid())
fcntl.fcntl(ready, fcntl.F_SETFL, os.O_ASYNC)
os.write(written, b"x")
print("it worked")
