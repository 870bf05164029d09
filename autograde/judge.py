"""What runs in the process that judges an attempt. It imports nothing of the course's own."""

from __future__ import annotations

import linecache
import os
import sys
import tempfile
import traceback
from multiprocessing.connection import Connection


def run_and_report(cells: list[tuple[str, str]], sender: Connection, folder: str) -> None:
    """In the fork: run cells as a notebook would, and send whether the last one passed."""
    os.chdir(tempfile.mkdtemp(dir=folder))
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115  (to the end of the process)
    for descriptor in (1, 2):  # for what is written past Python
        os.dup2(sys.stdout.fileno(), descriptor)
    sender.send(_run(cells))
    sender.close()
    os._exit(0)


def run_cell(name: str, source: str, namespace: dict[str, object]) -> None:
    """Run a cell's source in a namespace, so that its lines can be looked up as in a notebook.

    Messages show the line at which an answer failed, and `tf.function` reads the source it compiles.
    """
    filename = f"<{name}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    exec(compile(source, filename, "exec"), namespace)


def _run(cells: list[tuple[str, str]]) -> tuple[bool, str]:
    """Run each cell; return whether the last one passed, and all errors as a student sees them."""
    namespace: dict[str, object] = {"__name__": "__main__"}
    errors: list[str] = []
    passed = False
    for name, source in cells:
        try:
            run_cell(name, source, namespace)
            # A test that marks in steps leaves its points under its name; only all of them will do.
            points = namespace.get(name)
            passed = not hasattr(points, "of") or points >= points.of  # pyright: ignore
            errors += [] if passed else [f"{points:g} of {points.of:g} points"]  # pyright: ignore
        except BaseException as error:
            errors += traceback.format_exception_only(error)
            passed = False
    return passed, "".join(errors)
