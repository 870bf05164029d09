"""Allow deeper recursion.

Must: full points
"""

import sys

sys.setrecursionlimit(20_000)
