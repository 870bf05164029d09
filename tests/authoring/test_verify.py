"""Testing the tests of the tests: `autograde verify` finds every kind of wrong verdict."""

from __future__ import annotations

import pytest
from conftest import LESSONS, QUICK_LESSONS
from course_copy import PROJECT
from typer.testing import CliRunner

from autograde.authoring.attempts import read_attempts
from autograde.authoring.verify import verify
from autograde.cli import app
from autograde.course import CourseError
from autograde.grading.plan import files_in
from autograde.lesson import exercises, read_lesson, read_tests

BANK = """
# %% accept sigmoid: scipy's expit
from scipy.special import expit as sigmoid

# %% reject sigmoid: overflows for large negative x
# message: overflow
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

# %% reject tanh_derivative: kills its process
# message: the process ended
def tanh_derivative(x):
    import os
    os._exit(0)

# %% reject softmax: will not compile
# message: SyntaxError
def softmax(
"""
ENDLESS = """
# %% reject tanh_derivative: left to itself it never ends
# message: it took more than 3 s
def tanh_derivative(x):
    while True:
        pass
"""
MISTAKEN = """
# %% accept relu_derivative: in truth wrong
def relu_derivative(x):
    return x

# %% reject relu_derivative: in truth right
def relu_derivative(x):
    return np.where(x > 0, 1, 0)

# %% reject relu_derivative: wrong, but the message is another
# message: something else entirely
def relu_derivative(x):
    return -x
"""


@pytest.fixture
def bank(tmp_path):
    def write(text, lesson="01_activations"):
        path = tmp_path / f"{lesson}.py"
        path.write_text(text)
        return path

    return write


TESTS = read_tests(PROJECT.tests("01_activations"))


@pytest.fixture(scope="module")
def notebook():
    return read_lesson(PROJECT.source("01_activations"))


def test_blocks_are_read_with_verdict_title_and_body(bank):
    attempts = read_attempts(bank(BANK))
    assert [a.exercise for a in attempts] == ["sigmoid", "sigmoid", "tanh_derivative", "softmax"]
    assert [a.right for a in attempts] == [True] + [False] * 3
    assert attempts[0].title == "scipy's expit"
    assert attempts[0].body == "from scipy.special import expit as sigmoid"
    assert attempts[1].message == "overflow"


def test_other_headers_are_refused_by_line(bank):
    with pytest.raises(CourseError, match="line 3: '# %% maybe sigmoid: hm' does not begin"):
        read_attempts(bank("\n\n# %% maybe sigmoid: hm\nsigmoid = None\n"))


def test_sound_verdicts_in_order(bank, notebook):
    verdicts = list(verify(notebook, read_attempts(bank(BANK)), TESTS, workers=2))
    assert [v.problem for v in verdicts] == [None] * 4
    assert [v.passed for v in verdicts] == [True] + [False] * 3


def test_an_attempt_that_never_ends_is_stopped(bank, notebook):
    (verdict,) = verify(notebook, read_attempts(bank(ENDLESS)), TESTS, workers=1, time_limit=3)
    assert verdict.problem is None
    assert not verdict.passed


def test_every_kind_of_mistake_is_found(bank, notebook):
    verdicts = list(verify(notebook, read_attempts(bank(MISTAKEN)), TESTS, workers=2))
    assert [v.problem for v in verdicts] == [
        "a right answer was rejected",
        "a wrong answer was accepted",
        "the message 'something else entirely' was not shown",
    ]


def test_unknown_exercise_is_named(bank, notebook):
    attempts = read_attempts(bank("# %% accept cosine: it\ncosine = 1\n"))
    with pytest.raises(CourseError, match="answers 'cosine', which is no exercise"):
        list(verify(notebook, attempts, TESTS, workers=1))


def test_command_exits_1_on_a_mistake_and_names_it(bank):
    folder = str(bank(MISTAKEN).parent)
    result = CliRunner().invoke(app, ["verify", "01_activations", "--attempts", folder])
    assert result.exit_code == 1
    assert "a right answer was rejected: relu_derivative: in truth wrong" in result.output


def test_command_says_when_there_is_no_bank(tmp_path):
    result = CliRunner().invoke(app, ["verify", "--attempts", str(tmp_path)])
    assert result.exit_code == 1
    assert "holds no bank of any lesson" in " ".join(result.output.split())


@pytest.mark.parametrize("lesson", LESSONS)
def test_banks_hold_enough(lesson):
    attempts = read_attempts(PROJECT.attempts / f"{lesson}.py")
    for exercise in exercises(read_lesson(PROJECT.source(lesson))):
        mine = [a for a in attempts if a.exercise == exercise.name]
        assert sum(a.right for a in mine) >= 3, exercise.name
        assert sum(not a.right for a in mine) >= 5, exercise.name


@pytest.mark.parametrize(
    "lesson",
    [
        pytest.param(lesson, marks=() if lesson == QUICK_LESSONS[0] else pytest.mark.long)
        for lesson in LESSONS
    ],
)
def test_banks_get_the_right_verdicts(lesson, sample):
    notebook = read_lesson(PROJECT.source(lesson))
    attempts = read_attempts(PROJECT.attempts / f"{lesson}.py")
    attempts = attempts[::sample]
    tests, hidden = read_tests(PROJECT.tests(lesson)), files_in(PROJECT.hidden(lesson))
    verdicts = verify(notebook, attempts, tests, workers=2, hidden=hidden)
    problems = [(v.attempt.title, v.problem, v.shown) for v in verdicts if v.problem]
    assert problems == []
