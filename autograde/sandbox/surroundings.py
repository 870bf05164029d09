"""What a process finds around it: folders of its own, and no more of the environment than it needs."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def settle(folder: Path) -> None:
    """Move into the folder, and say so to everything that asks where to put its files."""
    names = ("PATH", "LANG", "LC_ALL", "TZ", "TF_CPP_MIN_LOG_LEVEL", "TF_ENABLE_ONEDNN_OPTS")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    home, temporary, work = (folder / name for name in ("home", "tmp", "work"))
    for place in (home, temporary, work):
        place.mkdir(exist_ok=True)
    os.environ.clear()
    os.environ.update(
        kept,
        HOME=str(home),
        TMPDIR=str(temporary),
        MPLCONFIGDIR=str(home),
        MPLBACKEND="module://matplotlib_inline.backend_inline",
        NBGRADER_EXECUTION="autograde",
        JOBLIB_MULTIPROCESSING="0",  # no further processes: joblib then works in this one
    )
    tempfile.tempdir = None  # so that TMPDIR is read anew
    os.chdir(work)
