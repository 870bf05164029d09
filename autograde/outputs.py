"""Making what a submission shows safe to look at, in feedback and in formgrader."""

from __future__ import annotations

import html
import re
from typing import Any

from bleach import ALLOWED_ATTRIBUTES, ALLOWED_TAGS
from nbconvert.preprocessors.sanitize import SanitizeHTML
from nbformat import NotebookNode
from nbformat.v4 import new_output

_TABLES = {"br", "caption", "div", "h1", "h2", "h3", "h4", "hr", "p", "pre", "span", "sub", "sup"}
_TABLES |= {"table", "tbody", "td", "tfoot", "th", "thead", "tr"}
_SANITIZE = SanitizeHTML(
    tags=sorted(ALLOWED_TAGS | _TABLES),
    attributes={**ALLOWED_ATTRIBUTES, "td": ["colspan", "rowspan"], "th": ["colspan", "rowspan"]},
    safe_output_keys={"text/plain"},
    sanitized_output_types={"text/html"},
    strip=True,
)
_PICTURES = ("image/png", "image/jpeg")
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
#: Where Markdown refers to a picture that came with the cell.
_ATTACHMENT = re.compile(r"attachment:([^)\s>\"']*)")
#: What begins a tag, a comment or a declaration in HTML.
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
#: Links that are programs, and characters written in another way, which links may be written with.
_PROGRAM = re.compile(r"((?:java|vb)script)\s*\\*\s*:", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\w+|\w+);")


def safe_outputs(outputs: list[Any]) -> list[NotebookNode]:
    """A cell's outputs without anything that a browser would execute; what is no output is left out."""
    return [safe for output in outputs if (safe := _safe_output(output)) is not None]


def safe_markdown(text: str, attachments: dict[str, Any]) -> str:
    """Text in Markdown whose HTML is shown as text, and without links to programs.

    A picture that is not among the attachments is missing: nbconvert would stop there.
    """
    while (plain := _ENTITY.sub(_character, text)) != text:
        text = plain
    text = _PROGRAM.sub(r"\1 :", _TAG.sub("&lt;", text))
    return _ATTACHMENT.sub(
        lambda match: match[0] if match[1] in attachments else f"missing:{match[1]}", text
    )


def _character(entity: re.Match[str]) -> str:
    """What an entity of HTML stands for; a space where that is no sign."""
    text = html.unescape(entity[0])
    return text if text.isprintable() else " "


def safe_attachments(attachments: Any) -> dict[str, dict[str, str]]:
    """Those of a cell's attachments that are pictures."""
    if not isinstance(attachments, dict):
        return {}
    pictures = {
        name: {
            kind: value
            for kind, value in data.items()
            if kind in _PICTURES and _is_safe(kind, value)
        }
        for name, data in attachments.items()
        if isinstance(data, dict)
    }
    return {name: data for name, data in pictures.items() if data}


def error(name: str, message: str) -> NotebookNode:
    """An error as a cell's output shows it."""
    return new_output("error", ename=name, evalue=message, traceback=[f"{name}: {message}"])


def _safe_output(output: Any) -> NotebookNode | None:
    match output:
        case {"output_type": "stream", "name": "stdout" | "stderr" as name, "text": str(text)}:
            return new_output("stream", name=name, text=text)
        case {
            "output_type": "error",
            "ename": str(name),
            "evalue": str(value),
            "traceback": list(lines),
        }:
            lines = [line for line in lines if isinstance(line, str)]
            return new_output("error", ename=name, evalue=value, traceback=lines)
        case {"output_type": "display_data" | "execute_result" as kind, "data": dict(data)}:
            shown = new_output(
                "display_data", data={k: v for k, v in data.items() if _is_safe(k, v)}
            )
            pictures = {kind: shown.data.pop(kind) for kind in _PICTURES if kind in shown.data}
            _SANITIZE.sanitize_code_outputs([shown])
            shown.data.update(pictures)
            if kind == "execute_result" and isinstance(output.get("execution_count"), int):
                count = output["execution_count"]
                return new_output(kind, data=shown.data, execution_count=count)
            return shown
        case _:
            return None


def _is_safe(kind: Any, value: Any) -> bool:
    """Whether data of this kind are of the right type; a picture's must not end its attribute."""
    if not isinstance(kind, str) or not isinstance(value, str):
        return False
    return kind not in _PICTURES or _BASE64.fullmatch(value) is not None
