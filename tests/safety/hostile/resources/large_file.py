"""Fill the disk with one file.

Must: full points
"""

with open("file", "wb") as file:
    while True:
        file.write(bytes(20 << 20))
