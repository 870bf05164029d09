"""Use classes that Python writes by itself.

Must: full points
"""

from collections import namedtuple
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

Pair = namedtuple("Pair", "a b")

@dataclass(order=True, frozen=True)
class Point:
    x: int = 0
    y: list = field(default_factory=list)

class Named(NamedTuple):
    x: int

class Colour(Enum):
    RED = 1

Pair(Point(1), Named(Colour.RED))
