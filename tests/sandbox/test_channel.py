"""Between candidate and judge: what may come, how much of it, and that the judge sees to it."""

from __future__ import annotations

import socket
import threading

import msgpack
import numpy as np
import pytest
from asking import judged_over_a_pipe

from autograde.lesson import beside_part
from autograde.sandbox import channel
from autograde.sandbox.channel import Channel
from autograde.sandbox.judge import ask
from helpers import checks
from helpers.checks import Candidate, Gone, Session, answers


@pytest.fixture
def pair():
    here, there = socket.socketpair()
    with here, there:
        yield Channel(here), there


def frame(content):
    return len(content).to_bytes(4, "big") + content


def test_trees_go_over_in_order(pair):
    here, there = pair
    other = Channel(there)
    for tree in (None, [1, "a", b"b", [2.5]], "\ud800", "x" * 3_000_000):
        thread = threading.Thread(target=other.send, args=[tree])
        thread.start()
        assert here.receive() == tree
        thread.join()


@pytest.mark.parametrize(
    "sent",
    [
        b"", b"\0\0", b"\0\0\0\5ab", b"\xff\xff\xff\xff", frame(b""), frame(b"\xc1"),
        frame(b"\x91" * 100_000), frame(b"\xdd\xff\xff\xff\xff"), frame(b"\xdf\xff\xff\xff\xff"),
        frame(b"\xc6\xff\xff\xff\xff"), frame(b"\x01\x02"),
    ],
    ids=range(11),
)  # fmt: skip
def test_what_is_no_frame_ends_the_talk(pair, sent):
    here, there = pair
    there.sendall(sent)
    there.shutdown(socket.SHUT_WR)
    with pytest.raises(Gone):
        here.receive()


def test_there_is_an_end_to_what_may_come(pair, monkeypatch):
    monkeypatch.setattr(channel, "MOST_FRAMES", 3)
    here, there = pair
    there.sendall(4 * frame(msgpack.packb([])))
    for _ in range(3):
        assert here.receive() == []
    with pytest.raises(Gone, match="more came than may come"):
        here.receive()


def test_a_request_to_who_has_gone(pair):
    here, there = pair
    there.close()
    with pytest.raises(Gone):
        ask(here, ["value", None])


def lies(*replies):
    """What comes of a test whose candidate sends these replies, whatever it is asked."""
    left = iter(replies)

    def transport(request, call_back):
        if request[0] in ("begin", "end", "folder"):
            return None
        return next(left)

    def test_f():
        checks.call(answers.f, 1).equals(2)

    try:
        checks.judge(test_f, Session(transport))
    except (checks.CheckFailed, Gone) as error:
        return error
    return "passed"


@pytest.mark.parametrize(
    "reply",
    [
        None, 1, [], ["gave"], ["gave", 2], ["gave", 2, 0, 0],
        ["gave", ["array", "<f8", [10**9], b""], False, False],
        ["gave", ["object", 0, [], "", "", None], False, False],
        ["gave", ["object", 0, [1], "", "", None], False, False],
        ["gave", ["object", -1, ["a.b"], "", "", ["object", 0, ["a"], "", "", None]], False, False, False],
        ["gave", ["function", 0, "f"], False, False], ["gave", ["answer", "f"], False, False],
        ["raised", [], "", "", ""], ["raised", ["a\0b"], "", "", ""], ["raised", "ValueError", "", "", ""],
        ["no function", 3], ["what", "ever"],
    ],
    ids=range(17),
)  # fmt: skip
def test_a_reply_that_breaks_a_rule_is_no_reply(reply):
    assert isinstance(lies(reply), Gone)


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (["gave", 3, False, False], "wrong value"),
        (
            ["gave", ["object", 7, ["keras.Model"], "", "<model>", None], False, False],
            "gave a Model; numbers were",
        ),
        (["raised", ["builtins.SystemExit"], "", "", ""], "left the program"),
        (
            [
                "raised",
                ["helpers.checks._failure.CheckFailed", "builtins.AssertionError"],
                "x",
                "",
                "",
            ],
            "stopped with",
        ),
        (
            ["raised", ["helpers.checks._session.Gone", "builtins.BaseException"], "x", "", ""],
            "stopped with",
        ),
        (["no function", "int"], "A function was expected; there is a int"),
    ],
)
def test_a_reply_that_keeps_the_rules_is_the_answers_word(reply, message):
    error = lies(reply)
    assert isinstance(error, checks.CheckFailed), error
    assert message in str(error)


