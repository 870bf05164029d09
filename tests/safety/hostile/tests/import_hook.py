"""Answer every import with something else.

Must: 0 points
"""

import builtins
import sys
from unittest.mock import MagicMock

sys.meta_path.insert(0, MagicMock())
sys.path_hooks.insert(0, lambda path: MagicMock())
builtins.__import__ = lambda name, *args, **kwargs: MagicMock()
