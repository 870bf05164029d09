"""Hand in a folder without the notebook.

Must: for a person
"""


def hand_in(_, path):
    path.with_name("another.ipynb").write_text("{}")
