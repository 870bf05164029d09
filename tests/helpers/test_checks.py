"""The check library: what it lets pass, what it refuses, and what it says."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import numpy as np
import pytest
from asking import judged, judged_over_a_pipe

from helpers import checks
from helpers.checks import CheckFailed, answers


@pytest.fixture(params=[judged, judged_over_a_pipe], ids=["one process", "a pipe"], autouse=True)
def ways(request, monkeypatch):
    """Everything is so in a notebook, and when a class is graded."""
    monkeypatch.setattr(sys.modules[__name__], "judged", request.param)


def double(x):
    return 2 * x


def asked(check, /, *args, **names):
    """What a check says of the answer `f`, called with these arguments."""

    def test_f():
        check(checks.call(answers.f, *args))

    try:
        judged(test_f, **names)
    except CheckFailed as failure:
        return str(failure)
    return "passed"


def test_a_right_answer_passes_and_says_so(capsys):
    def test_double():
        checks.call(answers.double, np.array([1.0, 2.0])).equals([2, 4])

    judged(test_double, double=double)
    assert capsys.readouterr().out == "double: all checks passed.\n"


TESTS = """
import sys
print("imported", file=sys.stderr)
from helpers import checks
from helpers.checks import answers

def test_double():
    checks.call(answers.double, 2).equals(4)

def test_steps():
    checks.require(answers.double(1) == 2, "")
    return checks.Points(3, of=4)
"""


def in_notebook(line, **names):
    """The value of a cell's one line, in a notebook that has these names."""
    return eval(line, {"checks": checks, **names})


