"""Make it look as if somebody had interrupted the test.

Must: 0 points
"""

def scale_pixels(images):
    raise KeyboardInterrupt
