"""Change settings that libraries offer.

Must: full points
"""

import keras
import numpy as np
import pandas as pd

np.seterr(all="ignore")
np.set_printoptions(precision=2, suppress=True)
np.random.seed(1)
keras.utils.set_random_seed(2)
keras.backend.clear_session()
pd.options.display.max_rows = 10
