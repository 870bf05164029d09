"""Hand in text that cannot be written in any encoding.

Must: 0 points
"""

import json


def hand_in(notebook, path):
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("solution") or cell.cell_type == "markdown":
            cell.source += "\n# \ud800"
    path.write_text(json.dumps(notebook))
