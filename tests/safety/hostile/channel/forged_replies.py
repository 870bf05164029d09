"""Send the judge a hundred replies that say that all is well.

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


for _ in range(100):
    send(["reply", ["gave", ["array", "<f4", [1, 3], struct.pack("<3f", 0, 0.2, 1)], False, False]])
