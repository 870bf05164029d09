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
    wanted, bound = _needed_by(_answers(notebook)), _bound(notebook)
    taken: set[tuple[int, int]] = set()
    parts: dict[int, dict[int, str]] = {}
    grows = True
    while grows:
        grows = False
        for shows, place, number, statement in everything:
            makes = {*statement.binds, *statement.changes}
            if (place, number) in taken or not makes & (wanted - bound if shows else wanted):
                continue
            taken.add((place, number))
            wanted.update(statement.needs)
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
    return (c for c in notebook.cells if c.cell_type == "code" and is_solution(c))


def _is_own(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and not grade_id(cell) and not is_demonstration(cell)


def _bound(notebook: NotebookNode) -> set[str]:
    """The names that cells bind which are run as a whole."""
    whole = chain(_answers(notebook), filter(_is_own, notebook.cells))
    return {name for cell in whole for s in facts_of(cell) or [] for name in s.binds}


def _needed_by(cells: Iterable[NotebookNode]) -> set[str]:
    """The global names that cells look up."""
    return {name for cell in cells for s in facts_of(cell) or [] for name in s.needs}
