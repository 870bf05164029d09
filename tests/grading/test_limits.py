"""Limits are the submission's own: no machine's load, and nothing a neighbour does, costs a right answer."""

from __future__ import annotations

import copy
import errno
import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from dataclasses import replace

import nbformat
import pytest
from typer.testing import CliRunner

from autograde.authoring.build import build
from autograde.cli import app
from autograde.forkserver.client import WarmProcess, fork
from autograde.grading import cluster, execution, plan, session, trials, usage
from autograde.grading.execution import FAILED, PASSED, STOPPED, ExecutionError, Result, execute
from autograde.grading.frames import LONGEST, Frames, parse, send_frame
from autograde.grading.plan import Lesson
from autograde.grading.record import results_of
from autograde.grading.recorder import Recorder
from autograde.lesson import exercises, grade_id
from autograde.log import MOST_FILES, run_log
from autograde.sandbox.confine import missing_protections

LESSON = "00_start_here"
sandboxed = pytest.mark.skipif(
    bool(list(missing_protections())), reason="this machine has no sandbox; see `autograde doctor`"
)
BUSY = (
    "import time\nbegin = time.process_time()\nwhile time.process_time() < begin + {}:\n    pass\n"
)


@pytest.fixture(scope="module")
def lesson(built_course):
    return Lesson(built_course, LESSON)


def make_job(lesson, *own, answer=None, **limits):
    """The job of right answers below cells of the student's own; `answer` takes the place of the first."""
    right = {e.name: e.solution.source for e in exercises(lesson.source)}
    notebook = copy.deepcopy(lesson.release)
    for cell in notebook.cells:
        cell.source = right.get(grade_id(cell), cell.source)
        if answer is not None and grade_id(cell) == "scale_pixels":
            cell.source = answer
    place = [grade_id(cell) for cell in notebook.cells].index("scale_pixels")
    notebook.cells[place:place] = map(nbformat.v4.new_code_cell, own)
    return limited(
        lesson.job(lesson.clean(notebook)), **{"cell_time": 5.0, "own_time": 50.0, **limits}
    )


def limited(job, **limits):
    return replace(job, limits=replace(job.limits, **limits))


def outcomes(result):
    return {test: verdict.outcome for test, verdict in result.verdicts.items()}


ALL_PASSED = {"test_scale_pixels": PASSED, "test_batch_bounds": PASSED}
RIGHT = "def scale_pixels(images):\n    return (images / 255).astype('float32')\n"


@sandboxed
def test_own_work_costs_no_test(lesson):
    """The cell that uses up the time is stopped, and says so; what came before it is not."""
    own = ["before = 1", BUSY.format(3.0), "print('late')"]
    job = make_job(lesson, *own, own_time=2.0)
    result = execute(job)
    assert outcomes(result) == ALL_PASSED
    assert set(result.stops.values()) == {"the notebook's own cells took more than 2 s in all"}
    before, busy, _ = (cell.index for cell in job.cells if cell.own)
    assert before not in result.stops
    assert busy in result.stops


@sandboxed
@pytest.mark.parametrize("own", ["import time\ntime.sleep(86399)", "while True:\n    pass"])
def test_an_own_cell_that_never_ends_costs_no_test(lesson, own):
    result = execute(make_job(lesson, own, cell_time=2.0))
    assert outcomes(result) == ALL_PASSED
    assert list(result.stops.values()) == ["it took more than 2 s"]


@sandboxed
def test_own_cells_that_end_the_process_cost_no_test(lesson):
    result = execute(make_job(lesson, *["import os\nos._exit(0)"] * 3))
    assert outcomes(result) == ALL_PASSED
    assert all("exit status 0" in reason for reason in result.stops.values())


def test_a_cell_of_the_lesson_is_not_the_students_own(lesson):
    job = make_job(lesson, "1 + 2 + 3")
    assert [cell.source for cell in job.cells if cell.own] == ["1 + 2 + 3"]


def _spin():
    while True:
        pass


@pytest.fixture
def load():
    """A machine on which everything takes several times as long."""
    spinning = [
        multiprocessing.get_context("spawn").Process(target=_spin, daemon=True)
        for _ in range(4 * (os.cpu_count() or 1))
    ]
    for process in spinning:
        process.start()
    yield
    for process in spinning:
        process.kill()
        process.join()


@sandboxed
def test_a_busy_machine_costs_no_points(lesson, load):
    assert outcomes(execute(make_job(lesson, answer=BUSY.format(1.5) + RIGHT, cell_time=2.0))) == (
        ALL_PASSED
    )


