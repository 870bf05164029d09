"""Call `exit` in a cell, below the answer.

Must: full points
"""

exit()
