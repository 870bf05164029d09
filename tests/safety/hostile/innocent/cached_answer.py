"""Keep results of the answer.

Must: full points
"""

import functools


class Cache(dict):
    def __missing__(self, key):
        self[key] = value = key * 2
        return value


print(Cache()[3], functools.lru_cache(maxsize=None)(abs)(-1))
