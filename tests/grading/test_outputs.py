"""What a submission shows is safe to look at: nothing in it is executed by a browser."""

from __future__ import annotations

import html
import json
import re

import nbformat
import pytest
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from test_grading import graded, submit

from autograde.grading import outputs as outputs_module
from autograde.grading.feedback import feedback_page
from autograde.grading.outputs import (
    TOO_LONG,
    cleaned,
    safe_attachments,
    safe_markdown,
    safe_outputs,
)
from autograde.grading.text import for_page, for_terminal

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
    assert table in outputs[1].data["text/html"]
    assert outputs[2].data["image/png"] == "iVBORw0KGgo=\n"
    assert (outputs[3].output_type, outputs[3].execution_count) == ("execute_result", 3)
    for output in outputs:
        nbformat.validate(output, ref="output", version=4, version_minor=5)


def test_markdown_keeps_its_signs_and_loses_its_tags():
    assert safe_markdown("a < b, > quoted, $x<y$ 2<3", {}) == "a < b, > quoted, $x< y$ 2<3"
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
    text = "$a & b$ R&D JavaScript: x[0] and `a[1:2]`, *all* of [them]"
    assert safe_markdown(text, {}) == text


@pytest.mark.parametrize(
    "text",
    [
        "[x](page.html)",
        "[x](/formgrader?path=/tmp)",
        "[x][r]\n\n[r]: page.html",
        "[x]\n\n[x]: page.html",
        "[r]\n\n> [r]: page.html",
        "[x\n](page.html)",
        "<http://localhost:8888/tree>",
        "http://localhost:8888/formgrader?path=/tmp",
        "<a@example.org>",
        "![x](/formgrader?path=/tmp)",
        "![x](data:image/svg+xml,x)",
        "[![p](attachment:p.png)](page.html)",
        "![x][r]\n\n[r]: page.png",
        "![[y](page.html)](attachment:p.png)",
        "<a href=page.html>x</a>",
        "<\x00a href=page.html>x</a>",
        "<img\nsrc=page.png>",
        "```mermaid\n<a href=page.html>x</a>\n```",
    ],
)
def test_no_link_and_no_address_of_a_picture_is_left(text):
    attachments = {"p.png": {"image/png": "iVBORw0KGgo="}}
    shown = IPythonRenderer(escape=False, attachments=attachments)
    page = MarkdownWithMath(renderer=shown).render(safe_markdown(text, attachments))
    assert not re.search(r"<(a|img)\b(?! src=\"data:image/png;base64,)", page), page


@pytest.mark.parametrize(
    "text",
    [
        r"$\href{javascript:x}{y}$",
        r"\require{x}",
        r"$\csname href\endcsname$",
        "&#36;&#92;href{x}{y}&#36;",
        "&dollar;&bsol;href{x}{y}&dollar;",
    ],
)
def test_commands_of_tex_that_are_no_formulas_are_broken(text):
    for shown in (safe_markdown(text, {}), for_page(text)):
        page = html.unescape(markdown(shown))  # as MathJax reads it
        assert not re.search(r"\\(href|require|csname)", page), page
    assert 'class="tex2jax_ignore"' in safe_outputs([display(text_html=text)])[0].data["text/html"]
    assert safe_markdown(r"$\frac{a}{b} \delta \hrefx$", {}) == r"$\frac{a}{b} \delta \hrefx$"


@pytest.mark.parametrize(
    "part", ["&", "&amp;", " ", "<", "<b>", "[", "![", "](", "<b><p>", "&#", "\\"]
)
def test_what_is_long_is_cut_and_cleaned(part):
    text = part * (3_000_000 // len(part))
    assert len(safe_markdown(text, {})) < 300_000
    shown = safe_outputs([display(text_html=text, text_plain=text)])[0]
    assert sum(map(len, shown.data.values())) < 1_500_000
    assert shown.data["text/plain"].endswith("is not shown.]\n")


def test_many_outputs_become_few():
    streams = [{"output_type": "stream", "name": "stdout", "text": "x"}] * 100_000
    assert [o.text for o in safe_outputs([*streams, display(text_plain="y")])[:1]] == [
        safe_outputs([{**streams[0], "text": "x" * 100_000}])[0].text
    ]
    shown = safe_outputs([display(text_plain="y")] * 100_000)
    assert len(shown) < 1000
    assert "too long" in shown[-1].text
    picture = display(image_png="A" * 4_000_000)
    assert sum(len(str(output)) for output in safe_outputs([picture] * 20)) < 11_000_000


@pytest.mark.parametrize(
    "said",
    [b"[" * 100_000, b"[{},", b"null", b'{"a": 1}', b"\xff", b"[" + b"{}," * 3_000_000 + b"{}]"],
)
def test_what_is_no_list_of_outputs_shows_nothing_and_costs_no_other_cell(said):
    good = json.dumps([{"output_type": "stream", "name": "stdout", "text": "\ud800 1"}]).encode()
    outputs = cleaned({3: said, 4: good})
    assert outputs[3] == []
    assert outputs[4][0]["text"] == "\ufffd 1"


def test_what_cannot_be_cleaned_within_the_limits_becomes_a_note(monkeypatch):
    monkeypatch.setattr(outputs_module, "CLEANING_TIME", 1)
    page = "".join(f"<em class={i}></x>" for i in range(9_000))
    outputs = cleaned({1: json.dumps([display(text_html=page)] * 3).encode()})
    assert "cannot be shown" in outputs[1][0]["text"]


def test_html_that_is_nested_deeply_is_not_shown():
    assert safe_outputs([display(text_html="<div>" * 1000)])[0].data == {"text/plain": TOO_LONG}


def test_text_does_nothing_to_a_page_or_a_terminal():
    hostile = "<b> [x](y) $\\href{z}$ \x1b[2J \u202e \ud800 _i_ &amp; a\nb"
    page = markdown(for_page(hostile))
    assert not re.search(r"<(?!/?p>)", page), page
    assert "\\href" not in page
    assert for_terminal(hostile).isprintable()
    assert for_terminal("\x1b[2J[red]\n") == r"\x1b[2J[red]\n"
    assert for_terminal("Zoë O'Brien-Łuk 李 (1)") == "Zoë O'Brien-Łuk 李 (1)"


def test_a_picture_that_is_missing_stops_nobody():
    picture = {"image/png": "iVBORw0KGgo="}
    attachments = safe_attachments(
        {"a.png": {**picture, "image/svg+xml": SCRIPT}, "b": {"image/png": '"onload'}, "c": 1}
    )
    assert attachments == {"a.png": picture}
    text = safe_markdown("![x](attachment:a.png) ![y](attachment:../../gone)", attachments)
    assert text == "![x](attachment:a.png) (the picture ../../gone is missing)"
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
    page = feedback_page(built_course, LESSON, "injector").read_text()
    assert "window.hacked" in page  # as text
    assert not re.search(r"<script[^>]*>\s*window\.hacked", page)
    assert "stopped with an error: ValueError" in page
    assert "HIDDEN TESTS" not in page
