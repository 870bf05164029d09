"""What a submission can neither do nor buy, and what it may do without being suspected."""

from __future__ import annotations

import copy
import sys
from dataclasses import replace
from textwrap import dedent

import pytest

from autograde.grading.execution import FAILED, PASSED, STOPPED, execute
from autograde.grading.plan import Lesson
from autograde.lesson import grade_id
from autograde.sandbox import confine
from autograde.sandbox.confine import missing_protections

pytestmark = pytest.mark.skipif(
    bool(list(missing_protections())), reason="this machine has no sandbox; see `autograde doctor`"
)
RIGHT = "def scale_pixels(images):\n    return (images / 255).astype('float32')\n"
WRONG = "def scale_pixels(images):\n    return images\n"


@pytest.fixture(scope="session")
def lesson(built_course):
    return Lesson(built_course, "00_start_here")


def run(lesson, answer, **limits):
    """Run a submission with this answer; return the result and the verdict on it."""
    notebook = copy.deepcopy(lesson.release)
    for cell in notebook.cells:
        if grade_id(cell) == "scale_pixels":
            cell.source = dedent(answer)
    job = lesson.job(lesson.clean(notebook))
    job = replace(job, limits=replace(job.limits, **{"cell_time": 5.0, **limits}))
    result = execute(job)
    return result, result.verdicts["test_scale_pixels"]


def printed(result):
    return "".join(
        output.get("text", "") for outputs in result.outputs.values() for output in outputs
    )


@pytest.mark.parametrize(
    "attempt",
    [
        "open({course!r} + '/gradebook.db', 'rb').read()",
        "open({course!r} + '/source/00_start_here/00_start_here.ipynb').read()",
        "import os; os.listdir({course!r} + '/submitted')",
        "open('/etc/passwd').read()",
        "open('/proc/self/environ').read()",
        "open('/proc/self/mem', 'rb').read(1)",
        "import os; open(f'/proc/{{os.getppid()}}/environ').read()",
        "open('/tmp/left_behind', 'w')",
        "import os; os.symlink({course!r}, 'link'); os.listdir('link')",
        "import os; os.link({course!r} + '/gradebook.db', 'link')",
        "import os; os.truncate({course!r} + '/gradebook.db', 0)",
        "import socket; socket.socket()",
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
        "import socket; socket.socket(socket.AF_UNIX)",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import socket; socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)",
        "import os; os.fork()",
        "import os; os.posix_spawn('/bin/true', ['true'], {{}})",
        "import subprocess; subprocess.run(['true'])",
        "import multiprocessing as mp; mp.get_context('fork').Process(target=print).start()",
        "import os; os.kill(os.getppid(), 9)",
        "import os; os.kill(-1, 9)",
        "import os; os.setsid()",
        "import os; os.setpriority(os.PRIO_PROCESS, os.getppid(), 19)",
        "import signal; signal.signal(signal.SIGALRM, print)",
        "import numpy as np; np.ones(1 << 40)",
        "open('large', 'wb').write(bytes(200 << 20))",
        "import resource as r; r.setrlimit(r.RLIMIT_AS, (r.RLIM_INFINITY,) * 2)",
        "import os; os.mknod('device', 0o20666, os.makedev(1, 3))",
        "files = [open('/dev/null') for _ in range(1000)]",
        "import os; os.sched_setaffinity(0, [0])",
        "import os; os.sched_setaffinity(os.getppid(), [0])",
        "import fcntl, numpy; fcntl.fcntl(open(numpy.__file__), fcntl.F_SETLEASE, fcntl.F_RDLCK)",
        "import fcntl, os; fcntl.fcntl(os.open('.', 0), fcntl.F_NOTIFY, 2)",
        "import fcntl, os; fcntl.fcntl(0, fcntl.F_SETOWN, os.getppid())",
        "import fcntl; fcntl.fcntl(0, fcntl.F_SETSIG, 9)",
        "import fcntl, os; fcntl.fcntl(os.pipe()[0], fcntl.F_SETFL, os.O_ASYNC)",
        "import fcntl, os; fcntl.fcntl(os.pipe()[1], fcntl.F_SETPIPE_SZ, 1 << 20)",
        "import fcntl, os, struct; fcntl.ioctl(os.pipe()[0], 0x5452, struct.pack('i', 1))",
        "import fcntl, os, struct; fcntl.ioctl(os.pipe()[0], 0x8902, struct.pack('i', os.getppid()))",
        "import fcntl, struct; fcntl.ioctl(open('f', 'w'), 0x40086602, struct.pack('l', 0x10))",
        "import fcntl, numpy; fcntl.flock(open(numpy.__file__), fcntl.LOCK_EX)",
        "import os; os.open('.', os.O_TMPFILE | os.O_RDWR)",
        "import os; os.memfd_create('file')",
        "import socket; socket.socketpair()[0].sendmsg([b'x'], [(1, 1, b'\\0\\0\\0\\0')])",
        "import signal; signal.setitimer(signal.ITIMER_REAL, 99)",
        "import os; os.setxattr('f', 'user.a', b''); os.getxattr('f', 'user.a')",
        "import os; os.nice(-1)",
        "import os; os.killpg(0, 0)",
    ],
)
def test_it_cannot(lesson, built_course, attempt):
    attempt = attempt.format(course=str(built_course.folder))
    answer = f"try:\n    {attempt}\nexcept Exception as e:\n    print('refused', e)\n"
    result, verdict = run(lesson, answer + RIGHT)
    assert "refused" in printed(result)
    assert verdict.outcome == PASSED


