"""Put a link whose target is no UTF-8 before one to the gradebook: the first may hide the second.

Must: full points
"""

import os

import nbformat


def hand_in(notebook, path):
    nbformat.write(notebook, path)
    os.symlink(b"\xff\xfe", os.fsencode(path.parent / "a"))
    (path.parent / "b.txt").symlink_to("../../../gradebook.db")
    (path.parent / "z").mkdir()
    (path.parent / "z" / "c.txt").symlink_to("../../../../gradebook.db")
