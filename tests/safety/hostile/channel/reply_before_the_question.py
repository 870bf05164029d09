"""Answer what has not been asked yet.

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


send(["reply", ["gave", True, False, False]])
