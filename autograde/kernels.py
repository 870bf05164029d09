"""Warm kernels: a notebook's kernel forked from a process that has imported TensorFlow already.

A kernel provisioner is what Jupyter asks for a kernel's process. The one here, `warm-provisioner`, has it
forked from this process's warm process; see `sandbox.warm`. All else, and each kernel that cannot be had
that way, is left to Jupyter's own provisioner. So a kernel is the same either way, but for the time it
takes until TensorFlow is there.

`python -m autograde.kernels` starts JupyterLab with such kernels; its arguments are JupyterLab's.
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
from typing import TYPE_CHECKING, Any

import psutil
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

import helpers
from autograde.warm_process import WarmProcess, can_fork, fork, warm_process

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp

#: As it is registered in `pyproject.toml`.
NAME = "warm-provisioner"
#: The lesson that students begin with, in the folder of their lessons, and the page that leads to it.
WELCOME, WELCOME_PAGE = "00_start_here/00_start_here.ipynb", "welcome"
#: Variables that Python and the libraries read when they start. A kernel for which one of them is not as
#: it was when the libraries were imported has to import them itself.
READ_AT_START = re.compile(
    r"PYTHON(?!EXECUTABLE)|LD_|LANG|LC_|TZ$|HOME$|XDG_|MPL|TF|KERAS|XLA|CUDA|NVIDIA"
    r"|OMP|KMP|MKL|OPENBLAS|GOTO|NPY|\w+_NUM_THREADS"
)


def warm_up() -> WarmProcess:
    """The warm process for kernels. It takes seconds to start, so call this before it is needed."""
    return warm_process("autograde.warm_kernel", dict(os.environ))


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
        return await super().launch_kernel(cmd, **kwargs)

    _scrubbed = ("extra_arguments", "kernel_id")  # Jupyter's own provisioner makes no use of them


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


def main() -> None:
    """Start JupyterLab as `make lab` and `make teach` do, and say what is being done.

    The folder where it is started is what can be reached. Where that is a student's, the welcome lesson is
    opened, under every address that is printed. A kernel is warm soon after its page is there.
    """
    os.environ.setdefault(KernelProvisionerFactory.default_provisioner_name_env, NAME)
    # No question about news in front of the lesson, and no look for updates: see the files there.
    paths = [os.environ.get("JUPYTER_CONFIG_PATH"), str(Path(__file__).with_name("jupyter"))]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, paths))
    beside = ""
    if can_fork():
        warm_up()  # in a process of its own, which nothing here waits for
        beside = "; a kernel for the first notebook is being prepared beside it"
    print(f"Starting JupyterLab{beside}. This can take a minute on a busy machine.", flush=True)
    from jupyterlab.labapp import LabApp

    is_root = hasattr(os, "geteuid") and os.geteuid() == 0  # as in a container
    welcomes = Path(WELCOME).exists()
    server = LabApp.initialize_server(
        [
            *(["--allow-root"] if is_root else []),
            *([f"--LabApp.default_url=/{WELCOME_PAGE}"] if welcomes else []),
            *sys.argv[1:],
        ]
    )
    if welcomes:
        _add_welcome_page(server)
    server.io_loop.add_callback(
        lambda: print(
            f"\nJupyterLab is ready:\n    {server.display_url}\nTo end it: Control-C, twice.",
            flush=True,
        )
    )
    server.start()


def _add_welcome_page(server: ServerApp) -> None:
    """Have a short address lead to the welcome lesson, with all lessons in the file browser beside it.

    It keeps what is asked with it, the token among it; Jupyter would put that into the lesson's address,
    which ends in a question of its own.
    """
    from jupyter_server.base.handlers import RedirectWithParams
    from jupyter_server.utils import url_path_join

    lesson = f"lab/tree/{WELCOME}?file-browser-path=/"
    page, target = (url_path_join(server.base_url, path) for path in (WELCOME_PAGE, lesson))
    rule = (page, RedirectWithParams, {"url": target, "permanent": False})
    server.web_app.add_handlers(".*$", [rule])


if __name__ == "__main__":
    main()
