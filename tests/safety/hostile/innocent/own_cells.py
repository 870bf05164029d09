"""Add cells, move cells, delete the lesson's own cells.

Must: full points
"""

import nbformat


def hand_in(notebook, path):
    graded = [cell for cell in notebook.cells if "nbgrader" in cell.metadata]
    own = [nbformat.v4.new_code_cell("x = 1"), nbformat.v4.new_markdown_cell("# Notes")]
    notebook.cells = own + graded
    nbformat.write(notebook, path)
