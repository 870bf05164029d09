"""Use up the disk's inodes with folders.

Must: stopped
"""

import os
import time

for n in range(30_000):
    os.mkdir(f"folder{n}")
time.sleep(86399)
