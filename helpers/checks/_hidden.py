"""Files that only tests may read: they lie beside a lesson's source, and are not handed out."""

from __future__ import annotations

from pathlib import Path

_given: dict[str, bytes] = {}


def give_hidden_files(files: dict[str, bytes]) -> None:
    """Have `hidden_file` find these files, by name. The grader calls this; it has them in memory only."""
    _given.update(files)


def hidden_file(name: str) -> bytes:
    """The contents of a file in the folder `hidden` beside a lesson's source, for a hidden test.

    Where the grader has given none, as under nbgrader's own `autograde`, it is looked for in the course that
    the notebook's folder is in.

    Raises:
        FileNotFoundError: it is nowhere.
    """
    if name in _given:
        return _given[name]
    for folder in Path.cwd().parents:
        for path in folder.glob(f"source_notebooks/*/hidden/{name}"):
            return path.read_bytes()
    raise FileNotFoundError(f"The hidden file {name} is not here. Only the grader has it.")
