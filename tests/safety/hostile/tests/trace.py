"""Trace the program, and leave each function that compares.

Must: 0 points
"""

import sys

def trace(frame, event, argument):
    frame.f_trace_opcodes = True
    return trace

sys.settrace(trace)
