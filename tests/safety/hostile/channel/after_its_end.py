"""Go on sending replies from a thread after the answer has failed.

Must: 0 points
"""

import threading
import time


def go_on():
    while True:
        send(["reply", ["gave", ["array", "<f4", [1, 3], struct.pack("<3f", 0, 0.2, 1)], False, False]])
        time.sleep(0.01)


def scale_pixels(images):
    threading.Thread(target=go_on, daemon=True).start()
    time.sleep(0.1)
    raise ValueError
