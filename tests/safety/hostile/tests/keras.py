"""Replace what Keras offers.

Must: for a person
"""

import keras

kept = keras.Model.predict
keras.Model.predict = lambda *args, **kwargs: kept(*args, **kwargs)
