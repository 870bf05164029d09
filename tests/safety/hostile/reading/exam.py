"""Look for the images by which the capstone is judged: by the helpers, and wherever they may lie.

Must: refused
"""

import os
from pathlib import Path

import helpers
from helpers import checks, data

NAME = "fashion_mnist_unseen.npz"
places = [COURSE, Path(helpers.__file__).parents[1], os.getcwd(), "/tmp", HOME, "/home", "/root"]
found = [Path(top, NAME) for place in places for top, _, names in os.walk(place) if NAME in names]
if hasattr(data, "load_unseen_fashion"):
    print("it worked", data.load_unseen_fashion())
for path in [*found, *Path(helpers.__file__).parents[1].glob(f"source_notebooks/*/hidden/{NAME}")]:
    print("it worked", path.read_bytes()[:100])
print("it worked", checks.hidden_file(NAME)[:100])
