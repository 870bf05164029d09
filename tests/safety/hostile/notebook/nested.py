"""Hand in JSON that is nested deeper than a program can follow.

Must: for a person
"""


def hand_in(_, path):
    path.write_text('{"cells": ' + "[" * 100_000 + "]" * 100_000 + "}")
