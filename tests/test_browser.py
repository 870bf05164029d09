"""What people do in JupyterLab, in a real browser: run, move a slider, validate, grade in formgrader."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import nbformat
import pytest
import safety
from conftest import LESSONS
from course_copy import copy_course, copy_project
from nbgrader.api import Gradebook
from playwright.sync_api import Page, expect, sync_playwright

from autograde.authoring.build import build
from autograde.course import TESTS
from autograde.forkserver.client import can_fork
from autograde.grading.feedback import feedback_page
from autograde.lesson import exercises, grade_id, read_lesson

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]
LESSON = "00_start_here"
MINUTE = 60_000


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course with one lesson built and two submissions: the reference and the untouched release."""
    course = copy_course(tmp_path_factory.mktemp("browser") / "a course [1], 100% its own")
    build(course, LESSON)
    source = nbformat.read(course.notebook("source", LESSON), as_version=4)
    reference = {exercise.name: exercise.solution.source for exercise in exercises(source)}
    for student, answers in {"reference": reference, "untouched": {}}.items():
        notebook = nbformat.read(course.notebook("release", LESSON), as_version=4)
        for cell in notebook.cells:
            cell.source = answers.get(grade_id(cell) or "", cell.source)
        path = course.notebook("submitted", LESSON, student)
        shutil.copytree(course.notebook("release", LESSON).parent, path.parent)
        nbformat.write(notebook, path)
    return course


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture(scope="module")
def lab(course, tmp_path_factory):
    """JupyterLab, started in the course folder as `make teach` does; gives its address."""
    port = free_port()
    home = tmp_path_factory.mktemp("home")
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "JUPYTER_PREFER_ENV_PATH": "1",
    }
    command = [sys.executable, "-P", "-m", "autograde.kernels.lab"]
    command += ["--no-browser", f"--port={port}", "--IdentityProvider.token="]
    with (home / "lab.log").open("w") as log:
        server = subprocess.Popen(
            command, cwd=course.folder, env=environment, stdout=log, stderr=log
        )
    address = f"http://127.0.0.1:{port}"
    for _ in range(120):
        try:
            urlopen(f"{address}/api/status", timeout=5)
            break
        except (URLError, OSError):
            time.sleep(0.5)
    yield address
    server.terminate()
    server.wait(20)


@pytest.fixture(scope="module")
def browser():
    arguments = (
        "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    )
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=arguments.split())


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    yield page
    page.close()


def open_notebook(page: Page, lab: str, path: str) -> None:
    page.goto(f"{lab}/lab/tree/{path}?reset")
    expect(page.locator(".jp-Notebook-cell").first).to_be_visible(timeout=MINUTE)
    # Cells out of sight are drawn only on demand; the kernel must be there before anything is run.
    expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible(timeout=MINUTE)


def run_all(page: Page) -> None:
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


def scroll_to(page: Page, text: str) -> None:
    """Scroll the notebook down until this text can be seen."""
    panel = page.locator(".jp-WindowedPanel-outer").first
    panel.evaluate("panel => panel.scrollTop = 0")
    for _ in range(80):
        if page.get_by_text(text).locator("visible=true").count():
            return
        panel.evaluate("panel => panel.scrollTop += 400")
        page.wait_for_timeout(150)
    raise AssertionError(f"{text!r} is nowhere in the notebook")


def test_right_answers_are_called_right_and_the_slider_moves(course, lab, page):
    open_notebook(page, lab, f"submitted/reference/{LESSON}/{LESSON}.ipynb")
    run_all(page)
    scroll_to(page, "Move the sliders")
    sentence = page.get_by_text("examples in batches of")
    expect(sentence).to_contain_text("20 examples in batches of 8: 3 batches", timeout=MINUTE)
    handle = page.locator(".noUi-handle, .jp-OutputArea [role=slider]").nth(1)
    handle.focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    expect(sentence).to_contain_text("20 examples in batches of 4: 5 batches, all are full")
    scroll_to(page, "batch_bounds: all checks passed.")


def test_unwritten_answer_gets_a_message_without_a_traceback(course, lab, page):
    open_notebook(page, lab, f"submitted/untouched/{LESSON}/{LESSON}.ipynb")
    run_all(page)
    scroll_to(page, "scale_pixels is not written yet: replace")
    expect(page.get_by_text("Traceback (most recent call last)")).to_have_count(0)


def test_nothing_asks_about_news(course, lab, page):
    page.goto(f"{lab}/lab?reset")
    expect(page.get_by_role("menuitem", name="Run", exact=True)).to_be_visible(timeout=MINUTE)
    page.wait_for_timeout(5000)  # it asks after a while
    expect(page.get_by_text("Jupyter news")).to_have_count(0)