@sandboxed
@pytest.mark.long
def test_starting_is_not_the_submissions_time(lesson, monkeypatch):
    """Nothing is counted while the warm process is still importing."""
    monkeypatch.setattr(execution, "START_LIMIT", 2.0)
    started = []

    class Slow(WarmProcess):
        def __init__(self, *arguments):
            super().__init__(*arguments)
            self._process.send_signal(signal.SIGSTOP)
            timer = threading.Timer(9.0, self._process.send_signal, [signal.SIGCONT])
            timer.start()
            started.append(self)

    slow = Slow(trials._MODULE, trials._environment())
    monkeypatch.setattr(trials, "warm_up", lambda: slow)
    assert outcomes(execute(make_job(lesson))) == ALL_PASSED
    slow.close()


@sandboxed
def test_what_fails_before_the_first_cell_is_tried_again_and_is_no_verdict(lesson, monkeypatch):
    tried = []

    def start(*_):
        tried.append(1)
        raise OSError(errno.EAGAIN, "no more processes")

    monkeypatch.setattr(trials, "start", start)
    monkeypatch.setattr(execution, "PAUSE", 0.0)
    with pytest.raises(ExecutionError, match="no more processes"):
        execute(make_job(lesson))
    assert len(tried) == execution.TRIES


@sandboxed
def test_what_the_machine_failed_is_no_result(lesson, monkeypatch):
    monkeypatch.setattr(execution, "PAUSE", 0.0)
    full = iter([True])
    monkeypatch.setattr(usage, "disk_is_full", lambda folder: next(full, False))
    assert outcomes(execute(make_job(lesson))) == ALL_PASSED
    monkeypatch.setattr(usage, "disk_is_full", lambda folder: True)
    with pytest.raises(ExecutionError, match="no room left on the disk"):
        execute(make_job(lesson))


@sandboxed
def test_a_process_killed_for_want_of_memory_is_no_result(lesson, monkeypatch):
    monkeypatch.setattr(execution, "PAUSE", 0.0)
    job = make_job(lesson, answer="import os\nos.kill(os.getpid(), 9)\n")
    assert any("SIGKILL" in reason for reason in execute(job).stops.values())
    numbers = iter(range(1000))
    monkeypatch.setattr(usage, "processes_killed_for_memory", lambda: next(numbers))
    with pytest.raises(ExecutionError, match="memory was short"):
        execute(job)


#: Writes to every descriptor, and so to the grader.
SEND = """
import os, time
def send(message):
    for descriptor in range(3, 20):
        try:
            os.write(descriptor, message)
        except OSError:
            pass
"""


@sandboxed
@pytest.mark.parametrize(
    "hostile",
    [
        "send(b'\\0\\1\\0\\0')\nwhile True:\n    send(b' ')\n    time.sleep(0.2)\n",
        pytest.param("send(b'\\0\\1')\ntime.sleep(86399)\n", marks=pytest.mark.long),
        "while True:\n    send(b'\\0\\0\\0\\2{}')\n",
        "send(b'\\0\\1\\0\\0' + b'[' * 65536)\n",
        "send(b'\\xff\\xff\\xff\\xff' + b'\\0' * 7 + b'\\1')\n",
        "send(b'\\0\\0\\0\\0')\n",
        "send(b'\\0\\0\\0\\x0f' + b'{\"said\": [[1]]}')\n",
        "send(b'\\0\\0\\0\\x17' + b'{\"said\": [[\"started\"],1]}'[:23])\n",
    ],
)
def test_every_limit_holds_whatever_is_sent(lesson, hostile):
    result = execute(make_job(lesson, answer=SEND + hostile, cell_time=1.5))
    assert result.verdicts["test_scale_pixels"].outcome in (FAILED, STOPPED)
    assert result.verdicts["test_batch_bounds"].outcome == PASSED


def test_frames_are_taken_as_they_come():
    here, there = socket.socketpair()
    frames = Frames(here)
    assert frames.receive() == []
    send_frame(there, b"one")
    send_frame(there, b"two")
    there.sendall(b"\0\0")
    assert frames.receive() == [b"one", b"two"]
    there.sendall(b"\0\5thr")
    assert frames.receive() == []
    there.sendall(b"ee")
    there.close()
    assert frames.receive() == [b"three"]
    with pytest.raises(EOFError):
        frames.receive()
    frames.close()


