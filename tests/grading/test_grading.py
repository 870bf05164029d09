"""The round trip through nbgrader with real kernels: every kind of submission gets what it deserves."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys

import nbformat
import pytest
from conftest import LESSONS, LONG_FOR_MOST
from nbgrader.api import Gradebook

from autograde.authoring.demo import ENDLESS_LOOP, KERNEL_CRASH, SYNTAX_ERROR
from autograde.authoring.lint import HIDDEN
from autograde.course import TESTS
from autograde.grading import reports, session
from autograde.grading.feedback import feedback_page
from autograde.grading.recorder import Recorder
from autograde.lesson import exercises, grade_id

ENDED = "the process ended while this cell was running"
SCALE = 'def scale_pixels(images):\n    return (images / 255).astype("float32")\n'


def submit(course, lesson, student, answers, change=None):
    """Hand in the release with these answers; `change` may do more to the notebook."""
    notebook = nbformat.read(course.notebook("release", lesson), as_version=4)
    for cell in notebook.cells:
        cell.source = answers.get(grade_id(cell), cell.source)
    if change is not None:
        change(notebook)
    path = course.notebook("submitted", lesson, student)
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


def graded(course, lesson, student):
    """Grade a submission as nbgrader's own command does; return the report on it."""
    list(session.plan(course, lesson, [student], staging=True))
    problem = Recorder(course).record(lesson, student)
    report = next(r for r in reports.reports(course, lesson) if r.student == student)
    assert problem is None or report.problem
    return report


def is_due(course, lesson, student):
    """Whether the submission would be graded by the next `autograde grade`."""
    (planned,) = session.plan(course, lesson, [student])
    return not planned.up_to_date


def reference(course, lesson):
    """The reference's answers; where a person marks, any text."""
    source = nbformat.read(course.notebook("source", lesson), as_version=4)
    texts = {s.name: "My own words." for s in course.curriculum()[lesson].exercises if s.by_hand}
    return {exercise.name: exercise.solution.source for exercise in exercises(source)} | texts


@pytest.mark.parametrize("lesson", LONG_FOR_MOST)
def test_reference_gets_everything(built_course, lesson):
    submit(built_course, lesson, "reference", reference(built_course, lesson))
    report = graded(built_course, lesson, "reference")
    specs = built_course.curriculum()[lesson].exercises
    assert {name: grade.points for name, grade in report.grades.items()} == {
        s.name: 0 if s.by_hand else s.points for s in specs
    }
    notes = {name: grade.note for name, grade in report.grades.items() if grade.note}
    assert notes == {s.name: "to be marked by hand" for s in specs if s.by_hand}
    assert not is_due(built_course, lesson, "reference")


@pytest.mark.parametrize("lesson", LESSONS)
def test_untouched_release_gets_nothing(built_course, lesson):
    submit(built_course, lesson, "blank", {})
    assert graded(built_course, lesson, "blank").points == 0


def test_text_is_marked_by_hand(built_course):
    """The mark given in formgrader counts, and stays when the submission is graded again."""
    lesson, student = "15_capstone", "writer"
    submit(built_course, lesson, student, {"reflection": "I tried three networks."})
    assert graded(built_course, lesson, student).grades["reflection"] == (0, "to be marked by hand")
    with Gradebook(built_course.gradebook_url) as gradebook:
        grade = gradebook.find_grade("reflection", lesson, lesson, student)
        grade.manual_score, grade.needs_manual_grade = 3, False
        gradebook.db.commit()
    report = next(r for r in reports.reports(built_course, lesson) if r.student == student)
    assert report.grades["reflection"] == (3, "")
    # Graded again, the mark stays, and nbgrader asks the marker to look once more.
    report = graded(built_course, lesson, student)
    assert report.grades["reflection"] == (3, "to be marked by hand")


LINEAR = """
def build_and_train(train, valid):
    columns, labels = train
    inputs, features = {}, []
    for name, values in columns.items():
        word = values.dtype == object
        inputs[name] = keras.Input((1,), dtype="string" if word else "float32", name=name)
        if not word:
            scale = keras.layers.Normalization(mean=values.mean(), variance=values.var())
            features.append(scale(inputs[name]))
    outputs = keras.layers.Dense(1, "sigmoid")(keras.layers.Concatenate()(features))
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    model.fit(columns, labels, epochs=5, batch_size=256, verbose=0)
    return model
"""


@pytest.mark.parametrize(
    "more", ["", "\nchecks.Points = lambda points, of: 'all of them'\n"], ids=["", "patched"]
)
def test_points_in_steps(built_course, more):
    student = f"stepper{len(more)}"
    submit(built_course, "15_capstone", student, {"build_and_train": LINEAR + more})
    report = graded(built_course, "15_capstone", student)
    assert report.grades["build_and_train"] == (3, "")


