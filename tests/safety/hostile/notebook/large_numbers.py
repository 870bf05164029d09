"""Hand in numbers with millions of digits, of which none can be turned into an int quickly.

Must: for a person
"""


def hand_in(_, path):
    path.write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": ' + "9" * 5_000_000 + "}")
