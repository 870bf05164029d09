"""Import modules of one's own, and of libraries that nothing has imported yet.

Must: full points
"""

import doctest
import importlib
import sys
from pathlib import Path

Path("mine.py").write_text("def half(x):\n    '''>>> half(4)\n    2.0\n    '''\n    return x / 2\n")
sys.path.insert(0, ".")
import mine

importlib.reload(mine)
doctest.testmod(mine)
import sklearn.cluster
import sklearn.linear_model
import wave, turtledemo, xmlrpc.client, scipy.signal
