"""The linter finds what it is for, and nothing in the lessons as they are."""

from __future__ import annotations

import copy
import re

import jupytext
import nbformat
import pytest
from conftest import LESSONS
from course_copy import PROJECT

from autograde.authoring.build import read_going_further
from autograde.authoring.handout import visible
from autograde.authoring.lint import lint_release, lint_source, lint_tests, signature
from autograde.course import ExerciseSpec
from autograde.lesson import exercises, read_lesson, read_tests

LESSON = "00_start_here"
SPEC = PROJECT.curriculum()[LESSON]


@pytest.fixture
def notebook():
    return read_lesson(PROJECT.source(LESSON))


@pytest.mark.parametrize("lesson", LESSONS)
def test_lessons_are_clean(lesson):
    notebook = read_lesson(PROJECT.source(lesson))
    further = read_going_further(PROJECT, lesson)
    assert lint_source(notebook, PROJECT.curriculum()[lesson], further) == []
    assert lint_tests(notebook, read_tests(PROJECT.tests(lesson))) == []


FURTHER = """\
# %% [markdown]
# # 00 · Going further: shapes that are odd

# %%
print("an odd shape")
"""


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (FURTHER, None),
        (FURTHER.replace("Going further: shapes", "Shapes"), "does not begin with its title"),
        (FURTHER.replace("# %%\n", '# %% tags=["x"]\n'), "is graded or has tags"),
        (None, "which is not there"),
    ],
)
def test_mistakes_in_a_second_notebook_are_found(notebook, text, problem):
    end = notebook.cells[-1]
    end.source = "[Going further](going_further/00_going_further.ipynb)\n\n" + end.source
    further = jupytext.reads(text, fmt="py:percent") if text else None
    problems = lint_source(notebook, SPEC, further)
    assert (problem in "".join(problems)) if problem else problems == []


def test_a_second_notebook_needs_a_link_and_may_show_topics(notebook):
    further = jupytext.reads(FURTHER, fmt="py:percent")
    spec = SPEC._replace(shows=["an odd shape"])
    (problem,) = lint_source(notebook, spec, further)
    assert problem == "the lesson has no link to its second notebook, going_further.py"


def test_every_lesson_is_in_the_curriculum_in_order():
    assert list(PROJECT.curriculum()) == LESSONS


