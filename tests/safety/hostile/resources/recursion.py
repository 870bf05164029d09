"""Call oneself until the stack is full.

Must: 0 points
"""

import sys

sys.setrecursionlimit(1 << 30)

def scale_pixels(images):
    return scale_pixels(images)
