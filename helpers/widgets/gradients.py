"""How much gradient arrives at each layer of a deep network, by hand and without TensorFlow."""

from functools import cache
from itertools import pairwise

import ipywidgets
import numpy as np
from matplotlib.figure import Figure

from helpers import plots
from helpers.widgets._explorer import Explorer
from helpers.widgets.activations import ACTIVATIONS

# The networks that are computed: 784 inputs, layers of WIDTH units, N_CLASSES outputs.
N_INPUTS, WIDTH, N_CLASSES, BATCH = 784, 100, 10, 64
MAX_DEPTH = 40

# From a name to the standard deviation of a kernel's elements, given its inputs and outputs.
INITIALISERS = {
    "Glorot": lambda n_in, n_out: (2 / (n_in + n_out)) ** 0.5,
    "He": lambda n_in, n_out: (2 / n_in) ** 0.5,
    "LeCun": lambda n_in, n_out: (1 / n_in) ** 0.5,
    "normal, σ = 0.05": lambda n_in, n_out: 0.05,
}
DEEP_ACTIVATIONS = ("sigmoid", "tanh", "ReLU", "leaky ReLU", "ELU", "SELU")
NORMALISATIONS = ("none", "before the activation", "after the activation")
EPSILON = 1e-3  # of batch normalisation, as in Keras


@cache
def gradient_norms(
    depth: int, activation: str, initialiser: str, batch_norm: str = "none", seed: int = 0
) -> tuple[float, ...]:
    """L2 norms of the gradients of all kernels, the one next to the input first, `depth + 1` of them.

    The network is fresh: random kernels, biases 0, batch normalisation in training mode with gamma 1
    and beta 0. It sees one batch of standard normal inputs with random labels; the loss is the mean
    cross-entropy of a softmax.
    """
    rng = np.random.default_rng(seed)
    f, slope = ACTIVATIONS[activation]
    sizes = [N_INPUTS, *[WIDTH] * depth, N_CLASSES]
    h = rng.normal(size=(BATCH, N_INPUTS))
    labels = rng.integers(0, N_CLASSES, BATCH)
    kernels = [
        rng.normal(0, INITIALISERS[initialiser](n_in, n_out), (n_in, n_out))
        for n_in, n_out in pairwise(sizes)
    ]

    received, slopes, normed = [], [], []
    for kernel in kernels[:-1]:
        received.append(h)
        z = h @ kernel
        if batch_norm == "before the activation":
            z, spread = _normalise(z)
            normed.append((z, spread))
        h = f(z)
        slopes.append(slope(z))
        if batch_norm == "after the activation":
            h, spread = _normalise(h)
            normed.append((h, spread))
    received.append(h)
    logits = h @ kernels[-1]
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    delta = powers / powers.sum(axis=1, keepdims=True)
    delta[np.arange(BATCH), labels] -= 1
    delta /= BATCH

    norms = [np.linalg.norm(received[-1].T @ delta)]
    for i in range(depth - 1, -1, -1):
        delta = delta @ kernels[i + 1].T
        if batch_norm == "after the activation":
            delta = _normalise_backwards(delta, *normed[i])
        delta = delta * slopes[i]
        if batch_norm == "before the activation":
            delta = _normalise_backwards(delta, *normed[i])
        norms.append(np.linalg.norm(received[i].T @ delta))
    return tuple(float(norm) for norm in reversed(norms))


def gradient_norm_explorer() -> Explorer:
    """Return a widget: what depth, activation, initial weights and normalisation do to gradients.

    Controls: `depth` (1 to 40 hidden layers), `activation`, `initialiser` and `batch_norm`.
    """
    controls = {
        "depth": ipywidgets.IntSlider(value=20, min=1, max=MAX_DEPTH, description="hidden layers"),
        "activation": ipywidgets.Dropdown(
            options=DEEP_ACTIVATIONS, value="sigmoid", description="activation"
        ),
        "initialiser": ipywidgets.Dropdown(
            options=list(INITIALISERS), description="initial weights"
        ),
        "batch_norm": ipywidgets.Dropdown(
            options=NORMALISATIONS, description="batch normalisation"
        ),
    }
    figure = Figure(figsize=(8, 4.2))
    ax = figure.subplots(gridspec_kw={"left": 0.1, "right": 0.98, "bottom": 0.12, "top": 0.92})
    ax.axhspan(0.1, 10, color=plots.GREY, alpha=0.15, linewidth=0)
    ax.text(0.5, 0.13, "good for learning", color="black", fontsize=9, va="bottom")
    (line,) = ax.plot([], [], "o-", color=plots.BLUE, markersize=5, clip_on=False)
    low, high = 1e-16, 1e4
    ax.set(
        xlim=(0, MAX_DEPTH + 2),
        ylim=(low, high),
        yscale="log",
        xlabel="layer (1 is next to the input, the last is the output layer)",
        ylabel="norm of the kernel's gradient",
    )
    ax.set_yticks([10.0**power for power in range(-16, 5, 2)])
    ax.minorticks_off()
    ax.grid(alpha=0.3)

    def draw(depth: int, activation: str, initialiser: str, batch_norm: str) -> tuple[Figure, str]:
        norms = gradient_norms(depth, activation, initialiser, batch_norm)
        line.set_data(range(1, depth + 2), np.clip(norms, low, high))
        normalised = "" if batch_norm == "none" else f", normalised {batch_norm}"
        ax.set_title(f"{depth} × {activation}, {initialiser}{normalised}", fontsize=11)
        return figure, _describe(norms)

    return Explorer("Gradient norms by depth", controls, draw)


def _normalise(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Standardise every column; return it with the spread by which it was divided."""
    spread = np.sqrt(x.var(axis=0) + EPSILON)
    return (x - x.mean(axis=0)) / spread, spread


def _normalise_backwards(delta: np.ndarray, y: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """Take a gradient by `y`, the result of `_normalise`, back to the input of it."""
    return (delta - delta.mean(axis=0) - y * (delta * y).mean(axis=0)) / spread


def _describe(norms: tuple[float, ...]) -> str:
    """Put the curve into words: its ends, and whether they can learn at one rate."""
    first, last, ratio = norms[0], norms[-1], norms[0] / norms[-1]
    if ratio < 1e-3:
        verdict = "the gradient vanishes on its way to the input"
    elif ratio > 1e2:
        verdict = "the gradient explodes on its way to the input"
    elif max(norms) < 0.1:
        verdict = "the layers are level, but all of them learn slowly"
    elif min(norms) > 10:
        verdict = "the layers are level, but the steps are too long unless the rate is small"
    else:
        verdict = "all layers can learn at one rate"
    return (
        f"The gradient of the first kernel has the norm {first:.2g}, that of the output layer "
        f"{last:.2g}, a ratio of {ratio:.2g}: {verdict}."
    )
