"""Send an array whose bytes are fewer than its shape says.

Must: 0 points
"""

def scale_pixels(images):
    send(["reply", ["gave", ["array", "<f4", [3, 1000], bytes(12)], False, False]])
    return images
