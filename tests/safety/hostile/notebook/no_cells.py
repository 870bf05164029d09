"""Hand in a notebook without its list of cells.

Must: for a person
"""


def hand_in(_, path):
    path.write_text('{"metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
