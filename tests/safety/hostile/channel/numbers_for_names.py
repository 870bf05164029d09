"""Send replies whose parts are of other types than they should be.

Must: 0 points
"""

def scale_pixels(images):
    for tree in (1, None, {"reply": 1}, [[]], ["reply"], ["reply", 1, 2], ["reply", ["gave", ["array", 1, 2, 3], 4, 5]]):
        send(tree)
    return images