@pytest.mark.skipif(not can_fork(), reason="kernels are plain here")
def test_lessons_run_on_warm_kernels(course, lab, page):
    notebook = nbformat.read(course.notebook("submitted", LESSON, "reference"), as_version=4)
    look = "import sys; print('There already:', {'keras', 'tensorflow'} <= sys.modules.keys())"
    notebook.cells.insert(0, nbformat.v4.new_code_cell(look))
    nbformat.write(notebook, course.folder / "warm.ipynb")
    shutil.copy(course.notebook("release", LESSON).with_name(TESTS), course.folder)
    open_notebook(page, lab, "warm.ipynb")
    run_all(page)
    expect(page.get_by_text("There already: True")).to_be_visible(timeout=MINUTE)
    scroll_to(page, "batch_bounds: all checks passed.")


@pytest.mark.parametrize(
    ("student", "message"),
    [
        ("reference", "Success! Your notebook passes all the tests."),
        ("untouched", "scale_pixels is not written yet"),
    ],
)
def test_validate_button(course, lab, page, student, message):
    open_notebook(page, lab, f"submitted/{student}/{LESSON}/{LESSON}.ipynb")
    page.locator(".jp-NotebookPanel-toolbar").get_by_text("Validate").click()
    expect(page.locator(".jp-Dialog")).to_contain_text(message, timeout=2 * MINUTE)


def test_create_assignment_counts_the_points(course, lab, page):
    open_notebook(page, lab, f"source/{LESSON}/{LESSON}.ipynb")
    page.get_by_role("tab", name="Create Assignment").click()
    expect(page.locator("input[type=number]").first).to_have_value("2", timeout=MINUTE)


def test_formgrader_grades_and_shows_scores(course, lab, page):
    page.goto(f"{lab}/formgrader/manage_submissions/{LESSON}")
    for student, score in (("reference", "2 / 2"), ("untouched", "0 / 2")):
        row = page.locator("tr", has_text=student)
        expect(row).to_contain_text("needs autograding", timeout=MINUTE)
        row.locator(".autograde a").click()
        expect(page.locator(".modal-dialog")).to_contain_text(
            "Successfully autograded", timeout=2 * MINUTE
        )
        page.locator("#success-modal").get_by_role("button", name="OK").click()
        expect(page.locator("#success-modal")).to_have_count(0, timeout=MINUTE)
        expect(row).to_contain_text(score, timeout=MINUTE)
    page.goto(f"{lab}/formgrader/gradebook/{LESSON}/{LESSON}")
    expect(page.get_by_text("Submission #1")).to_be_visible(timeout=MINUTE)


def test_scripts_in_a_submission_do_not_run(course, lab, page):
    submission = next(s for s in safety.read_suite() if s.student == "notebook-scripts")
    safety.hand_in(course, submission, {})
    assert course.nbgrader().autograde(LESSON, submission.student)["success"]
    feedback = feedback_page(course, LESSON, submission.student)
    with Gradebook(course.gradebook_url) as gradebook:
        number = gradebook.find_submission_notebook(LESSON, LESSON, submission.student).id
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    for address in (f"{lab}/formgrader/submissions/{number}", feedback.as_uri()):
        page.goto(address)
        link = page.get_by_text("x", exact=True)  # to a script, in the text it was handed in with
        expect(link.last).to_be_visible(timeout=MINUTE)
        link.last.click()
        page.wait_for_timeout(1000)
        assert page.title() == LESSON
    assert not asked


def test_a_page_handed_in_is_not_served(course, lab, page):
    """Beside a notebook whose text links to it, in all of Markdown's ways."""
    student = "page-beside"
    notebook = nbformat.read(course.notebook("release", LESSON), as_version=4)
    links = "[look](page.html) <page.html> [ref] ![p](page.html)\n\n[ref]: page.html"
    notebook.cells.append(nbformat.v4.new_markdown_cell(f"the end: {links}"))
    path = course.notebook("submitted", LESSON, student)
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)
    path.with_name("page.html").write_text("<script>document.title = 'it ran'</script>")
    assert course.nbgrader().autograde(LESSON, student)["success"]
    with Gradebook(course.gradebook_url) as gradebook:
        number = gradebook.find_submission_notebook(LESSON, LESSON, student).id
    address = f"{lab}/formgrader/submissions/{number}"
    page.goto(address)
    expect(page.get_by_text("the end:")).to_be_visible(timeout=MINUTE)
    assert page.locator("[href*='page.html'], [src*='page.html']").count() == 0
    answer = page.goto(f"{address}/page.html")
    assert answer is not None
    assert answer.status == 404
    assert page.title() != "it ran"


def test_tensorboard_is_shown_in_jupyterlab(course, lab, page):
    """Lesson 10 up to the page: its curves are there, in the frame below the cell."""
    notebook = read_lesson(course.source("10_callbacks"))
    shows = next(i for i, cell in enumerate(notebook.cells) if "board.show(" in cell.source)
    notebook.cells = [
        cell
        for cell in notebook.cells[: shows + 1]
        if cell.cell_type == "code" and not grade_id(cell)
    ]
    nbformat.write(notebook, course.folder / "tensorboard.ipynb")
    open_notebook(page, lab, "tensorboard.ipynb")
    run_all(page)
    frame = page.frame_locator("iframe[src*='#scalars']")
    expect(frame.get_by_text("epoch_loss").first).to_be_attached(timeout=3 * MINUTE)


