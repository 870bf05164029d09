"""Leave a thread running that changes things while the tests run.

Must: 0 points
"""

import threading
import time

import numpy as np

def work():
    while True:
        kept, np.isclose = np.isclose, lambda *args, **kwargs: np.bool_(True)
        np.isclose = kept
        time.sleep(0)

threading.Thread(target=work, daemon=True).start()
