"""Listen to what files are opened.

Must: full points
"""

import sys

opened = []
sys.addaudithook(lambda event, args: opened.append(args[0]) if event == "open" else None)
