"""What a notebook's kernel is forked from, and what it then does; see `kernels`."""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import json
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from autograde.forkserver.preload import IMPORTED
from autograde.forkserver.server import serve_from_the_command_line

#: What a kernel has loaded before its first cell.
KERNEL = (
    "ipykernel_launcher", "ipykernel.kernelapp", "ipykernel.debugger", "IPython.core.debugger",
    "tornado.platform.asyncio", "psutil",
)  # fmt: skip

#: Keeps the debugger from a remark that a plain kernel makes where nobody reads it.
_NO_REMARK = "PYDEVD_DISABLE_FILE_VALIDATION"


class _Present:
    """Standard output or standard error as it is at the moment.

    Libraries keep the stream that is there when they are imported, for what they log. A kernel has
    streams of its own, made later.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def close(self) -> None:
        """It stays open: whoever keeps it is not the only one."""

    def __getattr__(self, attribute: str) -> Any:
        stream = getattr(sys, self._name)
        return getattr(getattr(sys, f"__{self._name}__") if stream is self else stream, attribute)


def prepare() -> Callable[[dict[str, Any], list[int]], None]:
    """Import what a kernel is made of, and what lessons use, as in a kernel; return what runs one."""
    if sys.path[0] == os.getcwd():
        del sys.path[0]
    before = dict(os.environ)
    os.environ.setdefault(_NO_REMARK, "1")
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    sys.ps1, sys.ps2, sys.ps3 = "In : ", "...: ", "Out: "  # pyright: ignore[reportAttributeAccessIssue]
    sys.stdout, sys.stderr = _Present("stdout"), _Present("stderr")
    for name in KERNEL:
        importlib.import_module(name)
    own_files = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
    for name in IMPORTED:
        importlib.import_module(name)
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
    set_by_imports = {
        name: value
        for name, value in os.environ.items()
        if before.get(name) != value and name != _NO_REMARK
    }

    def run_kernel(_: dict[str, Any], descriptors: list[int]) -> None:
        with open(descriptors[0], encoding="utf-8") as file:
            order = json.load(file)
        for ours, given in enumerate(descriptors[1:], start=1):
            os.dup2(given, ours)
            os.close(given)
        os.setsid()
        os.environ.clear()
        os.environ.update({**set_by_imports, **order["environment"]})
        os.chdir(order["folder"])
        gc.unfreeze()
        atexit.register(_end_soon)  # before all others, so that it comes after them
        _start_afresh()
        _run(order["arguments"], order["server"], own_files)
        sys.exit()

    return run_kernel


def _start_afresh() -> None:
    """Forget what a fresh process would not know: random states, and where temporary files go."""
    import tempfile

    import numpy as np

    tempfile.tempdir = None
    np.random.seed()  # Python's own generator does so by itself, TensorFlow's has not been used


def _end_soon() -> None:
    """Have the interpreter not take the libraries apart piece by piece, which takes two seconds.

    What the person who worked here has left open is closed all the same.
    """
    gc.collect()
    gc.freeze()


def _run(arguments: list[str], server: int, own_files: set[str | None]) -> None:
    """Run a kernel to its end, as `python -m ipykernel_launcher` does with these arguments."""
    import ipykernel_launcher
    import ipywidgets
    from ipykernel.kernelapp import IPKernelApp

    from helpers import checks, plots

    sys.argv = [ipykernel_launcher.__file__, *arguments]
    sys.orig_argv = [sys.executable, "-m", "ipykernel_launcher", *arguments]
    app = IPKernelApp.instance(parent_handle=server)
    app.initialize(arguments)
    # A kernel looks whether its parent is still there. This one's is the warm process, which may end.
    app.poller = threading.Thread(target=_end_with, args=(server,), daemon=True)
    # The debugger steps over files that are the kernel's own. The lessons' libraries are not among them.
    if debugger := getattr(app.kernel, "debugger", None):
        debugger.kernel_modules = [f for f in debugger.kernel_modules if f in own_files]
    # These do so by themselves where they are imported in a kernel.
    ipywidgets.register_comm_target()
    checks.explain_unanswered()
    plots.give_alternatives()
    app.start()


def _end_with(number: int) -> None:
    """End this process when another one has ended."""
    import psutil

    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(number)
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            time.sleep(1)
    os._exit(1)


if __name__ == "__main__":
    serve_from_the_command_line(prepare, lasting=True)
