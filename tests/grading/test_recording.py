"""What is recorded, and when: everything that a grade depends on, and nothing that a person did is lost."""

from __future__ import annotations

import csv
import json
import re
import shutil
from datetime import datetime, timedelta

import nbformat
import pytest
from course_copy import copy_course
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from autograde import cli
from autograde.authoring import build as building
from autograde.authoring.build import build
from autograde.course import Course, CourseError
from autograde.grading import gradebook as books
from autograde.grading import reports, session
from autograde.grading.feedback import feedback_page
from autograde.grading.recorder import Recorder
from autograde.lesson import grade_id

LESSON = "00_start_here"
RIGHT = 'def scale_pixels(images):\n    return images.astype("float32") / 255\n'
ABOUT = (
    '{"grade": true, "grade_id": "why", "locked": false, "points": 3, "schema_version": 3, '
    '"solution": true, "task": false}'
)
TASK = """
# %% [markdown]
# ### Exercise: `why` (3 points)
#
# Why are pixels scaled?
#
# **Rubric** A point for each reason.

# %% [markdown] nbgrader=ABOUT
# ### BEGIN SOLUTION
# Any text.
# ### END SOLUTION

"""
LATE_COSTS_ALL = "\nc.LateSubmissionPlugin.penalty_method = 'zero'\n"
DUE = datetime(2026, 11, 27, 10)


def edit(path, *changes):
    text = path.read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text)


def add_text(course, name="why"):
    """Give the lesson an exercise that a person marks."""
    task = TASK.replace("ABOUT", ABOUT).replace("why", name)
    edit(
        course.source(LESSON),
        ("# %% [markdown]\n# ## Handing in", f"{task}# %% [markdown]\n# ## Handing in"),
    )
    end = "]\n\n[01_activations]"
    edit(
        course.sources / "curriculum.toml", (end, f'    {{ text = "{name}", points = 3 }},\n{end}')
    )


def remove(course, exercise):
    """Take an exercise out of the lesson."""
    source, curriculum = course.source(LESSON), course.sources / "curriculum.toml"
    cells = re.split(r"^(?=# %%)", source.read_text(), flags=re.MULTILINE)
    named = (f'"{exercise}"', f'"test_{exercise}"', f"# ### Exercise: `{exercise}")
    source.write_text("".join(c for c in cells if not any(name in c for name in named)))
    lines = curriculum.read_text().splitlines(keepends=True)
    curriculum.write_text("".join(line for line in lines if f'= "{exercise}' not in line))
    edit(course.tests(LESSON), (f"def test_{exercise}(", f"def _no_longer_{exercise}("))


@pytest.fixture(scope="module")
def graded_course(tmp_path_factory):
    """A course in which one student has been graded."""
    course = copy_course(tmp_path_factory.mktemp("graded") / "course_copy")
    add_text(course)
    build(course, LESSON)
    hand_in(course, "ada", {"scale_pixels": RIGHT, "why": "They are large."})
    assert grade(course)["ada"].points == 1
    return course


@pytest.fixture
def course(graded_course, tmp_path):
    """A copy of it, which a test may change; what has been run is not run again."""
    return Course(shutil.copytree(graded_course.root, tmp_path / "course_copy"))


def hand_in(course, student, answers, time=None):
    notebook = nbformat.read(course.notebook("release", LESSON), as_version=4)
    for cell in notebook.cells:
        cell.source = answers.get(grade_id(cell), cell.source)
    path = course.notebook("submitted", LESSON, student)
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    if time is not None:
        path.with_name("timestamp.txt").write_text(time)


def grade(course):
    """Grade the lesson; return the reports by student."""
    assert session.grade(course, Recorder(course), LESSON, workers=1) == {}
    return {report.student: report for report in reports.reports(course, LESSON)}


def is_due(course, student="ada"):
    (planned,) = session.plan(course, LESSON, [student])
    return not planned.up_to_date


def mark(course, cell, points, student="ada", comment=""):
    """Give points as a person does in formgrader."""
    with Gradebook(course.gradebook_url) as gradebook:
        row = gradebook.find_grade(cell, LESSON, LESSON, student)
        row.manual_score, row.needs_manual_grade = points, False
        if comment:
            answer = cell.removeprefix("test_")
            gradebook.find_comment(answer, LESSON, LESSON, student).manual_comment = comment
        gradebook.db.commit()


def set_deadline(course, due):
    with Gradebook(course.gradebook_url) as gradebook:
        gradebook.update_or_create_assignment(LESSON, duedate=due)


