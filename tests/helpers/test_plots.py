"""Behaviour of helpers.plots, seen from outside; one test looks through a real kernel."""

from pathlib import Path
from typing import Any

import matplotlib as mpl
import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

mpl.use("Agg")

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers import plots

NAMES = ["Coat", "Shirt", "Bag"]
PICTURES = np.arange(5 * 28 * 28, dtype=np.uint8).reshape(5, 28, 28)
HISTORY = {
    "loss": [1.0, 0.5, 0.4],
    "accuracy": [0.6, 0.8, 0.85],
    "val_loss": [0.7, 0.6, 0.6],
    "val_accuracy": [0.7, 0.75, 0.8],
    "learning_rate": [0.01, 0.01, 0.001],
}
MATRIX = np.array([[8, 2, 0], [300, 4000, 20], [0, 0, 0]])


class Tensor:
    """What a TensorFlow tensor is to these functions: something that becomes an array."""

    def __init__(self, values):
        self.values = np.asarray(values)

    def __array__(self, dtype=None, copy=None):
        return self.values if dtype is None else self.values.astype(dtype)


class History:
    """What Keras's History is to these functions."""

    def __init__(self, history):
        self.history = history


@pytest.fixture(autouse=True)
def _tidy():
    settings = mpl.rcParams.copy()
    yield
    plt.close("all")
    assert mpl.rcParams == settings, "a plot changed the global settings"


def texts(ax: Any) -> list[str]:
    """All texts inside an axes."""
    return [text.get_text() for text in ax.texts]


def x_of(line: Any) -> list[float]:
    """Where a line's points are."""
    return list(line.get_xdata())


def y_of(line: Any) -> list[float]:
    """How high a line's points are."""
    return list(line.get_ydata())


def legend(ax: Any) -> list[str]:
    """The entries of the legend."""
    return ticks(ax.get_legend().get_texts())


def ticks(labels: Any) -> list[str]:
    """What the tick labels say."""
    return [label.get_text() for label in labels]


AXES_PLOTS = {
    "image": lambda **kw: plots.image(PICTURES[0], **kw),
    "compare_curves": lambda **kw: plots.compare_curves({"a": HISTORY, "b": HISTORY}, **kw),
    "confusion_matrix": lambda **kw: plots.confusion_matrix(MATRIX, NAMES, **kw),
    "activation": lambda **kw: plots.activation(np.tanh, **kw),
    "predicted": lambda **kw: plots.predicted_against_true([1.0, 2.0], [1.5, 2.0], **kw),
    "housing_map": lambda **kw: plots.housing_map([34.0, 38], [-118.0, -122], [2.0, 3], **kw),
    "prediction_bars": lambda **kw: plots.prediction_bars([0.2, 0.7, 0.1], NAMES, **kw),
}


@pytest.mark.parametrize("name", AXES_PLOTS)
def test_ax_is_used_where_given_and_made_where_not(name):
    figure, (left, right) = plt.subplots(1, 2)
    assert AXES_PLOTS[name](ax=right) is right
    assert right.has_data()
    assert not left.has_data()
    assert plt.get_fignums() == [figure.number]

    ax = AXES_PLOTS[name]()
    assert isinstance(ax, Axes)
    assert ax.figure is not figure


def test_check_shape_binds_words_and_numbers():
    plots.check_shape("m", np.zeros((2, 2)), ("n", "n"))
    with pytest.raises(ValueError, match=r"^m: expected shape \(n, n\), got \(2, 3\)"):
        plots.check_shape("m", np.zeros((2, 3)), ("n", "n"))
    with pytest.raises(ValueError, match=r"^y: expected shape \(4,\) or \(4, 1\), got \(3,\)"):
        plots.check_shape("y", np.zeros(3), (4,), (4, 1))


