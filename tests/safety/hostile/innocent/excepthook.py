"""Print errors in one's own way.

Must: full points
"""

import sys

sys.excepthook = lambda kind, value, trace: print(kind.__name__, value)
get_ipython().set_custom_exc((ValueError,), lambda shell, kind, value, trace, tb_offset=None: print(value))
