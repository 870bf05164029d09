"""Make slopes.csv, the six curves of the exercise read_slopes, beside the lesson.

    python make_slopes.py

Which function has which letter stands here, in the lesson's solution and in the hidden test, and in
nothing that is handed out.
"""

from pathlib import Path

import numpy as np

#: The functions whose slopes the curves A to F are.
ORDER = ("softplus", "elu", "leaky_relu", "tanh", "relu", "sigmoid")
#: What leaky ReLU's slope is on the left: large enough to be read from a figure.
NEGATIVE_SLOPE = 0.2


def slopes(x: np.ndarray) -> dict[str, np.ndarray]:
    """The slope of each function at x, none of which is 0."""
    s = 1 / (1 + np.exp(-x))
    return {
        "sigmoid": s * (1 - s),
        "tanh": 1 - np.tanh(x) ** 2,
        "relu": np.where(x > 0, 1.0, 0.0),
        "leaky_relu": np.where(x > 0, 1.0, NEGATIVE_SLOPE),
        "elu": np.exp(np.minimum(x, 0)),
        "softplus": s,
    }


def main() -> None:
    """Write the file."""
    # An even number of points: none of them is 0, where two of the functions have no slope.
    x = np.linspace(-4, 4, 160)
    of = slopes(x)
    table = np.stack([x, *(of[name] for name in ORDER)], axis=1)
    path = Path(__file__).resolve().parents[1] / "slopes.csv"
    np.savetxt(path, table, fmt="%.4f", delimiter=",", header="x,A,B,C,D,E,F", comments="")


if __name__ == "__main__":
    main()
