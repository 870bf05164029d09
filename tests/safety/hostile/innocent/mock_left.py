"""Replace a function of Keras by a mock, and leave it there.

Must: full points
"""

from unittest import mock

import keras

keras.utils.plot_model = mock.Mock(return_value=None)
keras.utils.plot_model(None)
