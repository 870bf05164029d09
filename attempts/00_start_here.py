# %% accept scale_pixels: convert, then divide
def scale_pixels(images):
    return images.astype(np.float32) / 255.0

# %% accept scale_pixels: divide first, convert the result
def scale_pixels(images):
    return np.float32(images / 255)

# %% accept scale_pixels: the ufunc's own dtype argument
def scale_pixels(images):
    return np.divide(images, 255, dtype=np.float32)

# %% accept scale_pixels: a float32 scalar makes the quotient float32
scale_pixels = lambda images: images / np.float32(255)

# %% accept scale_pixels: in place, but on its own copy
def scale_pixels(images):
    images = np.array(images, dtype="float32")
    images /= 255
    return images

# %% accept scale_pixels: plain loop over every index
def scale_pixels(images):
    scaled = np.zeros(images.shape, dtype=np.float32)
    for index in np.ndindex(*images.shape):
        scaled[index] = int(images[index]) / 255
    return scaled

# %% accept scale_pixels: flat list of Python floats, shape put back
def scale_pixels(images):
    values = [int(pixel) / 255 for pixel in images.ravel()]
    return np.array(values, dtype="float32").reshape(images.shape)

# %% accept scale_pixels: a table of all 256 answers
TABLE = (np.arange(256) / 255).astype("float32")

def scale_pixels(images):
    return TABLE[images]

# %% accept scale_pixels: linear interpolation
def scale_pixels(images):
    return np.interp(images, [0, 255], [0, 1]).astype("float32")

# %% accept scale_pixels: np.vectorize with an output type
scale_pixels = np.vectorize(lambda pixel: pixel / 255, otypes=[np.float32])

# %% accept scale_pixels: TensorFlow, returns a tensor
def scale_pixels(images):
    return tf.cast(images, tf.float32) / 255

# %% accept scale_pixels: tf.image does the conversion
def scale_pixels(images):
    return tf.image.convert_image_dtype(images, tf.float32).numpy()

# %% accept scale_pixels: a compiled tf.function
@tf.function
def scale_pixels(images):
    return tf.math.multiply(tf.cast(images, "float32"), 1 / 255)

# %% accept scale_pixels: Keras's Rescaling layer
def scale_pixels(images):
    return keras.layers.Rescaling(1 / 255)(images)

# %% accept scale_pixels: keras.ops
from keras import ops

def scale_pixels(images):
    return ops.convert_to_numpy(ops.divide(ops.cast(images, "float32"), 255.0))

# %% accept scale_pixels: functools.partial has no name
import functools
import operator

def divided(number, array):
    return operator.truediv(array.astype("f4"), number)

scale_pixels = functools.partial(divided, 255)

# %% accept scale_pixels: an object with __call__
class Scaler:
    def __init__(self, largest):
        self.largest = np.float32(largest)

    def __call__(self, images):
        return np.asarray(images, dtype=np.float32) / self.largest

scale_pixels = Scaler(255)

# %% accept scale_pixels: noisy: prints, warns, logs and writes to stderr
import logging
import sys
import warnings

logging.basicConfig(level=logging.DEBUG)

def scale_pixels(images):
    print("scaling", images.shape)
    warnings.warn("float32 needs four times the memory")
    logging.getLogger("scaler").error("this is no error")
    sys.stderr.write("done\n")
    return images.astype("float32") / 255

# %% accept scale_pixels: a progress bar, one row at a time
def scale_pixels(images):
    flat = images.reshape(-1)
    scaled = np.empty(flat.shape, "float32")
    bar = keras.utils.Progbar(flat.size)
    for start in range(0, flat.size, 500):
        scaled[start : start + 500] = flat[start : start + 500] / 255
        bar.update(min(start + 500, flat.size))
    return scaled.reshape(images.shape)

# %% reject scale_pixels: float64
# message: networks compute in float32
def scale_pixels(images):
    return images / 255

# %% reject scale_pixels: nested lists have no dtype
# message: networks compute in float32
def scale_pixels(images):
    return (images / 255).tolist()

