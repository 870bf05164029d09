"""Define the other exercise's answer as something that passes any test.

Must: 0 points
"""

from unittest.mock import MagicMock

batch_bounds = MagicMock()
batch_bounds.__eq__ = lambda *args: True
scale_pixels = MagicMock(side_effect=lambda images: MagicMock())
