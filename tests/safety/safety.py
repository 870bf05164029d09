"""The suite of hostile submissions: a class of cheats and vandals is graded, with some honest students in it.

    make safety [GROUPS="GROUP ..."] [SAMPLE=N]

Every file in `hostile/GROUP/` is what one student hands in for `scale_pixels` of 00_start_here, or for the
exercise that its line `At:` names. Its first line says what it tries, its line `Must:` what has to come
of it:

* `refused`, `full points`: the right answer gets its points, and nobody is suspected.
* `0 points`: the wrong answer gets nothing.
* `stopped`: it gets nothing, and the notebook says where it was stopped, and why.
* `for a person`: right or not, it gets nothing by itself, and is marked for a person, with a reason.
* `no leak`: nothing comes back that must not.

A file is the text of the answer; one that defines `hand_in` is called with the notebook and the path to
write it to. Where a file defines no answer it is put behind one: behind a wrong answer where it must get
`0 points` or be `stopped`, behind a right one elsewhere. What an attacker would have to guess it is told:
where the course is, and on which ports something listens.

All of them are graded in one run of `autograde grade`, and given feedback. The pages are opened in Chromium,
where it is installed, and clicked through. Then everything that a student could gain from is counted: points,
scripts that ran, secrets that come back, files changed, servers reached, processes and files left behind.
Exit status 1 if there was anything.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib.util
import os
import re
import secrets
import selectors
import socket
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import nbformat
import psutil
from browsing import CAN_BROWSE, look_at
from course_copy import PROJECT, copy_course
from nbgrader.api import Gradebook
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from autograde.authoring.build import build
from autograde.course import TESTS, Course
from autograde.grading.plan import files_in
from autograde.grading.record import STOPPED_TEST
from autograde.grading.text import for_terminal
from autograde.lesson import exercises, grade_id, read_lesson

FOLDER = Path(__file__).with_name("hostile")
LESSON, EXERCISE = "00_start_here", "scale_pixels"
#: Seconds a cell may take, so that the endless ones do not take all day.
LIMIT = 5
RIGHT = "def scale_pixels(images):\n    return (images / 255).astype('float32')\n"
WRONG = "def scale_pixels(images):\n    return images\n"
#: What it is told how to do: to write a frame to whatever connection it has, with a length that may be a lie.
SEND = """
import os
import struct

import msgpack

def send(tree, length=None):
    frame = tree if isinstance(tree, bytes) else msgpack.packb(tree)
    head = struct.pack("!I", len(frame) if length is None else length)
    for descriptor in range(3, 40):
        try:
            os.write(descriptor, head + frame)
        except OSError:
            pass
