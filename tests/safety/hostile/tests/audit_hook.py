"""Listen to the interpreter as the grader does.

Must: 0 points
"""

import sys

sys.addaudithook(lambda event, arguments: None)
