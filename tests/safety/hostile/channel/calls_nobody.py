"""Have the judge call functions that there are none of.

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
    for number in (-1, 0, 1, 2**40, "x", None):
        send(["call", [number, ["list", []], ["dict", [], []]]])
    return images
