"""Announce a report that never comes.

Must: 0 points
"""

import os
import time

for descriptor in range(3, 20):
    try:
        os.write(descriptor, b"\1\0\0\0{")
    except OSError:
        pass
time.sleep(86399)
