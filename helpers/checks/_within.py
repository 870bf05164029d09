"""Calling an answer in the same interpreter, for tests that are not written for two sides yet."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from helpers.checks._call import Call
from helpers.checks._failure import CheckFailed
from helpers.checks._values import shorten


def call(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Call:
    """Call an answer and note the result, the exception and any overflow warning.

    Args:
        function: the answer.
        *args: passed on as copies, which must come back unchanged.
        **kwargs: the same.

    Raises:
        CheckFailed: the answer is no function, or changed its arguments in place.
    """
    name = getattr(function, "__name__", type(function).__name__)
    if not callable(function):
        raise CheckFailed(f"A function was expected; there is a {type(function).__name__} instead.")
    words = [shorten(a) for a in args] + [f"{key}={shorten(a)}" for key, a in kwargs.items()]
    label = f"{name}({', '.join(words)})"
    given_args, given_kwargs = _copied(args), _copied(kwargs)
    result, error = None, None
    with warnings.catch_warnings(record=True) as noted, np.errstate(all="warn"):
        warnings.simplefilter("always")
        try:
            result = function(*given_args, **given_kwargs)
        except Exception as caught:
            error = caught
    if error is not None:
        with contextlib.suppress(AttributeError):
            error.called = label  # pyright: ignore[reportAttributeAccessIssue]  (for the message)
    if not _same((args, kwargs), (given_args, given_kwargs)):
        raise CheckFailed(
            f"{label} changes its argument in place. The caller still needs it: work on a copy, or "
            "build a new array."
        )
    overflow = any(
        issubclass(w.category, RuntimeWarning) and "overflow encountered" in str(w.message)
        for w in noted
    )
    return Call(label, result, error, overflow)


def _copied(value: Any) -> Any:
    """Copy arrays and the containers they come in; a model or a function stays the same object."""
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_copied(item) for item in value)
    return value.copy() if isinstance(value, np.ndarray) else value


def _same(before: Any, after: Any) -> bool:
    """Whether two nested arguments hold the same arrays, NaN included."""
    if isinstance(before, dict):
        return before.keys() == after.keys() and all(_same(before[k], after[k]) for k in before)
    if isinstance(before, (list, tuple)):
        return len(before) == len(after) and all(map(_same, before, after))
    if isinstance(before, np.ndarray):
        # The bytes: an array that was only reshaped or cast in place has changed, too.
        return (
            isinstance(after, np.ndarray)
            and (before.shape, before.dtype) == (after.shape, after.dtype)
            and before.tobytes() == after.tobytes()
        )
    return True
