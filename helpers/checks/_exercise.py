"""The frame around all checks of one exercise."""

from __future__ import annotations

import contextlib
import inspect
import os
import re
import shutil
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

from ipykernel.iostream import OutStream

from helpers.checks._failure import CheckFailed
from helpers.checks._settings import usual_settings

_CHECKS_FOLDER = os.path.dirname(os.path.abspath(__file__))
_folders: list[Path] = []  # made by the checks that are running


class Points(float):
    """What an exercise that is marked in steps has earned, of how many.

    A test that returns this ends its cell with its own name: the value of a cell's last line is what
    nbgrader takes for points.
    """

    of: float

    def __new__(cls, points: float, of: float) -> Points:
        """Check that these are points: 0 to `of`."""
        if not 0 <= points <= of:
            raise ValueError(f"points: expected 0 to {of:g}, got {points:g}")
        self = super().__new__(cls, points)
        self.of = of
        return self


def exercise(test: Callable[[], Points | None]) -> Points | None:
    """Run the checks of an exercise at once, and turn every failure into a message.

    This decorates a function `test_NAME`, whose body holds the checks of the exercise NAME. In a
    function, because a test cell's own variables must not be in the way of the student's.

    While it runs nothing harmless can cost a mark: standard error, the file descriptor as well as
    Python's stream, goes to standard output (nbgrader gives no points to a test cell that wrote to
    standard error), warnings are not shown, and the libraries' settings are the usual ones whatever
    the notebook has set. After the last check one line says that all of them passed, or how many points
    were earned.

    Returns:
        what the test returns: nothing, or `Points` where the exercise is marked in steps.

    Raises:
        CheckFailed: a check failed, the exercise is not written yet, or its code raised an error.
    """
    name = test.__name__.removeprefix("test_")
    with _harmless_output(), warnings.catch_warnings(), usual_settings():
        warnings.simplefilter("ignore")
        try:
            earned = test()
        except (CheckFailed, KeyboardInterrupt):
            raise
        except BaseException as error:
            # Also SystemExit: an answer that leaves the program has not been checked to the end.
            test_cell = inspect.unwrap(test).__code__.co_filename
            raise CheckFailed(_explain(name, error, test_cell)) from error
        finally:
            while _folders:
                shutil.rmtree(_folders.pop(), ignore_errors=True)
    if not isinstance(earned, Points):
        print(f"{name}: all checks in this cell passed.")
        return None
    print(f"{name}: {earned:g} of {earned.of:g} points.")
    return earned


def new_folder() -> Path:
    """Make an empty folder for the files of an exercise's checks; `exercise` removes it at the end.

    Checks do not stand in a `with` block: what leaves a block can be swallowed at its end, by a context
    manager that an answer has changed.
    """
    _folders.append(Path(tempfile.mkdtemp(prefix="checks-")))
    return _folders[-1]


@contextlib.contextmanager
def _harmless_output() -> Iterator[None]:
    """Send standard error to standard output, for Python code and for TensorFlow's C++ alike."""
    sys.stderr.flush()
    with contextlib.ExitStack() as stack:
        if isinstance(sys.stderr, OutStream):
            # A log handler may have kept this very object, so that replacing it is not enough.
            kernels_own = sys.stderr
            kernels_own.name = "stdout"
            stack.callback(setattr, kernels_own, "name", "stderr")
            stack.callback(kernels_own.flush)
        stack.enter_context(contextlib.redirect_stderr(sys.stdout))
        with contextlib.suppress(OSError):  # no descriptors 1 and 2: nothing to send anywhere
            saved = os.dup(2)
            stack.callback(os.close, saved)
            os.dup2(1, 2)
            stack.callback(os.dup2, saved, 2)
        yield


def _explain(name: str, error: BaseException, test_cell: str) -> str:
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
    called = getattr(error, "called", name)
    place = _place_in_answer(error, test_cell)
    return f"{called} stopped with an error: {type(error).__name__}: {error}{place}"


def _says_nothing(error: BaseException) -> bool:
    """Whether an error has no text, as the one in a stub; Keras wraps it when it comes out of `call`."""
    text = re.sub(r"\x1b\[\d*m", "", str(error))
    wrapped = re.match(
        r"Exception encountered when calling .*?\n(.*?)Arguments received", text, re.S
    )
    return not (wrapped[1] if wrapped else text).strip()


def _place_in_answer(error: BaseException, test_cell: str) -> str:
    """Name the last line through which the error came that is neither a check's nor a library's."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        in_library = "site-packages" in frame.filename or frame.filename.startswith(sys.prefix)
        if frame.filename.startswith(_CHECKS_FOLDER) or frame.filename == test_cell or in_library:
            continue
        return f"\n  in {frame.name}, line {frame.lineno}: {frame.line}"
    return ""
