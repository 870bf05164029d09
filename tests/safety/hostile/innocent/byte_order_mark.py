"""Hand in a notebook that an editor of Windows has saved: UTF-8 with a mark at its beginning.

Must: full points
"""

import nbformat


def hand_in(notebook, path):
    path.write_text(nbformat.writes(notebook), encoding="utf-8-sig")
