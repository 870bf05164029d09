"""The linter: what must be true of a lesson, and of the release made from it."""

from __future__ import annotations

import ast
import builtins
import copy
import re
import symtable
from collections import Counter
from collections.abc import Iterable, Iterator

from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_solution

from autograde.authoring.handout import to_repair
from autograde.course import GOING_FURTHER, TESTS, ExerciseSpec, LessonSpec
from autograde.lesson import beside_part, exercises, grade_id, set_up_cells

#: Every lesson has these parts, in this order. Each is found by a line of markdown.
PARTS = {
    "a title": r"^# \S",
    "what the reader will be able to do": r"^\*\*You will be able to\*\*",
    "its prerequisites": r"^\*\*Before you start\*\*",
    "its measured running time": r"^\*\*Running time\*\*.*\d",
    "a question to predict": r"^## Predict",
    "multiple-choice questions": r"^## Check your understanding",
    "a 'Then and now' table": r"^## Then and now",
    "a summary": r"^## Summary",
    "where to go next": r"^## Where to go next",
}
#: How calls begin that say nothing of how an exercise is solved.
_EVERYWHERE = re.compile(r"(len|range|super|isinstance|int|float|str|np\.asarray)\(")
#: Names that mean the same in every lesson.
_MODULES = ("np", "keras", "tf")
#: What the import cell of every lesson brings.
IMPORTED = {"checks", "keras", "np", "plots", "plt", "tf", "widgets"}
HIDDEN = re.compile(r"### BEGIN HIDDEN TESTS\n(.*?)### END HIDDEN TESTS", re.DOTALL)
SOLUTION = re.compile(
    r"### BEGIN SOLUTION\n(.*?)(?:### HANDED OUT INSTEAD\n.*?)?### END SOLUTION", re.DOTALL
)


def lint_source(
    notebook: NotebookNode, spec: LessonSpec, further: NotebookNode | None = None
) -> list[str]:
    """Everything that is wrong with a lesson and its second notebook, a line each."""
    return [
        *_check_exercises(notebook, spec.exercises),
        *_check_parts(notebook),
        *_check_topics(notebook, spec, further),
        *_check_further(notebook, further),
        *_check_imports(notebook),
        *_check_link(notebook, spec),
        *_check_outputs(notebook),
        *_check_ids(notebook),
    ]


def lint_tests(notebook: NotebookNode, tests: str) -> list[str]:
    """Everything that is wrong with a lesson's file of tests, a line each."""
    return [
        *_check_tests(notebook, tests),
        *_check_blocks(tests),
        *_check_beside(notebook, tests),
    ]


def lint_release(source: NotebookNode, tests: str, release: NotebookNode, shown: str) -> list[str]:
    """Everything that is wrong with what is handed out, a line each.

    Args:
        source: the lesson.
        tests: its file of tests.
        release: the students' version of the lesson.
        shown: the students' version of the tests.
    """
    handed_out = {f"cell {cell.id}": cell.source for cell in release.cells} | {TESTS: shown}
    return [
        *_check_stubs(source, release),
        *_check_leaks(source, tests, shown, handed_out),
        *_check_expressions(source, shown),
        *_check_outputs(release),
    ]


