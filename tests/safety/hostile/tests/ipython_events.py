"""Have IPython call a function before and after each cell.

Must: 0 points
"""

def leave(*args):
    raise SystemExit

for event in ("pre_execute", "pre_run_cell", "post_execute", "post_run_cell"):
    get_ipython().events.register(event, leave)
