"""Copy and pickle things.

Must: full points
"""

import copy
import json
import pickle

print(pickle.loads(pickle.dumps({"x": [1, 2]})), copy.deepcopy([1, [2]]), json.dumps({"x": 1}))
