"""Which names a piece of a notebook binds, and which it needs from elsewhere.

Python's parser may take long over what nobody would write. So a student's cells are parsed where they are
read, in a process with limits, and carry in their metadata what was found; see `facts_of`.
"""

from __future__ import annotations

import ast
import builtins
import hashlib
import re
import symtable
import time
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode

from autograde.parsing import parse

#: Where a cell's metadata keep its statements.
FACTS = "autograde_facts"
#: Seconds of processor time for all cells of a notebook; those that are left count as no Python.
MOST_TIME = 10.0
#: Lines in a syntax of IPython's own that a cell may have: each has the whole cell read once more.
MOST_MAGICS = 50

#: What the parser raises for text that is no Python, and for text that nobody wrote.
_NO_PYTHON = (SyntaxError, ValueError, RecursionError, MemoryError)
#: Names that are there without being bound.
_EVERYWHERE = {*dir(builtins), "get_ipython", "display", "__name__"}
_CELL_MAGIC = re.compile(r"\A\s*%%.*")
_MAGIC = re.compile(r"^\s*[%!?]|[?!%]\s*\w", re.MULTILINE)


class Statement(NamedTuple):
    """What is known of a statement at the top of a cell."""

    text: str
    binds: list[str]  # global names: by assignment, `def`, `class`, `import`, a loop, `with`
    needs: list[str]  # global names that it looks up, in the bodies of its functions, too
    changes: list[str]  # names whose objects it may change: `x[0] = 1`, `x.y = 1`, `x.fit(...)`
    digest: str  # equal for statements that differ in spaces and comments only
    is_stub: bool  # a function whose body is not written yet


Facts = list[Statement] | None  # None: it is no Python


def add_facts(cells: list[dict[str, Any]]) -> None:
    """Put into the metadata of code cells what is known of their statements."""
    end = time.process_time() + MOST_TIME
    for cell in cells:
        if cell["cell_type"] == "code":
            in_time = time.process_time() < end
            cell["metadata"][FACTS] = _known(cell["source"]) if in_time else None


def facts_of(cell: NotebookNode) -> Facts:
    """A cell's statements: those that it carries, or of a lesson's own cell those that it has."""
    if FACTS not in cell.metadata:
        return _known(cell.source)
    facts = cell.metadata[FACTS]
    return None if facts is None else [Statement(*fact) for fact in facts]


def analyse(source: str) -> Facts:
    """The statements of a cell, those of IPython's own syntax (`%time`, `!ls`) as calls."""
    plain = _CELL_MAGIC.sub("", source)  # `%%time` and its like run what stands below them
    try:
        return [_statement(node) for node in _parsed(plain).body]
    except _NO_PYTHON:
        return None


_known = lru_cache(maxsize=4096)(analyse)


def defines(cell: NotebookNode, name: str) -> bool:
    """Whether a cell binds a name; of a cell that is no Python, whether it looks as if it did."""
    if (facts := facts_of(cell)) is None:
        pattern = rf"^(?:async\s+)?(?:def|class)\s+{name}\b"
        return re.search(pattern, cell.source, re.MULTILINE) is not None
    return any(name in statement.binds for statement in facts)


def is_stub(cell: NotebookNode, stub: NotebookNode) -> bool:
    """Whether an answer is what was handed out: nothing, comments, or a body that is not written yet."""
    facts, handed_out = facts_of(cell), facts_of(stub)
    if facts is None or handed_out is None:
        return cell.source.strip() == stub.source.strip()
    if [statement.digest for statement in facts] == [statement.digest for statement in handed_out]:
        return True
    return all(statement.is_stub for statement in facts)


def _parsed(source: str) -> ast.Module:
    try:
        return parse(source)
    except SyntaxError:
        if len(_MAGIC.findall(source)) > MOST_MAGICS:
            raise
        return parse(_transformer().transform_cell(source))


@cache
def _transformer() -> TransformerManager:
    return TransformerManager()


def _statement(node: ast.stmt) -> Statement:
    text = ast.unparse(node)
    table = symtable.symtable(text, "<cell>", "exec")
    binds = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}
    needs = set(_looked_up(table))
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        needs.add(node.target.id)
    return Statement(
        text,
        sorted(binds),
        sorted(needs - _EVERYWHERE),
        sorted(_changes(node)),
        hashlib.sha256(text.encode(errors="replace")).hexdigest(),
        isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and all(map(_says_nothing, node.body)),
    )


def _looked_up(table: symtable.SymbolTable) -> Iterator[str]:
    is_module = table.get_type() == "module"
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (is_module or symbol.is_global()):
            yield symbol.get_name()
    for child in table.get_children():
        yield from _looked_up(child)


def _changes(node: ast.stmt) -> set[str]:
    roots: set[str] = set()
    for part in ast.walk(node):
        match part:
            case ast.Subscript(ctx=ast.Store()) | ast.Attribute(ctx=ast.Store()):
                roots.add(_root(part))
            case ast.Call(func=ast.Attribute() as method):
                roots.add(_root(method))
    return roots - {""}


def _root(node: ast.expr) -> str:
    """The name at the beginning of `name.attribute[index]`, if there is one."""
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _says_nothing(node: ast.stmt) -> bool:
    match node:
        case ast.Pass() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Raise(exc=ast.Call(func=ast.Name(id=name)) | ast.Name(id=name)):
            return name == "NotImplementedError"
        case _:
            return False
