"""Fail with the error that the judge takes for the end of the candidate.

Must: 0 points
"""

from helpers.checks import Gone


def scale_pixels(images):
    raise Gone("it worked")
