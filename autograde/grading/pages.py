"""Feedback pages: nbgrader's, rendered in a process with limits, where nothing in them can run."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from typing import IO, Any

import nbformat
import nbgrader
from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter
from nbconvert.exporters.exporter import Exporter
from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.preprocessors import GetGrades
from nbgrader.utils import is_grade, is_solution
from traitlets.config import Config

from autograde.grading.limited import LimitExceeded, ask
from autograde.grading.outputs import as_it_is, safe_markdown
from autograde.grading.text import for_page

#: How a page begins that takes the place of one that could not be rendered.
PLAIN = "<!DOCTYPE html>\n<!-- plain -->\n"
#: Texts, and pieces of code, that are kept as they were rendered.
MOST_KEPT = 1000
#: Seconds of processor time for a page, and for the texts of a notebook.
RENDERING_TIME, TEXT_TIME = 60, 10

#: Nothing runs in a page but MathJax, which nbconvert's template loads from here, and says in a script
#: that it evaluates itself what it is to do.
_MATHJAX = "https://cdnjs.cloudflare.com/ajax/libs/mathjax/"
_FORMGRADER = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader"
_TEMPLATE = {
    "template_name": "feedback",
    "extra_template_basedirs": [str(_FORMGRADER / "templates")],
    "extra_template_paths": [
        str(_FORMGRADER / "static" / "node_modules" / "bootstrap" / "dist" / "css")
    ],
}
_POLICY = (
    f"script-src {_MATHJAX} 'unsafe-eval'; object-src 'none'; frame-src 'none'; form-action 'none'; "
    "base-uri 'none'; connect-src https://api.cdnjs.com/"
)
#: Where it finds one that has a description after all, the page is parsed for nothing, and no more.
_PICTURE_WITHOUT_ALT = re.compile(r"<img(?![^>]*\balt=)")


class ShowGrades(GetGrades):
    """nbgrader's step; what the grader itself wrote for a comment is shown as text."""

    def _get_comment(self, cell: NotebookNode, resources: Any) -> None:
        super()._get_comment(cell, resources)
        nbgrader = cell.metadata.nbgrader
        keys = (nbgrader.grade_id, self.notebook_id, self.assignment_id, self.student_id)
        comment: Any = self.gradebook.find_comment(*keys)
        if comment.manual_comment is None and comment.auto_comment:
            nbgrader.comment = for_page(comment.auto_comment)


class FeedbackExporter(HTMLExporter):
    """nbgrader's exporter for feedback, rendering in a process with limits."""

    def from_notebook_node(
        self, nb: NotebookNode, resources: Any = None, **kw: Any
    ) -> tuple[str, Any]:
        """Render a page; where that takes more than it may, a plain one takes its place."""
        nb, resources = Exporter.from_notebook_node(self, nb, resources, **kw)  # its preprocessors
        given = {
            "notebook": nb,
            "resources": {name: resources[name] for name in ("nbgrader", "inlining", "metadata")},
            "template": {
                "template_name": self.template_name,
                "extra_template_basedirs": self.extra_template_basedirs,
                "extra_template_paths": self.extra_template_paths,
            },
        }
        try:
            page = ask("autograde.grading.pages:render", json.dumps(given).encode(), RENDERING_TIME)
        except (LimitExceeded, RuntimeError) as problem:
            self.log.error(
                "A plain page takes the place of one that cannot be rendered: %s", problem
            )
            reason = str(problem) if isinstance(problem, LimitExceeded) else "the grader failed"
            page = plain_page(nb, resources["nbgrader"], reason)
        return page, resources


