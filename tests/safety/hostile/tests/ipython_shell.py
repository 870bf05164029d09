"""Replace the parts of IPython that run cells and collect their outputs.

Must: 0 points
"""

shell = get_ipython()
shell.run_cell = shell.run_code = shell.showtraceback = lambda *args, **kwargs: None
shell.outputs = type("Outputs", (), {"list": [], "clear": print, "add": print, "write": print})()
