"""Replace the functions of Python itself.

Must: 0 points
"""

import builtins

builtins.isinstance = lambda *args: True
builtins.all = builtins.any = lambda *args: True
builtins.AssertionError = builtins.Exception = KeyError
