"""Make a folder that not even its owner may open, so that it cannot be removed.

Must: full points
"""

import os

os.mkdir("locked")
open("locked/file", "w").close()
os.mkdir("locked/closed", 0)
