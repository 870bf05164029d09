"""Start processes with Python's own library.

Must: refused
"""

import multiprocessing

multiprocessing.get_context("fork").Process(target=print).start()
print("it worked")
