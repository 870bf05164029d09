"""Trace the program, and leave each function that compares.

Must: for a person
"""

import sys

def trace(frame, event, argument):
    frame.f_trace_opcodes = True
    return trace

sys.settrace(trace)