def test_links_lead_from_lesson_to_lesson_and_back_to_the_first(built_course):
    """In what students get, and in their own copies, which stand beside each other in the same way."""
    lesson, seen = LESSONS[0], []
    while lesson not in seen:
        seen.append(lesson)
        path = built_course.notebook("release", lesson)
        last = nbformat.read(path, as_version=4).cells[-1].source
        (target,) = re.findall(r"\]\((.*\.ipynb)\)$", last)
        assert (path.parent / target).is_file()
        lesson = (path.parent / target).stem
    assert seen == LESSONS
    assert lesson == LESSONS[0]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"grade_id": "scale_pixels"', '"grade_id": "scale"', "exercise scale_pixels is missing"),
        ('"grade_id": "scale_pixels"', '"grade_id": "scale"', "exercise scale is not in the curriculum"),
        ('"grade_id": "test_scale_pixels"', '"grade_id": "test"', "exercise scale_pixels is missing"),
        ('"points": 1', '"points": 3', "has 3 points; the curriculum says 1"),
        ("def scale_pixels(images):", "def scale_pixels(pictures):", "is defined as scale_pixels(pictures)"),
        ("### BEGIN SOLUTION", "# begin", "has no region ### BEGIN SOLUTION"),
        ('checks.run("scale_pixels")', 'checks.run("scale")', "must be the line checks.run"),
        ("### Exercise: `scale_pixels", "### Task: `scale_pixels", "needs one markdown cell headed"),
        ("<summary>Hint 1", "<summary>Clue 1", "1 hints folded away"),
        ("**Expected**", "It gives", "does not show what to expect"),
        ("# # 00", "# 00", "a title is missing"),
        ("**You will be able to**", "You can", "what the reader will be able to do is missing"),
        ("**Before you start**", "Before", "its prerequisites is missing"),
        ("# **Running time** about", "# about", "its measured running time is missing"),
        ("# ## Predict", "# ## Guess", "a question to predict is missing"),
        ("# ## Check your understanding", "# ## Quiz", "multiple-choice questions is missing"),
        ("# ## Then and now", "# ## History", "a 'Then and now' table is missing"),
        ("# ## Summary", "# ## End", "a summary is missing"),
        ("import keras\n", "", "does not import keras"),
        ("import keras\n", "import keras\nx = 1\n", "holds more than imports"),
        ("# ## Where to go next", "# ## Bye", "where to go next is missing"),
        ("**Question 1.**", "First,", "there are 2 multiple-choice questions"),
        ("widgets.batch_explorer()", "None", "there is no interactive widget"),
        ("# # 00 · Finding your way", "# # 00 · Welcome", "the title is another than the curriculum's"),
        ("platform.python_version()", "None", "the lesson does not show platform.python_version()"),
        ("](../01_activations/01_activations.ipynb)", "]", "does not end in the link to the next one"),
        ("[01 · Activation", "[02 · Activation", "does not end in the link to the next one"),
    ],
)  # fmt: skip
def test_mistakes_in_a_source_are_found(old, new, problem):
    text = PROJECT.source(LESSON).read_text()
    assert old in text
    changed = jupytext.reads(
        text.replace(old, new, 2 if "Question" in old else 1), fmt="py:percent"
    )
    for number, cell in enumerate(changed.cells):
        cell.id = str(number)
    problems = lint_source(changed, SPEC)
    if "Question" in old:
        assert problems == []  # two questions are still enough
        return
    assert any(problem in line for line in problems), problems


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("### BEGIN HIDDEN TESTS", "# begin", "test_scale_pixels has no region ### BEGIN HIDDEN TESTS"),
        ("def test_scale_pixels", "def test_scale", "tests.py has no function test_scale_pixels"),
        ("def test_scale_pixels", "def test_scale", "test_scale in tests.py is of no exercise"),
        (
            "    checks.call(answers.scale_pixels",
            "    with a: checks.call(answers.scale_pixels",
            "checks.call is called in a `with` block",
        ),
    ],
)  # fmt: skip
def test_mistakes_in_tests_are_found(notebook, old, new, problem):
    tests = PROJECT.tests(LESSON).read_text()
    assert old in tests
    assert lint_tests(notebook, tests) == []
    problems = lint_tests(notebook, tests.replace(old, new, 1))
    assert any(problem in line for line in problems), problems


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (
            "return answers.scale_pixels(1)",
            "look runs beside the answers, where there is no answers",
        ),
        ("return checks.kind(1)", "where there is no checks"),
        ("return _expected()", "where there is no _expected"),
        ("return [0.12345]", "tells a number that was computed: 0.12345"),
        (
            'return x.astype("float32") / 255',
            "gives away a part of the solution of scale_pixels",
        ),
    ],
)
def test_what_runs_beside_the_answers_uses_and_tells_nothing_of_the_checks(notebook, body, problem):
    tests = PROJECT.tests(LESSON).read_text()
    beside = "\n\n@checks.beside\ndef look(x):\n    {}\n\n\ndef _expected():\n    return 1\n"
    problems = lint_tests(notebook, tests + beside.format(body))
    assert any(problem in line for line in problems), problems
    assert not any(
        problem in line for line in lint_tests(notebook, tests + beside.format("return np.ones(x)"))
    )


def test_one_question_is_too_few(notebook):
    for cell in notebook.cells:
        cell.source = cell.source.replace("**Question 1.**", "").replace("**Question 2.**", "")
    assert any(
        "there are 1 multiple-choice questions" in line for line in lint_source(notebook, SPEC)
    )


def test_parts_in_the_wrong_order_are_found(notebook):
    summary = next(c for c in notebook.cells if "## Summary" in c.source)
    notebook.cells.remove(summary)
    notebook.cells.insert(1, summary)
    assert any("in the wrong place" in line for line in lint_source(notebook, SPEC))


def test_exercises_out_of_order_are_found(notebook):
    first = exercises(notebook)[0]
    for cell in (first.solution, first.test):
        notebook.cells.remove(cell)
        notebook.cells.append(cell)
    assert any("out of order" in line for line in lint_source(notebook, SPEC))


def test_test_cell_elsewhere_is_found(notebook):
    test = exercises(notebook)[0].test
    notebook.cells.remove(test)
    notebook.cells.append(test)
    assert any("does not follow" in line for line in lint_source(notebook, SPEC))


def test_stored_outputs_are_found(notebook):
    code = next(c for c in notebook.cells if c.cell_type == "code")
    code.outputs = [nbformat.v4.new_output("stream", text="hello")]
    assert any("stored outputs" in line for line in lint_source(notebook, SPEC))


def test_ids_used_twice_are_found(notebook):
    twin = copy.deepcopy(exercises(notebook)[0].test)
    notebook.cells.append(twin)
    problems = lint_source(notebook, SPEC)
    assert "cell id test_scale_pixels is used twice" in problems
    assert "grade_id test_scale_pixels is used twice" in problems


