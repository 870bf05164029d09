"""The project's own files agree with one another, and its code is formatted, linted and typed."""

from __future__ import annotations

import ast
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from conftest import LESSONS
from course_copy import PROJECT, copy_project
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = PROJECT.root
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
BIN = Path(sys.executable).parent


def locked(name: str) -> dict[str, list[tuple[str, str]]]:
    """(version, marker) of every package in a lock file."""
    pins: dict[str, list[tuple[str, str]]] = {}
    for line in (ROOT / name).read_text().splitlines():
        if match := re.match(r"^([a-z0-9._-]+)==([^ ;\\]+)(?: ; ([^\\]+))?", line):
            pins.setdefault(match[1], []).append((match[2], match[3] or ""))
    return pins


@pytest.mark.parametrize(
    ("lock", "requirements"),
    [
        ("requirements.lock", PYPROJECT["project"]["dependencies"]),
        ("requirements-dev.lock", PYPROJECT["dependency-groups"]["dev"]),
        ("requirements-dev.lock", PYPROJECT["project"]["dependencies"]),
    ],
)
def test_locks_satisfy_pyproject(lock, requirements):
    pins = locked(lock)
    for requirement in map(Requirement, requirements):
        versions = [version for version, _ in pins[requirement.name]]
        assert versions, requirement
        assert all(version in requirement.specifier for version in versions), requirement