def test_every_name_is_a_system_call():
    """What is skipped in silence is not kept: each is known for one of the machines, or has its number."""
    import pyseccomp as seccomp

    machines = seccomp.Arch.X86_64, seccomp.Arch.AARCH64
    answered = (
        *confine.ALLOWED, *confine.NO_SUCH_CALL, *confine.NO_ATTRIBUTES, *confine.WITHOUT_EFFECT,
    )  # fmt: skip
    assert len(set(answered)) == len(answered)
    for name in answered:
        numbers = {seccomp.resolve_syscall(machine, name) for machine in machines}
        known = {number for number in numbers if number >= 0}
        assert known or name in confine.YOUNG, name
        assert not known or name not in confine.YOUNG or known == {confine.YOUNG[name]}, name
    with pytest.raises(OSError, match="prctl_seccomp"):
        confine.call_number("prctl_seccomp")


@pytest.mark.parametrize(
    "useful",
    [
        "import tempfile\nwith tempfile.TemporaryFile() as f: f.write(b'x')\n",
        "import shutil\nopen('a', 'w').close()\nshutil.copy2('a', 'b')\n",
        "import sqlite3\nc = sqlite3.connect('a.db')\nc.execute('create table t (a)')\nc.commit()\n",
        "import h5py\nh5py.File('a.h5', 'w').close()\nh5py.File('a.h5').close()\n",
        "import tensorflow as tf\nlist(tf.data.Dataset.range(9).map(abs, 4).prefetch(2).cache('c'))\n",
        "import numpy as np\nnp.save('a', np.ones(3))\nnp.load('a.npy', mmap_mode='r').sum()\n",
        "from concurrent.futures import ThreadPoolExecutor as P\n"
        "with P(4) as pool: list(pool.map(abs, [1, -2]))\n",
    ],
)
def test_what_honest_work_needs_is_there(lesson, useful):
    _, verdict = run(lesson, useful + RIGHT)
    assert (verdict.outcome, verdict.reason) == (PASSED, "")


def test_an_environment_in_the_courses_folder_shows_nothing_of_the_course(tmp_path, monkeypatch):
    """As `python -m venv .` makes it."""
    packages = tmp_path / "lib" / "python3" / "site-packages"
    packages.mkdir(parents=True)
    for name in ("prefix", "exec_prefix"):
        monkeypatch.setattr(sys, name, str(tmp_path))
    monkeypatch.setattr("sysconfig.get_path", lambda *_, **__: str(packages))
    private = [tmp_path / "course", tmp_path / "source_notebooks"]
    assert packages in confine.readable_of_python()
    assert list(confine.missing_protections(private)) == []
    (problem,) = confine.missing_protections([packages / "course"])
    assert str(packages / "course") in problem


