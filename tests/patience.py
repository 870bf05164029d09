"""Waiting for what must come: long enough for any machine, since only a failure takes all of it."""

from __future__ import annotations

import time
from collections.abc import Callable

#: Seconds.
PATIENCE = 300.0


def comes_true(condition: Callable[[], object]) -> bool:
    """Whether a condition is met before patience ends."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
