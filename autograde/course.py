"""Where things are: the lessons' sources, and nbgrader's course folder built from them."""

from __future__ import annotations

import os
import shutil
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from traitlets.config.loader import Config, PyFileConfigLoader

if TYPE_CHECKING:
    from nbgrader.apps import NbGraderAPI


class CourseError(Exception):
    """Something an instructor can mend; the message says what, where and how."""


class ExerciseSpec(NamedTuple):
    """One line of the curriculum: an exercise as it must be."""

    signature: str
    points: float
    by_hand: bool = False  # a text that a person marks; everything else is code with a test cell
    steps: bool = False  # its test gives points in steps

    @property
    def name(self) -> str:
        """The exercise's name, which is also the `grade_id` of its solution cell."""
        return self.signature.partition("(")[0].removeprefix("class ")


class LessonSpec(NamedTuple):
    """What the curriculum says of a lesson."""

    title: str
    shows: list[str]  # what some code cell of the lesson must contain
    exercises: list[ExerciseSpec]
    time_limit: float | None = None  # seconds a graded cell may take, where not the usual limit


@dataclass(frozen=True)
class Course:
    """A course on disk: `source_notebooks/` with the lessons, `course/` with what nbgrader uses."""

    root: Path
    #: The gradebook as an SQLAlchemy URL, where it is not the one that the configuration names.
    database: str | None = None

    @property
    def sources(self) -> Path:
        """The folder in which lessons are written."""
        return self.root / "source_notebooks"

    @property
    def folder(self) -> Path:
        """nbgrader's own course folder."""
        return self.root / "course"

    @property
    def attempts(self) -> Path:
        """The folder of attempt banks."""
        return self.root / "attempts"

    @property
    def private(self) -> tuple[Path, ...]:
        """What no submission may read."""
        paths = [self.sources, self.attempts, self.folder]
        if self.database and self.database.startswith("sqlite:///"):
            paths.append(Path(self.database.removeprefix("sqlite:///")))
        return tuple(paths)

    def lessons(self) -> list[str]:
        """Names of all lessons, in order."""
        return sorted(path.parent.name for path in self.sources.glob("*/lesson.py"))

    def choose(self, names: list[str]) -> list[str]:
        """The lessons named, or all of them where none is.

        Raises:
            CourseError: there is no such lesson.
        """
        known = self.lessons()
        for name in names:
            if name not in known:
                raise CourseError(
                    f"There is no lesson {name!r}. The lessons are: {', '.join(known)}."
                )
        return names or known

    def source(self, lesson: str) -> Path:
        """The one file in which a lesson is written."""
        return self.sources / lesson / "lesson.py"

    def notebook(self, step: str, lesson: str, student: str = ".") -> Path:
        """A lesson's notebook at one of nbgrader's steps: source, release, submitted, autograded."""
        return self.folder / step / student / lesson / f"{lesson}.ipynb"

    def curriculum(self) -> dict[str, LessonSpec]:
        """What every lesson must be, from `curriculum.toml`."""
        with (self.sources / "curriculum.toml").open("rb") as file:
            lessons = tomllib.load(file)
        return {
            name: LessonSpec(
                lesson["title"],
                lesson["shows"],
                [
                    ExerciseSpec(
                        e.get("text") or e["signature"],
                        float(e["points"]),
                        "text" in e,
                        e.get("steps", False),
                    )
                    for e in lesson["exercises"]
                ],
                lesson.get("time_limit"),
            )
            for name, lesson in lessons.items()
        }

    def students(self, lesson: str) -> list[str]:
        """Names of those who have handed in a lesson, in order."""
        folders = (self.folder / "submitted").glob(f"*/{lesson}")
        return sorted(folder.parent.name for folder in folders)

    @property
    def gradebook_url(self) -> str:
        """Where nbgrader keeps the gradebook, as an SQLAlchemy URL."""
        return self.nbgrader().coursedir.db_url  # pyright: ignore[reportAttributeAccessIssue, reportOptionalMemberAccess]

    def nbgrader(self) -> NbGraderAPI:
        """nbgrader, configured by this course's `nbgrader_config.py`."""
        from nbgrader.apps import NbGraderAPI  # takes 2 s to import, so only when it is needed

        if shutil.which("alembic") is None:
            # nbgrader calls alembic by name, which finds nothing while the environment is not active.
            os.environ["PATH"] = os.pathsep.join(
                [str(Path(sys.executable).parent), os.environ["PATH"]]
            )
        loader = PyFileConfigLoader("nbgrader_config.py", path=str(self.folder))
        config: Config = loader.load_config()
        if self.database is not None:
            config.CourseDirectory.db_url = self.database
        return NbGraderAPI(config=config)
