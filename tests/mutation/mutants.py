"""Test the tests by mutants: each reference answer with one small change in it, which the tests must notice.

    python tests/mutation/mutants.py [LESSON ...] [--only EXERCISE] [--sample N]

The changes are mutmut's, and those that are more like a student's: a statement left out, a copy not made, a
number one too small. A mutant that no test can tell from the reference stands in `equivalent.toml` with the
reason. Prints each mutant that passes and is not listed, and a table of scores; the exit status is 1 where a
score is too low.
"""

from __future__ import annotations

import ast
import difflib
import os
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

import libcst as cst
import libcst.matchers as m
import typer
from mutmut.mutation.mutators import mutation_operators
from rich.console import Console
from rich.progress import track
from rich.table import Table

from autograde.authoring.attempts import Attempt
from autograde.authoring.verify import verify
from autograde.course import Course
from autograde.grading.plan import files_in
from autograde.lesson import Exercise, exercises, read_lesson, read_tests

EQUIVALENT = Path(__file__).with_name("equivalent.toml")
#: Shares of mutants that the tests must notice: of all, and of each exercise's.
OVERALL, EACH = 0.995, 0.95
#: Seconds for a mutant, which may go on for ever.
TIME_LIMIT = 20.0


class Score(NamedTuple):
    """What came of an exercise's mutants: their number, and those that passed."""

    n_mutants: int
    survivors: list[str]

    @property
    def share(self) -> float:
        """How many of the mutants were noticed."""
        return 1 - len(self.survivors) / self.n_mutants if self.n_mutants else 1.0


def mutants(source: str) -> dict[str, str]:
    """All mutants of a program, by what is changed: `old line -> new line`."""
    module = cst.parse_module(source)

    seen = {_essence(source)}
    found: dict[str, str] = {}
    for node in _mutable(module):
        for changed in _changes(node):
            body = module.deep_replace(node, changed).code
            try:
                plain = _essence(body)
            except SyntaxError:
                continue
            if plain not in seen:
                seen.add(plain)
                title = _title(source, body)
                found[title if title not in found else f"{title} ({len(found)})"] = body
    return found


class _ForPersons(ast.NodeTransformer):
    """Takes out names that layers are given, `name="hidden"`, and progress bars, `verbose=0`."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        node.keywords = [
            word
            for word in node.keywords
            if not (word.arg in ("name", "verbose") and isinstance(word.value, ast.Constant))
        ]
        return self.generic_visit(node)


def _essence(source: str) -> str:
    """A program in a form in which those that differ in nothing that counts are alike."""
    return ast.unparse(_ForPersons().visit(ast.parse(source)))


def _mutable(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The nodes of a program but those that say something to a person: docstrings, texts of errors, types."""
    is_text = m.matches(node, m.Expr(m.SimpleString() | m.ConcatenatedString()))
    if is_text or isinstance(node, (cst.Raise, cst.Annotation)):
        return
    yield node
    for child in node.children:
        yield from _mutable(child)


def _changes(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for kind, operator in mutation_operators:
        if isinstance(node, kind):
            yield from operator(node)
    match node:
        case cst.Integer():
            yield (
                node.with_changes(value=repr(node.evaluated_value - 1))
                if node.evaluated_value
                else node
            )
        case cst.Call(func=cst.Attribute(value=value, attr=cst.Name("copy"))):
            yield value
        case cst.Return(value=cst.BaseExpression()) | cst.Expr() | cst.Assign() | cst.AugAssign():
            yield cst.Pass()
        case cst.If(orelse=None):
            yield node.with_changes(test=cst.Name("True"))
            yield node.with_changes(test=cst.Name("False"))


def _title(old: str, new: str) -> str:
    lines = list(difflib.ndiff(old.splitlines(), new.splitlines()))
    removed, added = (
        " ".join(line[2:].strip() for line in lines if line.startswith(sign)) for sign in "-+"
    )
    return f"{removed} -> {added}"


def read_equivalent(path: Path = EQUIVALENT) -> dict[str, set[str]]:
    """Mutants that do what the reference does, by exercise."""
    listed: defaultdict[str, set[str]] = defaultdict(set)
    for entry in tomllib.loads(path.read_text(encoding="utf-8"))["equivalent"]:
        listed[entry["exercise"]].update(entry["mutants"])
    return listed


def scores(
    course: Course, lesson: str, asked: Iterable[Exercise], sample: int = 1
) -> Iterator[tuple[str, Score]]:
    """Judge the mutants of exercises of a lesson, every Nth of them; gives each exercise's name and score."""
    notebook = read_lesson(course.source(lesson))
    tests = read_tests(course.tests(lesson))
    hidden = files_in(course.hidden(lesson))
    equivalent = read_equivalent()
    for exercise in asked:
        bodies = mutants(exercise.solution.source)
        for title in equivalent[exercise.name]:
            bodies.pop(title, None)
        chosen = [
            Attempt(exercise.name, False, title, body)
            for title, body in list(bodies.items())[::sample]
        ]
        workers = len(os.sched_getaffinity(0))
        verdicts = track(
            verify(notebook, chosen, tests, workers, TIME_LIMIT, hidden),
            f"{lesson}: {exercise.name}",
            total=len(chosen),
            console=Console(stderr=True),
        )
        yield exercise.name, Score(len(chosen), [v.attempt.title for v in verdicts if v.passed])


def main(
    lessons: Annotated[
        list[str] | None, typer.Argument(help="All of them if none is named.")
    ] = None,
    only: Annotated[str, typer.Option(help="Mutants of this exercise only.")] = "",
    sample: Annotated[int, typer.Option(help="Try every Nth mutant.")] = 1,
) -> None:
    """Test the tests by mutants of the reference answers."""
    course = Course(Path(__file__).resolve().parents[2])
    table = Table("exercise", "mutants", "noticed", title="Mutants of the reference answers")
    total = missed = 0
    low = False
    for lesson in course.choose(lessons or []):
        asked = [
            e
            for e in exercises(read_lesson(course.source(lesson)))
            if e.solution.cell_type == "code" and only in ("", e.name)
        ]
        for name, score in scores(course, lesson, asked, sample):
            for title in score.survivors:
                print(f"{lesson} {name}: {title}", flush=True)
            table.add_row(f"{lesson} {name}", str(score.n_mutants), f"{score.share:.1%}")
            total, missed = total + score.n_mutants, missed + len(score.survivors)
            low = low or score.share < EACH
    share = 1 - missed / total if total else 1.0
    table.add_section()
    table.add_row("all", str(total), f"{share:.2%}")
    Console().print(table)
    if low or share < OVERALL:
        raise SystemExit(1)


if __name__ == "__main__":
    typer.run(main)
