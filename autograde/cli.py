"""The command line: `autograde --help`."""

from __future__ import annotations

import contextlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from autograde.course import Course, CourseError
from autograde.grading.text import for_terminal, without_surrogates

if TYPE_CHECKING:
    from autograde.grading.reports import Report

#: The course this command came with.
PROJECT = Path(__file__).resolve().parents[1]

#: Characters of a line that a submission may have had a say in.
LONGEST_LINE = 500

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
    db: Annotated[
        str | None,
        typer.Option(
            envvar="AUTOGRADE_DB",
            help="The gradebook, as an SQLAlchemy URL such as postgresql+pg8000://host/name; "
            "course/gradebook.db where not given.",
        ),
    ] = None,
) -> None:
    """Choose the course that the command works on."""
    context.obj = Course(root.resolve(), db)


@app.command()
def build(context: typer.Context, lessons: Lessons = None) -> None:
    """Build lessons: nbgrader's source and the students' release. Only what changed is built.

    Exit status 1 where a lesson could not be built; all others are built all the same.
    """
    from autograde.authoring.build import build as build_lesson

    course: Course = context.obj
    failed: list[str] = []
    with _reported():
        for lesson in _progress(course.choose(lessons or []), "Building"):
            try:
                changes = build_lesson(course, lesson)
                state = "up to date" if changes is None else f"built; {changes}".removesuffix("; ")
                console.print(escape(f"{lesson}: {state}"), soft_wrap=True)
            except CourseError as problem:
                errors.print(f"[bold red]{escape(str(problem))}[/]", soft_wrap=True)
                failed.append(lesson)
            except Exception:  # a fault of this program's; the other lessons are built all the same
                errors.print_exception()
                failed.append(lesson)
    if failed:
        errors.print(f"[bold red]Not built: {', '.join(failed)}.[/] The others are.")
        raise typer.Exit(1)


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
    seed: Annotated[
        int,
        typer.Option(help="Of the inputs of hidden tests, which are others for each submission."),
    ] = 0,
) -> None:
    """Test the tests: judge banks of attempts whose verdict is known. Exit status 1 on any mistake."""
    from autograde.authoring.attempts import read_attempts
    from autograde.authoring.verify import Verdict
    from autograde.authoring.verify import verify as judge
    from autograde.grading.plan import files_in
    from autograde.grading.usage import cores
    from autograde.lesson import exercises, read_lesson, read_tests

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
            tests, hidden = read_tests(course.tests(lesson)), files_in(course.hidden(lesson))
            verdicts = judge(
                notebook, known, tests, workers=cores(), hidden=hidden, secret=str(seed).encode()
            )
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
        about = f": {verdict.attempt.exercise}: {verdict.attempt.title}"
        console.print(Text(verdict.problem or "", "bold red") + _text(about))
        console.print(_text(verdict.shown.strip() or "(no message)"), style="dim")
    if problems:
        raise typer.Exit(1)


@app.command()
def tables(context: typer.Context) -> None:
    """Write the tables "Then and now" and the error clinic from their data."""
    from autograde.authoring.tables import write

    with _reported():
        changed = write(context.obj)
    for path in changed:
        _print(f"written: {path}")
    if not changed:
        console.print("All tables are up to date.")


