"""The tests of this lesson: `checks.run("scale_pixels")` runs `test_scale_pixels`, and so on."""

from operator import index

import numpy as np

from helpers import checks
from helpers.checks import answers


def test_scale_pixels():
    pixels = np.array([[0, 51, 255]], dtype="uint8")
    checks.call(answers.scale_pixels, pixels).equals(
        [[0.0, 0.2, 1.0]],
        dtype=np.float32,
        mistakes={
            "The values are right. Convert them: networks compute in float32.": pixels / 255,
            "Whole-number division (//) loses everything between 0 and 1.": pixels // 255,
            "You divide by 256. The largest pixel is 255, and it should become exactly 1.": pixels
            / 256,
            "The pixels are converted but not divided by 255.": pixels,
        },
    )
    ### BEGIN HIDDEN TESTS
    # Every array is divided by 255, not by its own largest pixel.
    dark = np.array([0, 10, 20], dtype="uint8")
    checks.call(answers.scale_pixels, dark).equals(
        dark / 255,
        dtype=np.float32,
        mistakes={
            "You divide by the largest pixel of this array. Divide by 255, always.": dark / 20
        },
    )
    rng = checks.fresh_rng()
    for shape in [(5,), (3, 28, 28), (2, 4, 4, 3), (0, 28, 28)]:
        pixels = rng.integers(0, 256, shape, dtype="uint8")
        checks.call(answers.scale_pixels, pixels).equals(pixels / 255, dtype=np.float32)
    ### END HIDDEN TESTS


def test_batch_bounds():
    def compare(n_examples, batch_size, expected):
        """Compare an answer with the expected pairs, and name the usual slips."""
        call = checks.call(answers.batch_bounds, n_examples, batch_size)
        checks.require(
            isinstance(call.result, (list, tuple, np.ndarray)),
            f"{call.label} gave a {checks.kind(call.result)}; a list of pairs is expected.",
        )
        try:
            pairs = [tuple(index(bound) for bound in pair) for pair in call.result]
        except TypeError:
            pairs = None
        checks.require(
            pairs is not None,
            f"{call.label} gave {call.result}; a list of pairs of whole numbers is expected.",
        )
        hint = ""
        if pairs and pairs[-1][1] > n_examples:
            hint = "\nThe last stop lies beyond the last example."
        elif pairs and pairs == expected[: len(pairs)]:
            hint = "\nThe smaller batch at the end is missing."
        elif pairs and pairs[-1][0] == pairs[-1][1]:
            hint = "\nThere is an empty batch at the end."
        elif any(
            start == previous[1] + 1 for previous, start in zip(pairs, (p[0] for p in pairs[1:]))
        ):
            hint = "\nA stop is not included, so the next batch starts at that very number."
        checks.require(pairs == expected, f"{call.label} gave {pairs}, expected {expected}.{hint}")

    compare(10, 4, [(0, 4), (4, 8), (8, 10)])
    compare(8, 4, [(0, 4), (4, 8)])
    compare(0, 4, [])
    checks.call(answers.batch_bounds, 10, 0).raises(
        ValueError, "a batch needs at least one example"
    )
    ### BEGIN HIDDEN TESTS
    compare(3, 100, [(0, 3)])
    compare(5, 1, [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)])
    compare(1, 1, [(0, 1)])
    compare(1000, 999, [(0, 999), (999, 1000)])
    rng = checks.fresh_rng()
    size, n_full, rest = (int(rng.integers(low, 20)) for low in (12, 2, 1))
    for n_examples in (size * n_full, size * n_full + min(rest, size - 1)):
        stops = [*range(size, n_examples, size), n_examples]
        compare(n_examples, size, list(zip([0, *stops], stops)))
    checks.call(answers.batch_bounds, 10, -3).raises(
        ValueError, "a batch needs at least one example"
    )
    checks.call(answers.batch_bounds, 0, 0).raises(ValueError, "a batch needs at least one example")
    ### END HIDDEN TESTS
