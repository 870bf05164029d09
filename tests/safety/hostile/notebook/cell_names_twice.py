"""Give all cells the same identifier, or one that is none.

Must: 0 points
"""

import json


def hand_in(notebook, path):
    for i, cell in enumerate(notebook.cells):
        cell["id"] = ("same", "../../x", "<script>", "")[i % 4]
    path.write_text(json.dumps(notebook))
