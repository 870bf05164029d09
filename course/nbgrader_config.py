"""How nbgrader treats this course; read by every nbgrader command, formgrader and `autograde`."""

import os
from pathlib import Path

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import AssignLatePenalties, ClearSolutions

from autograde.any_path import allow_any_path
from autograde.authoring.handout import ClearAnswers, ReleaseExporter
from autograde.grading.export import SafeCsvExport
from autograde.grading.pages import FeedbackExporter, ShowGrades
from autograde.grading.record import CleanSubmission, RunSubmission, SaveGrades, SubmissionExporter

c = get_config()  # noqa: F821  (traitlets defines it)

_folder = Path(__file__).resolve().parent
allow_any_path(_folder)
c.CourseDirectory.course_id = "keras_course"
c.CourseDirectory.root = str(_folder)
if _gradebook := os.environ.get("AUTOGRADE_DB"):  # as `autograde --db`
    c.CourseDirectory.db_url = _gradebook

# What is handed out holds no hidden test, not in the file of tests either; and some exercises are programs
# to repair.
c.GenerateAssignment.exporter_class = ReleaseExporter
c.GenerateAssignment.preprocessors = [
    ClearAnswers if step is ClearSolutions else step
    for step in GenerateAssignment.class_traits()["preprocessors"].default()
]

# nbgrader's own autograding, in three steps of this course's: see `autograde.grading.record`.
c.CleanSubmission.root = c.RunSubmission.root = str(_folder.parent)
c.Autograde.exporter_class = SubmissionExporter
c.Autograde.sanitize_preprocessors = [CleanSubmission]
c.Autograde.autograde_preprocessors = [RunSubmission, SaveGrades, AssignLatePenalties]

# Feedback shows which check failed and why; nothing in it runs.
c.GenerateFeedback.exporter_class = FeedbackExporter
c.GenerateFeedback.preprocessors = [ShowGrades, CSSHTMLHeaderPreprocessor]

c.ExportApp.plugin_class = SafeCsvExport
