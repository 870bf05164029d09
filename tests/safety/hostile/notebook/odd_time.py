"""Say that it was handed in at a time that is none.

Must: full points
"""

import nbformat


def hand_in(notebook, path):
    nbformat.write(notebook, path)
    (path.parent / "timestamp.txt").write_text("the day before yesterday\0")
