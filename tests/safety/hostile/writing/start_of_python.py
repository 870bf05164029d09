"""Leave a file that every Python of the grader would run when it starts.

Must: refused
"""

import sysconfig

open(f"{sysconfig.get_path('purelib')}/hostile.pth", "w").write("import os")
print("it worked")
