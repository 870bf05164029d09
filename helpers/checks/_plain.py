"""Plain data: what goes from the side of the checks to the side of the answers, and back.

Numbers, texts, arrays, and lists, tuples, sets and dictionaries of them go over by value. They become
trees of nothing but None, booleans, integers, floats, texts, bytes and lists, each list with the name of
what it stands for in front. Everything else goes over as a reference, which each side makes in its own way.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from pathlib import Path, PurePath
from typing import Any

import numpy as np

Tree = Any

#: Containers one within another, and values in all of them.
DEEPEST, MOST_VALUES = 60, 2_000_000
#: Bits of an integer that goes over.
LONGEST_INTEGER = 4096

_DTYPE = re.compile(r"[<>|=]?([biufc](1|2|4|8|16)|[US]\d{1,4})")
_COLLECTIONS: dict[str, type] = {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}


def encode(value: Any, refer: Callable[[Any], Tree]) -> Tree:
    """The tree for a value.

    Args:
        value: anything.
        refer: gives the tree for what is no plain data.

    Raises:
        ValueError: it is nested too deeply (within itself, perhaps), or holds too much.
    """
    return _Encoder(refer).encode(value, 0)


class _Encoder:
    def __init__(self, refer: Callable[[Any], Tree]) -> None:
        self._refer, self._room = refer, MOST_VALUES

    def encode(self, value: Any, depth: int) -> Tree:
        self._room -= 1
        if depth > DEEPEST or self._room < 0:
            raise ValueError("it is nested too deeply" if depth > DEEPEST else "it holds too much")
        if value is None or type(value) in (bool, float, str, bytes):
            return value
        if _is_more(type(value)):
            return self._refer(value)
        match value:
            case np.generic() | np.ndarray():
                return self._array(value)
            case float():  # this and the next ones are of classes derived from these
                return float(value)
            case str():
                return str.__str__(value)
            case bytes():
                return bytes(value)
            case int():
                return _integer(int(value))
            case complex():
                return ["complex", value.real, value.imag]
            case range():
                return ["range", *map(_integer, (value.start, value.stop, value.step))]
            case PurePath():
                return ["path", str(value)]
            case dict():
                pairs = list(value.items())
                keys, values = [key for key, _ in pairs], [item for _, item in pairs]
                return ["dict", self._all(keys, depth), self._all(values, depth)]
        for name, kind in _COLLECTIONS.items():
            if isinstance(value, kind):
                return [name, self._all(value, depth)]
        return self._refer(value)

    def _all(self, values: Iterable[Any], depth: int) -> list[Tree]:
        return [self.encode(value, depth + 1) for value in values]

    def _array(self, value: np.generic | np.ndarray) -> Tree:
        if not _DTYPE.fullmatch(value.dtype.str) or isinstance(value, np.ma.MaskedArray):
            return self._refer(value)
        array = np.asarray(value)
        tag = "scalar" if isinstance(value, np.generic) else "array"
        return [tag, array.dtype.str, list(array.shape), array.tobytes()]


def _is_more(kind: type) -> bool:
    """Whether this is somebody's own class, which may do more than the plain class it is derived from."""
    return kind.__module__ == "__main__" and not hasattr(kind, "_fields")  # of a named tuple


def _integer(value: int) -> Tree:
    if -(1 << 63) <= value < 1 << 64:
        return value
    if value.bit_length() > LONGEST_INTEGER:
        raise ValueError("an integer is too long")
    return ["int", hex(value)]


def decode(tree: Tree, resolve: Callable[[str, list[Tree]], Any], depth: int = 0) -> Any:
    """The value that a tree stands for.

    Args:
        tree: from `encode`, or from somebody who may send anything.
        resolve: gives what a reference stands for, from its name and its parts.
        depth: of what this is a part of.

    Raises:
        ValueError: it is no such tree.
    """
    if tree is None or type(tree) in (bool, int, float, str, bytes):
        return tree
    if type(tree) is not list or not tree or type(tree[0]) is not str or depth > DEEPEST:
        raise ValueError("not a tree")
    name, *parts = tree

    def each(trees: Tree) -> list[Any]:
        if type(trees) is not list:
            raise ValueError(f"{name}: not a list of trees")
        return [decode(item, resolve, depth + 1) for item in trees]

    try:
        match name, parts:
            case "list" | "tuple" | "set" | "frozenset", [items]:
                return _COLLECTIONS[name](each(items))
            case "dict", [keys, values]:
                return dict(zip(each(keys), each(values), strict=True))
            case "array", [dtype, shape, content]:
                return _read_array(dtype, shape, content)
            case "scalar", [dtype, [], content]:
                return _read_array(dtype, [], content)[()]
            case "int", [str(digits)] if len(digits) <= LONGEST_INTEGER:
                return int(digits, 16)
            case "complex", [float(real), float(imag)]:
                return complex(real, imag)
            case "range", [start, stop, step]:
                return range(*(decode(part, resolve, depth + 1) for part in (start, stop, step)))
            case "path", [str(path)]:
                return Path(path)
    except (TypeError, OverflowError, MemoryError) as error:
        raise ValueError(f"{name}: {error}") from error
    return resolve(name, parts)


def _read_array(dtype: Any, shape: Any, content: Any) -> np.ndarray:
    """An array whose size has been compared with what there is of it, before any room is made."""
    if type(dtype) is not str or not _DTYPE.fullmatch(dtype) or type(content) is not bytes:
        raise ValueError("not an array")
    if (
        type(shape) is not list
        or len(shape) > 32
        or any(type(n) is not int or n < 0 for n in shape)
    ):
        raise ValueError("not the shape of an array")
    kind = np.dtype(dtype)
    if math.prod(shape) * kind.itemsize != len(content):
        raise ValueError(f"an array of shape {shape} with {len(content)} bytes")
    return np.ndarray(shape, kind, bytearray(content))
