"""Fail with the error of a check, and a message of one's own.

Must: 0 points
"""

from helpers.checks import CheckFailed


def scale_pixels(images):
    raise CheckFailed("scale_pixels: all checks passed.")
