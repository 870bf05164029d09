"""Hand in a notebook in the format of ten years ago, without names of cells.

Must: full points
"""

import nbformat


def hand_in(notebook, path):
    notebook.nbformat_minor = 2
    for cell in notebook.cells:
        cell.pop("id", None)
    path.write_text(nbformat.writes(notebook))
