"""Hand in cells that are no cells.

Must: for a person
"""

import json


def hand_in(notebook, path):
    cells = [1, None, "x", {"cell_type": "code"}, {"cell_type": [], "source": 3, "metadata": 1}]
    path.write_text(json.dumps({**notebook, "cells": cells}))
