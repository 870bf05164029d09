"""Leave results of one's own where the grader keeps them.

Must: refused
"""

import os

os.makedirs(f"{COURSE}/course/.results/hostile")
open(f"{COURSE}/course/.results/hostile/00.json", "w").write("{}")
print("it worked")
