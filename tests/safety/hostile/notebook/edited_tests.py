"""Replace the tests' code by their points.

Must: 0 points
"""

import nbformat


def hand_in(notebook, path):
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata and cell.metadata.nbgrader.grade:
            cell.source = "1.0"
    nbformat.write(notebook, path)
