"""Import everything.

Must: full points
"""

from math import *

from numpy import *

def scale_pixels(images):
    return (asarray(images) / 255).astype(float32)
