"""Behaviour of helpers.widgets.pictures, driven by setting values as a reader's hand would."""

import datetime
import io

import matplotlib as mpl
import numpy as np
import pytest
from PIL import Image

mpl.use("Agg")

from helpers import widgets

PNG = b"\x89PNG"
NAMES = [str(i) for i in range(10)]


def prepare(path, invert=False):
    """A stand-in for the answer to the exercise."""
    try:
        with Image.open(path) as picture:
            small = picture.convert("L").resize((28, 28))
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ValueError(f"no picture: {error}") from error
    pixels = np.asarray(small, dtype="float32") / 255
    return 1 - pixels if invert else pixels


def predict(image):
    """A stand-in for a network: sure of 3 on a dark ground, of 5 on a light one."""
    probabilities = np.full(10, 0.02)
    probabilities[3 if image.mean() < 0.5 else 5] = 0.82
    return probabilities


def square(path, paper, pen, size=(56, 56)):
    """A picture file of a square in the middle."""
    picture = Image.new("L", size, paper)
    picture.paste(pen, (20, 20, 36, 36))
    picture.save(path)
    return path


@pytest.fixture
def explorer(tmp_path):
    pictures = [square(tmp_path / "3_dark.png", 0, 255), square(tmp_path / "7_light.png", 255, 0)]
    return widgets.picture_explorer(pictures, prepare, predict, NAMES)


def test_it_says_what_the_model_says(explorer):
    assert bytes(explorer.picture.value).startswith(PNG)
    assert explorer.words == (
        "The model says 3 (82%), which is right. The background is 0.00; in the digits it was "
        "trained on it is 0."
    )
    explorer.controls["invert"].value = True
    assert "The model says 5 (82%), which is wrong." in explorer.words
    assert "The background is 1.00: light." in explorer.words


def test_each_control_changes_the_picture(explorer):
    seen = [bytes(explorer.picture.value)]
    for name, value in [("invert", True), ("size", 0.5), ("picture", None), ("threshold", 0.5)]:
        control = explorer.controls[name]
        control.value = control.options[1][1] if name == "picture" else value
        seen.append(bytes(explorer.picture.value))
    explorer.controls["invert"].value = False
    # The threshold alone changes nothing in black and white: 0 stays 0, and 1 stays 1.
    assert len(set(seen)) >= len(seen) - 1


def test_the_threshold_makes_a_grey_ground_black(tmp_path):
    explorer = widgets.picture_explorer(
        [square(tmp_path / "grey.png", 51, 255)], prepare, predict, NAMES
    )
    assert "The background is 0.20" in explorer.words
    assert ", which is" not in explorer.words  # the name says nothing of the digit
    explorer.controls["threshold"].value = 0.3
    assert "The background is 0.00" in explorer.words


def test_the_size_keeps_the_ground(tmp_path):
    received = []

    def note(image):
        received.append(image)
        return predict(image)

    explorer = widgets.picture_explorer([square(tmp_path / "a.png", 51, 255)], prepare, note, NAMES)
    explorer.controls["size"].value = 0.5
    explorer.controls["size"].value = 1.5
    whole, small, large = received
    ink = [float((image - 0.2).sum()) for image in (whole, small, large)]
    assert ink[1] == pytest.approx(ink[0] / 4, rel=0.2)
    assert ink[2] == pytest.approx(ink[0] * 2.25, rel=0.2)
    assert small[0, 0] == pytest.approx(0.2, abs=0.01)
    assert small.shape == (28, 28)
    assert small.dtype == np.float32


def test_lower_moves_the_digit_down(tmp_path):
    received = []

    def note(image):
        received.append(image)
        return predict(image)

    explorer = widgets.picture_explorer([square(tmp_path / "a.png", 51, 255)], prepare, note, NAMES)
    explorer.controls["lower"].value = 3
    explorer.controls["lower"].value = -2
    whole, down, up = received
    assert np.allclose(down[3:], whole[:-3], atol=1e-6)
    assert np.allclose(down[:3], 0.2)
    assert np.allclose(up[:-2], whole[2:], atol=1e-6)


def upload(explorer, name, content):
    """What the browser does when a file is chosen."""
    explorer.controls["upload"].value = [
        {
            "name": name,
            "type": "image/png",
            "size": len(content),
            "content": memoryview(content),
            "last_modified": datetime.datetime(2026, 1, 1),
        }
    ]


def test_an_uploaded_picture_is_chosen(explorer):
    png = io.BytesIO()
    Image.new("L", (40, 40), 255).save(png, "png")
    upload(explorer, "5_mine.png", png.getvalue())
    assert "The model says 5 (82%), which is right." in explorer.words
    assert [name for name, _ in explorer.controls["picture"].options][-1] == "5_mine.png"


def test_the_same_name_again_replaces_the_picture(explorer):
    for grey, says in ((255, "says 5"), (0, "says 3")):
        png = io.BytesIO()
        Image.new("L", (40, 40), grey).save(png, "png")
        upload(explorer, "mine.png", png.getvalue())
        assert says in explorer.words
    assert len(explorer.controls["picture"].options) == 3


def test_what_is_no_picture_is_said_and_does_not_stop_anything(explorer):
    upload(explorer, "../letter.png", b"Dear model")
    assert explorer.words.startswith("letter.png cannot be used: no picture:")
    explorer.controls["picture"].value = explorer.controls["picture"].options[0][1]
    assert "The model says 3" in explorer.words


def test_a_picture_that_is_gone_is_said(tmp_path):
    explorer = widgets.picture_explorer([tmp_path / "none.png"], prepare, predict, NAMES)
    assert explorer.words.startswith("none.png cannot be used:")


def test_no_picture_at_all_is_refused():
    with pytest.raises(ValueError, match="at least one path"):
        widgets.picture_explorer([], prepare, predict, NAMES)


def test_an_input_of_the_wrong_shape_is_said(tmp_path):
    path = square(tmp_path / "a.png", 0, 255)
    explorer = widgets.picture_explorer(
        [path], lambda path, invert: np.zeros((1, 28, 28)), predict, NAMES
    )
    assert "prepare(...): expected shape (height, width), got (1, 28, 28)" in explorer.words


def test_a_slider_opens_no_file_and_asks_the_model_once(tmp_path):
    opened, asked = [], []
    explorer = widgets.picture_explorer(
        [square(tmp_path / "3.png", 0, 255)],
        lambda path, invert: (opened.append(path), prepare(path, invert))[1],
        lambda image: (asked.append(image), predict(image))[1],
        NAMES,
    )
    opened.clear()
    for number, (control, value) in enumerate((("threshold", 0.3), ("size", 0.8), ("lower", 2)), 2):
        explorer.controls[control].value = value
        assert len(asked) == number
    assert opened == []


def test_a_still_picture_is_there_too(explorer):
    bundle = explorer._repr_mimebundle_()
    assert bundle["image/png"]
    assert bundle["text/plain"].startswith("Picture explorer (interactive where Jupyter runs).")
