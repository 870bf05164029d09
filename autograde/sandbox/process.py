"""What trials are forked from: a process that has imported what lessons use, and noted how it is."""

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
from autograde.sandbox import candidate, confine, evidence, judge
from autograde.sandbox.channel import Channel
from autograde.sandbox.shell import make_shell


def prepare() -> Run:
    """Import what lessons use, note how it is, and return what runs a submission."""
    for name in IMPORTED:
        importlib.import_module(name)
    list(confine.missing_protections())  # imports what there is: a child could look for no library
    private, modules = evidence.private_builtins()
    for name in [name for name in sys.modules if name.startswith("helpers.checks.")]:
        private["__import__"](name, fromlist=("__name__",))
    trial = private["__import__"]("autograde.sandbox.trial", fromlist=("run",))
    shell = make_shell()
    changes = trial.evidence.remember(modules.values())

    def run_trial(request: dict[str, Any], descriptors: list[int]) -> None:
        folder = Path(request["folder"])
        log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT, 0o600)
        os.dup2(log, 1)  # for what TensorFlow writes past Python
        os.dup2(log, 2)
        os.close(log)
        limits = confine.Limits(**request["limits"]) if request.get("limits") else None
        if request.get("role") == "candidate":
            channel = Channel(socket.socket(fileno=descriptors[0]))
            candidate.run(shell, channel, folder, limits, request["seed"])
            return
        connection = Connection(descriptors[0])
        if request.get("role") == "judge":
            channel = Channel(socket.socket(fileno=descriptors[1]))
            try:
                judge.run(connection, channel, folder, limits)
            except Exception as error:
                judge.report_broken(connection, "".join(traceback.format_exception(error)))
            return
        try:
            trial.run(shell, changes, connection, folder, request["confined"])
        except Exception as error:  # not the submission's: those stay in its cells
            trial.report_broken(connection, error)

    return run_trial


if __name__ == "__main__":
    if len(sys.argv) > 2:
        run_from_the_command_line(prepare)
    serve_from_the_command_line(prepare)