@pytest.mark.parametrize("length", [-1, 0, LONGEST + 1])
def test_no_frame_is_longer_than_it_may_be(length):
    here, there = socket.socketpair()
    with there:
        there.sendall(length.to_bytes(4, "big", signed=True))
        with pytest.raises(ValueError, match="bytes"):
            Frames(here).receive()


@pytest.mark.parametrize(
    "frame",
    [
        b"[" * 10_000_000,
        b'{"a":' * 1_000_000,
        b"[" * 50_000,
        b"[" + b"1," * 5_000_000 + b"1]",
        b"[" + b"9" * 1_000_000 + b", 1]",
        b'"' * 1_000_001,
        b"[]",
        b"\xff\xfe",
        b"null",
    ],
    ids=range(9),
)
def test_a_report_that_is_too_much_is_not_read(frame):
    with pytest.raises(ValueError, match=r"report|Expecting|decode|Extra data|digits"):
        parse(frame)


def test_outputs_are_not_read_with_their_report():
    assert parse(b'["ran", 1]\n[[[[') == (["ran", 1], b"[[[[")


@sandboxed
def test_an_interrupt_that_comes_too_late_strikes_nobody_else(lesson):
    """The cell swallows it, so what follows is run anew."""
    own = "try:\n    while True:\n        pass\nexcept KeyboardInterrupt:\n    pass\n"
    result = execute(make_job(lesson, own, cell_time=1.0))
    assert outcomes(result) == ALL_PASSED