@pytest.mark.parametrize(
    ("picture", "limits"),
    [
        (PICTURES[0], (0, 255)),
        (np.full((28, 28, 1), 0.5), (0, 1)),
        (Tensor(np.linspace(-2, 3, 16).reshape(4, 4)), (-2, 3)),
    ],
)
def test_image_takes_any_range(picture, limits):
    ax = plots.image(picture, title="a coat")
    assert ax.images[0].get_clim() == limits
    assert ax.get_title() == "a coat"


def test_image_grid_names_pictures_and_marks_mistakes():
    figure = plots.image_grid(
        Tensor(PICTURES[..., None]), [0, 1, 2, 0, 1], NAMES, [0, 0, 2, 0, 1], n_columns=3
    )
    assert isinstance(figure, Figure)
    titles = [ax.get_title() for ax in figure.axes]
    assert titles == ["Coat", "Shirt,\nnot Coat", "Bag", "Coat", "Shirt"]
    framed = [ax.spines["left"].get_visible() for ax in figure.axes]
    assert framed == [False, True, False, False, False]


def test_pixel_values_stand_in_their_places():
    whole, part = plots.pixel_values(PICTURES[0], slice(2, 4), slice(10, 13), "a").axes
    assert (whole.get_title(), part.get_title()) == ("a", "rows 2 to 3, columns 10 to 12")
    assert whole.patches[0].get_bbox().bounds == (9.5, 1.5, 3, 2)
    shown = {text.get_position(): text.get_text() for text in part.texts}
    assert shown[(2, 1)] == str(PICTURES[0, 3, 12])
    assert len(shown) == 6
    with pytest.raises(ValueError, match="rows, columns"):
        plots.pixel_values(PICTURES[0], slice(28, 30), slice(0, 3))


def test_losses_and_their_slopes():
    left, right = plots.cross_entropy_and_squared_error().axes
    for loss, slope in zip(left.lines, right.lines, strict=True):
        p, values = map(np.asarray, loss.get_data())
        # Along the logit, p changes by p (1 - p).
        numerical = np.gradient(values, p) * p * (1 - p)
        np.testing.assert_allclose(
            numerical[50:-1], np.asarray(slope.get_ydata())[50:-1], atol=0.002
        )
    assert [line.get_linestyle() for line in left.lines] == ["-", "--"]


def test_image_grid_without_names_or_labels():
    assert [ax.get_title() for ax in plots.image_grid(PICTURES).axes] == [""] * 5
    assert plots.image_grid(PICTURES[:1], labels=[7]).axes[0].get_title() == "7"
    guessed = plots.image_grid(PICTURES[:1], class_names=NAMES, predictions=[2])
    assert guessed.axes[0].get_title() == "Bag"


@pytest.mark.parametrize("history", [HISTORY, History(HISTORY)])
def test_learning_curves(history):
    figure = plots.learning_curves(history, title="SGD")
    left, right = figure.axes
    assert figure.get_suptitle() == "SGD"
    assert left.get_ylabel() == "loss"
    assert right.get_ylabel() == "accuracy"
    assert legend(left) == ["training loss", "validation loss"]
    training, validation = left.lines
    assert x_of(training) == [0.5, 1.5, 2.5]
    assert x_of(validation) == [1, 2, 3]
    assert (training.get_linestyle(), validation.get_linestyle()) == ("-", "--")


def test_learning_curves_of_one_epoch_and_of_loss_alone():
    figure = plots.learning_curves({"loss": [1.0]})
    (ax,) = figure.axes
    assert ax.lines[0].get_marker() not in ("", "None")
    assert all(tick == int(tick) for tick in ax.get_xticks())


def test_learning_curves_of_two_heads():
    history = {"loss": [3.0], "label_loss": [1.0], "score_loss": [2.0], "label_accuracy": [0.5]}
    left, right = plots.learning_curves(history).axes
    assert (len(left.lines), len(right.lines)) == (3, 1)