# %% reject scale_pixels: whole-number division
# message: Whole-number division (//)
def scale_pixels(images):
    return images // 255

# %% reject scale_pixels: whole-number division of floats
# message: Whole-number division (//)
def scale_pixels(images):
    return images.astype("float32") // 255

# %% reject scale_pixels: zeros_like takes the dtype of the pixels, so every fraction is cut off
# message: between 0 and 1
def scale_pixels(images):
    scaled = np.zeros_like(images)
    scaled[...] = images / 255
    return scaled.astype("float32")

# %% reject scale_pixels: divides by 256
# message: You divide by 256
def scale_pixels(images):
    return images.astype("float32") / 256

# %% reject scale_pixels: converts, forgets to divide
# message: not divided by 255
def scale_pixels(images):
    return np.array(images, dtype=np.float32)

# %% reject scale_pixels: divides by the largest pixel of the array
# message: You divide by the largest pixel of this array
def scale_pixels(images):
    return images.astype("float32") / images.max()

# %% reject scale_pixels: min-max scaling
# message: wrong value
def scale_pixels(images):
    low, high = images.min(initial=255), images.max(initial=0)
    return ((images - low) / (high - low)).astype("float32")

# %% reject scale_pixels: to the range from -1 to 1
# message: wrong value
def scale_pixels(images):
    return images.astype("float32") / 127.5 - 1

# %% reject scale_pixels: standardises
# message: wrong value
def scale_pixels(images):
    return ((images - images.mean()) / images.std()).astype("float32")

# %% reject scale_pixels: the inverse is taken in bytes, where 1/255 is 0
# message: wrong value
def scale_pixels(images):
    return (images * np.uint8(1 / 255)).astype("float32")

# %% reject scale_pixels: half precision on the way
# message: wrong value
def scale_pixels(images):
    return (images.astype("float16") / 255).astype("float32")

# %% reject scale_pixels: rounds to two digits
# message: wrong value
def scale_pixels(images):
    return np.round(images.astype("float32") / 255, 2)

# %% reject scale_pixels: divides the caller's bytes in place
# message: Cannot cast ufunc
def scale_pixels(images):
    images /= 255
    return images

# %% reject scale_pixels: overwrites the caller's array
# message: changes its argument in place
def scale_pixels(images):
    scaled = images.astype("float32") / 255
    images[...] = scaled
    return scaled

# %% reject scale_pixels: flattens
# message: wrong shape: (3,)
def scale_pixels(images):
    return images.astype("float32").ravel() / 255

# %% reject scale_pixels: two nested loops, for pictures of two axes only
# message: IndexError
def scale_pixels(images):
    scaled = np.empty(images.shape, dtype="float32")
    for i in range(images.shape[0]):
        for j in range(images.shape[1]):
            scaled[i, j] = images[i, j] / 255
    return scaled

# %% reject scale_pixels: reinterprets the bytes instead of converting them
# message: stopped with an error: ValueError
def scale_pixels(images):
    return images.view("float32") / 255

# %% reject scale_pixels: float() of a whole array
# message: stopped with an error: TypeError
def scale_pixels(images):
    return float(images) / 255

# %% reject scale_pixels: returns from inside the loop
# message: wrong shape
def scale_pixels(images):
    scaled = np.empty(images.shape, "float32")
    for i, image in enumerate(images):
        scaled[i] = image / 255
        return scaled[i]

# %% reject scale_pixels: the answer to the example
# message: wrong shape
def scale_pixels(images):
    return np.array([[0, 0.2, 1]], dtype="float32")

# %% reject scale_pixels: uses a variable of the notebook, not the argument
# message: name 'pixels' is not defined
def scale_pixels(images):
    return pixels.astype("float32") / 255

# %% reject scale_pixels: forgets to return
# message: gave None
def scale_pixels(images):
    scaled = images.astype("float32") / 255

# %% reject scale_pixels: prints instead of returning
# message: gave None
def scale_pixels(images):
    print(images.astype("float32") / 255)

