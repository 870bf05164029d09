"""Send an array whose type is a program for the parser.

Must: 0 points
"""

def scale_pixels(images):
    send(["reply", ["gave", ["array", "(1000000,1000000)f4", [1], bytes(4)], False, False]])
    return images
