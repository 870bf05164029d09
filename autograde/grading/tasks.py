"""The process in which tasks are done: what it imports once, and how it starts; see `limited`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from autograde.forkserver import server
from autograde.grading import feedback, outputs, pages, reading  # noqa: F401  (what tasks need)
from autograde.grading.limited import run


def prepare() -> Callable[[dict[str, Any], list[int]], None]:
    """Use once what tasks need, so that no task has to; return what does a task."""
    outputs.warm_up()
    pages.warm_up()
    return run


if __name__ == "__main__":
    if len(sys.argv) > 2:
        server.run_from_the_command_line(lambda: run)
    server.serve_from_the_command_line(prepare)
