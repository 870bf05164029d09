"""Move the own folder elsewhere, out of the grader's sight.

Must: refused
"""

import os

os.rename(os.getcwd(), "/tmp/hostile-folder")
print("it worked")
