"""Look for open files that were left over when the process was forked.

Must: no leak
"""

import os

for descriptor in range(3, 256):
    try:
        os.lseek(descriptor, 0, 0)
        print("it worked", os.read(descriptor, 1 << 20))
    except OSError:
        pass
