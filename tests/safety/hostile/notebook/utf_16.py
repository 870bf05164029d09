"""Hand in the notebook in another encoding.

Must: for a person
"""

import nbformat


def hand_in(notebook, path):
    path.write_text(nbformat.writes(notebook), encoding="utf-16")