def test_learning_curves_with_rarer_validation():
    history = {"loss": [4.0, 3.0, 2.0, 1.0, 0.5], "val_loss": [3.0, 2.0]}
    with pytest.raises(ValueError, match=r"5 values of 'val_loss'.* validation_freq"):
        plots.learning_curves(history)
    figure = plots.learning_curves(history, validation_freq=2)
    assert x_of(figure.axes[0].lines[1]) == [2, 4]


def test_compare_curves_tells_many_lines_apart():
    histories = {f"run {i}": {"loss": [1.0, i]} for i in range(20)}
    ax = plots.compare_curves(histories, "loss")
    styles = {(line.get_color(), line.get_linestyle(), line.get_marker()) for line in ax.lines}
    assert len(styles) == 20
    assert legend(ax) == list(histories)
    assert x_of(ax.lines[0]) == [0.5, 1.5]


def test_curve_panels_share_their_axes():
    history = {"loss": [2.0, 1.0], "val_loss": [2.5, 3.0]}
    figure = plots.curve_panels({f"run {i}": history for i in range(5)}, n_columns=3, top=2.4)
    assert [ax.get_title() for ax in figure.axes] == [f"run {i}" for i in range(5)]
    assert {ax.get_ylim() for ax in figure.axes} == {(0.0, 2.4)}
    assert [legend(ax) for ax in figure.axes if ax.get_legend()] == [["training", "validation"]]
    training, validation = figure.axes[4].lines
    assert (x_of(training), x_of(validation)) == ([0.5, 1.5], [1, 2])
    assert (training.get_linestyle(), validation.get_linestyle()) == ("-", "--")


def test_curve_panels_say_what_is_missing():
    with pytest.raises(ValueError, match="at least one history"):
        plots.curve_panels({})
    with pytest.raises(ValueError, match="has no 'val_loss'"):
        plots.curve_panels({"a": {"loss": [1.0]}})


def test_compare_curves_draws_runs_of_any_length():
    short = {"val_accuracy": [0.1]}
    ax = plots.compare_curves({"long": History(HISTORY), "short": short})
    assert [len(x_of(line)) for line in ax.lines] == [3, 1]
    assert ax.get_ylabel() == "validation accuracy"


def test_confusion_matrix_colours_mistakes_by_row_share():
    ax: Any = plots.confusion_matrix(Tensor(MATRIX), NAMES)
    assert texts(ax) == [str(count) for count in MATRIX.ravel()]
    assert ticks(ax.get_yticklabels()) == ticks(ax.get_xticklabels()) == NAMES
    shares = ax.images[0].get_array()
    assert np.ma.getmaskarray(shares).diagonal().all()
    assert shares[0, 1] == pytest.approx(20)
    assert shares[1, 0] == pytest.approx(100 * 300 / 4320)
    colours = {text.get_text(): text.get_color() for text in ax.texts}
    assert colours["2"] == "white"  # the largest share, though a small count
    assert colours["20"] == "black"


@pytest.mark.parametrize("matrix", [np.eye(3, dtype=int), [[5]], np.zeros((2, 2)), np.eye(2) / 3])
def test_confusion_matrix_without_mistakes(matrix):
    ax = plots.confusion_matrix(matrix)
    ax.figure.canvas.draw()


def test_activation_and_its_derivative():
    x = np.linspace(-1, 1, 5)
    ax = plots.activation(Tensor, lambda x: np.ones_like(x), x, "identity")
    *zero, function, derivative = ax.lines
    assert len(zero) == 2
    assert y_of(function) == list(x)
    assert (function.get_linestyle(), derivative.get_linestyle()) == ("-", "--")
    assert ax.get_title() == "identity"
    assert len(legend(ax)) == 2


