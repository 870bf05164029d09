"""Behaviour of helpers.widgets.boundary_explorer: its networks learn what networks of their kind can."""

import re
from itertools import pairwise

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")

from helpers import widgets
from helpers.widgets.boundaries import DATA, train_network

PNG = b"\x89PNG"
STRAIGHT = "A straight line is all it can draw"


@pytest.fixture
def explorer():
    return widgets.boundary_explorer()


def set_all(explorer, **values):
    for name, value in values.items():
        explorer.controls[name].value = value


def accuracy(explorer):
    """The share of points on the right side, and the number of parameters, as the sentence says."""
    found = re.search(r": (\d+) parameters, and (\d+) of 200 points", explorer.words)
    return int(found[2]) / 200, int(found[1])


@pytest.mark.parametrize("data", DATA)
def test_data_are_balanced_and_the_same_each_time(data):
    x, labels = DATA[data]()
    assert x.shape == (200, 2)
    assert np.bincount(labels).tolist() == [100, 100]
    assert np.array_equal(x, DATA[data]()[0])


def test_xor_is_what_its_name_says():
    x, labels = DATA["XOR"]()
    assert np.array_equal((x[:, 0] > 0) ^ (x[:, 1] > 0), labels == 1)


def test_a_straight_line_cannot_part_xor(explorer):
    set_all(explorer, data="XOR", hidden_layers=0)
    share, n_params = accuracy(explorer)
    assert share <= 0.75
    assert n_params == 3
    assert STRAIGHT in explorer.words


def test_two_layers_of_tanh_part_xor(explorer):
    set_all(explorer, data="XOR", hidden_layers=2, width=8, activation="tanh")
    share, n_params = accuracy(explorer)
    assert share >= 0.98
    assert n_params == 2 * 8 + 8 + 8 * 8 + 8 + 8 + 1
    assert STRAIGHT not in explorer.words
    assert explorer.sentence.value == explorer.words


@pytest.mark.parametrize("data", DATA)
@pytest.mark.parametrize("activation", ["ReLU", "tanh"])
@pytest.mark.parametrize("hidden_layers", [1, 2, 3])
@pytest.mark.parametrize("width", [4, 7, 16])
def test_networks_of_some_width_learn_both(data, activation, hidden_layers, width):
    x, labels = DATA[data]()
    network = train_network(data, hidden_layers, width, activation, 0)
    assert np.mean((network.predict(x) > 0.5) == labels) >= 0.98


@pytest.mark.parametrize(
    "settings",
    [
        {"hidden_layers": 0, "width": 8, "activation": "tanh"},
        {"hidden_layers": 3, "width": 8, "activation": "none"},
        {"hidden_layers": 2, "width": 1, "activation": "tanh"},
        {"hidden_layers": 1, "width": 1, "activation": "ReLU"},
    ],
)
def test_where_it_says_so_the_boundary_is_a_straight_line(explorer, settings):
    set_all(explorer, data="two moons", **settings)
    assert STRAIGHT in explorer.words
    network = train_network("two moons", **settings, penalty=0)
    # Where the probability crosses a half on some horizontals: equally spaced, if on one line.
    along = np.linspace(-20, 20, 40_001)
    crossings = []
    for height in (-0.5, 0.0, 0.5):
        p = network.predict(np.column_stack([along, np.full_like(along, height)]))
        (places,) = np.nonzero(np.diff(p > 0.5))
        crossings.append(along[places])
    assert [len(places) for places in crossings] == [1, 1, 1]
    steps = np.diff(np.concatenate(crossings))
    assert steps[0] == pytest.approx(steps[1], abs=0.003)


def test_a_large_penalty_keeps_the_network_from_learning(explorer):
    set_all(explorer, data="XOR", hidden_layers=2, width=8, activation="tanh", penalty=0.1)
    assert accuracy(explorer)[0] == 0.5
    assert "there is no boundary among them" in explorer.words
    small, large = (
        sum(np.sum(kernel**2) for kernel in train_network("XOR", 1, 8, "tanh", penalty).kernels)
        for penalty in (0.001, 0.01)
    )
    assert small > large > 0


def test_training_lowers_the_loss_to_where_its_slope_is_0():
    """Without a hidden layer the loss has one minimum: there its numerical gradient is 0."""
    x, labels = DATA["two moons"]()
    network = train_network("two moons", 0, 1, "none", 0.01)
    (kernel,), (bias,) = network.kernels, network.biases

    def loss(weights):
        z = x @ weights[:2] + weights[2]
        mean = np.mean(np.logaddexp(0, z) - labels * z)
        return mean + 0.01 * np.sum(weights[:2] ** 2)

    weights = np.r_[kernel.ravel(), bias]
    steps = 1e-5 * np.eye(3)
    slopes = [(loss(weights + step) - loss(weights - step)) / 2e-5 for step in steps]
    assert np.allclose(slopes, 0, atol=1e-3)


def test_the_same_setting_gives_the_same_picture(explorer):
    before = bytes(explorer.picture.value), explorer.words
    explorer.controls["width"].value = 9
    assert bytes(explorer.picture.value) != before[0]
    train_network.cache_clear()
    explorer.controls["width"].value = 4
    assert (bytes(explorer.picture.value), explorer.words) == before


def test_every_control_redraws(explorer):
    pictures = [bytes(explorer.picture.value)]
    changes = [
        ("data", "XOR"),
        ("hidden_layers", 2),
        ("width", 8),
        ("activation", "tanh"),
        ("penalty", 0.01),
    ]
    for name, value in changes:
        explorer.controls[name].value = value
        pictures.append(bytes(explorer.picture.value))
    assert all(picture.startswith(PNG) for picture in pictures)
    assert all(one != other for one, other in pairwise(pictures))
    assert all(control.description for control in explorer.controls.values())