"""
#: What a submission prints when it has done what it must not.
SUCCESS = "it worked"
KINDS = ("refused", "full points", "0 points", "stopped", "for a person", "no leak")
COLUMNS = ("unearned points", "leaks", "survivors", "wrong flags", "otherwise wrong")


class Submission(NamedTuple):
    """What one student hands in, and what must come of it."""

    group: str
    name: str
    tries: str
    must: str
    text: str
    lesson: str = LESSON
    exercise: str = EXERCISE

    @property
    def student(self) -> str:
        """Under which name."""
        return f"{self.group}-{self.name}"

    @property
    def is_right(self) -> bool:
        """Whether its answer is, or is put behind, a right one."""
        return self.must not in ("0 points", "stopped")

    def most_points(self, course: Course) -> float:
        """What it may get by itself."""
        if self.must not in ("refused", "full points", "no leak"):
            return 0
        exercises = course.curriculum()[self.lesson].exercises
        return next(e.points for e in exercises if e.name == self.exercise)


class Problem(NamedTuple):
    """Something that must not have come of a submission."""

    group: str
    column: str
    text: str


def main() -> None:
    """Run the suite, print what came of it."""
    console = Console()
    parser = argparse.ArgumentParser(description="Grade a class of cheats and vandals.")
    parser.add_argument("groups", nargs="*", help="these groups only")
    parser.add_argument("--sample", type=int, default=1, help="every Nth submission only")
    asked = parser.parse_args()
    submissions = [s for s in read_suite() if s.group in asked.groups or not asked.groups]
    submissions = submissions[:: asked.sample]
    waiting = console.status(f"Grading {len(submissions)} submissions; all take three minutes")
    with tempfile.TemporaryDirectory(prefix="safety-") as folder, waiting:
        problems = run(Path(folder), submissions)
    table = Table(title="Hostile submissions, and innocent ones that look like them")
    table.title_justify = "left"
    table.add_column("group")
    for heading in ("tried", *COLUMNS):
        table.add_column(heading, justify="right")
    count = Counter((problem.group, problem.column) for problem in problems)
    for group, tried in Counter(s.group for s in submissions).items():
        table.add_row(group, str(tried), *[str(count[group, column]) for column in COLUMNS])
    table.add_section()
    sums = Counter(problem.column for problem in problems)
    table.add_row(
        "all", str(len(submissions)), *[str(sums[column]) for column in COLUMNS], style="bold"
    )
    console.print(table)
    if not CAN_BROWSE:
        console.print(
            "No Chromium is installed: the feedback pages were parsed, not looked at in a browser."
        )
    for problem in problems:
        console.print(
            f"[bold red]{problem.column}[/] {problem.group}: {escape(for_terminal(problem.text))}"
        )
    if problems:
        raise SystemExit(1)


def read_suite(folder: Path = FOLDER) -> list[Submission]:
    """The submissions of the suite, and what must come of each.

    Raises:
        ValueError: a file does not say it.
    """
    suite = []
    for path in sorted(folder.glob("*/*.py")):
        text = path.read_text()
        header = re.match(
            r'"""(.+?)\n\nMust: ([^\n]+)\n(?:At: (\S+) (\S+)\n)?"""\n', text, re.DOTALL
        )
        if header is None or header[2] not in KINDS:
            raise ValueError(f"{path} must begin with what it tries, and `Must:` {KINDS}.")
        tries, must, *at = header.groups()
        where = at if all(at) else (LESSON, EXERCISE)
        suite.append(Submission(path.parent.name, path.stem, tries, must, text, *where))
    elsewhere = {(s.lesson, s.exercise) for s in suite if s.lesson != LESSON}
    for lesson, exercise in sorted(elsewhere):
        answers = {
            e.name: e.solution.source for e in exercises(read_lesson(PROJECT.source(lesson)))
        }
        text = answers[exercise]
        suite.append(
            Submission("honest", exercise, "Nothing.", "full points", text, lesson, exercise)
        )
    honest = {"honest": RIGHT, "o'brien": RIGHT, "Zoë": RIGHT, "two words": RIGHT, "a&b": RIGHT}
    for name, text in (*honest.items(), ("wrong", WRONG)):
        must = "0 points" if text is WRONG else "full points"
        suite.append(Submission("honest", name, "Nothing.", must, text))
    return suite


def run(folder: Path, submissions: list[Submission], *options: str) -> list[Problem]:
    """Have the class hand in and be graded in this folder; return what is wrong with the outcome."""
    lessons = sorted({submission.lesson for submission in submissions})
    course, home = make_course(folder, lessons), folder / "home"
    canaries = plant(course, home)
    for lesson in lessons:
        build(course, lesson)
    with Listeners(folder / "socket") as listeners:
        told = {
            "COURSE": str(course.root),
            "HOME": str(home),
            "UNIX_SOCKET": listeners.path,
            "TCP_PORT": listeners.tcp,
            "UDP_PORT": listeners.udp,
        }
        for submission in submissions:
            hand_in(course, submission, told)
        before = files(folder)
        environment = environment_of(folder, canaries["environment"])
        command = [sys.executable, "-m", "autograde", "--root", str(course.root)]
        problems = []
        for step in (["grade", *lessons, *options], ["feedback", *lessons]):
            done = subprocess.run(
                [*command, *step], env=environment, capture_output=True, text=True, check=False
            )
            if "Traceback" in done.stderr:
                problems.append(Problem("honest", "otherwise wrong", f"{step[0]}: {done.stderr}"))
        problems += [Problem("network", "leaks", f"heard {said!r}") for said in listeners.heard()]
    after = files(folder)
    changed = [name for name in before if after.get(name) != before[name]]
    new = [name for name in after if name not in before and "submitted" not in name]
    problems += [Problem("writing", "leaks", f"changed {name}") for name in changed + new]
    problems += [Problem("processes", "survivors", text) for text in survivors(folder)]
    grades = {lesson: read_grades(course, lesson) for lesson in lessons}
    for submission in submissions:
        problems += judge(course, submission, grades[submission.lesson], canaries)
    problems += look_at_feedback(course, submissions)
    return problems


def look_at_feedback(course: Course, submissions: list[Submission]) -> Iterator[Problem]:
    """What runs, or leads away, in the feedback; and files there that are not the lesson's."""
    by_page = {
        course.notebook("feedback", s.lesson, s.student).with_suffix(".html"): s
        for s in submissions
    }
    for lesson in sorted({s.lesson for s in submissions}):
        pages = {page: s for page, s in by_page.items() if page.exists() and s.lesson == lesson}
        model = next((page for page, s in pages.items() if s.group == "honest"), None)
        for page, text in look_at(pages, model):
            yield Problem(
                pages[page].group, "leaks", f"{pages[page].name}: in the feedback: {text}"
            )
    for step in ("autograded", "feedback"):
        for submission in submissions:
            lesson = submission.lesson
            folder = course.notebook(step, lesson, submission.student).parent
            handed_out = files_in(course.notebook("release", lesson).parent)
            for path in folder.rglob("*"):
                name = str(path.relative_to(folder))
                own = (f"{lesson}.ipynb", f"{lesson}.html", "timestamp.txt")
                if path.is_file() and name not in (*own, *(set(handed_out) - {TESTS})):
                    text = f"{submission.name}: {name!r} came into {step}/"
                    yield Problem(submission.group, "leaks", text)


