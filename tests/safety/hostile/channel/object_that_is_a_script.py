"""Send an object whose class has a script for a name.

Must: 0 points
"""

import os
import struct

import msgpack


def send(tree, length=None):
    frame = tree if isinstance(tree, bytes) else msgpack.packb(tree)
    head = struct.pack("!I", len(frame) if length is None else length)
    for descriptor in range(3, 40):
        try:
            os.write(descriptor, head + frame)
        except OSError:
            pass


def scale_pixels(images):
    send(["reply", ["gave", ["object", 0, ["a.<script>alert(1)</script>"], "<b>", "<img src=x onerror=alert(1)>", None], False, False]])
    return images
