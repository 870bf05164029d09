"""Draw with another back end, and with interactive figures.

Must: full points
"""

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt

plt.ion()
plt.plot([1, 2])
plt.show()
