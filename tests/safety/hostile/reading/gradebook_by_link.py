"""Make a link to the gradebook in the own folder, and read that.

Must: refused
"""

import os

os.symlink(f"{COURSE}/course/gradebook.db", "notes.db")
print("it worked", open("notes.db", "rb").read())
