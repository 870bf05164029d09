"""Make every fit quiet.

Must: full points
"""

import keras

fit = keras.Model.fit
keras.Model.fit = lambda self, *args, **kwargs: fit(self, *args, **{**kwargs, "verbose": 0})
