"""Copies of the course, for tests and benchmarks, so that nothing touches the real course folder."""

from __future__ import annotations

import shutil
from pathlib import Path

from autograde.course import Course

PROJECT = Course(Path(__file__).resolve().parents[1])


def copy_course(root: Path) -> Course:
    """Copy what a course is built from to `root`."""
    shutil.copytree(PROJECT.sources, root / "source_notebooks")
    shutil.copytree(PROJECT.attempts, root / "attempts")
    (root / "course").mkdir()
    shutil.copy(PROJECT.folder / "nbgrader_config.py", root / "course")
    return Course(root)
