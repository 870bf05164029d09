"""Make a file that cannot be changed or removed.

Must: refused
"""

import fcntl
import struct

with open("file", "w") as file:
    fcntl.ioctl(file, 0x40086602, struct.pack("l", 0x10))  # FS_IOC_SETFLAGS, immutable
print("it worked")
