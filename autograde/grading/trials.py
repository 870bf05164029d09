"""The processes in which candidates and judges run, and the warm one that they are forked from."""

from __future__ import annotations

import os
from typing import Any

from autograde.forkserver.client import (
    Child,
    OwnProcess,
    WarmProcess,
    can_fork,
    fork,
    warm_process,
)

#: The module whose process they are forked from, or are, where none can be forked.
_MODULE = "autograde.sandbox.process"


def warm_up() -> WarmProcess:
    """The warm process. It takes seconds to start, so call this before it is needed."""
    return warm_process(_MODULE, _environment())


def start(request: dict[str, Any], descriptors: list[int]) -> Child | OwnProcess:
    """A process that does what is requested, with these descriptors; see `sandbox.process`."""
    if can_fork():
        return fork(warm_up, request, descriptors)
    return OwnProcess(_MODULE, _environment(), request, descriptors)


def _environment() -> dict[str, str]:
    """The variables of a trial: a grade does not depend on the grader's settings."""
    names = ("PATH", "LANG", "LC_ALL", "TZ", "PYTHONPATH")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1"}
