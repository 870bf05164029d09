"""Put scripts into the names of errors, threads and missing libraries, which come into comments.

Must: refused
"""

import nbformat

SCRIPT = "<img src=x onerror=\"window.__ran = 1; document.title='a script ran'\">[x](javascript:alert(1))"
CODE = f'''
import threading, time
threading.Thread(target=lambda: time.sleep(600), name={SCRIPT!r} + "[/red]", daemon=True).start()
raise type({SCRIPT!r}, (Exception,), {{}})({SCRIPT!r})
'''


def hand_in(notebook, path):
    notebook.cells.append(nbformat.v4.new_code_cell(CODE))
    notebook.cells.insert(1, nbformat.v4.new_code_cell(CODE))
    nbformat.write(notebook, path)
