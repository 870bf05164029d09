"""A notebook whose exercises are not done yet: a cell that needs an answer says so in one line.

Otherwise *Run All Cells* would stop at the first such cell, with a traceback through code that is not the
student's.
"""

from __future__ import annotations

import ast
import linecache
from types import TracebackType
from typing import Any

from IPython.core.getipython import get_ipython
from IPython.core.interactiveshell import ExecutionResult, InteractiveShell
from IPython.display import Markdown, display

#: What a stub does in the place of an answer.
STUB = "raise NotImplementedError()"


class _Unanswered:
    """What is missing in a notebook, and which cells have said so."""

    def __init__(self, shell: InteractiveShell) -> None:
        self._shell = shell
        #: Variables that a cell could not make, by name, with the exercise whose answer they need.
        self._missing: dict[str, str] = {}
        self._needed: str | None = None

    def handle(
        self,
        shell: InteractiveShell,
        kind: type[BaseException],
        error: BaseException,
        traceback: TracebackType,
        tb_offset: int | None = None,
    ) -> None:
        """Say in one line what the cell needs, or show the error as ever."""
        if exercise := _stub(shell, traceback):
            display(Markdown(f"*This cell needs your* `{exercise}`."))
        elif isinstance(error, NameError) and (exercise := self._missing.get(error.name or "")):
            display(
                Markdown(
                    f"*This cell needs your* `{exercise}`*, from which* `{error.name}` *comes.*"
                )
            )
        else:
            shell.showtraceback(
                (kind, error, traceback), tb_offset=tb_offset, running_compiled_code=True
            )
            return
        self._needed = exercise

    def after(self, result: ExecutionResult) -> None:
        """Let the cells below go on, and remember what this one has not made for them."""
        exercise, self._needed = self._needed, None
        if exercise is None or result.info is None:
            return
        result.error_in_exec = None
        source = self._shell.transform_cell(result.info.raw_cell)
        for name in _assigned(source) - set(self._shell.user_ns):
            self._missing[name] = exercise


def explain_unanswered() -> None:
    """In a notebook, have cells that need an answer which is not written yet say so in one line.

    Only in a kernel; elsewhere it does nothing. A second call changes nothing.
    """
    shell = get_ipython()
    if (
        shell is None
        or not hasattr(shell, "kernel")
        or NotImplementedError in shell.custom_exceptions
    ):
        return
    unanswered = _Unanswered(shell)
    shell.set_custom_exc((NotImplementedError, NameError), unanswered.handle)
    shell.events.register("post_run_cell", unanswered.after)


def _stub(shell: InteractiveShell, traceback: TracebackType | None) -> str | None:
    """The exercise whose stub raised the error, if one did."""
    found = None
    while traceback:
        code = traceback.tb_frame.f_code
        line = linecache.getline(code.co_filename, traceback.tb_lineno).strip()
        if line == STUB and traceback.tb_frame.f_globals is shell.user_ns:
            found = code.co_qualname.partition(".")[0]
        traceback = traceback.tb_next
    return found


def _assigned(source: str) -> set[str]:
    """The names that a cell's source gives a value to, whatever in it does so."""
    tree: Any = ast.parse(source)
    stored = {
        n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
    }
    return stored | {n.name for n in tree.body if isinstance(n, (ast.FunctionDef, ast.ClassDef))}
