"""Hand in a file that holds no text.

Must: for a person
"""

import random


def hand_in(_, path):
    path.write_bytes(random.Random(0).randbytes(100_000))
