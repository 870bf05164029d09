"""How an accuracy turns into points, and how far an accuracy strays by chance."""

from collections.abc import Mapping, Sequence

import ipywidgets
import numpy as np
from matplotlib.figure import Figure

from helpers import plots
from helpers.widgets._explorer import Explorer


def score_explorer(
    steps: Mapping[float, float], results: Mapping[str, Sequence[float]], n_images: int = 3000
) -> Explorer:
    """Return a widget: choose an accuracy and a number of images, see points and chance.

    steps: from the accuracy that a step asks for to the points it gives. results: from a kind of
    network to the accuracies it has reached, one a seed. Controls: `accuracy`, of a network on
    endlessly many images, and `n_images`, how many it is measured with. The band holds 95 of 100
    measurements. Raises ValueError where there is no step or no result.
    """
    if not steps or not results:
        raise ValueError("steps, results: expected at least one of each")
    accuracy = ipywidgets.FloatSlider(
        0.83,
        min=0.6,
        max=0.95,
        step=0.005,
        readout_format=".3f",
        description="accuracy",
    )
    sizes = sorted({100, 300, 1000, 3000, 10_000, n_images})
    images = ipywidgets.SelectionSlider(
        options=[(f"{n:,}", n) for n in sizes], value=n_images, description="images"
    )
    figure = Figure(figsize=(8, 1.8 + 0.4 * len(results)), layout="constrained")
    ax = figure.subplots()
    for step, points in steps.items():
        ax.axvline(step, color=plots.GREY, linestyle="--", linewidth=1)
        ax.text(step, -0.8, f"{points:g}", ha="center", va="bottom", fontweight="bold")
    for row, values in enumerate(results.values()):
        ax.plot(values, [row] * len(values), "o", color=plots.BLUE, alpha=0.6)
    band = ax.axvspan(0, 1, color=plots.VERMILLION, alpha=0.2)
    line = ax.axvline(0.83, color=plots.VERMILLION, linewidth=2)
    ax.set(yticks=range(len(results)), yticklabels=list(results), xlim=(0.6, 0.95))
    ax.set(ylim=(len(results) - 0.5, -1.3), xlabel="accuracy; above, the points from each line on")

    def draw(accuracy: float, n_images: int) -> tuple[Figure, str]:
        spread = 1.96 * np.sqrt(accuracy * (1 - accuracy) / n_images)
        low, high = accuracy - spread, accuracy + spread
        line.set_xdata([accuracy, accuracy])
        band.set_bounds(low, 0, high - low, 1)
        least, most = points_for(low, steps), points_for(high, steps)
        worth = f"{least:g}" if least == most else f"{least:g} to {most:g}"
        return figure, (
            f"A network that is right in {accuracy:.1%} of all cases scores {low:.1%} to {high:.1%} on "
            f"{n_images:,} images, 95 times of 100: {worth} of {max(steps.values()):g} points."
        )

    return Explorer("Score explorer", {"accuracy": accuracy, "n_images": images}, draw)


def points_for(accuracy: float, steps: Mapping[float, float]) -> float:
    """Points for an accuracy: those of the highest step it reaches, 0 below the lowest."""
    return max((points for step, points in steps.items() if accuracy >= step), default=0)
