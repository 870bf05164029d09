"""The page of the error clinic, which is handed out with the welcome lesson, made from its data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from autograde.course import Course
from helpers.checks._clinic import ENTRIES, PAGE, Entry

_HEAD = """# Error clinic

Messages of Keras and TensorFlow that everybody meets, what they mean, and the cure. A failed check names the
number where it knows the message. Search this page for a few words of yours: Control-F.

In the code, `x` is an array of 6 examples with 4 features, `y` holds their labels 0, 1, 2, 0, 1, 2, and
`classifier()` gives a small compiled network for them.
"""
_ENTRY = """
## {number} · {title}

> {message}

{means}

Usually it is one of these:

{causes}

{cure}

```python
# This meets the message:
{broken}

# This does not:
{mended}
```
"""


def texts(course: Course) -> Iterator[tuple[Path, str]]:
    """The page as it should be, beside the welcome lesson's source, with which it is handed out."""
    numbered = enumerate(ENTRIES, start=1)
    yield course.sources / PAGE, _HEAD + "".join(_text(number, entry) for number, entry in numbered)


def _text(number: int, entry: Entry) -> str:
    return _ENTRY.format(
        number=number,
        title=entry.title,
        message=entry.message,
        means=entry.means,
        causes="\n".join(f"{place}. {cause}" for place, cause in enumerate(entry.causes, start=1)),
        cure=entry.cure,
        broken=entry.broken.strip(),
        mended=entry.mended.strip(),
    )
