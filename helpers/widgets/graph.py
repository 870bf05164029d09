"""What feeds each layer of a model, and what it feeds."""

from collections.abc import Mapping, Sequence
from typing import Any

import ipywidgets
from matplotlib.figure import Figure

from helpers import plots
from helpers.widgets._explorer import Explorer

GREEN = plots.COLOURS[2]


def graph_viewer(models: Mapping[str, Any]) -> Explorer:
    """Return a widget: choose a layer of a model; see what feeds it and what it feeds.

    models: maps names to functional models, or to built Sequential ones; each is laid out once.
    Controls: `model` and `layer`, names, at first that of the layer with the most arrows. The chosen
    layer has an orange frame, what feeds it thick blue arrows, what it feeds dashed green ones.
    Raises ValueError for other models, and for none.
    """
    if not models:
        raise ValueError("models: expected at least one model, got none")
    graphs = {name: plots.graph_of(model) for name, model in models.items()}
    drawn: dict[str, Any] = {}
    first = next(iter(graphs))
    controls = {
        "model": ipywidgets.Dropdown(options=list(graphs), value=first, description="model"),
        "layer": ipywidgets.Dropdown(
            options=list(graphs[first].boxes),
            value=_busiest(graphs[first]),
            description="layer",
        ),
    }

    def offer_layers(change: Any) -> None:
        graph = graphs[change["new"]]
        controls["layer"].options = list(graph.boxes)
        controls["layer"].value = _busiest(graph)

    controls["model"].observe(offer_layers, names="value")

    def draw(model: str, layer: str) -> tuple[Figure, str]:
        graph = graphs[model]
        if model not in drawn:
            figure = Figure(figsize=graph.size)
            ax = figure.add_axes((0, 0, 1, 1))
            drawn[model] = figure, *plots.draw_graph(graph, ax)
        figure, boxes, arrows = drawn[model]
        before, after = graph.boxes[layer].sources, graph.fed_by(layer)
        for name, box in boxes.items():
            style = {"edgecolor": plots.GREY, "linewidth": 1}
            if name in after:
                style = {"edgecolor": GREEN, "linewidth": 2}
            if name in before:
                style = {"edgecolor": plots.BLUE, "linewidth": 2}
            if name == layer:
                style = {"edgecolor": plots.VERMILLION, "linewidth": 3.5}
            box.set(**style)
        for (source, target), arrow in arrows.items():
            style = {"color": plots.GREY, "linewidth": 1.0, "linestyle": "-"}
            if source == layer:
                style = {"color": GREEN, "linewidth": 2.5, "linestyle": (0, (4, 1.5))}
            elif target == layer:
                style = {"color": plots.BLUE, "linewidth": 2.5, "linestyle": "-"}
            arrow.set(**style)
        return figure, _describe(graph, layer)

    return Explorer("Graph viewer", controls, draw)


def _busiest(graph: plots.ModelGraph) -> str:
    ends = [name for arrow in graph.arrows for name in arrow]
    return max(graph.boxes, key=ends.count)


def _describe(graph: plots.ModelGraph, name: str) -> str:
    box, after = graph.boxes[name], graph.fed_by(name)
    if not box.calls:
        text = f"{name} is an input of shape {box.shape}."
    elif len(box.calls) == 1:
        text = f"{name} ({box.kind}) takes {_shapes(graph, box.calls[0])} and gives {box.shape}."
    else:
        calls = ", then ".join(_shapes(graph, call) for call in box.calls)
        text = (
            f"{name} ({box.kind}) is called {len(box.calls)} times, on {calls}. Each call gives "
            f"{box.shape}."
        )
    if after:
        text += f" It feeds {_join(after)}."
    if name in graph.outputs:
        text += " It is an output of the model."
    if box.n_params:
        count = f"{box.n_params:,} parameters"
        once = f", once for all {len(box.calls)} calls" if len(box.calls) > 1 else ""
        text += f" It has {count}{once}."
    elif box.calls:
        text += " It has no parameters."
    return text


def _shapes(graph: plots.ModelGraph, names: Sequence[str]) -> str:
    return _join([f"{name} {graph.boxes[name].shape}" for name in names])


def _join(words: Sequence[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