def make_course(folder: Path, lessons: list[str]) -> Course:
    """A course in which these lessons have a short time limit."""
    course = copy_course(folder / "course_copy")
    curriculum = course.sources / "curriculum.toml"
    for lesson in lessons:
        heading = f"[{lesson}]\n"
        text = curriculum.read_text()
        curriculum.write_text(text.replace(heading, f"{heading}time_limit = {LIMIT}\n"))
    for name in ("home", "tmp"):
        (folder / name).mkdir()
    return course


def plant(course: Course, home: Path) -> dict[str, str]:
    """Put a secret of its own into each place that a submission must not read; build the lesson."""
    canaries = {
        place: f"{place}{secrets.token_hex(8)}"
        for place in ("source", "tests", "bank", "home", "gradebook", "environment")
    }
    (home / "secret.txt").write_text(canaries["home"])
    bank = course.attempts / f"{LESSON}.py"
    for place, path, marker in (
        ("source", course.source(LESSON), "### BEGIN SOLUTION\n"),
        ("tests", course.tests(LESSON), "### BEGIN HIDDEN TESTS\n"),
    ):
        text = path.read_text()
        assert marker in text
        path.write_text(text.replace(marker, f"{marker}    hidden = {canaries[place]!r}\n", 1))
    bank.write_text(f"{bank.read_text()}# {canaries['bank']}\n")
    with Gradebook(course.gradebook_url) as gradebook:
        name = {"last_name": canaries["gradebook"]}
        gradebook.update_or_create_student("somebody", **name)
    return canaries


