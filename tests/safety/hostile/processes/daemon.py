"""Leave a process behind that has nothing to do with its parents any more.

Must: refused
"""

import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(86399)
print("it worked")
