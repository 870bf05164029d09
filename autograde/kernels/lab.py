"""Starting JupyterLab with warm kernels: `python -m autograde.kernels.lab`, with JupyterLab's arguments."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from jupyter_client.provisioning.factory import KernelProvisionerFactory

from autograde.forkserver.client import can_fork
from autograde.kernels.provisioner import NAME, warm_up

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp

#: The lesson that students begin with, in the folder of their lessons, and the page that leads to it.
WELCOME, WELCOME_PAGE = "00_start_here/00_start_here.ipynb", "welcome"


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
