"""helpers.tensorboard: a real TensorBoard on a real folder of logs, asked over HTTP, and gone afterwards."""

import json
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import pytest
from patience import PATIENCE, comes_true

from helpers import tensorboard
from helpers.tensorboard import Board

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def logs(tmp_path_factory):
    """A folder with one run in it, written by Keras's callback."""
    import keras
    import numpy as np

    folder = tmp_path_factory.mktemp("some logs")
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile("sgd", "mean_squared_error")
    x = np.ones((4, 2), dtype="float32")
    callbacks = [keras.callbacks.TensorBoard(folder / "first run")]
    model.fit(x, x[:, :1], epochs=2, verbose=0, callbacks=callbacks)
    return folder


def read(url: str) -> str:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, timeout=PATIENCE) as answer:
        return answer.read().decode()


def is_gone(url: str) -> bool:
    try:
        read(url)
    except OSError:
        return True
    return False


def test_it_serves_the_logs_and_is_gone_after_stop(logs, capfd):
    board = Board(logs, PATIENCE)
    url = board.url
    assert board.running
    assert url is not None
    assert "<title>TensorBoard</title>" in read(url)
    # The logs are read a moment after the page answers.
    assert comes_true(lambda: "first run/train" in json.loads(read(url + "data/runs")))
    assert url in repr(board)
    process = board._process
    assert process is not None

    page = board.show("images", height=300)
    html = page._repr_html_()
    assert f'src="{url}#images"' in html
    assert 'height="300"' in html
    assert repr(page) == f"TensorBoard at {url}#images"

    board.stop()
    assert is_gone(url)
    assert process.poll() is not None
    assert not board.running
    assert "stopped" in repr(board)
    board.stop()  # a second time does nothing
    assert capfd.readouterr() == ("", "")


@pytest.mark.long
def test_show_starts_it_again_and_a_block_ends_it(logs):
    with Board(logs, PATIENCE) as board:
        first = board.url
        board.stop()
        board.show()
        assert board.url is not None
        assert board.url != first or not is_gone(board.url)
        url = board.url
        board.start()  # runs already
        assert board.url == url
    assert is_gone(url)


def test_a_proxy_in_front_of_jupyter_is_respected(logs, monkeypatch):
    with Board(logs, PATIENCE) as board:
        monkeypatch.setenv("TENSORBOARD_PROXY_URL", "/user/me/proxy/%PORT%/")
        port = str(board.url).rstrip("/").rpartition(":")[2]
        assert repr(board.show("graphs")).endswith(f" /user/me/proxy/{port}/#graphs")


def test_it_ends_with_a_kernel_that_is_killed(logs):
    code = (
        "import sys; from helpers.tensorboard import Board; "
        f"board = Board({str(logs)!r}, {PATIENCE}); print(board.url, flush=True); sys.stdin.read()"
    )
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, cwd=ROOT, **pipes, text=True) as kernel:
        url = kernel.stdout.readline().strip()
        assert not is_gone(url)
        kernel.kill()  # no atexit
    assert comes_true(lambda: is_gone(url))


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="nothing_here"):
        Board(tmp_path / "nothing_here")


def test_it_gives_up_and_says_so_and_leaves_no_server(logs, monkeypatch):
    servers = []
    monkeypatch.setattr(tensorboard, "subprocess", recording(servers))
    with pytest.raises(RuntimeError, match="did not answer within 0 seconds"):
        Board(logs, seconds=0)
    (server,) = servers
    assert server.poll() is not None


def recording(servers):
    """The module `subprocess`, which notes each process that is started."""

    def popen(*args, **kwargs):
        servers.append(subprocess.Popen(*args, **kwargs))
        return servers[-1]

    return SimpleNamespace(**{**vars(subprocess), "Popen": popen})


def test_what_a_failing_server_wrote_is_shown(logs, monkeypatch):
    monkeypatch.setattr("helpers.tensorboard._SERVER", "raise SystemExit('no such thing')")
    with pytest.raises(RuntimeError, match=r"ended with code 1. It wrote:\nno such thing"):
        Board(logs)
