"""Behaviour of the pipeline widget, and of the small simulation behind it."""

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")

from helpers import widgets

PNG = b"\x89PNG"


def test_without_prefetch_preparing_and_training_take_turns():
    times = widgets.simulate_pipeline(prepare=18, train=8)
    assert times.total == 12 * (18 + 8)
    assert times.waiting == 12 * 18
    assert times.prepared.shape == times.trained.shape == (2, 6, 2)


def test_parallel_calls_divide_the_preparation():
    assert widgets.simulate_pipeline(18, 8, parallel_calls=3).total == 12 * (6 + 8)


@pytest.mark.parametrize(("prepare", "train"), [(18, 8), (8, 18), (10, 10)])
def test_prefetch_overlaps_and_the_slower_side_sets_the_pace(prepare, train):
    times = widgets.simulate_pipeline(prepare, train, prefetch=1)
    assert times.total == 2 * (prepare + 5 * max(prepare, train) + train)


def test_a_cache_saves_the_second_epoch_only():
    times = widgets.simulate_pipeline(18, 8, cache=True)
    assert times.trained[0, -1, 1] == 6 * (18 + 8)
    assert times.total == 6 * (18 + 8) + 6 * (1 + 8)
    assert widgets.simulate_pipeline(0.5, 8, cache=True).total == 12 * 8.5  # never slower


@pytest.mark.parametrize("prefetch", [0, 1, 2, 5])
@pytest.mark.parametrize("prepare", [1, 7, 30])
def test_no_step_begins_before_its_batch_is_ready_and_no_batch_without_room(prefetch, prepare):
    times = widgets.simulate_pipeline(prepare, 9, prefetch=prefetch)
    assert np.all(times.trained[..., 0] >= times.prepared[..., 1])
    flat = times.trained.reshape(-1, 2)
    assert np.all(flat[1:, 0] >= flat[:-1, 1])  # one step at a time
    for epoch_made, epoch_trained in zip(times.prepared, times.trained, strict=True):
        for begin, _ in epoch_made:  # ready before, not yet taken
            waiting = np.sum((epoch_made[:, 1] <= begin) & (epoch_trained[:, 0] > begin))
            assert waiting <= max(prefetch - 1, 0)


def test_explorer_redraws_for_each_control_and_says_what_it_sees():
    explorer = widgets.pipeline_explorer()
    assert explorer.words == (
        "2 epochs of 6 batches take 312 ms; the training waits 216 ms of them (69%). "
        "Without prefetch, preparing and training take turns."
    )
    pictures = [bytes(explorer.picture.value)]
    changes = (
        ("prefetch", True),
        ("parallel_calls", 4),
        ("cache", True),
        ("prepare", 30),
        ("train", 3),
    )
    for name, value in changes:
        explorer.controls[name].value = value
        pictures.append(bytes(explorer.picture.value))
    assert all(picture.startswith(PNG) for picture in pictures)
    assert len(set(pictures)) == len(pictures)
    assert all(control.description for control in explorer.controls.values())


def test_explorer_names_the_bottleneck():
    explorer = widgets.pipeline_explorer()
    explorer.controls["prefetch"].value = True
    assert explorer.words.endswith("preparing sets the pace: 18 ms a batch.")
    explorer.controls["parallel_calls"].value = 3
    assert explorer.words.endswith("training sets the pace: 8 ms a batch.")
    explorer.controls["parallel_calls"].value = 1
    explorer.controls["cache"].value = True
    assert explorer.words.endswith("training sets the pace: 8 ms a batch.")
