"""Which cell of a lesson a submitted cell is, whatever editors and converters have made of its metadata.

A cell is known by what is left of it: its name for nbgrader, its identifier, its text, the definition it
holds, or its place between the lesson's other cells. Most copies of a notebook keep the first.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from nbformat import NotebookNode

from autograde.grading.names import defines, is_stub
from autograde.lesson import grade_id

#: What begins the text above an exercise, and names it.
_TASK = re.compile(r"^### Exercise: `(?:class )?(\w+)", re.MULTILINE)


@dataclass
class Recognised:
    """What the cells of a submission are, by their places in it."""

    #: Cells of the lesson that are answers to no exercise, by place: tests, set-up, texts, demonstrations.
    known: dict[int, NotebookNode] = field(default_factory=dict)
    #: Exercises, and the place of the cell that answers each.
    answers: dict[str, int] = field(default_factory=dict)
    #: Places of copies that say nothing: stubs that stand beside an answer, tests that are there twice.
    dropped: set[int] = field(default_factory=set)
    #: What a person should know where an exercise did not get all of its points.
    remarks: dict[str, list[str]] = field(default_factory=dict)

    def remark(self, exercise: str, text: str) -> None:
        """Note something about an exercise."""
        self.remarks.setdefault(exercise, []).append(text)


def recognise(
    submitted: list[NotebookNode], lesson: list[NotebookNode], answers: set[str]
) -> Recognised:
    """Find the lesson's cells among those that were handed in.

    Args:
        submitted: the cells of a submission.
        lesson: the cells of the lesson as it was handed out.
        answers: names of the cells that students write in.
    """
    found = Recognised()
    by_place, of_another_type = _claims(submitted, lesson)
    named = {cell.id: cell for cell in lesson}
    for place, identifier in by_place.items():
        if identifier not in answers:
            found.known[place] = named[identifier]
    _drop_copies(found, submitted)
    free = [i for i in range(len(submitted)) if i not in by_place]
    changed = [i for i, c in found.known.items() if _text(submitted[i]) != _text(c)]
    for name in sorted(answers & of_another_type - set(by_place.values())):
        found.remark(name, "its cell is of another type than it was, and so was not run")
    for name in (cell.id for cell in lesson if cell.id in answers):
        labelled = [i for i, identifier in by_place.items() if identifier == name]
        if named[name].cell_type == "code":
            of_others = [i for i, c in by_place.items() if c in answers - {name}]
            _find_code(found, submitted, named[name], labelled, free, changed + of_others)
        else:
            _find_text(found, submitted, named[name], labelled)
    return found


def _claims(
    submitted: list[NotebookNode], lesson: list[NotebookNode]
) -> tuple[dict[int, str], set[str]]:
    """The identifiers of the lesson's cells that submitted cells are copies of, by place.

    And those that were found on cells of another type only, such as code that has become a text.
    """
    types = {cell.id: cell.cell_type for cell in lesson}
    names = {name: cell.id for cell in lesson if (name := grade_id(cell))}
    texts = {_text(cell): cell.id for cell in reversed(lesson) if _text(cell)}
    tests = {name.removeprefix("test_"): i for name, i in names.items() if name[:5] == "test_"}
    ways: tuple[Callable[[NotebookNode], str | None], ...] = (
        lambda cell: names.get(_name(cell) or ""),
        lambda cell: cell.get("id") if isinstance(cell.get("id"), str) else None,
        lambda cell: texts.get(_text(cell)),
        lambda cell: tests.get(_tested(cell)),
    )
    claims: dict[int, str] = {}
    of_another_type: set[str] = set()
    for place, cell in enumerate(submitted):
        known = [name for way in ways if (name := way(cell) or "") in types]
        claimed = [name for name in known if types[name] == cell.cell_type]
        if claimed:
            claims[place] = claimed[0]
        else:
            of_another_type.update(known)
    return claims, of_another_type


def _drop_copies(found: Recognised, submitted: list[NotebookNode]) -> None:
    """Of a cell of the lesson that is there several times, keep the last one that says something else."""
    kept: dict[str, int] = {}
    for place, cell in found.known.items():
        if cell.id not in kept or _text(submitted[place]) != _text(cell):
            kept[cell.id] = place
    for place, cell in list(found.known.items()):
        if kept[cell.id] == place:
            continue
        del found.known[place]
        if grade_id(cell) or _text(submitted[place]) == _text(cell):
            found.dropped.add(place)


def _find_code(
    found: Recognised,
    submitted: list[NotebookNode],
    cell: NotebookNode,
    labelled: list[int],
    free: list[int],
    of_others: list[int],
) -> None:
    """Choose the cell that answers an exercise: one that defines its name rather than one that has its label.

    An answer beats a stub. Of several answers the last is the one that the cells below them see.

    Args:
        found: where the choice is put down.
        submitted: all cells that were handed in.
        cell: the exercise's cell as it was handed out.
        labelled: places of the cells that are known to be copies of it.
        free: places of the student's own cells.
        of_others: places of the cells meant for other exercises, and of the lesson's own that were changed.
    """
    name = cell.id

    def written(places: list[int]) -> list[int]:
        return [i for i in places if not is_stub(submitted[i], cell)]

    def defining(places: list[int]) -> list[int]:
        return [i for i in places if _is_code(submitted[i]) and defines(submitted[i], name)]

    own = written(labelled)
    elsewhere = defining(written(sorted(free + of_others)))
    candidates = defining(own) or elsewhere or own
    if candidates:
        chosen = candidates[-1]
        found.answers[name] = chosen
        found.known.pop(chosen, None)  # an answer in a test's cell, say
        if len({submitted[i].source.strip() for i in candidates}) > 1:
            found.remark(name, "there are several answers to it, and the last one was graded")
        if chosen not in labelled:
            found.remark(name, "its answer stands in another cell than the one meant for it")
        elif any(
            submitted[i].source.strip() != submitted[chosen].source.strip() for i in elsewhere
        ):
            found.remark(name, "another cell defines it as well; the one meant for it was graded")
        found.dropped |= set(labelled) - set(own)
    elif labelled:
        found.answers[name] = labelled[-1]
        found.dropped |= set(labelled[:-1])
    elif any(_is_code(submitted[i]) and submitted[i].source.strip() for i in free):
        found.remark(name, "the cell for its answer is missing; another cell may hold the answer")


def _find_text(
    found: Recognised, submitted: list[NotebookNode], cell: NotebookNode, labelled: list[int]
) -> None:
    """Choose the cell that holds a text: by its label, or by its place below the task."""
    name, stub = cell.id, cell.source
    own = [i for i in labelled if submitted[i].source.strip() != stub.strip()]
    if own:
        found.answers[name] = own[-1]
    elif below := _texts_below(found, submitted, name):
        found.answers[name] = below[0]
        found.remark(name, "its text was recognised by its place below the task")
    elif labelled:
        found.answers[name] = labelled[-1]
    else:
        found.remark(name, "the cell for its text is missing")
    found.dropped |= set(labelled) - {found.answers.get(name, -1)} - set(own)


def _texts_below(found: Recognised, submitted: list[NotebookNode], name: str) -> list[int]:
    """Places of texts of the student's own between a task and the lesson's next cell."""
    tasks = [i for i, cell in enumerate(submitted) if name in _TASK.findall(cell.source)]
    below = []
    for place in range(tasks[-1] + 1, len(submitted)) if tasks else ():
        if place in found.known:
            break
        if submitted[place].cell_type == "markdown" and submitted[place].source.strip():
            below.append(place)
    return below


def _name(cell: NotebookNode) -> str | None:
    """The `grade_id`, whatever the student has made of the metadata."""
    metadata = cell.metadata.get("nbgrader") if isinstance(cell.metadata, dict) else None
    name = metadata.get("grade_id") if isinstance(metadata, dict) else None
    return name if isinstance(name, str) else None


def _text(cell: NotebookNode) -> str:
    """What a cell says, without the spaces that editors add or take away."""
    return "\n".join(line.rstrip() for line in cell.source.strip().splitlines())


def _tested(cell: NotebookNode) -> str:
    """The exercise that a test cell tests, should this be one."""
    match = re.search(r"^checks\.run\(['\"](\w+)['\"]\)", cell.source, re.MULTILINE)
    return match[1] if match else ""


def _is_code(cell: NotebookNode) -> bool:
    return cell.cell_type == "code"
