"""Pickle a function by value.

Must: full points
"""

import cloudpickle

double = cloudpickle.loads(cloudpickle.dumps(lambda x: 2 * x))
print(double(2))
