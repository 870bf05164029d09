"""Start a program.

Must: refused
"""

import subprocess

subprocess.Popen(["sleep", "86399"])
print("it worked")