def test_modes_of_files_stay_as_they_are(lesson, built_course):
    path = built_course.folder / "gradebook.db"
    before = path.stat().st_mode, path.stat().st_mtime_ns
    run(lesson, f"import os\nos.chmod({str(path)!r}, 0)\nos.utime({str(path)!r}, (1, 1))\n" + RIGHT)
    assert (path.stat().st_mode, path.stat().st_mtime_ns) == before


def test_the_environment_is_not_the_graders(lesson, monkeypatch):
    monkeypatch.setenv("SECRET_OF_THE_GRADER", "1234")
    result, _ = run(lesson, "import os\nprint('has', sorted(os.environ))\n" + RIGHT)
    assert "has" in printed(result)
    assert "SECRET" not in printed(result)


SEND = """
import os, json, struct
def send(message):
    for descriptor in range(3, 20):
        try:
            os.write(descriptor, message)
        except OSError:
            pass
def report(*said):
    text = json.dumps(said).encode() + b"\\n[]"
    return struct.pack("!i", len(text)) + text
"""


@pytest.mark.parametrize(
    "answer",
    [
        WRONG + "from helpers import checks\nchecks.call = print\nchecks.exercise = print",
        WRONG + "import helpers.checks._call as c\nc.compare = lambda *a, **k: None",
        WRONG + "import helpers.checks as c\nc.Call.equals = lambda self, *a, **k: self",
        WRONG + "import builtins\nbuiltins.isinstance = lambda *a: True",
        WRONG + "import numpy as np\nnp.allclose = np.isclose = lambda *a, **k: True",
        WRONG + "import sys\nsys.modules['helpers.checks'] = sys",
        WRONG + "get_ipython().run_cell = lambda *a, **k: None",
        WRONG + "get_ipython().ast_transformers.append(None)",
        WRONG + "get_ipython().input_transformers_cleanup.append(lambda lines: [])",
        WRONG + "get_ipython().events.register('pre_run_cell', lambda *a: 1 / 0)",
        WRONG + "get_ipython().outputs = None",
        WRONG + "import json\njson.dumps = lambda *a, **k: '{}'",
        WRONG + SEND + "for i in range(40): send(report('tested', i, True, None))",
        WRONG + SEND + "send(report('finished', -1, True, None))",
        WRONG + SEND + "send(b'\\x7f\\xff\\xff\\xff')",
        WRONG + SEND + "os.closerange(3, 30)",
        "def scale_pixels(images):\n    raise SystemExit(0)",
        "def scale_pixels(images):\n    exit()",
        "def scale_pixels(images):\n    import os; os._exit(0)",
        pytest.param(
            "def scale_pixels(images):\n    import os, signal; os.kill(os.getpid(), 19)",
            marks=pytest.mark.long,  # it sleeps until its time is over
        ),
        (
            "import numpy as np\nclass All(np.ndarray):\n"
            "    def __eq__(self, other): return True\n"
            "    def __array_ufunc__(self, *a, **k): return np.bool_(True)\n"
            "def scale_pixels(images):\n    return (0 * images).astype('float32').view(All)"
        ),
    ],
)
def test_it_buys_no_points(lesson, answer):
    _, verdict = run(lesson, answer)
    assert verdict.outcome != PASSED


@pytest.mark.parametrize(
    "suspicious",
    [
        "import sys\nsys.settrace(None)\n",
        "import sys\nsys.setprofile(lambda *a: None)\n",
        "import sys\nsys.addaudithook(print)\n",
        "import sys\nframe = sys._getframe()\n",
        "import inspect\nframe = inspect.stack()\n",
        "import gc\ngc.get_objects()\n",
        "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    frame = e.__traceback__.tb_frame\n",
        "import numpy as np\nnp.asarray.__doc__\nnp.testing.assert_allclose = print\n",
        "import keras\nkeras.Model.predict = print\n",
        "import tensorflow as tf\ntf.reduce_sum = print\n",
        "import numpy as np\nnp.clip.__wrapped__.__code__ = (lambda: 0).__code__\n",
        "import ctypes\nctypes.string_at(id(1), 8)\n",
        "import threading, time\n"
        "threading.Thread(target=lambda: time.sleep(60), daemon=True).start()\n",
        "import types\ntypes.FunctionType((lambda: 0).__code__, {})\n",
    ],
)
def test_what_an_answer_does_in_its_own_process_makes_no_difference(lesson, suspicious):
    """It was done to no test: a right answer is right, and a wrong one wrong."""
    assert run(lesson, suspicious + RIGHT)[1].outcome == PASSED
    assert run(lesson, suspicious + WRONG)[1].outcome == FAILED


