"""The interactive figures of the lessons, made with ipywidgets.

All of them but `commit_box`, a question, are an `Explorer`: a few controls, a picture that follows
them and a sentence that puts the picture into words. The picture is drawn by matplotlib, off screen,
and sent as PNG bytes to an Image widget. That swaps one picture for the next without flicker, needs
no extension in JupyterLab, and leaves bytes that also serve as a still picture where no front end
runs: in an exported page, on GitHub, in nbviewer. An Output widget would clear itself before each
redraw, and would be empty there. Figures are made without pyplot, so that nothing has to be closed,
and made once: a redraw that only moves marks takes half as long.
"""

from helpers.widgets._explorer import Explorer
from helpers.widgets.activations import ACTIVATIONS, activation_explorer
from helpers.widgets.batches import batch_explorer
from helpers.widgets.boundaries import boundary_explorer
from helpers.widgets.commit_box import CommitBox, commit_box
from helpers.widgets.confusion import confusion_browser
from helpers.widgets.descent import descent_explorer
from helpers.widgets.gradients import gradient_norm_explorer
from helpers.widgets.graph import graph_viewer
from helpers.widgets.layer_sizes import layer_size_explorer
from helpers.widgets.layers import layer_life_cycle
from helpers.widgets.noise import noise_explorer
from helpers.widgets.outliers import outlier_explorer
from helpers.widgets.pictures import picture_explorer
from helpers.widgets.pipeline import pipeline_explorer, simulate_pipeline
from helpers.widgets.plateau import plateau_explorer
from helpers.widgets.search import search_explorer
from helpers.widgets.thresholds import threshold_explorer
from helpers.widgets.wide_deep import wide_deep_explorer

__all__ = [
    "ACTIVATIONS",
    "CommitBox",
    "Explorer",
    "activation_explorer",
    "batch_explorer",
    "boundary_explorer",
    "commit_box",
    "confusion_browser",
    "descent_explorer",
    "gradient_norm_explorer",
    "graph_viewer",
    "layer_life_cycle",
    "layer_size_explorer",
    "noise_explorer",
    "outlier_explorer",
    "picture_explorer",
    "pipeline_explorer",
    "plateau_explorer",
    "search_explorer",
    "simulate_pipeline",
    "threshold_explorer",
    "wide_deep_explorer",
]
