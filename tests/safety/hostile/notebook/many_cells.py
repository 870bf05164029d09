"""Hand in a hundred thousand cells.

Must: for a person
"""

import nbformat


def hand_in(notebook, path):
    notebook.cells += [nbformat.v4.new_code_cell("1") for _ in range(100_000)]
    path.write_text(nbformat.writes(notebook))
