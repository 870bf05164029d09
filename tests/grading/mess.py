"""A class whose every member hands in right answers with another ordinary mess around them.

Each function below is one student. It is given the notebook with all answers right, and the folder that
should get `LESSON/LESSON.ipynb`, and hands in as that student does. A function marked by `asks` hands in
what cannot be graded in full: a person must be asked, with these words.
"""

from __future__ import annotations

import copy
import json
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from autograde.lesson import grade_id

LESSON = "01_activations"
#: The lesson as it was handed out.
RELEASE = NotebookNode()
MESSES: dict[str, Callable[[NotebookNode, Path], Any]] = {}
#: Words of the reason with which a person is asked, of those who do not get full points by themselves.
ASKS: dict[str, str] = {}
#: How the folder of a student is called, where it is not called like the mess.
FOLDERS = {"brackets": "[brackets] {1}", "accents": "Zoë O'Brien", "spaces": " spaces"}

#: What is handed out in a folder below a lesson, and is not graded.
GOING_FURTHER = nbformat.v4.new_notebook(
    cells=[new_markdown_cell("# 01 · Going further: more"), new_code_cell("print(1)")]
)
#: An answer that needs a name from elsewhere in the notebook.
NEEDY = "def tanh_derivative(x):\n    return ONE - np.tanh(x) ** 2\n"


def mess(function: Callable[[NotebookNode, Path], Any]) -> Callable[[NotebookNode, Path], Any]:
    MESSES[function.__name__] = function
    return function


def asks(words: str) -> Callable[..., Any]:
    def note(function: Callable[[NotebookNode, Path], Any]) -> Callable[..., Any]:
        ASKS[function.__name__] = words
        return mess(function)

    return note


def write(notebook: NotebookNode, folder: Path, name: str = f"{LESSON}/{LESSON}.ipynb") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")  # as it is, and not put right
    return path


def cell_of(notebook: NotebookNode, name: str) -> NotebookNode:
    return next(cell for cell in notebook.cells if grade_id(cell) == name)


def place_of(notebook: NotebookNode, name: str) -> int:
    return notebook.cells.index(cell_of(notebook, name))


def import_cell(notebook: NotebookNode) -> NotebookNode:
    return next(cell for cell in notebook.cells if cell.cell_type == "code")


def demonstration(notebook: NotebookNode, number: int = 0) -> NotebookNode:
    tagged = [c for c in notebook.cells if "skip-execution" in c.metadata.get("tags", [])]
    return tagged[number]


def above(notebook: NotebookNode, name: str, source: str) -> None:
    notebook.cells.insert(place_of(notebook, name), new_code_cell(source))


# The import cell


@mess
def colab(notebook, folder):
    cell = import_cell(notebook)
    cell.source = "from google.colab import drive\ndrive.mount('/content/drive')\n" + cell.source
    write(notebook, folder)


@mess
def colab_and_own_imports(notebook, folder):
    cell = import_cell(notebook)
    cell.source = f"from google.colab import drive\n{cell.source}\nfrom math import pi as PI"
    cell_of(notebook, "tanh_derivative").source = NEEDY.replace("ONE", "PI / PI")
    write(notebook, folder)


@mess
def package_not_here(notebook, folder):
    cell = import_cell(notebook)
    cell.source = "import seaborn as sns, nltk\nsns.set_theme()\n" + cell.source
    write(notebook, folder)


@mess
def first_gpu(notebook, folder):
    cell = import_cell(notebook)
    cell.source = (
        "import tensorflow as tf\ngpus = tf.config.list_physical_devices('GPU')\n"
        "tf.config.experimental.set_memory_growth(gpus[0], True)\n" + cell.source
    )
    write(notebook, folder)


@mess
def magic_of_colab(notebook, folder):
    cell = import_cell(notebook)
    cell.source = "%tensorflow_version 2.x\n%load_ext google.colab.data_table\n" + cell.source
    write(notebook, folder)


