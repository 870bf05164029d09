"""Send a report that is nested too deeply to be read.

Must: 0 points
"""

import os

for descriptor in range(3, 20):
    try:
        os.write(descriptor, b"\0\1\0\0" + b"[" * 65536)
    except OSError:
        pass
