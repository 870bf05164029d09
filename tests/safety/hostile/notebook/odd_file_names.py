"""Put files with every kind of name beside the notebook.

Must: full points
"""

import os

import nbformat


def hand_in(notebook, path):
    nbformat.write(notebook, path)
    for name in (b"a b", b"-rf", b"a\nb", b"\xff\xfe", b"$(touch x)", b"'\"", b"[a-z]*", b"%s{0}"):
        with open(os.fsencode(path.parent) + b"/" + name, "wb") as file:
            file.write(b"x")
