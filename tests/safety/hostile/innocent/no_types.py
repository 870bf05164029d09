"""Delete what is not needed any more, collect the garbage.

Must: full points
"""

import gc

x = [1]
del x
gc.collect()
%reset_selective -f nothing
