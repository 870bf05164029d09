"""Leave a thread running that watches the training.

Must: full points
"""

import threading
import time


def watch():
    while True:
        time.sleep(0.2)


threading.Thread(target=watch, daemon=True).start()
