"""The linter: what must be true of a lesson, and of the release made from it."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_solution

from autograde.course import ExerciseSpec, LessonSpec
from autograde.lesson import exercises, grade_id

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
HIDDEN = re.compile(r"### BEGIN HIDDEN TESTS\n(.*?)### END HIDDEN TESTS", re.DOTALL)
SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", re.DOTALL)


def lint_source(notebook: NotebookNode, spec: LessonSpec) -> list[str]:
    """Everything that is wrong with a lesson, a line each."""
    return [
        *_check_exercises(notebook, spec.exercises),
        *_check_parts(notebook),
        *_check_topics(notebook, spec),
        *_check_link(notebook, spec),
        *_check_blocks(notebook),
        *_check_outputs(notebook),
        *_check_ids(notebook),
    ]


def lint_release(source: NotebookNode, release: NotebookNode) -> list[str]:
    """Everything that is wrong with the students' version made from `source`, a line each."""
    return [
        *_check_stubs(source, release),
        *_check_leaks(source, release),
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
        if not HIDDEN.search(exercise.test.source):
            yield f"exercise {spec.name} has no region ### BEGIN HIDDEN TESTS ... ### END HIDDEN TESTS"
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


def _check_topics(notebook: NotebookNode, spec: LessonSpec) -> Iterator[str]:
    """The lesson is called as the curriculum calls it, and shows all that belongs to its topic."""
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    if not re.search(rf"^# \d\d · {re.escape(spec.title)}$", text, re.MULTILINE):
        yield f"the title is another than the curriculum's: {spec.title}"
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    for topic in spec.shows:
        if topic not in code:
            yield f"the lesson does not show {topic}"


def _check_link(notebook: NotebookNode, spec: LessonSpec) -> Iterator[str]:
    """The last lines lead to the next lesson, and from the last one back to the first."""
    if not notebook.cells[-1].source.rstrip().endswith(spec.next_link):
        yield f"the lesson does not end in the link to the next one: {spec.next_link}"


def _check_blocks(notebook: NotebookNode) -> Iterator[str]:
    """No check stands in a `with` block, whose context manager could swallow its failure."""
    for name, _, _, test in exercises(notebook):
        for block in ast.walk(ast.parse(test.source)):
            if isinstance(block, (ast.With, ast.AsyncWith)):
                inside = [node for line in block.body for node in ast.walk(line)]
                called = [ast.unparse(n.func) for n in inside if isinstance(n, ast.Call)]
                for what in called:
                    if what.startswith(("checks.", "_")):
                        yield f"test_{name} calls {what} in a `with` block, which could swallow a failure"


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
        if "NotImplementedError" not in stub:
            yield f"the stub of {name} does not raise NotImplementedError"


def _check_leaks(source: NotebookNode, release: NotebookNode) -> Iterator[str]:
    """Lines of solutions and hidden tests must stand nowhere in the students' version."""
    secrets: set[str] = set()
    for _, _, solution, test in exercises(source):
        secrets.update(_telling_lines(SOLUTION.findall(solution.source)))
        shown = set(_telling_lines([HIDDEN.sub("", test.source)]))
        secrets.update(set(_telling_lines(HIDDEN.findall(test.source))) - shown)
    for cell in release.cells:
        for line in cell.source.splitlines():
            if line.strip() in secrets:
                yield f"cell {cell.id} gives away a line of a solution or a hidden test: {line.strip()}"
            if re.search(r"(BEGIN|END) (SOLUTION|HIDDEN TESTS)", line):
                yield f"cell {cell.id} keeps a marker: {line.strip()}"


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