def test_what_the_code_imports_is_declared():
    declared = {r.name for r in map(Requirement, PYPROJECT["project"]["dependencies"])}
    declared.add("tensorflow")
    own = {"autograde", "helpers", "pyarrow"}  # pyarrow: only make_datasets.py, which says so
    providers = packages_distributions()
    for path in (p for folder in ("autograde", "helpers") for p in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            named = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                named = [node.module]
            for module in (
                {name.partition(".")[0] for name in named} - own - sys.stdlib_module_names
            ):
                by = {name.lower().replace("_", "-") for name in providers[module]}
                assert by & declared, f"{path}: {module} comes with {by}"


def test_both_locks_pin_the_same_versions():
    course, dev = locked("requirements.lock"), locked("requirements-dev.lock")
    assert {name: pins for name, pins in dev.items() if name in course} == course


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_have_hashes_and_no_address(lock):
    text = (ROOT / lock).read_text()
    packages = re.split(r"\n(?=[a-z0-9._-]+==)", text)[1:]
    assert len(packages) > 100
    assert all("--hash=sha256:" in package for package in packages)
    assert not re.search(r"--(extra-)?index-url|--find-links|https?://", text)


def test_conda_environment_is_the_same():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    conda = [entry for entry in environment["dependencies"] if isinstance(entry, str)]
    pip = next(entry["pip"] for entry in environment["dependencies"] if isinstance(entry, dict))
    python = next(entry.removeprefix("python ") for entry in conda if entry.startswith("python "))
    assert SpecifierSet(python) == SpecifierSet(PYPROJECT["project"]["requires-python"])
    # All packages come from the lock file, so there is no second list that could differ.
    assert pip == ["-r requirements.lock"]
    assert set(conda) == {f"python {python}", "pip"}


def test_makefile_looks_for_the_same_pythons():
    makefile = (ROOT / "Makefile").read_text()
    assert "(3, 11) <= sys.version_info[:2] < (3, 14)" in makefile
    assert PYPROJECT["project"]["requires-python"] == ">=3.11,<3.14"


needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
#: What breaks commands, patterns, scripts and addresses; and longer than the first line of a script may be.
ODD_NAME = "/".join(
    [
        "space, é and 'quote'",
        'dollar $HOME `tick` "double" #hash; & 100% [1]',
        *["a long name"] * 12,
    ]
)


def make(course, *arguments):
    """Run make in a copy of the project, without setting anything up."""
    return subprocess.run(
        ["make", "-o", "setup", *arguments],
        cwd=course.root,
        env={**os.environ, "PYTHONPATH": str(course.root)},
        capture_output=True,
        text=True,
        check=False,
    )


@needs_make
@pytest.mark.long
def test_a_lesson_is_built_and_graded_in_a_folder_of_any_name(tmp_path):
    course, lesson = copy_project(tmp_path / ODD_NAME), LESSONS[0]
    for other in LESSONS[1:]:
        shutil.rmtree(course.source(other).parent)
    done = make(course, "build")
    assert done.returncode == 0, done.stderr
    shutil.copytree(
        course.notebook("release", lesson).parent,
        course.notebook("submitted", lesson, "somebody").parent,
    )
    for command in (["grade", lesson, "--unsafe"], ["feedback", lesson], ["export"]):
        done = subprocess.run(
            [sys.executable, "-m", "autograde", *command],
            cwd=course.root,
            env={**os.environ, "PYTHONPATH": str(course.root)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert course.notebook("feedback", lesson, "somebody").with_suffix(".html").exists()
    assert str(course.folder / "grades.csv") in done.stdout  # in one piece, to be copied
    done = make(course, "clean")
    assert done.returncode == 0, done.stderr
    assert "gradebook.db: it holds students: somebody" in done.stdout
    assert not (course.root / ".venv").exists()
    assert not (course.folder / "release").exists()
    assert course.notebook("submitted", lesson, "somebody").exists()


@pytest.mark.long
@needs_make
def test_demo_sets_itself_up_in_a_folder_of_any_name(tmp_path):
    """A real installation, where everything in the path that could go wrong does."""
    course = copy_project(tmp_path / ODD_NAME)
    (course.root / ".venv").unlink()
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        ["make", "demo"],
        cwd=course.root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert len(done.stdout.splitlines()) < 100
    assert (course.folder / "grades.csv").exists()
    assert course.notebook("feedback", "01_activations", "ada_reference").parent.exists()
    shutil.rmtree(course.root / ".venv")  # two gigabytes, which pytest would keep for a while


@needs_make
@pytest.mark.parametrize("name", ["a:b", "a{b}"])
def test_a_folder_that_cannot_be_is_refused_before_anything_is_done(tmp_path, name):
    course = copy_project(tmp_path / name)
    (course.root / ".venv").unlink()
    done = subprocess.run(
        ["make", "setup"], cwd=course.root, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert f"Move or rename it: {course.root}" in done.stderr
    assert not (course.root / ".venv").exists()


def test_no_gradebook_where_its_address_would_end_early(tmp_path):
    course = copy_project(tmp_path / "what?")
    command = [sys.executable, "-m", "autograde", "--root", str(course.root), "build", LESSONS[0]]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "question mark" in done.stderr
    assert not (tmp_path / "what").exists()


def tiny_wheel(folder):
    """A wheel with one module; gives the line of a lock file that asks for it."""
    path = folder / "tiny_thing-1.0-py3-none-any.whl"
    info = "tiny_thing-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("tiny_thing/__init__.py", "ANSWER = 42\n")
        wheel.writestr(
            f"{info}/METADATA", "Metadata-Version: 2.1\nName: tiny-thing\nVersion: 1.0\n"
        )
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{info}/RECORD", "")
    return f"tiny-thing==1.0 --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


def test_pip_says_how_far_it_is_and_what_went_wrong(tmp_path):
    folder = tmp_path / "an environment"
    venv.create(folder, with_pip=True)
    lock = tmp_path / "some.lock"

    def install(line):
        lock.write_text(line)
        steps = (
            "import sys, install; install.install_with_pip(sys.argv[1]); install.compile_packages()"
        )
        return subprocess.run(
            [folder / "bin" / "python", "-c", steps, lock],
            env={**os.environ, "PYTHONPATH": str(ROOT), "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "."},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    line = tiny_wheel(tmp_path)
    done = install(line)
    assert done.returncode == 0, done.stderr
    for step in ("downloading", "Installing packages", "Compiling files"):
        assert step in done.stdout
    assert "Installing packages: 1 of 1\n" in done.stdout
    assert list(folder.rglob("tiny_thing/__pycache__/*.pyc"))
    done = install(line.replace("1.0", "2.0"))
    assert done.returncode == 1
    assert "No matching distribution found for tiny-thing==2.0" in done.stderr
    assert str(folder / "install.log") in done.stderr


def test_readme_promises_only_what_is_there():
    readme = (ROOT / "README.md").read_text()
    targets = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z-]+)", readme)) <= targets
    commands = subprocess.run(
        [BIN / "autograde", "--help"], capture_output=True, text=True, check=True
    ).stdout
    for command in re.findall(r"\bautograde ([a-z]+)", readme.replace("nbgrader autograde", "")):
        assert re.search(rf"│ {command}\b", commands), command
    for lesson in LESSONS:
        assert f"`{lesson}`" in readme
    for link in re.findall(r"\]\((?!http)([^)#]+)", readme):
        assert (ROOT / link).exists(), link


def test_nothing_reads_folders_outside_the_project():
    files = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for name in files.split():
        if name.endswith((".py", ".toml", ".yml", ".md", "Makefile", "run")):
            assert "shared" + "/" not in (ROOT / name).read_text(), name
        assert not name.endswith((".ipynb", ".pyc"))


def test_formatting_and_linting():
    for command in (["format", "--check"], ["check"]):
        done = subprocess.run(
            [BIN / "ruff", *command, "."], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout


@pytest.mark.long
def test_types():
    command = [BIN / "basedpyright", "--level", "error"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", sorted((ROOT / "autograde" / "sandbox").glob("*.py")), ids=str)
def test_what_runs_untrusted_knows_nothing_of_grading(path):
    imported = {
        node.module or ""
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom)
    }
    others = {"autograde.forkserver.preload", "autograde.forkserver.server"}
    for module in imported - others:
        assert not module.startswith("autograde") or module.startswith("autograde.sandbox"), module


def test_a_notebook_is_read_without_grammars_of_addresses():
    """jsonschema would build forty of them, which takes longer than all else that a command does."""
    code = "import autograde, nbformat, sys; print('lark' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