# %% reject scale_pixels: a generator in place of an array
# message: numbers were expected
def scale_pixels(images):
    return (np.float32(row / 255) for row in images)

# %% reject scale_pixels: nothing written yet
# message: scale_pixels is not written yet
def scale_pixels(images):
    raise NotImplementedError()

# %% reject scale_pixels: a misspelt name
# message: scale_pixels is not defined
def scale_pixel(images):
    return images.astype("float32") / 255

# %% reject scale_pixels: a syntax error
# message: SyntaxError
def scale_pixels(images)
    return images.astype("float32") / 255

# %% reject scale_pixels: calls itself without end
# message: RecursionError
def scale_pixels(images):
    return scale_pixels(images.astype("float32")) / 255

# %% reject scale_pixels: leaves the program
# message: left the program
def scale_pixels(images):
    if images.ndim < 3:
        quit()
    return images.astype("float32") / 255

# %% reject scale_pixels: a value, not a function
# message: A function was expected
scale_pixels = np.array([[0, 0.2, 1]], dtype="float32")

# %% accept batch_bounds: range and min
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size must be at least 1")
    return [(i, min(i + batch_size, n_examples)) for i in range(0, n_examples, batch_size)]

# %% accept batch_bounds: a while loop
def batch_bounds(n_examples, batch_size):
    if not batch_size >= 1:
        raise ValueError
    bounds, start = [], 0
    while start < n_examples:
        stop = start + batch_size
        if stop > n_examples:
            stop = n_examples
        bounds.append((start, stop))
        start = stop
    return bounds

# %% accept batch_bounds: number of batches by rounding up
import math

def batch_bounds(n_examples, batch_size):
    if batch_size <= 0:
        raise ValueError(batch_size)
    n_batches = math.ceil(n_examples / batch_size)
    bounds = [(k * batch_size, (k + 1) * batch_size) for k in range(n_batches)]
    if bounds:
        bounds[-1] = (bounds[-1][0], n_examples)
    return bounds

# %% accept batch_bounds: divmod, full batches and a rest
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("no batch without examples")
    full, rest = divmod(n_examples, batch_size)
    bounds = [(k * batch_size, k * batch_size + batch_size) for k in range(full)]
    return bounds + [(n_examples - rest, n_examples)] * (rest > 0)

# %% accept batch_bounds: pairs of neighbouring edges
from itertools import pairwise

def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    return list(pairwise([*range(0, n_examples, batch_size), n_examples]))

# %% accept batch_bounds: NumPy, minimum and tolist
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    starts = np.arange(0, n_examples, batch_size)
    stops = np.minimum(starts + batch_size, n_examples)
    return [tuple(pair) for pair in np.column_stack([starts, stops]).tolist()]

# %% accept batch_bounds: zip of NumPy integers
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    starts = np.arange(0, n_examples, batch_size)
    return list(zip(starts, np.append(starts[1:], n_examples)))

# %% accept batch_bounds: cuts a range and reads its ends
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    everything = range(n_examples)
    parts = (everything[start : start + batch_size] for start in everything[::batch_size])
    return [(part.start, part.stop) for part in parts]

# %% accept batch_bounds: slice.indices knows where to stop
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    return [
        slice(start, start + batch_size).indices(n_examples)[:2]
        for start in range(0, n_examples, batch_size)
    ]

# %% accept batch_bounds: a generator inside, a list outside
def batch_bounds(n_examples, batch_size):
    def batches():
        for start in range(0, n_examples, batch_size):
            yield start, sorted([start + batch_size, n_examples])[0]

    if batch_size < 1:
        raise ValueError("batch_size < 1")
    return list(batches())

# %% accept batch_bounds: recursion that halves the batches
def cut(first, last, n_examples, batch_size):
    if last - first > 1:
        middle = (first + last) // 2
        return cut(first, middle, n_examples, batch_size) + cut(middle, last, n_examples, batch_size)
    return [(k * batch_size, min(k * batch_size + batch_size, n_examples)) for k in range(first, last)]

