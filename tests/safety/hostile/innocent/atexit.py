"""Do something at the end of the program.

Must: full points
"""

import atexit

atexit.register(print, "bye")
