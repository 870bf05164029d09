"""Test the answer oneself.

Must: full points
"""

import unittest

import numpy as np

class TestScale(unittest.TestCase):
    def test_scale(self):
        np.testing.assert_allclose(scale_pixels(np.array([255])), [1.0])
        self.assertEqual(1, 1)

unittest.main(argv=["x"], exit=False)
assert scale_pixels(np.array([0])) == [0]