def signature(source: str, name: str) -> str | None:
    """How `name` is defined in `source`, as `name(arguments)`; a class by its `__init__`."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return None
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return f"{name}({_arguments(node.args)})"
        if isinstance(node, ast.ClassDef) and node.name == name:
            inits = [
                n for n in node.body if isinstance(n, ast.FunctionDef) and n.name == "__init__"
            ]
            arguments = _arguments(inits[0].args) if inits else ""
            arguments = re.sub(r"^self(, )?", "", arguments)
            # What Keras's own classes take besides: a name, and **kwargs for the base class.
            arguments = re.sub(r"(, )?\*\*\w+$", "", arguments)
            arguments = re.sub(r"(, )?name='?\w+'?$", "", arguments)
            return f"class {name}({arguments})" if arguments else f"class {name}"
    return None


def _arguments(arguments: ast.arguments) -> str:
    for argument in ast.walk(arguments):
        if isinstance(argument, ast.arg):
            argument.annotation = None
    return ast.unparse(arguments)


def _check_exercises(notebook: NotebookNode, specs: list[ExerciseSpec]) -> Iterator[str]:
    found = {exercise.name: exercise for exercise in exercises(notebook)}
    graded = [cell for cell in notebook.cells if grade_id(cell)]
    solutions = [grade_id(cell) for cell in graded if is_solution(cell)]
    wanted = [spec.name for spec in specs]
    for spec in specs:
        if spec.by_hand:
            yield from _check_text(notebook, spec)
            continue
        exercise = found.get(spec.name)
        if exercise is None:
            yield f"exercise {spec.name} is missing: it needs a solution cell and a cell test_{spec.name}"
            continue
        if exercise.points != spec.points:
            yield f"exercise {spec.name} has {exercise.points:g} points; the curriculum says {spec.points:g}"
        position = graded.index(exercise.solution)
        if position + 1 == len(graded) or graded[position + 1] is not exercise.test:
            yield f"exercise {spec.name}: its test cell does not follow its solution cell"
        actual = signature(exercise.solution.source, spec.name)
        if actual != spec.signature:
            yield f"exercise {spec.name} is defined as {actual}; the curriculum says {spec.signature}"
        if not SOLUTION.search(exercise.solution.source):
            yield f"exercise {spec.name} has no region ### BEGIN SOLUTION ... ### END SOLUTION"
        if exercise.test.source != f'checks.run("{spec.name}")':
            yield f'exercise {spec.name}: its test cell must be the line checks.run("{spec.name}")'
        yield from _check_task(notebook, spec.name)
    for name in solutions:
        if name not in wanted:
            yield f"exercise {name} is not in the curriculum"
    if [name for name in solutions if name in wanted] != [n for n in wanted if n in solutions]:
        yield f"exercises are out of order: {', '.join(map(str, solutions))}"


def _check_text(notebook: NotebookNode, spec: ExerciseSpec) -> Iterator[str]:
    """A text marked by hand: one markdown cell for the answer, and a task that shows the rubric."""
    cells = [cell for cell in notebook.cells if grade_id(cell) == spec.name]
    if len(cells) != 1:
        yield f"exercise {spec.name} is missing: it needs one cell for the answer"
        return
    cell = cells[0]
    if cell.cell_type != "markdown" or not (is_solution(cell) and is_grade(cell)):
        yield f"exercise {spec.name} needs a markdown cell that is marked by hand (manually graded answer)"
    elif float(cell.metadata.nbgrader.points) != spec.points:
        yield (
            f"exercise {spec.name} has {cell.metadata.nbgrader.points:g} points; "
            f"the curriculum says {spec.points:g}"
        )
    if not SOLUTION.search(cell.source):
        yield f"exercise {spec.name} has no region ### BEGIN SOLUTION ... ### END SOLUTION"
    heading = re.compile(rf"^### Exercise: `{spec.name}`", re.MULTILINE)
    tasks = [other.source for other in notebook.cells if heading.search(other.source)]
    if len(tasks) != 1 or "**Rubric**" not in tasks[0]:
        yield (
            f"exercise {spec.name} needs one markdown cell headed '### Exercise: `{spec.name}`' "
            "that says how it is marked (**Rubric**)"
        )


def _check_task(notebook: NotebookNode, name: str) -> Iterator[str]:
    """The markdown before a solution cell: the task, what to expect, hints folded away."""
    heading = re.compile(rf"^### Exercise: `(class )?{name}\b", re.MULTILINE)
    tasks = [
        c.source for c in notebook.cells if c.cell_type == "markdown" and heading.search(c.source)
    ]
    if len(tasks) != 1:
        yield f"exercise {name} needs one markdown cell headed '### Exercise: `{name}...`'"
        return
    hints = len(re.findall(r"<summary>Hint \d", tasks[0]))
    if hints not in (2, 3):
        yield f"exercise {name} has {hints} hints folded away; 2 or 3 are needed"
    if "**Expected**" not in tasks[0]:
        yield f"exercise {name} does not show what to expect (**Expected**)"


def _check_parts(notebook: NotebookNode) -> Iterator[str]:
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    last = -1
    for part, pattern in PARTS.items():
        match = re.search(pattern, text, re.MULTILINE)
        if match is None:
            yield f"{part} is missing (a line like {pattern})"
        elif match.start() < last:
            yield f"{part} stands in the wrong place"
        else:
            last = match.start()
    skills = re.search(
        r"^\*\*You will be able to\*\*\n+((?:[*-] .*\n(?:  .*\n)*)+)", text + "\n", re.MULTILINE
    )
    count = len(re.findall(r"^[*-] ", skills[1], re.MULTILINE)) if skills else 0
    if not 3 <= count <= 5:
        yield f"'You will be able to' lists {count} points; 3 to 5 are needed"
    questions = len(re.findall(r"^\*\*Question \d", text, re.MULTILINE))
    if not 2 <= questions <= 4:
        yield f"there are {questions} multiple-choice questions; 2 to 4 are needed"
    if not any("widgets." in cell.source for cell in notebook.cells if cell.cell_type == "code"):
        yield "there is no interactive widget"


def _check_topics(
    notebook: NotebookNode, spec: LessonSpec, further: NotebookNode | None
) -> Iterator[str]:
    """The lesson is called as the curriculum calls it, and shows all that belongs to its topic.

    Its second notebook may show a part of it.
    """
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    if not re.search(rf"^# \d\d · {re.escape(spec.title)}$", text, re.MULTILINE):
        yield f"the title is another than the curriculum's: {spec.title}"
    cells = [*notebook.cells, *(further.cells if further else [])]
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    for topic in spec.shows:
        if topic not in code:
            yield f"the lesson does not show {topic}"


def _check_further(notebook: NotebookNode, further: NotebookNode | None) -> Iterator[str]:
    """A second notebook is called what it is, holds nothing graded, and the lesson leads to it."""
    links = [cell for cell in notebook.cells if f"]({GOING_FURTHER}/" in cell.source]
    if further is None:
        if links:
            yield f"the lesson has a link to {GOING_FURTHER}.py, which is not there"
        return
    if not links:
        yield f"the lesson has no link to its second notebook, {GOING_FURTHER}.py"
    if not re.match(r"# \d\d · Going further: \S", further.cells[0].source):
        yield f"{GOING_FURTHER}.py does not begin with its title, # NN · Going further: TOPIC"
    for cell in further.cells:
        if grade_id(cell) or cell.metadata.get("tags"):
            yield f"a cell of {GOING_FURTHER}.py is graded or has tags: {cell.source[:40]!r}"
    yield from (f"{GOING_FURTHER}.py: {problem}" for problem in _check_outputs(further))


def _check_imports(notebook: NotebookNode) -> Iterator[str]:
    """The first cell that the grader runs holds imports; the same names are at hand in every lesson."""
    statements = [
        node for cell in set_up_cells(notebook)[:1] for node in ast.parse(cell.source).body
    ]
    imports = [node for node in statements if isinstance(node, (ast.Import, ast.ImportFrom))]
    if len(imports) < len(statements):
        yield "the import cell holds more than imports"
    brought = {name.asname or name.name for node in imports for name in node.names}
    if missing := IMPORTED - brought:
        yield f"the import cell does not import {', '.join(sorted(missing))}"


def _check_link(notebook: NotebookNode, spec: LessonSpec) -> Iterator[str]:
    """The last lines lead to the next lesson, and from the last one back to the first."""
    if not notebook.cells[-1].source.rstrip().endswith(spec.next_link):
        yield f"the lesson does not end in the link to the next one: {spec.next_link}"


def _check_tests(notebook: NotebookNode, tests: str) -> Iterator[str]:
    """Each exercise has its test, a part of which is hidden; and no test is of anything else."""
    statements, lines = ast.parse(tests).body, tests.splitlines(keepends=True)
    ends = [node.lineno - 1 for node in statements[1:]] + [
        len(lines)
    ]  # a mark at the end is no statement
    found = {
        node.name.removeprefix("test_"): "".join(lines[node.lineno - 1 : end])
        for node, end in zip(statements, ends, strict=True)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    asked = [exercise.name for exercise in exercises(notebook)]
    for name in asked:
        if name not in found:
            yield f"{TESTS} has no function test_{name}"
        elif not HIDDEN.search(found[name]):
            yield f"test_{name} has no region ### BEGIN HIDDEN TESTS ... ### END HIDDEN TESTS"
    yield from (f"test_{name} in {TESTS} is of no exercise" for name in found if name not in asked)


def _check_blocks(tests: str) -> Iterator[str]:
    """No check stands in a `with` block, whose context manager could swallow its failure."""
    for block in ast.walk(ast.parse(tests)):
        if isinstance(block, (ast.With, ast.AsyncWith)):
            inside = [node for line in block.body for node in ast.walk(line)]
            called = [ast.unparse(n.func) for n in inside if isinstance(n, ast.Call)]
            for what in called:
                if what.startswith(("checks.", "_")):
                    yield (
                        f"{TESTS}, line {block.lineno}: {what} is called in a `with` block, which could "
                        "swallow a failure"
                    )


def _check_beside(notebook: NotebookNode, tests: str) -> Iterator[str]:
    """What runs on the side of the answers finds there what it needs, and tells nothing that is expected."""
    part = beside_part(tests)
    known = {*dir(builtins), "__name__", "__class__"}
    for node in ast.parse(part).body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            known |= {name.asname or name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            known.add(node.name)
    for name, used in _globals_in(part):
        for other in sorted(used - known):
            yield (
                f"{TESTS}: {name} runs beside the answers, where there is no {other}: hand it over, or mark "
                "it as well"
            )
    for number in sorted(_telling_numbers(part)):
        yield f"{TESTS}: what runs beside the answers tells a number that was computed: {number}"
    yield from _check_expressions(notebook, part)


def _globals_in(source: str) -> Iterator[tuple[str, set[str]]]:
    """The functions and classes of a program, and the names outside of them that they use."""

    def used(table: symtable.SymbolTable) -> set[str]:
        names = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_global()}
        return names.union(*map(used, table.get_children()))

    whole = symtable.symtable(source, TESTS, "exec")
    referenced = {symbol.get_name() for symbol in whole.get_symbols() if symbol.is_referenced()}
    yield "the head of a function or a class that", referenced
    for table in whole.get_children():
        yield table.get_name(), used(table)


def _check_outputs(notebook: NotebookNode) -> Iterator[str]:
    for cell in notebook.cells:
        if cell.cell_type == "code" and (cell.outputs or cell.execution_count is not None):
            yield f"cell {cell.id} has stored outputs"


def _check_ids(notebook: NotebookNode) -> Iterator[str]:
    for kind, ids in (
        ("cell id", [cell.id for cell in notebook.cells]),
        ("grade_id", [grade_id(cell) for cell in notebook.cells if grade_id(cell)]),
    ):
        yield from (f"{kind} {name} is used twice" for name, n in Counter(ids).items() if n > 1)


def _check_stubs(source: NotebookNode, release: NotebookNode) -> Iterator[str]:
    stubs = {grade_id(cell): cell.source for cell in release.cells if is_solution(cell)}
    for name, _, solution, _ in exercises(source):
        stub = stubs.get(name, "")
        if signature(stub, name) != signature(solution.source, name):
            yield f"the stub of {name} has another signature than its solution"
        if to_repair(solution.source) is None and "NotImplementedError" not in stub:
            yield f"the stub of {name} does not raise NotImplementedError"


def _check_leaks(
    source: NotebookNode, tests: str, shown: str, handed_out: dict[str, str]
) -> Iterator[str]:
    """What solutions and hidden tests say must stand nowhere in what is handed out."""
    secrets = set(_telling_lines(HIDDEN.findall(tests))) - set(_telling_lines([shown]))
    for exercise in exercises(source):
        answer = exercise.solution.source
        program = to_repair(answer) or ""  # which is right in part
        secrets |= {*_telling_lines(SOLUTION.findall(answer))} - {*_telling_lines([program])}
    numbers = _telling_numbers("\n".join(HIDDEN.findall(tests)))
    for place, text in handed_out.items():
        for line in text.splitlines():
            if line.strip() in secrets:
                yield f"{place} gives away a line of a solution or a hidden test: {line.strip()}"
            if re.search(r"(BEGIN|END) (SOLUTION|HIDDEN TESTS)|HANDED OUT INSTEAD", line):
                yield f"{place} keeps a marker: {line.strip()}"
        for number in sorted(_telling_numbers(text) & numbers):
            yield f"{place} gives away a number of a hidden test: {number}"


def _telling_numbers(text: str) -> set[str]:
    """Numbers that were computed: they have four decimals at least, other than zeros."""
    return set(re.findall(r"(?<![\w.])\d+\.\d{4,}(?![\w.])", text)) - {"0.0000"}


def _check_expressions(source: NotebookNode, shown: str) -> Iterator[str]:
    """No test that is handed out computes what a solution computes, in the same words."""
    theirs = {_normal(node): node for node in ast.walk(ast.parse(shown)) if _is_telling(node)}
    for name, _, solution, _ in exercises(source):
        for node in ast.walk(ast.parse(solution.source)):
            if _is_telling(node) and (same := theirs.get(_normal(node))):
                yield (
                    f"{TESTS}, line {getattr(same, 'lineno', 0)}, gives away a part of the solution of "
                    f"{name}: {ast.unparse(same)}"
                )


def _is_telling(node: ast.AST) -> bool:
    """Whether this is an expression with two operations in it at least; a length is none."""
    steps = (ast.Call, ast.BinOp, ast.Compare, ast.UnaryOp)
    return (
        isinstance(node, steps)
        and sum(
            isinstance(n, steps) and not _EVERYWHERE.match(ast.unparse(n)) for n in ast.walk(node)
        )
        >= 2
    )


def _normal(node: ast.AST) -> str:
    """An expression without the names of its variables, which anybody may choose."""
    names: dict[str, str] = {}
    copied = copy.deepcopy(node)
    functions = {n.func for n in ast.walk(copied) if isinstance(n, ast.Call)}
    for part in ast.walk(copied):
        if isinstance(part, ast.Name) and part not in functions and part.id not in _MODULES:
            part.id = names.setdefault(part.id, f"v{len(names)}")
    return ast.dump(copied)


def _telling_lines(regions: Iterable[str]) -> Iterator[str]:
    """Lines that say something.

    A short one such as `return x` may stand anywhere, and so may one that only opens a block or a
    bracket, or that every such cell needs: the head of a method, `model.add(`,
    `super().__init__()`, `rng = ...`.
    """
    for region in regions:
        for line in map(str.strip, region.splitlines()):
            if len(re.sub(r"\s", "", line)) >= 12 and not re.search(
                r"^#|^rng = |^super\(\)|[:(\[{]$", line
            ):
                yield line
