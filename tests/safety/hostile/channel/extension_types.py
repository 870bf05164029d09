"""Send what msgpack calls extensions, and timestamps.

Must: 0 points
"""

def scale_pixels(images):
    send(msgpack.packb(["reply", ["gave", msgpack.ExtType(5, b"x" * 1000), False, False]]))
    send(msgpack.packb(["reply", ["gave", msgpack.Timestamp(0), False, False]]))
    return images
