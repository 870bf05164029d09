"""Announce a report that is never sent.

Must: 0 points
"""

import os

for descriptor in range(3, 30):
    try:
        os.write(descriptor, b"\x00\x01\x00\x00")
    except OSError:
        pass
