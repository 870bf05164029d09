"""Every row of "Then and now" is run: the old way behaves as it says, the new way works."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf
from conftest import LESSONS
from course_copy import PROJECT
from typer.testing import CliRunner

from autograde.authoring.tables import outdated
from autograde.authoring.then_and_now import Idiom, read_idioms
from autograde.cli import app
from autograde.course import CourseError

IDIOMS = read_idioms(PROJECT)


def classifier(**compiling):
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, "softmax")])
    model.compile("sgd", "sparse_categorical_crossentropy", **compiling)
    return model


def run(code: str) -> None:
    names = {
        "keras": keras,
        "np": np,
        "tf": tf,
        "Path": Path,
        "x": np.ones((6, 4), "float32"),
        "y": np.array([0, 1, 2, 0, 1, 2]),
        "classifier": classifier,
    }
    exec(compile(code, "<idiom>", "exec"), {"__name__": "__main__", **names})


def behave(idiom: Idiom) -> None:
    """Run the old way and compare with what the row says of it."""
    if idiom.raises is not None:
        with pytest.raises(Exception) as caught:  # noqa: PT011  (the kind is compared below)
            run(idiom.old)
        kinds = [kind.__name__ for kind in type(caught.value).__mro__]
        assert idiom.raises in kinds, caught.value
        assert not isinstance(caught.value, AssertionError), caught.value
    elif idiom.warns is not None:
        with warnings.catch_warnings(record=True) as noted:
            warnings.simplefilter("always")
            run(idiom.old)
        assert any(re.search(idiom.warns, str(w.message)) for w in noted), noted
    else:
        run(idiom.old)


@pytest.mark.parametrize("idiom", IDIOMS, ids=lambda idiom: idiom.then.replace("`", "")[:40])
def test_row(idiom, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        behave(idiom)
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        run(idiom.new)


def test_lessons_and_page_are_made_from_the_data():
    assert outdated(PROJECT) == {}


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_lesson_has_rows(lesson):
    assert sum(lesson in idiom.lessons for idiom in IDIOMS) >= 4


def test_the_command_mends_a_table_and_names_the_file(fresh_course):
    path = fresh_course.source("00_start_here")
    right = path.read_text()
    path.write_text(right.replace("| `tf.VERSION` |", "| `tf.version` |"))
    assert path in outdated(fresh_course)
    command = ["--root", str(fresh_course.root), "tables"]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 0
    assert "00_start_here" in result.output
    assert path.read_text() == right
    assert outdated(fresh_course) == {}
    assert "up to date" in CliRunner().invoke(app, command).output


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ('lessons = ["00_start_here"]\nthen = "a"', "missing 4 required"),
        (
            'lessons = ["99"]\nthen = "a"\ntoday = ""\nnow = ""\nold = ""\nnew = ""',
            "names no lesson: 99",
        ),
        (
            'lessons = []\nthen = "`tf.VERSION`"\ntoday = ""\nnow = ""\nold = ""\nnew = ""',
            "stands there twice",
        ),
    ],
)
def test_faulty_rows_are_named(fresh_course, row, problem):
    path = fresh_course.sources / "then_and_now.toml"
    path.write_text(path.read_text() + "\n[[idiom]]\n" + row + "\n")
    with pytest.raises(CourseError, match=problem):
        read_idioms(fresh_course)


def test_what_does_not_behave_as_its_row_says_is_found():
    row = Idiom((), "", "", "", old="int('x')", new="", raises="ValueError")
    behave(row)
    for wrong in (
        row._replace(raises="TypeError"),
        row._replace(raises=None, warns="x", old="pass"),
        row._replace(raises="AssertionError", old="assert False"),
    ):
        with pytest.raises(AssertionError):
            behave(wrong)
    with pytest.raises(pytest.fail.Exception):
        behave(row._replace(old="pass"))
