"""Where things are: the lessons' sources, and nbgrader's course folder built from them."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from nbgrader.apps import NbGraderAPI


#: The name of the file with a lesson's tests: all of them beside its source, those that students may see
#: beside its notebook.
TESTS = "tests.py"
#: The name of a folder beside a lesson's source that is not handed out.
HIDDEN = "hidden"
#: The folder below a lesson of its second notebook, which is not graded.
GOING_FURTHER = "going_further"


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
    next_link: str = ""  # Markdown to the lesson after this one, from the last one to the first


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
        """Names of all lessons, in order.

        Raises:
            CourseError: there is no course at this place, or no lesson in it.
        """
        self._require(self._curriculum, self._configuration)
        names = sorted(path.parent.name for path in self.sources.glob("*/lesson.py"))
        if not names:
            raise CourseError(f"There is no lesson: {self.sources} holds no NAME/lesson.py.")
        return names

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

    def going_further(self, lesson: str) -> Path:
        """The source of a lesson's second, ungraded notebook; not every lesson has one."""
        return self.sources / lesson / f"{GOING_FURTHER}.py"

    def tests(self, lesson: str) -> Path:
        """The file with a lesson's tests, hidden ones among them."""
        return self.sources / lesson / TESTS

    def hidden(self, lesson: str) -> Path:
        """The folder beside a lesson's source of what its tests need and nobody is handed."""
        return self.sources / lesson / HIDDEN

    def notebook(self, step: str, lesson: str, student: str = ".") -> Path:
        """A lesson's notebook at one of nbgrader's steps: source, release, submitted, autograded."""
        return self.folder / step / student / lesson / f"{lesson}.ipynb"

    def secret(self) -> bytes:
        """What the inputs of hidden tests follow from, drawn once for a course."""
        path = self.folder / ".secret"
        if not path.exists():
            with tempfile.NamedTemporaryFile(dir=self.folder) as file:
                file.write(secrets.token_bytes(32))
                file.flush()
                with contextlib.suppress(FileExistsError):  # somebody else was first
                    os.link(file.name, path)
        return path.read_bytes()

    @property
    def _curriculum(self) -> Path:
        return self.sources / "curriculum.toml"

    @property
    def _configuration(self) -> Path:
        return self.folder / "nbgrader_config.py"

    def _require(self, *files: Path) -> None:
        missing = [str(path.relative_to(self.root)) for path in files if not path.is_file()]
        if missing:
            raise CourseError(
                f"There is no course in {self.root}: it has no {' and no '.join(missing)}. Name the "
                "folder that holds source_notebooks/ and course/: autograde --root FOLDER COMMAND"
            )

    def curriculum(self) -> dict[str, LessonSpec]:
        """What every lesson must be, from `curriculum.toml`.

        Raises:
            CourseError: the file is not there, or is not what it should be.
        """
        self._require(self._curriculum)
        try:
            return self._read_curriculum()
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise CourseError(f"{self._curriculum} is no TOML: {error}") from error
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise CourseError(
                f"{self._curriculum}: a lesson or an exercise is not as it must be: "
                f"{type(error).__name__}: {error}"
            ) from error

    def _read_curriculum(self) -> dict[str, LessonSpec]:
        lessons = tomllib.loads(self._curriculum.read_text(encoding="utf-8"))
        names = list(lessons)
        after = dict(zip(names, [*names[1:], *names[:1]], strict=True))
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
                _link(after[name], lessons[after[name]]["title"]),
            )
            for name, lesson in lessons.items()
        }

    @property
    def gradebook_url(self) -> str:
        """Where nbgrader keeps the gradebook, as an SQLAlchemy URL."""
        return self.nbgrader().coursedir.db_url  # pyright: ignore[reportAttributeAccessIssue, reportOptionalMemberAccess]

    @property
    def timezone(self) -> str:
        """The zone of times of handing in that name none, as `Exchange.timezone` has it; UTC by default."""
        return self.nbgrader().config.Exchange.get("timezone", "UTC")

    def nbgrader(self, submitted: str = "submitted") -> NbGraderAPI:
        """nbgrader, configured by this course's `nbgrader_config.py`, with this folder of submissions.

        Raises:
            CourseError: there is no course at this place, or none that nbgrader can work in.
        """
        self._require(self._configuration)
        if "?" in str(self.folder):  # the end of a path in a database's address
            raise CourseError(
                f"The gradebook cannot be kept in {self.folder}, because of the question mark in its path. "
                "Give the folder another name."
            )
        # They take 2 s to import, so only when they are needed.
        from nbgrader.apps import NbGraderAPI
        from traitlets.config.loader import Config, PyFileConfigLoader

        loader = PyFileConfigLoader(str(self._configuration))
        config: Config = loader.load_config()
        if self.database is not None:
            config.CourseDirectory.db_url = self.database
        config.CourseDirectory.submitted_directory = submitted
        return NbGraderAPI(config=config)


def _link(lesson: str, title: str) -> str:
    """A link to another lesson's notebook, wherever the lessons' folders are."""
    return f"[{lesson[:2]} · {title}](../{lesson}/{lesson}.ipynb)"