class _PageExporter(HTMLExporter):
    """nbconvert's exporter, which renders a text or some code once: most of a page is the lesson's.

    It parses a page anew only where a picture in it lacks a description. To look for such pictures nbconvert
    has BeautifulSoup parse and write every page: two thirds of a page's time.
    """

    def __init__(self, **kw: Any) -> None:
        """As nbconvert's own."""
        super().__init__(**kw)
        self._rendered = lru_cache(MOST_KEPT)(self._render)
        self._highlighted = lru_cache(MOST_KEPT)(self._highlight)

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        """The filter for texts."""
        if context.get("cell", {}).get("attachments"):
            return super().markdown2html(context, source)
        return self._rendered(source)

    def _render(self, source: str) -> str:
        return super().markdown2html({}, source)  # pyright: ignore[reportArgumentType]

    def _highlight(self, lexer: str, source: str, language: str | None, magic: str | None) -> str:
        metadata = {"magics_language": magic} if magic else None
        return Highlight2HTML(pygments_lexer=lexer, parent=self)(source, language, metadata)

    def from_notebook_node(
        self, nb: NotebookNode, resources: Any = None, **kw: Any
    ) -> tuple[str, Any]:
        """Render a page, with the filters that nbconvert's own method registers."""
        lexer = nb.metadata.get("language_info", {}).get("pygments_lexer", "ipython3")
        resources = self._init_resources(resources)
        types = WidgetsDataTypeFilter(
            notebook_metadata=self._nb_metadata, parent=self, resources=resources
        )

        def highlight(source: str, language: str | None = None, metadata: Any = None) -> str:
            magic = (metadata or {}).get("magics_language")  # all of it that matters here
            return self._highlighted(lexer, source, language, magic)

        self.register_filter("highlight_code", highlight)
        self.register_filter("filter_data_type", types)
        page, resources = TemplateExporter.from_notebook_node(self, nb, resources, **kw)
        if not _PICTURE_WITHOUT_ALT.search(page):
            return page, resources
        return super().from_notebook_node(nb, resources, **kw)


def render(file: IO[bytes]) -> str:
    """A task: render the page that a `FeedbackExporter` asks for."""
    given = json.loads(file.read())
    notebook: Any = nbformat.from_dict(given["notebook"])
    page, _ = _exporter(json.dumps(given["template"], sort_keys=True)).from_notebook_node(
        notebook, given["resources"]
    )
    policy = f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"/>'
    return page.replace("<head>", f"<head>\n{policy}", 1)


def plain_page(nb: NotebookNode, nbgrader: dict[str, Any], problem: str) -> str:
    """A page with points and messages, and nothing that would have to be rendered."""
    title = f"{nbgrader['notebook']} (Score: {nbgrader['score']:g} / {nbgrader['max_score']:g})"
    lines = [
        f"{PLAIN}<html><head><meta charset='utf-8'>",
        f"<title>{escape(title)}</title></head><body><h1>{escape(title)}</h1>",
        f"<p>The notebook itself cannot be shown here: {escape(problem)}.</p>",
    ]
    for cell in nb.cells:
        about = cell.metadata.get("nbgrader", {})
        if is_grade(cell):
            points = f"{about['score']:g} / {about['points']:g}"
            lines.append(f"<h2>{escape(about['grade_id'])}: {points}</h2>")
        if is_solution(cell) and about.get("comment"):
            lines.append(f"<p>{escape(about['comment'])}</p>")
        for output in cell.get("outputs", []) if is_grade(cell) else []:
            text = output.get("text") or output.get("evalue") or ""
            lines.append(f"<pre>{escape(text[:10_000])}</pre>")
    return "\n".join([*lines, "</body></html>\n"])


def safe_texts(cells: list[NotebookNode]) -> list[str]:
    """Sources of these cells of Markdown, to be shown; one that cannot be rendered in time as it is."""
    given = [
        {"source": safe_markdown(cell.source, cell.attachments), "attachments": cell.attachments}
        for cell in cells
    ]
    try:
        if given:
            ask("autograde.grading.pages:render_texts", json.dumps(given).encode(), TEXT_TIME)
    except LimitExceeded:
        # Formgrader renders them in its own process, which nothing limits.
        return [as_it_is(text["source"]) for text in given]
    return [text["source"] for text in given]


def render_texts(file: IO[bytes]) -> None:
    """A task: render texts, to see that it can be done."""
    for text in json.loads(file.read()):
        renderer = IPythonRenderer(escape=False, attachments=text["attachments"])
        MarkdownWithMath(renderer=renderer).render(text["source"])


def warm_up() -> None:
    """Render a page, so that templates are compiled where a process is forked."""
    cells = [new_markdown_cell("*x*"), new_code_cell("x = 1")]
    resources = {"nbgrader": {"notebook": "", "score": 0, "max_score": 0, "late_penalty": 0}}
    resources |= {"inlining": {"css": []}, "metadata": {}}
    _exporter(json.dumps(_TEMPLATE, sort_keys=True)).from_notebook_node(
        new_notebook(cells=cells), resources
    )


@cache
def _exporter(template: str) -> HTMLExporter:
    """nbconvert's exporter with this template, in JSON; without preprocessors, which ran before.

    It is kept, and with it the template as it was compiled, which takes a fifth of a page's time.
    """
    config = Config(HTMLExporter=json.loads(template))
    exporter = _PageExporter(config=config, default_preprocessors=[])
    exporter.environment.auto_reload = False
    return exporter
