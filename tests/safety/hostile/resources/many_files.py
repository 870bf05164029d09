"""Fill the disk with files that hold nothing.

Must: stopped
"""

n = 0
while True:
    n += 1
    open(f"file{n}", "w").close()
