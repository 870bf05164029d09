"""Announce a frame of four gigabytes.

Must: 0 points
"""

def scale_pixels(images):
    send(b"x", length=2**32 - 1)
    return images
