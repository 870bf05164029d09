"""Right functions in place of the student's answers to other exercises, which may be wrong or missing."""

from __future__ import annotations

import contextlib
import functools
import inspect
from collections.abc import Callable
from typing import Any

from helpers.checks._answers import answers
from helpers.checks._exercise import Points, Test
from helpers.checks._session import in_session, session


def lending(**names: Any) -> Callable[[Test], Test]:
    """Run the checks of an exercise; where they fail, once more with these functions lent to the answer.

    This stands above the function `test_NAME`. An answer may call the student's answers
    to other exercises. If one of those is to blame, that must not cost this exercise, too. First comes the
    student's own work, since an answer may rely on how it is called there. What stands in the answer's own
    cell belongs to the answer, and stays.

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
                if in_session():
                    with session().lent(test.__name__.removeprefix("test_"), names) as any_lent:  # pyright: ignore[reportAttributeAccessIssue]
                        if not any_lent:
                            raise
                        return test()
                name = test.__name__.removeprefix("test_")  # pyright: ignore[reportAttributeAccessIssue]
                answer = None
                with contextlib.suppress(NameError):
                    answer = _function(getattr(answers, name))
                around = getattr(answer, "__globals__", {})
                lent = {n: f for n, f in names.items() if _cell(around.get(n)) != _cell(answer)}
                if not lent:
                    raise
                return _with(lent, around, test)

        return run

    return decorate


def _with(lent: dict[str, Any], around: dict[str, Any], test: Test) -> Points | None:
    own = {name: around[name] for name in lent if name in around}
    around.update(lent)
    try:
        return test()
    finally:
        for name in lent:
            del around[name]
        around.update(own)


def _function(answer: Any) -> Any:
    """The function that an answer is: taken out of what it is wrapped in, or a method of its class."""
    answer = inspect.unwrap(answer)
    answer = getattr(answer, "pyfunc", getattr(answer, "func", answer))  # np.vectorize, partial
    if isinstance(answer, type):
        return answer.__init__
    if not hasattr(answer, "__globals__") and callable(answer):
        return type(answer).__call__
    return answer


def _cell(function: Any) -> str | None:
    """The cell in which a function was defined, if it is one."""
    return getattr(getattr(function, "__code__", None), "co_filename", None)
