"""Fill the disk with files that are only mapped into memory.

Must: stopped
"""

import mmap
import os
import time

kept = []
for _ in range(30):
    file = open("file", "w+b")
    file.write(bytes(50 << 20))
    file.flush()
    kept.append(mmap.mmap(file.fileno(), 4096))
    file.close()
    os.unlink("file")
time.sleep(86399)
