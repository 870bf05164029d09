"""Right functions in place of the student's answers to other exercises, which may be wrong or missing."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

from helpers.checks._exercise import Points

Test = Callable[[], Points | None]


def lending(**names: Any) -> Callable[[Test], Test]:
    """Run the checks of an exercise; where they fail, once more with these functions lent to the answer.

    This stands between `exercise` and the function `test_NAME`. An answer may call the student's answers
    to other exercises. If one of those is to blame, that must not cost this exercise, too. First comes the
    student's own work, since an answer may rely on how it is called there.

    Args:
        **names: what the answer to another exercise is called, and what it should do.

    Raises:
        Exception: what the second run raises.
    """

    def decorate(test: Test) -> Test:
        @functools.wraps(test)
        def run() -> Points | None:
            try:
                return test()
            except Exception:
                name = test.__name__.removeprefix("test_")
                return _lent(test, _global_names(test.__globals__.get(name)), names)  # pyright: ignore

        return run

    return decorate


def _lent(test: Test, around: dict[str, Any], names: dict[str, Any]) -> Points | None:
    own = {name: around[name] for name in names if name in around}
    around.update(names)
    try:
        return test()
    finally:
        for name in names:
            del around[name]
        around.update(own)


def _global_names(answer: Any) -> dict[str, Any]:
    """The global names that an answer sees: a function, whatever it is wrapped in, a class or an object."""
    answer = inspect.unwrap(answer)
    answer = getattr(answer, "pyfunc", getattr(answer, "func", answer))  # np.vectorize, partial
    if isinstance(answer, type):
        answer = answer.__init__
    elif not hasattr(answer, "__globals__") and callable(answer):
        answer = type(answer).__call__
    return getattr(answer, "__globals__", {})
