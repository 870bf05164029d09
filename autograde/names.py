"""Which names a piece of a notebook binds, and which it needs from elsewhere."""

from __future__ import annotations

import ast
import builtins
import re
import symtable
from collections.abc import Iterator
from functools import cache

from IPython.core.inputtransformer2 import TransformerManager

#: What the parser raises for text that is no Python, and for text that nobody wrote.
NO_PYTHON = (SyntaxError, ValueError, RecursionError, MemoryError)
#: Names that are there without being bound.
_EVERYWHERE = {*dir(builtins), "get_ipython", "display", "__name__"}


@cache
def _transformer() -> TransformerManager:
    return TransformerManager()


def statements(source: str) -> list[ast.stmt] | None:
    """A cell's statements, IPython's own (`%time`, `!ls`) as calls; None where it is no Python."""
    plain = re.sub(r"\A\s*%%.*", "", source)  # `%%time` and its like run what stands below them
    try:
        return ast.parse(_transformer().transform_cell(plain)).body
    except NO_PYTHON:
        return None


def binds(statement: ast.stmt) -> set[str]:
    """The global names that a statement binds: by assignment, `def`, `class`, `import`, a loop, `with`."""
    return {
        symbol.get_name()
        for symbol in _module(statement).get_symbols()
        if symbol.is_assigned() or symbol.is_imported()
    }


def needs(statement: ast.stmt) -> set[str]:
    """The global names that a statement looks up, in the bodies of its functions, too."""
    looked_up = set(_looked_up(_module(statement)))
    if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
        looked_up.add(statement.target.id)
    return looked_up - _EVERYWHERE


def changes(statement: ast.stmt) -> set[str]:
    """Names whose objects a statement may change: `x[0] = 1`, `x.y = 1`, `x.fit(...)`."""
    roots: set[str] = set()
    for node in ast.walk(statement):
        match node:
            case ast.Subscript(ctx=ast.Store()) | ast.Attribute(ctx=ast.Store()):
                roots.add(_root(node))
            case ast.Call(func=ast.Attribute() as method):
                roots.add(_root(method))
    return roots - {""}


def _root(node: ast.expr) -> str:
    """The name at the beginning of `name.attribute[index]`, if there is one."""
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def defines(source: str, name: str) -> bool:
    """Whether a cell binds a name; of a cell that is no Python, whether it looks as if it did."""
    if (body := statements(source)) is None:
        return (
            re.search(rf"^(?:async\s+)?(?:def|class)\s+{name}\b", source, re.MULTILINE) is not None
        )
    return any(name in binds(statement) for statement in body)


def is_stub(source: str, stub: str) -> bool:
    """Whether an answer is what was handed out: nothing, comments, or a body that is not written yet."""
    body, handed_out = statements(source), statements(stub)
    if body is None or handed_out is None:
        return source.strip() == stub.strip()
    if _dump(body) == _dump(handed_out):
        return True
    return all(
        isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef))
        and all(map(_says_nothing, statement.body))
        for statement in body
    )


def _dump(body: list[ast.stmt]) -> list[str]:
    return [ast.dump(statement) for statement in body]


def _says_nothing(statement: ast.stmt) -> bool:
    match statement:
        case ast.Pass() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Raise(exc=ast.Call(func=ast.Name(id=name)) | ast.Name(id=name)):
            return name == "NotImplementedError"
        case _:
            return False


def _module(statement: ast.stmt) -> symtable.SymbolTable:
    return symtable.symtable(ast.unparse(statement), "<cell>", "exec")


def _looked_up(table: symtable.SymbolTable) -> Iterator[str]:
    is_module = table.get_type() == "module"
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (is_module or symbol.is_global()):
            yield symbol.get_name()
    for child in table.get_children():
        yield from _looked_up(child)
