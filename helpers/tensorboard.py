"""TensorBoard for a folder of logs, started from a notebook and shown in it.

The server is a process of its own, so that it takes no time from the kernel. It chooses a free port by
itself, answers on this computer only, and ends with the kernel, however that ends: it watches a pipe that
the kernel holds open. Nothing it has to say reaches the notebook's standard error.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from html import escape
from pathlib import Path
from typing import Any, Self

#: Reads the pipe to the kernel until it closes, while TensorBoard serves.
_SERVER = """
import os, sys, threading
def follow():
    sys.stdin.read()
    os._exit(0)
threading.Thread(target=follow, daemon=True).start()
from tensorboard.main import run_main
sys.exit(run_main())
"""

#: Straight to this computer, whatever proxy the environment names.
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Board:
    """A TensorBoard of its own for one folder of logs.

        board = Board("logs")
        board.show()  # starts it where needed; the value of the cell is the page
        board.stop()

    `url` is its address while it runs, otherwise None. It stops with the kernel at the latest, and as a
    context manager at the end of the block.
    """

    def __init__(self, folder: str | os.PathLike[str], seconds: float = 90) -> None:
        """Start the server and wait until its page answers.

        Args:
            folder: the folder of logs. New files in it are found while TensorBoard runs.
            seconds: how long to wait.

        Raises:
            FileNotFoundError: there is no such folder.
            RuntimeError: TensorBoard did not start in time; with the end of what it wrote.
        """
        self.folder, self.seconds = Path(folder), seconds
        self.url: str | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start the server unless it runs already; raises as the constructor does."""
        if self.running:
            return
        if not self.folder.is_dir():
            raise FileNotFoundError(f"There is no folder {self.folder} to show in TensorBoard.")
        self.stop()
        with tempfile.TemporaryFile() as log:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _SERVER, "--logdir", str(self.folder.resolve()),
                 "--host", "127.0.0.1", "--port", "0", "--reload_interval", "2"],
                stdin=subprocess.PIPE, stdout=log, stderr=log,
                start_new_session=True,  # or Interrupt in JupyterLab would end it
            )  # fmt: skip
            atexit.register(self.stop)
            try:
                self.url = self._wait(self._process, log)
            except BaseException:  # also when the reader interrupts the waiting
                self.stop()
                raise

    @property
    def running(self) -> bool:
        """Whether the server's process is alive."""
        return self._process is not None and self._process.poll() is None

    def show(self, tab: str = "scalars", height: int = 720) -> _Page:
        """Return the page for the end of a cell; starts the server again if it was stopped.

        Args:
            tab: "scalars", "images", "graphs", "distributions", "histograms", "timeseries" or
                "projector".
            height: of the frame, in pixels.
        """
        self.start()
        # Where a proxy stands before JupyterLab, TensorBoard's own variable says how to get through.
        address = os.environ.get("TENSORBOARD_PROXY_URL")
        port = str(self.url).rstrip("/").rpartition(":")[2]
        address = address.replace("%PORT%", port) if address else str(self.url)
        return _Page(f"{address}#{tab}", height)

    def stop(self) -> None:
        """End the server and wait until it is gone; does nothing if it does not run."""
        process, self._process, self.url = self._process, None, None
        atexit.unregister(self.stop)
        if process is None:
            return
        if process.stdin is not None:
            with contextlib.suppress(OSError):
                process.stdin.close()  # the server sees it and leaves
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def __enter__(self) -> Self:
        """Return the running board."""
        return self

    def __exit__(self, *error: object) -> None:
        """Stop it."""
        self.stop()

    def __repr__(self) -> str:
        """Say for which folder and where."""
        return f"TensorBoard for {self.folder}, {self.url or 'stopped'}"

    def _wait(self, process: subprocess.Popen[bytes], log: Any) -> str:
        """Return the server's address as soon as its page answers."""
        end = time.monotonic() + self.seconds
        while process.poll() is None and time.monotonic() < end:
            log.seek(0)
            if found := re.search(rb"TensorBoard \S+ at (http://\S+)", log.read()):
                url = found[1].decode()
                with contextlib.suppress(OSError), _DIRECT.open(url, timeout=5) as answer:
                    if answer.status == 200:
                        return url
            time.sleep(0.1)
        log.seek(0)
        said = log.read().decode(errors="replace").strip()[-1500:]
        what = (
            f"ended with code {process.returncode}"
            if process.poll() is not None
            else f"did not answer within {self.seconds:g} seconds"
        )
        raise RuntimeError(f"TensorBoard {what}. It wrote:\n{said or '(nothing)'}")


class _Page:
    """A frame with TensorBoard's page, and its address where there is no browser."""

    def __init__(self, address: str, height: int) -> None:
        self.address, self.height = address, height

    def __repr__(self) -> str:
        return f"TensorBoard at {self.address}"

    def _repr_html_(self) -> str:
        address = escape(self.address, quote=True)
        return (
            f'<iframe src="{address}" width="100%" height="{self.height}" '
            'style="border: 1px solid #ccc; background: white"></iframe>'
            f'<p>Nothing to see? Open <a href="{address}" target="_blank">{address}</a>, or run '
            "this cell again: TensorBoard runs only as long as this notebook's kernel.</p>"
        )
