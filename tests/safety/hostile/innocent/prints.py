"""Print a lot, on both streams.

Must: full points
"""

import sys

def scale_pixels(images):
    print("images", images, file=sys.stderr)
    for step in range(500):
        print("step", step)
    return (images / 255).astype("float32")
