"""helpers.tensorboard: a real TensorBoard on a real folder of logs, asked over HTTP, and gone afterwards."""

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from helpers.tensorboard import Board

ROOT = Path(__file__).parent.parent


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
    with opener.open(url, timeout=10) as answer:
        return answer.read().decode()


def is_gone(url: str) -> bool:
    try:
        read(url)
    except OSError:
        return True
    return False


def test_it_serves_the_logs_and_is_gone_after_stop(logs, capfd):
    board = Board(logs)
    url = board.url
    assert board.running
    assert url is not None
    assert "<title>TensorBoard</title>" in read(url)
    for _ in range(100):  # the logs are read a moment after the page answers
        if "first run/train" in (runs := json.loads(read(url + "data/runs"))):
            break
        time.sleep(0.1)
    assert "first run/train" in runs
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


def test_show_starts_it_again_and_a_block_ends_it(logs):
    with Board(logs) as board:
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
    with Board(logs) as board:
        monkeypatch.setenv("TENSORBOARD_PROXY_URL", "/user/me/proxy/%PORT%/")
        port = str(board.url).rstrip("/").rpartition(":")[2]
        assert repr(board.show("graphs")).endswith(f" /user/me/proxy/{port}/#graphs")


def test_it_ends_with_a_kernel_that_is_killed(logs):
    code = (
        "import sys, time; from helpers.tensorboard import Board; "
        f"print(Board({str(logs)!r}).url, flush=True); time.sleep(600)"
    )
    kernel = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert kernel.stdout is not None
    url = kernel.stdout.readline().strip()
    assert not is_gone(url)
    kernel.kill()  # no atexit
    kernel.wait()
    kernel.stdout.close()
    for _ in range(100):
        if is_gone(url):
            return
        time.sleep(0.1)
    pytest.fail("TensorBoard outlived its kernel by ten seconds")


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="nothing_here"):
        Board(tmp_path / "nothing_here")


def test_it_gives_up_in_time_and_says_so(logs):
    start = time.monotonic()
    with pytest.raises(RuntimeError, match="did not answer within 0"):
        Board(logs, seconds=0)
    assert time.monotonic() - start < 20


def test_what_a_failing_server_wrote_is_shown(logs, monkeypatch):
    monkeypatch.setattr("helpers.tensorboard._SERVER", "raise SystemExit('no such thing')")
    with pytest.raises(RuntimeError, match=r"ended with code 1. It wrote:\nno such thing"):
        Board(logs)
