"""Compile code under the name of a file of Python itself, which the grader would believe.

Must: 0 points
"""

source = "import sys\nframe = sys._getframe()\n"
exec(compile(source, "<frozen importlib._bootstrap>", "exec"))
