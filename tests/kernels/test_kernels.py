"""Warm kernels: as quick as promised, and otherwise like any other kernel."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from types import SimpleNamespace

import nbformat
import psutil
import pytest
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.validator import Validator
from patience import PATIENCE, comes_true

from autograde.forkserver import client as forkserver
from autograde.kernels import provisioner as kernels
from autograde.kernels.provisioner import warm_up

pytestmark = pytest.mark.skipif(not kernels.can_fork(), reason="kernels are plain here")
PLAIN = "local-provisioner"


class Kernel:
    """A kernel to try things in."""

    def __init__(self, manager: KernelManager) -> None:
        self.manager = manager
        self.client = manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(PATIENCE)

    @property
    def process(self) -> psutil.Process:
        return psutil.Process(self.manager.provisioner.pid)

    @property
    def is_warm(self) -> bool:
        return isinstance(self.manager.provisioner.process, kernels.KernelProcess)

    def outputs(self, source: str) -> list[dict]:
        """What a cell shows, as messages' contents."""
        contents = []
        source = textwrap.dedent(source)
        shown = ("stream", "error", "display_data", "execute_result")
        self.client.execute_interactive(
            source,
            timeout=PATIENCE,
            output_hook=lambda m: contents.append(m["content"]) if m["msg_type"] in shown else None,
        )
        return contents

    def run(self, source: str) -> str:
        """What a cell prints."""
        contents = self.outputs(source)
        assert all(content.get("name") == "stdout" for content in contents), contents
        return "".join(content["text"] for content in contents)

    def value(self, expression: str):
        """An expression's value."""
        return json.loads(self.run(f"import json; print(json.dumps({expression}))"))


@contextlib.contextmanager
def started(provisioner: str = kernels.NAME, **settings) -> Iterator[Kernel]:
    manager = KernelManager(kernel_name="python3")
    manager.kernel_spec.metadata["kernel_provisioner"] = {"provisioner_name": provisioner}
    # Where pytest says that it is there, a kernel does not watch what is written past Python.
    environment = {k: v for k, v in os.environ.items() if k != "PYTEST_CURRENT_TEST"}
    settings = {**settings, "env": {**environment, **settings.get("env", {})}}
    manager.start_kernel(**settings)
    kernel = Kernel(manager)
    try:
        yield kernel
    finally:
        kernel.client.stop_channels()
        manager.shutdown_kernel(now=True)


@pytest.fixture
def kernel() -> Iterator[Kernel]:
    with started() as kernel:
        assert kernel.is_warm
        yield kernel


def gone(number: int) -> bool:
    """Whether a process ends."""
    return comes_true(lambda: not psutil.pid_exists(number))


def printed(kernel: Kernel, text: str) -> None:
    """Wait until the kernel has printed a text."""
    while text not in kernel.client.get_iopub_msg(timeout=PATIENCE)["content"].get("text", ""):
        pass


def test_everything_is_there_and_a_model_trains(kernel):
    assert kernel.value("[name in __import__('sys').modules for name in ('tensorflow', 'keras')]")
    improved = kernel.run("""
        import keras, numpy as np
        model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
        model.compile("sgd", "mse")
        x = np.random.normal(size=(64, 2))
        losses = model.fit(x, x.sum(axis=1), epochs=3, verbose=0).history["loss"]
        print(losses[0] > losses[-1])
    """)
    assert improved == "True\n"


def test_kernels_share_neither_random_numbers_nor_anything_else(kernel):
    draw = """
        import os, random, uuid
        import keras, numpy as np, tensorflow as tf
        print(random.random(), np.random.rand(), float(keras.random.uniform(())))
        print(float(tf.random.uniform(())), keras.layers.Dense(1)(np.ones((1, 4)))[0, 0].numpy())
        print(uuid.uuid4(), os.getpid())
        print(hasattr(keras, "mark"), "MARK" in os.environ)
        keras.mark = os.environ["MARK"] = "here"
    """
    with started() as other:
        ours, theirs = kernel.run(draw).split(), other.run(draw).split()
    assert ours[-2:] == theirs[-2:] == ["False", "False"]
    assert not set(ours[:-2]) & set(theirs[:-2])


SURROUNDINGS = """
    import gc, os, signal, sys, tempfile, warnings
    from ipykernel.kernelapp import IPKernelApp
    print(os.getcwd(), os.environ["GREETING"], os.environ["JPY_PARENT_PID"], tempfile.gettempdir())
    print([argument for argument in sys.argv if not argument.endswith(".json")], sys.path)
    print(sys.executable, sys.flags, sys.warnoptions, sys.dont_write_bytecode, sys.stdin.read())
    print(os.getsid(0) == os.getpgid(0) == os.getpid(), os.umask(0o22), os.nice(0))
    print({s: h for s in signal.valid_signals() if (h := signal.getsignal(s)) is not signal.SIG_DFL})
    print(signal.pthread_sigmask(signal.SIG_BLOCK, ()))
    print(gc.isenabled(), gc.get_threshold(), gc.get_freeze_count())
    print(__name__, type(get_ipython()).__mro__, type(IPKernelApp.instance()), sys.ps1)
    print(type(sys.stdout), type(sys.stderr), sys.__stdout__, sys.displayhook)
    import helpers, keras, tensorflow, ipywidgets, matplotlib.pyplot as plt, logging, comm
    print(plt.get_backend(), plt.isinteractive(), sorted(comm.get_comm_manager().targets))
    print(logging.root.handlers, logging.root.level, tensorflow.get_logger().handlers)
    print(sorted(name for name in os.environ if name not in ("MARK",)))
    print(len(os.listdir("/proc/self/fd")) < 90)
"""


