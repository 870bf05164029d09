"""The score explorer, driven by setting values as a reader's hand would."""

import matplotlib as mpl
import pytest

mpl.use("Agg")

from helpers import widgets
from helpers.widgets.scoring import points_for

STEPS = {0.7: 2, 0.8: 4, 0.84: 8}
RESULTS = {"small": [0.79, 0.81], "large": [0.85, 0.86]}


@pytest.mark.parametrize(
    ("accuracy", "points"), [(0.0, 0), (0.6999, 0), (0.7, 2), (0.8399, 4), (0.84, 8), (1.0, 8)]
)
def test_points_are_those_of_the_highest_step_reached(accuracy, points):
    assert points_for(accuracy, STEPS) == points


def test_chance_grows_when_images_are_few():
    explorer = widgets.score_explorer(STEPS, RESULTS)
    explorer.controls["accuracy"].value = 0.9
    assert "88.9% to 91.1% on 3,000 images, 95 times of 100: 8 of 8 points." in explorer.words
    pictures = [bytes(explorer.picture.value)]
    explorer.controls["n_images"].value = 100
    assert "84.1% to 95.9% on 100 images, 95 times of 100: 8 of 8 points." in explorer.words
    explorer.controls["accuracy"].value = 0.83
    assert "75.6% to 90.4%" in explorer.words
    assert "2 to 8 of 8 points" in explorer.words
    pictures += [bytes(explorer.picture.value)]
    assert pictures[0].startswith(b"\x89PNG")
    assert pictures[0] != pictures[1]


def test_nothing_to_show_is_refused():
    with pytest.raises(ValueError, match="at least one of each"):
        widgets.score_explorer({}, RESULTS)
    with pytest.raises(ValueError, match="at least one of each"):
        widgets.score_explorer(STEPS, {})
