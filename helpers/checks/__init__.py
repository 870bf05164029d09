"""Checks: what the tests of exercises are written with, and run by.

The graded cell of an exercise is one line, `checks.run("sigmoid")`. Its test stands in the lesson's
`tests.py` and reads like a specification::

    def test_sigmoid():
        checks.call(answers.sigmoid, 0).equals(0.5)
        checks.call(answers.sigmoid, np.array([-1000.0, 1000.0])).no_overflow().equals([0, 1], atol=0)

Behaviour is judged, never style. Whatever NumPy can read as an array is taken as one, so a tensor is
as good as an array. Warnings, log lines, progress bars and prints cost nothing. The first check that
fails ends the cell with a `CheckFailed`, whose message says what was called, what came back, what was
expected, and, for a known misconception, which one it is.

Models are checked with `helpers.checks.models`.
"""

from helpers.checks._answers import answers
from helpers.checks._call import Call, call
from helpers.checks._candidate import Candidate
from helpers.checks._exercise import Points, judge, new_folder, run
from helpers.checks._failure import CheckFailed, require
from helpers.checks._hidden import give_hidden_files, hidden_file
from helpers.checks._lending import lending
from helpers.checks._session import Gone, Session, beside, fresh_rng, is_a, kind, value
from helpers.checks._unanswered import explain_unanswered
from helpers.checks._values import compare

__all__ = [
    "Call",
    "Candidate",
    "CheckFailed",
    "Gone",
    "Points",
    "Session",
    "answers",
    "beside",
    "call",
    "compare",
    "explain_unanswered",
    "fresh_rng",
    "give_hidden_files",
    "hidden_file",
    "is_a",
    "judge",
    "kind",
    "lending",
    "new_folder",
    "require",
    "run",
    "value",
]

explain_unanswered()
