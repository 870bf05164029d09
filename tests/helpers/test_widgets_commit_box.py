"""Behaviour of helpers.widgets.commit_box, by hand and through a real kernel."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from traitlets import TraitError

from helpers import widgets

QUESTION = "What is `2 < 3`?"
OPTIONS = {
    "`True`": "Two is less than three.",
    "`False`": "Read `<` as <less than>.",
    "an error": "Numbers can be compared.",
}
ROOT = Path(__file__).parents[2]


@pytest.fixture
def box():
    return widgets.commit_box(QUESTION, OPTIONS, "`True`")


def test_nothing_is_chosen_or_explained_at_first(box):
    assert isinstance(box, widgets.CommitBox)
    assert box.choice is None
    assert box.radios.value is None
    assert box.button.disabled
    assert box.outcome.value == ""
    with pytest.raises(ValueError, match="^commit: "):
        box.commit()
    assert not box.radios.disabled


def test_a_right_answer(box):
    box.radios.value = "`True`"
    assert not box.button.disabled
    box.button.click()
    assert box.committed
    assert box.radios.disabled
    assert box.button.disabled
    before, folded = box.outcome.value.split("<details>")
    assert "Right." in before
    assert "Two is less than three." in before
    assert "Two is less" not in folded
    assert "Numbers can be compared." in folded
    assert "(right)" not in folded


def test_a_wrong_answer_is_explained_first_and_the_right_one_marked(box):
    box.choice = "`False`"
    box.commit()
    before, folded = box.outcome.value.split("<details>")
    assert "Not quite." in before
    assert "Read <code>&lt;</code> as &lt;less than&gt;." in before
    assert "<em><code>True</code></em> (right): Two is less than three." in folded
    assert folded.count("<li>") == 2


def test_a_commitment_is_final(box):
    box.choice = "an error"
    box.commit()
    shown = box.outcome.value
    with pytest.raises(ValueError, match="'an error' is committed to"):
        box.choice = "`True`"
    box.commit()
    assert (box.choice, box.outcome.value) == ("an error", shown)
    assert box.button.disabled


def test_only_its_options_can_be_chosen(box):
    with pytest.raises(TraitError):
        box.choice = "maybe"
    assert box.choice is None
    assert box.button.disabled


def test_all_text_is_escaped_and_backticks_are_code(box):
    assert "What is <code>2 &lt; 3</code>?" in box.children[0].value
    assert set(box.radios.options) == {("True", "`True`"), ("False", "`False`"), ("an error",) * 2}
    evil = "<script>`</script>`"
    box = widgets.commit_box(evil, {evil: evil, "b": evil}, "b")
    box.choice = evil
    box.commit()
    assert "<script" not in box.children[0].value + box.outcome.value


def test_the_order_is_the_question_s_own():
    def order(question, options):
        return [value for _, value in widgets.commit_box(question, options, "b").radios.options]

    options = dict.fromkeys("abc", "why")
    turned = dict(reversed(options.items()))
    orders = [order(f"question {i}", options) for i in range(40)]
    assert orders == [order(f"question {i}", turned) for i in range(40)]
    assert all(sorted(each) == ["a", "b", "c"] for each in orders)
    assert {each.index("b") for each in orders} == {0, 1, 2}


def test_as_plain_text_it_asks_and_does_not_tell(box):
    bundle = box._repr_mimebundle_()
    lines = bundle["text/plain"].splitlines()
    assert lines[0] == QUESTION
    assert sorted(lines[1:]) == sorted(f"- {option}" for option in OPTIONS)
    assert "application/vnd.jupyter.widget-view+json" in bundle


@pytest.mark.parametrize(
    ("options", "answer", "message"),
    [
        ({"a": "why"}, "a", "^options: expected 2 to 5 of them, got 1"),
        (dict.fromkeys("abcdef", "why"), "a", "^options: .* got 6"),
        (OPTIONS, "True", "^answer: expected one of .*, got 'True'"),
    ],
)
def test_what_cannot_be_asked_is_refused(options, answer, message):
    with pytest.raises(ValueError, match=message):
        widgets.commit_box("why?", options, answer)


CELLS = [
    "from helpers import widgets\n"
    "box = widgets.commit_box('Is `x < 1`?', {'yes & `no`': 'So it is.', 'no': 'Never.'}, 'no')",
    "box",
    "box",
    "box.choice = 'yes & `no`'; box.commit()",
    "display(box)",
]


def test_the_answer_stays_in_the_notebook():
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    notebook = nbformat.v4.new_notebook(cells=cells)
    resources = {"metadata": {"path": str(ROOT)}}
    NotebookClient(notebook, kernel_name="python3", resources=resources).execute()
    kept = "<p>Your answer: <em>yes &amp; <code>no</code></em>. <strong>Not quite.</strong> So it is.</p>"
    for shown in (1, 2, 4):
        box, record = cells[shown].outputs
        assert "application/vnd.jupyter.widget-view+json" in box.data
        assert box.data["text/plain"].startswith("Is `x < 1`?")
        assert record.data["text/html"] == kept
    assert not cells[3].outputs
