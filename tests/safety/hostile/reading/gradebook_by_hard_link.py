"""Make a second name for the gradebook in the own folder.

Must: refused
"""

import os

os.link(f"{COURSE}/course/gradebook.db", "notes.db")
print("it worked", open("notes.db", "rb").read())
