"""Leave a file that IPython would run when it starts.

Must: full points
"""

from pathlib import Path

startup = Path.home() / ".ipython" / "profile_default" / "startup"
startup.mkdir(parents=True)
(startup / "hostile.py").write_text("open('/tmp/hostile-file', 'w')")
