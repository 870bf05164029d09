"""What is made from data and kept beside it: the tables "Then and now", and the error clinic."""

from __future__ import annotations

from pathlib import Path

from autograde.authoring import error_clinic, then_and_now
from autograde.course import Course


def write(course: Course) -> list[Path]:
    """Bring all tables and pages up to date; return the files that changed."""
    changed = outdated(course)
    for path, text in changed.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(changed)


def outdated(course: Course) -> dict[Path, str]:
    """The files that are not as they should be, and what should stand in them."""
    made = [*then_and_now.texts(course), *error_clinic.texts(course)]
    return {p: text for p, text in made if not p.exists() or p.read_text("utf-8") != text}
