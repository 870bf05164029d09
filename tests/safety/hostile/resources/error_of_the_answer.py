"""Fail with an endless message when the test calls the answer.

Must: 0 points
"""

def scale_pixels(images):
    raise ValueError("x" * 50_000_000)
