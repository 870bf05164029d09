"""Be asked before the program is interrupted.

Must: full points
"""

import signal

try:
    signal.signal(signal.SIGTERM, lambda *_: None)
except (OSError, ValueError) as error:
    print(error)