def hand_in(course: Course, submission: Submission, told: dict[str, object]) -> None:
    """Put a submission into its folder."""
    lesson, exercise = submission.lesson, submission.exercise
    notebook = nbformat.read(course.notebook("release", lesson), as_version=4)
    answer = next(cell for cell in notebook.cells if grade_id(cell) == exercise)
    if exercise == EXERCISE:
        answer.source = RIGHT if submission.is_right else WRONG
    path = course.notebook("submitted", lesson, submission.student)
    path.parent.mkdir(parents=True)
    if "\ndef hand_in(" in submission.text:
        spec = importlib.util.spec_from_loader(submission.student, None)
        assert spec is not None
        module = importlib.util.module_from_spec(spec)
        exec(submission.text, vars(module))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # nbformat's, about what is meant to be wrong
            module.hand_in(notebook, path)
        return
    told_cell = "\n".join(f"{name} = {value!r}" for name, value in told.items())
    told_cell += SEND if submission.group == "channel" else ""
    notebook.cells.insert(0, nbformat.v4.new_code_cell(told_cell))
    if re.search(rf"^(def|class) {exercise}\b", submission.text, re.MULTILINE):
        answer.source = submission.text
    else:
        answer.source += submission.text
    nbformat.write(notebook, path)


def environment_of(folder: Path, secret: str) -> dict[str, str]:
    """The grader's environment, by which also all of its processes can be told from others."""
    programs = [str(Path(sys.executable).parent), os.environ["PATH"], str(folder)]
    return {
        **os.environ,
        "PATH": os.pathsep.join(programs),
        "HOME": str(folder / "home"),
        "TMPDIR": str(folder / "tmp"),
        "AUTOGRADE_SECRET": secret,
        "COLUMNS": "200",
    }


