"""Choose which signal the kernel sends to the owner of a file.

Must: refused
"""

import fcntl
import os

ready, _ = os.pipe()
fcntl.fcntl(ready, fcntl.F_SETSIG, 9)
print("it worked")
