"""Models as graphs: one box for each layer, an arrow wherever one layer feeds another."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Patch
from matplotlib.path import Path
from matplotlib.text import Text

from helpers.plots._figure import BLUE, GREY, VERMILLION, new_figure

WIDTH, HEIGHT = 2.1, 0.62  # of a box, in inches
GAP, ROW = 0.3, 1.0  # between boxes; from one row to the next
LANE = 0.3  # for an arrow that passes a row
LOOP = 0.35  # how far a loop stands out from the side of its box
PALE_BLUE = "#E8F1F8"
PALE_YELLOW = "#FFF3D6"


@dataclass(frozen=True)
class GraphBox:
    """One layer, or one operation such as `+`, of a model.

    Attributes:
        name: of the layer.
        kind: its class, with the activation if it has one.
        shape: of what it gives, as text.
        calls: for each call the names of what feeds it; none for an input.
        n_params: how many weights and biases it has.
        x, y: the centre of its box, in inches; y grows downwards.
    """

    name: str
    kind: str
    shape: str
    calls: tuple[tuple[str, ...], ...]
    n_params: int
    x: float = 0.0
    y: float = 0.0

    @property
    def sources(self) -> tuple[str, ...]:
        """What feeds it, each name once."""
        return tuple(dict.fromkeys(name for call in self.calls for name in call))


@dataclass(frozen=True)
class ModelGraph:
    """The boxes of a model by name, from the inputs on, and the way of each arrow between them."""

    boxes: dict[str, GraphBox]
    arrows: dict[tuple[str, str], tuple[tuple[float, float], ...]]
    outputs: tuple[str, ...]

    def fed_by(self, name: str) -> tuple[str, ...]:
        """The names of the layers that take this one's output."""
        return tuple(target for source, target in self.arrows if source == name)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the drawing in inches."""
        points = [(box.x + WIDTH / 2, box.y + HEIGHT / 2) for box in self.boxes.values()]
        points += [point for way in self.arrows.values() for point in way]
        points += [(x + LOOP, y) for (a, b), ((x, y), *_) in self.arrows.items() if a == b]
        return max(x for x, _ in points) + 0.1, max(y for _, y in points) + 0.1


def model_graph(model: Any, highlight: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw a model as a graph, inputs at the top; return the Axes.

    Each box names a layer, its class and the shape of its output. A layer that is called several
    times is one box, marked with how often, because it has its weights once. model: a functional
    model, or a Sequential one that is built. highlight: the name of a layer to draw in another
    colour. Raises ValueError for other models, and for a name that the model lacks.
    """
    graph = graph_of(model)
    if highlight is not None and highlight not in graph.boxes:
        raise ValueError(f"highlight: expected one of {list(graph.boxes)}, got {highlight!r}")
    if ax is None:
        ax = new_figure(*graph.size).subplots()
    boxes, _ = draw_graph(graph, ax)
    if highlight is not None:
        boxes[highlight].set(edgecolor=VERMILLION, linewidth=3)
    return ax


def lettered_graph(layers: Any, ax: Axes | None = None) -> Axes:
    """Draw a graph from a table of layers, some of which have letters for names; return the Axes.

    layers: a DataFrame with a row for each layer, its name in the index, and the columns `kind`,
    `settings`, `takes` (the names of what feeds it, with spaces between them; empty for an input),
    `x` and `y` (y grows downwards). A layer whose name is a single letter stands out. Raises
    ValueError for a layer that takes what the table lacks.
    """
    missing = {name for takes in layers["takes"] for name in takes.split()} - set(layers.index)
    if missing:
        raise ValueError(f"layers: {sorted(missing)} feed a layer, but have no row")
    if ax is None:
        ax = new_figure(7, 8.5).subplots()
    for name, layer in layers.iterrows():
        for source in layer["takes"].split():
            start = (layers.loc[source, "x"], layers.loc[source, "y"] + 0.28)
            end = (layer["x"], layer["y"] - 0.28)
            ax.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": GREY})
        lettered = len(name) == 1
        words = f"{name}: {layer['kind']}\n{layer['settings']}".strip()
        box = {
            "boxstyle": "round",
            "facecolor": PALE_YELLOW if lettered else "white",
            "edgecolor": BLUE,
            "linestyle": "-" if layer["takes"] else "--",
        }
        weight = "bold" if lettered else "normal"
        ax.text(layer["x"], layer["y"], words, ha="center", va="center", bbox=box, weight=weight)
    x, y = layers["x"], layers["y"]
    ax.set(xlim=(x.min() - 0.8, x.max() + 0.9), ylim=(y.max() + 0.4, y.min() - 0.4))
    ax.axis("off")
    return ax