def test_a_cell_names_its_exercise_and_the_test_stands_beside_the_notebook(
    tmp_path, monkeypatch, capfd
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tests.py").write_text(TESTS)
    assert in_notebook("checks.run('double')", double=double) is None
    assert in_notebook("checks.run('steps')", double=double) == 3
    captured = capfd.readouterr()
    assert "double: all checks passed.\n" in captured.out
    assert captured.err == ""  # for which nbgrader gives no points
    with pytest.raises(CheckFailed, match=r"double\(2\) has the wrong value"):
        in_notebook("checks.run('double')", double=lambda x: 3)
    with pytest.raises(CheckFailed, match="double is not defined. Run the cell above first"):
        in_notebook("checks.run('double')")


@pytest.mark.parametrize(
    ("tests", "message"),
    [
        (None, "tests.py is not in this notebook's folder"),
        ("def test_double(:", r"tests.py cannot be read \(SyntaxError"),
        ("import no_such_thing", r"tests.py cannot be read \(ModuleNotFoundError"),
        ("", "tests.py has no test of double"),
    ],
)
def test_what_is_wrong_with_the_file_of_tests_is_said(tmp_path, monkeypatch, tests, message):
    monkeypatch.chdir(tmp_path)
    if tests is not None:
        (tmp_path / "tests.py").write_text(tests)
    with pytest.raises(CheckFailed, match=message):
        in_notebook("checks.run('double')", double=double)


@pytest.mark.parametrize(
    ("answer", "expected", "message"),
    [
        (None, [1.0], "gave None. Does the function end with `return`?"),
        ("text", [1.0], "gave a str; numbers were expected"),
        ([1.0, 2.0], [1.0], r"wrong shape: \(2,\). Expected \(1,\)"),
        ([1.5], [1.0], r"yours:    \[1.5\]\n  expected: \[1.\]"),
        ([np.nan], [1.0], "wrong value"),
        (np.arange(20), np.arange(20) + (np.arange(20) == 7), r"1 of 20 elements differ, the first at \[7\]"),
        ([[1], [2, 3]], [1.0], "which is no array of numbers"),
    ],
)  # fmt: skip
def test_stages_have_their_own_messages(answer, expected, message):
    with pytest.raises(CheckFailed, match=message):
        checks.compare(answer, expected, "f(x)")


def test_dtype_is_a_stage_of_its_own():
    checks.compare(np.float32([1]), [1], dtype=np.float32)
    checks.compare(np.int64([1]), [1], dtype=np.integer)
    with pytest.raises(CheckFailed, match="wrong dtype: float64. Expected float32"):
        checks.compare([1.0], [1], dtype=np.float32)
    with pytest.raises(CheckFailed, match="wrong dtype: float64. Expected integer"):
        checks.compare([1.0], [1], dtype=np.integer)


def test_known_mistake_is_named():
    with pytest.raises(CheckFailed, match="That is the half"):
        checks.compare([0.5], [2.0], mistakes={"That is the half.": [0.5], "Other.": [9.0]})


def test_nan_is_never_between_anything():
    assert "wrong value" in asked(lambda call: call.between(0, 1), f=lambda: np.array([np.nan]))
    assert asked(lambda call: call.between(0, 1), f=lambda: np.array([0.5])) == "passed"


@pytest.mark.parametrize("kind", [float, np.float32, "tensor", list])
def test_numbers_of_any_kind_are_numbers(kind):
    if kind == "tensor":
        import tensorflow as tf

        answer = tf.constant([1.0])
    else:
        answer = [1.0] if kind is list else kind(1.0)
    checks.compare(answer, [1.0] if kind in ("tensor", list) else 1.0)


@pytest.mark.parametrize(
    "change",
    [
        lambda x: x.__imul__(2),
        lambda x: x.sort(),
        lambda x: x.fill(np.nan),
    ],
)
def test_changing_an_argument_is_refused(change):
    array = np.array([3.0, 1.0])
    assert "changes its argument in place" in asked(lambda call: call.result, array, f=change)
    nested = {"W": [array]}
    said = asked(lambda call: call.result, nested, f=lambda d: change(d["W"][0]))
    assert "changes its argument in place" in said
    assert array.tolist() == [3.0, 1.0]


def test_overflow_is_noticed_whatever_the_answer_has_set():
    old = np.seterr(all="ignore")
    try:
        said = asked(lambda call: call.no_overflow(), np.array([1000.0]), f=lambda x: np.exp(x))
    finally:
        np.seterr(**old)
    assert "overflows on the way" in said
    zero = np.array([0.0])  # another warning, not overflow
    assert asked(lambda call: call.no_overflow(), zero, f=lambda x: np.log(x)) == "passed"


def test_a_warning_about_overflow_in_ones_own_words_is_no_overflow():
    def warn():
        warnings.warn("this avoids an overflow", stacklevel=1)

    assert asked(lambda call: call.no_overflow(), f=warn) == "passed"


def test_raises_wants_the_right_exception():
    def refuse():
        raise KeyError("k")

    assert asked(lambda call: call.raises(KeyError, "reason"), f=refuse) == "passed"
    said = asked(lambda call: call.raises(ValueError, "n is negative"), f=refuse)
    assert "should raise ValueError, because n is negative. It raised KeyError: 'k'" in said
    said = asked(lambda call: call.raises(ValueError, "n is negative"), 2, f=double)
    assert "It gave 4" in said


def test_an_error_of_ones_own_class_is_of_the_kind_that_python_has():
    class TooLarge(ValueError):
        pass

    def refuse():
        raise TooLarge("n")

    assert asked(lambda call: call.raises(ValueError, "reason"), f=refuse) == "passed"
    assert "stopped with an error: TooLarge: n" in asked(lambda call: call.result, f=refuse)

    def broken_text():
        raise UnicodeDecodeError("utf-8", b"\xff", 0, 1, "no text")

    assert asked(lambda call: call.raises(ValueError, "reason"), f=broken_text) == "passed"


def test_unwritten_answer_is_called_unwritten():
    def stub():
        raise NotImplementedError()

    assert "f is not written yet" in asked(lambda call: call.raises(ValueError, "reason"), f=stub)


def test_unwritten_layer_is_called_unwritten_through_keras():
    import keras

    class Stub(keras.layers.Layer):
        def call(self, inputs):
            raise NotImplementedError()

    assert "f is not written yet" in asked(lambda call: call.result, np.ones((2, 2)), f=Stub())


def test_an_error_with_a_reason_is_no_stub():
    def answer():
        raise NotImplementedError("no loop matching the specified signature")

    said = asked(lambda call: call.result, f=answer)
    assert "stopped with an error: NotImplementedError: no loop" in said


def test_points_in_steps(capsys):
    def test_network():
        return checks.Points(6, of=8)

    points = judged(test_network)
    assert capsys.readouterr().out == "network: 6 of 8 points.\n"
    assert repr(points) == "6.0"  # what nbgrader reads
    assert points.of == 8
    for number in (-1, 9, float("nan")):
        with pytest.raises(ValueError, match="expected 0 to 8"):
            checks.Points(number, of=8)


def test_missing_answer_is_called_missing():
    assert "f is not defined. Run the cell above" in asked(lambda call: call.result)


def test_error_in_an_answer_names_its_line():
    source = "def f(x):\n    y = 1\n    return y + None\n"
    namespace: dict = {}
    import linecache

    linecache.cache["<f>"] = (len(source), None, source.splitlines(True), "<f>")
    exec(compile(source, "<f>", "exec"), namespace)
    said = asked(lambda call: call.equals(2), 1, f=namespace["f"])
    assert "f(1) stopped with an error: TypeError: " in said
    assert "\n  in f, line 3: return y + None" in said


def test_leaving_is_no_way_to_pass():
    assert "left the program" in asked(lambda call: call.result, f=lambda: sys.exit(0))


def test_an_interrupt_stays_an_interrupt():
    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        asked(lambda call: call.result, f=interrupted)


def test_jupyter_shows_the_message_without_the_tests():
    assert CheckFailed("one\ntwo")._render_traceback_() == ["one", "two"]


def test_warnings_even_as_errors_cost_nothing():
    def noisy():
        warnings.warn("harmless", stacklevel=2)
        return 1

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert asked(lambda call: call.equals(1), f=noisy) == "passed"


def test_nothing_goes_to_standard_error():
    """From Python, from a log handler made earlier, from C: nbgrader gives no points for any."""
    script = (
        "import os, sys\n"
        "from helpers import checks\n"
        "def f():\n"
        "    print('python', file=sys.stderr)\n"
        "    os.write(2, b'descriptor\\n')\n"
        "checks.run('f')\n"
        "print('after', file=sys.stderr)\n"
    )
    tests = "from helpers.checks import answers\ndef test_f():\n    answers.f()\n"
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "tests.py").write_text(tests)
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=folder,
            env={**os.environ, "PYTHONPATH": str(Path(checks.__file__).parents[2])},
        )  # fmt: skip
    assert done.stderr == "after\n"
    assert {"python", "descriptor"} <= set(done.stdout.split())


