"""Put pages with scripts beside the notebook, and links to them into the texts.

Must: full points
"""

import nbformat

SCRIPT = "<script>window.__ran = 1; document.title = 'a script ran'</script>"
LINKS = (
    "[x](page.html)", "[x](/formgrader?path=/tmp)", "[x][r]\n\n[r]: page.html", "<http://localhost:8888/tree>",
    "http://localhost:8888/tree", "![x](/formgrader?path=/tmp)", "![x](http://localhost:8888/x.png)",
    "![x](data:image/svg+xml;base64,PHN2Zy8+)", "<a href=page.html>x</a>", "[x](data:text/html,x)",
    "[![a](attachment:a.png)](page.html)", "```mermaid\n<a href=page.html>x</a>\n```",
)


def hand_in(notebook, path):
    for link in LINKS:
        notebook.cells.append(nbformat.v4.new_markdown_cell(link))
        notebook.cells.append(nbformat.v4.new_raw_cell(link))
    nbformat.write(notebook, path)
    for name in ("page.html", "x.svg", "index.html", "custom.css", "nbgrader_config.py"):
        (path.parent / name).write_text(SCRIPT)
