"""A question to commit to before reading on: options, a button, and then the explanations."""

import re
from collections.abc import Mapping
from hashlib import sha256
from html import escape
from typing import Any

import ipywidgets
from IPython.display import HTML, DisplayHandle, display


class CommitBox(ipywidgets.VBox):
    """A question with options, of which one is chosen and committed to; then all are explained.

    `choice` is the option that is chosen, None at first, and `committed` says whether it is final.
    Setting `choice` and calling `commit()` does what a reader's hand does. Where the box is shown,
    an output under it keeps the answer: it is still there when the notebook is opened again and no
    kernel runs.
    """

    def __init__(self, question: str, options: Mapping[str, str], answer: str) -> None:
        """Take the arguments of `commit_box`."""
        if not 2 <= len(options) <= 5:
            raise ValueError(f"options: expected 2 to 5 of them, got {len(options)}")
        if answer not in options:
            raise ValueError(f"answer: expected one of {list(options)}, got {answer!r}")
        self.question, self.answer, self.committed = question, answer, False
        # The same order each time, and one that does not tell which is right.
        self.explanations = {
            option: options[option]
            for option in sorted(
                options, key=lambda o: sha256(f"{question}\n{o}".encode()).digest()
            )
        }
        self.records: list[DisplayHandle] = []
        self.radios = ipywidgets.RadioButtons(
            # Their labels are plain text, in which a backtick would stay a backtick.
            options=[(option.replace("`", ""), option) for option in self.explanations],
            value=None,
            layout={"width": "auto"},  # as wide as the words
        )
        self.button = ipywidgets.Button(description="Commit", disabled=True)
        self.outcome = ipywidgets.HTML()
        self.radios.observe(self._enable, names="value")
        self.button.on_click(lambda _: self.commit())
        asked = ipywidgets.HTML(f"<p>{as_html(question)}</p>")
        super().__init__([asked, self.radios, self.button, self.outcome])

    @property
    def choice(self) -> str | None:
        """The option that is chosen, or None."""
        return self.radios.value

    @choice.setter
    def choice(self, option: str | None) -> None:
        if self.committed:
            raise ValueError(f"choice: {self.choice!r} is committed to, and stays")
        self.radios.value = option

    def commit(self) -> None:
        """Make the choice final and explain the options. Raises ValueError where none is chosen."""
        if self.choice is None:
            raise ValueError("commit: expected an option to be chosen first")
        self.committed = self.radios.disabled = self.button.disabled = True
        others = "".join(
            f"<li><em>{as_html(option)}</em>{' (right)' if option == self.answer else ''}: "
            f"{as_html(explanation)}</li>"
            for option, explanation in self.explanations.items()
            if option != self.choice
        )
        self.outcome.value = (
            f"<p>{self._verdict()}</p>"
            f"<details><summary>The other options</summary><ul>{others}</ul></details>"
        )
        for record in self.records:
            record.update(HTML(self._kept()))

    def _enable(self, change: Any) -> None:
        self.button.disabled = self.committed or self.choice is None

    def _verdict(self) -> str:
        """Whether the choice is right, and why, as HTML."""
        word = "Right." if self.choice == self.answer else "Not quite."
        return f"<strong>{word}</strong> {as_html(self.explanations[self.choice or ''])}"

    def _kept(self) -> str:
        """What stays in the notebook, as HTML: nothing before the commitment."""
        if not self.committed:
            return ""
        return f"<p>Your answer: <em>{as_html(self.choice or '')}</em>. {self._verdict()}</p>"

    def _ipython_display_(self) -> None:
        display(self._repr_mimebundle_(), raw=True)
        handle = display(HTML(self._kept()), display_id=True)
        if handle is not None:
            self.records.append(handle)

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        bundle = super()._repr_mimebundle_(**kwargs) or {}
        options = "".join(f"\n- {option}" for option in self.explanations)
        bundle["text/plain"] = f"{self.question}{options}"
        return bundle


def commit_box(question: str, options: Mapping[str, str], answer: str) -> CommitBox:
    """Return a widget: a question with options, one of which the reader commits to.

    options: from the text of an option to the explanation why it is right or wrong, 2 to 5 of them.
    They are shown in an order of their own. answer: the right one. All texts are plain, but what
    stands between backticks is code. Raises ValueError for another number of options, and an answer
    that is none of them.
    """
    return CommitBox(question, options, answer)


def as_html(text: str) -> str:
    """Plain text as HTML, with what stands between backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
