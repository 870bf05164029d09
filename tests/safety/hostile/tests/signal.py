"""Have the system interrupt the test with code of one's own.

Must: refused
"""

import signal

signal.signal(signal.SIGALRM, print)
print("it worked")
