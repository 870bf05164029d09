"""Hand in a folder that is called like the notebook.

Must: for a person
"""


def hand_in(_, path):
    path.mkdir()
