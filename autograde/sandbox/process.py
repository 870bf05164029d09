"""What candidates and judges are forked from: a process that has imported what lessons use."""

from __future__ import annotations

import importlib
import os
import socket
import sys
import traceback
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from autograde.forkserver.preload import IMPORTED
from autograde.forkserver.server import Run, run_from_the_command_line, serve_from_the_command_line
from autograde.sandbox import candidate, confine, judge
from autograde.sandbox.channel import Channel
from autograde.sandbox.shell import make_shell


def prepare() -> Run:
    """Import what lessons use, and return what becomes a candidate or a judge, as it is requested."""
    for name in IMPORTED:
        importlib.import_module(name)
    confine.prepare()
    shell = make_shell()

    def run(request: dict[str, Any], descriptors: list[int]) -> None:
        folder = Path(request["folder"])
        log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT, 0o600)
        os.dup2(log, 1)  # for what TensorFlow writes past Python
        os.dup2(log, 2)
        os.close(log)
        limits = confine.Limits(**request["limits"]) if request["limits"] else None
        channel = Channel(socket.socket(fileno=descriptors[-1]))
        if request["role"] == "candidate":
            candidate.run(shell, channel, folder, limits, request["seed"])
            return
        connection = Connection(descriptors[0])
        try:
            judge.run(connection, channel, folder, limits)
        except Exception as error:  # not the submission's: it is in another process
            judge.report_broken(connection, "".join(traceback.format_exception(error)))

    return run


if __name__ == "__main__":
    if len(sys.argv) > 2:
        run_from_the_command_line(prepare)
    serve_from_the_command_line(prepare)
