"""Fill the disk with files that have no name any more.

Must: stopped
"""

import os
import time

kept = []
for _ in range(30):
    file = open("file", "wb")
    file.write(bytes(50 << 20))
    file.flush()
    os.unlink("file")
    kept.append(file)
time.sleep(86399)
