"""Put the channels first, as for another library.

Must: full points
"""

import keras

keras.backend.set_image_data_format("channels_first")
keras.config.set_floatx("float64")
