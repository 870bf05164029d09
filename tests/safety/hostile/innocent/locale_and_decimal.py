"""Set how numbers are read and written.

Must: full points
"""

import decimal
import locale

decimal.getcontext().prec = 50
try:
    locale.setlocale(locale.LC_ALL, "de_DE.UTF-8")
except locale.Error as error:
    print(error)
