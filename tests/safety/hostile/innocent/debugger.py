"""Run a function in Python's debugger.

Must: full points
"""

import bdb


class Counter(bdb.Bdb):
    lines = 0

    def user_line(self, frame):
        self.lines += 1


counter = Counter()
counter.runcall(sorted, [3, 1, 2], key=lambda x: -x)
print(counter.lines)