def test_activation_gallery_has_a_panel_each():
    pairs = {"tanh": (np.tanh, None), "exp": (np.exp, np.exp), "sin": (np.sin, np.cos)}
    figure = plots.activation_gallery(pairs, n_columns=2)
    assert [ax.get_title() for ax in figure.axes] == list(pairs)
    figure.axes[0].set_xlim(-1, 1)
    assert figure.axes[2].get_xlim() == (-1, 1)


@pytest.mark.parametrize("shape", [(30,), (30, 1), (3000,), (3000, 1)])
def test_predicted_against_true_takes_rows_and_columns(shape):
    rng = np.random.default_rng(0)
    true = rng.uniform(0, 5, shape)
    ax = plots.predicted_against_true(true.ravel(), Tensor(true), unit="m")
    assert ax.get_xlabel() == "true value (m)"
    assert ax.get_ylabel() == "predicted value (m)"
    offsets: Any = ax.collections[0].get_offsets()
    assert np.allclose(offsets[:, 0], offsets[:, 1], atol=0.2)


def test_predicted_against_true_counts_what_it_leaves_out():
    true = np.linspace(0, 5, 50)
    predicted = true.copy()
    predicted[3] = 1000
    ax: Any = plots.predicted_against_true(true, predicted)
    assert ax.get_ylim()[1] < 10
    assert ax.get_legend().get_title().get_text() == "1 of 50 lie outside"
    assert plots.predicted_against_true(np.ones(2000), np.full(2000, 3.0)).get_ylim()[1] > 3


def test_housing_map_has_the_ground_s_proportions():
    ax = plots.housing_map([60.0, 60.0], [0.0, 1.0], [1.0, 2.0], label="value")
    assert ax.get_aspect() == pytest.approx(2)  # 1 / cos(60°)
    assert ax.get_xlabel() == "longitude (°)"
    assert ax.figure.axes[1].get_ylabel() == "value"


def test_prediction_bars_mark_the_true_class():
    ax: Any = plots.prediction_bars(Tensor([0.2, 0.7, 0.1]), NAMES, true_label=2)
    assert [bar.get_width() for bar in ax.patches] == [0.2, 0.7, 0.1]
    assert [bool(bar.get_hatch()) for bar in ax.patches] == [False, False, True]
    assert ticks(ax.get_yticklabels()) == ["Coat", "Shirt", "Bag (true)"]
    assert texts(ax) == ["20%", "70%", "10%"]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: plots.image(PICTURES), r"^image: expected shape \(height, width\)"),
        (lambda: plots.image_grid(PICTURES[0]), r"^images: .* got \(28, 28\)"),
        (lambda: plots.image_grid(np.zeros((101, 2, 2))), r"^images: expected 1 to 100 .* got 101"),
        (lambda: plots.image_grid(PICTURES, [1, 2]), r"^labels: expected shape \(5,\), got \(2,\)"),
        (lambda: plots.image_grid(PICTURES, [0] * 4 + [3], NAMES), r"^labels: .*0 to 2, got 0 to"),
        (lambda: plots.image_grid(PICTURES, predictions=[[1]] * 5), r"^predictions: .* got \(5, 1"),
        (lambda: plots.image_grid(PICTURES, n_columns=0), "^n_columns: "),
        (lambda: plots.learning_curves({"accuracy": [1]}), "^history: expected a record 'loss'"),
        (lambda: plots.learning_curves([1, 2]), "^history: expected a History or its dict"),
        (lambda: plots.learning_curves({"loss": 1.0}), r"^history\['loss'\]: expected shape"),
        (lambda: plots.compare_curves({}), "^histories: "),
        (lambda: plots.compare_curves({"a": HISTORY}, "mae"), r"^metric: histories\['a'\] has no"),
        (lambda: plots.confusion_matrix(MATRIX[:2]), r"^matrix: .* got \(2, 3\)"),
        (lambda: plots.confusion_matrix(-MATRIX), "^matrix: .* negative"),
        (lambda: plots.confusion_matrix(MATRIX, NAMES[:2]), "^class_names: expected 3 names"),
        (lambda: plots.activation(lambda x: x[1:]), r"^function\(x\): .* got \(500,\)"),
        (lambda: plots.activation(np.tanh, lambda x: 1), r"^derivative\(x\): .* got \(\)"),
        (lambda: plots.activation(np.tanh, x=3.0), r"^x: expected shape \(n,\), got \(\)"),
        (lambda: plots.activation_gallery({}), "^pairs: "),
        (lambda: plots.predicted_against_true([1, 2], [1]), r"^y_pred: .*\(2,\) or \(2, 1\), got"),
        (lambda: plots.predicted_against_true([[1, 2]], [1]), r"^y_true: .* got \(1, 2\)"),
        (lambda: plots.predicted_against_true([1, 2], [1, np.nan]), "^y_pred: .* 1 others of 2"),
        (lambda: plots.housing_map([1], [1, 2], [1]), "^longitude: "),
        (lambda: plots.prediction_bars([[0.5]], NAMES), "^probabilities: "),
        (lambda: plots.prediction_bars([-3, 2, 5], NAMES), "^probabilities: .* -3 to 5; logits"),
        (lambda: plots.prediction_bars([0.5, 0.5], NAMES), "^class_names: expected 2 names, got 3"),
        (lambda: plots.prediction_bars([0, 0, 1], NAMES, 3), "^true_label: expected 0 to 2, got 3"),
    ],
)
def test_wrong_arguments_are_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
    assert plt.get_fignums() == [], "an empty figure would appear under the message"


