"""The candidate's process: it runs a submission's cells, and serves the judge, who asks for them.

Nothing that is in it is a secret, and nothing that it says is believed more than that these are the values
its answers give. It has a connection to the judge's process, and none to the grader's.
"""

from __future__ import annotations

import contextlib
import json
import linecache
import os
import random
import sys
from pathlib import Path
from typing import Any

from autograde.sandbox import confine, surroundings
from autograde.sandbox.channel import Channel
from autograde.sandbox.shell import NotebookShell
from helpers.checks import Candidate, Gone

#: What the tests' own functions seem to be in.
BESIDE = "<beside>"


def run(
    shell: NotebookShell, channel: Channel, folder: Path, limits: confine.Limits | None, seed: int
) -> None:
    """Serve requests until the judge closes the connection.

    Args:
        shell: where the submission's cells run.
        channel: to the judge; first comes what the lesson's answers rely on, and the tests' `beside` part.
        folder: the only one this process may write to; its `work` is where the submission runs.
        limits: of what it may use; where None, it keeps its rights.
        seed: of all random numbers.
    """
    surroundings.settle(folder)
    if limits:
        helpers = Path(sys.modules["helpers"].__file__ or "").parent
        confine.confine(folder, limits, (*confine.readable_of_python(), helpers))
    _seed(seed)
    with contextlib.suppress(Gone), shell.streams():
        _serve(shell, channel, os.getcwd())


def _serve(shell: NotebookShell, channel: Channel, work: str) -> None:
    set_up, source = channel.receive()
    beside: dict[str, Any] = {"__name__": "tests"}
    # TensorFlow reads the source of what it compiles.
    linecache.cache[BESIDE] = (len(source), None, source.splitlines(keepends=True), BESIDE)
    exec(compile(source, BESIDE, "exec"), beside)
    sys.path.append(work)  # for modules of the student's own; they hide no others
    # The lesson's imports are there whatever has become of the student's copy of that cell.
    for cell in set_up:
        shell.run(-1, cell)
    candidate = Candidate(shell.user_ns, beside, BESIDE)
    while True:
        try:
            what, *parts = channel.receive()
            if what == "run":
                reply = json.dumps(shell.run(*parts))
            elif what == "shown":
                reply = json.dumps(shell.outputs.list)
            else:
                if what == "begin":
                    shell.outputs.clear()
                    with contextlib.suppress(OSError):  # the submission may have removed it
                        os.chdir(work)
                reply = candidate.serve(
                    [what, *parts], lambda call: _call_back(candidate, channel, call)
                )
            channel.send(["reply", reply])
        except KeyboardInterrupt:  # for a cell or a call that has just ended
            continue


def _call_back(candidate: Candidate, channel: Channel, call: Any) -> Any:
    """Have the judge call a function of the tests; serve what it asks for meanwhile."""
    channel.send(["call", call])
    while True:
        what, *parts = channel.receive()
        if what == "reply":
            return parts[0]
        channel.send(
            [
                "reply",
                candidate.serve([what, *parts], lambda call: _call_back(candidate, channel, call)),
            ]
        )


def _seed(seed: int) -> None:
    import keras

    keras.utils.set_random_seed(seed)
    random.seed(seed)
