"""Make folders in folders in folders, too deep to be removed one by one.

Must: full points
"""

import os

for _ in range(3000):
    os.mkdir("folder")
    os.chdir("folder")
