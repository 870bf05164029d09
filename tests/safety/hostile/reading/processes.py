"""List the processes of the machine.

Must: refused
"""

import os

print("it worked", os.listdir("/proc"))
