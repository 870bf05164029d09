"""Read from the connection what the judge asks, so that it waits for ever.

Must: 0 points
"""

import os
import threading


def read():
    while True:
        for descriptor in range(3, 40):
            try:
                os.read(descriptor, 1)
            except OSError:
                pass


threading.Thread(target=read, daemon=True).start()
