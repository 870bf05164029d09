"""Fork for ever.

Must: refused
"""

import os

while True:
    os.fork()
