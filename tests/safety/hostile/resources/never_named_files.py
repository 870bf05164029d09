"""Open a file that never had a name.

Must: refused
"""

import os

os.open(".", os.O_TMPFILE | os.O_RDWR)
print("it worked")
