"""Text that somebody else has written, made fit for where it is shown: a terminal, or a page."""

from __future__ import annotations

import re

_SURROGATE = re.compile("[\ud800-\udfff]")
#: Commands of TeX that are more than formulas: they link, load, define, or write HTML.
COMMAND = re.compile(
    r"\\(?=(?:href|url|require|class|cssId|style|html\w*|data|csname|mmlToken|unicode|bbox|def|let"
    r"|(?:re)?new(?:command|environment))(?![A-Za-z]))"
)
#: What means something in Markdown, HTML or TeX.
_SIGNS = re.compile(r"[^\w\s.,;?'=/%-]|_")


def without_surrogates(text: str) -> str:
    """Text that can be written in any encoding of Unicode."""
    return _SURROGATE.sub("\ufffd", text)


def for_terminal(text: str) -> str:
    """Text that does nothing to a terminal: what is no sign is shown by its number."""
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode()
        for sign in without_surrogates(text)
    )


def for_page(text: str) -> str:
    """Text that is shown as it is, where HTML, or Markdown with formulas, is expected."""
    text = COMMAND.sub(r"\\ ", for_terminal(text.replace("\n", " ")))
    return _SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", text)
