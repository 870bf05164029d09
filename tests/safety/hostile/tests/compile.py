"""Replace the functions that compile and run code.

Must: 0 points
"""

import builtins

builtins.compile = lambda *args, **kwargs: "0"
builtins.exec = builtins.eval = lambda *args, **kwargs: None
