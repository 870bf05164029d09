"""Look for objects that are kept too long.

Must: full points
"""

import gc
import weakref


class Thing:
    pass


thing = Thing()
print(len(gc.get_objects()) > 100, len(gc.get_referrers(thing)), weakref.getweakrefcount(thing))
gc.collect()
gc.disable()
