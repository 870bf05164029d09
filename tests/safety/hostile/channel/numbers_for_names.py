"""Send replies whose parts are of other types than they should be.

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
    for tree in (1, None, {"reply": 1}, [[]], ["reply"], ["reply", 1, 2], ["reply", ["gave", ["array", 1, 2, 3], 4, 5]]):
        send(tree)
    return images
