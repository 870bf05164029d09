"""Fill the disk, file by file.

Must: stopped
"""

n = 0
while True:
    n += 1
    with open(f"file{n}", "wb") as file:
        file.write(bytes(20 << 20))
