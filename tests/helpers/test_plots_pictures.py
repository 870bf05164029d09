"""Behaviour of helpers.plots.pictures."""

import matplotlib as mpl
import numpy as np
import pytest
from PIL import Image

mpl.use("Agg")

from helpers import plots


def drawn(path):
    """The pixels that a picture file is drawn with."""
    return np.asarray(plots.picture(path).images[0].get_array())


def test_a_picture_keeps_its_colours_and_its_proportions(tmp_path):
    Image.new("RGB", (60, 30), (255, 128, 0)).save(tmp_path / "a.png")
    pixels = drawn(tmp_path / "a.png")
    assert pixels.shape == (30, 60, 3)
    assert np.allclose(pixels, [1, 128 / 255, 0])


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_mode_is_drawn(tmp_path, mode):
    Image.new(mode, (20, 20)).save(tmp_path / "a.png")
    assert drawn(str(tmp_path / "a.png")).shape == (20, 20, 3)


def test_transparent_parts_are_chequered(tmp_path):
    Image.new("RGBA", (64, 64), (0, 0, 0, 0)).save(tmp_path / "a.png")
    assert set(np.unique(drawn(tmp_path / "a.png")).round(2)) == {0.75, 0.92}


def test_large_pictures_are_made_smaller(tmp_path):
    Image.new("L", (2400, 1200)).save(tmp_path / "a.png")
    assert drawn(tmp_path / "a.png").shape == (120, 240, 3)


def test_the_title_and_the_axes(tmp_path):
    Image.new("L", (8, 8)).save(tmp_path / "a.png")
    ax = plots.new_figure(2, 2).subplots()
    assert plots.picture(tmp_path / "a.png", "a title", ax) is ax
    assert ax.get_title() == "a title"


def test_what_is_no_picture_is_named(tmp_path):
    with pytest.raises(FileNotFoundError):
        plots.picture(tmp_path / "none.png")
    (tmp_path / "text.png").write_text("no picture")
    with pytest.raises(ValueError, match=r"text\.png cannot be read"):
        plots.picture(tmp_path / "text.png")
    noise = np.random.default_rng(0).integers(0, 256, (64, 64), dtype="uint8")
    Image.fromarray(noise).save(tmp_path / "cut.png")
    whole = (tmp_path / "cut.png").read_bytes()
    (tmp_path / "cut.png").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ValueError, match=r"cut\.png cannot be read"):
        plots.picture(tmp_path / "cut.png")
