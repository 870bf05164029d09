"""Be slow, and right.

Must: full points
"""

import time

def scale_pixels(images):
    time.sleep(0.4)
    return (images / 255).astype("float32")
