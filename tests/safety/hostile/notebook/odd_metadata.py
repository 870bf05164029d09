"""Fill the metadata with things of every wrong type.

Must: 0 points
"""

import nbformat


def hand_in(notebook, path):
    odd = [None, 1, "x", [], [[1]], {"grade_id": []}, {"grade_id": {"a": 1}}, {"grade_id": "\0"}]
    for i, cell in enumerate(notebook.cells):
        cell.metadata["nbgrader"] = odd[i % len(odd)]
    notebook.metadata["kernelspec"] = "x"
    path.write_text(nbformat.writes(notebook))
