"""What the tests share: copies of the course, so that nothing touches the real course folder."""

from __future__ import annotations

import pytest
from course_copy import PROJECT, copy_course

import helpers  # noqa: F401  (before any test imports TensorFlow, so that it starts quietly)
from autograde.authoring.build import build
from autograde.course import Course

collect_ignore = ["safety/hostile"]  # submissions, not tests, whatever their names
LESSONS = PROJECT.lessons()
#: For tests that take long with most lessons: all run with `make test-long`, these two with `make test`.
QUICK_LESSONS = ("00_start_here", "01_activations")
LONG_FOR_MOST = [
    pytest.param(name, marks=() if name in QUICK_LESSONS else pytest.mark.long) for name in LESSONS
]


def pytest_addoption(parser: pytest.Parser) -> None:
    help = "in the longer tests every Nth lesson, and every Nth attempt of each bank"
    parser.addoption("--sample", type=int, default=1, metavar="N", help=help)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out lessons, where a sample is asked for and the test does not take it by itself."""
    chosen = LESSONS[:: config.getoption("sample")]

    def is_left_out(item: pytest.Item) -> bool:
        lesson = getattr(item, "callspec", None) and item.callspec.params.get("lesson")  # pyright: ignore
        return (
            item.get_closest_marker("long") is not None
            and lesson in LESSONS
            and lesson not in chosen
            and "sample" not in item.fixturenames  # pyright: ignore[reportAttributeAccessIssue]
        )

    left_out = [item for item in items if is_left_out(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture
def sample(pytestconfig) -> int:
    """For tests that take their own sample, every Nth of what they go through."""
    return pytestconfig.getoption("sample")


@pytest.fixture
def fresh_course(tmp_path) -> Course:
    """A course of which nothing is built."""
    return copy_course(tmp_path / "course_copy")


@pytest.fixture(scope="session")
def built_course(tmp_path_factory) -> Course:
    """A course with every lesson built. Tests may add submissions under names of their own."""
    course = copy_course(tmp_path_factory.mktemp("built") / "course_copy")
    configuration = course.folder / "nbgrader_config.py"
    # Seconds of its own; endless loops then do not hold up the tests.
    configuration.write_text(f"{configuration.read_text()}\nc.SubmissionLimits.cell_time = 10.0\n")
    for lesson in course.lessons():
        build(course, lesson)
    return course
