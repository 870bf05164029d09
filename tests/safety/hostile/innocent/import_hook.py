"""Say which modules are imported.

Must: full points
"""

import builtins

import_ = builtins.__import__
seen = []


def remember(name, *args, **kwargs):
    seen.append(name)
    return import_(name, *args, **kwargs)


builtins.__import__ = remember
