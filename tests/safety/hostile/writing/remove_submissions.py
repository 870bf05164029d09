"""Remove what everybody has handed in.

Must: refused
"""

import shutil

shutil.rmtree(f"{COURSE}/course/submitted")
print("it worked")
