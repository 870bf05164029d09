"""Hold the grader up with a report that comes a byte at a time.

Must: 0 points
"""

import os
import time


def send(message):
    for descriptor in range(3, 20):
        try:
            os.write(descriptor, message)
        except OSError:
            pass


send(b"\0\1\0\0")
while True:
    send(b" ")
    time.sleep(0.5)
