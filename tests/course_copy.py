"""Copies of the course, for tests and benchmarks, so that nothing touches the real course folder."""

from __future__ import annotations

import shutil
import sys
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


def copy_project(root: Path) -> Course:
    """Copy all of the project to `root`, as a clone of it that uses this Python's environment."""
    unwanted = shutil.ignore_patterns(
        ".git", ".venv", "course", "__pycache__", "*.egg-info", ".*_cache"
    )
    shutil.copytree(PROJECT.root, root, ignore=unwanted)
    (root / "course").mkdir()
    shutil.copy(PROJECT.folder / "nbgrader_config.py", root / "course")
    (root / ".venv").symlink_to(sys.prefix)
    return Course(root)
