"""Be called for each line, by the interpreter's newest interface where there is one.

Must: 0 points
"""

import sys

if hasattr(sys, "monitoring"):
    sys.monitoring.use_tool_id(4, "hostile")
    sys.monitoring.register_callback(4, sys.monitoring.events.PY_RETURN, print)
else:
    sys.settrace(print)
