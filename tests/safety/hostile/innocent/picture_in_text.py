"""Paste a picture into a text.

Must: full points
"""

import nbformat


def hand_in(notebook, path):
    cell = nbformat.v4.new_markdown_cell("My sketch: ![sketch](attachment:sketch.png) ![gone](attachment:gone.png)")
    cell["attachments"] = {"sketch.png": {"image/png": "iVBORw0KGgo="}}
    notebook.cells.append(cell)
    nbformat.write(notebook, path)
