"""The mutants of a program, and what the tests of a lesson make of them."""

from __future__ import annotations

from course_copy import PROJECT
from mutants import EACH, mutants, read_equivalent, scores

from autograde.lesson import exercises, read_lesson

LESSON = "00_start_here"
PROGRAM = '''
def mean(values, start=0, scale=1.0):
    """The mean of values."""
    values = values.copy()
    for value in values:
        start += value
    if not values:
        raise ValueError("no values")
    return scale * start / len(values)
'''


def test_small_changes_are_made_and_texts_are_left_alone():
    found = mutants(PROGRAM)
    assert {
        "def mean(values, start=0, scale=1.0): -> def mean(values, start=1, scale=1.0):",
        "def mean(values, start=0, scale=1.0): -> def mean(values, start=0, scale=2.0):",
        "values = values.copy() -> values = values",
        "start += value -> start -= value",
        "start += value -> start = value",
        "start += value -> pass",
        "if not values: -> if False:",
        "return scale * start / len(values) -> pass",
        "return scale * start / len(values) -> return scale / start / len(values)",
    } <= set(found)
    assert not any("no values" in title or "The mean" in title for title in found)
    assert list(mutants("Dense(name='hidden')").values()) == ["pass"]
    for body in found.values():
        compile(body, "mutant", "exec")


def test_those_listed_as_equivalent_are_mutants_of_the_references():
    answers = {
        e.name: e.solution.source
        for lesson in PROJECT.lessons()
        for e in exercises(read_lesson(PROJECT.source(lesson)))
    }
    for name, titles in read_equivalent().items():
        assert titles <= set(mutants(answers[name])), name


def test_the_tests_of_a_lesson_notice_its_mutants():
    asked = exercises(read_lesson(PROJECT.source(LESSON)))
    for name, score in scores(PROJECT, LESSON, asked):
        assert score.n_mutants >= 5, name
        assert score.share >= EACH, score.survivors


def test_a_mutant_that_passes_is_named(fresh_course):
    """With the hidden part gone, nobody asks for a batch size of 0."""
    tests = fresh_course.tests(LESSON)
    head, _, body = tests.read_text().partition("def test_batch_bounds():\n")
    tests.write_text(
        f"{head}def test_batch_bounds():\n    checks.call(answers.batch_bounds, 4, 2)\n"
    )
    (asked,) = (
        e for e in exercises(read_lesson(PROJECT.source(LESSON))) if e.name == "batch_bounds"
    )
    ((name, score),) = scores(fresh_course, LESSON, [asked], sample=4)
    assert name == "batch_bounds"
    assert body
    assert score.survivors
    assert score.share < EACH