@app.command()
def grade(
    context: typer.Context,
    lessons: Annotated[list[str], typer.Argument(help="Lessons, such as 01_activations.")],
    force: Annotated[bool, typer.Option(help="Also record what is up to date.")] = False,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Submissions to run at once; one a core by default.")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="Address of a Dask scheduler, such as tcp://10.0.0.5:8786.")
    ] = None,
    unsafe: Annotated[
        bool, typer.Option("--unsafe", help="Run submissions with all of your own rights.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the grades as JSON, for other programs.")
    ] = False,
) -> None:
    """Grade what the class handed in for some lessons, and show the tables of grades.

    What has a grade already is not graded again, unless the submission or the lesson has changed. When
    this is interrupted, the next run goes on where it was. Exit status 1 where a submission could not be
    graded; it has no points then, and is marked for a person. Exit status 1 also where a `timestamp.txt`
    is not understood; a person must decide then whether it was late.
    """
    course: Course = context.obj
    if not scheduler and any(_is_new(course, lesson) for lesson in lessons):
        _warm_up()
    from autograde.grading import reports, session
    from autograde.grading.recorder import Recorder
    from autograde.grading.submissions import strays

    failed: dict[tuple[str, str], str] = {}
    timeless: dict[tuple[str, str], str] = {}
    context.with_resource(_logged(course))
    with _reported():
        course.choose(lessons)
        if not (unsafe or scheduler):
            _require_protections(course)
        for stray in (astray := strays(course)):
            name = _line(f"submitted/{stray.path.name}: ", "yellow")
            errors.print(name + _line(stray.advice), soft_wrap=True)
        for lesson in lessons:
            _handed_in(course, lesson)
        recorder = Recorder(course)
        for lesson in lessons:
            failures = session.grade(
                course,
                recorder,
                lesson,
                force=force,
                confined=not unsafe,
                workers=workers,
                scheduler=scheduler,
                progress=lambda items, total: _progress(items, f"Grading {lesson}", total),  # noqa: B023
            )
            failed |= {(lesson, student): reason for student, reason in failures.items()}
            times = reports.problems_with_times(course, lesson)
            timeless |= {(lesson, student): reason for student, reason in times.items()}
            if not as_json:
                _show_grades(course, lesson)
        if as_json:
            of_all = {lesson: reports.reports(course, lesson) for lesson in lessons}
            print(json.dumps(_as_json(of_all), indent=2))
    for (lesson, student), problem in failed.items():
        errors.print(
            _text(f"{for_terminal(student)} could not be graded on {lesson}: ", "bold red")
            + _text(problem),
            soft_wrap=True,
        )
    for (lesson, student), problem in timeless.items():
        errors.print(
            _text(f"It is not known when {for_terminal(student)} handed in {lesson}: ", "bold red")
            + _text(f"{problem}; no penalty was given"),
            soft_wrap=True,
        )
    if failed or timeless or any(stray.may_be_work for stray in astray):
        raise typer.Exit(1)


@app.command()
def status(
    context: typer.Context,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print it as JSON, for other programs.")
    ] = False,
) -> None:
    """Show how far each lesson is: built, handed in, graded, left for a person."""
    from autograde.grading import reports

    course: Course = context.obj
    with _reported():
        states = {lesson: reports.state(course, lesson) for lesson in course.lessons()}
    if as_json:
        print(json.dumps({lesson: state._asdict() for lesson, state in states.items()}, indent=2))
        return
    table = Table(title="The course", title_justify="left")
    table.add_column("lesson", no_wrap=True)
    for heading in ("built", "handed in", "graded", "for a person", "feedback"):
        table.add_column(heading, justify="right")
    for lesson, state in states.items():
        built = "yes" if state.built else "[red]no"
        table.add_row(lesson, built, *[str(number) for number in state[1:]])
    console.print(table)


@app.command()
def doctor(
    context: typer.Context,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print it as JSON, for other programs.")
    ] = False,
) -> None:
    """Say what is installed and which protections this machine offers. Exit status 1 if one is missing."""
    import platform
    from importlib.metadata import PackageNotFoundError, version

    from autograde.grading.usage import cores
    from autograde.sandbox.confine import missing_protections

    installed = {"Python": platform.python_version()}
    for package in ("tensorflow", "tensorflow-cpu", "keras", "numpy", "jupyterlab", "nbgrader"):
        with contextlib.suppress(PackageNotFoundError):  # TensorFlow has one of two names
            installed[package] = version(package)
    missing = list(missing_protections(context.obj.private))
    if as_json:
        print(json.dumps({"installed": installed, "missing": missing}, indent=2))
    else:
        table = Table(show_header=False, box=None)
        for name, number in installed.items():
            table.add_row(name, number)
        table.add_row("cores", str(cores()))
        console.print(table)
        for protection in missing:
            console.print(f"[bold red]missing:[/] {escape(protection)}", soft_wrap=True)
        if not missing:
            console.print("[green]The sandbox is complete:[/] Landlock, seccomp, resource limits.")
    if missing:
        raise typer.Exit(1)


