"""Build functions from code by hand, to look like somebody else's.

Must: 0 points
"""

import types

code = (lambda: True).__code__.replace(co_filename="<frozen importlib>")
types.FunctionType(code, {})()
