"""Leave a profiler running.

Must: full points
"""

import cProfile

profile = cProfile.Profile()
profile.enable()
