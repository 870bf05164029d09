"""Warm kernels: a notebook's kernel forked from a process that has imported TensorFlow already.

A kernel provisioner is what Jupyter asks for a kernel's process. The one here, `warm-provisioner`, has it
forked from this process's warm process; see `forkserver`. All else, and each kernel that cannot be had
that way, is left to Jupyter's own provisioner. So a kernel is the same either way, but for the time it
takes until TensorFlow is there.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import sys
import sysconfig
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

import helpers
from autograde.forkserver.client import WarmProcess, can_fork, fork, warm_process

#: As it is registered in `pyproject.toml`.
NAME = "warm-provisioner"
#: Variables that Python and the libraries read when they start. A kernel for which one of them is not as
#: it was when the libraries were imported has to import them itself.
READ_AT_START = re.compile(
    r"PYTHON(?!EXECUTABLE)|LD_|LANG|LC_|TZ$|HOME$|XDG_|MPL|TF|KERAS|XLA|CUDA|NVIDIA"
    r"|OMP|KMP|MKL|OPENBLAS|GOTO|NPY|\w+_NUM_THREADS"
)


def warm_up() -> WarmProcess:
    """The warm process for kernels. It takes seconds to start, so call this before it is needed."""
    return warm_process("autograde.kernels.kernel", dict(os.environ))


class KernelProcess:
    """A kernel that is no child of this process, as `LocalProvisioner` uses a `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, number: int) -> None:
        """Watch the process that has this number."""
        self.pid = number
        self._process = psutil.Process(number)  # also knows it from a later one of the same number

    def poll(self) -> int | None:
        """None while it runs, and 0 afterwards: how it has ended only its parent knows."""
        with contextlib.suppress(psutil.NoSuchProcess):
            if self._process.is_running() and self._process.status() != psutil.STATUS_ZOMBIE:
                return None
        return 0

    def wait(self) -> int:
        """Wait for its end."""
        while self.poll() is None:
            time.sleep(0.01)
        return 0

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it still runs."""
        with contextlib.suppress(psutil.NoSuchProcess):
            self._process.send_signal(number)


class WarmProvisioner(LocalProvisioner):
    """Forks Python kernels from the warm process, and starts all others as Jupyter does."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel that this command would start."""
        folder, environment = os.fspath(kwargs.get("cwd") or os.getcwd()), kwargs.get("env")
        handed_in = _was_handed_in(Path(folder))
        if handed_in:  # nobody's modules are run because a notebook beside them is opened
            cmd = [*cmd, "--InteractiveShellApp.ignore_cwd=True"]
        usual = cmd[:3] == [sys.executable, "-m", "ipykernel_launcher"] and not (
            kwargs.keys() - {"cwd", "env", *self._scrubbed}
        )
        if can_fork() and usual and environment is not None and os.path.isdir(folder):
            order = {
                "arguments": cmd[3:],
                "folder": folder,
                "environment": {**environment, "JPY_PARENT_PID": str(os.getpid())},
                "server": os.getpid(),
            }
            try:
                # In a thread, for the warm process may not be ready, and a server has more to do.
                self.process = await asyncio.to_thread(_start, order)
            except (OSError, ValueError, psutil.NoSuchProcess) as problem:
                self.log.warning("This kernel imports TensorFlow itself: %s", problem)
            else:
                self.pid = self.pgid = self.process.pid
                self.cwd = folder
                return self.connection_info
        if handed_in and environment is not None:
            kwargs["env"] = {**environment, "PYTHONSAFEPATH": "1"}
        return await super().launch_kernel(cmd, **kwargs)

    _scrubbed = ("extra_arguments", "kernel_id")  # Jupyter's own provisioner makes no use of them


def _was_handed_in(folder: Path) -> bool:
    """Whether a folder is among what students handed in to a course."""
    return any(
        (course / "nbgrader_config.py").is_file()
        and folder.relative_to(course).parts[0] in ("submitted", "autograded")
        for course in folder.absolute().parents
    )


def _start(order: dict[str, Any]) -> KernelProcess:
    """Have a kernel forked.

    Raises:
        OSError, ValueError, psutil.NoSuchProcess: it could not be.
    """
    warm = warm_up()
    if _is_outdated(warm):
        warm.close()
        warm = warm_up()
    if different := _different(warm.environment, order["environment"]):
        raise ValueError(f"other values than the server's of {', '.join(different)}")
    with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
        json.dump(order, file)
        file.seek(0)
        child = fork(warm_up, {}, [file.fileno(), 1, 2])
        try:
            return KernelProcess(child.number())
        finally:
            child.close()


def _different(ours: dict[str, str], theirs: dict[str, str]) -> list[str]:
    """Variables that would have been read while importing, and have not the same value."""
    names = filter(READ_AT_START.match, {*ours, *theirs})
    return sorted(name for name in names if ours.get(name) != theirs.get(name))


def _is_outdated(warm: WarmProcess) -> bool:
    """Whether something was installed since, or the helpers that lessons import were changed."""
    files = [Path(sysconfig.get_path("purelib")), *Path(helpers.__path__[0]).rglob("*.py")]
    return max(path.stat().st_mtime for path in files) > warm.started
