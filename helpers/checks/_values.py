"""Comparing what an answer gave with what was expected, one stage after another."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from helpers.checks._failure import CheckFailed
from helpers.checks._session import kind

#: Loose enough for an answer computed in float32, tight enough for every mistake the lessons name.
RTOL, ATOL = 1e-5, 1e-6


def compare(
    actual: Any,
    expected: Any,
    label: str = "the result",
    *,
    dtype: Any = None,
    rtol: float = RTOL,
    atol: float = ATOL,
    mistakes: Mapping[str, Any] | None = None,
) -> None:
    """Check type, shape, dtype and values of `actual`, in this order.

    Args:
        actual: what the answer gave: a number, an array, a tensor, or a list of numbers.
        expected: the right value, anything `np.asarray` takes.
        label: what was computed, for the message: "sigmoid(0)".
        dtype: the exact dtype, or an abstract one such as `np.integer`; None takes any number type.
        rtol: relative tolerance, as in `np.isclose`.
        atol: absolute tolerance.
        mistakes: maps the explanation of a known misconception to the value it leads to.

    Raises:
        CheckFailed: with the first stage that is not right.
    """
    array = as_numbers(actual, label)
    expected = np.asarray(expected)
    if array.shape != expected.shape:
        raise CheckFailed(
            f"{label} has the wrong shape: {array.shape}. Expected {expected.shape}."
            + _mistake(array, mistakes, rtol, atol)
        )
    if dtype is not None and not _is_dtype(array.dtype, dtype):
        wanted = dtype.__name__ if isinstance(dtype, type) else np.dtype(dtype).name
        raise CheckFailed(
            f"{label} has the wrong dtype: {array.dtype}. Expected {wanted}."
            + _mistake(array, mistakes, rtol, atol)
        )
    right = np.isclose(array, expected, rtol=rtol, atol=atol, equal_nan=True)
    if not right.all():
        raise CheckFailed(
            f"{label} has the wrong value.\n"
            + _difference(array, expected, right)
            + _mistake(array, mistakes, rtol, atol)
        )


def shorten(value: Any) -> str:
    """Write an argument or a result in a few characters."""
    with contextlib.suppress(Exception):
        array = np.asarray(value)
        if array.dtype != object and array.ndim > 0:
            if array.size > 12:
                return f"<{array.dtype} array of shape {array.shape}>"
            return np.array2string(array, separator=", ", precision=6).replace("\n", "")
    text = getattr(value, "__name__", None) or repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def as_numbers(actual: Any, label: str) -> np.ndarray:
    """Read what an answer gave as an array of numbers; fail where it is none."""
    if actual is None:
        raise CheckFailed(f"{label} gave None. Does the function end with `return`?")
    try:
        array = np.asarray(actual)
    except Exception as error:
        raise CheckFailed(
            f"{label} gave a {kind(actual)}, which is no array of numbers: {error}"
        ) from error
    if array.dtype.kind not in "biufc":
        raise CheckFailed(f"{label} gave a {kind(actual)}; numbers were expected.")
    return array


def _is_dtype(actual: np.dtype, wanted: Any) -> bool:
    if isinstance(wanted, type) and issubclass(wanted, np.generic):
        return np.issubdtype(actual, wanted)
    return actual == np.dtype(wanted)


def _difference(actual: np.ndarray, expected: np.ndarray, right: np.ndarray) -> str:
    """Show both where they are small, otherwise the first element that differs."""
    if expected.size <= 12:
        return f"  yours:    {_digits(actual)}\n  expected: {_digits(expected)}"
    index = tuple(int(i) for i in np.argwhere(~right)[0])
    return (
        f"  {np.count_nonzero(~right)} of {expected.size} elements differ, the first at {list(index)}:\n"
        f"  yours:    {actual[index]!s}\n  expected: {expected[index]!s}"
    )


def _digits(array: np.ndarray) -> str:
    return np.array2string(array, separator=", ", precision=8, prefix="  expected: ")


def _mistake(
    actual: np.ndarray, mistakes: Mapping[str, Any] | None, rtol: float, atol: float
) -> str:
    """Name the misconception whose result this is, if it is one of those that are known."""
    for explanation, value in (mistakes or {}).items():
        value = np.asarray(value)
        if value.shape == actual.shape and np.allclose(
            actual, value, rtol=rtol, atol=atol, equal_nan=True
        ):
            return f"\n{explanation}"
    return ""
