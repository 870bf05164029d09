"""Gradient descent in a long valley: what its rate and its momentum make of the same start."""

import ipywidgets
import numpy as np
from matplotlib.figure import Figure

from helpers import plots
from helpers.plots.descent import within_reach
from helpers.widgets._explorer import Explorer

# The loss is (CURVATURES[0] w1**2 + CURVATURES[1] w2**2) / 2: gentle along w1, steep across it.
CURVATURES = np.array([1.0, 12.0])
LIMITS = (-5.0, 5.0, -2.0, 2.0)
N_STEPS = 60
# What counts as arriving: a hundredth of the first loss.
ARRIVED = 0.01

# From what the control calls a start to where it is.
STARTS = {
    "up the slope (-4, 1)": (-4.0, 1.0),
    "close to the middle (0.5, -1.6)": (0.5, -1.6),
    "on the floor (-4.5, 0)": (-4.5, 0.0),
}


def descend(rate: float, momentum: float, start: tuple[float, float]) -> np.ndarray:
    """Return where descent is before and after each of its N_STEPS steps, (N_STEPS + 1, 2)."""
    path = [np.array(start)]
    velocity = np.zeros(2)
    for _ in range(N_STEPS):
        velocity = momentum * velocity - rate * CURVATURES * path[-1]
        path.append(path[-1] + velocity)
    return np.array(path)


def loss_at(path: np.ndarray) -> np.ndarray:
    """The loss of each point of a path (n, 2), as (n,)."""
    return 0.5 * (CURVATURES * path**2).sum(axis=1)


def descent_explorer() -> Explorer:
    """Return a widget: choose a learning rate and a momentum, see 60 steps of gradient descent.

    The loss is a valley, twelve times as steep across as along. Controls: `rate` (0.003 to 0.3),
    `momentum` (0 to 0.99) and `start` (a name in STARTS).
    """
    controls = {
        "rate": ipywidgets.FloatLogSlider(
            value=0.03, min=np.log10(0.003), max=np.log10(0.3), step=0.02, description="rate"
        ),
        "momentum": ipywidgets.FloatSlider(
            value=0, min=0, max=0.99, step=0.01, description="momentum"
        ),
        "start": ipywidgets.Dropdown(options=list(STARTS), description="start"),
    }
    figure = Figure(figsize=(10, 4.2))
    places = {"left": 0.065, "right": 0.985, "bottom": 0.13, "top": 0.9, "wspace": 0.22}
    left, right = figure.subplots(1, 2, width_ratios=[1.5, 1], gridspec_kw=places)
    plots.descent(
        lambda w1, w2: 0.5 * (CURVATURES[0] * w1**2 + CURVATURES[1] * w2**2),
        {"path": [STARTS[controls["start"].value]]},
        LIMITS,
        left,
    )
    path_line, start_mark = left.lines
    left.plot(0, 0, "*", color="black", markersize=11, label="lowest point", zorder=3)
    left.legend(loc="upper right", ncols=3, framealpha=0.9)
    (loss_line,) = right.plot([], [], color=plots.BLUE, marker="o", markersize=3.5)
    arrived = right.axhline(1, color=plots.VERMILLION, linestyle="--", label="1% of the first loss")
    low, high = 1e-6, 1e4
    right.set(
        xlim=(-1, N_STEPS + 1), ylim=(low, high), yscale="log", xlabel="step", ylabel="loss",
        title="loss by step",
    )  # fmt: skip
    right.minorticks_off()
    right.grid(alpha=0.3)
    right.legend(loc="upper right")

    def draw(rate: float, momentum: float, start: str) -> tuple[Figure, str]:
        path = descend(rate, momentum, STARTS[start])
        losses = loss_at(path)
        path_line.set_data(*within_reach(path, LIMITS).T)
        start_mark.set_data(*path[:1].T)
        loss_line.set_data(range(N_STEPS + 1), np.clip(losses, low / 1e3, high * 1e3))
        arrived.set_ydata([ARRIVED * losses[0]] * 2)
        left.set_title(f"rate {rate:.3g}, momentum {momentum:.2g}: {N_STEPS} steps")
        return figure, _describe(rate, momentum, path, losses)

    return Explorer("Descent explorer", controls, draw)


def _describe(rate: float, momentum: float, path: np.ndarray, losses: np.ndarray) -> str:
    """Put the numbers into words: where the loss went, and what kind of descent that is."""
    half = N_STEPS // 2
    # The weight that most of the loss of the second half is due to.
    worst = int((CURVATURES * path[half:] ** 2).sum(axis=0).argmax())
    turns = int(np.count_nonzero(np.diff(np.sign(path[:, worst]))))
    # With momentum a loss also rises on the way up the other side, to less than before, and not for
    # half of all steps.
    higher = losses[half:].max() > losses[:half].max()
    if higher or (np.diff(losses[half:]) > 0).all():
        verdict = "it diverges, ever higher up the slope"
        if momentum == 0:
            steep = CURVATURES[worst]
            verdict += f"; here rates above 2 / {steep:.0f} = {2 / steep:.3f} are too large"
    elif losses[-1] <= ARRIVED * losses[0]:
        verdict = "it converges"
    elif turns:
        times = "once" if turns == 1 else f"{turns} times"
        verdict = f"it oscillates; w{worst + 1} has swung past its lowest point {times}"
    else:
        verdict = f"it is too slow; w{worst + 1} still has far to go"
    return (
        f"After {N_STEPS} steps of rate {rate:.3g} with momentum {momentum:.2g} the loss has gone "
        f"from {losses[0]:.3g} to {losses[-1]:.3g}: {verdict}."
    )
