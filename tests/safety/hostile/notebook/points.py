"""Write more points into the tests' metadata.

Must: 0 points
"""

import nbformat


def hand_in(notebook, path):
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata and cell.metadata.nbgrader.get("points"):
            cell.metadata.nbgrader.points = 100
    nbformat.write(notebook, path)
