"""Send a frame a byte at a time, and never all of it.

Must: stopped
"""

import time


def scale_pixels(images):
    send(b"", length=1000)
    while True:
        for descriptor in range(3, 40):
            try:
                os.write(descriptor, b"\x90")
            except OSError:
                pass
        time.sleep(0.1)
