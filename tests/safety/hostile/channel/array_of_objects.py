"""Send an array of Python objects, which are addresses.

Must: 0 points
"""

def scale_pixels(images):
    send(["reply", ["gave", ["array", "|O", [1], bytes(8)], False, False]])
    return images
