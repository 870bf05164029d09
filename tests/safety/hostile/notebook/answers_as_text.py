"""Turn the answers into text, in which the tests' names are cells.

Must: 0 points
"""

import nbformat


def hand_in(notebook, path):
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.cell_type, cell.source = "raw", "scale_pixels = print"
            cell.pop("outputs", None)
            cell.pop("execution_count", None)
    nbformat.write(notebook, path)
