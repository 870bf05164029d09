"""The capstone's exam reaches its hidden test, and nobody else."""

from __future__ import annotations

import copy
import hashlib

import pytest
from course_copy import PROJECT

from autograde.grading import plan
from autograde.grading.execution import FAILED, PASSED, execute
from autograde.lesson import grade_id
from autograde.sandbox.confine import missing_protections
from helpers import checks

LESSON, TEST = "15_capstone", "test_build_and_train"
EXAM = PROJECT.hidden(LESSON) / "fashion_mnist_unseen.npz"
LINEAR = """
def build_and_train(x_train, y_train, x_valid, y_valid):
    layers = [keras.layers.Rescaling(1 / 255), keras.layers.Flatten(), keras.layers.Dense(10)]
    model = keras.Sequential([keras.Input((28, 28)), *layers])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss)
    {look}
    model.fit(x_train, y_train, epochs=5, batch_size=128, verbose=0)
    return model
"""


@pytest.mark.skipif(bool(list(missing_protections())), reason="no sandbox here")
@pytest.mark.parametrize(
    ("look", "outcome"),
    [
        ("print('I learn from my arguments.')", PASSED),
        ("checks.hidden_file('fashion_mnist_unseen.npz')", FAILED),
        ("data.load_unseen_fashion()", FAILED),
        (f"open({str(EXAM)!r})", FAILED),
    ],
)
def test_the_exam_marks_an_answer_that_cannot_read_it(built_course, look, outcome):
    built = plan.Lesson(built_course, LESSON)
    submission = copy.deepcopy(built.release)
    for cell in submission.cells:
        if grade_id(cell) == "build_and_train":
            cell.source = LINEAR.format(look=look)
    result = execute(built.job(built.clean(submission)))
    assert result.verdicts[TEST].outcome == outcome, result.outputs
    if outcome == PASSED:
        assert (result.verdicts[TEST].points or 0) >= 2
        assert "unseen accuracy" in str(result.outputs)


def test_it_is_not_handed_out(built_course):
    exam = hashlib.sha256(EXAM.read_bytes()).digest()
    handed_out = [PROJECT.root / "helpers", built_course.folder]
    files = [p for folder in handed_out for p in folder.rglob("*") if p.is_file()]
    assert built_course.notebook("release", LESSON).with_name("calibration.csv") in files
    assert not [p for p in files if hashlib.sha256(p.read_bytes()).digest() == exam]


def test_nbgraders_own_autograde_finds_it_in_the_course(tmp_path, monkeypatch):
    course = tmp_path / "source_notebooks" / LESSON / "hidden"
    own = tmp_path / "course" / "autograded" / "a student" / LESSON
    for folder in (course, own / "hidden"):
        folder.mkdir(parents=True)
    (course / "numbers").write_bytes(b"1 2 3")
    (own / "hidden" / "numbers").write_bytes(b"what the student would like it to be")
    monkeypatch.chdir(own)
    assert checks.hidden_file("numbers") == b"1 2 3"
    with pytest.raises(FileNotFoundError, match="Only the grader has it"):
        checks.hidden_file("others")
