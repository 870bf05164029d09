"""Change the root folder, after which other paths are allowed.

Must: refused
"""

import os

os.mkdir("root")
os.chroot("root")
print("it worked")
