"""What a run of a command notes for whoever has to find out what happened: one file a run."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

#: Files that are kept, the newest.
MOST_FILES = 20

_logger = logging.getLogger("autograde")


class RunLog(logging.FileHandler):
    """The file of one run, which is there as soon as something was noted."""

    def __init__(self, path: Path) -> None:
        """Note everything from INFO on at this path."""
        super().__init__(path, delay=True, encoding="utf-8", errors="backslashreplace")
        self.path, self.is_worth_a_look = path, False
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        """Note it, and whether somebody should read it."""
        self.is_worth_a_look |= record.levelno >= logging.WARNING
        super().emit(record)


@contextlib.contextmanager
def run_log(folder: Path, command: str) -> Iterator[RunLog]:
    """Keep what is logged meanwhile in `folder/COMMAND-TIMESTAMP.log`; older files make room for it."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in sorted(folder.glob(f"{command}-*.log"))[: 1 - MOST_FILES]:
        old.unlink(missing_ok=True)
    handler = RunLog(folder / f"{command}-{datetime.now():%Y%m%d-%H%M%S-%f}.log")
    level, propagate = _logger.level, _logger.propagate
    _logger.setLevel(logging.INFO)
    _logger.propagate = False  # the terminal is for what the command itself says
    _logger.addHandler(handler)
    try:
        yield handler
    finally:
        _logger.removeHandler(handler)
        _logger.level, _logger.propagate = level, propagate
        handler.close()


def where() -> str:
    """Where to look: the file of this run, if it has one."""
    paths = [str(handler.path) for handler in _logger.handlers if isinstance(handler, RunLog)]
    return paths[0] if paths else "the log"
