"""Every lesson runs from top to bottom, demonstrations included, on what ships with the course."""

from __future__ import annotations

import nbformat
import pytest
from conftest import LESSONS
from nbclient import NotebookClient

#: Makes the full sets unreachable, as on a machine without a network: the lessons run on the samples.
ONLY_SAMPLES = """
from pathlib import Path
import helpers.data
helpers.data.DEBIAN_FOLDER = Path("there is no such folder")
helpers.data.DOWNLOAD_URL = "http://127.0.0.1:9/"
"""
#: A cell with this tag shows a warning on purpose, and its lesson explains it.
SHOWS_WARNING = "shows-warning"


@pytest.mark.parametrize("lesson", LESSONS)
def test_lesson_runs_without_errors_and_unexplained_warnings(
    built_course, lesson, tmp_path, monkeypatch
):
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    notebook = nbformat.read(built_course.notebook("source", lesson), as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(ONLY_SAMPLES))
    client = NotebookClient(
        notebook,
        timeout=300,
        skip_cells_with_tag="",
        allow_errors=True,
        extra_arguments=["--IPKernelApp.log_level=ERROR"],
        resources={"metadata": {"path": str(tmp_path)}},
    )
    client.execute()
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            assert output.output_type != "error", (cell.source, output.evalue)
            warned = output.output_type == "stream" and output.name == "stderr"
            assert not warned or SHOWS_WARNING in cell.metadata.get("tags", []), (
                cell.source,
                output.text,
            )
