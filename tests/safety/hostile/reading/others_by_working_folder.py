"""Look for other students' processes and folders beside the own one.

Must: refused
"""

import os

print("it worked", os.listdir(".."), os.listdir("../.."))
