"""Banks of student attempts: answers whose verdict is known, to test the tests with."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from autograde.course import CourseError

_BLOCK = re.compile(r"^# %%(.*)$", re.MULTILINE)
_HEADER = re.compile(r"^ (accept|reject) (\w+): *(.+)$")
_MESSAGE = re.compile(r"^\s*# message: (.+)$", re.MULTILINE)


class Attempt(NamedTuple):
    """One answer to one exercise, and the verdict it must meet."""

    exercise: str
    right: bool
    title: str
    body: str

    @property
    def message(self) -> str | None:
        """A part of the message that a wrong answer must be shown, where the bank asks for one."""
        match = _MESSAGE.match(self.body)
        return match[1].strip() if match and not self.right else None


def read_attempts(path: Path) -> list[Attempt]:
    """Read a bank in percent format.

    Each block begins with `# %% accept NAME: what it is` or `# %% reject NAME: what it is`; what
    follows, up to the next block, replaces the source of NAME's solution cell.

    Raises:
        CourseError: a block's header says something else.
    """
    text = path.read_text(encoding="utf-8")
    blocks = list(_BLOCK.finditer(text))
    ends = [block.start() for block in blocks[1:]] + [len(text)]
    attempts = []
    for block, end in zip(blocks, ends, strict=True):
        header = _HEADER.match(block[1].rstrip())
        if header is None:
            line = text.count("\n", 0, block.start()) + 1
            raise CourseError(
                f"{path}, line {line}: {block[0]!r} does not begin an attempt. Write "
                "'# %% accept NAME: what it is' or '# %% reject NAME: what it is'."
            )
        body = text[block.end() : end].strip("\n")
        attempts.append(Attempt(header[2], header[1] == "accept", header[3].strip(), body))
    return attempts
