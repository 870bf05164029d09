"""Building: the same bytes each time, only what changed, nothing unchecked in the release."""

from __future__ import annotations

import sqlite3
from textwrap import indent

import nbformat
import pytest
from conftest import LESSONS
from course_copy import copy_course
from nbgrader.api import Gradebook

from autograde.authoring.build import build
from autograde.authoring.handout import to_repair
from autograde.course import TESTS, Course, CourseError
from autograde.grading import reports, session
from autograde.grading.gradebook import open_gradebook
from autograde.grading.recorder import Recorder
from autograde.lesson import exercises, grade_id


@pytest.mark.parametrize("lesson", LESSONS)
def test_two_builds_give_the_same_bytes(built_course, tmp_path_factory, lesson):
    other = copy_course(tmp_path_factory.mktemp("other") / "somewhere" / "else")
    build(other, lesson)
    for step in ("source", "release"):
        mine, theirs = built_course.notebook(step, lesson), other.notebook(step, lesson)
        assert mine.read_bytes() == theirs.read_bytes()


def test_only_what_changed_is_built(fresh_course):
    lesson = LESSONS[0]
    assert build(fresh_course, lesson)
    assert not build(fresh_course, lesson)
    source = fresh_course.source(lesson)
    source.write_text(
        source.read_text().replace("# ## Summary", "# ## Summary\n#\n# One more line.")
    )
    assert build(fresh_course, lesson)
    assert "One more line." in fresh_course.notebook("release", lesson).read_text()


def test_files_beside_a_lesson_are_handed_out(fresh_course):
    lesson = LESSONS[0]
    (fresh_course.source(lesson).parent / "table.csv").write_text("a,b\n1,2\n")
    build(fresh_course, lesson)
    release = fresh_course.notebook("release", lesson).parent
    assert (release / "table.csv").read_text() == "a,b\n1,2\n"
    assert not (release / "lesson.py").exists()


def test_a_second_notebook_is_handed_out_and_is_no_part_of_the_assignment(fresh_course):
    lesson = LESSONS[0]
    source = fresh_course.source(lesson)
    link = "[Going further](going_further/00_start_here_going_further.ipynb)"
    text = source.read_text().replace(
        "## Where to go next\n#\n", f"## Where to go next\n#\n# {link}\n#\n"
    )
    assert link in text
    source.write_text(text)
    fresh_course.going_further(lesson).write_text(
        "# %% [markdown]\n# # 00 · Going further: more\n\n# %%\nprint(1)\n"
    )
    assert build(fresh_course, lesson)
    release = fresh_course.notebook("release", lesson).parent
    assert sorted(path.name for path in release.iterdir()) == [
        f"{lesson}.ipynb",
        "error_clinic.md",
        "going_further",
        "tests.py",
    ]
    (second,) = (release / "going_further").iterdir()
    assert f"]({second.relative_to(release)})" in text
    assert [cell.source for cell in nbformat.read(second, as_version=4).cells][1:] == ["print(1)"]
    with open_gradebook(fresh_course) as gradebook:
        assert [n.name for n in gradebook.find_assignment(lesson).notebooks] == [lesson]


def test_formgraders_own_button_hands_out_no_hidden_test(fresh_course):
    lesson = LESSONS[0]
    build(fresh_course, lesson)
    tests = fresh_course.notebook("release", lesson).with_name(TESTS)
    shown = tests.read_bytes()
    tests.unlink()
    assert fresh_course.nbgrader().generate_assignment(lesson, force=True)["success"]
    assert tests.read_bytes() == shown
    whole = fresh_course.notebook("source", lesson).with_name(TESTS)
    whole.write_text(whole.read_text().replace("### END HIDDEN TESTS", "", 1))
    assert not fresh_course.nbgrader().generate_assignment(lesson, force=True)["success"]
    assert not tests.exists()


def test_a_lesson_that_fails_the_linter_is_not_released(fresh_course):
    lesson = LESSONS[0]
    build(fresh_course, lesson)
    source = fresh_course.source(lesson)
    source.write_text(source.read_text().replace('"points": 1,', '"points": 7,', 1))
    with pytest.raises(CourseError, match="has 7 points; the curriculum says 1"):
        build(fresh_course, lesson)
    source.write_text(source.read_text().replace('"points": 7,', '"points": 1,', 1))
    assert build(fresh_course, lesson)


