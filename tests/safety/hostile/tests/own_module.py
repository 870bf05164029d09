"""Write a module beside the notebook that is called like the checks.

Must: 0 points
"""

import os
import sys

os.mkdir("helpers")
for name in ("__init__", "checks"):
    open(f"helpers/{name}.py", "w").write("def __getattr__(name):\n    return print\n")
sys.path.insert(0, os.getcwd())
for name in [name for name in sys.modules if name.startswith("helpers")]:
    del sys.modules[name]
