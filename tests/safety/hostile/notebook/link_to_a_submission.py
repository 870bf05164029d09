"""Hand in a link to somebody else's notebook.

Must: for a person
"""


def hand_in(_, path):
    name = path.name
    path.symlink_to(f"../../honest-honest/{path.parent.name}/{name}")