@mess
def cell_magic_of_nobody(notebook, folder):
    for cell in (import_cell(notebook), cell_of(notebook, "sigmoid")):
        cell.source = "%%heat -r 3\n" + cell.source
    write(notebook, folder)


@mess
def syntax_error_in_the_imports(notebook, folder):
    import_cell(notebook).source += "\nprint 'all imported'"
    write(notebook, folder)


@mess
def imports_deleted(notebook, folder):
    notebook.cells.remove(import_cell(notebook))
    write(notebook, folder)


# Metadata


@mess
def no_metadata(notebook, folder):
    for cell in notebook.cells:
        cell.metadata = NotebookNode()
    write(notebook, folder)


@mess
def nothing_but_sources(notebook, folder):
    for number, cell in enumerate(notebook.cells):
        cell.metadata = NotebookNode()
        cell.id = f"new-{number}"
    notebook.metadata = NotebookNode()
    write(notebook, folder)


@mess
def metadata_null(notebook, folder):
    raw = json.loads(json.dumps(notebook))
    for cell in raw["cells"]:
        cell["metadata"] = None
        del cell["id"]
    raw["metadata"] = None
    path = write(notebook, folder)
    path.write_text(json.dumps(raw))


@mess
def metadata_a_list(notebook, folder):
    raw = json.loads(json.dumps(notebook))
    for cell in raw["cells"]:
        cell["metadata"] = []
        cell["id"] = None
    path = write(notebook, folder)
    path.write_text(json.dumps(raw))


@mess
def older_format(notebook, folder):
    raw = json.loads(json.dumps(notebook))
    raw["nbformat_minor"] = 2
    for cell in raw["cells"]:
        del cell["id"]
        cell["metadata"] = {}
    path = write(notebook, folder)
    path.write_text(json.dumps(raw))


@mess
def byte_order_mark_and_windows_lines(notebook, folder):
    path = write(notebook, folder)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))


# Copies


@mess
def stub_below(notebook, folder):
    stub = copy.deepcopy(cell_of(notebook, "tanh_derivative"))
    stub.source = "def tanh_derivative(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
    stub.id = "copy"
    notebook.cells.append(stub)
    write(notebook, folder)


@mess
def lesson_pasted_below(notebook, folder):
    notebook.cells += copy.deepcopy(RELEASE.cells)
    write(notebook, folder)


@mess
def lesson_pasted_above_without_metadata(notebook, folder):
    pasted = copy.deepcopy(RELEASE.cells)
    for number, cell in enumerate(pasted):
        cell.metadata, cell.id = NotebookNode(), f"pasted-{number}"
    notebook.cells = pasted + notebook.cells
    write(notebook, folder)


@mess
def first_try_left_above(notebook, folder):
    first = copy.deepcopy(cell_of(notebook, "tanh_derivative"))
    first.source, first.id = "def tanh_derivative(x):\n    return 1 - np.tanh(x)", "first"
    notebook.cells.insert(place_of(notebook, "tanh_derivative"), first)
    write(notebook, folder)


@asks("several answers")
def second_try_is_worse(notebook, folder):
    second = copy.deepcopy(cell_of(notebook, "tanh_derivative"))
    second.source, second.id = "def tanh_derivative(x):\n    return 1 - np.tanh(x)", "second"
    notebook.cells.insert(place_of(notebook, "test_tanh_derivative"), second)
    write(notebook, folder)


@mess
def answer_in_a_cell_of_its_own(notebook, folder):
    cell = cell_of(notebook, "tanh_derivative")
    notebook.cells.insert(place_of(notebook, "tanh_derivative"), new_code_cell(cell.source))
    cell.source = "def tanh_derivative(x):\n    raise NotImplementedError()"
    write(notebook, folder)


@mess
def answer_in_the_cell_of_its_test(notebook, folder):
    cell, test = (cell_of(notebook, name) for name in ("tanh_derivative", "test_tanh_derivative"))
    test.source = f"{cell.source}\n\n{test.source}"
    cell.source = "def tanh_derivative(x):\n    raise NotImplementedError()"
    write(notebook, folder)


