"""Send an array that says it has a terabyte.

Must: 0 points
"""

def scale_pixels(images):
    send(["reply", ["gave", ["array", "<f4", [10**6, 10**6], b""], False, False]])
    return images
