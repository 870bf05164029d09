"""Use threads, and wait for them.

Must: full points
"""

import threading
from concurrent.futures import ThreadPoolExecutor

thread = threading.Thread(target=print, args=("hello",))
thread.start()
thread.join()
with ThreadPoolExecutor(2) as pool:
    print(list(pool.map(abs, [-1, 2])))
