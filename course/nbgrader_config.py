"""How nbgrader treats this course; read by every nbgrader command, formgrader and `autograde`."""

from pathlib import Path

from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.preprocessors import ClearHiddenTests, Execute

from autograde.course import Course
from autograde.execute import ExecuteSubmission

c = get_config()  # noqa: F821  (traitlets defines it)

c.CourseDirectory.course_id = "keras_course"
c.CourseDirectory.root = str(Path(__file__).resolve().parent)

# A test cell that a student has deleted is put back, and fails or passes like any other.
c.OverwriteCells.add_missing_cells = True

# nbgrader's own steps, but a cell that hangs or kills its kernel costs that exercise alone.
c.Autograde.autograde_preprocessors = [
    ExecuteSubmission if step is Execute else step
    for step in Autograde.autograde_preprocessors.default_args[0]
]

# What the curriculum says of lessons that take longer, and of exercises that are marked in steps.
_curriculum = Course(Path(__file__).resolve().parents[1]).curriculum()
c.ExecuteSubmission.time_limits = {
    name: lesson.time_limit for name, lesson in _curriculum.items() if lesson.time_limit
}
c.ExecuteSubmission.partial_credit = [
    f"test_{exercise.name}"
    for lesson in _curriculum.values()
    for exercise in lesson.exercises
    if exercise.steps
]

# Feedback shows which check failed and why, but not what the hidden tests try.
c.GenerateFeedback.preprocessors = [
    ClearHiddenTests,
    *GenerateFeedback.preprocessors.default_args[0],
]

# A kernel's notes on how it talks to the grader would be printed between the lines of the progress.
c.Execute.extra_arguments = ["--IPKernelApp.log_level=ERROR"]