def test_functions_of_the_test_are_called_back():
    seen = []

    def test_f():
        def objective(x, scale=1.0):
            seen.append(x)
            return x * scale

        checks.call(answers.f, objective).equals(6.0)

    judged_over_a_pipe(test_f, f=lambda g: g(np.float64(1.0)) + g(np.float64(2.5), scale=2.0))
    assert seen == [1.0, 2.5]


def test_an_error_of_a_function_that_is_called_back_is_the_answers():
    def test_f():
        def objective(x):
            raise ValueError("negative")

        checks.call(answers.f, objective).raises(ValueError, "the objective refuses it")

    def caught(g):
        try:
            return g(1)
        except ValueError:
            return 0

    judged_over_a_pipe(test_f, f=lambda g: g(1))
    with pytest.raises(checks.CheckFailed, match="It gave 0"):
        judged_over_a_pipe(test_f, f=caught)


def test_no_end_of_calls_is_an_end(monkeypatch):
    monkeypatch.setattr("helpers.checks._session.MOST_CALLS_BACK", 100)

    def endless(g):
        while True:
            g(1)

    def test_f():
        checks.call(answers.f, lambda x: x).equals(1)

    with pytest.raises(Gone, match="more than 100 times"):
        judged_over_a_pipe(test_f, f=endless)


def test_objects_stay_where_they_are_and_are_the_same_ones():
    class Counter:
        def __init__(self):
            self.n = 0

        def add(self, by=1):
            self.n += by
            return self

    def test_f():
        counter = checks.call(answers.f).result
        checks.require(checks.kind(counter) == "Counter", checks.kind(counter))
        checks.require(counter.add(2) is counter, "another one")
        _ = checks.call(counter.add).result
        checks.compare(checks.value(counter.n), 3)
        for wrong in (bool, len, list, float, lambda x: x < 1, lambda x: 1 in x):
            with pytest.raises(TypeError, match=r"checks\.value"):
                wrong(counter)

    judged_over_a_pipe(test_f, f=Counter)


def test_an_object_of_ones_own_class_is_one_though_it_is_a_list_as_well():
    own = type("Meter", (list,), {"__module__": "__main__", "update": list.append})

    def test_f():
        meter = checks.call(answers.f).result
        meter.update(2.0)
        checks.compare(meter.count(2.0), 1)

    judged_over_a_pipe(test_f, f=own)


def test_a_tensor_is_as_good_as_its_array():
    tf = pytest.importorskip("tensorflow")

    def test_f():
        result = checks.call(answers.f).result
        checks.require(checks.is_a(result, tf.Tensor), checks.kind(result))
        checks.require(result.shape == (2,), f"{result.shape}")
        checks.compare(result, [1, 2])
        checks.call(answers.f).equals([1, 2], dtype=np.float32)

    judged_over_a_pipe(test_f, f=lambda: tf.constant([1.0, 2.0]))


SOURCE = '''
import os.path
import numpy as np
from math import pi
from helpers import checks, data
from helpers.checks import answers, models

EXPECTED = 42

@checks.beside
def network(seed):
    """Inputs."""
    return np.full(3, seed)

@checks.beside
class Layer:
    pass

def _check(x):
    return x == EXPECTED

@checks.lending(f=network)
def test_f():
    _check(answers.f(41.0))
'''


def test_what_goes_over_of_a_file_of_tests():
    part = beside_part(SOURCE)
    for text in (
        "import os.path",
        "from math",
        "import data",
        "import models",
        "def network",
        "class Layer",
    ):
        assert text in part
    for hidden in ("42", "41", "_check", "test_f", "answers", "checks.beside"):
        assert hidden not in part
    exec(compile(part, "<beside>", "exec"), {})


def test_an_answers_side_says_what_it_cannot_do():
    def test_f():
        checks.call(answers.f, object())

    with pytest.raises(checks.CheckFailed, match="make it there, in a `beside` function"):
        checks.judge(test_f, Session(Candidate({"f": len}, {}, "").serve))
