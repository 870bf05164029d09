"""Hand in an empty file.

Must: for a person
"""


def hand_in(_, path):
    path.write_bytes(b"")
