"""Make functions from code objects, as libraries that pickle functions do.

Must: full points
"""

import marshal
import types

code = marshal.loads(marshal.dumps((lambda x: x + 1).__code__))
print(types.FunctionType(code, globals())(1))