CELLS = """\
import numpy as np; from helpers import plots
plots.image_grid(np.zeros((2, 4, 4)))
plots.image_grid(np.zeros((2, 4, 4)));
plots.image(np.zeros((4, 4)))
plots.image(np.zeros((4, 4)));
figure = plots.learning_curves({"loss": [1.0]}); figure.suptitle("mine"); figure
figure
unused = plots.activation_gallery({"tanh": (np.tanh, None)})
display(plots.learning_curves({"loss": [1.0]}))
import matplotlib.pyplot as plt; plt.get_fignums()"""
PICTURES_OF_CELLS = [0, 1, 1, 1, 1, 1, 1, 1, 1, 0]


def test_a_cell_shows_each_figure_once():
    cells = [nbformat.v4.new_code_cell(line) for line in CELLS.splitlines()]
    notebook = nbformat.v4.new_notebook(cells=cells)
    root = Path(__file__).parents[2]
    NotebookClient(
        notebook, kernel_name="python3", resources={"metadata": {"path": str(root)}}
    ).execute()
    shown = [sum("image/png" in out.get("data", ()) for out in cell.outputs) for cell in cells]
    assert shown == PICTURES_OF_CELLS
    assert cells[-1].outputs[0]["data"]["text/plain"] == "[]", "figures are left open"


def test_rate_sweep_shows_batches_and_their_median():
    rates, losses = (
        np.geomspace(1e-4, 1, 21),
        [2.0] * 10 + [1.0] * 5 + [50.0] * 4 + [np.inf, np.nan],
    )
    losses[3] = 9.0  # one odd batch does not bend the line
    ax = plots.rate_sweep(Tensor(rates), losses)
    points, line = ax.lines
    assert points.get_xdata() == pytest.approx(rates)
    assert np.asarray(line.get_ydata())[[0, 3, 12]] == pytest.approx([2, 2, 1])
    assert ax.get_xscale() == "log"
    assert ax.get_ylim() == pytest.approx((0, 3))
    ax.figure.canvas.draw()


@pytest.mark.parametrize(
    ("rates", "losses"), [([], []), ([0.1, 0.2], [1.0]), ([0.0, 0.1], [1.0, 1.0])]
)
def test_rate_sweep_refuses_what_is_no_sweep(rates, losses):
    with pytest.raises(ValueError, match="rates|losses"):
        plots.rate_sweep(rates, losses)
