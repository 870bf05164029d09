"""Keep all cores busy with many threads, so that nobody else gets on.

Must: 0 points
"""

import hashlib
import threading

DATA = bytes(10**7)


def spin():
    while True:
        hashlib.sha256(DATA)


for _ in range(48):
    threading.Thread(target=spin, daemon=True).start()
spin()