def totals(course, student="ada"):
    """Score and maximum of a student, by nbgrader's own sums: the lesson's, the student's, the export's."""
    with Gradebook(course.gradebook_url) as gradebook:
        submission, person = (
            gradebook.find_submission(LESSON, student),
            gradebook.find_student(student),
        )
        found = [(submission.score, submission.max_score), (person.score, person.max_score)]
        row = next(d for d in gradebook.submission_dicts(LESSON) if d["student"] == student)
        found.append((row["score"], row["max_score"]))
    with reports.export(course).open() as file:
        rows = [r for r in csv.DictReader(file) if r["student_id"] == student]
    found += [(float(r["score"]), float(r["max_score"])) for r in rows]
    assert len(set(found)) == 1
    return found[0]


def manual(course, cell, student="ada"):
    with Gradebook(course.gradebook_url) as gradebook:
        row = gradebook.find_grade(cell, LESSON, LESSON, student)
        comment = gradebook.find_comment(cell.removeprefix("test_"), LESSON, LESSON, student)
        return row.manual_score, comment.manual_comment


# What makes a record be made anew


def test_what_did_not_change_is_left_alone(course):
    mark(course, "why", 2)
    assert grade(course)["ada"].grades["why"] == (2, "")
    assert not is_due(course)


def test_a_text_handed_in_again_is_recorded(course):
    mark(course, "why", 2, comment="Which?")
    hand_in(course, "ada", {"scale_pixels": RIGHT, "why": "They are large, and vary."})
    assert is_due(course)
    assert grade(course)["ada"].grades["why"] == (2, "to be marked by hand")
    assert "and vary" in course.notebook("autograded", LESSON, "ada").read_text()
    assert manual(course, "why") == (2, "Which?")


def test_changed_points_are_recorded(course):
    edit(
        course.source(LESSON),
        (
            '"test_scale_pixels", "locked": true, "points": 1',
            '"test_scale_pixels", "locked": true, "points": 2',
        ),
    )
    edit(
        course.sources / "curriculum.toml",
        ('"scale_pixels(images)", points = 1', '"scale_pixels(images)", points = 2'),
    )
    assert str(build(course, LESSON)) == "points changed: scale_pixels 1 → 2"
    assert grade(course)["ada"].points == 2
    assert totals(course) == (2, 6)


@pytest.mark.parametrize("what", ["gradebook", "student", "row", "page"])
def test_what_is_gone_is_recorded_again(course, what):
    if what == "gradebook":
        (course.folder / "gradebook.db").unlink()
    elif what == "page":
        shutil.rmtree(course.folder / "autograded")
    else:
        with Gradebook(course.gradebook_url) as gradebook:
            if what == "student":
                gradebook.remove_student("ada")
            else:
                gradebook.db.delete(
                    gradebook.find_grade("test_scale_pixels", LESSON, LESSON, "ada")
                )
                gradebook.db.commit()
    assert is_due(course)
    assert grade(course)["ada"].points == 1


def test_each_gradebook_has_its_own_grades(course):
    other = Course(course.root, f"sqlite:///{course.folder / 'other.db'}")
    hand_in(other, "ada", {})
    assert grade(other)["ada"].points == 0
    assert is_due(course)
    assert grade(course)["ada"].points == 0


def test_a_failure_is_told_once(course):
    """A person who has looked at it and given points is not asked again for the same."""
    recorder = Recorder(course)
    recorder.record_failure(LESSON, "ada", "no disk")
    with Gradebook(course.gradebook_url) as gradebook:
        assert gradebook.find_submission(LESSON, "ada").score == 0
    mark(course, "test_scale_pixels", 1)
    for reason, asked in (("no disk", False), ("no memory", True)):
        recorder.record_failure(LESSON, "ada", reason)
        with Gradebook(course.gradebook_url) as gradebook:
            row = gradebook.find_grade("test_scale_pixels", LESSON, LESSON, "ada")
            assert (row.score, row.needs_manual_grade) == (1, asked)


def test_an_unreadable_notebook_is_recorded_once_and_again_when_it_changes(course):
    path = course.notebook("submitted", LESSON, "ada")
    path.write_text("{ nothing")
    for _ in range(2):  # named at the end of each run, recorded by the first
        named = session.grade(course, Recorder(course), LESSON, workers=1)
        assert "is no notebook" in named["ada"]
        assert not is_due(course)
    hand_in(course, "ada", {"scale_pixels": RIGHT})
    assert grade(course)["ada"].points == 1


# What is old


