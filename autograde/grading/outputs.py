"""Making what a submission shows safe to look at: in feedback, in formgrader, in a terminal.

Cleaning takes time in proportion to the size, and the size is bounded. As HTML is cleaned by a library, that
is done in a process with limits all the same: see `cleaned`.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from typing import IO, Any

from bleach.sanitizer import ALLOWED_TAGS, Cleaner
from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograde.grading.limited import LimitExceeded, ask
from autograde.grading.text import COMMAND, for_page, without_surrogates

#: Outputs of a cell, and characters in one of its outputs, by what they are.
MOST_OUTPUTS = 200
LONGEST_TEXT, LONGEST_HTML, LARGEST_PICTURE = 100_000, 200_000, 5_000_000
#: Tags in HTML, and how many may stand one within another: who shows a page may go down a step a tag.
MOST_TAGS, DEEPEST = 20_000, 100
#: Characters in all outputs of a cell and of a notebook.
LARGEST_CELL, LARGEST_NOTEBOOK = 10_000_000, 30_000_000
#: Characters of a text in Markdown.
LONGEST_MARKDOWN = 100_000
#: Seconds of processor time for all outputs of a notebook.
CLEANING_TIME = 60

TOO_LONG = "[The output was too long; the rest of it is not shown.]"

# No links: a click, or a picture's address, would reach the server that shows the page.
_TAGS = (ALLOWED_TAGS - {"a"}) | {
    "br", "caption", "div", "h1", "h2", "h3", "h4", "hr", "p", "pre", "span", "sub", "sup",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr",
}  # fmt: skip
_ATTRIBUTES = {name: ["colspan", "rowspan"] for name in ("td", "th")}
_PICTURES = ("image/png", "image/jpeg")
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
#: A picture that came with the cell, as Markdown shows it.
_ATTACHED = re.compile(r"(!\[[^\[\]\n]{0,500}\]\(attachment:([^)(\s>\"'<\[\]]{1,200})\))")
#: Where a tag, a link, the address of a link, a plain address, or a sign written in another way would begin.
_ACTIVE = re.compile(r"<(?=[A-Za-z/!?])|\](?=[(\[:])|:(?=//)|&(?=#|[A-Za-z0-9]{1,40};)")
#: A tag of clean HTML that is closed later, or its end.
_OPENED_OR_CLOSED = re.compile(r"<(/?)(?!br\b|hr\b)\w")
#: Controls that do nothing to text but begin lines and columns.
_CONTROLS = re.compile(r"[\0-\x08\x0b-\x1f\x7f-\x9f]")


def safe_markdown(text: str, attachments: Mapping[str, Any]) -> str:
    """Text in Markdown whose HTML and links are shown as text, each with a space that breaks it.

    Pictures stay that came with the cell. One that is not among the attachments is missing: nbconvert
    would stop there.
    """
    text = _CONTROLS.sub(" ", without_surrogates(text.replace("\r\n", "\n").replace("\r", "\n")))
    if len(text) > LONGEST_MARKDOWN:
        text = f"{text[:LONGEST_MARKDOWN]}\n\n[The text was too long; the rest of it is not shown.]"
    parts = _ATTACHED.split(text)  # in turn a text, a picture, its name
    for i in range(0, len(parts), 3):
        parts[i] = _inactive(parts[i])
    for i in range(1, len(parts), 3):
        shown, name = parts[i : i + 2]
        parts[i] = _inactive(shown).replace("] (", "](", 1) if name in attachments else (
            f"(the picture {for_page(name)} is missing)"
        )  # fmt: skip
        parts[i + 1] = ""
    return "".join(parts)


def _inactive(text: str) -> str:
    return COMMAND.sub(r"\\ ", _ACTIVE.sub(lambda sign: f"{sign[0]} ", text))


def as_it_is(text: str) -> str:
    """Text in Markdown as a block in which nothing has a meaning."""
    lines = text[:LONGEST_MARKDOWN].splitlines()
    return "\n".join(f"    {line}" for line in lines)


def safe_attachments(attachments: Any) -> dict[str, dict[str, str]]:
    """Those of a cell's attachments that are pictures."""
    if not isinstance(attachments, dict):
        return {}
    pictures = {
        name: {kind: data[kind] for kind in _PICTURES if _is_picture(data.get(kind))}
        for name, data in attachments.items()
        if isinstance(data, dict)
    }
    return {name: data for name, data in pictures.items() if data}


def error(name: str, message: str) -> NotebookNode:
    """An error as a cell's output shows it."""
    return new_output("error", ename=name, evalue=message, traceback=[f"{name}: {message}"])


def cleaned(said: Mapping[int, bytes]) -> dict[int, list[dict[str, Any]]]:
    """The outputs of a job's cells, from what its process has said they are, cleaned.

    A note takes the place of what cannot be cleaned within the limits: it costs no verdict.
    """
    if not said:
        return {}
    sizes = json.dumps([[index, len(text)] for index, text in said.items()]).encode()
    try:
        given = b"".join([sizes, b"\n", *said.values()])
        return dict(ask("autograde.grading.outputs:clean", given, CLEANING_TIME))
    except LimitExceeded as problem:
        reason = str(problem)
    except RuntimeError:
        logging.getLogger(__name__).exception("Outputs could not be cleaned")
        reason = "the grader failed to clean them"
    note = new_output("stream", text=f"[The outputs cannot be shown: {reason}.]\n")
    return {index: [note] for index in said}