@pytest.mark.parametrize("lesson", LONG_FOR_MOST)
def test_half_gets_its_half(built_course, lesson):
    answers = reference(built_course, lesson)
    half = dict(list(answers.items())[: len(answers) // 2])
    submit(built_course, lesson, "half", half)
    points = {spec.name: spec.points for spec in built_course.curriculum()[lesson].exercises}
    report = graded(built_course, lesson, "half")
    assert {n: g.points for n, g in report.grades.items()} == {
        n: p * (n in half) for n, p in points.items()
    }


@pytest.mark.parametrize(
    ("exercise", "answer", "note"),
    [
        ("relu_derivative", ENDLESS_LOOP, "it took more than 10 s"),
        pytest.param(
            "relu_derivative",
            "def relu_derivative(x):\n"
            "    while True:\n"
            "        try:\n"
            "            while True:\n"
            "                pass\n"
            "        except KeyboardInterrupt:\n"
            "            pass\n",
            "no answer within 10 s, nor to an interrupt",
            marks=pytest.mark.long,
        ),
        ("tanh_derivative", KERNEL_CRASH, f"{ENDED} (killed by signal 6, SIGABRT)"),
        ("tanh_derivative", "import os\nos._exit(0)", f"{ENDED} (exit status 0)"),
        ("tanh_derivative", "exit()", ""),
        ("softmax", SYNTAX_ERROR, "syntax error"),
    ],
    ids=["endless", "ignores-interrupt", "crash", "dies-at-definition", "exit", "syntax"],
)
def test_misfortune_costs_that_exercise_alone(built_course, exercise, answer, note):
    lesson = "01_activations"
    student = f"unlucky_{exercise}_{abs(hash(answer))}"
    submit(built_course, lesson, student, {**reference(built_course, lesson), exercise: answer})
    report = graded(built_course, lesson, student)
    assert report.grades[exercise] == (0, note)
    others = [spec for spec in built_course.curriculum()[lesson].exercises if spec.name != exercise]
    assert {s.name: report.grades[s.name].points for s in others} == {
        s.name: s.points for s in others
    }


def test_harmless_things_cost_nothing(built_course):
    noisy = (
        "import logging, sys, warnings\n"
        "logging.basicConfig()\n"
        "def scale_pixels(images):\n"
        "    warnings.warn('a warning')\n"
        "    logging.warning('a log line')\n"
        "    print('an error line', file=sys.stderr)\n"
        "    print('progress 50%')\n"
        "    return (images / 255).astype('float32')\n"
    )

    def add_cells(notebook):
        notebook.cells.insert(3, nbformat.v4.new_code_cell("1 / 0"))
        notebook.cells.append(nbformat.v4.new_code_cell("0"))

    submit(built_course, "00_start_here", "noisy", {"scale_pixels": noisy}, add_cells)
    assert graded(built_course, "00_start_here", "noisy").grades["scale_pixels"].points == 1


@pytest.mark.long
def test_validate_passes_what_is_noisy_but_right(built_course, tmp_path):
    """nbgrader's own Validate, which knows nothing of this course's steps."""
    noisy = {
        "scale_pixels": "import logging\nlogging.basicConfig()\n"
        "def scale_pixels(images):\n"
        "    logging.warning('careful')\n"
        "    return (images / 255).astype('float32')\n",
        "batch_bounds": reference(built_course, "00_start_here")["batch_bounds"],
    }
    submit(built_course, "00_start_here", "validated", noisy)
    path = shutil.copy(built_course.notebook("submitted", "00_start_here", "validated"), tmp_path)
    shutil.copy(built_course.notebook("release", "00_start_here").with_name(TESTS), tmp_path)
    command = [sys.executable, "-m", "nbgrader", "validate", str(path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Success! Your notebook passes all the tests." in done.stdout, done.stdout


def test_nothing_in_the_notebook_buys_points(built_course):
    """Tags, edited tests, deleted tests, values at the end of a cell."""

    def tamper(notebook):
        for cell in notebook.cells:
            if grade_id(cell) == "test_scale_pixels":
                cell.source = "1"
            if grade_id(cell) == "test_batch_bounds":
                cell.metadata["tags"] = ["skip-execution"]

    submit(built_course, "00_start_here", "tamperer", {}, tamper)
    assert graded(built_course, "00_start_here", "tamperer").points == 0

    def delete(notebook):
        notebook.cells = [c for c in notebook.cells if not str(grade_id(c)).startswith("test_")]

    submit(built_course, "00_start_here", "deleter", {"scale_pixels": SCALE}, delete)
    report = graded(built_course, "00_start_here", "deleter")
    assert {name: grade.points for name, grade in report.grades.items()} == {
        "scale_pixels": 1,
        "batch_bounds": 0,
    }


def test_unreadable_notebook_is_reported_and_stops_nobody(built_course):
    submit(built_course, "00_start_here", "garbled", {})
    built_course.notebook("submitted", "00_start_here", "garbled").write_text(
        "{ this is no notebook"
    )
    report = graded(built_course, "00_start_here", "garbled")
    assert report.points == 0
    assert all("is no notebook" in grade.note for grade in report.grades.values())
    with Gradebook(built_course.gradebook_url) as gradebook:
        assert gradebook.find_submission("00_start_here", "garbled").needs_manual_grade


def test_feedback_and_export(built_course):
    lesson = "00_start_here"
    submit(built_course, lesson, "reader", {"scale_pixels": SCALE})
    graded(built_course, lesson, "reader")
    page = feedback_page(built_course, lesson, "reader").read_text()
    assert "batch_bounds is not written yet" in page
    secrets = HIDDEN.findall(built_course.tests(lesson).read_text())
    for step in ("autograded", "feedback"):
        for path in built_course.notebook(step, lesson, "reader").parent.rglob("*"):
            text = path.read_text() if path.is_file() else ""
            assert "HIDDEN TESTS" not in text, path
            assert not any(
                line.strip() in text for s in secrets for line in s.splitlines() if "(" in line
            )
    path = reports.export(built_course)
    rows = {(r["assignment"], r["student_id"]): r for r in csv.DictReader(path.open())}
    assert float(rows[lesson, "reader"]["score"]) == 1
    assert float(rows[lesson, "reader"]["max_score"]) == 2
    with Gradebook(built_course.gradebook_url) as gradebook:
        assert gradebook.find_submission(lesson, "reader").score == 1


def test_a_regrade_replaces_the_grade(built_course):
    lesson = "00_start_here"
    submit(built_course, lesson, "improver", {})
    assert graded(built_course, lesson, "improver").points == 0
    submit(built_course, lesson, "improver", {"scale_pixels": SCALE})
    assert graded(built_course, lesson, "improver").points == 1
