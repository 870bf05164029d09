"""Make the gradebook unreadable for everybody.

Must: full points
"""

import os

os.chmod(f"{COURSE}/course/gradebook.db", 0)
os.utime(f"{COURSE}/course/gradebook.db", (1, 1))
