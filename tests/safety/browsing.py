"""What runs when a page is opened and clicked through; without a browser, what would, by parsing it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bleach._vendor import html5lib

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
#: Whether pages can be looked at in a browser here.
CAN_BROWSE = CHROMIUM is not None and find_spec("playwright") is not None
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
#: The one thing that a feedback page loads; without a network it loads nothing.
MATHJAX = "https://cdnjs.cloudflare.com/ajax/libs/mathjax/"
#: What can be clicked on; how all of it is, but for places in the page itself, whose addresses are given.
CLICKABLE = "a[href], area[href], summary, button, input, [onclick], svg a"
CLICK_ALL = """elements => elements.map(element => {
    const target = element.getAttribute("href") || "";
    if (!target.startsWith("#"))
        for (const event of ["mouseover", "click"])
            element.dispatchEvent(new MouseEvent(event, {bubbles: true, cancelable: true}));
    return target.slice(0, 200);
})"""
_ADDRESSES = ("href", "src", "action", "formaction", "data", "xlink:href", "srcset", "ping")


def look_at(pages: Iterable[Path], model: Path | None = None) -> Iterator[tuple[Path, str]]:
    """Look at pages; give what is in one that runs, asks for something, or leads away.

    Args:
        pages: HTML files.
        model: a page of the same kind that nobody has put anything into; what it does is right.
    """
    look = _browse if CAN_BROWSE else _parse
    known = {text for _, text in look([model])} if model else set()
    for page, text in look(pages):
        if text not in known:
            yield page, text


def _browse(pages: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for path in pages:
            # Of each its own: what one has done to the browser must not be laid at another's door.
            context = browser.new_context(offline=True)
            for text in _browse_one(context, path):
                yield path, text
            context.close()
        browser.close()


def _browse_one(context: Any, path: Path) -> list[str]:
    """Open a page and click on what can be clicked on; everything that then happens."""
    seen: list[str] = []
    address = path.as_uri()

    def decide(route: Any) -> None:
        wanted = route.request.url
        if wanted.partition("#")[0] == address:
            route.continue_()
            return
        if not wanted.startswith(MATHJAX):
            seen.append(f"it asks for {wanted[:200]}")
        route.abort()

    context.route("**/*", decide)
    page = context.new_page()
    page.on("dialog", lambda dialog: (seen.append(f"dialog {dialog.message}"), dialog.dismiss()))
    engine = context.new_cdp_session(page)
    # What the driver itself runs in a page has no address; what a page brings has the page's.
    engine.on(
        "Debugger.scriptParsed",
        lambda script: seen.append("a script ran") if script["url"] == address else None,
    )
    # A page within the page has an address of its own, and may run in another process.
    page.on("frameattached", lambda _: seen.append("it holds another page"))
    engine.send("Debugger.enable")
    page.goto(address, wait_until="load")
    title = page.title()
    # All at once: a page may lead away at the first click, and then there is nothing left to ask.
    targets = page.eval_on_selector_all(CLICKABLE, CLICK_ALL)
    seen += [f"a link to {target[:200]}" for target in targets if not target.startswith("#")]
    page.wait_for_timeout(50)  # for what was begun by the last click
    now = page.title()
    # While a page that is not there is looked for, and then, the browser calls it by its address.
    if now != title and not now.removeprefix("Loading ").startswith("file:"):
        seen.append(f"it called itself {now!r}")
    # Where a link of the lesson's own leads to is told alike for every page.
    return [text.replace(path.parents[1].as_uri(), "..") for text in seen]


def _parse(pages: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    for path in pages:
        tree = html5lib.parse(path.read_text(errors="replace"), namespaceHTMLElements=False)
        for element in tree.iter():
            tag = str(element.tag).rpartition("}")[2]
            if tag in ("script", "iframe", "frame", "object", "embed", "base", "form", "link"):
                yield path, f"<{tag}> {element.text or ''}{sorted(element.attrib.items())}"[:300]
            for name, value in element.attrib.items():
                name = str(name).rpartition("}")[2]
                if name.startswith("on") or (name in _ADDRESSES and _leads_away(value)):
                    yield path, f"<{tag} {name}={value[:200]!r}>"


def _leads_away(address: str) -> bool:
    return not address.startswith(("#", "data:image/png;base64,", "data:image/jpeg;base64,"))
