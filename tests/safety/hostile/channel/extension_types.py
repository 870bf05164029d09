"""Send what msgpack calls extensions, and timestamps.

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
    send(msgpack.packb(["reply", ["gave", msgpack.ExtType(5, b"x" * 1000), False, False]]))
    send(msgpack.packb(["reply", ["gave", msgpack.Timestamp(0), False, False]]))
    return images
