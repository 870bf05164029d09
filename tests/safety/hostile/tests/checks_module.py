"""Put another module in the place of the checks.

Must: 0 points
"""

import sys
from unittest.mock import MagicMock

sys.modules["helpers.checks"] = MagicMock()
sys.modules["helpers"].checks = MagicMock()
