"""Leave the grader's session and process group.

Must: refused
"""

import os

os.setsid()
print("it worked")
