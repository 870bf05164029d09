"""Checks: what the test cell of an exercise is written with.

A test cell reads like a specification::

    @checks.exercise
    def test_sigmoid():
        checks.call(sigmoid, 0).equals(0.5)
        checks.call(sigmoid, np.array([-1000.0, 1000.0])).no_overflow().equals([0, 1], rtol=0, atol=0)

Behaviour is judged, never style. Whatever NumPy can read as an array is taken as one, so a tensor is
as good as an array. Warnings, log lines, progress bars and prints cost nothing. The first check that
fails ends the cell with a `CheckFailed`, whose message says what was called, what came back, what was
expected, and, for a known misconception, which one it is.

Models are checked with `helpers.checks.models`.
"""

from helpers.checks._call import Call, call
from helpers.checks._exercise import Points, exercise, new_folder
from helpers.checks._failure import CheckFailed, require
from helpers.checks._hidden import give_hidden_files, hidden_file
from helpers.checks._lending import lending
from helpers.checks._values import compare

__all__ = [
    "Call",
    "CheckFailed",
    "Points",
    "call",
    "compare",
    "exercise",
    "give_hidden_files",
    "hidden_file",
    "lending",
    "new_folder",
    "require",
]
