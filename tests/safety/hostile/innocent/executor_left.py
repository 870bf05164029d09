"""Leave a pool of threads open.

Must: full points
"""

from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor(4)
print(list(pool.map(abs, [-1, 2])))
