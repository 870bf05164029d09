"""Print every line that runs in one's own function, with a trace function that stays.

Must: full points
"""

import sys


def trace(frame, event, argument):
    if frame.f_code.co_name == "mine":
        print(event, frame.f_lineno)
    return trace


def mine():
    return 1


sys.settrace(trace)
mine()
