"""What a small network can separate: decision boundaries by depth, width, activation and penalty."""

from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import ipywidgets
import numpy as np
from matplotlib.figure import Figure

from helpers import plots
from helpers.widgets._explorer import Explorer
from helpers.widgets.activations import ACTIVATIONS, sigmoid

N_POINTS = 200
N_STEPS, RATE = 400, 0.03  # of Adam, which sees all points in each step
# Small networks sometimes get stuck. From this seed, those with four units a layer or more do not.
SEED = 1

# What the control offers: (function, derivative), as in ACTIVATIONS.
LAYER_ACTIVATIONS: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "ReLU": ACTIVATIONS["ReLU"],
    "tanh": ACTIVATIONS["tanh"],
    "none": (lambda z: z, np.ones_like),
}


class Network(NamedTuple):
    """A trained network: kernels (n_in, n_out), biases (n_out,), and its activation's name."""

    kernels: list[np.ndarray]
    biases: list[np.ndarray]
    activation: str

    def predict(self, x: np.ndarray) -> np.ndarray:
        """The probability of class 1 for points x (n, 2), as (n,)."""
        f, _ = LAYER_ACTIVATIONS[self.activation]
        for kernel, bias in zip(self.kernels[:-1], self.biases[:-1], strict=True):
            x = f(x @ kernel + bias)
        return sigmoid(x @ self.kernels[-1] + self.biases[-1])[:, 0]

    def count_params(self) -> int:
        """How many numbers were learnt."""
        return sum(array.size for array in (*self.kernels, *self.biases))


def two_moons() -> tuple[np.ndarray, np.ndarray]:
    """Two half circles that reach into each other, with noise: points (200, 2), labels (200,)."""
    rng = np.random.default_rng(0)
    angle = rng.uniform(0, np.pi, N_POINTS)
    labels = np.arange(N_POINTS) % 2
    upper = np.column_stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25])
    x = np.where(labels[:, None] == 1, -upper, upper)
    return x + rng.normal(0, 0.1, x.shape), labels


def xor() -> tuple[np.ndarray, np.ndarray]:
    """A square whose opposite corners belong together: points (200, 2), labels (200,)."""
    rng = np.random.default_rng(0)
    x = rng.uniform(0.08, 1, (N_POINTS, 2))
    labels = np.arange(N_POINTS) % 2
    side = rng.choice([-1, 1], N_POINTS)
    return x * np.column_stack([side, np.where(labels, -side, side)]), labels


DATA = {"two moons": two_moons, "XOR": xor}


@cache
def train_network(
    data: str, hidden_layers: int, width: int, activation: str, penalty: float
) -> Network:
    """Train a network on one of DATA and return it.

    Its loss is the mean binary cross-entropy plus `penalty` times the sum of all squared kernels.
    Kernels start as He's, biases at 0.
    """
    x, labels = DATA[data]()
    f, slope = LAYER_ACTIVATIONS[activation]
    rng = np.random.default_rng(SEED)
    shapes = list(pairwise([2, *[width] * hidden_layers, 1]))
    kernels = [rng.normal(0, (2 / n_in) ** 0.5, (n_in, n_out)) for n_in, n_out in shapes]
    biases = [np.zeros(n_out) for _, n_out in shapes]
    params = [*kernels, *biases]
    means = [np.zeros_like(array) for array in params]
    squares = [np.zeros_like(array) for array in params]
    for step in range(1, N_STEPS + 1):
        received, slopes = [x], []
        for kernel, bias in zip(kernels[:-1], biases[:-1], strict=True):
            z = received[-1] @ kernel + bias
            slopes.append(slope(z))
            received.append(f(z))
        p = sigmoid(received[-1] @ kernels[-1] + biases[-1])
        delta = (p - labels[:, None]) / len(x)
        of_kernels, of_biases = [], []
        for i in range(hidden_layers, -1, -1):
            of_kernels.insert(0, received[i].T @ delta + 2 * penalty * kernels[i])
            of_biases.insert(0, delta.sum(axis=0))
            if i:
                delta = delta @ kernels[i].T * slopes[i - 1]
        rate = RATE * (1 - 0.999**step) ** 0.5 / (1 - 0.9**step)
        gradients = [*of_kernels, *of_biases]
        for array, gradient, mean, square in zip(params, gradients, means, squares, strict=True):
            mean += 0.1 * (gradient - mean)
            square += 0.001 * (gradient**2 - square)
            array -= rate * mean / (square**0.5 + 1e-7)
    return Network(kernels, biases, activation)


def boundary_explorer() -> Explorer:
    """Return a widget: train a small network on points of two classes, see where it divides them.

    Controls: `data` (a name in DATA), `hidden_layers` (0 to 3), `width` (1 to 16 units in each),
    `activation` (ReLU, tanh or none) and `penalty` (of the squared weights, L2).
    """
    controls = {
        "data": ipywidgets.Dropdown(options=list(DATA), description="data"),
        "hidden_layers": ipywidgets.IntSlider(
            1, 0, 3, description="hidden layers", continuous_update=False
        ),
        "width": ipywidgets.IntSlider(
            4, 1, 16, description="units in each", continuous_update=False
        ),
        "activation": ipywidgets.Dropdown(
            options=list(LAYER_ACTIVATIONS), description="activation"
        ),
        "penalty": ipywidgets.Dropdown(options=[0, 0.001, 0.01, 0.1], description="penalty (L2)"),
    }
    figure = Figure(figsize=(7.4, 5))
    places = {"left": 0.095, "right": 0.83, "bottom": 0.11, "top": 0.93}
    ax = figure.subplots(gridspec_kw=places)

    def draw(
        data: str, hidden_layers: int, width: int, activation: str, penalty: float
    ) -> tuple[Figure, str]:
        network = train_network(data, hidden_layers, width, activation, penalty)
        x, labels = DATA[data]()
        answers = network.predict(x) > 0.5
        n_right = int(np.sum(answers == labels))
        ax.clear()
        plots.decision_boundary(network.predict, x, labels, ax, resolution=100)
        # Beside the points, which are everywhere.
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False)
        layers = _name_layers(hidden_layers, width, activation)
        ax.set_title(f"{data}: {layers}, penalty {penalty:g}")
        words = (
            f"{layers[0].upper()}{layers[1:]}: {network.count_params()} parameters, and "
            f"{n_right} of {len(x)} points on the right side ({n_right / len(x):.1%})."
        )
        if answers.all() or not answers.any():
            words += f" All points get class {int(answers[0])}: there is no boundary among them."
        elif reason := _why_straight(hidden_layers, width, activation):
            words += f" A straight line is all it can draw: {reason}."
        return figure, words

    return Explorer("Boundary explorer", controls, draw)


def _name_layers(hidden_layers: int, width: int, activation: str) -> str:
    if not hidden_layers:
        return "no hidden layer"
    layers = "1 hidden layer" if hidden_layers == 1 else f"{hidden_layers} hidden layers"
    units = "1 unit" if width == 1 else f"{width} units"
    return f"{layers} of {units}, {'no activation' if activation == 'none' else activation}"


def _why_straight(hidden_layers: int, width: int, activation: str) -> str:
    """Why the boundary of such a network is a straight line; empty where it need not be."""
    if not hidden_layers:
        return "without a hidden layer it adds up the two coordinates, weighted"
    if activation == "none":
        return "layers without an activation add up to a single one"
    if width == 1:
        return "a single unit keeps one weighted sum of the coordinates and loses the rest"
    return ""