QUICK_NETWORK = """
def build_and_train(train, valid):
    inputs = {}
    for name, values in train[0].items():
        kind = "string" if values.dtype == object else "float32"
        inputs[name] = keras.Input((1,), dtype=kind, name=name)
    x = keras.layers.Concatenate()([inputs["age"], inputs["education_num"], inputs["hours_per_week"]])
    x = keras.layers.Dense(1, "sigmoid")(keras.layers.BatchNormalization()(x))
    model = keras.Model(inputs, x)
    model.compile(keras.optimizers.Adam(0.03), "binary_crossentropy")
    model.fit(*train, epochs=1, batch_size=256, verbose=0)
    return model
"""


def test_reflection_is_marked_in_formgrader(course, lab, page):
    lesson, student = "15_capstone", "writer"
    build(course, lesson)
    notebook = nbformat.read(course.notebook("release", lesson), as_version=4)
    answers = {"build_and_train": QUICK_NETWORK, "reflection": "I tried three networks."}
    for cell in notebook.cells:
        cell.source = answers.get(grade_id(cell) or "", cell.source)
    path = course.notebook("submitted", lesson, student)
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)
    assert course.nbgrader().autograde(lesson, student)["success"]
    page.goto(f"{lab}/formgrader/gradebook/{lesson}/{lesson}")
    page.get_by_text("Submission #1").click()
    expect(page.get_by_text("Rubric")).to_be_visible(timeout=MINUTE)
    expect(page.get_by_text("I tried three networks.")).to_be_visible()
    mark = page.locator("input.score").last
    mark.fill("3")
    with page.expect_response(lambda r: "/api/grade/" in r.url and r.request.method == "PUT"):
        mark.press("Tab")
    with Gradebook(course.gradebook_url) as gradebook:
        assert gradebook.find_grade("reflection", lesson, lesson, student).score == 3


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """What `make lab` has printed when JupyterLab is ready, in a project that nobody has used yet."""
    course = copy_project(tmp_path_factory.mktemp("student") / "a student's own")
    home = tmp_path_factory.mktemp("student_home")
    environment = {**os.environ, "PYTHONPATH": str(course.root), "HOME": str(home)}
    command = ["make", "-o", "setup", "lab", f"ARGS=--no-browser --port={free_port()}"]
    log = home / "lab.log"
    with log.open("w") as file:
        server = subprocess.Popen(
            command,
            cwd=course.root,
            env=environment,
            stdout=file,
            stderr=file,
            start_new_session=True,
        )
    while "To end it" not in log.read_text() and server.poll() is None:
        time.sleep(0.5)
    yield log.read_text()
    os.killpg(server.pid, signal.SIGTERM)
    server.wait(60)


def test_make_lab_says_what_it_is_doing(printed):
    assert re.search(r"^Starting JupyterLab.*(\n.*)+^JupyterLab is ready:\n +http", printed, re.M)


def test_make_lab_opens_the_welcome_lesson_among_all_lessons(printed, browser):
    addresses = set(re.findall(r"https?://\S+token=\S+", printed))
    assert len(addresses) == 2  # of this machine, by its name and by its number
    with_token = addresses.pop()
    for address in (with_token, addresses.pop(), with_token.replace("/welcome", "/")):
        context = browser.new_context(viewport={"width": 1400, "height": 1000})
        page = context.new_page()
        page.goto(address)
        welcome = page.locator(".lm-DockPanel-tabBar .lm-mod-current", has_text=LESSON)
        expect(welcome).to_be_visible(timeout=2 * MINUTE)
        expect(page.locator(".jp-Notebook-cell").first).to_be_visible(timeout=MINUTE)
        lessons = page.locator("#filebrowser .jp-DirListing-itemText")
        expect(lessons).to_have_text(LESSONS, timeout=MINUTE)
        context.close()


def test_any_lesson_can_be_reached_and_left_again(printed, browser):
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.goto(re.findall(r"https?://\S+token=\S+", printed)[0])
    files, other = page.locator("#filebrowser .jp-DirListing-itemText"), "06_fashion_mnist"
    expect(files).to_have_text(LESSONS, timeout=2 * MINUTE)
    for lesson in (other, LESSON):
        files.get_by_text(lesson, exact=True).dblclick()
        files.get_by_text(f"{lesson}.ipynb", exact=True).dblclick(timeout=MINUTE)
        tab = page.locator(".lm-DockPanel-tabBar .lm-mod-current", has_text=lesson)
        expect(tab).to_be_visible(timeout=MINUTE)
        page.locator("#filebrowser .jp-BreadCrumbs-home").click()
        expect(files).to_have_text(LESSONS, timeout=MINUTE)
    context.close()
