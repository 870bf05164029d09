"""Read the environment with which the grader was started.

Must: refused
"""

import os

print("it worked", open(f"/proc/{os.getppid()}/environ").read())