@app.command()
def feedback(context: typer.Context, lesson: Lesson) -> None:
    """Write the feedback pages of a graded lesson. Exit status 1 where one could not be written."""
    from autograde.grading.feedback import feedback as write

    course: Course = context.obj
    problems: list[CourseError] = []
    with _reported():
        course.choose([lesson])
        students = _handed_in(course, lesson)
        graded = [s for s in students if course.notebook("autograded", lesson, s).exists()]
        problems += [
            CourseError(f"No feedback for {s} on {lesson}: it has not been graded.")
            for s in students
            if s not in graded
        ]
        if not graded:
            raise CourseError(
                f"None of the {len(students)} submissions of {lesson} has been graded: run "
                f"`autograde grade {lesson}` first."
            )
        written = write(course, lesson, graded)
        for _, problem in _progress(written, f"Feedback on {lesson}", total=len(graded)):
            problems += [problem] if problem else []
        _print(
            f"{len(students) - len(problems)} feedback pages: "
            f"{course.folder / 'feedback'}/STUDENT/{lesson}/"
        )
    for problem in problems:
        errors.print(_text(str(problem), "bold red"), soft_wrap=True)
    if problems:
        raise typer.Exit(1)


@app.command()
def export(context: typer.Context) -> None:
    """Export all grades to course/grades.csv."""
    from autograde.grading import reports

    with _reported():
        _print(f"Grades: {reports.export(context.obj)}")


@app.command()
def demo(
    context: typer.Context,
    undo: Annotated[bool, typer.Option("--undo", help="Take the sample class out again.")] = False,
) -> None:
    """Let a sample class hand in 01_activations, grade it, write feedback, export the grades."""
    from autograde.authoring import demo as sample
    from autograde.sandbox.confine import missing_protections

    course: Course = context.obj
    if undo:
        with _reported():
            _show_kept(sample.undo(course))
        return
    build(context)
    with _reported():
        sample.hand_in(course)
    console.print(f"{len(sample.STUDENTS)} sample students have handed in {sample.LESSON}.")
    missing = list(missing_protections())
    for protection in missing:
        errors.print(f"[yellow]Not confined, as this machine lacks[/] {escape(protection)}")
    with sample.remembered(course):
        grade(context, [sample.LESSON], unsafe=bool(missing))
        feedback(context, sample.LESSON)
        export(context)
    page = course.notebook("feedback", sample.LESSON, sample.STUDENTS[3]).with_suffix(".html")
    _print(
        f"\nLook at a feedback page:  {page}\n"
        "See the instructor's side: make teach, then menu Nbgrader, Formgrader\n"
        "See the student's side:    make lab"
    )


@app.command()
def clean(context: typer.Context) -> None:
    """Remove the sample class and what was built. What somebody may have worked on stays, and is named."""
    from autograde.authoring.clean import clean as clean_course

    with _reported():
        _show_kept(clean_course(context.obj))


def _show_kept(kept: list[str]) -> None:
    """Name what was not removed, and why."""
    if kept:
        _print("Kept, as somebody may have worked on it:")
    for line in kept:
        _print(f"  - {line}")


