"""The figure of the orders in which pipelines hand on their examples."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib import pyplot as plt

from helpers import plots


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def test_epoch_orders_draws_both_epochs_of_every_pipeline():
    orders = {"as they are": [[0, 1, 2, 3]] * 2, "shuffled": [[2, 0, 3, 1], [1, 3, 0, 2]]}
    figure = plots.epoch_orders(orders, batch_size=2)
    assert [ax.get_title() for ax in figure.axes] == list(orders)
    first, second, batches = figure.axes[1].collections
    assert np.asarray(first.get_offsets()).tolist() == [[0, 2], [1, 0], [2, 3], [3, 1]]
    assert np.asarray(second.get_offsets())[:, 1].tolist() == [1, 3, 0, 2]
    assert [segment[0][0] for segment in batches.get_segments()] == [-0.5, 1.5]
    assert "4 points (epoch 2)" in plots.describe(figure)


def test_epoch_orders_without_batches_draws_no_lines():
    assert len(plots.epoch_orders({"a": [[0, 1, 2]] * 2}).axes[0].collections) == 2


def test_epoch_orders_refuses_other_shapes():
    with pytest.raises(ValueError, match="orders: expected at least one"):
        plots.epoch_orders({})
    with pytest.raises(ValueError, match=r"orders\['a'\]: expected shape \(2, n\)"):
        plots.epoch_orders({"a": [[0, 1, 2]]})
