"""The one way in which a check fails."""

from __future__ import annotations


class CheckFailed(AssertionError):
    """An answer is not right; the message is written for the student.

    Jupyter shows the message alone. A traceback through the checks would hide it, and would print
    the source of hidden tests into the student's feedback.
    """

    def _render_traceback_(self) -> list[str]:
        """Give IPython the lines to show in place of a traceback."""
        return str(self).splitlines()


def require(condition: object, message: str) -> None:
    """Fail with `message` unless `condition` is true."""
    if not condition:
        raise CheckFailed(message)
