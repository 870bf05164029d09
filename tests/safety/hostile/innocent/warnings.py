"""Warn, and show old code's warnings.

Must: full points
"""

import warnings

warnings.simplefilter("always")
warnings.warn("an old function", DeprecationWarning)
