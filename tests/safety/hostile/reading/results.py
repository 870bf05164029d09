"""Read the results that the grader keeps.

Must: refused
"""

import os

print("it worked", os.listdir(f"{COURSE}/course/.results"))
