"""Hand in JSON that is no notebook.

Must: for a person
"""


def hand_in(_, path):
    path.write_text("[1, 2, 3]")
