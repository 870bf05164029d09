"""Replace the class in which tests count points in steps.

Must: 0 points
"""

from helpers import checks

checks.Points = lambda *args, **kwargs: 100
checks.Points.of = 100