def _show_grades(course: Course, lesson: str) -> None:
    """Print a row a student: points, points of each exercise by its number; then what went wrong.

    What went wrong with several exercises for one reason takes a line, and a long reason two.
    """
    from autograde.grading import reports

    specs = reports.built_exercises(course, lesson)
    numbers = {spec.name: str(number) for number, spec in enumerate(specs, start=1)}
    table = Table(title=f"{lesson}: points", title_justify="left")
    table.add_column("student", no_wrap=True)
    table.add_column(f"of {sum(spec.points for spec in specs):g}", justify="right", style="bold")
    for number in numbers.values():
        table.add_column(number, justify="right", no_wrap=True)
    table.add_row(
        "[dim]points to be had", "", *[f"[dim]{spec.points:g}" for spec in specs], end_section=True
    )
    remarks: list[str] = []
    for report in reports.reports(course, lesson):
        if report.problem:
            table.add_row(_line(report.student), "-", *["-"] * len(specs))
            remarks += [f"{report.student}: {said}" for said in (report.problem, *report.remarks)]
            continue
        by_note: dict[str, list[str]] = defaultdict(list)
        for name, grade in report.grades.items():
            if grade.note:
                by_note[grade.note].append(numbers[name])
        remarks += [f"{report.student}, {', '.join(of)}: {note}" for note, of in by_note.items()]
        remarks += [f"{report.student}: {remark}" for remark in report.remarks]
        points = [f"{grade.points:g}" for grade in report.grades.values()]
        table.add_row(_line(report.student), f"{report.points:g}", *points)
    console.print(table)
    console.print(", ".join(f"{number} {name}" for name, number in numbers.items()), style="dim")
    width = 2 * console.width - 2
    shown = [shorten(for_terminal(remark), width, placeholder=" ...") for remark in remarks]
    for remark in shown:
        console.print(Text(remark, "red"))
    if any(remark.endswith(" ...") for remark in shown):
        console.print("The rest stands in formgrader, and in the output of --json.", style="dim")


def _handed_in(course: Course, lesson: str) -> list[str]:
    """The students who have handed in a lesson.

    Raises:
        CourseError: there is none.
    """
    from autograde.grading.submissions import who_handed_in

    if students := who_handed_in(course, lesson):
        return students
    raise CourseError(
        f"Nobody has handed in {lesson}: there is no {course.folder / 'submitted'}/STUDENT/{lesson}. "
        "Put the notebooks there."
    )


def _is_new(course: Course, lesson: str) -> bool:
    """Whether it looks as if somebody had no grade for a lesson."""
    handed_in, graded = course.folder / "submitted", course.folder / "autograded"
    return any(
        not (graded / path.parent.name / lesson).exists() for path in handed_in.glob(f"*/{lesson}")
    )


def _warm_up() -> None:
    """Begin to start what submissions are run in: that takes seconds, as what is imported meanwhile does."""
    from autograde.forkserver.client import can_fork
    from autograde.grading import trials

    if can_fork():
        trials.warm_up()


def _require_protections(course: Course) -> None:
    """Refuse to run code of unknown people without the sandbox."""
    from autograde.sandbox.confine import missing_protections

    if missing := list(missing_protections(course.private)):
        raise CourseError(
            "Submissions are not run, because this machine lacks\n"
            + "\n".join(f"  - {protection}" for protection in missing)
            + "\nWith --unsafe they are run all the same, with all of your own rights."
        )


def _as_json(reports: dict[str, list[Report]]) -> dict[str, Any]:
    return {
        lesson: {
            without_surrogates(report.student): {
                "points": report.points,
                "problem": report.problem,
                "late_penalty": report.late_penalty,
                "remarks": list(report.remarks),
                "exercises": {name: g._asdict() for name, g in report.grades.items()},
            }
            for report in of_lesson
        }
        for lesson, of_lesson in reports.items()
    }


def _print(text: str) -> None:
    """Print a text as it is: a path in it is neither broken into lines nor taken for markup."""
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def _line(text: str, style: str = "") -> Text:
    """A line that a submission may have had a say in; Rich finds no markup in it."""
    shown = text if len(text) <= LONGEST_LINE else f"{text[:LONGEST_LINE]}…"
    return Text(for_terminal(shown), style)


def _text(text: str, style: str = "") -> Text:
    """Such lines."""
    return Text("\n", style).join(_line(line, style) for line in text.split("\n"))


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
def _logged(course: Course) -> Iterator[None]:
    """Keep a log of the command, and name it at the end where somebody should read it."""
    from autograde.log import run_log

    with run_log(course.folder / "logs", "grade") as log:
        try:
            yield
        finally:
            if log.is_worth_a_look:
                errors.print(f"What happened is noted in {escape(str(log.path))}", soft_wrap=True)


@contextlib.contextmanager
def _reported() -> Iterator[None]:
    """Show a `CourseError` as a message and exit with status 1, without a traceback."""
    try:
        yield
    except CourseError as error:
        errors.print(_text(str(error), "bold red"), soft_wrap=True)
        raise typer.Exit(1) from None
