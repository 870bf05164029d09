"""What is taken from a file that was handed in, and that no file can hold up the grader."""

from __future__ import annotations

import base64
import json
import os
import secrets

import nbformat
import pytest
from nbformat import v3, v4

from autograde.grading import reading
from autograde.grading.names import FACTS
from autograde.grading.reading import UnreadableNotebook, read_submission

ANSWER = "def f(x):\n    return x\n"


def notebook(*outputs, **metadata):
    """A notebook with one answer and these outputs, as a dictionary."""
    cell = {"cell_type": "code", "id": "f", "source": ANSWER, "outputs": list(outputs)}
    cell["metadata"] = {"nbgrader": {"grade_id": "f"}, **metadata}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}


@pytest.fixture
def read(tmp_path):
    """Read what is written to a file; text, bytes, or what is JSON."""

    def read_what(said):
        path = tmp_path / "lesson.ipynb"
        if not isinstance(said, (str, bytes)):
            said = json.dumps(said)
        path.write_bytes(said.encode() if isinstance(said, str) else said)
        return read_submission(path)

    return read_what


def without_facts(read):
    """The cells as they were taken, without what was found out about them."""
    for cell in read.cells:
        cell.metadata.pop(FACTS, None)
    return read.cells


def test_what_is_taken_from_a_cell(read):
    said = notebook({"output_type": "stream", "name": "stdout", "text": "x"}, tags=["a"])
    text = v4.new_markdown_cell("![p](attachment:p.png)", id="t", metadata={"x": 1})
    text["attachments"] = {"p.png": {"image/png": "iVBORw0KGgo="}, "q.svg": {"image/svg+xml": "x"}}
    said["cells"].append(text)
    assert without_facts(read(said)) == [
        {
            "cell_type": "code",
            "source": ANSWER,
            "id": "f",
            "metadata": {"nbgrader": {"grade_id": "f"}},
        },
        {
            "cell_type": "markdown",
            "source": text.source,
            "id": "t",
            "metadata": {},
            "attachments": {"p.png": {"image/png": "iVBORw0KGgo="}},
        },
    ]


PICTURE = base64.b64encode(secrets.token_bytes(20_000_000)).decode()


@pytest.mark.parametrize(
    "said",
    [
        notebook({"output_type": "display_data", "data": {"image/png": PICTURE}, "metadata": {}}),
        {
            **notebook(),
            "metadata": {"widgets": {str(i): {"state": "x" * 90} for i in range(200_000)}},
        },
        notebook(*[{"output_type": "stream", "name": "stdout", "text": "x"}] * 100_000),
        {**notebook(), "metadata": {"x": [{}] * 6_000_000}},
        notebook(*[{}] * 6_000_000),
        notebook(x=[{}] * 6_000_000),
    ],
    ids=["picture", "widgets", "many-outputs", "empty-metadata", "empty-outputs", "empty-in-cell"],
)
def test_what_does_not_count_costs_nothing(read, said):
    assert [cell.source for cell in read(said).cells] == [ANSWER]


def test_pictures_of_200_megabytes_are_read_over(tmp_path):
    path = tmp_path / "lesson.ipynb"
    picture = {"output_type": "display_data", "data": {"image/png": "PICTURE"}, "metadata": {}}
    before, after = json.dumps(notebook(picture)).split("PICTURE")
    with path.open("w") as file:
        file.write(before)
        for _ in range(200):
            file.write("A" * 1_000_000)
        file.write(after)
    assert read_submission(path).cells[0].source == ANSWER


def old(upgrade):
    cell = v3.new_code_cell(ANSWER, outputs=[v3.new_output("stream", "x")])
    text = v3.new_text_cell("markdown", source="a")
    return upgrade(v3.new_notebook(worksheets=[v3.new_worksheet(cells=[cell, text])]))


def lines(said):
    said["cells"][0]["source"] = ANSWER.splitlines(keepends=True)
    return said


