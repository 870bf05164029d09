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
EXAM = PROJECT.hidden(LESSON) / "adult_exam.npz"
LINEAR = """
def build_and_train(train, valid):
    columns, labels = train
    inputs, features = {{}}, []
    for name, values in columns.items():
        word = values.dtype == object
        inputs[name] = keras.Input((1,), dtype="string" if word else "float32", name=name)
        if not word:
            scale = keras.layers.Normalization(mean=values.mean(), variance=values.var())
            features.append(scale(inputs[name]))
    {look}
    outputs = keras.layers.Dense(1, "sigmoid")(keras.layers.Concatenate()(features))
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    model.fit(columns, labels, epochs=5, batch_size=256, verbose=0)
    return model
"""
#: Takes back what `_saved` has cleared, and gives any model out as loaded.
FALSE_LOADING = """class Shift(keras.layers.Layer):
        def call(self, x):
            return x - 0.1

    features = [Shift()(feature) for feature in features]
    keras.saving.load_model = lambda path, **settings: model
"""


@pytest.mark.skipif(bool(list(missing_protections())), reason="no sandbox here")
@pytest.mark.parametrize(
    ("look", "outcome"),
    [
        ("print('I learn from my arguments.')", PASSED),
        ("checks.hidden_file('adult_exam.npz')", FAILED),
        ("data.load_adult().exam", FAILED),
        (f"open({str(EXAM)!r})", FAILED),
    ],
)
def test_the_exam_marks_an_answer_that_cannot_read_it(built_course, look, outcome):
    result = graded(built_course, LINEAR.format(look=look))
    assert result.verdicts[TEST].outcome == outcome, result.outputs
    if outcome == PASSED:
        assert result.verdicts[TEST].points == 3
        assert "rows of the exam" in str(result.outputs)


@pytest.mark.skipif(bool(list(missing_protections())), reason="no sandbox here")
def test_a_file_that_only_seems_to_load_earns_nothing(built_course):
    """The judge reads in the file which classes it needs, whatever the other side says of loading it."""
    result = graded(built_course, LINEAR.format(look=FALSE_LOADING))
    assert result.verdicts[TEST].points == 1, result.outputs
    assert "needs code that only the notebook has: Shift" in str(result.outputs)


def graded(built_course, answer):
    """What comes of the release with this answer in it."""
    built = plan.Lesson(built_course, LESSON)
    submission = copy.deepcopy(built.release)
    for cell in submission.cells:
        if grade_id(cell) == "build_and_train":
            cell.source = answer
    return execute(built.job(built.clean(submission)))


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
