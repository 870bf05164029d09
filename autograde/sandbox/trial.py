"""Running one submission: its cells in order, and the tests at their places.

This is the untrusted process, and this module is loaded privately (see `evidence`). All that a verdict
depends on is therefore held in local variables and plain tuples and dictionaries, not in classes.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import sys
import traceback
from _hashlib import hmac_digest  # in C: it cannot be replaced piece by piece
from base64 import b64decode
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from autograde.sandbox import confine, evidence
from autograde.sandbox.shell import NotebookShell
from helpers.checks import Points, answers, give_hidden_files, judge

Names = dict[str, Any]


def seal(key: bytes, said: tuple[Any, ...]) -> str:
    """The seal of what a report says: only who has the key can make it."""
    return hmac_digest(key, repr(said).encode(), "sha256").hex()


def run(
    shell: NotebookShell,
    changes: Callable[[], list[str]],
    connection: Connection,
    folder: Path,
    confined: bool,
) -> None:
    """Take one job from the connection, run it in `folder`, send a report on each cell.

    Args:
        shell: where the submission's cells run.
        changes: names what has changed in the libraries since they were loaded.
        connection: to the process that watches; it sends a key, then the job. See `execution.Job`.
        folder: the only one this process may write to; its `work` is where the submission runs.
        confined: whether to take the process's rights away first.
    """
    report, doubt = _reporters(connection)
    job = json.loads(connection.recv_bytes())
    _settle(folder)
    if confined:
        limits = confine.Limits(job["memory"], job["processor_time"], job["file_size"])
        helpers = Path(sys.modules["helpers"].__file__ or "").parent
        confine.confine(folder, limits, (*confine.readable_of_python(), helpers))
    _seed(job["seed"])
    trusted = _trusted_files()
    for name in [name for name in sys.modules if name.partition(".")[0] == "autograde"]:
        del sys.modules[name]
    _run_cells(job, shell, changes, trusted, report, doubt)


def _reporters(connection: Connection) -> tuple[Callable[..., None], Callable[[str], None]]:
    """Take the key from the connection; return functions to report with, and to say a doubt with.

    The key is in their closures only: a submission that comes to see the frames of its callers, and all that
    is in them, still has no key, and these functions speak for nobody but this module.
    """
    key, send_bytes = connection.recv_bytes(64), connection.send_bytes
    get_frame, own_file = sys._getframe, _reporters.__code__.co_filename
    told: set[str] = set()

    def send(kind: str, index: int, outputs: list[Any], *more: Any) -> None:
        said = (kind, index, *more)
        text = json.dumps({"said": said, "seal": seal(key, said)})
        send_bytes(f"{text}\n{json.dumps(outputs)}".encode())

    def doubt(reason: str) -> None:
        """Say so at once: what has been said, whatever comes later cannot take back."""
        if reason not in told:
            told.add(reason)
            send("doubted", -1, [], reason)

    def report(kind: str, index: int, outputs: list[Any], *more: Any) -> None:
        if get_frame(1).f_code.co_filename != own_file:
            doubt("speaks for the grader")
        send(kind, index, outputs, *more)

    return report, doubt


def report_broken(connection: Connection, error: Exception) -> None:
    """Report that the job could not be run, for a reason that lies not in the submission."""
    text = "".join(traceback.format_exception(error))
    connection.send_bytes(json.dumps({"said": ["broken", -1, text]}).encode())


def _settle(folder: Path) -> None:
    """Move into the folder, and say so to everything that asks where to put its files."""
    names = ("PATH", "LANG", "LC_ALL", "TZ", "TF_CPP_MIN_LOG_LEVEL", "TF_ENABLE_ONEDNN_OPTS")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    home, temporary = folder / "home", folder / "tmp"
    home.mkdir()
    temporary.mkdir()
    os.environ.clear()
    os.environ.update(
        kept,
        HOME=str(home),
        TMPDIR=str(temporary),
        MPLCONFIGDIR=str(home),
        MPLBACKEND="module://matplotlib_inline.backend_inline",
        NBGRADER_EXECUTION="autograde",
        JOBLIB_MULTIPROCESSING="0",  # no further processes: joblib then works in this one
    )
    import tempfile

    tempfile.tempdir = None  # so that TMPDIR is read anew
    os.chdir(folder / "work")


def _seed(seed: int) -> None:
    import keras

    keras.utils.set_random_seed(seed)
    random.seed(seed)


def _trusted_files() -> tuple[str, ...]:
    """How the names of files begin whose code is not the submission's."""
    own = [str(Path(sys.modules[name].__file__ or "").parent) for name in ("helpers", "autograde")]
    return (*map(str, confine.readable_of_python()), *own, "/usr/lib", "<frozen", "<test ")


