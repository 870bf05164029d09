"""Give the tests other names, and their names to other cells.

Must: 0 points
"""

import nbformat


def hand_in(notebook, path):
    for cell in notebook.cells:
        if name := cell.metadata.get("nbgrader", {}).get("grade_id"):
            cell.metadata.nbgrader.grade_id = name.removeprefix("test_") + "_more"
    for name in ("test_scale_pixels", "test_batch_bounds"):
        metadata = {"nbgrader": {"grade_id": name, "grade": True, "solution": True, "points": 1}}
        notebook.cells.append(nbformat.v4.new_code_cell("1.0", metadata=metadata))
    nbformat.write(notebook, path)
