"""Put links and scripts into formulas, and into HTML that shows formulas.

Must: full points
"""

import nbformat

TEX = (
    r"$\href{javascript:document.title=1}{x}$ $$\require{html}\style{background:url(//x)}{x}$$ "
    r"$\csname href\endcsname{javascript:alert(1)}{x}$ &#36;&#92;href{javascript:alert(1)}{x}&#36;"
)


def hand_in(notebook, path):
    notebook.cells.append(nbformat.v4.new_markdown_cell(TEX))
    code = f"from IPython.display import HTML, Latex, Math, display\ndisplay(HTML({TEX!r}), Latex({TEX!r}), Math({TEX!r}))"
    notebook.cells.append(nbformat.v4.new_code_cell(code))
    nbformat.write(notebook, path)
