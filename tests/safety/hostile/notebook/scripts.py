"""Put scripts into everything that is shown: text, errors, outputs, attachments, names.

Must: 0 points
"""

import nbformat

SCRIPT = "<script>document.title = 'a script ran'</script><img src=x onerror=\"document.title='a script ran'\">"


def hand_in(notebook, path):
    code = f"from IPython.display import HTML, display\ndisplay(HTML({SCRIPT!r}))\nraise ValueError({SCRIPT!r})"
    notebook.cells.append(nbformat.v4.new_code_cell(code))
    cell = nbformat.v4.new_markdown_cell(f"{SCRIPT} [x](javascript:alert(1)) ![a](attachment:../../x)")
    cell["attachments"] = {"../../x": {"image/svg+xml": SCRIPT}}
    notebook.cells.append(cell)
    notebook.metadata["title"] = f"</title>{SCRIPT}"
    nbformat.write(notebook, path)
