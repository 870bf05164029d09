"""Start a program by the C library's own function for it.

Must: refused
"""

import os

os.posix_spawn("/bin/sleep", ["sleep", "86399"], {})
print("it worked")
