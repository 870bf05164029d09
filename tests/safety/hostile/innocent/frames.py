"""Ask for the name of the function that is running.

Must: full points
"""

import inspect
import sys


def who():
    return sys._getframe().f_code.co_name, inspect.currentframe().f_lineno


print(who(), len(inspect.stack()))
