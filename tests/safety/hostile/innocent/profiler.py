"""Profile the answer.

Must: full points
"""

import cProfile
import pstats

profile = cProfile.Profile()
profile.enable()
sum(range(1000))
profile.disable()
pstats.Stats(profile).sort_stats("cumulative").print_stats(3)