def test_surroundings_are_those_of_a_plain_kernel(kernel, tmp_path):
    settings = {"cwd": str(tmp_path), "env": {"GREETING": "good morning", "TMPDIR": str(tmp_path)}}
    said = []
    for provisioner in (kernels.NAME, PLAIN):
        with started(provisioner, **settings) as one:
            assert one.is_warm == (provisioner == kernels.NAME)
            said.append(re.sub(r"0x[0-9a-f]+|line \d+", "", one.run(SURROUNDINGS)).splitlines())
    for ours, theirs in zip(*said, strict=True):
        assert ours == theirs
    assert said[0][0].startswith(f"{tmp_path} good morning {os.getpid()} {tmp_path}")


def test_interrupt(kernel):
    kernel.run("kept = 1")
    for endless in ("while True: pass", "import time; time.sleep(86399)"):
        message = kernel.client.execute(f"print('begun')\n{endless}", stop_on_error=False)
        printed(kernel, "begun")
        kernel.manager.interrupt_kernel()
        while (reply := kernel.client.get_shell_msg(timeout=PATIENCE))["parent_header"][
            "msg_id"
        ] != message:
            pass
        assert reply["content"]["ename"] == "KeyboardInterrupt"
    assert kernel.value("kept") == 1


def test_restart_gives_a_fresh_kernel(kernel):
    kernel.run("kept = 1")
    before = kernel.process
    kernel.manager.restart_kernel()
    kernel.client.wait_for_ready(PATIENCE)
    assert kernel.is_warm
    assert gone(before.pid)
    assert kernel.process != before
    assert kernel.outputs("kept")[0]["ename"] == "NameError"


def test_a_kernel_that_died_is_noticed(kernel):
    kernel.client.execute("import os; os._exit(3)")
    assert gone(kernel.process.pid)
    assert not kernel.manager.is_alive()


def test_shutdown_leaves_no_process(kernel):
    number = kernel.process.pid
    child = kernel.run("import subprocess; print(subprocess.Popen(['sleep', '3600']).pid)")
    kernel.manager.shutdown_kernel()
    assert gone(number)
    assert gone(int(child))


def test_shutdown_loses_nothing(kernel, tmp_path):
    number = kernel.process.pid
    kernel.run(f"""
        import atexit, pathlib
        here = pathlib.Path({str(tmp_path)!r})
        atexit.register(lambda: (here / "at_exit").write_text("was run"))
        not_closed = (here / "written").open("w")
        not_closed.write("and kept") and None
    """)
    kernel.client.shutdown()
    assert gone(number)
    assert (tmp_path / "at_exit").read_text() == "was run"
    assert (tmp_path / "written").read_text() == "and kept"


@pytest.mark.long
def test_kernel_outlives_the_warm_process(kernel):
    warm = warm_up()
    kernel.run("kept = 1")
    warm.close()
    kernel.run("import time; time.sleep(1.5)")  # it looks once a second whether it is to end
    assert kernel.value("kept") == 1
    test_interrupt(kernel)
    with started() as other:
        assert other.is_warm
    kernel.manager.shutdown_kernel()
    assert not kernel.manager.is_alive()


def test_kernel_ends_with_its_server():
    server = """
        import sys
        from jupyter_client.manager import KernelManager
        from autograde.kernels import provisioner as kernels
        manager = KernelManager(kernel_name="python3")
        manager.kernel_spec.metadata["kernel_provisioner"] = {"provisioner_name": kernels.NAME}
        manager.start_kernel()
        print(manager.provisioner.process.pid, kernels.warm_up()._process.pid, flush=True)
        sys.stdin.read()
    """
    command = [sys.executable, "-c", textwrap.dedent(server)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, **pipes, text=True) as process:
        numbers = [int(number) for number in process.stdout.readline().split()]
        assert all(map(psutil.pid_exists, numbers))
        process.kill()
    assert all(map(gone, numbers))


@pytest.mark.parametrize(
    ("possible", "settings"),
    [(False, {}), (True, {"env": {"TF_ENABLE_ONEDNN_OPTS": "1"}}), (True, {"independent": True})],
    ids=["fork is not safe", "another setting of TensorFlow", "another way to start"],
)
def test_plain_kernel_where_it_has_to_be(monkeypatch, possible, settings):
    monkeypatch.setattr(kernels, "can_fork", lambda: possible)
    with started(**settings) as kernel:
        assert not kernel.is_warm
        assert kernel.value("6 * 7") == 42


