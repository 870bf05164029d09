"""Plain data go over as they are, and nothing that is sent can be anything else."""

from __future__ import annotations

import collections
import enum
from pathlib import Path

import numpy as np
import pytest

from helpers.checks._plain import DEEPEST, decode, encode


def refused(value):
    raise TypeError(f"no plain data: {value!r}")


def there_and_back(value):
    return decode(encode(value, refused), refused)


@pytest.mark.parametrize(
    "value",
    [
        None, True, 0, -1, 2**63, -(2**63), 2**200, -(2**200), 1.5, float("inf"), "text", "\ud800",
        b"bytes", 1 + 2j, [], [1, [2.0, "x"]], (), (1, (2,)), {1, 2}, frozenset({1}), {},
        {"a": [1], (1, 2): None}, range(3, 9, 2), Path("/a/b"),
    ],
)  # fmt: skip
def test_values_keep_their_types(value):
    back = there_and_back(value)
    assert back == value
    assert type(back) is type(value)


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6).reshape(2, 3), np.zeros((0, 4), "float32"), np.array(1.5), np.array([True]),
        np.array(["ab", "c"]), np.arange(6, dtype="float16")[::-2], np.array([1 + 2j]),
        np.asfortranarray(np.eye(3)), np.arange(3, dtype=">i4"),
    ],
    ids=str,
)  # fmt: skip
def test_arrays_keep_dtype_and_shape_and_can_be_written_to(array):
    back = there_and_back(array)
    assert (back.dtype, back.shape) == (array.dtype, array.shape)
    assert np.array_equal(back, array)
    assert back.flags.writeable


@pytest.mark.parametrize("scalar", [np.float32(0.1), np.int64(3), np.bool_(True), np.str_("text")])
def test_numpys_scalars_stay_scalars(scalar):
    back = there_and_back(scalar)
    assert (type(back), back) == (type(scalar), scalar)


def test_what_is_derived_from_a_plain_class_goes_over_as_that():
    class Color(enum.IntEnum):
        RED = 1

    point = collections.namedtuple("Point", "x y")(1, 2)
    assert there_and_back([Color.RED, point, collections.OrderedDict(a=1)]) == [1, (1, 2), {"a": 1}]


def test_nan_stays_nan():
    assert np.isnan(there_and_back(float("nan")))


@pytest.mark.parametrize(
    "value", [object(), len, np.array([None]), np.array([1], "M8[s]"), 1 << 10_000]
)
def test_everything_else_is_a_reference_or_refused(value):
    with pytest.raises((TypeError, ValueError)):
        there_and_back(value)


def test_what_holds_itself_is_refused():
    endless = []
    endless.append(endless)
    with pytest.raises(ValueError, match="nested too deeply"):
        encode(endless, refused)


def nested(depth):
    tree = ["list", []]
    for _ in range(depth):
        tree = ["list", [tree]]
    return tree


@pytest.mark.parametrize(
    "tree",
    [
        [], [1], ["list"], ["list", 3], ["list", [[]]], {"a": 1}, ["dict", [1], []],
        ["dict", [["list", []]], [1]], ["array", "<f8", [10**12], b""], ["array", "<f8", [-1], b""],
        ["array", "<f8", [2], bytes(8)], ["array", "<f8", [1.0], bytes(8)], ["array", "O", [1], bytes(8)],
        ["array", "<f8" * 1000, [1], bytes(8)], ["array", "V8", [1], bytes(8)],
        ["array", "M8[s]", [1], bytes(8)], ["array", "<f3", [1], bytes(3)], ["array", "<f8", [0] * 64, b""],
        ["array", "<U999999999", [1], b""], ["array", "<f8", [0, 10**30], b""],
        ["scalar", "<f8", [1], bytes(8)], ["int", "9" * 10_000], ["int", "x"], ["complex", 1, 2],
        ["range", 1, 2, 0], ["range", ["list", []], 1, 1], ["set", [["list", []]]], ["path", 3],
        ["array", [], [], []],
        nested(DEEPEST + 1), ["no such thing"],
    ],
    ids=range(31),
)  # fmt: skip
def test_a_tree_that_breaks_a_rule_is_no_value(tree):
    def resolve(name, parts):
        raise ValueError(f"unknown: {name}")

    with pytest.raises(ValueError, match=r".*"):
        decode(tree, resolve)
