"""Fail with an error whose name and text are scripts, sent by hand.

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
    send(["reply", ["raised", ["a.<img src=x onerror=alert(1)>", "builtins.ValueError"], "<script>window.__ran=1</script>", "<script>window.__ran=1</script>", ""]])
    return images
