"""Send an array that says it has a terabyte.

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
    send(["reply", ["gave", ["array", "<f4", [10**6, 10**6], b""], False, False]])
    return images
