"""Make a device, through which root would reach the disk.

Must: refused
"""

import os
import stat

os.mknod("disk", 0o600 | stat.S_IFBLK, os.makedev(8, 0))
print("it worked")
