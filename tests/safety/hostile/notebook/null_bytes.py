"""Hand in code with characters that are none.

Must: 0 points
"""

import json


def hand_in(notebook, path):
    for cell in notebook.cells:
        cell.source += "\n# \0\x1b[2J\u202e"
    path.write_text(json.dumps(notebook))