def test_a_page_does_not_outlive_its_grades(course):
    page = feedback_page(course, LESSON, "ada")
    grade(course)
    assert page.exists()
    assert reports.state(course, LESSON)[1:] == (1, 1, 1, 1)
    hand_in(course, "ada", {})
    assert reports.state(course, LESSON).graded == 0
    grade(course)
    assert not page.exists()
    assert reports.state(course, LESSON).feedback == 0


def test_a_grade_without_its_submission_is_named(course):
    hand_in(course, "ben", {})
    shutil.rmtree(course.folder / "submitted" / "ada")
    report = grade(course)["ada"]
    assert report.points == 1
    assert report.remarks == ("graded before, no submission there now",)


# Being late


@pytest.fixture
def strict(course):
    """A course in which who is late gets nothing."""
    edit(
        course.folder / "nbgrader_config.py",
        ("\nc.Autograde.exporter", f"{LATE_COSTS_ALL}c.Autograde.exporter"),
    )
    build(course, LESSON)
    return course


def test_a_deadline_set_and_moved_counts(strict):
    hand_in(strict, "ada", {"scale_pixels": RIGHT, "why": "So."}, "2026-11-27T12:30:00+01:00")
    assert grade(strict)["ada"].points == 1
    mark(strict, "why", 2)
    set_deadline(strict, DUE)
    report = grade(strict)["ada"]
    assert (report.points, report.late_penalty) == (0, 3)
    assert report.remarks == ("-3 late: handed in 1 h 30 min after the deadline",)
    assert report.grades["why"] == (2, "")  # nobody is asked to mark it again
    assert totals_after_penalty(strict) == 0
    set_deadline(strict, DUE + timedelta(hours=2))
    assert grade(strict)["ada"][2:] == ("", 0, ())
    assert totals_after_penalty(strict) == 3


def totals_after_penalty(course):
    with reports.export(course).open() as file:
        return float(next(r["score"] for r in csv.DictReader(file) if r["student_id"] == "ada"))


def test_a_later_time_of_handing_in_and_an_extension_count(strict):
    set_deadline(strict, DUE)
    for time, points in (("9:59", 1), ("10:01", 0)):
        hand_in(strict, "ada", {"scale_pixels": RIGHT}, f"2026-11-27 {time}")
        assert grade(strict)["ada"].points == points
    with Gradebook(strict.gradebook_url) as gradebook:
        gradebook.grant_extension(LESSON, "ada", hours=1)
    assert grade(strict)["ada"].points == 1
    strict.notebook("submitted", LESSON, "ada").with_name("timestamp.txt").write_text("1795867200")
    assert grade(strict)["ada"].points == 0
    strict.notebook("submitted", LESSON, "ada").with_name("timestamp.txt").unlink()
    assert grade(strict)["ada"].points == 1  # nobody says any more that it was late


def test_another_penalty_counts(course):
    set_deadline(course, DUE)
    hand_in(course, "ada", {"scale_pixels": RIGHT}, "Fri Nov 27 14:32:22 CET 2026")
    edit(
        course.folder / "nbgrader_config.py",
        ("\nc.Autograde.exporter", f"{LATE_COSTS_ALL}c.Autograde.exporter"),
    )
    assert grade(course)["ada"].points == 0


@pytest.mark.parametrize("text", ["Fri Nov 27 12:32:22 XYZ 2026", "03/04/2026 10:00", "soon", ""])
def test_a_time_that_is_not_understood_costs_nothing_and_is_said(strict, text):
    """Also where an older time was understood."""
    set_deadline(strict, DUE)
    hand_in(strict, "ada", {"scale_pixels": RIGHT}, "2027-01-01 00:00")
    assert grade(strict)["ada"].points == 0
    hand_in(strict, "ada", {"scale_pixels": RIGHT}, text)
    report = grade(strict)["ada"]
    assert report.points == 1
    assert text in report.remarks[0]
    assert "decide whether it was late" in report.remarks[0]
    mark(strict, "why", 0)
    assert reports.state(strict, LESSON).for_a_person == 1


# Exercises that come and go


def test_an_exercise_is_added_after_grading(course):
    mark(course, "why", 2, comment="Which?")
    add_text(course, "why_not")
    assert str(build(course, LESSON)) == "added why_not"
    hand_in(course, "ben", {"why_not": "Because."})
    reports = grade(course)
    assert reports["ada"].points == 3
    assert reports["ada"].grades["why_not"] == (0, "")  # she wrote nothing
    assert reports["ben"].grades["why_not"] == (0, "to be marked by hand")
    assert manual(course, "why") == (2, "Which?")
    assert totals(course) == (3, 8)


