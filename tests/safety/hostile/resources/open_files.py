"""Open as many files as there can be.

Must: full points
"""

files = []
while True:
    files.append(open("/dev/null"))
