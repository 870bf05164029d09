"""Behaviour of the layer-size explorer, driven by setting values as a reader's hand would."""

import pytest

from helpers import widgets


def parameters(sizes):
    """Weights and biases as Keras counts them."""
    import keras

    model = keras.Sequential([keras.Input((sizes[0],))])
    for units in sizes[1:]:
        model.add(keras.layers.Dense(units))
    return model.count_params()


def test_it_starts_with_the_network_of_the_lesson():
    explorer = widgets.layer_size_explorer()
    assert explorer.words == (
        "784 → 512 → 512 → 10: 401,920 + 262,656 + 5,130 = 669,706 parameters. "
        "Layer 1 holds 60% of them."
    )
    assert explorer.sentence.value == explorer.words


@pytest.mark.parametrize("sizes", [[784, 512, 512, 10], [3, 7, 1], [1, 1, 1, 1, 1], [20, 1024, 5]])
def test_it_counts_as_keras_does(sizes):
    words = widgets.layer_size_explorer(sizes).words
    assert f"= {parameters(sizes):,} parameters." in words
    assert words.startswith(" → ".join(map(str, sizes)))


def test_sliders_change_the_count_and_the_picture():
    explorer = widgets.layer_size_explorer()
    pictures = [bytes(explorer.picture.value)]
    for name, value in [("inputs", 1), ("hidden_1", 16), ("hidden_3", 8), ("outputs", 2)]:
        explorer.controls[name].value = value
        pictures.append(bytes(explorer.picture.value))
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)
    assert len(set(pictures)) == len(pictures)
    assert "1 → 16 → 512 → 8 → 2: 32 + 8,704 + 4,104 + 18 = 12,858 parameters." in explorer.words
    assert all(control.description for control in explorer.controls.values())


def test_a_hidden_layer_of_no_units_is_left_out():
    explorer = widgets.layer_size_explorer()
    explorer.controls["hidden_1"].value = 0
    assert explorer.words.startswith("784 → 512 → 10: 401,920 + 5,130 = 407,050 parameters.")
    explorer.controls["hidden_2"].value = 0
    assert explorer.words == "784 → 10: 7,850 parameters, all of them in one layer."


def test_values_out_of_range_are_kept_out():
    explorer = widgets.layer_size_explorer([4, 2])
    explorer.controls["inputs"].value = 0
    explorer.controls["hidden_1"].value = -5
    explorer.controls["outputs"].value = 10**6
    assert explorer.words.startswith("1 → 1024: 2,048 parameters")


@pytest.mark.parametrize(
    "sizes", [[], [784], [0, 10], [784, -1, 10], [5, 4, 3, 2, 2, 1], [2000, 1]]
)
def test_sizes_it_cannot_show_are_named(sizes):
    with pytest.raises(ValueError, match="^layer_sizes: expected 2 to 5 sizes from 1 to 1024, got"):
        widgets.layer_size_explorer(sizes)


def test_the_still_picture_says_what_it_shows():
    bundle = widgets.layer_size_explorer([4, 3, 2])._repr_mimebundle_()
    assert bundle["text/plain"].startswith("Layer-size explorer")
    assert "4 → 3 → 2: 15 + 8 = 23 parameters" in bundle["text/plain"]
