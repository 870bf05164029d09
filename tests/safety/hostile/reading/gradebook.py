"""Read the gradebook.

Must: refused
"""

print("it worked", open(f"{COURSE}/course/gradebook.db", "rb").read())
