"""The frame around all checks of one exercise."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from IPython.core.getipython import get_ipython

from helpers.checks._candidate import Candidate, harmless_output
from helpers.checks._clinic import reference
from helpers.checks._failure import CheckFailed
from helpers.checks._session import Gone, Session, session

#: The file with a lesson's tests, beside its notebook.
TESTS = "tests.py"


class Points(float):
    """What an exercise that is marked in steps has earned, of how many.

    A test returns this, and so its cell ends in it: the value of a cell's last line is what nbgrader takes
    for points.
    """

    of: float

    def __new__(cls, points: float, of: float) -> Points:
        """Check that these are points: 0 to `of`."""
        if not 0 <= points <= of:
            raise ValueError(f"points: expected 0 to {of:g}, got {points:g}")
        self = super().__new__(cls, points)
        self.of = of
        return self


Test = Callable[[], Points | None]


def run(exercise: str) -> Points | None:
    """Check what the notebook has for an exercise: the one line of a graded cell.

    Its test, the function `test_EXERCISE`, stands in `tests.py` beside the notebook, which is read anew
    each time.

    Returns:
        nothing, or `Points` where the exercise is marked in steps.

    Raises:
        CheckFailed: a check failed, the exercise is not written yet, its code raised an error, or its test
            cannot be found.
    """
    names = sys._getframe(1).f_globals
    file = _tests_file()
    with harmless_output():  # of what the tests import
        tests = _read_tests(file)
    if f"test_{exercise}" not in tests:
        raise CheckFailed(f"{TESTS} has no test of {exercise}. Is it the one of this lesson?")
    beside = {name: getattr(found, "here", found) for name, found in tests.items()}
    candidate = Candidate(names, beside, str(file))
    return judge(tests[f"test_{exercise}"], Session(candidate.serve))


def _read_tests(path: Path) -> dict[str, Test]:
    """The functions that a file of tests defines, by name.

    Raises:
        CheckFailed: it cannot be read.
    """
    names: dict[str, Any] = {"__name__": "tests", "__file__": str(path)}
    try:
        exec(compile(path.read_bytes(), str(path), "exec"), names)
    except Exception as error:
        raise CheckFailed(
            f"{path} cannot be read ({type(error).__name__}: {error}). Put the one that was handed out "
            "with the lesson in its place."
        ) from error
    return names


def _tests_file() -> Path:
    """Where the tests of the running notebook are, which may have moved to another folder."""
    shell = get_ipython()
    started = Path(getattr(shell, "starting_dir", "."))
    for folder in (started, Path.cwd()):
        if (folder / TESTS).is_file():
            return (folder / TESTS).absolute()
    raise CheckFailed(
        f"{TESTS} is not in this notebook's folder, {started.absolute()}. It was handed out with the "
        "notebook: put the two side by side."
    )


def judge(test: Test, session: Session) -> Points | None:
    """Run the checks of an exercise, and turn every failure into a message.

    While it runs nothing harmless can cost a mark: see `Candidate`. After the last check one line says that
    all of them passed, or how many points were earned.

    Args:
        test: the function.
        session: with the side of the answers.

    Returns:
        what the test returns.

    Raises:
        CheckFailed: a check failed, the exercise is not written yet, or its code raised an error.
        Gone: the side of the answers cannot be asked any more.
    """
    name = test.__name__.removeprefix("test_")
    try:
        with session.test(name):
            earned = test()
    except (CheckFailed, KeyboardInterrupt, Gone):
        raise
    except BaseException as error:
        # Also SystemExit: an answer that leaves the program has not been checked to the end.
        raise CheckFailed(_explain(name, error)) from error
    if not isinstance(earned, Points):
        print(f"{name}: all checks passed.")
        return None
    print(f"{name}: {earned:g} of {earned.of:g} points.")
    return earned


def new_folder() -> Path:
    """Make an empty folder for the files of an exercise's checks, which is removed at their end.

    It is on the side of the answers: a `beside` function looks at what is in it.
    """
    return session().new_folder()


def _explain(name: str, error: BaseException) -> str:
    """Say in words what it means that the answer's code raised `error`."""
    if isinstance(error, NotImplementedError) and _says_nothing(error):
        return f"{name} is not written yet: replace `raise NotImplementedError()` with your code."
    if isinstance(error, NameError) and error.name == name:
        return (
            f"{name} is not defined. Run the cell above first. If that cell shows an error, mend it "
            "and run it again."
        )
    if isinstance(error, SystemExit):
        return f"{name} left the program (exit or quit was called) before it could be checked."
    called, place = getattr(error, "called", name), getattr(error, "place", "")
    explained = reference(str(error))
    return f"{called} stopped with an error: {type(error).__name__}: {error}{place}{explained}"


def _says_nothing(error: BaseException) -> bool:
    """Whether an error has no text, as the one in a stub; Keras wraps it when it comes out of `call`."""
    text = re.sub(r"\x1b\[\d*m", "", str(error))
    wrapped = re.match(
        r"Exception encountered when calling .*?\n(.*?)Arguments received", text, re.S
    )
    return not (wrapped[1] if wrapped else text).strip()