def draw_graph(
    graph: ModelGraph, ax: Axes
) -> tuple[dict[str, Patch], dict[tuple[str, str], Patch]]:
    """Draw a laid-out graph; return the boxes by name and the arrows by (source, target)."""
    width, height = graph.size
    ax.set(xlim=(0, width), ylim=(height, 0), aspect="equal")
    ax.axis("off")
    arrows = {ends: ax.add_patch(_arrow(way)) for ends, way in graph.arrows.items()}
    boxes = {}
    for name, box in graph.boxes.items():
        boxes[name] = ax.add_patch(
            FancyBboxPatch(
                (box.x - WIDTH / 2, box.y - HEIGHT / 2),
                WIDTH,
                HEIGHT,
                boxstyle="round,pad=0,rounding_size=0.08",
                facecolor="white" if not box.calls else PALE_BLUE,
                edgecolor=BLUE,
                linestyle="--" if not box.calls else "-",
            )
        )
        again = f"   called {len(box.calls)} ×" if len(box.calls) > 1 else ""
        _write(ax, box.x, box.y - 0.18, _cut(name, 26), weight="bold")
        _write(ax, box.x, box.y, _cut(box.kind + again, 30))
        _write(ax, box.x, box.y + 0.18, _cut(box.shape, 30), family="monospace")
    return boxes, arrows


def graph_of(model: Any) -> ModelGraph:
    """Lay a model out in rows: the row of a layer is the longest way to it from an input.

    model: as in `model_graph`; raises ValueError for others. Only what Keras says of a model in
    public is read: its operations and its configuration.
    """
    boxes, outputs, depths = _read(model)
    rows: list[list[Any]] = [[] for _ in range(max(depths.values()) + 1)]
    for name, depth in depths.items():
        rows[depth].append(name)
    # An arrow past a row takes a place in it, so that no box is in its way.
    ways = {
        (source, name): [
            source,
            *((source, name, row) for row in range(depths[source] + 1, depths[name])),
            name,
        ]
        for name, box in boxes.items()
        for source in box.sources
        if source != name
    }
    for way in ways.values():
        for place in way[1:-1]:
            rows[place[2]].append(place)
    links = [(a, b) for way in ways.values() for a, b in itertools.pairwise(way)]
    x = _columns(rows, links)
    top = HEIGHT / 2 + 0.1
    boxes = {
        name: replace(boxes[name], x=x[name], y=top + ROW * depths[name])
        for name in sorted(boxes, key=lambda name: (depths[name], x[name]))
    }
    arrows = {}
    for (source, target), way in ways.items():
        start, end = boxes[source], boxes[target]
        beside = [(x[p], top + ROW * p[2] + dy) for p in way[1:-1] for dy in (-0.3, 0.3)]
        arrows[source, target] = (
            (start.x, start.y + HEIGHT / 2),
            *beside,
            (end.x, end.y - HEIGHT / 2),
        )
    for name, box in boxes.items():
        if name in box.sources:  # a layer that is called on its own output
            right = box.x + WIDTH / 2
            arrows[name, name] = ((right, box.y + 0.15), (right, box.y - 0.15))
    return ModelGraph(boxes, arrows, outputs)


def _read(model: Any) -> tuple[dict[str, GraphBox], tuple[str, ...], dict[str, int]]:
    """The boxes of a model, not laid out yet, the names of its outputs, and the depth of each."""
    import keras  # not at the top: importing it takes seconds

    try:
        if isinstance(model, keras.Sequential):
            model = keras.Model(model.inputs, model.outputs)  # the same layers
        operations = {operation.name: operation for operation in model.operations}
        config = model.get_config()
        calls = {
            entry["config"]["name"]: [list(_histories(node)) for node in entry["inbound_nodes"]]
            for entry in config["layers"]
        }
    except (AttributeError, KeyError, ValueError, TypeError, NotImplementedError):
        raise ValueError(
            "model: expected a functional model, or a Sequential one that is built, got "
            f"{type(model).__name__}"
        ) from None
    outputs = tuple(dict.fromkeys(_output_names(config["output_layers"])))
    boxes = {}
    for name, nodes in calls.items():
        operation = operations[name]
        boxes[name] = GraphBox(
            name=name,
            kind=_kind(operation),
            shape=", ".join(str(shape) for shape in _shapes(operation.output)),
            calls=tuple(tuple(dict.fromkeys(source for source, _ in node)) for node in nodes),
            n_params=operation.count_params() if hasattr(operation, "count_params") else 0,
        )

    depth_of_call: dict[tuple[str, int], int] = {}

    def depth(name: str, call: int) -> int:
        if (name, call) not in depth_of_call:
            nodes = calls[name]
            feeding = nodes[call] if nodes else []
            depth_of_call[name, call] = 1 + max((depth(*source) for source in feeding), default=-1)
        return depth_of_call[name, call]

    depths = {name: max(depth(name, i) for i in range(len(c) or 1)) for name, c in calls.items()}
    return boxes, outputs, depths