REFUSES_ONCE = """
import errno, os, time
from autograde.forkserver import server
real, refused = os.fork, []
def fork():
    if len(refused) < 2 and refused.append(1) is None and len(refused) == 2:
        raise OSError(errno.EAGAIN, "no more processes")
    return real()
os.fork = fork
server.serve_from_the_command_line(lambda: lambda request, descriptors: time.sleep(60))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="nothing can be forked here")
def test_a_fork_that_fails_ends_nobody_elses_run(tmp_path, monkeypatch):
    (tmp_path / "refuses_once.py").write_text(REFUSES_ONCE)
    paths = os.pathsep.join([str(tmp_path), *sys.path])
    warm = WarmProcess("refuses_once", {**os.environ, "PYTHONPATH": paths})
    others = fork(lambda: warm, {}, [])
    process = others.number()
    with pytest.raises(OSError, match="No process"):
        fork(lambda: warm, {}, []).number()
    assert warm.alive
    os.kill(process, 0)
    assert fork(lambda: warm, {}, []).number() != process
    warm.close()


@pytest.mark.skipif(sys.platform != "linux", reason="nothing can be forked here")
def test_a_lack_of_descriptors_does_not_end_the_warm_process(monkeypatch):
    warm = trials.warm_up()

    def send_fds(*_):
        raise OSError(errno.ETOOMANYREFS, "too many references")

    with monkeypatch.context() as patched:
        patched.setattr(socket, "send_fds", send_fds)
        with pytest.raises(OSError, match="too many references"):
            fork(lambda: warm, {}, [])
    assert warm.alive
    assert trials.warm_up() is warm


@sandboxed
def test_an_honest_answer_beside_48_busy_threads(lesson):
    spin = (
        "import threading\ndef spin():\n    x = bytes(10 ** 7)\n    import hashlib\n"
        "    while True:\n        hashlib.sha256(x)\n"
        "for _ in range(48):\n    threading.Thread(target=spin, daemon=True).start()\nspin()\n"
    )
    hostile = make_job(lesson, answer=spin)
    results = []
    beside = threading.Thread(target=lambda: results.append(execute(hostile)))
    beside.start()
    time.sleep(1)
    assert outcomes(execute(make_job(lesson))) == ALL_PASSED
    beside.join()
    assert results[0].verdicts["test_scale_pixels"].outcome != PASSED


@sandboxed
@pytest.mark.parametrize(
    ("taken", "reason"),
    [
        (
            "import threading, time\nthreading.stack_size(65536)\n"
            "while True:\n    threading.Thread(target=time.sleep, args=(99,), daemon=True).start()\n",
            "threads at once",
        ),
        (
            "import os, time\nkept = []\nfor n in range(12):\n    f = open('f', 'wb')\n"
            "    f.write(bytes(5 << 20)); f.flush(); os.unlink('f'); kept.append(f)\n"
            "time.sleep(99)\n",
            "MB to disk",
        ),
        (
            "import mmap, os, time\nkept = []\nfor n in range(12):\n    f = open('f', 'w+b')\n"
            "    f.write(bytes(5 << 20)); f.flush()\n"
            "    kept.append(mmap.mmap(f.fileno(), 4096)); f.close(); os.unlink('f')\ntime.sleep(99)\n",
            "MB to disk",
        ),
        (
            "import os, time\nfor n in range(900):\n    os.mkdir(f'd{n}')\ntime.sleep(99)\n",
            "files and folders",
        ),
        (
            "import os, time\nfor n in range(3000):\n    os.mkdir('d'); os.chdir('d')\n"
            "for n in range(12):\n    open(f'f{n}', 'wb').write(bytes(5 << 20))\ntime.sleep(99)\n",
            "MB to disk",
        ),
    ],
    ids=["threads", "nameless", "mapped", "folders", "deep"],
)
def test_what_a_job_takes_is_bounded(lesson, taken, reason):
    files = 500 if reason == "files and folders" else 20_000
    result = execute(make_job(lesson, answer=taken + RIGHT, folder_size=50 << 20, files=files))
    assert any(reason in stop for stop in result.stops.values()), result.stops
    assert result.verdicts["test_batch_bounds"].outcome == PASSED


def test_whether_it_was_confined_is_part_of_the_key(lesson):
    notebook = lesson.clean(copy.deepcopy(lesson.release))
    assert lesson.job(notebook).key != lesson.job(notebook, confined=False).key


def ran(job):
    with cluster.Runner(workers=1, scheduler=None) as runner:
        runner.start("key", job)
        return list(runner.finished(at_the_end=True))


def test_a_worker_with_other_packages_refuses(lesson):
    job = replace(make_job(lesson), packages="something else")
    ((_, error),) = ran(job)
    assert isinstance(error, ExecutionError)
    assert "something el" in str(error)
    assert plan.installed_packages()[:12] in str(error)


def test_a_fault_of_the_graders_own_is_no_unreadable_notebook(built_course, monkeypatch):
    hand_in(built_course, "met_a_bug")

    def clean(*_):
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(Lesson, "clean", clean)
    monkeypatch.setattr(session, "who_handed_in", lambda *_: ["met_a_bug"])
    with run_log(built_course.folder / "logs", "grade") as log:
        recorder = Recorder(built_course)
        failures = session.grade(built_course, recorder, LESSON, workers=1)
    assert log.is_worth_a_look
    assert "an error of the grader's own" in failures["met_a_bug"]
    assert str(log.path) in failures["met_a_bug"]
    assert "Traceback" in log.path.read_text()


def test_a_fault_while_a_job_runs_keeps_its_traceback(lesson, monkeypatch, tmp_path):
    def fail(*_):
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(cluster, "execute", fail)
    with run_log(tmp_path, "grade") as log:
        ((_, error),) = ran(make_job(lesson))
    assert "ZeroDivisionError" in str(error)
    assert "Traceback" in log.path.read_text()


def test_logs_do_not_pile_up(tmp_path):
    for _ in range(MOST_FILES + 5):
        with run_log(tmp_path, "grade"):
            logging.getLogger("autograde").warning("something")
    assert len(list(tmp_path.iterdir())) == MOST_FILES


def test_results_survive_being_kept():
    result = Result(stops={3: "it took more than 5 s"})
    assert Result.from_json(result.to_json()) == result


def hand_in(course, student):
    path = course.notebook("submitted", LESSON, student)
    path.parent.mkdir(parents=True)
    nbformat.write(nbformat.read(course.notebook("release", LESSON), as_version=4), path)


@sandboxed
def test_what_ran_unsafe_serves_no_safe_run(fresh_course):
    build(fresh_course, LESSON)
    hand_in(fresh_course, "somebody")
    recorder = Recorder(fresh_course)
    assert session.grade(fresh_course, recorder, LESSON, confined=False, workers=1) == {}
    (unsafe,) = session.plan(fresh_course, LESSON, ["somebody"], confined=False)
    (safe,) = session.plan(fresh_course, LESSON, ["somebody"])
    assert unsafe.up_to_date
    assert results_of(fresh_course.root).get(safe.job.key) is None


def test_the_log_is_named_at_the_end(fresh_course, monkeypatch):
    build(fresh_course, LESSON)
    hand_in(fresh_course, "somebody")

    def clean(*_):
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(Lesson, "clean", clean)
    command = ["--root", str(fresh_course.root), "grade", LESSON, "--unsafe"]
    done = CliRunner().invoke(app, command)
    (log,) = (fresh_course.folder / "logs").glob("grade-*.log")
    assert done.exit_code == 1
    assert f"noted in {log}" in done.output.splitlines()[-1]
