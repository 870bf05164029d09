"""What a submission shows is safe to look at: nothing in it is executed by a browser."""

from __future__ import annotations

import re

import nbformat
import pytest
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from test_grading import graded, submit

from autograde import grading
from autograde.outputs import safe_attachments, safe_markdown, safe_outputs

LESSON = "00_start_here"
SCRIPT = "<script>window.hacked = 1</script>"


def markdown(text):
    """As nbgrader's pages show it."""
    return MarkdownWithMath(renderer=IPythonRenderer(escape=False)).render(text)


def display(**data):
    return {
        "output_type": "display_data",
        "data": {k.replace("_", "/", 1): v for k, v in data.items()},
    }


@pytest.mark.parametrize(
    "output",
    [
        display(text_html=SCRIPT),
        display(text_html="<img src=x onerror='window.hacked = 1'>"),
        display(text_html="<a href='javascript:window.hacked = 1'>x</a>"),
        display(text_html="<iframe srcdoc='<script>window.hacked = 1</script>'></iframe>"),
        display(text_latex=SCRIPT),
        display(text_markdown=SCRIPT),
        display(application_javascript="window.hacked = 1"),
        {"output_type": "display_data", "data": {"image/svg+xml": f"<svg>{SCRIPT}</svg>"}},
        display(image_png=f'"/>{SCRIPT}'),
        display(image_png=["iVBORw0KGgo=", f'"/>{SCRIPT}']),
        {**display(text_plain="x"), "metadata": {"image/png": {"width": f'1"/>{SCRIPT}'}}},
        {"output_type": "error", "ename": "E", "evalue": "", "traceback": [{"text": SCRIPT}]},
        {"output_type": "stream", "name": SCRIPT, "text": "x"},
        {"output_type": SCRIPT},
        SCRIPT,
        None,
    ],
)
def test_nothing_executable_is_left(output):
    left = str(safe_outputs([output]))
    assert not re.search(r"<(script|svg|iframe)|onerror|javascript:", left), left


def test_what_is_harmless_stays():
    table = "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>"
    outputs = safe_outputs(
        [
            {"output_type": "stream", "name": "stdout", "text": "1 < 2\n"},
            display(text_html=table, text_plain="a"),
            display(image_png="iVBORw0KGgo=\n"),
            {**display(text_plain="3"), "output_type": "execute_result", "execution_count": 3},
        ]
    )
    assert outputs[0].text == "1 < 2\n"
    assert outputs[1].data["text/html"] == table
    assert outputs[2].data["image/png"] == "iVBORw0KGgo=\n"
    assert (outputs[3].output_type, outputs[3].execution_count) == ("execute_result", 3)
    for output in outputs:
        nbformat.validate(output, ref="output", version=4, version_minor=5)


def test_markdown_keeps_its_signs_and_loses_its_tags():
    assert safe_markdown("a < b, > quoted, $x<y$ 2<3", {}) == "a < b, > quoted, $x&lt;y$ 2<3"
    assert "<script" not in safe_markdown(SCRIPT, {})
    for link in (
        "javascript:x",
        "JAVASCRIPT\\:x",
        "&#106;avascript:x",
        "java&Tab;script:x",
        "vbscript:x",
        "&amp;#106;avascript:x",
        "java\tscript:x",
    ):
        for form in ("[a]({})", "[a][b]\n\n[b]: {}", "![a]({})", "[a](< {}>)", "[a](<{}>)", "<{}>"):
            shown = markdown(safe_markdown(form.format(link), {}))
            assert not re.search("(href|src)=.?(java|vb)", shown, re.IGNORECASE), shown
    assert markdown(safe_markdown("$a & b$ R&D JavaScript: x", {})) == markdown(
        "$a & b$ R&D JavaScript : x"
    )


def test_a_picture_that_is_missing_stops_nobody():
    picture = {"image/png": "iVBORw0KGgo="}
    attachments = safe_attachments(
        {"a.png": {**picture, "image/svg+xml": SCRIPT}, "b": {"image/png": '"onload'}, "c": 1}
    )
    assert attachments == {"a.png": picture}
    text = safe_markdown("![x](attachment:a.png) ![y](attachment:../../gone)", attachments)
    assert text == "![x](attachment:a.png) ![y](missing:../../gone)"
    assert safe_attachments(None) == {}


def test_comments_are_text():
    assert "<!--" not in safe_markdown("<!-- x", {})


def test_feedback_shows_the_message_and_neither_hidden_tests_nor_scripts(built_course):
    showing = (
        "from IPython.display import HTML, Javascript, Markdown, SVG, display\n"
        f"display(HTML({SCRIPT!r}), Markdown({SCRIPT!r}), Javascript('window.hacked = 1'))\n"
        f"print({SCRIPT!r})\n"
        "def scale_pixels(images):\n"
        f"    raise ValueError({SCRIPT!r})\n"
    )

    def add(notebook):
        notebook.cells.insert(2, nbformat.v4.new_markdown_cell(SCRIPT))
        notebook.cells.insert(3, nbformat.v4.new_raw_cell(SCRIPT))
        notebook.cells[0].source += SCRIPT

    submit(built_course, LESSON, "injector", {"scale_pixels": showing}, add)
    assert graded(built_course, LESSON, "injector").points == 0
    page = grading.feedback(built_course, LESSON, "injector").read_text()
    assert "window.hacked" in page  # as text
    assert not re.search(r"<script[^>]*>\s*window\.hacked", page)
    assert "stopped with an error: ValueError" in page
    assert "HIDDEN TESTS" not in page
