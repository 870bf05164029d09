"""Calling a student's function as the checks do: on copies, with everything noted."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any, Self

import numpy as np

from helpers.checks._failure import CheckFailed
from helpers.checks._session import name_of, session
from helpers.checks._values import ATOL, RTOL, as_numbers, compare, shorten


class Call:
    """One call of an answer and what came of it. Made by `call`; every check returns the call itself."""

    def __init__(
        self, label: str, result: Any, error: BaseException | None, overflow: bool
    ) -> None:
        """Keep what came of a call."""
        self.label = label
        self._result = result
        self._error = error
        self._overflow = overflow

    @property
    def result(self) -> Any:
        """What the answer returned; its exception is raised here if it raised one."""
        if self._error is not None:
            raise self._error
        return self._result

    def equals(
        self,
        expected: Any,
        *,
        dtype: Any = None,
        rtol: float = RTOL,
        atol: float = ATOL,
        mistakes: Mapping[str, Any] | None = None,
    ) -> Self:
        """Check type, shape, dtype and values of the result; see `compare`."""
        compare(
            self.result, expected, self.label, dtype=dtype, rtol=rtol, atol=atol, mistakes=mistakes
        )
        return self

    def between(self, low: Any, high: Any, hint: str = "") -> Self:
        """Check that every element lies between `low` and `high`, both included."""
        array = as_numbers(self.result, self.label)
        low, high = np.broadcast_arrays(low, high)
        if low.shape and array.shape != low.shape:
            raise CheckFailed(
                f"{self.label} has the wrong shape: {array.shape}. Expected {low.shape}."
            )
        compare(array, np.clip(np.nan_to_num(array), low, high), self.label, mistakes={hint: array})
        return self

    def no_overflow(self, hint: str = "") -> Self:
        """Check that NumPy has warned of no overflow on the way."""
        if self._overflow:
            raise CheckFailed(
                f"{self.label} overflows on the way (NumPy warns: overflow encountered). {hint}".strip()
            )
        return self

    def raises(self, kind: type[Exception], reason: str) -> Self:
        """Check that the call was refused with an exception of this kind."""
        if isinstance(self._error, kind):
            return self
        if self._error is not None:
            if isinstance(self._error, (NotImplementedError, NameError)):
                raise self._error
            raise CheckFailed(
                f"{self.label} should raise {kind.__name__}, because {reason}. It raised "
                f"{type(self._error).__name__}: {self._error}"
            )
        raise CheckFailed(
            f"{self.label} should raise {kind.__name__}, because {reason}. It gave "
            f"{shorten(self._result)}."
        )


def call(function: Any, *args: Any, **kwargs: Any) -> Call:
    """Call an answer and note the result, the exception and any overflow warning.

    Args:
        function: the answer, or something else on its side.
        *args: passed on as copies, which must come back unchanged.
        **kwargs: the same.

    Raises:
        CheckFailed: the answer is no function, or changed its arguments in place.
    """
    words = [shorten(a) for a in args] + [f"{key}={shorten(a)}" for key, a in kwargs.items()]
    label = f"{name_of(function)}({', '.join(words)})"
    came = session().call(function, args, kwargs)
    if came.no_function:
        raise CheckFailed(f"A function was expected; there is a {came.no_function} instead.")
    if came.error is not None:
        with contextlib.suppress(AttributeError):
            came.error.called = label  # pyright: ignore[reportAttributeAccessIssue]  (for the message)
    if came.changed:
        raise CheckFailed(
            f"{label} changes its argument in place. The caller still needs it: work on a copy, or "
            "build a new array."
        )
    return Call(label, came.result, came.error, came.overflow)
