"""Draw, and show what was drawn.

Must: full points
"""

import matplotlib.pyplot as plt
import pandas as pd

fig, axes = plt.subplots(1, 2, figsize=(8, 3))
axes[0].plot([1, 2, 3])
axes[1].imshow([[1, 2], [3, 4]])
fig.savefig("figure.png")
plt.show()
pd.DataFrame({"x": [1, 2]}).describe()
