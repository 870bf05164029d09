"""Python's parser, for several threads."""

from __future__ import annotations

import ast
import threading

_one_at_a_time = threading.Lock()


def parse(source: str) -> ast.Module:
    """Parse a program; as `ast.parse`, which fails in Python 3.11 where two threads are in it at once.

    Raises:
        SyntaxError, ValueError, RecursionError, MemoryError: it is no Python, or too much of it.
    """
    with _one_at_a_time:
        return ast.parse(source)