@pytest.mark.parametrize(
    "innocent",
    [
        "import warnings\nwarnings.warn('a warning')\n",
        "import warnings\ndef warn(*a, **k): pass\nwarnings.warn = warn\n",
        "import sys\nprint('an error line', file=sys.stderr)\n",
        "import logging\nlogging.basicConfig()\nlogging.error('x')\nlogging.captureWarnings(True)\n",
        "import traceback\ntry:\n    1 / 0\nexcept ZeroDivisionError:\n    traceback.print_exc()\n",
        "from tqdm.auto import tqdm\nfor _ in tqdm(range(3)): pass\n",
        "class Mine:\n    def f(self): pass\nMine.f = lambda self: 1\n",
        "import numpy as np\nnp.seterr(all='raise')\nnp.set_printoptions(precision=2)\n",
        "from functools import cache, wraps\n@cache\ndef twice(x): return 2 * x\ntwice(2)\n",
        "from collections import namedtuple\nfrom dataclasses import dataclass\n"
        "P = namedtuple('P', 'x')\n@dataclass\nclass Q:\n    x: int = 0\nP(Q(1))\n",
        "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\n",
        "def numbers():\n    yield 1\nlist(numbers())\nsum = 3\n",
        "import inspect\ninspect.signature(print)\ninspect.getsource(inspect.signature)\n",
        "import tensorflow as tf\n@tf.function\ndef double(x): return 2 * x\ndouble(tf.ones(2))\n",
        "import keras\nm = keras.Sequential([keras.layers.Dense(1)])\nm.compile('sgd', 'mse')\n"
        "m.fit(keras.ops.ones((8, 2)), keras.ops.ones((8, 1)), verbose=0)\n",
        "import asyncio\nawait asyncio.sleep(0)\n",
        "!ls\n",
    ],
)
def test_the_innocent_are_not_suspected(lesson, innocent):
    assert run(lesson, innocent + RIGHT)[1].outcome == PASSED


def test_a_slow_right_answer_passes(lesson):
    slow = "import time\n" + RIGHT.replace("    return", "    time.sleep(0.3)\n    return")
    _, verdict = run(lesson, slow)
    assert verdict.outcome == PASSED


def test_a_flood_of_output_is_cut_off(lesson):
    result, verdict = run(lesson, "while True:\n    print('x' * 1000)\n")
    assert verdict.outcome == FAILED
    assert len(printed(result)) < 300_000


def test_a_full_disk_stops_the_submission(lesson):
    fill = "n = 0\nwhile True:\n    open(f'f{n}', 'wb').write(bytes(5 << 20)); n += 1\n"
    result, verdict = run(lesson, fill, folder_size=50 << 20, cell_time=20.0)
    assert verdict.outcome != PASSED
    assert any("50 MB" in reason for reason in result.stops.values())


def test_nothing_is_left_behind(lesson, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    run(lesson, "import tempfile\nopen(tempfile.mktemp(), 'w').write('x')\n" + RIGHT)
    assert list(tmp_path.iterdir()) == []


STUB = "def scale_pixels(images):\n    "


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        pytest.param(RIGHT, PASSED, id="right"),
        pytest.param(WRONG, FAILED, id="wrong", marks=pytest.mark.long),
        pytest.param(f"{STUB}while True: pass\n", STOPPED, id="endless", marks=pytest.mark.long),
        pytest.param(f"{STUB}import os; os._exit(0)\n", STOPPED, id="ends", marks=pytest.mark.long),
        pytest.param(
            f"{STUB}import os; os.closerange(3, 60)\n    while True: pass\n",
            STOPPED,
            id="closes everything and goes on",
            marks=pytest.mark.long,
        ),
    ],
)
def test_without_forks_the_verdicts_are_the_same(lesson, monkeypatch, answer, outcome):
    """As on systems where a process that has imported TensorFlow cannot be forked."""
    monkeypatch.setattr("autograde.grading.trials.can_fork", lambda: False)
    assert run(lesson, answer)[1].outcome == outcome
