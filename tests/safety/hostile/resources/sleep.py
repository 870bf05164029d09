"""Sleep for ever.

Must: stopped
"""

import time

time.sleep(86399)
