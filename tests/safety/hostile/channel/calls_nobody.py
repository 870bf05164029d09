"""Have the judge call functions that there are none of.

Must: 0 points
"""

def scale_pixels(images):
    for number in (-1, 0, 1, 2**40, "x", None):
        send(["call", [number, ["list", []], ["dict", [], []]]])
    return images