@mess
def answers_in_the_import_cell_and_in_a_demonstration(notebook, folder):
    for name, place in (
        ("tanh_derivative", import_cell(notebook)),
        ("sigmoid", demonstration(notebook, 1)),
    ):
        cell = cell_of(notebook, name)
        place.source += f"\n\n{cell.source}"
        cell.source = f"def {name}(x):\n    raise NotImplementedError()"
    write(notebook, folder)


@mess
def all_answers_in_one_cell(notebook, folder):
    first, second = (cell_of(notebook, name) for name in ("sigmoid", "sigmoid_derivative"))
    first.source += "\n\n" + second.source
    second.source = "def sigmoid_derivative(x):\n    raise NotImplementedError()"
    write(notebook, folder)


@mess
def cell_split_in_two(notebook, folder):
    cell = cell_of(notebook, "tanh_derivative")
    half = copy.deepcopy(cell)
    half.source, half.id = "ONE = 1.0", "half"
    cell.source = NEEDY
    notebook.cells.insert(place_of(notebook, "tanh_derivative"), half)
    write(notebook, folder)


@asks("another cell defines it as well")
def put_right_in_a_cell_at_the_end(notebook, folder):
    cell = cell_of(notebook, "tanh_derivative")
    notebook.cells.append(new_code_cell(cell.source))
    cell.source = "def tanh_derivative(x):\n    return 1 - np.tanh(x)"
    write(notebook, folder)


@asks("of another type")
def answer_turned_into_text(notebook, folder):
    cell = cell_of(notebook, "tanh_derivative")
    place, metadata = place_of(notebook, "tanh_derivative"), cell.metadata
    text = new_markdown_cell(cell.source, metadata=metadata, id=cell.id)
    notebook.cells[place] = text
    write(notebook, folder)


# Demonstration cells


@mess
def constant_in_a_demonstration(notebook, folder):
    demonstration(notebook).source += "\nONE = 2.0\nONE = ONE / 2\nmodel.fit(nothing)"
    cell_of(notebook, "tanh_derivative").source = NEEDY
    write(notebook, folder)


@mess
def import_in_a_demonstration(notebook, folder):
    demonstration(notebook).source = "import math\n" + demonstration(notebook).source
    cell_of(notebook, "tanh_derivative").source = NEEDY.replace("ONE", "math.cos(0)")
    write(notebook, folder)


@mess
def helper_in_a_demonstration(notebook, folder):
    demonstration(notebook).source += "\n\nTWO = 2\ndef one(x):\n    return TWO - np.ones_like(x)\n"
    cell_of(notebook, "tanh_derivative").source = NEEDY.replace("ONE", "one(x)")
    write(notebook, folder)


@mess
def name_of_the_lessons_demonstration(notebook, folder):
    cell_of(notebook, "tanh_derivative").source = NEEDY.replace("ONE", "SELU_SCALE / SELU_SCALE")
    demonstration(notebook, 4).source += "\n"
    cells, name = notebook.cells, "tanh_derivative"
    cells.append(cells.pop(place_of(notebook, name)))
    cells.append(cells.pop(place_of(notebook, f"test_{name}")))
    write(notebook, folder)


@asks("run in part only")
def demonstration_that_cannot_run(notebook, folder):
    demonstration(notebook).source += "\nimport seaborn\nONE = seaborn.load_dataset('one')"
    cell_of(notebook, "tanh_derivative").source = NEEDY
    write(notebook, folder)


# The student's own work and files


@mess
def own_training(notebook, folder):
    for _ in range(4):
        above(notebook, "sigmoid", "while True:\n    pass")
    write(notebook, folder)


@mess
def own_work_that_sleeps(notebook, folder):
    above(notebook, "sigmoid", "import time\ntime.sleep(10_000)")
    write(notebook, folder)


