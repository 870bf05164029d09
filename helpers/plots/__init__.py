"""The figures of the lessons: small functions around matplotlib, one picture each.

Arrays may be NumPy arrays, tensors or lists. Colours are those of Okabe and Ito, one of them paling
to white, or the colour map cividis: readers with any colour vision can tell them apart. Line styles
and markers differ too. In a notebook each picture has a text alternative, made of what is in it.

One picture for each call. Jupyter shows a figure twice when pyplot made it *and* it is the value of
a cell's last line: once as that value, once when the cell ends and pyplot's open figures are shown.
Figures without pyplot would be no better: `plots.image_grid(images);` would show nothing at all. So
the functions make pyplot figures of the class `ShownOnce`, which close themselves when they are
shown. Asking for such a figure again, in a later cell, still shows it.
"""

from helpers.plots._alternative import describe, give_alternatives
from helpers.plots._figure import (
    BLUE,
    COLOURS,
    GREY,
    VERMILLION,
    WHITE_TO_BLUE,
    ShownOnce,
    check_shape,
    name_classes,
    new_figure,
)
from helpers.plots.activations import activation, activation_gallery
from helpers.plots.confusion import confusion_matrix
from helpers.plots.curves import compare_curves, curve_panels, learning_curves, rate_sweep
from helpers.plots.descent import decision_boundary, descent, loss_curves
from helpers.plots.graph import ModelGraph, draw_graph, graph_of, lettered_graph, model_graph
from helpers.plots.images import image, image_grid, pixel_values, prediction_bars
from helpers.plots.losses import cross_entropy_and_squared_error
from helpers.plots.orders import epoch_orders
from helpers.plots.pictures import picture
from helpers.plots.regression import housing_map, predicted_against_true
from helpers.plots.search import (
    best_after,
    best_so_far,
    draws_on_log_axis,
    projected_trials,
    search_plane,
    search_race,
    surrogate_panels,
)

__all__ = [
    "BLUE",
    "COLOURS",
    "GREY",
    "VERMILLION",
    "WHITE_TO_BLUE",
    "ModelGraph",
    "ShownOnce",
    "activation",
    "activation_gallery",
    "best_after",
    "best_so_far",
    "check_shape",
    "compare_curves",
    "confusion_matrix",
    "cross_entropy_and_squared_error",
    "curve_panels",
    "decision_boundary",
    "descent",
    "describe",
    "draw_graph",
    "draws_on_log_axis",
    "epoch_orders",
    "give_alternatives",
    "graph_of",
    "housing_map",
    "image",
    "image_grid",
    "learning_curves",
    "lettered_graph",
    "loss_curves",
    "model_graph",
    "name_classes",
    "new_figure",
    "picture",
    "pixel_values",
    "predicted_against_true",
    "prediction_bars",
    "projected_trials",
    "rate_sweep",
    "search_plane",
    "search_race",
    "surrogate_panels",
]

give_alternatives()