def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    return cut(0, (n_examples + batch_size - 1) // batch_size, n_examples, batch_size)

# %% accept batch_bounds: remembers its answers
import functools

@functools.lru_cache(maxsize=None)
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    edges = list(range(0, n_examples, batch_size))
    edges.append(n_examples)
    return [(edges[i], edges[i + 1]) for i in range(len(edges) - 1)]

# %% accept batch_bounds: functools.reduce
from functools import reduce

def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    n_batches = -(-n_examples // batch_size)
    return reduce(
        lambda done, _: done + [(done[-1][1] if done else 0, min(len(done) * batch_size + batch_size, n_examples))],
        range(n_batches),
        [],
    )

# %% accept batch_bounds: lets tf.data cut the batches
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    batches = tf.data.Dataset.range(n_examples).batch(batch_size)
    return [(int(batch[0]), int(batch[-1]) + 1) for batch in batches]

# %% accept batch_bounds: named tuples
from typing import NamedTuple

class Batch(NamedTuple):
    start: int
    stop: int

def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    return [Batch(i, min(n_examples, i + batch_size)) for i in range(0, n_examples, batch_size)]

# %% accept batch_bounds: an object with __call__ and an error of its own
class BatchSizeError(ValueError):
    pass

class Batcher:
    def __call__(self, n_examples, batch_size):
        if batch_size < 1:
            raise BatchSizeError(batch_size)
        starts = list(range(0, n_examples, batch_size))
        return list(zip(starts, starts[1:] + [n_examples]))

batch_bounds = Batcher()

# %% accept batch_bounds: a helper that happens to be called check_bounds
def check_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError(f"cannot cut {n_examples} examples into batches of {batch_size}")

def batch_bounds(n_examples, batch_size):
    check_bounds(n_examples, batch_size)
    return [(i, min(i + batch_size, n_examples)) for i in range(0, n_examples, batch_size)]

# %% accept batch_bounds: noisy: prints, logs and warns
import logging
import warnings

def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        logging.error("batch_size is %s", batch_size)
        raise ValueError(f"batch_size is {batch_size}")
    if n_examples % batch_size:
        warnings.warn("the last batch is smaller", UserWarning)
    bounds = []
    for start in range(0, n_examples, batch_size):
        print(start, end=" ", flush=True)
        bounds.append((start, min(start + batch_size, n_examples)))
    return bounds

# %% reject batch_bounds: drops the last, smaller batch
# message: The smaller batch at the end is missing
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    return [(k * batch_size, (k + 1) * batch_size) for k in range(n_examples // batch_size)]

# %% reject batch_bounds: the last stop lies beyond the end
# message: The last stop lies beyond the last example
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    return [(i, i + batch_size) for i in range(0, n_examples, batch_size)]

# %% reject batch_bounds: one batch more than needed where the size divides
# message: There is an empty batch at the end
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    n_batches = n_examples // batch_size + 1
    return [(k * batch_size, min((k + 1) * batch_size, n_examples)) for k in range(n_batches)]

# %% reject batch_bounds: no examples give one empty batch
# message: empty batch
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    bounds = [(0, min(batch_size, n_examples))]
    while bounds[-1][1] < n_examples:
        start = bounds[-1][1]
        bounds.append((start, min(start + batch_size, n_examples)))
    return bounds

# %% reject batch_bounds: stops are included
# message: A stop is not included
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    return [(i, min(i + batch_size, n_examples) - 1) for i in range(0, n_examples, batch_size)]

# %% reject batch_bounds: the next batch starts one after the stop
# message: A stop is not included
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    bounds, start = [], 0
    while start < n_examples:
        bounds.append((start, min(start + batch_size, n_examples)))
        start += batch_size + 1
    return bounds

# %% reject batch_bounds: counts from 1
# message: expected [(0, 4), (4, 8), (8, 10)]
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    return [(i, min(i + batch_size, n_examples)) for i in range(1, n_examples + 1, batch_size)]

# %% reject batch_bounds: start and size in place of start and stop
# message: expected [(0, 4), (4, 8), (8, 10)]
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    return [(i, min(batch_size, n_examples - i)) for i in range(0, n_examples, batch_size)]

# %% reject batch_bounds: parts of equal size
# message: expected [(0, 4), (4, 8), (8, 10)]
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    if n_examples == 0:
        return []
    parts = np.array_split(np.arange(n_examples), -(-n_examples // batch_size))
    return [(int(part[0]), int(part[-1]) + 1) for part in parts]

# %% reject batch_bounds: batch_size taken for the number of batches
# message: batch_bounds(10, 4) gave
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    step = n_examples // batch_size
    return [(k * step, (k + 1) * step) for k in range(batch_size)]

# %% reject batch_bounds: the smaller batch comes first
# message: expected [(0, 4), (4, 8), (8, 10)]
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    stops = list(range(n_examples, 0, -batch_size))
    return [(max(stop - batch_size, 0), stop) for stop in reversed(stops)]

# %% reject batch_bounds: from the last batch to the first
# message: expected [(0, 4), (4, 8), (8, 10)]
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    bounds = []
    for start in range(0, n_examples, batch_size):
        bounds.insert(0, (start, min(start + batch_size, n_examples)))
    return bounds

# %% reject batch_bounds: returns from inside the loop
# message: The smaller batch at the end is missing
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    bounds = []
    for start in range(0, n_examples, batch_size):
        bounds.append((start, min(start + batch_size, n_examples)))
        return bounds
    return bounds

# %% reject batch_bounds: a mutable default keeps the batches of the last call
# message: batch_bounds(8, 4) gave
def batch_bounds(n_examples, batch_size, bounds=[]):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    for start in range(0, n_examples, batch_size):
        bounds.append((start, min(start + batch_size, n_examples)))
    return bounds

# %% reject batch_bounds: the answer to the example
# message: batch_bounds(8, 4) gave
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    return [(0, 4), (4, 8), (8, 10)]

# %% reject batch_bounds: hard-coded size of the last batch
# message: expected [(0, 4), (4, 8)]
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    bounds = [(i, i + batch_size) for i in range(0, n_examples - 2, batch_size)]
    bounds.append((n_examples - 2, n_examples))
    return bounds

# %% reject batch_bounds: the list of starts alone
# message: pairs
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    return list(range(0, n_examples, batch_size))

# %% reject batch_bounds: slices in place of pairs
# message: pairs
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    return [slice(i, min(i + batch_size, n_examples)) for i in range(0, n_examples, batch_size)]

# %% reject batch_bounds: the examples' numbers in place of their bounds
# message: expected [(0, 4), (4, 8), (8, 10)]
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    return [range(i, min(i + batch_size, n_examples)) for i in range(0, n_examples, batch_size)]

# %% reject batch_bounds: two lists, starts and stops
# message: batch_bounds(10, 4) gave
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    starts = list(range(0, n_examples, batch_size))
    return starts, [min(start + batch_size, n_examples) for start in starts]

# %% reject batch_bounds: floats, which cannot slice an array
# message: batch_bounds(10, 4) gave
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    n_batches = int(np.ceil(n_examples / batch_size))
    starts = np.linspace(0, n_batches * batch_size, n_batches, endpoint=False)
    return [(start, min(start + batch_size, n_examples)) for start in starts]

# %% reject batch_bounds: zip, and no list
# message: a list of pairs is expected
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    starts = range(0, n_examples, batch_size)
    return zip(starts, (min(start + batch_size, n_examples) for start in starts))

# %% reject batch_bounds: a generator function, which raises only when it is used
# message: a list of pairs is expected
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    for start in range(0, n_examples, batch_size):
        yield start, min(start + batch_size, n_examples)

# %% reject batch_bounds: no check of the size; range itself refuses 0, but not -3
# message: should raise ValueError
def batch_bounds(n_examples, batch_size):
    return [(i, min(i + batch_size, n_examples)) for i in range(0, n_examples, batch_size)]

# %% reject batch_bounds: 0 examples come before the check of the size
# message: batch_bounds(0, 0) should raise ValueError
def batch_bounds(n_examples, batch_size):
    if n_examples == 0:
        return []
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    return [(i, min(i + batch_size, n_examples)) for i in range(0, n_examples, batch_size)]

# %% reject batch_bounds: refuses 0 examples, too
# message: batch_bounds(0, 4)
def batch_bounds(n_examples, batch_size):
    if n_examples < 1 or batch_size < 1:
        raise ValueError("both must be at least 1")
    return [(i, min(i + batch_size, n_examples)) for i in range(0, n_examples, batch_size)]

# %% reject batch_bounds: refuses batches of one
# message: batch_bounds(5, 1)
def batch_bounds(n_examples, batch_size):
    if batch_size <= 1:
        raise ValueError("batch_size must be at least 1")
    return [(i, min(i + batch_size, n_examples)) for i in range(0, n_examples, batch_size)]

# %% reject batch_bounds: refuses batches larger than the data
# message: batch_size out of range
def batch_bounds(n_examples, batch_size):
    if batch_size < 1 or batch_size > n_examples > 0:
        raise ValueError("batch_size out of range")
    return [(i, min(i + batch_size, n_examples)) for i in range(0, n_examples, batch_size)]

# %% reject batch_bounds: assert raises another error
# message: It raised AssertionError
def batch_bounds(n_examples, batch_size):
    assert batch_size >= 1, "batch_size must be at least 1"
    return [(i, min(i + batch_size, n_examples)) for i in range(0, n_examples, batch_size)]

# %% reject batch_bounds: division by zero is no ValueError
# message: It raised ZeroDivisionError
def batch_bounds(n_examples, batch_size):
    n_batches = (n_examples + batch_size - 1) // batch_size
    return [(k * batch_size, min((k + 1) * batch_size, n_examples)) for k in range(n_batches)]

# %% reject batch_bounds: returns the error
# message: should raise ValueError
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        return ValueError("batch_size must be at least 1")
    return [(i, min(i + batch_size, n_examples)) for i in range(0, n_examples, batch_size)]

# %% reject batch_bounds: prints a complaint and returns an empty list
# message: It gave []
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        print("ValueError: batch_size must be at least 1")
        return []
    return [(i, min(i + batch_size, n_examples)) for i in range(0, n_examples, batch_size)]

# %% reject batch_bounds: catches its own error
# message: should raise ValueError
def batch_bounds(n_examples, batch_size):
    try:
        if batch_size < 1:
            raise ValueError("batch_size must be at least 1")
        return [(i, min(i + batch_size, n_examples)) for i in range(0, n_examples, batch_size)]
    except ValueError as error:
        print(error)

# %% reject batch_bounds: prints the pairs
# message: NoneType
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    for start in range(0, n_examples, batch_size):
        print((start, min(start + batch_size, n_examples)))

# %% reject batch_bounds: returns what append returns
# message: NoneType
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    bounds = []
    for start in range(0, n_examples - batch_size, batch_size):
        bounds.append((start, start + batch_size))
    return bounds.append((len(bounds) * batch_size, n_examples))

# %% reject batch_bounds: append with two arguments
# message: TypeError
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    bounds = []
    for start in range(0, n_examples, batch_size):
        bounds.append(start, min(start + batch_size, n_examples))
    return bounds

# %% reject batch_bounds: a misspelt variable
# message: bacth_size
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    return [(i, min(i + bacth_size, n_examples)) for i in range(0, n_examples, batch_size)]

# %% reject batch_bounds: wrong indentation
# message: IndentationError
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
    raise ValueError("batch_size < 1")
    return [(i, min(i + batch_size, n_examples)) for i in range(0, n_examples, batch_size)]

# %% reject batch_bounds: recursion that never comes to an end
# message: RecursionError
def batch_bounds(n_examples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    return batch_bounds(n_examples - batch_size, batch_size) + [(n_examples - batch_size, n_examples)]
