"""Delete the tests.

Must: 0 points
"""

import nbformat


def hand_in(notebook, path):
    notebook.cells = [c for c in notebook.cells if not c.metadata.get("nbgrader", {}).get("grade")]
    nbformat.write(notebook, path)
