"""A layer that adds noise in training and does nothing afterwards."""

from typing import Any

import ipywidgets
import numpy as np
from matplotlib.figure import Figure

from helpers import plots
from helpers.widgets._explorer import Explorer


def noise_explorer(images: Any) -> Explorer:
    """Return a widget: what a layer with Gaussian noise makes of a picture, in training and after.

    images: (n, height, width) with values from 0 to 1. Controls: `picture` (0 to n - 1), `stddev`
    (0 to 1), `training` and `call` (1 to 8), which numbers the calls: each draws its own noise.
    Raises ValueError for other shapes and for values outside 0 to 1.
    """
    images = np.asarray(images, dtype="float64")
    plots.check_shape("images", images, ("n", "height", "width"))
    if not len(images) or not ((images >= 0) & (images <= 1)).all():
        raise ValueError("images: expected at least one picture with values from 0 to 1")
    noises = np.random.default_rng(0).normal(size=(8, *images.shape[1:]))

    figure = Figure(figsize=(10, 3.4), layout="constrained")
    before, after, right = figure.subplots(1, 3, width_ratios=[1, 1, 1.5])
    plots.image(images[0], "what goes in", ax=before)
    plots.image(images[0], "what comes out", ax=after)
    edges = np.linspace(-3, 3, 61)
    middles = (edges[1:] + edges[:-1]) / 2
    bars = right.bar(middles, np.zeros(len(middles)), width=0.1, color=plots.BLUE, label="drawn")
    (curve,) = right.plot(
        middles, middles * 0, color=plots.VERMILLION, linestyle="--", label="expected"
    )
    right.set(
        xlim=(-3, 3), ylim=(0, 0.5), xlabel="what is added to a pixel", ylabel="share of pixels"
    )
    right.legend(loc="upper right")
    figure.set_layout_engine("constrained", wspace=0.06)
    figure.draw_without_rendering()
    figure.set_layout_engine("none")  # the places are found; finding them again takes as long

    def draw(picture: int, stddev: float, training: bool, call: int) -> tuple[Figure, str]:
        x = images[picture]
        noise = stddev * noises[call - 1] if training else np.zeros_like(x)
        shares = np.histogram(noise, edges)[0] / noise.size
        spread = stddev if training else 0.0
        if spread:
            density = np.exp(-((middles / spread) ** 2) / 2) / (spread * np.sqrt(2 * np.pi))
            curve.set_data(middles, density * 0.1)
        else:
            curve.set_data([0, 0], [0, 1])
        right.set_ylim(0, max(0.05, 1.15 * shares.max()))
        for bar, share in zip(bars, shares, strict=True):
            bar.set_height(share)
        before.images[0].set_data(x)
        after.images[0].set_data(x + noise)
        if not training:
            words = "training=False: the picture passes unchanged, whatever stddev is."
        else:
            outside = np.mean((x + noise < 0) | (x + noise > 1))
            words = (
                f"training=True, call {call}: the noise has mean {noise.mean() + 0.0:.3f} and standard "
                f"deviation {noise.std():.3f}. {outside:.0%} of the pixels are no longer between 0 and 1."
            )
        return figure, words

    controls = {
        "picture": ipywidgets.IntSlider(0, 0, len(images) - 1, description="picture"),
        "stddev": ipywidgets.FloatSlider(0.3, min=0, max=1, step=0.05, description="stddev"),
        "training": ipywidgets.Checkbox(True, description="training=True"),
        "call": ipywidgets.IntSlider(1, 1, 8, description="call number"),
    }
    return Explorer("Noise explorer", controls, draw)