def _histories(node: Any) -> Iterator[tuple[str, int]]:
    """(layer, number of its call) of every symbolic tensor in one call's configuration."""
    if isinstance(node, dict):
        if node.get("class_name") == "__keras_tensor__":
            name, call, _ = node["config"]["keras_history"]
            yield name, call
        else:
            for item in node.values():
                yield from _histories(item)
    elif isinstance(node, (list, tuple)):
        for item in node:
            yield from _histories(item)


def _output_names(outputs: Any) -> Iterator[str]:
    """The layers named in a configuration's `output_layers`: [name, call, tensor], nested or not."""
    if isinstance(outputs, dict):
        for item in outputs.values():
            yield from _output_names(item)
    elif len(outputs) == 3 and isinstance(outputs[0], str) and isinstance(outputs[1], int):
        yield outputs[0]
    else:
        for item in outputs:
            yield from _output_names(item)


def _kind(operation: Any) -> str:
    kind = type(operation).__name__
    activation = getattr(getattr(operation, "activation", None), "__name__", "linear")
    return kind if activation == "linear" else f"{kind}, {activation}"


def _shapes(tensors: Any) -> list[tuple[int | None, ...]]:
    if isinstance(tensors, dict):
        tensors = list(tensors.values())
    if isinstance(tensors, (list, tuple)):
        return [shape for tensor in tensors for shape in _shapes(tensor)]
    return [tuple(tensors.shape)]


def _columns(rows: list[list[Any]], links: list[tuple[Any, Any]]) -> dict[Any, float]:
    """Give every place of every row an x, near the places it is linked with, none overlapping."""
    neighbours: dict[Any, list[Any]] = {place: [] for row in rows for place in row}
    for a, b in links:
        neighbours[a].append(b)
        neighbours[b].append(a)
    room = {place: LANE if isinstance(place, tuple) else WIDTH for place in neighbours}
    x: dict[Any, float] = {}
    for row in rows:
        ends = np.cumsum([room[place] + GAP for place in row])
        x |= {p: end - (room[p] + GAP) / 2 - ends[-1] / 2 for p, end in zip(row, ends, strict=True)}

    for sweep in range(12):
        for row in rows if sweep % 2 == 0 else rows[::-1]:
            wish = {p: np.mean([x[q] for q in neighbours[p]] or [x[p]]) for p in row}
            if sweep < 6:  # afterwards the order is settled
                row.sort(key=lambda place: (wish[place], x[place]))
            _spread(row, wish, room, x)
    left = min(x[place] - room[place] / 2 for place in x)
    return {place: float(x[place] - left + 0.1) for place in x}


def _spread(row: list[Any], wish: dict[Any, Any], room: dict[Any, float], x: dict) -> None:
    """Place a row in its order as near to its wishes as the widths allow."""
    blocks: list[tuple[list[Any], float]] = []  # places that touch, and the left end of the first
    for place in row:
        block, start = [place], wish[place] - room[place] / 2
        while blocks:
            before, first = blocks[-1]
            end = first + sum(room[p] + GAP for p in before)
            if end <= start:
                break
            blocks.pop()
            block = before + block
            offsets = np.cumsum([0, *(room[p] + GAP for p in block[:-1])])
            lefts = [wish[p] - room[p] / 2 for p in block]
            start = float(np.mean(np.array(lefts) - offsets))
        blocks.append((block, start))
    for block, start in blocks:
        for place in block:
            x[place] = start + room[place] / 2
            start += room[place] + GAP


def _arrow(way: tuple[tuple[float, float], ...]) -> FancyArrowPatch:
    """A smooth arrow along a way: upright where it leaves a point and where it reaches the next."""
    points, codes = [way[0]], [Path.MOVETO]
    for (x0, y0), (x1, y1) in itertools.pairwise(way):
        if x0 == x1 and y0 > y1 and len(way) == 2:  # a loop at the side of a box
            points += [(x0 + LOOP, y0), (x1 + LOOP, y1), (x1, y1)]
        else:
            middle = (y0 + y1) / 2
            points += [(x0, middle), (x1, middle), (x1, y1)]
        codes += [Path.CURVE4] * 3
    return FancyArrowPatch(
        path=Path(points, codes),
        arrowstyle="-|>",
        mutation_scale=12,
        color=GREY,
        linewidth=1.3,
        shrinkA=0,
        shrinkB=0,
    )


def _write(ax: Axes, x: float, y: float, text: str, **style: Any) -> Text:
    return ax.text(x, y, text, ha="center", va="center", fontsize=8, **style)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