@mess
def own_module(notebook, folder):
    write(notebook, folder)
    (folder / LESSON / "my_layers.py").write_text("from my_numbers.one import ONE\n")
    (folder / LESSON / "my_numbers").mkdir()
    (folder / LESSON / "my_numbers" / "one.py").write_text("ONE = 1\n")
    cell_of(notebook, "tanh_derivative").source = "from my_layers import ONE\n" + NEEDY
    write(notebook, folder)


@mess
def own_table(notebook, folder):
    above(notebook, "sigmoid", "import pandas as pd\nONE = pd.read_csv('data/largest.csv')['n'][0]")
    cell_of(notebook, "tanh_derivative").source = NEEDY
    write(notebook, folder)
    (folder / LESSON / "data").mkdir()
    (folder / LESSON / "data" / "largest.csv").write_text("n\n1\n")


@asks("huge.csv")
def own_table_too_large(notebook, folder):
    above(notebook, "sigmoid", "import pandas as pd\nONE = pd.read_csv('huge.csv')['n'][0]")
    cell_of(notebook, "tanh_derivative").source = NEEDY
    write(notebook, folder)
    (folder / LESSON / "huge.csv").write_text("n\n" + "1\n" * 6_000_000)


@mess
def pictures_of_25_megabytes(notebook, folder):
    picture = b64encode(bytes(5_000_000)).decode()
    cell = import_cell(notebook)
    cell.outputs = [new_output("display_data", {"image/png": picture}) for _ in range(4)]
    notebook.metadata["widgets"] = {"state": "x" * 1_000_000}
    write(notebook, folder)


# What a kernel can


@mess
def shell_lines(notebook, folder):
    for name, lines in {
        "sigmoid": "files = !ls",
        "sigmoid_derivative": "!!ls",
        "tanh_derivative": "%autosave 60\n!pip install -q nothing",
        "softmax": "%sx ls\nhere = %pwd\n%cd /content\n%env X=1\n%pip install nothing",
    }.items():
        cell = cell_of(notebook, name)
        cell.source = f"{lines}\n{cell.source}"
    write(notebook, folder)


@mess
def cell_magics(notebook, folder):
    cell_of(notebook, "sigmoid").source = "%%time\n" + cell_of(notebook, "sigmoid").source
    cell_of(notebook, "softmax").source = "%%capture out\n" + cell_of(notebook, "softmax").source
    for source in (
        "%%bash\nls",
        "%%javascript\nalert(1)",
        "%%html\n<b>",
        "%%writefile a.py\nx = 1",
    ):
        above(notebook, "sigmoid", source)
    write(notebook, folder)


@mess
def asks_for_input(notebook, folder):
    above(notebook, "sigmoid", "name = input('Your name? ')\nimport getpass; getpass.getpass()")
    write(notebook, folder)


# Settings


@mess
def settings(notebook, folder):
    cell = import_cell(notebook)
    cell.source += (
        "\nkeras.config.set_floatx('float16')\nkeras.mixed_precision.set_global_policy('mixed_float16')"
        "\nkeras.config.set_image_data_format('channels_first')\nnp.seterr(all='raise')"
        "\nimport warnings, os\nwarnings.simplefilter('error')\nos.chdir('/')"
    )
    write(notebook, folder)


# Names


@mess
def downloaded_twice(notebook, folder):
    write(notebook, folder, f"{LESSON}/{LESSON} (1).ipynb")


@mess
def untouched_beside_it(notebook, folder):
    write(notebook, folder, f"{LESSON}/{LESSON}-Copy1.ipynb")
    write(RELEASE, folder)


@mess
def second_notebook_beside_it(notebook, folder):
    write(notebook, folder)
    write(GOING_FURTHER, folder, f"{LESSON}/going_further/{LESSON}_going_further.ipynb")


@asks("nothing in it is of this lesson")
def second_notebook_alone(notebook, folder):
    write(GOING_FURTHER, folder, f"{LESSON}/{LESSON}_going_further.ipynb")


