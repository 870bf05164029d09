"""Read memory that is not there, as a broken extension would.

Must: stopped
"""

import faulthandler

faulthandler._sigsegv()
