"""A notebook whose exercises are not done yet: quiet lines where answers are needed, and the rest runs."""

from __future__ import annotations

import copy

import nbformat
import pytest
from conftest import LESSONS
from lesson_times import ONLY_SAMPLES, execute
from nbformat.v4 import new_code_cell, new_notebook

from autograde.lesson import grade_id

CELLS = {
    "imports": "from helpers import checks\nimport keras\nimport numpy as np",
    "stub": "def double(x):\n    raise NotImplementedError()",
    "layer": """
class MyLayer(keras.layers.Layer):
    def call(self, inputs):
        raise NotImplementedError()
""",
    "needs double": "before = 1\ntwice = double(3)\nfor i in range(3):\n    last = i",
    "needs twice": "print(twice + 1)\nthrice = 3",
    "needs thrice": "print(thrice)",
    "is not hurt": "print(before)",
    "needs the layer": "out = MyLayer()(np.ones((2, 2)))",
    "needs it in fit": """
model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(2)])
model.add(MyLayer())
model.compile("sgd", "mse")
model.fit(np.ones((4, 2)), np.ones((4, 2)), verbose=0)
""",
    "double written": "def double(x):\n    return 2 * x",
    "needs double again": "twice = double(3)\nprint(twice)",
    "an error of one's own": "raise NotImplementedError('of my own')",
    "another": "print(misspelt)",
}

LONG_FOR_THE_REST = [pytest.param(name, marks=pytest.mark.long) for name in LESSONS[1:]]


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """What each cell shows: a quiet line, a text, or the name of an error."""
    notebook = new_notebook(cells=[new_code_cell(source) for source in CELLS.values()])
    execute(notebook, tmp_path_factory.mktemp("unanswered"), allow_errors=True)
    texts = {}
    for name, cell in zip(CELLS, notebook.cells, strict=True):
        texts[name] = ""
        for o in cell.outputs:
            texts[name] += o.get("data", {}).get("text/markdown", "") or o.get("text", "")
            texts[name] += o.get("ename", "")
    return texts


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("needs double", "*This cell needs your* `double`."),
        ("needs twice", "*This cell needs your* `double`*, from which* `twice` *comes.*"),
        ("needs thrice", "*This cell needs your* `double`*, from which* `thrice` *comes.*"),
        ("is not hurt", "1\n"),
        ("needs the layer", "*This cell needs your* `MyLayer`."),
        ("needs it in fit", "*This cell needs your* `MyLayer`."),
        ("needs double again", "6\n"),
        ("an error of one's own", "NotImplementedError"),
        ("another", "NameError"),
    ],
)
def test_a_cell_says_what_it_needs(shown, cell, text):
    assert shown[cell] == text


@pytest.mark.parametrize("lesson", [LESSONS[0], *LONG_FOR_THE_REST])
def test_all_cells_of_a_lesson_run_before_it_is_answered(built_course, lesson, tmp_path):
    """Nothing stops *Run All Cells*, and no error is shown but by the checks of the exercises."""
    path = built_course.notebook("release", lesson)
    notebook = copy.deepcopy(nbformat.read(path, as_version=4))
    for file in path.parent.iterdir():
        if file.is_file():
            (tmp_path / file.name).write_bytes(file.read_bytes())
    notebook.cells.insert(0, new_code_cell(ONLY_SAMPLES))
    execute(notebook, tmp_path)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                assert (grade_id(cell) or "").startswith("test_"), (cell.source, output.evalue)
                assert output.ename == "CheckFailed"
