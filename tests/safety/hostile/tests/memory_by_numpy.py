"""Read and write memory by its address, in an array of NumPy.

Must: 0 points
"""

import numpy as np

class Memory:
    __array_interface__ = {"shape": (8,), "typestr": "|u1", "data": (id(1.5) + 16, False), "version": 3}

np.asarray(Memory())