def test_plain_kernel_where_the_warm_process_cannot_be_started(monkeypatch):
    warm_up().close()
    monkeypatch.setattr(
        forkserver, "sys", SimpleNamespace(executable="/bin/false", platform=sys.platform)
    )
    with started() as kernel:
        assert not kernel.is_warm


def test_warm_process_is_renewed_when_helpers_have_changed(kernel):
    first = warm_up()
    first.started = 0
    with started() as other:
        assert other.is_warm
    assert warm_up() is not first
    assert kernel.value("6 * 7") == 42


CELLS = [
    "from helpers import checks, plots\n"
    "import keras, tensorflow as tf, numpy as np, matplotlib.pyplot as plt",
    "print('printed')\nimport sys; print('in red', file=sys.stderr)",
    "import warnings; warnings.warn('careful')",
    "from IPython.display import display, HTML; display(HTML('<b>bold</b>')); {'a': np.arange(3)}",
    "import pandas as pd; pd.DataFrame({'x': [1, 2]})",
    "plt.plot([1, 3, 2]); plt.title('a figure')",
    "fig, ax = plt.subplots(); ax.bar([1, 2], [2, 1]); plt.show(); print('after it')",
    "%matplotlib inline\nplt.imshow(np.eye(3)); None",
    "tf.get_logger().warning('from TensorFlow'); from absl import logging; logging.warning('absl')",
    "keras.utils.set_random_seed(1); model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])"
    "\nmodel.summary(); print(model.predict(np.ones((2, 3)), verbose=0))",
    "from helpers import widgets; import ipywidgets; ipywidgets.IntSlider(value=3)",
    "out = ipywidgets.Output()\nwith out: print('inside')\nout",
    "from sklearn.linear_model import LinearRegression; LinearRegression()",
    "def f(): 1 / 0\nf()",
]


def merged(contents: list[dict]) -> list[dict]:
    """The same, with what a stream brought in pieces as one."""
    whole: list[dict] = []
    for content in contents:
        if whole and "name" in content and content["name"] == whole[-1].get("name"):
            whole[-1]["text"] += content["text"]
        else:
            whole.append(dict(content))
    return whole


def outputs(provisioner: str) -> list[list[dict]]:
    """What the cells show, without what differs from run to run."""
    with started(provisioner) as kernel:
        shown = [merged(kernel.outputs(source)) for source in CELLS]
    text = re.sub(r"[0-9a-f]{32}|0x[0-9a-f]+|ipykernel_\d+/\d+", "...", json.dumps(shown))
    return json.loads(text)


@pytest.mark.long
def test_outputs_are_those_of_a_plain_kernel():
    both = [outputs(provisioner) for provisioner in (kernels.NAME, PLAIN)]
    for source, ours, theirs in zip(CELLS, *both, strict=True):
        assert ours == theirs, source
    assert "image/png" in json.dumps(both[0])
    assert "application/vnd.jupyter.widget-view+json" in json.dumps(both[0])


@pytest.mark.parametrize("provisioner", [kernels.NAME, PLAIN])
def test_what_is_written_past_python_is_shown(provisioner):
    with started(provisioner) as kernel:
        kernel.client.execute("import os; os.system('echo past Python') and None")
        printed(kernel, "past Python")


def test_validation_uses_it(monkeypatch, tmp_path):
    cell = new_code_cell("import sys\nassert 'keras' in sys.modules, 'not warm'")
    cell.metadata.nbgrader = {
        "grade": True, "grade_id": "test", "locked": True, "solution": False, "task": False,
        "points": 1, "schema_version": 3,
    }  # fmt: skip
    nbformat.write(new_notebook(cells=[cell]), tmp_path / "notebook.ipynb")
    factory = KernelProvisionerFactory.instance()
    results = []
    for provisioner in (kernels.NAME, PLAIN):
        monkeypatch.setattr(factory, "default_provisioner_name", provisioner)
        results.append(Validator().validate(str(tmp_path / "notebook.ipynb")))
    assert "failed" not in results[0]
    assert "failed" in results[1]


@pytest.mark.parametrize("warm", [True, False])
def test_a_notebook_that_was_handed_in_runs_no_file_beside_it(tmp_path, monkeypatch, warm):
    """Opening it is no reason to run what a student has called like a module; one's own are imported."""
    monkeypatch.setattr(kernels, "can_fork", lambda: warm)
    (tmp_path / "nbgrader_config.py").write_text("")
    for place in ("submitted/somebody/lesson", "student/lesson"):
        folder = tmp_path / place
        folder.mkdir(parents=True)
        (folder / "my_layers.py").write_text("print('ran')\n")
        (folder / "ipykernel_launcher.py").write_text("raise SystemExit('ran')\n")
    find = "import importlib.util as u; print(u.find_spec('my_layers') is not None)"
    with started(cwd=str(tmp_path / "submitted/somebody/lesson")) as kernel:
        assert kernel.run(find) == "False\n"
    (tmp_path / "student/lesson/ipykernel_launcher.py").unlink()
    with started(cwd=str(tmp_path / "student/lesson")) as kernel:
        assert kernel.run(find) == "True\n"
