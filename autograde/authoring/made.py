"""What the commands made in the course folder, and whether anybody has changed it since.

Only what is still as it was made may be removed; everything else may be somebody's work.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from autograde.course import Course


def remember(course: Course, *places: Path) -> None:
    """Remember these files, and all those in these folders, as they are now."""
    there = [path for place in places for path in _files(place) if path.is_file()]
    known = {
        name: digest
        for name, digest in _known(course).items()
        if not any((course.folder / name).is_relative_to(place) for place in places)
    }
    known |= {_name(course, path): _digest(path) for path in there}
    record = _record(course)
    record.parent.mkdir(parents=True, exist_ok=True)
    new = record.with_suffix(".new")
    new.write_text(json.dumps(known, indent=0))
    new.replace(record)


def changed(course: Course, *places: Path) -> list[Path]:
    """Files there that are not as a command made them, or that no command made."""
    known = _known(course)
    return [
        path
        for place in places
        for path in _files(place)
        if known.get(_name(course, path)) != _digest(path)
    ]


def remove(course: Course, *places: Path) -> None:
    """Remove files that are as they were made, and folders that are empty then."""
    stays = set(changed(course, *places))
    for place in places:
        for path in _files(place):
            if path not in stays:
                path.unlink()
        folders = [path for path in place.rglob("*") if path.is_dir() and not path.is_symlink()]
        for folder in sorted([*folders, place] if place.is_dir() else [], reverse=True):
            if not any(folder.iterdir()):
                folder.rmdir()


def _files(place: Path) -> list[Path]:
    """The file, or all in the folder that is no folder itself; links are not followed."""
    if place.is_dir() and not place.is_symlink():
        return sorted(p for p in place.rglob("*") if p.is_symlink() or not p.is_dir())
    return [place] if place.is_symlink() or place.exists() else []


def _digest(path: Path) -> str:
    """A hash of a file; of a link or a device none that anything was made with."""
    if path.is_symlink() or not path.is_file():
        return "no file"
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _name(course: Course, path: Path) -> str:
    return str(path.relative_to(course.folder))


def _record(course: Course) -> Path:
    return course.folder / ".build" / "made.json"


def _known(course: Course) -> dict[str, str]:
    record = _record(course)
    return json.loads(record.read_text()) if record.exists() else {}
