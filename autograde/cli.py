"""The command line: `autograde --help`."""

from __future__ import annotations

import contextlib
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from autograde.course import Course, CourseError

#: The course this command came with.
PROJECT = Path(__file__).resolve().parents[1]

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Build the lessons, test their tests, grade a class and hand back feedback.",
)
console = Console()
errors = Console(stderr=True)

Item = TypeVar("Item")
Lessons = Annotated[
    list[str] | None, typer.Argument(help="Lessons, by name; all where none is named.")
]
Lesson = Annotated[str, typer.Argument(help="The lesson's name, such as 01_activations.")]


@app.callback()
def main(
    context: typer.Context,
    root: Annotated[
        Path, typer.Option(help="The folder that holds source_notebooks/ and course/.")
    ] = PROJECT,
) -> None:
    """Choose the course that the command works on."""
    context.obj = Course(root.resolve())


@app.command()
def build(context: typer.Context, lessons: Lessons = None) -> None:
    """Build lessons: nbgrader's source and the students' release. Only what changed is built."""
    from autograde.build import build as build_lesson

    course: Course = context.obj
    with _reported():
        for lesson in _progress(course.choose(lessons or []), "Building"):
            state = "built" if build_lesson(course, lesson) else "up to date"
            console.print(f"{lesson}: {state}")


@app.command()
def verify(
    context: typer.Context,
    lessons: Lessons = None,
    attempts: Annotated[
        Path | None,
        typer.Option(help="Folder of banks, one LESSON.py each.", exists=True, file_okay=False),
    ] = None,
    only: Annotated[
        str | None, typer.Option(help="Judge the attempts at this exercise only.")
    ] = None,
) -> None:
    """Test the tests: judge banks of attempts whose verdict is known. Exit status 1 on any mistake."""
    from autograde.attempts import read_attempts
    from autograde.lesson import exercises, read_lesson
    from autograde.verify import Verdict
    from autograde.verify import verify as judge

    course: Course = context.obj
    folder = attempts or course.attempts
    table = Table(title="Right answers accepted, wrong answers rejected", title_justify="left")
    for heading in ("exercise", "right", "wrong", "mistakes"):
        table.add_column(heading, justify="left" if heading == "exercise" else "right")
    problems: list[Verdict] = []
    with _reported():
        chosen = [
            name
            for name in course.choose(lessons or [])
            if lessons or (folder / f"{name}.py").exists()
        ]
        for lesson in chosen:
            bank = folder / f"{lesson}.py"
            if not bank.exists():
                raise CourseError(f"There is no bank {bank}.")
            notebook = read_lesson(course.source(lesson))
            known = [a for a in read_attempts(bank) if only in (None, a.exercise)]
            if not known:
                raise CourseError(f"{bank} has no attempt at {only!r}.")
            verdicts = judge(notebook, known, workers=os.cpu_count() or 1)
            by_exercise: dict[str, list[Verdict]] = defaultdict(list)
            for verdict in _progress(verdicts, f"Judging {lesson}", total=len(known)):
                by_exercise[verdict.attempt.exercise].append(verdict)
            table.add_section()
            table.add_row(f"[bold]{lesson}[/]", "", "", "")
            for exercise in exercises(notebook):
                if not (judged := by_exercise[exercise.name]):
                    continue
                mistaken = [verdict for verdict in judged if verdict.problem]
                problems += mistaken
                table.add_row(
                    exercise.name,
                    _share([v.passed for v in judged if v.attempt.right]),
                    _share([not v.passed for v in judged if not v.attempt.right]),
                    f"[bold red]{len(mistaken)}[/]" if mistaken else "0",
                )
        if not chosen:
            raise CourseError(f"{folder} holds no bank of any lesson.")
    console.print(table)
    for verdict in problems:
        console.print(
            f"[bold red]{verdict.problem}[/]: {verdict.attempt.exercise}: {escape(verdict.attempt.title)}"
        )
        console.print(escape(verdict.shown.strip()) or "(no message)", style="dim")
    if problems:
        raise typer.Exit(1)


@app.command("then-and-now")
def then_and_now(context: typer.Context) -> None:
    """Write the tables "Then and now" into the lessons, and the reference page, from their data."""
    from autograde.idioms import write_tables

    with _reported():
        changed = write_tables(context.obj)
    for path in changed:
        console.print(f"written: {path}", soft_wrap=True)
    if not changed:
        console.print("All tables are up to date.")


