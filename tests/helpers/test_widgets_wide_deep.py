"""Behaviour of helpers.widgets.wide_deep_explorer: bands add, cells memorise, empty cells know nothing."""

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")

from helpers import widgets
from helpers.widgets import wide_deep

PNG = b"\x89PNG"


def checkerboard(n=400):
    """Prices of 1 and 3 that change from square to square, which no sum of bands can follow."""
    rng = np.random.default_rng(0)
    latitude, longitude = rng.uniform(33, 41, n), rng.uniform(-124, -115, n)
    north, east = latitude > np.median(latitude), longitude > np.median(longitude)
    return latitude, longitude, np.where(north == east, 3.0, 1.0)


@pytest.fixture
def explorer():
    latitude, longitude, price = checkerboard()
    known = np.arange(len(price)) % 4 != 0
    return widgets.wide_deep_explorer(latitude, longitude, price, known=known, deep=price + 0.5)


def test_cells_follow_what_bands_cannot(explorer):
    explorer.controls["n_latitude"].value = explorer.controls["n_longitude"].value = 2
    assert explorer.words.startswith("4 weights, one for each cell: mean squared error 0.")
    crossed = float(explorer.words.split("error ")[1].split()[0])
    explorer.controls["shown"].value = "separate bands"
    assert explorer.words.startswith("4 weights, one for each band: mean squared error ")
    bands = float(explorer.words.split("error ")[1].split()[0])
    assert crossed < 0.2 < 0.8 < bands


def test_fine_cells_memorise_and_know_nothing_of_new_districts(explorer):
    explorer.controls["n_latitude"].value = explorer.controls["n_longitude"].value = 80
    known, new = (float(w.split()[0]) for w in explorer.words.split("error ")[1].split(", ")[:2])
    assert known < 0.05
    assert new > 0.3
    assert "lie in a cell nobody knows." in explorer.words


def test_the_network_is_judged_as_it_is(explorer):
    explorer.controls["shown"].value = "deep network"
    assert explorer.words.endswith("error 0.250 on known districts, 0.250 on others.")
    assert explorer.sentence.value == explorer.words


def test_bands_are_the_least_squares_fit():
    rng = np.random.default_rng(1)
    counts = rng.integers(0, 5, (6, 4)).astype(float)
    u, v = rng.normal(size=(6, 1)), rng.normal(size=(1, 4))
    fitted = wide_deep._bands(counts, np.where(counts, u + v, 0))
    assert np.allclose(fitted[counts > 0], (u + v)[counts > 0])


def test_bins_hold_about_equally_many_and_keep_everyone():
    values = np.random.default_rng(2).normal(size=1000)
    edges, bins = wide_deep._bins(values, np.arange(1000) < 800, 10)
    assert edges.shape == (11,)
    assert edges[0] == values.min()
    assert edges[-1] == values.max()
    assert bins.min() == 0
    assert bins.max() == 9
    assert abs(np.bincount(bins[:800]) - 80).max() <= 1


def test_every_control_redraws(explorer):
    pictures = [bytes(explorer.picture.value)]
    changes = [
        ("n_latitude", 30),
        ("n_longitude", 25),
        ("shown", "separate bands"),
        ("shown", "districts per cell"),
        ("shown", "deep network"),
    ]
    for name, value in changes:
        explorer.controls[name].value = value
        pictures.append(bytes(explorer.picture.value))
    assert all(picture.startswith(PNG) for picture in pictures)
    assert len(set(pictures)) == len(pictures)
    assert all(control.description for control in explorer.controls.values())


def test_one_bin_and_equal_places_are_drawn():
    price = np.array([1.0, 2.0, 3.0, 4.0])
    explorer = widgets.wide_deep_explorer(
        [34.0, 34.0, 34.0, 35.0],
        [-118.0, -118.0, -118.0, -117.0],
        price,
        known=[True, True, True, False],
        deep=price,
    )
    for n in (1, 80):
        for shown in explorer.controls["shown"].options:
            explorer.controls["shown"].value = shown
            explorer.controls["n_latitude"].value = explorer.controls["n_longitude"].value = n
            assert bytes(explorer.picture.value).startswith(PNG)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"price": np.ones(3)}, "price"),
        ({"deep": np.ones((4, 1))}, "deep"),
        ({"known": np.ones(4)}, "known"),
        ({"known": np.zeros(4)}, "known"),
    ],
)
def test_what_cannot_be_drawn_is_refused(changed, message):
    names = {"latitude": np.arange(4), "longitude": np.arange(4), "price": np.ones(4)}
    names |= {"known": np.arange(4) < 2, "deep": np.ones(4)} | changed
    place = [names.pop(name) for name in ("latitude", "longitude", "price")]
    with pytest.raises(ValueError, match=message):
        widgets.wide_deep_explorer(*place, **names)
