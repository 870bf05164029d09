"""Say that the cells come from a version of nbgrader that does not exist yet.

Must: 0 points
"""

import nbformat


def hand_in(notebook, path):
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader.schema_version = 99
    notebook.nbformat_minor = 99
    path.write_text(nbformat.writes(notebook))
