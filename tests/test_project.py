"""The project's own files agree with one another, and its code is formatted, linted and typed."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from conftest import LESSONS
from course_copy import PROJECT
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
    assert {m for m in imported if m.startswith("autograde")} <= {
        "autograde.sandbox",
        "autograde.sandbox.shell",
    }
