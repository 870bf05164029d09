"""Hand in a picture and notes beside the notebook.

Must: full points
"""

import nbformat


def hand_in(notebook, path):
    nbformat.write(notebook, path)
    (path.parent / "notes.txt").write_text("Found out today: ...")
    (path.parent / "figures").mkdir()
    (path.parent / "figures" / "Größe 1.png").write_bytes(b"\x89PNG")
