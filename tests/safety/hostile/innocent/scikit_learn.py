"""Use scikit-learn on all cores.

Must: full points
"""

import numpy as np
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import cross_val_score

x = np.random.rand(30, 2)
print(cross_val_score(LinearRegression(), x, x.sum(axis=1), n_jobs=-1))
