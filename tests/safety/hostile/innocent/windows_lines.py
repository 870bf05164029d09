"""Hand in a notebook with the line ends of Windows, in the file and in the cells.

Must: full points
"""

import nbformat


def hand_in(notebook, path):
    for cell in notebook.cells:
        cell.source = cell.source.replace("\n", "\r\n")
    path.write_text(nbformat.writes(notebook), newline="\r\n")
