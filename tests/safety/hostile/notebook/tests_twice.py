"""Have every cell twice, the second time with nothing in it.

Must: 0 points
"""

import copy

import nbformat


def hand_in(notebook, path):
    twins = copy.deepcopy(notebook.cells)
    for cell in twins:
        cell.source = "1.0" if cell.cell_type == "code" else ""
    notebook.cells += twins
    nbformat.write(notebook, path)
