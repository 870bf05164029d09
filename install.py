"""Install a lock file's packages into this Python's environment, and say how far it is.

`make setup` runs it with the environment's own Python, before anything is installed: it needs the standard
library only. Where uv is there it does the work, and shows its own progress; else pip does, whose own words
go to a log. Packages are compiled to bytecode here: TensorFlow then imports in 4 s, not 10.
"""

from __future__ import annotations

import compileall
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

SITE_PACKAGES = Path(sysconfig.get_path("purelib"))
LOG = Path(sys.prefix) / "install.log"


class Progress:
    """One line that is written anew in a terminal; elsewhere, a line for each fifth of the way."""

    def __init__(self, what: str) -> None:
        """Say what begins."""
        self._what, self._started, self._fifth, self._width = what, time.monotonic(), 0, 0
        if not sys.stdout.isatty():
            print(f"{what} ...", flush=True)

    def show(self, done: int, total: int, now: str = "") -> None:
        """Say how many of how many are done, and what is at work now."""
        line = f"{self._what}: {done} of {total}"
        if sys.stdout.isatty():
            line += f", {time.monotonic() - self._started:.0f} s{now and f'; {now}'}"
            line = line[: shutil.get_terminal_size().columns - 1]
            print(f"\r{line:<{self._width}}", end="\n" if done >= total else "", flush=True)
            self._width = len(line)
        elif (fifth := 5 * done // max(total, 1)) > self._fifth:
            self._fifth = fifth
            print(line, flush=True)


def install_with_pip(lock: str) -> None:
    """Install with pip; where that fails, show what it said and exit as it did."""
    entries = len(re.findall(r"^[A-Za-z0-9._-]+==", Path(lock).read_text(encoding="utf-8"), re.M))
    command = [sys.executable, "-m", "pip", "install", "--no-compile", "--progress-bar", "off"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    with LOG.open("w", encoding="utf-8") as log:
        pip = subprocess.Popen(
            [*command, "-r", lock], stdout=log, stderr=subprocess.STDOUT, env=environment
        )
        downloading = Progress("Looking for packages and downloading them")
        while pip.poll() is None and "\nInstalling collected packages" not in _log():
            seen = re.findall(r"^(?:Collecting|Ignoring|Requirement already) ", _log(), re.M)
            files = re.findall(r"^ +Downloading (.+)", _log(), re.M)
            downloading.show(min(len(seen), entries - 1), entries, files[-1] if files else "")
            time.sleep(0.5)
        if not pip.poll():
            downloading.show(entries, entries)
        if collected := re.search(r"^Installing collected packages: (.+)", _log(), re.M):
            installing, before = Progress("Installing packages"), _installed()
            total = len(collected[1].split(", "))
            while pip.poll() is None:
                installing.show(min(len(_installed() - before), total - 1), total)
                time.sleep(0.5)
            installing.show(total, total)
    if pip.returncode:
        said = _log().splitlines()
        first = next((i for i, line in enumerate(said) if "ERROR" in line), len(said))
        print("\n", "\n".join(said[min(first, max(len(said) - 20, 0)) :]), sep="", file=sys.stderr)
        print(
            f"\npip could not install the packages. All that it said is in {LOG}", file=sys.stderr
        )
        sys.exit(pip.returncode)


def compile_packages() -> None:
    """Compile to bytecode, on all cores, what is not compiled yet."""
    files = sorted(SITE_PACKAGES.rglob("*.py"))
    compiling = Progress("Compiling files")
    with ProcessPoolExecutor() as processes:
        for done, _ in enumerate(processes.map(_compile, files, chunksize=20), start=1):
            if done % 100 == 0 or done == len(files):
                compiling.show(done, len(files))


def _compile(file: Path) -> None:
    # Silent, as with pip: some packages bring templates that are no Python.
    compileall.compile_file(file, quiet=2)


def _log() -> str:
    return LOG.read_text(encoding="utf-8", errors="replace")


def _installed() -> set[str]:
    return {path.name for path in SITE_PACKAGES.glob("*.dist-info")}


def main(arguments: Iterable[str]) -> None:
    """Install these lock files, then the course itself, which is not copied."""
    uv = shutil.which("uv")
    for lock in arguments:
        if uv:
            command = [uv, "pip", "install", "--compile-bytecode", "-r", lock]
            _run([*command, "--python", sys.executable])
        else:
            install_with_pip(lock)
    own = ["--quiet", "--no-deps", "--no-build-isolation", "--editable", "."]
    if uv:
        _run([uv, "pip", "install", "--python", sys.executable, *own])
    else:
        compile_packages()
        _run([sys.executable, "-m", "pip", "install", "--disable-pip-version-check", *own])


def _run(command: list[str]) -> None:
    if status := subprocess.run(command, check=False).returncode:
        sys.exit(status)


if __name__ == "__main__":
    main(sys.argv[1:])