@mess
def saved_as_text(notebook, folder):
    write(notebook, folder, f"{LESSON}/{LESSON}.ipynb.txt")


@mess
def folder_in_capitals(notebook, folder):
    write(notebook, folder, f"{LESSON.upper()}/{LESSON}.ipynb")


@mess
def a_folder_too_high(notebook, folder):
    write(notebook, folder, f"{LESSON}.ipynb")


@mess
def a_folder_too_deep(notebook, folder):
    write(notebook, folder, f"Homework 1/{LESSON}/{LESSON}/{LESSON}.ipynb")


@mess
def untitled(notebook, folder):
    write(notebook, folder, "Untitled3.ipynb")


@mess
def checkpoints_beside_it(notebook, folder):
    write(RELEASE, folder, f"{LESSON}/.ipynb_checkpoints/{LESSON}-checkpoint.ipynb")
    write(RELEASE, folder, f"__MACOSX/{LESSON}/._{LESSON}.ipynb")
    (folder / LESSON / ".DS_Store").write_bytes(bytes(10))
    write(notebook, folder)


@mess
def brackets(notebook, folder):
    write(notebook, folder)


@mess
def accents(notebook, folder):
    write(notebook, folder)


@mess
def spaces(notebook, folder):
    write(notebook, folder)


@asks("01_activations.pdf")
def a_pdf(notebook, folder):
    (folder / LESSON).mkdir()
    (folder / LESSON / f"{LESSON}.pdf").write_bytes(b"%PDF-1.7")


@asks("01_activations.py")
def a_script(notebook, folder):
    (folder / LESSON).mkdir()
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    (folder / LESSON / f"{LESSON}.py").write_text("\n".join(code))


@asks("folder is empty")
def an_empty_folder(notebook, folder):
    (folder / LESSON).mkdir()


@asks("unpack it")
def an_archive(notebook, folder):
    (folder / LESSON).mkdir()
    (folder / LESSON / f"{LESSON}.zip").write_bytes(b"PK")


@asks("several notebooks")
def two_different(notebook, folder):
    write(notebook, folder, f"{LESSON}/final.ipynb")
    cell_of(notebook, "softmax").source += "\n# better"
    write(notebook, folder, f"{LESSON}/final2.ipynb")


@asks("is no notebook")
def cut_off(notebook, folder):
    path = write(notebook, folder)
    path.write_bytes(path.read_bytes()[:5000])


@asks("nothing in it is of this lesson")
def another_notebook(notebook, folder):
    write(nbformat.v4.new_notebook(cells=[new_code_cell("print('hello')")]), folder)


# And more


@mess
def texts_everywhere(notebook, folder):
    for place in range(len(notebook.cells), 0, -3):
        notebook.cells.insert(place, new_markdown_cell("My notes: $x^2$ 🙂 \u2028"))
    write(notebook, folder)


@mess
def guarded(notebook, folder):
    cell = cell_of(notebook, "sigmoid")
    lines = "\n".join(f"    {line}" for line in cell.source.splitlines())
    cell.source = f"if __name__ == '__main__':\n{lines}"
    write(notebook, folder)


@mess
def stored_in_a_file(notebook, folder):
    cell = cell_of(notebook, "tanh_derivative")
    above(
        notebook, "tanh_derivative", f"%%writefile my_answers.py\nimport numpy as np\n{cell.source}"
    )
    cell.source = "from my_answers import *"
    write(notebook, folder)


@mess
def tests_edited(notebook, folder):
    cell_of(notebook, "test_softmax").source += "\nprint('passed!')\n1 / 0"
    cell_of(notebook, "test_sigmoid").source = "# test"
    write(notebook, folder)


@mess
def tests_deleted(notebook, folder):
    notebook.cells = [c for c in notebook.cells if not (grade_id(c) or "").startswith("test_")]
    write(notebook, folder)


@mess
def prints_a_lot(notebook, folder):
    above(notebook, "sigmoid", "for i in range(100_000):\n    print(i, '\\ud800' * 3)")
    write(notebook, folder)
