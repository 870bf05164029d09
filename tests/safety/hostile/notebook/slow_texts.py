"""Hand in texts that take Markdown's parser with the square of their length, or more.

Must: full points
"""

import nbformat


def hand_in(notebook, path):
    for part in ("&amp;", "[", "![", "*a_", "`", "<", "> ", "- ", "$", "\\begin{a}", "|a", "&#38;", " "):
        text = part * (50_000 // len(part))
        notebook.cells.append(nbformat.v4.new_markdown_cell(text))
    nbformat.write(notebook, path)
