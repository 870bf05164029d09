"""Start a shell, which hands back only its exit status.

Must: no leak
"""

import os

if os.system("sleep 86399 &") == 0:
    print("it worked")
