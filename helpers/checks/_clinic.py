"""The error clinic: which of its entries explains the message of an error."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import NamedTuple

#: Where students find the page, from the folder with all lessons.
PAGE = "00_start_here/error_clinic.md"


class Entry(NamedTuple):
    """A message that people meet, what it means, and the cure; the fields are explained in the data file."""

    title: str
    message: str
    means: str
    causes: list[str]
    cure: str
    broken: str
    mended: str


_DATA = files("helpers.checks").joinpath("error_clinic.toml").read_text(encoding="utf-8")
#: All entries, in order; the first one has the number 1. They are read early: a judge opens no file.
ENTRIES = [Entry(**entry) for entry in tomllib.loads(_DATA)["entry"]]


def reference(message: str) -> str:
    """A line that names the entry which explains a message, or nothing where none does."""
    for number, entry in enumerate(ENTRIES, start=1):
        if entry.message in message:
            return f"\nError clinic, {number} · {entry.title}: see {PAGE}"
    return ""
