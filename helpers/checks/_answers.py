"""What the tests of a lesson ask about: the answers to its exercises."""

from __future__ import annotations

from helpers.checks._session import Reference


class Answers:
    """The answers of a notebook, by name: `answers.sigmoid` refers to what it calls `sigmoid`."""

    def __getattr__(self, name: str) -> Reference:
        """Refer to an answer; whether there is one, shows when it is asked for."""
        if name.startswith("__"):
            raise AttributeError(name)
        return Reference(["answer", name], name)


answers = Answers()
