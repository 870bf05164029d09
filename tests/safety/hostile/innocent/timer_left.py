"""Leave a timer running.

Must: full points
"""

import threading

threading.Timer(3600, print).start()
