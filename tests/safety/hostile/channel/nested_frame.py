"""Send lists within lists, a million of them.

Must: 0 points
"""

def scale_pixels(images):
    send(b"\x91" * 1_000_000 + b"\x90")
    return images