@pytest.mark.parametrize(
    "said",
    [
        lines(notebook()),
        json.dumps(old(lambda said: said)),
        b"\xef\xbb\xbf" + json.dumps(notebook()).encode(),
        {**notebook(), "nbformat_minor": 99},
        {**notebook(), "nbformat_minor": "x", "metadata": None},
    ],
    ids=["lines", "format-3", "mark", "newer", "odd"],
)
def test_every_way_of_writing_a_notebook_is_read(read, said):
    assert read(said).cells[0].source == ANSWER


@pytest.mark.parametrize(
    "metadata", [None, [], 1, {"nbgrader": None}, {"nbgrader": {"grade_id": []}}]
)
def test_metadata_may_be_anything(read, metadata):
    said = notebook()
    said["cells"][0]["metadata"] = metadata
    said["cells"][0]["id"] = ["x"]
    assert without_facts(read(said)) == [{"cell_type": "code", "source": ANSWER, "metadata": {}}]


def test_a_lone_surrogate_is_replaced(read):
    said = notebook()
    said["cells"][0]["source"] += "# \ud800"
    assert read(said).cells[0].source == ANSWER + "# \ufffd"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("", "is not in JSON"),
        ("<script>", "is not in JSON"),
        (json.dumps(notebook()).encode("utf-16"), "not in UTF-8"),
        ("[]", "no cells"),
        ({}, "format is not known"),
        ({**notebook(), "nbformat": 5}, "format is not known"),
        ({**notebook(), "cells": [None]}, "cell 1 is none"),
        ({**notebook(), "cells": [{"cell_type": "code", "source": [1]}]}, "cell 1 is none"),
        ({**notebook(), "cells": notebook()["cells"] * 2001}, "2,001 cells"),
        ({**notebook(), "cells": [{}] * 6_000_000}, "6,000,000 cells"),
        ({**notebook(), "cells": [
            v4.new_markdown_cell("x" * 3_000_000)]}, "3 MB of text"),
        ("[" * 100_000 + "]" * 100_000, "nested too deeply"),
        ('{"nbformat": ' + "9" * 100_000 + "}", "number that is too large"),
        ("[" + "{}," * 66_000_000 + "{}]", "more memory"),
    ],
    ids=range(14),
)  # fmt: skip
def test_what_is_no_notebook_is_said_to_be_none(read, said, reason):
    with pytest.raises(UnreadableNotebook, match=reason) as problem:
        read(said)
    assert "script" not in str(problem.value)
    assert len(str(problem.value)) < 300


def test_a_file_that_is_larger_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "LARGEST_FILE", 1000)
    (tmp_path / "lesson.ipynb").write_text(" " * 1001)
    with pytest.raises(UnreadableNotebook, match="Clear Outputs of All Cells"):
        read_submission(tmp_path / "lesson.ipynb")


def test_links_pipes_and_folders_are_not_read(tmp_path):
    secret = tmp_path / "secret.ipynb"
    nbformat.write(nbformat.from_dict(notebook()), secret)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link.ipynb").symlink_to(secret)
    os.mkfifo(folder / "pipe.ipynb")
    (folder / "folder.ipynb").mkdir()
    (tmp_path / "linked").symlink_to(folder)
    secret.rename(folder / "secret.ipynb")
    for name in ("folder/link", "folder/pipe", "folder/folder", "folder/nothing", "linked/secret"):
        with pytest.raises(UnreadableNotebook):
            read_submission(tmp_path / f"{name}.ipynb")


def test_attached_pictures_are_taken_while_there_is_room(read):
    cell = v4.new_markdown_cell("x", id="x")
    cell["attachments"] = {f"{i}.png": {"image/png": "A" * 4_000_000} for i in range(8)}
    taken = read({**notebook(), "cells": [cell]}).cells[0].attachments
    assert list(taken) == ["0.png", "1.png", "2.png", "3.png"]
