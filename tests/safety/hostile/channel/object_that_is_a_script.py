"""Send an object whose class has a script for a name.

Must: 0 points
"""

def scale_pixels(images):
    send(["reply", ["gave", ["object", 0, ["a.<script>alert(1)</script>"], "<b>", "<img src=x onerror=alert(1)>", None], False, False]])
    return images
