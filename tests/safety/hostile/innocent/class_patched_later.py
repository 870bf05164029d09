"""Give a class of one's own an operator later.

Must: full points
"""

class Vector:
    def __init__(self, x):
        self.x = x


Vector.__add__ = lambda self, other: Vector(self.x + other.x)
print((Vector(1) + Vector(2)).x)
