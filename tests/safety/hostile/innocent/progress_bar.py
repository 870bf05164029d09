"""Show progress bars.

Must: full points
"""

import keras
from tqdm.auto import tqdm

for _ in tqdm(range(3)):
    keras.utils.Progbar(3).update(2)