def files(folder: Path) -> dict[str, str]:
    """What must stay as it is: in the course, the home, and where Python's packages are."""
    watched: list[Path] = [Path(sysconfig.get_path("purelib")) / "numpy" / "__init__.py"]
    watched += sorted((PROJECT.root / "helpers").rglob("*.py"))
    for place in ("home", "course_copy/source_notebooks", "course_copy/attempts"):
        watched += sorted((folder / place).rglob("*"))
    for place in ("source", "release", "submitted"):
        watched += sorted((folder / "course_copy" / "course" / place).rglob("*"))
    left_behind = (
        path
        for place in ("/tmp", "/var/tmp", "/dev/shm", sysconfig.get_path("purelib"))
        for path in Path(place).glob("*hostile*")
    )
    found = {str(path): "there" for path in left_behind}
    for path in watched:
        if path.is_file() and not path.is_symlink():
            found[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()
    gradebook = folder / "course_copy" / "course" / "gradebook.db"
    found[str(gradebook)] = f"{gradebook.stat().st_mode:o}"
    return found


class Listeners:
    """Servers for every kind of connection, which keep what they are sent."""

    def __init__(self, path: Path) -> None:
        """Listen on ports that are free, and on a socket with this name."""
        self.path = str(path)
        tcp = socket.create_server(("127.0.0.1", 0))
        self.tcp = tcp.getsockname()[1]
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind(("127.0.0.1", 0))
        self.udp = udp.getsockname()[1]
        unix = socket.socket(socket.AF_UNIX)
        unix.bind(self.path)
        unix.listen()
        self._sockets = [tcp, udp, unix]
        if socket.has_ipv6:
            with contextlib.suppress(OSError):  # this machine has no such address
                ipv6 = socket.create_server(("::1", self.tcp), family=socket.AF_INET6)
                self._sockets.append(ipv6)
        self._heard: list[bytes] = []
        self._stop, stopped = socket.socketpair()
        self._thread = threading.Thread(target=self._listen, args=(stopped,))

    def _listen(self, stopped: socket.socket) -> None:
        selector = selectors.DefaultSelector()
        for one in (*self._sockets, stopped):
            selector.register(one, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                ready: socket.socket = key.fileobj  # pyright: ignore[reportAssignmentType]
                if ready is stopped:
                    return
                if ready.type == socket.SOCK_DGRAM:
                    self._heard.append(ready.recv(4096))
                    continue
                with ready.accept()[0] as connection:
                    connection.settimeout(1)
                    try:
                        self._heard.append(connection.recv(4096))
                    except TimeoutError:
                        self._heard.append(b"a connection")

    def __enter__(self) -> Listeners:
        """Begin to listen."""
        self._thread.start()
        return self

    def heard(self) -> list[bytes]:
        """What came, on whatever way."""
        return list(self._heard)

    def __exit__(self, *_: object) -> None:
        """Stop listening."""
        self._stop.close()
        self._thread.join()
        for one in self._sockets:
            one.close()


def survivors(folder: Path) -> Iterator[str]:
    """Processes that still run, and files that are still there, after the grader has ended."""
    time.sleep(1)  # for those that are just ending
    for process in psutil.process_iter():
        try:
            if str(folder) in process.environ().get("PATH", ""):
                yield f"process {process.pid}: {' '.join(process.cmdline())}"
        except psutil.Error:
            continue
    for path in sorted((folder / "tmp").iterdir()):
        yield f"left in the temporary folder: {path.name}"


class Grade(NamedTuple):
    """What the gradebook says of a submission."""

    points: float
    for_a_person: bool
    comments: str


def read_grades(course: Course, lesson: str) -> dict[str, Grade]:
    """The grade of every student that has one."""
    with Gradebook(course.gradebook_url) as gradebook:
        return {
            submission.student.id: Grade(
                submission.score,
                bool(submission.needs_manual_grade),
                " ".join(c.comment or "" for n in submission.notebooks for c in n.comments),
            )
            for submission in gradebook.assignment_submissions(lesson)
        }


def judge(
    course: Course, submission: Submission, grades: dict[str, Grade], canaries: dict[str, str]
) -> Iterator[Problem]:
    """Everything about the outcome of a submission that must not be."""

    def problem(column: str, text: str) -> Problem:
        return Problem(submission.group, column, f"{submission.name}: {text}")

    grade = grades.get(submission.student)
    if grade is None:
        yield problem("otherwise wrong", "it has no grade")
        return
    must, outputs = submission.must, _outputs(course, submission)
    shown = "\n".join(str(output) for output in outputs)
    printed = "".join(_before_any_error(course, submission))
    most = submission.most_points(course)
    if grade.points > most:
        yield problem("unearned points", f"{grade.points:g}")
    pages = "".join(_pages(course, submission))
    for place, canary in canaries.items():
        if canary in pages or canary in shown:
            yield problem("leaks", f"it has read the secret of: {place}")
    if SUCCESS in printed:
        yield problem("leaks", printed[printed.index(SUCCESS) :][:200])
    if must in ("refused", "full points") and grade.for_a_person:
        yield problem("wrong flags", grade.comments)
    elif must in ("refused", "full points") and grade.points != most:
        yield problem("otherwise wrong", f"{grade.points:g} points for a right answer")
    if must == "stopped" and not any(o.get("ename") == STOPPED_TEST for o in outputs):
        yield problem("otherwise wrong", "it does not say that it was stopped")
    if must == "for a person" and not (grade.for_a_person and grade.comments):
        yield problem("otherwise wrong", "no person is asked to look, or it does not say why")


def _before_any_error(course: Course, submission: Submission) -> Iterator[str]:
    """What each cell shows before something in it failed: the rest of it is run all the same."""
    for cell in _cells(course, submission):
        kinds = [output.output_type for output in cell.get("outputs", [])]
        end = kinds.index("error") if "error" in kinds else len(kinds)
        yield from map(str, cell.get("outputs", [])[:end])


def _outputs(course: Course, submission: Submission) -> list[nbformat.NotebookNode]:
    """All that the graded notebook shows, without its sources."""
    cells = _cells(course, submission)
    return [output for cell in cells for output in cell.get("outputs", [])]


def _cells(course: Course, submission: Submission) -> list[nbformat.NotebookNode]:
    path = course.notebook("autograded", submission.lesson, submission.student)
    return nbformat.read(path, as_version=4).cells if path.exists() else []


def _pages(course: Course, submission: Submission) -> Iterator[str]:
    """All that comes back to the student."""
    folder = course.notebook("feedback", submission.lesson, submission.student).parent
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.read_bytes().decode(errors="replace")


if __name__ == "__main__":
    main()
