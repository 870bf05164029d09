"""Reach the library for memory by a name that is put together.

Must: 0 points
"""

import importlib

library = importlib.import_module("cty" + "pes")
library.memset(id(1.5) + 16, 0, 8)
