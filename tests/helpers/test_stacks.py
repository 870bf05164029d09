"""Networks that are trained in a stack."""

from __future__ import annotations

import numpy as np

from helpers.stacks import train_stack


def examples(n, seed):
    x = np.random.default_rng(seed).normal(size=(n, 3)).astype("float32")
    return x, x @ np.array([1, -1, 0.5], dtype="float32")


def test_each_network_learns_at_its_own_rate():
    sets = [examples(n, seed) for seed, n in enumerate((256, 64, 32))]
    valid, test = train_stack(8, [0.0, 0.05, 1e6], 2, 4, *sets, batch_size=32)
    assert valid.shape == (4, 3, 2)
    assert test.shape == (3, 2)
    assert np.allclose(valid[0, 0], valid[-1, 0])  # a rate of 0 changes nothing
    assert (valid[-1, 1] < 0.5 * valid[0, 0]).all()
    assert not np.isfinite(valid[-1, 2]).any()  # diverged, without harm to the others
    assert valid[-1, 1, 0] != valid[-1, 1, 1]  # other seeds, other weights


def test_the_same_seed_gives_the_same_losses():
    sets = [examples(n, seed) for seed, n in enumerate((128, 64, 32))]
    first, again, other = (train_stack(4, [0.01], 2, 2, *sets, seed=s)[0] for s in (0, 0, 1))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
