"""Start threads for ever.

Must: 0 points
"""

import threading
import time

while True:
    threading.Thread(target=time.sleep, args=(86399,), daemon=True).start()
