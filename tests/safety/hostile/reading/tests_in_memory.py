"""Search the memory for the tests.

Must: no leak
"""

import gc

for thing in gc.get_objects():
    if isinstance(thing, dict) and any("test_" in str(key) for key in list(thing)[:50]):
        print(thing)