def _run_cells(
    job: dict[str, Any],
    shell: NotebookShell,
    changes: Callable[[], list[str]],
    trusted: tuple[str, ...],
    report: Callable[..., None],
    doubt: Callable[[str], None],
) -> None:
    give_hidden_files({name: b64decode(text) for name, text in job.pop("hidden").items()})
    tests: Names = {"__name__": "tests", "__builtins__": __builtins__}  # private, as this module's
    lesson: Names = {"__name__": "__main__", "__builtins__": __builtins__}  # what controls rely on
    with contextlib.redirect_stdout(None), contextlib.redirect_stderr(None):
        exec(compile(job.pop("tests"), "<test file>", "exec"), tests)
        for source in job["set_up"]:
            exec(compile(source, "<test set-up>", "exec"), lesson)
    controls = {
        cell["index"]: compile(cell["control"], f"<test control of {cell['test']}>", "exec")
        for cell in job["cells"]
        if cell["test"]
    }
    work = os.getcwd()
    before = set(changes())  # by the libraries themselves, and by the lesson
    threads, signals = evidence.running_threads, evidence.changed_signals

    def look() -> None:
        """Look for what has changed since the lesson's own cells ran."""
        for name in changes():
            if name not in before:
                doubt(f"replaced {name}")
        for name in threads(trusted):
            doubt(f"left a thread running beside the tests ({name})")
        for name in signals():
            doubt(f"handles {name}")

    for cell in job["cells"]:
        if not cell["test"]:
            for name in evidence.telling_names(shell.transform_cell(cell["source"])):
                doubt(f"uses {name}")
    sys.path.append(os.getcwd())  # for modules of the student's own; they hide no others
    with shell.streams():
        # The lesson's imports are there whatever has become of the student's copy of that cell.
        for source in job["set_up"]:
            shell.run(-1, source)
    evidence.listen(trusted, doubt)
    with shell.streams():
        for cell in job["cells"]:
            index = cell["index"]
            report("started", index, [])
            if not cell["test"]:
                report("ran", index, shell.run(index, cell["source"]))
                continue
            look()
            with contextlib.suppress(OSError):  # the submission may have removed it
                os.chdir(work)
            test, submitted = tests[cell["test"]], shell.user_ns
            given = {name: submitted[name] for name in cell["answers"] if name in submitted}
            passed, points, _ = _test(shell, test, given)
            outputs = list(shell.outputs.list)
            look()
            if passed:
                names = {**lesson}
                with contextlib.suppress(Exception):  # a wrong answer may be so wrong as not to run
                    exec(controls[index], names)
                if _test(shell, test, names)[2]:
                    doubt(f"a wrong answer passes {cell['test']} as well")
            report("tested", index, outputs, passed, points)
    look()
    report("finished", -1, [])


def _forget_frames(error: BaseException | None) -> None:
    """Take the frames, and so the tests' code, out of errors that the submission may have kept."""
    while error is not None:
        BaseException.with_traceback(error, None)
        error = error.__cause__ or error.__context__


def _test(
    shell: NotebookShell, test: Callable[[], Points | None], names: Names
) -> tuple[bool, float | None, bool]:
    """Run a test on these names.

    Returns:
        whether it ran to its end, the points where it counts them, whether it gave all there are.
    """
    shell.outputs.clear()
    try:
        with answers.taken_from(names):
            points = judge(test)
    except BaseException as error:
        _forget_frames(error)
        kind, message = type(error).__name__, str(error)
        shell.outputs.add("error", ename=kind, evalue=message, traceback=message.splitlines())
        return False, None, False
    if type(points) is not Points:
        return True, None, True
    text, count = {"text/plain": f"{points:g}"}, shell.execution_count
    shell.outputs.add("execute_result", data=text, metadata={}, execution_count=count)
    return True, float(points), points >= points.of
