"""Time the whole cell.

Must: full points
"""

get_ipython().run_cell_magic("time", "", "x = 1 + 1")
get_ipython().run_cell_magic("capture", "out", "print(1)")
