"""Reach the library for memory by a name that is put together.

Must: for a person
"""

import importlib

library = importlib.import_module("cty" + "pes")
library.memset(id(1.5) + 16, 0, 8)
