"""Log everything to standard error.

Must: full points
"""

import logging

logging.basicConfig(level=logging.DEBUG, force=True)
logging.getLogger("tensorflow").setLevel("DEBUG")
logging.debug("begin")