def test_a_leak_is_not_released(fresh_course):
    lesson = LESSONS[0]
    build(fresh_course, lesson)
    release = fresh_course.notebook("release", lesson).read_bytes()
    source = fresh_course.source(lesson)
    leak = '# %% tags=["skip-execution"]\nimages = np.zeros(3)\nif True:\n    return_ = 0\n'
    leak += '# %% [markdown]\n# ```\n# return images.astype("float32") / 255\n# ```\n'
    text = source.read_text()
    source.write_text(
        text.replace(
            "# %% [markdown]\n# ## Broadcasting", leak + "\n# %% [markdown]\n# ## Broadcasting"
        )
    )
    with pytest.raises(CourseError, match="gives away a line of a solution"):
        build(fresh_course, lesson)
    assert fresh_course.notebook("release", lesson).read_bytes() == release


@pytest.mark.parametrize("lesson", LESSONS)
def test_release_holds_stubs_and_open_tests_only(built_course, lesson):
    release = nbformat.read(built_course.notebook("release", lesson), as_version=4)
    source = nbformat.read(built_course.notebook("source", lesson), as_version=4)
    specs = [s for s in built_course.curriculum()[lesson].exercises if not s.by_hand]
    assert [e.name for e in exercises(release)] == [spec.name for spec in specs]
    assert [e.points for e in exercises(release)] == [spec.points for spec in specs]
    for stub, original in zip(exercises(release), exercises(source), strict=True):
        program = to_repair(original.solution.source) or "raise NotImplementedError()"
        assert indent(program, "    ") in stub.solution.source
        assert stub.test.source == original.test.source == f'checks.run("{stub.name}")'
        assert stub.test.metadata.editable is False
    tests, shown = (
        built_course.notebook(step, lesson).with_name(TESTS).read_text()
        for step in ("source", "release")
    )
    assert tests == built_course.tests(lesson).read_text()
    assert "HIDDEN" not in shown
    assert 0 < len(shown.splitlines()) < len(tests.splitlines())
    assert {c.id for c in release.cells} == {c.id for c in source.cells}
    assert [grade_id(c) for c in release.cells] == [grade_id(c) for c in source.cells]


def test_a_lesson_is_built_for_another_gradebook(fresh_course):
    lesson = LESSONS[0]
    build(fresh_course, lesson)
    other = Course(fresh_course.root, f"sqlite:///{fresh_course.folder / 'other.db'}")
    assert build(other, lesson) is not None
    assert build(other, lesson) is None
    assert build(fresh_course, lesson) is None  # it still knows the lesson
    (fresh_course.folder / "gradebook.db").unlink()
    assert build(fresh_course, lesson) is not None
    with Gradebook(fresh_course.gradebook_url) as gradebook:
        gradebook.remove_assignment(lesson)
    assert build(fresh_course, lesson) is not None


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("gradebook.db", "Could not parse"),
        ("postgresql+pg8000://grader:secret@127.0.0.1:1/grades", "cannot be used"),
        ("postgres://127.0.0.1/grades", "cannot be used"),
        ("mysql://127.0.0.1/grades", "cannot be used"),
        ("sqlite:////nowhere/at/all.db", "unable to open"),
        (f"sqlite:///{__file__}", "is not a database"),
    ],
)
def test_a_gradebook_that_cannot_be_used_is_named(fresh_course, url, reason):
    course = Course(fresh_course.root, url)
    with pytest.raises(CourseError, match=reason) as problem:
        build(course, LESSONS[0])
    assert "secret" not in str(problem.value)
    with pytest.raises(CourseError, match=reason):
        reports.state(course, LESSONS[0])
    assert not fresh_course.notebook("release", LESSONS[0]).exists()


def test_a_gradebook_of_an_older_nbgrader_is_named(fresh_course):
    build(fresh_course, LESSONS[0])
    database = sqlite3.connect(fresh_course.folder / "gradebook.db")
    database.execute("ALTER TABLE submitted_notebook DROP COLUMN late_submission_penalty")
    database.commit()
    database.close()
    notebook = fresh_course.notebook("submitted", LESSONS[0], "ada")
    notebook.parent.mkdir(parents=True)
    notebook.write_bytes(fresh_course.notebook("release", LESSONS[0]).read_bytes())
    with pytest.raises(CourseError, match="nbgrader db upgrade"):
        session.grade(fresh_course, Recorder(fresh_course), LESSONS[0])
    with pytest.raises(CourseError, match="nbgrader db upgrade"):
        reports.reports(fresh_course, LESSONS[0])


def test_unknown_lesson_is_named(fresh_course):
    with pytest.raises(CourseError, match="There is no lesson '99_nowhere'"):
        fresh_course.choose(["99_nowhere"])
