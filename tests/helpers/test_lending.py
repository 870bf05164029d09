"""What checks offer to exercises that build on others, and to those that write files."""

from __future__ import annotations

import functools

import numpy as np
import pytest
from asking import judged

from helpers import checks
from helpers.checks import answers


def student(*cells):
    """The names in a student's notebook after some cells."""
    names = {"np": np, "functools": functools}
    for number, source in enumerate(cells):
        exec(compile(source, f"<cell {number}>", "exec"), names)
    return names


def graded(names, **lent):
    """Check the answer `twice` of a student whose own `double` is another exercise; give the message."""

    def test_twice():
        checks.call(answers.twice, 3).equals(12)

    try:
        judged(checks.lending(**lent)(test_twice), **names)
    except checks.CheckFailed as failure:
        return str(failure)
    return "passed"


TWICE = "def twice(x): return double(double(x))"
ANSWERS = [
    TWICE,
    "twice = lambda x: double(double(x))",
    f"{TWICE}\ntwice = np.vectorize(twice)",
    f"{TWICE}\ntwice = functools.partial(twice)",
    f"def loud(f):\n    return functools.wraps(f)(lambda x: f(x))\n@loud\n{TWICE}",
    "class Twice:\n    def __call__(self, x): return double(double(x))\ntwice = Twice()",
]


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize(
    "double",
    ["", "def double(x): raise NotImplementedError()", "def double(x): return x + 3"],
    ids=["missing", "not written", "wrong"],
)
def test_a_mistake_in_another_exercise_costs_nothing(answer, double):
    names = student(double, answer)
    own = names.get("double")
    assert graded(names, double=lambda x: 2 * x) == "passed"
    assert names.get("double") is own


def test_an_answer_that_needs_its_own_double_has_it():
    names = student(
        "def double(x, by): return by * x\ndef twice(x): return double(double(x, 2), 2)"
    )
    assert graded(names, double=lambda x: 2 * x) == "passed"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("def twice(x): return double(x)", "wrong value"),
        ("def twice(x): raise NotImplementedError()", "is not written yet"),
        ("", "twice is not defined. Run the cell above"),
        ("twice = 12", "A function was expected"),
    ],
)
def test_a_wrong_answer_stays_wrong(source, message):
    assert message in graded(student(source), double=lambda x: 2 * x)


def test_a_folder_is_there_for_the_checks_and_gone_after_them():
    made = []

    def test_one():
        made.extend([checks.new_folder(), checks.new_folder()])
        (made[0] / "file").write_text("there")
        made[1].rmdir()

    judged(test_one)
    assert len(set(made)) == 2
    assert not any(folder.exists() for folder in made)


def test_no_failure_stays_in_a_folder():
    made = []

    def test_one():
        made.append(checks.new_folder())
        checks.require(False, "wrong")

    with pytest.raises(checks.CheckFailed, match="wrong"):
        judged(test_one)
    assert not made[0].exists()
