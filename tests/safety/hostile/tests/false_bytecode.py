"""Import bytecode that says that it is a part of Python itself.

Must: 0 points
"""

import importlib.util
import marshal
import sys

code = compile("import sys\nframe = sys._getframe()\n", "x" * 28, "exec")
data = marshal.dumps(code).replace(b"x" * 28, b"<frozen importlib._bootstra>")
with open("module_of_mine.pyc", "wb") as file:
    file.write(importlib.util.MAGIC_NUMBER + bytes(12) + data)
sys.path.insert(0, "")
import module_of_mine
