"""The suite of hostile submissions: that all is well, and that the suite would notice if it were not."""

from __future__ import annotations

import contextlib
from collections import Counter

import pytest
import safety

from autograde.sandbox.confine import missing_protections

pytestmark = pytest.mark.skipif(
    bool(list(missing_protections())), reason="this machine has no sandbox; see `autograde doctor`"
)
SUITE = {submission.student: submission for submission in safety.read_suite()}


def test_every_way_of_cheating_is_tried():
    tried = Counter(submission.group for submission in SUITE.values())
    assert tried.total() - tried["innocent"] - tried["honest"] >= 150
    assert min(tried.values()) >= 5


def test_a_file_that_does_not_say_what_must_happen_is_refused(tmp_path):
    (tmp_path / "group").mkdir()
    (tmp_path / "group" / "file.py").write_text('"""Try something."""\n')
    with pytest.raises(ValueError, match="must begin with what it tries"):
        safety.read_suite(tmp_path)


@pytest.mark.long
def test_the_suite_notices_what_the_sandbox_prevents(tmp_path):
    """The same submissions, harmless ones of the suite, without the sandbox."""
    harmless = (
        "reading-gradebook", "reading-home", "reading-bank_of_answers", "writing-outside",
        "network-tcp", "network-udp", "network-unix_socket", "processes-program",
    )  # fmt: skip
    try:
        problems = safety.run(tmp_path, [SUITE[name] for name in harmless], "--unsafe")
    finally:
        safety.Path("/tmp/hostile-file").unlink(missing_ok=True)
        for process in safety.psutil.process_iter():
            with contextlib.suppress(safety.psutil.Error):
                if "86399" in " ".join(process.cmdline()):
                    process.kill()
    texts = "\n".join(f"{problem.column} {problem.text}" for problem in problems)
    for sign in (
        "leaks gradebook: it worked", "secret of: home", "secret of: bank", "changed /tmp/hostile-file",
        "heard b'tcp'", "heard b'udp'", "heard b'unix'", "sleep 86399",
    ):  # fmt: skip
        assert sign in texts, texts


@pytest.mark.long
def test_the_suite_notices_wrong_grades(tmp_path):
    right, wrong = SUITE["honest-honest"], SUITE["honest-wrong"]
    flagged = SUITE["notebook-no_cells"]
    problems = safety.run(
        tmp_path,
        [
            right._replace(must="0 points"),
            wrong._replace(must="full points", name="lost", text=safety.WRONG + "# lost"),
            flagged._replace(must="full points"),
            wrong._replace(must="stopped"),
            right._replace(must="for a person", name="unflagged"),
        ],
    )
    columns = Counter(problem.column for problem in problems)
    assert columns["unearned points"] >= 1
    assert columns["wrong flags"] == 1
    assert columns["otherwise wrong"] == 3
