"""Each exercise stands alone: a right answer gets its points, whatever has become of all the others."""

from __future__ import annotations

import copy
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import LONG_FOR_MOST

from autograde.grading import plan
from autograde.grading.execution import PASSED, execute
from autograde.lesson import exercises, grade_id
from autograde.sandbox.confine import missing_protections

pytestmark = pytest.mark.skipif(bool(list(missing_protections())), reason="no sandbox here")
#: What stands in the cells of all other answers, in place of what was handed out.
BROKEN = "def nothing(:"


@pytest.mark.parametrize("others", [None, BROKEN], ids=["not written", "not Python"])
@pytest.mark.parametrize("lesson", LONG_FOR_MOST)
def test_an_answer_needs_no_other(built_course, lesson, others):
    built = plan.Lesson(built_course, lesson)
    answers = {e.name: e.solution.source for e in exercises(built.source)}

    def alone(name):
        submission = copy.deepcopy(built.release)
        for cell in submission.cells:
            if grade_id(cell) in answers:
                cell.source = answers[name] if grade_id(cell) == name else others or cell.source
        result = execute(built.job(built.clean(submission)))
        return {test: verdict.outcome == PASSED for test, verdict in result.verdicts.items()}

    with ThreadPoolExecutor(2) as pool:
        passed = dict(zip(answers, pool.map(alone, answers), strict=True))
    for name, tests in passed.items():
        assert [test for test, ok in tests.items() if ok] == [f"test_{name}"], (name, tests)
