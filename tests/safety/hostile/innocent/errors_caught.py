"""Catch errors, chain them, print their tracebacks.

Must: full points
"""

import sys
import traceback

try:
    try:
        1 / 0
    except ZeroDivisionError as error:
        raise ValueError("again") from error
except ValueError as error:
    traceback.print_exc()
    print(sys.exc_info()[0], "".join(traceback.format_exception(error)), error.__cause__)