@app.command()
def grade(
    context: typer.Context,
    lesson: Lesson,
    force: Annotated[bool, typer.Option(help="Also grade what is up to date.")] = False,
) -> None:
    """Grade what the class handed in for a lesson, and show the table of grades."""
    from autograde import grading

    course: Course = context.obj
    with _reported():
        course.choose([lesson])
        students = course.students(lesson)
        if not students:
            raise CourseError(
                f"Nobody has handed in {lesson}: there is no submitted/STUDENT/{lesson}."
            )
        due = [s for s in students if force or grading.needs_grading(course, lesson, s)]
        failed = {}
        for student in _progress(due, f"Grading {lesson}"):
            if problem := grading.grade(course, lesson, student):
                failed[student] = problem
        _show_grades(course, lesson)
        for student, problem in failed.items():
            errors.print(
                f"[bold red]{student} could not be graded:[/] {escape(problem)}", soft_wrap=True
            )
    if failed:
        raise typer.Exit(1)


@app.command()
def feedback(context: typer.Context, lesson: Lesson) -> None:
    """Write the feedback pages of a graded lesson."""
    from autograde import grading

    course: Course = context.obj
    with _reported():
        course.choose([lesson])
        graded = [
            s for s in course.students(lesson) if course.notebook("autograded", lesson, s).exists()
        ]
        for student in _progress(graded, f"Feedback on {lesson}"):
            grading.feedback(course, lesson, student)
        console.print(
            f"{len(graded)} feedback pages: {course.folder / 'feedback'}/STUDENT/{lesson}/"
        )


@app.command()
def export(context: typer.Context) -> None:
    """Export all grades to course/grades.csv."""
    from autograde import grading

    with _reported():
        console.print(f"Grades: {grading.export(context.obj)}")


@app.command()
def demo(
    context: typer.Context,
    undo: Annotated[bool, typer.Option("--undo", help="Take the sample class out again.")] = False,
) -> None:
    """Let a sample class hand in 01_activations, grade it, write feedback, export the grades."""
    from autograde import demo as sample

    course: Course = context.obj
    if undo:
        sample.undo(course)
        return
    build(context)
    with _reported():
        sample.hand_in(course)
    console.print(f"{len(sample.STUDENTS)} sample students have handed in {sample.LESSON}.")
    grade(context, sample.LESSON)
    feedback(context, sample.LESSON)
    export(context)
    page = course.notebook("feedback", sample.LESSON, sample.STUDENTS[3]).with_suffix(".html")
    console.print(
        f"\nLook at a feedback page:  {page}\n"
        "See the instructor's side: make teach, then menu Nbgrader, Formgrader\n"
        "See the student's side:    make lab"
    )


def _show_grades(course: Course, lesson: str) -> None:
    """Print a row a student: points, points of each exercise by its number, what went wrong."""
    from autograde import grading

    specs = course.curriculum()[lesson].exercises
    numbers = {spec.name: str(number) for number, spec in enumerate(specs, start=1)}
    table = Table(title=f"{lesson}: points", title_justify="left")
    table.add_column("student", no_wrap=True)
    table.add_column(f"of {sum(spec.points for spec in specs):g}", justify="right", style="bold")
    for number in numbers.values():
        table.add_column(number, justify="right", no_wrap=True)
    table.add_column("remarks", style="red")
    table.add_row(
        "[dim]points to be had", "", *[f"[dim]{spec.points:g}" for spec in specs], end_section=True
    )
    for report in grading.reports(course, lesson):
        if report.problem:
            table.add_row(report.student, "-", *["-"] * len(specs), report.problem)
            continue
        remarks = [f"{numbers[name]}: {g.note}" for name, g in report.grades.items() if g.note]
        points = [f"{g.points:g}" for g in report.grades.values()]
        table.add_row(report.student, f"{report.points:g}", *points, "\n".join(remarks))
    console.print(table)
    console.print(", ".join(f"{number} {name}" for name, number in numbers.items()), style="dim")


def _share(results: list[bool]) -> str:
    return f"{sum(results)}/{len(results)}"


def _progress(items: Iterable[Item], what: str, total: int | None = None) -> Iterator[Item]:
    """Give the items one by one, with a bar that says how many are left and how long it takes."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        yield from progress.track(items, total=total, description=what)


@contextlib.contextmanager
def _reported() -> Iterator[None]:
    """Show a `CourseError` as a message and exit with status 1, without a traceback."""
    try:
        yield
    except CourseError as error:
        errors.print(f"[bold red]{escape(str(error))}[/]", soft_wrap=True)
        raise typer.Exit(1) from None
