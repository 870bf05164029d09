"""Raise the interrupt with which the grader stops what takes too long.

Must: 0 points
"""

def scale_pixels(images):
    raise KeyboardInterrupt
