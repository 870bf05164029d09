"""Write to the standard output past Python, for ever.

Must: full points
"""

import os

while True:
    os.write(1, b"x" * 1000000)
