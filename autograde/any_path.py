"""Having nbgrader work in a folder whatever its path: with brackets, per cent signs or dollars in it."""

from __future__ import annotations

import glob
from pathlib import Path
from types import SimpleNamespace

import nbgrader.api
import nbgrader.apps.api
import nbgrader.converters.base
import nbgrader.utils
from alembic.script import ScriptDirectory
from nbgrader.dbutil import ALEMBIC_DIR


def allow_any_path(root: Path) -> None:
    """Mend, in this process, where nbgrader reads more into a course folder's path than a path."""

    # It looks for files with patterns that begin with the folder's path, as if that were a pattern, too.
    def find(pattern: str) -> list[str]:
        if pattern.startswith(str(root)):
            pattern = glob.escape(str(root)) + pattern.removeprefix(str(root))
        return glob.glob(pattern)

    for module in (nbgrader.converters.base, nbgrader.apps.api, nbgrader.utils):
        module.glob = SimpleNamespace(glob=find)  # pyright: ignore[reportAttributeAccessIssue]
    # For a new gradebook it runs a script, which must be found, with its own path in an INI file.
    nbgrader.api.get_alembic_version = lambda: ScriptDirectory(ALEMBIC_DIR).get_current_head()
