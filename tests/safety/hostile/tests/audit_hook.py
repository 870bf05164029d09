"""Listen to the interpreter as the grader does.

Must: for a person
"""

import sys

sys.addaudithook(lambda event, arguments: None)
