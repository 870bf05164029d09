"""Close the connection to the grader.

Must: 0 points
"""

import os

os.closerange(3, 256)
