"""Send a frame of 200 MB of empty lists, each of which is an object.

Must: 0 points
"""

def scale_pixels(images):
    send(b"\xdd\x0b\xeb\xc2\x00" + b"\x90" * 200_000_000)
    return images
