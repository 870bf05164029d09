"""Send frames without end, as fast as they are taken.

Must: 0 points
"""

def scale_pixels(images):
    while True:
        send(["call", [0, ["list", []], ["dict", [], []]]])
