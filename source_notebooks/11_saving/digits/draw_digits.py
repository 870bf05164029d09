"""Draws the six digits in this folder: `python draw_digits.py` makes the same pictures again.

Nobody's handwriting was scanned for them. Each stroke is a handful of points chosen by hand; a smooth curve
is laid through them, made a little unsteady, and painted with a round pen at four times the size,
then reduced, so that its edges are soft.
"""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

# Strokes of a digit: points (across, down) in a square from 0 to 1, with a margin all around.
STROKES = {
    0: [[(0.54, 0.20), (0.38, 0.27), (0.31, 0.50), (0.37, 0.73), (0.51, 0.80), (0.65, 0.70),
         (0.69, 0.48), (0.63, 0.27), (0.51, 0.20)]],
    2: [[(0.33, 0.34), (0.41, 0.23), (0.55, 0.21), (0.64, 0.31), (0.60, 0.46), (0.47, 0.62),
         (0.33, 0.77)],
        [(0.33, 0.77), (0.42, 0.74), (0.55, 0.77), (0.70, 0.77)]],
    3: [[(0.34, 0.26), (0.47, 0.20), (0.62, 0.25), (0.62, 0.38), (0.46, 0.47)],
        [(0.46, 0.47), (0.63, 0.52), (0.66, 0.67), (0.55, 0.79), (0.40, 0.79), (0.31, 0.72)]],
    4: [[(0.37, 0.22), (0.34, 0.38), (0.32, 0.52), (0.46, 0.54), (0.68, 0.52)],
        [(0.63, 0.22), (0.60, 0.45), (0.57, 0.80)]],
    7: [[(0.28, 0.27), (0.45, 0.25), (0.69, 0.24)],
        [(0.69, 0.24), (0.62, 0.42), (0.53, 0.60), (0.45, 0.80)]],
    8: [[(0.60, 0.28), (0.49, 0.20), (0.38, 0.29), (0.43, 0.42), (0.56, 0.53), (0.63, 0.67),
         (0.52, 0.80), (0.38, 0.72), (0.42, 0.56), (0.57, 0.41), (0.60, 0.28)]],
}  # fmt: skip

# Name of the file: digit, size in pixels, colour of the paper, colour of the pen, width of the pen.
# A fourth number in a colour says how opaque it is; 0 is transparent.
PICTURES = {
    "0_ink_on_cream.png": (0, (140, 140), (250, 243, 224), (25, 40, 110), 0.085),
    "2_chalk_on_board.png": (2, (220, 220), (28, 58, 44), (238, 240, 228), 0.080),
    "3_pencil_on_white.png": (3, (64, 64), (255, 255, 255), (70, 70, 70), 0.085),
    "4_transparent.png": (4, (160, 160), (0, 0, 0, 0), (0, 0, 0, 255), 0.080),
    "7_red_on_pink.png": (7, (220, 170), (255, 240, 240), (150, 10, 35), 0.11),
    "8_orange_on_black.png": (8, (100, 130), (0, 0, 0), (255, 176, 40), 0.085),
}
LARGER = 4


def smooth(points: list[tuple[float, float]], n: int = 24) -> np.ndarray:
    """Lay a Catmull-Rom curve through the points; returns n places between each two of them."""
    p = np.array([points[0], *points, points[-1]])
    t = np.linspace(0, 1, n)[:, None]
    pieces = [
        0.5
        * (
            2 * b
            + (c - a) * t
            + (2 * a - 5 * b + 4 * c - d) * t**2
            + (3 * b - a - 3 * c + d) * t**3
        )
        for a, b, c, d in zip(p, p[1:], p[2:], p[3:], strict=False)
    ]
    return np.concatenate(pieces)


def draw(
    digit: int,
    size: tuple[int, int],
    paper: tuple[int, ...],
    pen: tuple[int, ...],
    width: float,
) -> Image.Image:
    """Draw one digit; the unsteadiness of the hand is the same each time."""
    rng = np.random.default_rng(digit)
    shape = np.array(size) * LARGER
    mask = Image.new("L", tuple(shape), 0)
    brush = ImageDraw.Draw(mask)
    curves = [smooth(stroke) for stroke in STROKES[digit]]
    to_the_middle = 0.5 - np.concatenate(curves).mean(axis=0)  # MNIST's digits are centred so, too
    for curve in curves:
        steps = np.arange(len(curve)) / 24
        waves = [
            rng.uniform(0.002, 0.006, 2) * np.sin(f * steps[:, None] + rng.uniform(0, 6, 2))
            for f in (1.5, 4.0)
        ]
        radius = width / 2 * min(shape) * (1 + 0.10 * np.sin(2.3 * steps + rng.uniform(0, 6)))
        for (x, y), r in zip((curve + to_the_middle + sum(waves)) * shape, radius, strict=True):
            brush.ellipse((x - r, y - r, x + r, y + r), fill=255)
    ink = mask.resize(size, Image.Resampling.LANCZOS)
    picture = Image.new("RGBA" if len(paper) == 4 else "RGB", size, paper)
    if len(paper) == 4:
        picture = Image.new("RGBA", size, pen)
        picture.putalpha(ink)
    else:
        picture.paste(pen, mask=ink)
    return picture


if __name__ == "__main__":
    for name, how in PICTURES.items():
        draw(*how).save(Path(__file__).parent / name, optimize=True)