def clean(file: IO[bytes]) -> list[tuple[int, list[NotebookNode]]]:
    """A task: clean what `cleaned` gives it."""
    sizes, room, shown = json.loads(file.readline()), LARGEST_NOTEBOOK, []
    for index, size in sizes:
        try:
            said = json.loads(file.read(size))
        except (ValueError, RecursionError):
            said = None
        outputs = safe_outputs(said if isinstance(said, list) else [], min(room, LARGEST_CELL))
        room -= sum(map(_size, outputs))
        shown.append((index, outputs))
    return shown


def safe_outputs(outputs: list[Any], room: int = LARGEST_CELL) -> list[NotebookNode]:
    """A cell's outputs without anything that a browser would execute; what is no output is left out.

    Args:
        outputs: what the submission says they are.
        room: characters for which there is room.
    """
    shown: list[NotebookNode] = []
    for output in _joined(outputs):
        safe = _safe_output(output)
        if safe is None:
            continue
        room -= _size(safe)
        if room < 0 or len(shown) == MOST_OUTPUTS:
            return [*shown, new_output("stream", text=f"{TOO_LONG}\n")]
        shown.append(safe)
    return shown


def warm_up() -> None:
    """Use everything once, so that it is there where a process is forked."""
    safe_outputs([{"output_type": "display_data", "data": {"text/html": "<b>x</b>"}}])


def _joined(outputs: list[Any]) -> list[Any]:
    """Outputs with texts to the same stream, one after another, made one."""
    joined: list[Any] = []
    texts: list[str] = []
    for output in outputs:
        match output:
            case {"output_type": "stream", "name": "stdout" | "stderr" as name, "text": str(text)}:
                if not texts or joined[-1]["name"] != name:
                    texts = []
                    joined.append({"output_type": "stream", "name": name, "text": texts})
                texts.append(text)
            case _:
                texts = []
                joined.append(output)
    return joined


def _size(output: NotebookNode) -> int:
    """Characters in an output, about."""
    texts = (output.get("text"), output.get("evalue"), *output.get("traceback", ()))
    return 100 + sum(len(text) for text in (*texts, *output.get("data", {}).values()) if text)


def _short(text: str, longest: int = LONGEST_TEXT) -> str:
    text = without_surrogates(text[:longest])
    return text if len(text) < longest else f"{text}\n{TOO_LONG}\n"


def _safe_output(output: Any) -> NotebookNode | None:
    match output:
        case {"output_type": "stream", "name": "stdout" | "stderr" as name, "text": list(texts)}:
            return new_output("stream", name=name, text=_short("".join(texts)))
        case {
            "output_type": "error",
            "ename": str(name),
            "evalue": str(value),
            "traceback": list(lines),
        }:
            lines = _short("\n".join(line for line in lines if isinstance(line, str))).splitlines()
            return new_output(
                "error", ename=_short(name, 200), evalue=_short(value), traceback=lines
            )
        case {"output_type": "display_data" | "execute_result" as kind, "data": dict(data)}:
            shown = _safe_data(data)
            if kind == "execute_result" and type(count := output.get("execution_count")) is int:
                return new_output(kind, data=shown, execution_count=count % 1_000_000)
            return new_output("display_data", data=shown)
        case _:
            return None


def _safe_data(data: dict[Any, Any]) -> dict[str, str]:
    """Of one thing in several formats those that can be shown."""
    shown = {kind: data[kind] for kind in _PICTURES if _is_picture(data.get(kind))}
    if isinstance(text := data.get("text/plain"), str):
        shown["text/plain"] = _short(text)
    if isinstance(page := data.get("text/html"), str):
        if (page := _safe_html(page)) is not None:
            shown["text/html"] = page
        else:
            shown.setdefault("text/plain", TOO_LONG)
    return shown


def _safe_html(page: str) -> str | None:
    """HTML without anything that does something, unless there is too much of it."""
    if len(page) > LONGEST_HTML or page.count("<") > MOST_TAGS:
        return None
    cleaner = Cleaner(tags=_TAGS, attributes=_ATTRIBUTES, strip=True)
    page = cleaner.clean(without_surrogates(page))
    depth = 0
    for tag in _OPENED_OR_CLOSED.finditer(page):
        depth += -1 if tag[1] else 1
        if depth > DEEPEST:
            return None
    return f'<div class="tex2jax_ignore">{page}</div>'  # for MathJax


def _is_picture(value: Any) -> bool:
    """Whether this is a picture in base 64; anything else could end the attribute it is put into."""
    return (
        isinstance(value, str)
        and len(value) <= LARGEST_PICTURE
        and _BASE64.fullmatch(value) is not None
    )
