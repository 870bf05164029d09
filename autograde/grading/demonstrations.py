"""What answers need from demonstrations, which the grader does not run as a whole.

A demonstration loads data, trains or draws. A student may have written a constant or a function into one,
or have used a name that one makes. Then the statements that make it are run, and no others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from nbformat import NotebookNode
from nbgrader.utils import is_solution

from autograde.grading.names import facts_of
from autograde.lesson import grade_id, is_demonstration


def needed_parts(notebook: NotebookNode) -> dict[int, str]:
    """The part of each demonstration that the answers need, by the cell's place; without those of no use."""
    everything = [
        (is_demonstration(cell), place, number, statement)
        for place, cell in enumerate(notebook.cells)
        if is_demonstration(cell) or _is_own(cell)
        for number, statement in enumerate(facts_of(cell) or [])
    ]
    bound = _bound(notebook)
    first: dict[str, int] = {}  # where a name is made first
    for _, place, _, statement in everything:
        for name in statement.binds:
            first.setdefault(name, place)
    wanted: dict[str, int] = {}  # names, and the last place that needs them

    def want(names: Iterable[str], place: int) -> None:
        for name in names:
            wanted[name] = max(place, wanted.get(name, 0))

    def is_needed(shows: bool, place: int, names: set[str]) -> bool:
        # What stands further down than the last need was not yet run, unless nothing above makes the name.
        return any(
            name in wanted
            and not (shows and name in bound)
            and (place <= wanted[name] or first.get(name, place) > wanted[name])
            for name in names
        )

    for place, cell in enumerate(notebook.cells):
        if _is_answer(cell):
            want(_needed_by([cell]), place)
    taken: set[tuple[int, int]] = set()
    parts: dict[int, dict[int, str]] = {}
    grows = True
    while grows:
        grows = False
        for shows, place, number, statement in everything:
            makes = {*statement.binds, *statement.changes}
            if (place, number) in taken or not is_needed(shows, place, makes):
                continue
            taken.add((place, number))
            want(statement.needs, place)
            grows = True
            if shows:
                parts.setdefault(place, {})[number] = statement.text
    return {place: "\n".join(part[n] for n in sorted(part)) for place, part in parts.items()}


def made_by_demonstrations(notebook: NotebookNode) -> dict[str, str]:
    """For each exercise whose answer uses names that only demonstrations make: which, and made where."""
    makers = {
        name: cell.source.strip().partition("\n")[0]
        for cell in reversed(notebook.cells)
        if is_demonstration(cell)
        for statement in facts_of(cell) or []
        for name in statement.binds
    }
    bound = _bound(notebook)
    remarks = {}
    for cell in _answers(notebook):
        used = _needed_by([cell]) - bound
        if names := sorted(used & makers.keys()):
            places = "; ".join(f"{name} from the cell {makers[name]!r}" for name in names)
            remarks[grade_id(cell) or ""] = (
                f"its answer uses {places}, which is run in part only while grading"
            )
    return remarks


def _answers(notebook: NotebookNode) -> Iterator[NotebookNode]:
    return filter(_is_answer, notebook.cells)


def _is_answer(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and is_solution(cell)


def _is_own(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and not grade_id(cell) and not is_demonstration(cell)


def _bound(notebook: NotebookNode) -> set[str]:
    """The names that cells bind which are run as a whole."""
    whole = chain(_answers(notebook), filter(_is_own, notebook.cells))
    return {name for cell in whole for s in facts_of(cell) or [] for name in s.binds}


def _needed_by(cells: Iterable[NotebookNode]) -> set[str]:
    """The global names that cells look up."""
    return {name for cell in cells for s in facts_of(cell) or [] for name in s.needs}
