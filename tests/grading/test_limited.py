"""Workers that do one task after another, within limits for each."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading

import pytest

from autograde.grading import limited
from autograde.grading.limited import LimitExceeded, Refused, ask

TAKE = "autograde.grading.reading:take"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")


def notebook(source):
    cell = {"cell_type": "code", "source": source, "metadata": {}}
    return json.dumps({"nbformat": 4, "cells": [cell]}).encode()


def sources(given):
    return [cell["source"] for cell in ask(TAKE, given)]


def worker():
    """The process of the worker who is asked next."""
    return limited._waiting[os.getpid()][-1]._process.number()


def test_a_worker_does_one_task_after_another():
    assert sources(notebook("x = 1")) == ["x = 1"]
    first = worker()
    assert sources(notebook("y = 2")) == ["y = 2"]
    assert worker() == first


def test_who_cannot_read_a_file_reads_the_next():
    sources(notebook("x = 1"))
    first = worker()
    with pytest.raises(Refused, match="not in JSON"):
        ask(TAKE, b"{")
    assert sources(notebook("y = 2")) == ["y = 2"]
    assert worker() == first


def test_a_worker_that_is_gone_costs_nothing():
    sources(notebook("x = 1"))
    os.kill(worker(), signal.SIGKILL)
    assert sources(notebook("y = 2")) == ["y = 2"]


def test_what_is_too_much_harms_nobody_after_it():
    sources(notebook("x = 1"))
    first = worker()
    many = b'{"nbformat": 4, "cells": [' + b"{}," * 60_000_000 + b"{}]}"
    with pytest.raises(LimitExceeded):
        ask(TAKE, many)
    assert sources(notebook("y = 2")) == ["y = 2"]
    assert worker() != first


def test_a_worker_makes_room_after_a_while():
    sources(notebook("x = 1"))
    first = worker()
    for number in range(limited.MOST_TASKS):
        assert sources(notebook(f"x = {number}")) == [f"x = {number}"]
    assert worker() != first


def test_each_answer_comes_to_who_has_asked():
    said = {}

    def read(number):
        said[number] = [sources(notebook(f"x = {number} + {i}")) for i in range(50)]

    threads = [threading.Thread(target=read, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == {n: [[f"x = {n} + {i}"] for i in range(50)] for n in range(6)}
