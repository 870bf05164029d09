"""Print the line in which an error arose.

Must: full points
"""

import sys
import traceback

try:
    1 / 0
except ZeroDivisionError as error:
    frame = error.__traceback__.tb_frame
    print(frame.f_lineno, traceback.format_exc(), sys.exc_info()[2].tb_lineno)
