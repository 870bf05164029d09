"""What each side of a Wide & Deep model sees of a map: bands, cells, and a smooth network."""

from typing import Any

import ipywidgets
import numpy as np
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LogNorm, Normalize
from matplotlib.figure import Figure

from helpers import plots
from helpers.widgets._explorer import Explorer

# The deep network has no cells: its answers are averaged on a fine grid of this many bins.
FINE = 90


def wide_deep_explorer(
    latitude: Any, longitude: Any, price: Any, *, known: Any, deep: Any
) -> Explorer:
    """Return a widget: cut California into bins and see what bands, cells and a network make of it.

    latitude, longitude (degrees), price and deep (what a network says from the place alone): (n,)
    each. known: (n,), True for the districts whose prices may be learnt; the others are for judging.
    Bins hold about equally many known districts each. Controls: `shown`, a view; `n_latitude` and
    `n_longitude`, the bins. Raises ValueError for other shapes, and unless there are districts of
    both kinds.
    """
    latitude, longitude, price, deep = (
        np.asarray(values, dtype=float) for values in (latitude, longitude, price, deep)
    )
    known = np.asarray(known, dtype=bool)
    plots.check_shape("latitude", latitude, ("n",))
    for name, values in [
        ("longitude", longitude),
        ("price", price),
        ("known", known),
        ("deep", deep),
    ]:
        plots.check_shape(name, values, latitude.shape)
    if known.all() or not known.any():
        raise ValueError("known: expected some districts that are known and some that are not")

    views = ("separate bands", "crossed cells", "districts per cell", "deep network")
    controls = {
        "shown": ipywidgets.Dropdown(options=views, value=views[1], description="shown"),
        "n_latitude": ipywidgets.IntSlider(
            10, 1, 80, description="bins of latitude", continuous_update=False
        ),
        "n_longitude": ipywidgets.IntSlider(
            10, 1, 80, description="bins of longitude", continuous_update=False
        ),
    }
    figure = Figure(figsize=(6.6, 5.6), layout="constrained")
    ax, bar_ax = figure.subplots(1, 2, width_ratios=[20, 1])
    prices = Normalize(*np.quantile(price, [0.02, 0.98]))

    def draw(shown: str, n_latitude: int, n_longitude: int) -> tuple[Figure, str]:
        rows_at, rows = _bins(latitude, known, n_latitude)
        columns_at, columns = _bins(longitude, known, n_longitude)
        shape = len(rows_at) - 1, len(columns_at) - 1
        counts = _totals(rows[known], columns[known], np.ones(known.sum()), shape)
        means = _totals(rows[known], columns[known], price[known], shape) / np.maximum(counts, 1)
        norm: Normalize = prices
        label = "price (100,000 $)"
        if shown == "separate bands":
            table = _bands(counts, means)
            answer = table[rows, columns]
            picture = table
        elif shown == "deep network":
            answer = deep
            rows_at, fine_rows = _edges(latitude)
            columns_at, fine_columns = _edges(longitude)
            fine = _totals(fine_rows, fine_columns, np.ones(len(deep)), (FINE, FINE))
            picture = _totals(fine_rows, fine_columns, deep, (FINE, FINE)) / np.maximum(fine, 1)
            picture = np.where(fine, picture, np.nan)
        else:
            table = np.where(counts, means, price[known].mean())
            answer = table[rows, columns]
            picture = np.where(counts, means, np.nan)
            if shown == "districts per cell":
                picture = np.where(counts, counts, np.nan)
                norm, label = LogNorm(1, max(counts.max(), 2)), "known districts"

        ax.clear()
        ax.pcolormesh(columns_at, rows_at, picture, norm=norm, cmap="cividis")
        ax.set(xlabel="longitude (°)", ylabel="latitude (°)", title=shown)
        ax.set_aspect(1 / np.cos(np.radians(latitude.mean())))
        bar_ax.clear()
        figure.colorbar(ScalarMappable(norm, "cividis"), cax=bar_ax, label=label)
        errors = (answer - price) ** 2
        seen, new = errors[known].mean(), errors[~known].mean()
        said = {
            "separate bands": f"{sum(shape)} weights, one for each band: ",
            "deep network": "Latitude and longitude as two dense numbers, whatever the bins: ",
        }.get(shown, f"{counts.size:,} weights, one for each cell: ")
        said += f"mean squared error {seen:.3f} on known districts, {new:.3f} on others."
        if shown in ("crossed cells", "districts per cell"):
            lone = np.sum((counts > 0) & (counts < 3))
            empty = np.sum(counts[rows, columns][~known] == 0)
            said += (
                f" {np.sum(counts == 0):,} cells are empty, {lone:,} hold one or two known districts; "
                f"{empty:,} of {np.sum(~known):,} other districts lie in a cell nobody knows."
            )
        return figure, said

    return Explorer("What each side of Wide & Deep sees", controls, draw)


def _bins(values: np.ndarray, known: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Edges of n bins with equally many known values, and each value's bin; equal edges become one."""
    edges = np.unique(np.quantile(values[known], np.linspace(0, 1, n + 1)))
    inner = edges[1:-1]
    edges = np.concatenate([[values.min()], inner, [values.max()]])
    return edges, np.searchsorted(inner, values, side="right")


def _edges(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Edges of FINE bins of equal width, and each value's bin."""
    edges = np.linspace(values.min(), values.max(), FINE + 1)
    return edges, np.clip(np.searchsorted(edges, values, side="right") - 1, 0, FINE - 1)


def _totals(
    rows: np.ndarray, columns: np.ndarray, values: np.ndarray, shape: tuple[int, int]
) -> np.ndarray:
    """Sum the values in each cell of a table."""
    cells = rows * shape[1] + columns
    return np.bincount(cells, weights=values, minlength=shape[0] * shape[1]).reshape(shape)


def _bands(counts: np.ndarray, means: np.ndarray) -> np.ndarray:
    """Fit u[row] + v[column] to the mean of each cell by least squares, weighted by its count."""
    n_rows, n_columns = counts.shape
    # The normal equations of the two one-hot features; lstsq, since u + 1 and v - 1 do as well.
    both = np.block(
        [[np.diag(counts.sum(axis=1)), counts], [counts.T, np.diag(counts.sum(axis=0))]]
    )
    sums = counts * means
    right = np.concatenate([sums.sum(axis=1), sums.sum(axis=0)])
    u_and_v = np.linalg.lstsq(both, right, rcond=None)[0]
    return u_and_v[:n_rows, None] + u_and_v[None, n_rows:].reshape(1, n_columns)