def test_an_exercise_is_removed_and_put_back(course):
    changed = course.source(LESSON), course.sources / "curriculum.toml", course.tests(LESSON)
    before = [path.read_text() for path in changed]
    mark(course, "test_scale_pixels", 0.5, comment="Nearly.")
    mark(course, "why", 2)
    remove(course, "scale_pixels")
    done = str(build(course, LESSON))
    assert done == "removed scale_pixels (its grades are kept, they no longer count)"
    reports = grade(course)
    assert [*reports["ada"].grades] == ["batch_bounds", "why"]
    assert reports["ada"].points == 2
    assert totals(course) == (2, 4)
    assert feedback_page(course, LESSON, "ada").exists()
    for path, text in zip(changed, before, strict=True):
        path.write_text(text)
    assert str(build(course, LESSON)) == "put back scale_pixels (with the grades it had)"
    assert grade(course)["ada"].grades["scale_pixels"].points == 0.5
    assert manual(course, "test_scale_pixels") == (0.5, "Nearly.")
    assert totals(course) == (2.5, 5)


def test_an_exercise_is_renamed(course):
    rename = ("scale_pixels", "to_unit_range")
    for path in (course.source(LESSON), course.tests(LESSON)):
        edit(path, rename)
    edit(course.sources / "curriculum.toml", rename)
    assert str(build(course, LESSON)).startswith("added to_unit_range; removed scale_pixels (")
    assert grade(course)["ada"].grades["to_unit_range"].points == 0
    hand_in(course, "ada", {"to_unit_range": RIGHT.replace(*rename)})
    assert grade(course)["ada"].points == 1


def test_nbgraders_own_command_still_builds_it(course):
    remove(course, "scale_pixels")
    build(course, LESSON)
    assert course.nbgrader().generate_assignment(LESSON)["success"]
    assert build(course, LESSON) is None  # it wrote the same to the gradebook
    assert course.nbgrader().autograde(LESSON, "ada")["success"]


@pytest.mark.parametrize("what", ["gradebook", "swap", "nbgrader", "interrupt"])
def test_a_build_that_fails_leaves_the_last_good_one(course, monkeypatch, what):
    remove(course, "scale_pixels")
    there = {step: course.notebook(step, LESSON).read_bytes() for step in ("source", "release")}

    def fail(*_, **__):
        raise KeyboardInterrupt if what == "interrupt" else OSError("No space left on device")

    with monkeypatch.context() as patch:
        if what == "gradebook":
            patch.setattr(books, "_register_cells", fail)
        elif what == "swap":
            rename = type(course.root).rename
            patch.setattr(
                type(course.root),
                "rename",
                lambda path, to: fail() if path.match("*.new/release/*") else rename(path, to),
            )
        elif what == "interrupt":
            patch.setattr(building, "_cells", fail)
        else:
            patch.setattr("autograde.authoring.lint.lint_release", fail)
        with pytest.raises(KeyboardInterrupt if what == "interrupt" else CourseError):
            build(course, LESSON)
    assert there == {step: course.notebook(step, LESSON).read_bytes() for step in there}
    assert grade(course)["ada"].points == 1
    assert totals(course) == (1, 5)
    assert build(course, LESSON).removed == ["scale_pixels"]
    assert not list((course.folder / ".build").glob("*.new"))


def test_the_command_says_all_of_it(strict):
    def run(*arguments, status=0):
        done = CliRunner(env={"COLUMNS": "250"}).invoke(
            cli.app, ["--root", str(strict.root), *arguments]
        )
        assert done.exit_code == status, done.output
        return " ".join(re.sub(r"[│┃]", " ", done.output).split())

    set_deadline(strict, DUE)
    hand_in(strict, "ada", {"scale_pixels": RIGHT}, "2026-11-27 12:00")
    hand_in(strict, "ben", {}, "soon [/]")
    table = run("grade", LESSON, "--unsafe", status=1)
    assert "-1 late: handed in 2 h after the deadline" in table
    assert "timestamp.txt says 'soon [/]'" in table
    hand_in(strict, "ben", {}, "2026-11-27 09:00")
    shutil.rmtree(strict.folder / "submitted" / "ada")
    assert "graded before, no submission there now" in run("grade", LESSON, "--unsafe")
    found = json.loads(run("grade", LESSON, "--unsafe", "--json"))[LESSON]["ada"]
    assert (found["points"], found["late_penalty"]) == (0, 1)
    remove(strict, "batch_bounds")
    done = "removed batch_bounds (its grades are kept, they no longer count)"
    assert f"{LESSON}: built; {done}" in run("build", LESSON)
    assert f"{LESSON}: up to date" in run("build", LESSON)
