"""The drawing of a model as a graph: where its boxes stand, and what its arrows join."""

from itertools import combinations

import matplotlib as mpl
import pytest

mpl.use("Agg")

import keras
import pandas as pd
from matplotlib import pyplot as plt

from helpers import plots
from helpers.plots.graph import HEIGHT, WIDTH

Dense = keras.layers.Dense


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def branched():
    a, b = keras.Input((4,), name="a"), keras.Input((), dtype="int32", name="b")
    place = keras.layers.Embedding(9, 2, name="place")(b)
    joined = keras.layers.Concatenate(name="joined")([a, place])
    hidden = Dense(6, activation="relu", name="hidden")(joined)
    total = keras.layers.add([hidden, Dense(6, name="inner")(hidden)], name="total")
    late = keras.layers.Concatenate(name="late")([total, a])
    return keras.Model(
        [a, b], {"one": Dense(1, name="one")(late), "two": Dense(2, name="two")(total)}
    )


def test_arrows_join_what_feeds_with_what_is_fed():
    graph = plots.graph_of(branched())
    assert set(graph.arrows) == {
        ("b", "place"),
        ("a", "joined"),
        ("place", "joined"),
        ("joined", "hidden"),
        ("hidden", "inner"),
        ("hidden", "total"),
        ("inner", "total"),
        ("total", "late"),
        ("a", "late"),
        ("late", "one"),
        ("total", "two"),
    }
    assert set(graph.outputs) == {"one", "two"}
    assert set(graph.fed_by("a")) == {"joined", "late"}
    assert set(graph.boxes["joined"].sources) == {"a", "place"}


def test_boxes_say_class_shape_and_parameters():
    boxes = plots.graph_of(branched()).boxes
    assert boxes["hidden"].kind == "Dense, relu"
    assert boxes["hidden"].shape == "(None, 6)"
    assert boxes["hidden"].n_params == 6 * 6 + 6
    assert boxes["a"].kind == "InputLayer"
    assert boxes["place"].n_params == 18


def test_the_row_is_the_longest_way_from_an_input():
    boxes = plots.graph_of(branched()).boxes
    rows = {name: round(box.y - boxes["a"].y) for name, box in boxes.items()}
    assert rows == {
        "a": 0,
        "b": 0,
        "place": 1,
        "joined": 2,
        "hidden": 3,
        "inner": 4,
        "total": 5,
        "late": 6,
        "two": 6,
        "one": 7,
    }


def test_nothing_overlaps_and_no_arrow_crosses_a_box():
    graph = plots.graph_of(branched())
    for one, other in combinations(graph.boxes.values(), 2):
        assert abs(one.x - other.x) >= WIDTH or abs(one.y - other.y) >= HEIGHT
    for way in graph.arrows.values():
        for x, y in way[1:-1]:
            assert not any(
                abs(x - box.x) < WIDTH / 2 and abs(y - box.y) < HEIGHT / 2
                for box in graph.boxes.values()
            )
    width, height = graph.size
    assert all(0 < x < width and 0 < y < height for way in graph.arrows.values() for x, y in way)


def test_a_shared_layer_is_one_box_with_its_calls():
    left, right = keras.Input((3,), name="left"), keras.Input((3,), name="right")
    encoder = Dense(2, name="encoder")
    model = keras.Model([left, right], keras.ops.abs(encoder(left) - encoder(right)))
    graph = plots.graph_of(model)
    assert graph.boxes["encoder"].calls == (("left",), ("right",))
    ax = plots.model_graph(model)
    assert any("called 2 ×" in text.get_text() for text in ax.texts)


def test_a_layer_on_its_own_output_is_a_loop():
    x, layer = keras.Input((3,), name="x"), Dense(3, name="again")
    graph = plots.graph_of(keras.Model(x, layer(layer(x))))
    assert graph.boxes["again"].calls == (("x",), ("again",))
    assert ("again", "again") in graph.arrows
    plots.model_graph(keras.Model(x, layer(layer(x))))


def test_a_stack_and_a_model_inside_a_model():
    stack = keras.Sequential([keras.Input((3,)), Dense(2, name="first")], name="stack")
    assert next(iter(plots.graph_of(stack).arrows.values()))[0][0] == pytest.approx(WIDTH / 2 + 0.1)
    x = keras.Input((3,), name="x")
    graph = plots.graph_of(keras.Model(x, Dense(1, name="last")(stack(x))))
    assert set(graph.arrows) == {("x", "stack"), ("stack", "last")}
    assert graph.boxes["stack"].n_params == 8


def test_the_highlight_is_checked_and_drawn():
    model = branched()
    widths = [patch.get_linewidth() for patch in plots.model_graph(model, "hidden").patches]
    assert widths.count(3) == 1
    with pytest.raises(ValueError, match="highlight: expected one of"):
        plots.model_graph(model, "hiden")


class Subclass(keras.Model):
    """A model whose graph nobody knows."""


@pytest.mark.parametrize("model", [keras.Sequential([Dense(3)]), Subclass(), 3])
def test_other_models_are_refused(model):
    with pytest.raises(ValueError, match="model: expected a functional model"):
        plots.graph_of(model)


def table(takes):
    """Two inputs, a lettered layer that takes both, and what it feeds."""
    rows = [("first", "Input", "", "", 0, 0), ("second", "Input", "", "", 2, 0)]
    rows += [("A", "Add", "", takes, 1, 1), ("last", "Dense", "3 units", "A", 1, 2)]
    columns = ["layer", "kind", "settings", "takes", "x", "y"]
    return pd.DataFrame(rows, columns=columns).set_index("layer")


def test_a_table_is_drawn_with_a_box_for_each_row_and_letters_that_stand_out():
    ax = plots.lettered_graph(table("first second"))
    boxes = {text.get_text(): text for text in ax.texts if text.get_text()}
    assert set(boxes) == {"first: Input", "second: Input", "A: Add", "last: Dense\n3 units"}
    assert [words for words, text in boxes.items() if text.get_weight() == "bold"] == ["A: Add"]
    arrows = [text for text in ax.texts if not text.get_text()]
    assert [(arrow.xyann, arrow.xy) for arrow in arrows] == [
        ((0, 0.28), (1, 0.72)), ((2, 0.28), (1, 0.72)), ((1, 1.28), (1, 1.72)),
    ]  # fmt: skip


def test_a_table_that_lacks_a_layer_is_refused():
    with pytest.raises(ValueError, match=r"\['b'\] feed a layer, but have no row"):
        plots.lettered_graph(table("first b"))
