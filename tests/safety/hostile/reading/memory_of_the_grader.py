"""Read the memory of the process that started this one.

Must: refused
"""

import os

print("it worked", open(f"/proc/{os.getppid()}/mem", "rb").read(1))
