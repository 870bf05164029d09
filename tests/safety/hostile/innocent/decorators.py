"""Use decorators, caches, partial functions.

Must: full points
"""

from functools import cache, partial, singledispatch, wraps

def logged(f):
    @wraps(f)
    def inner(*args, **kwargs):
        return f(*args, **kwargs)

    return inner

@cache
def factor():
    return 255

@singledispatch
def divide(images, by):
    return (images / by).astype("float32")

@logged
def scale_pixels(images):
    return partial(divide, by=factor())(images)