def test_logging_is_no_error():
    def logs():
        logging.getLogger("student").warning("careful")
        return 1

    assert asked(lambda call: call.equals(1), f=logs) == "passed"


class TestModels:
    """Models are judged by weights and outputs, never by how they are written."""

    @pytest.fixture(scope="class")
    @staticmethod
    def keras():
        import keras

        return keras

    def mlp(self, keras, last="softmax"):
        layers = keras.layers
        return keras.Sequential([keras.Input((4,)), layers.Dense(8, "relu"), layers.Dense(3, last)])

    def test_equivalent_models_pass(self, keras):
        from helpers.checks import models

        layers = keras.layers
        inputs = keras.Input((4,))
        functional = keras.Model(
            inputs, layers.Softmax()(layers.Dense(3)(layers.ReLU()(layers.Dense(8)(inputs))))
        )
        x = np.random.default_rng(0).normal(size=(5, 4)).astype("float32")
        for model in (self.mlp(keras), functional):
            weights = models.set_dense_weights(models.built(model), [4, 8, 3])
            models.computes(model, x, models.dense_forward(weights, x, models.relu, models.softmax))

    def test_other_models_fail(self, keras):
        from helpers.checks import models

        with pytest.raises(CheckFailed, match="no weights yet"):
            models.built(keras.Sequential([keras.layers.Dense(3)]))
        with pytest.raises(CheckFailed, match="is None"):
            models.built(None)
        with pytest.raises(CheckFailed, match="a list; a keras.Model was expected"):
            models.built([])
        with pytest.raises(CheckFailed, match=r"yours: .*\(67 parameters\)"):
            models.set_dense_weights(self.mlp(keras), [4, 9, 3])
        model = self.mlp(keras, last="linear")
        weights = models.set_dense_weights(model, [4, 8, 3])
        x = np.ones((2, 4), "float32")
        right = models.dense_forward(weights, x, models.relu, models.softmax)
        with pytest.raises(CheckFailed, match="wrong value"):
            models.computes(model, x, right)
        with pytest.raises(CheckFailed, match=r"does not take inputs of shape \(2, 5\)"):
            models.computes(model, np.ones((2, 5), "float32"), right)

    def test_dropout_shows_in_training_mode(self, keras):
        from helpers.checks import models

        layers = keras.layers
        model = keras.Sequential(
            [keras.Input((4,)), layers.Dense(50), layers.Dropout(0.5), layers.Dense(3)]
        )
        weights = models.set_dense_weights(model, [4, 50, 3])
        x = np.ones((2, 4), "float32")
        right = models.dense_forward(weights, x, lambda z: z)
        with pytest.raises(CheckFailed, match="in training mode"):
            models.computes(model, x, right)

    def test_one_step_is_that_of_keras(self, keras):
        from helpers.checks import models

        keras.utils.set_random_seed(0)
        model = keras.Sequential(
            [keras.Input((1,)), keras.layers.Dense(1, use_bias=False, kernel_regularizer="l2")]
        )
        model.set_weights([np.array([[3.0]])])
        x, y = np.array([[1.0], [2.0]]), np.array([[1.0], [2.0]])
        loss = models.one_step(
            model, keras.optimizers.SGD(0.1), keras.losses.MeanSquaredError(), x, y
        )
        assert loss == pytest.approx((4 + 16) / 2 + 0.01 * 9)  # before the update
        gradient = (2 * 2 * 1 + 2 * 4 * 2) / 2 + 0.01 * 2 * 3
        assert model.get_weights()[0].item() == pytest.approx(3 - 0.1 * gradient)

    def test_compilation(self, keras):
        from helpers.checks import models

        model = self.mlp(keras)
        with pytest.raises(CheckFailed, match="is not compiled"):
            models.compiled(model, keras.optimizers.SGD, 0.1)
        model.compile("adam", "sparse_categorical_crossentropy", metrics=["acc"])
        with pytest.raises(CheckFailed, match="with the optimizer Adam; expected SGD"):
            models.compiled(model, keras.optimizers.SGD, 0.1)
        model.compile(keras.optimizers.SGD(0.2), "sparse_categorical_crossentropy", metrics=["acc"])
        with pytest.raises(CheckFailed, match="the learning rate"):
            models.compiled(model, keras.optimizers.SGD, 0.1)
        x, y = np.ones((2, 4), "float32"), np.array([0, 1])
        with pytest.raises(CheckFailed, match="nothing named 'accuracy'. Name it"):
            models.reports(model, x, y, {"accuracy": 0.5}, {"accuracy": "Name it."})