@pytest.fixture
def handed_out(built_course):
    """A lesson, its tests, and what is handed out of both: what `lint_release` takes, to be changed."""
    source, release = (
        nbformat.read(built_course.notebook(step, LESSON), as_version=4)
        for step in ("source", "release")
    )
    tests = read_tests(PROJECT.tests(LESSON))
    return source, tests, release, visible(tests)


def test_stub_with_another_signature_is_found(handed_out):
    source, tests, release, shown = handed_out
    assert lint_release(*handed_out) == []
    stub = exercises(release)[0].solution
    stub.source = stub.source.replace("(images)", "(images, scale=255)")
    problems = lint_release(source, tests, release, shown)
    assert "the stub of scale_pixels has another signature than its solution" in problems


@pytest.mark.parametrize("place", ["markdown", "code"])
def test_leaked_solution_and_hidden_test_are_found(handed_out, place):
    source, tests, release, shown = handed_out
    cell = next(c for c in release.cells if c.cell_type == place)
    cell.source += '\n    return images.astype("float32") / 255\n    compare(3, 100, [(0, 3)])'
    problems = lint_release(source, tests, release, shown)
    assert len([line for line in problems if "gives away a line" in line]) == 2
    cell.source += "\n### BEGIN SOLUTION"
    assert any("keeps a marker" in line for line in lint_release(source, tests, release, shown))


def test_hidden_tests_that_are_shown_are_found(handed_out):
    source, tests, release, _ = handed_out
    problems = lint_release(source, tests, release, tests)
    assert any(line.startswith("tests.py keeps a marker") for line in problems)


@pytest.mark.parametrize(
    ("tests", "says"),
    [
        ("checks.equals(0.12345678)", "tests.py gives away a number of a hidden test: 0.12345678"),
        (
            'expected = pixels.astype("float32") / 255',
            "gives away a part of the solution of scale_pixels: pixels.astype('float32') / 255",
        ),
    ],
)
def test_numbers_and_expressions_that_are_shown_are_found(handed_out, tests, says):
    source, hidden, release, shown = handed_out
    hidden = hidden.replace("### END HIDDEN", "checks.equals(0.12345678)\n    ### END HIDDEN")
    assert lint_release(source, hidden, release, shown) == []
    problems = lint_release(source, hidden, release, f"{shown}\n{tests}\n")
    assert any(says in line for line in problems), problems


def test_signatures_of_functions_and_classes():
    assert signature("def f(x: int, *, y=0.10) -> int: ...", "f") == "f(x, *, y=0.1)"
    layer = "class A(B):\n    def __init__(self, units, activation=None, **kwargs): ...\n"
    assert signature(layer, "A") == "class A(units, activation=None)"
    assert signature("class A:\n    pass", "A") == "class A"
    assert signature("x = (", "x") is None


TASK = "### Exercise: `reflection` (4 points)\n\nSay why.\n\n**Rubric** one point for each reason"


def with_reflection(notebook, task=TASK, **changes):
    """The lesson with a text that is marked by hand, and the linter's problems with it."""
    answer = nbformat.v4.new_markdown_cell("### BEGIN SOLUTION\nBecause.\n### END SOLUTION")
    answer.metadata["nbgrader"] = {
        "schema_version": 3,
        "grade_id": "reflection",
        "grade": True,
        "solution": True,
        "locked": False,
        "task": False,
        "points": 4,
    }
    answer.metadata["nbgrader"].update(changes.pop("nbgrader", {}))
    answer.update(changes)
    position = next(i for i, cell in enumerate(notebook.cells) if "## Check your" in cell.source)
    notebook.cells[position:position] = [nbformat.v4.new_markdown_cell(task), answer]
    spec = SPEC._replace(exercises=[*SPEC.exercises, ExerciseSpec("reflection", 4, by_hand=True)])
    return lint_source(notebook, spec)


def test_text_marked_by_hand_is_accepted(notebook):
    assert with_reflection(notebook) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"nbgrader": {"grade_id": "thoughts"}}, "exercise reflection is missing"),
        ({"nbgrader": {"grade": False}}, "needs a markdown cell that is marked by hand"),
        ({"nbgrader": {"points": 3}}, "has 3 points; the curriculum says 4"),
        ({"cell_type": "raw"}, "needs a markdown cell that is marked by hand"),
        ({"source": "Because."}, "has no region ### BEGIN SOLUTION"),
        ({"task": TASK.replace("**Rubric**", "")}, "says how it is marked"),
        ({"task": "Say why."}, "says how it is marked"),
    ],
)
def test_mistakes_in_a_text_marked_by_hand_are_found(notebook, changes, problem):
    problems = with_reflection(notebook, **changes)
    assert any(problem in line for line in problems), problems
