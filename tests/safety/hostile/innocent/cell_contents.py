"""Call a variable what Python calls a part of a closure.

Must: full points
"""

cell_contents = [1, 2, 3]
__globals__ = {}
subclasses = object.__subclasses__()
print(len(cell_contents))
