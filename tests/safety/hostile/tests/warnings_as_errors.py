"""Have every warning and every log line of the checks call a function of one's own.

Must: 0 points
"""

import logging
import warnings

warnings.showwarning = warnings.formatwarning = lambda *args, **kwargs: exit()
warnings.simplefilter("error")
logging.Logger.handle = logging.Handler.emit = lambda *args: exit()
