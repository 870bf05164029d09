"""Log, with a handler of one's own.

Must: full points
"""

import logging

logging.basicConfig(level=logging.DEBUG, force=True)
logging.captureWarnings(True)
logging.getLogger("mine").warning("careful")
