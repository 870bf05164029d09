"""What tests know is in no memory and in no file that a submission could search, whatever it may use."""

from __future__ import annotations

import copy
import struct
from dataclasses import replace

import pytest

from autograde.grading.execution import FAILED, execute
from autograde.grading.plan import Lesson
from autograde.lesson import grade_id
from autograde.sandbox.confine import missing_protections

pytestmark = pytest.mark.skipif(
    bool(list(missing_protections())), reason="this machine has no sandbox; see `autograde doctor`"
)
#: What is planted in the hidden part: a text, an expected number, and another one as the source has it.
PLANTED = {
    "text": b"planted-3f1c9a7be2d84056",
    "number": struct.pack("<d", 0.7391408526817593),
    "source": b"0.2846137905518624",
}
HIDDEN = """
    planted = "planted-3f1c9a7be2d84056"
    checks.call(answers.scale_pixels, np.array([255], dtype="uint8")).equals(
        [1.0], mistakes={planted: [0.7391408526817593], "other": [0.2846137905518624]}
    )
"""
#: Searches everything that the process may read. What it looks for it has in two halves, one of them masked,
#: so that it does not find itself.
SEARCH = """
import ctypes, os

def found_in_memory(wanted):
    counts = dict.fromkeys(wanted, 0)
    for line in open("/proc/self/maps"):
        span, rights, *_, name = f"{line.rstrip()} -".split(" ", 2)[:3] + [line]
        if not rights.startswith("r") or "[v" in line:
            continue
        begin, end = (int(part, 16) for part in span.split("-"))
        if rights[1] != "w" and "/" in line:
            continue  # a file, which is looked at below
        for start in range(begin, end, 1 << 24):
            size = min(end - start, 1 << 24)
            content = ctypes.string_at(start, size)
            for what, (first, masked) in wanted.items():
                at = content.find(first)
                while at >= 0:
                    rest = content[at + len(first) : at + len(first) + len(masked)]
                    counts[what] += bytes(b ^ 255 for b in rest) == masked
                    at = content.find(first, at + 1)
    return counts

def found_in_files(wanted):
    counts = dict.fromkeys(wanted, 0)
    for top in (os.path.dirname(os.getcwd()), "/tmp", "/proc/self", "/proc/self/fd"):
        for folder, folders, files in os.walk(top):
            for file in files:
                try:
                    with open(os.path.join(folder, file), "rb") as opened:
                        content = opened.read(1 << 24)
                except (OSError, ValueError):
                    continue
                for what, (first, masked) in wanted.items():
                    whole = first + bytes(b ^ 255 for b in masked)
                    counts[what] += content.count(whole)
                    del whole
    return counts
"""


@pytest.fixture(scope="module")
def lesson(built_course):
    return Lesson(built_course, "00_start_here")


def search(lesson, wanted, *, by_the_judge):
    """What a search in one of the two processes prints."""
    halves = {
        what: (whole[: len(whole) // 2], bytes(b ^ 255 for b in whole[len(whole) // 2 :]))
        for what, whole in wanted.items()
    }
    call = f"print(found_in_memory({halves!r}), found_in_files({halves!r}))"
    wrong = "\ndef scale_pixels(images):\n    {}\n    return images * 0.5\n"
    notebook = copy.deepcopy(lesson.release)
    for cell in notebook.cells:
        if grade_id(cell) == "scale_pixels":
            own = SEARCH + f"{call}\n" + wrong.format(call)
            cell.source = wrong.format("pass") if by_the_judge else own
    job = lesson.job(lesson.clean(notebook))
    mark = "    ### BEGIN HIDDEN TESTS\n"
    seek = f"    {call}\n" if by_the_judge else ""
    visible, _, rest = job.tests.partition(mark)
    head, _, body = visible.partition("def test_scale_pixels():\n")
    # Its checks come first, so that what they know is there when the answer is called for the first time.
    head += SEARCH if by_the_judge else ""
    tests = f"{head}\ndef test_scale_pixels():\n{seek}{HIDDEN}{body}{mark}{rest}"
    limits = replace(job.limits, cell_time=60.0)
    result = execute(replace(job, tests=tests, limits=limits))
    assert result.verdicts["test_scale_pixels"].outcome == FAILED
    texts = [o.get("text", "") for outputs in result.outputs.values() for o in outputs]
    return "".join(texts)


def test_no_secret_of_a_test_is_where_the_answers_are(lesson):
    said = search(lesson, PLANTED, by_the_judge=False)
    nothing = str(dict.fromkeys(PLANTED, 0))
    assert said.count(f"{nothing} {nothing}") >= 2, (
        said
    )  # when the cell runs, and when the test calls the answer


@pytest.mark.long
def test_the_same_search_finds_them_in_the_judge(lesson):
    said = search(lesson, PLANTED, by_the_judge=True)
    counts = eval(said[said.index("{") : said.index("}") + 1])
    # The judge gets its tests compiled: it holds what they know, but no line of their source.
    assert {what for what, count in counts.items() if count > 0} == {"text", "number"}, said
