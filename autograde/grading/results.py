"""Results of jobs, kept by the job's key, so that nothing is computed twice."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from autograde.grading.execution import Result


class Results:
    """A folder with a file a result. Many processes may read and write it at once."""

    def __init__(self, folder: Path) -> None:
        """Keep results in this folder, which need not exist yet."""
        self._folder = folder

    def get(self, key: str) -> Result | None:
        """The result of the job with this key, if there is one that can be read."""
        with contextlib.suppress(FileNotFoundError, ValueError, KeyError, TypeError):
            return Result.from_json(self._path(key).read_text(encoding="utf-8"))
        return None

    def put(self, key: str, result: Result) -> None:
        """Keep a result: the whole of it, or nothing where this is interrupted."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(result.to_json())
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(temporary)
            raise

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"
