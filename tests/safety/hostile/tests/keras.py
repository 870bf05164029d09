"""Replace what Keras offers.

Must: 0 points
"""

import keras

kept = keras.Model.predict
keras.Model.predict = lambda *args, **kwargs: kept(*args, **kwargs)
