"""Set a timer that sends signals for ever.

Must: refused
"""

import signal

signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
print("it worked")
