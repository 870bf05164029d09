"""Undoing what the commands made in the course folder; whatever somebody may have worked on stays."""

from __future__ import annotations

import shutil

from autograde.authoring import demo, made
from autograde.course import Course
from autograde.grading.submissions import STAGED


def clean(course: Course) -> list[str]:
    """Remove the sample class and what was built; return what stays and why, a line each."""
    kept = demo.undo(course)
    for step in ("source", "release"):
        folder = course.folder / step
        kept += [
            f"{path}: it was not built, or was changed since"
            for path in made.changed(course, folder)
        ]
        made.remove(course, folder)
    shutil.rmtree(course.folder / STAGED, ignore_errors=True)  # copies of what lies in submitted/
    logs = course.folder / "logs"
    for log in logs.glob("*.log"):
        log.unlink()
    for step in ("logs", "submitted", "autograded", "feedback"):
        folder = course.folder / step
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    if logs.exists():
        kept.append(f"{logs}: not all in it are logs")
    if (submitted := course.folder / "submitted").exists():
        kept.append(f"{submitted}: what students have handed in, and what was made of it")
    else:
        shutil.rmtree(course.folder / ".results", ignore_errors=True)  # only saves time
    if (student := course.folder / "student").exists():
        kept.append(f"{student}: a student's own copies of the lessons")
    if not kept:
        shutil.rmtree(course.folder / ".build", ignore_errors=True)
    return kept
