"""Limit the time of one's own training with an alarm.

Must: full points
"""

import signal

try:
    signal.alarm(1000)
    signal.alarm(0)
except OSError as error:
    print(error)
