"""Right functions in place of the student's answers to other exercises, which may be wrong or missing."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from helpers.checks._exercise import Points, Test
from helpers.checks._session import session


def lending(**names: Any) -> Callable[[Test], Test]:
    """Run the checks of an exercise; where they fail, once more with these functions lent to the answer.

    This stands above the function `test_NAME`. An answer may call the student's answers
    to other exercises. If one of those is to blame, that must not cost this exercise, too. First comes the
    student's own work, since an answer may rely on how it is called there. What stands in the answer's own
    cell belongs to the answer, and stays.

    Args:
        **names: what the answer to another exercise is called, and what it should do: a function that is
            marked `beside`, or of a library.

    Raises:
        Exception: what the second run raises.
    """

    def decorate(test: Test) -> Test:
        name = getattr(test, "__name__", "").removeprefix("test_")

        @functools.wraps(test)
        def run() -> Points | None:
            try:
                return test()
            except Exception:
                with session().lent(name, names) as any_lent:
                    if not any_lent:
                        raise
                    return test()

        return run

    return decorate
